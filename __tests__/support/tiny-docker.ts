import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What the command answers by its first words: a Windows engine that is there, has a base and no other image, and builds nothing. */
const script = `
const version = { Client: { Version: '28.0.0' }, Server: { Version: '28.0.0', ApiVersion: '1.48', Os: 'windows' } }
const info = { OSVersion: '10.0.20348.3207', OperatingSystem: 'Windows Server 2022', Isolation: 'process' }
const base = { Id: 'sha256:' + 'b'.repeat(64), Os: 'windows', OsVersion: '10.0.20348.3207' }
const [word, second] = process.argv.slice(2)
const answer = word === 'image' && second === 'inspect' && process.argv.at(-1).includes('servercore') ? [base] : { version, info }[word]
if (answer) console.log(JSON.stringify(answer))
else if (word !== 'image' || second !== 'ls') {
  console.error(word === 'image' ? 'Error: No such image: ' + process.argv.at(-1) : 'This docker builds nothing.')
  process.exitCode = 1
}
`

/** Puts a docker command into `folder`, for tests of what comes before the build; returns the PATH on which it is found. Not for Windows. */
export async function tinyDocker(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'docker')
  await writeFile(file, `#!${process.execPath}\n${script}`)
  await chmod(file, 0o755)
  return folder
}
