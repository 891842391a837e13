/** What `SHIR/build.ps1` does to an image in a build that executes no RUN. */
import { createHash } from 'node:crypto'
import { get } from 'node:http'
import { rehearsedInstaller } from '../installer.ts'
import { createLog, type Log } from '../scripts/parts/log.ts'
import { type Call, pause } from './call.ts'
import type { Installer } from './image.ts'
import { Refusal } from './refusal.ts'

/** The record that the script leaves: its path without the drive, in small letters where the engine knows no others. */
export const recordPath = { windows: '/shir/installed.json', linux: '/SHIR/installed.json' } as const

/** Of `parts/package.ps1`: container time before each further try. */
const pausesMs = [5000, 15_000, 45_000]

/** What the script ends with where it fails by itself. */
export const failureExitCode = 1

/** What ends the script, in its words. */
class ScriptFailure extends Error {}

/**
 * Fetches what the script would fetch from a server of this machine, and proves it as the script does; tells its lines.
 * @returns the record's text; undefined where the script ends the build
 */
export async function install(
  call: Call,
  copied: Installer | undefined,
  variables: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const log = createLog({ date: () => new Date(call.world.clock.now()), print: line => call.out(`${line}\n`) })
  const [url = '', wanted = ''] = [variables.get('INSTALLER_URL'), variables.get('MSI_SHA256')]
  try {
    if (copied) log.write(`Using the installer ${copied.name}.`)
    const used = copied ?? (url.startsWith('http://127.0.0.1') ? await download(call, url, log) : undefined)
    if (used && wanted !== '') prove(used, wanted, log)
    // What Microsoft's link leads to is not fetched: it is taken for what was asked, or for the rehearsal's own.
    const named = /_(\d+\.\d+\.\d+\.\d+)\.msi$/.exec(copied?.name ?? '')?.[1]
    const shirVersion = variables.get('SHIR_VERSION') || named || rehearsedInstaller.version
    const msiSha256 = (used?.sha256 ?? (wanted || rehearsedInstaller.sha256)).toLowerCase()
    log.write(`SHIR ${shirVersion} is installed.`)
    return `${JSON.stringify({ shirVersion, msiSha256 })}\n`
  } catch (error) {
    if (!(error instanceof ScriptFailure)) throw error
    log.write(`ERROR: ${error.message}`)
    return undefined
  }
}

function prove({ name, sha256 }: Installer, wanted: string, log: Log): void {
  const actual = sha256.toUpperCase()
  if (actual !== wanted.toUpperCase())
    throw new ScriptFailure(`The SHA-256 of ${name} is ${actual}, but MSI_SHA256 is ${wanted}.`)
  log.write(`The SHA-256 of ${name} is ${actual}, as asked.`)
}

/** With the script's further tries; nothing is kept but the hash. */
async function download(call: Call, url: string, log: Log): Promise<Installer> {
  log.write('There is no installer in SHIR: downloading it from INSTALLER_URL.')
  for (const pauseMs of [...pausesMs, 0]) {
    const answer = await hashOf(url, call.signal).catch((error: unknown) => ({ problem: wordsOf(error) }))
    if (call.signal.aborted) throw new Refusal('cancelled', 130)
    if (typeof answer === 'string') return { name: 'IntegrationRuntime.download.msi', sha256: answer }
    const problem = `The download from INSTALLER_URL failed: ${answer.problem}`
    if (pauseMs === 0) throw new ScriptFailure(problem)
    log.write(`${problem} Trying again in ${pauseMs / 1000} s.`)
    await pause(call.world.clock.wall(pauseMs), call.signal)
  }
  throw new Error('the last try ends the download')
}

/** The SHA-256 of what an address answers with, asked for directly: no proxy stands between a container and its host. */
function hashOf(url: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(url, { signal, agent: false }, async answer => {
      try {
        const { statusCode = 0, statusMessage = '' } = answer
        if (statusCode !== 200) {
          request.destroy()
          throw Object.assign(new Error(`The remote server returned an error: (${statusCode}) ${statusMessage}.`), {
            code: 'STATUS',
          })
        }
        const hash = createHash('sha256')
        for await (const chunk of answer) hash.update(chunk)
        resolve(hash.digest('hex'))
      } catch (error) {
        reject(error)
      }
    })
    request.on('error', reject)
  })
}

/** As Windows PowerShell puts it. */
function wordsOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'STATUS') return message
  return code === 'ECONNREFUSED'
    ? 'Unable to connect to the remote server'
    : 'The underlying connection was closed: An unexpected error occurred on a receive.'
}
