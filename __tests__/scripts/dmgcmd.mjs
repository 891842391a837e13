// dmgcmd.exe, faked: answers as FAKES.dmgcmd says for its first argument, and notes how it was called.
import { appendFileSync, writeFileSync, writeSync } from 'node:fs'

const args = process.argv.slice(2)
const journal = process.env.FAKE_JOURNAL
const { exitCode = 0, out = '', err = '', hangs = false } = JSON.parse(process.env.FAKES).dmgcmd?.[args[0]] ?? {}
appendFileSync(journal, `${JSON.stringify({ command: 'dmgcmd', args, inheritsKey: 'AUTH_KEY' in process.env })}\n`)

const key = args[1] ?? ''
const speak = text => text.replaceAll('{key}', key).replaceAll('{secret}', key.split('@').at(-1))
if (out) writeSync(1, speak(out))
if (err) writeSync(2, speak(err))
if (hangs) {
  writeFileSync(`${journal}.hanging`, '')
  setInterval(() => {}, 1000)
} else {
  process.exitCode = exitCode
}
