import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { installerFileName } from '../src/contract/version.ts'
import { startEngine } from './engine/engine.ts'
import { serveFiles } from './files.ts'
import { rehearsedInstaller } from './installer.ts'
import { rehearsalKey } from './node/scenario.ts'
import { type Play, plays } from './plays.ts'

/** Container time runs so much faster than the clock: two minutes of start-up take two seconds. */
const speed = 60
const { version, sha256 } = rehearsedInstaller

const { values } = parseArgs({ options: { scenario: { type: 'string', default: 'healthy' }, list: { type: 'boolean' } } })
if (values.list) {
  for (const [name, { shows }] of Object.entries(plays)) console.log(`${name.padEnd(20)} ${shows}`)
} else {
  const play = plays[values.scenario]
  if (play === undefined) {
    console.error(`There is no scenario "${values.scenario}". Scenarios: ${Object.keys(plays).join(', ')}.`)
    process.exitCode = 2
  } else if (process.platform === 'win32') {
    console.error('The rehearsal needs Linux, macOS or WSL: its docker is a script, which Windows cannot start as a program.')
    process.exitCode = 2
  } else process.exitCode = await rehearse(play)
}

/** Runs the built terminal bundle against an embedded engine and answers with its exit code. */
async function rehearse({ factory, flags, end }: Play): Promise<number> {
  const root = path.resolve(import.meta.dirname, '..')
  const stage = await mkdtemp(path.join(os.tmpdir(), 'shir-rehearsal-'))
  const [bin, workspace] = [path.join(stage, 'bin'), path.join(stage, 'workspace')]
  await Promise.all([bin, workspace].map(folder => mkdir(folder)))
  const engine = await startEngine({ os: 'windows', osVersion: '10.0.20348.5499', apiVersion: '1.52', version: '29.1.5', speed })
  const files = await serveFiles(path.join(root, 'rehearsal', 'installer'))
  try {
    await engine.docker(bin)
    const command = [
      ...['run', '--msi-url', `${files.address}/${installerFileName(version)}`, '--msi-sha256', sha256],
      ...['--cache-dir', path.join(stage, 'store'), '--soak', '2s', '--health-timeout', '30s', ...flags],
    ]
    const key = rehearsalKey(factory)
    console.log(`$ shir-container ${command.join(' ')}\n`)
    const environment = {
      ...process.env,
      PATH: `${bin}${path.delimiter}${process.env.PATH}`,
      DOCKER_HOST: engine.address,
      AUTH_KEY: key,
      NO_PROXY: '127.0.0.1',
    }
    const program = path.join(root, 'dist', 'terminal.mjs')
    const first = await run(program, command, workspace, environment, end)
    if (end?.signal === 'SIGKILL') console.log('\nThe step was killed. The same again:\n')
    const code = end?.signal === 'SIGKILL' ? await run(program, command, workspace, environment) : first
    const left = engine.nodes().filter(({ status }) => status === 'Online').length
    console.log(`
Real:      the bundle in dist/, the download over HTTP, the installer's proof, the store, the Docker context, each docker command.
Rehearsed: the engine (embedded; nothing was built), the installer (10 KB), the node and its service; time, ${speed} times faster.
Nodes that the service sees online: ${left}. Exit code: ${code}.`)
    return code
  } finally {
    await Promise.all([engine.close(), files.close()])
    await rm(stage, { recursive: true, force: true })
  }
}

function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv, end?: Play['end']): Promise<number> {
  // Ctrl-C reaches the child by itself; the rehearsal waits for how it ends.
  process.on('SIGINT', () => undefined)
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'inherit', end ? 'pipe' : 'inherit'],
    })
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk)
      const isEnding = !end?.at.test(said)
      said += chunk
      if (isEnding && end?.at.test(said)) child.kill(end.signal)
    })
    child.once('error', reject)
    child.once('close', code => resolve(code ?? 130))
  })
}
