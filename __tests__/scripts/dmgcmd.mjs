// dmgcmd.exe, faked: tells the world ($WORLD) how it was called, prints what the world answers, and ends when and as it says.
// A process that the world lets hang never gets an exit code; one whose world is gone ends with 98.

import { writeSync } from 'node:fs'
import { request } from 'node:http'

const call = {
  command: 'dmgcmd',
  args: process.argv.slice(2),
  extra: { ProcessId: process.pid, ParentId: process.ppid, Environment: process.env },
}

const gone = () => process.exit(98)
const sent = request(process.env.WORLD, { method: 'POST' }, response => {
  let text = ''
  response.setEncoding('utf8')
  response.on('data', chunk => {
    const lines = (text + chunk).split('\n')
    text = lines.pop()
    for (const line of lines) obey(JSON.parse(line))
  })
  response.on('close', gone)
})
sent.on('error', gone)
sent.end(JSON.stringify(call))

function obey({ stdout, stderr, exitCode }) {
  if (stdout) writeSync(1, stdout)
  if (stderr) writeSync(2, stderr)
  if (exitCode !== undefined) process.exit(exitCode)
}
