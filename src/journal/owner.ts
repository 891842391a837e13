import { createHash } from 'node:crypto'
import { readFile, readlink } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'

/** A process, told so that another process with the same number is not taken for it. */
interface ProcessMark {
  readonly pid: number
  /** When it started, in the system's own notation; only Linux tells. */
  readonly started?: string | undefined
}

/** Where a journal is written, and by which process. */
export interface Place {
  readonly machine: string
  /** The engine that the docker command is told to use, as a mark: another one would not know what is owed. */
  readonly engine: string
  readonly process: ProcessMark
  /** What started the step: the runners have a process of its own for each job. */
  readonly job: ProcessMark
  /** Changes with each start of the machine; only Linux tells. */
  readonly boot?: string | undefined
  /** Where process numbers mean something; only Linux tells. */
  readonly namespace?: string | undefined
}

/** Who writes a journal. */
export interface Owner extends Place {
  readonly run: string
}

/** This process as the owner of a run's journal. */
export async function ownerOf(run: string, host: Host): Promise<Owner> {
  return { run, ...(await placeOf(host)) }
}

/** This process. */
export async function placeOf(host: Host): Promise<Place> {
  return {
    machine: host.machine.id,
    engine: await engineMark(host),
    process: { pid: process.pid, started: (await look(process.pid))?.started },
    job: { pid: process.ppid, started: (await look(process.ppid))?.started },
    boot: await readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
      text => text.trim(),
      () => undefined,
    ),
    namespace: await readlink('/proc/self/ns/pid').catch(() => undefined),
  }
}

/** What docker takes where nothing is said. */
const defaults = ['unix:///var/run/docker.sock', 'npipe:////./pipe/docker_engine', 'default', '']

async function engineMark({ environment }: Host): Promise<string> {
  const said = (name: string) => (defaults.includes(environment[name] ?? '') ? undefined : environment[name])
  const [DOCKER_HOST, DOCKER_CONTEXT] = [said('DOCKER_HOST'), said('DOCKER_CONTEXT')]
  const isNamed = Boolean(environment.DOCKER_HOST || environment.DOCKER_CONTEXT)
  const told = [DOCKER_HOST, DOCKER_CONTEXT, isNamed ? undefined : await chosenContext(environment)]
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16)
}

/** What `docker context use` chose, by the file in which docker keeps it; `undefined` where that is no other than the default. */
async function chosenContext({ DOCKER_CONFIG, HOME, USERPROFILE }: Host['environment']): Promise<string | undefined> {
  const folder = DOCKER_CONFIG || path.join(HOME || USERPROFILE || '', '.docker')
  try {
    const { currentContext } = JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')) as {
      currentContext?: unknown
    }
    return typeof currentContext === 'string' && currentContext !== 'default' ? currentContext : undefined
  } catch {
    return undefined // there is no such file, or docker itself could not read it
  }
}

/** Owners touch their journals far more often. */
export const staleMs = 120_000

/** True where the owner is dead for sure, or where its number proves nothing and its heartbeat has stopped. */
export async function isDead(owner: Owner, here: Place, silentMs: number): Promise<boolean> {
  const life = await lifeOf(owner.process, owner, here)
  return life === 'dead' || (life === 'unknown' && silentMs > staleMs)
}

/** True where the owner's job has ended for sure. */
export async function isJobOver(owner: Owner, here: Place): Promise<boolean> {
  return (await lifeOf(owner.job, owner, here)) === 'dead'
}

async function lifeOf(mark: ProcessMark, owner: Owner, here: Place): Promise<'alive' | 'dead' | 'unknown'> {
  if (owner.boot !== undefined && here.boot !== undefined && owner.boot !== here.boot) return 'dead'
  // The first process of a container, or one outside of it, is nobody's job.
  if (owner.namespace !== here.namespace || mark.pid <= 1) return 'unknown'
  const found = await look(mark.pid)
  if (found === undefined) return 'dead'
  if (mark.started === undefined || found.started === undefined) return 'unknown'
  return mark.started === found.started ? 'alive' : 'dead'
}

/** The process of that number, or `undefined` where there is none that still runs. */
async function look(pid: number): Promise<{ readonly started: string | undefined } | undefined> {
  // The name stands in parentheses and may hold any character; the state is the first word behind it, the start the twentieth.
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  const words = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  if (words) return words[0] === 'Z' || words[0] === 'X' ? undefined : { started: words[19] }
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Another user's process may be hidden, but is no less alive.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined
  }
  return { started: undefined }
}

/** An owner that stands in a file, or `undefined` where it is none. */
export function readOwner(value: unknown): Owner | undefined {
  const owner = (value ?? {}) as Partial<Owner>
  const isWhole =
    [owner.run, owner.machine, owner.engine].every(text => typeof text === 'string' && text !== '') &&
    [owner.process?.pid, owner.job?.pid].every(Number.isSafeInteger)
  return isWhole ? (owner as Owner) : undefined
}
