import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import type { Journal } from './journal.ts'
import { isDead, ownerOf, type Place, placeOf, readOwner, staleMs } from './owner.ts'
import { readText } from './text.ts'

const lookAgainMs = 500

/** The turn of this run at something that one job of a machine does while the others wait for it. */
export interface Turn {
  /** Higher than that of every turn before. */
  readonly number: number
  end(): Promise<void>
}

export interface Patience {
  /** By the host's clock, in milliseconds since 1970. */
  readonly untilMs: number
  /** The sentence that says that this run waits. */
  readonly waiting: string
}

/**
 * Takes a turn, or waits while another job has it.
 *
 * A turn is the file `<key>.<n>.claim`, made by whoever makes it first; its time is its owner's heartbeat. Where the owner is dead,
 * `<n + 1>` is taken.
 * @returns `over` where another job had it and is done, `late` where one still has it at `untilMs`, `none` where no file can be written
 * @throws the file system's error where the folder cannot be read; what `host.signal` was aborted with
 */
export async function takeTurn(
  folder: string,
  key: string,
  host: Host,
  journal: Journal,
  { untilMs, waiting }: Patience,
): Promise<Turn | 'over' | 'late' | 'none'> {
  const watch = watcher(host)
  for (let waited = false; ; ) {
    host.signal.throwIfAborted()
    const top = Math.max(0, ...(await numbersOf(folder, key, 'claim')))
    if (waited && top === 0) return 'over'
    const life = top === 0 ? 'dead' : await watch(path.join(folder, `${key}.${top}.claim`))
    if (life === 'dead') {
      const made = await makeTurn(folder, key, top + 1, host, journal)
      if (made !== 'taken') return made
    } else if (life === 'alive') {
      if (host.clock.now() >= untilMs) return 'late'
      if (!waited) host.log(waiting)
      waited = true
      await host.clock.sleep(lookAgainMs, host.signal)
    }
  }
}

/** Makes a turn, or says that another was quicker. */
async function makeTurn(
  folder: string,
  key: string,
  number: number,
  host: Host,
  journal: Journal,
): Promise<Turn | 'taken' | 'none'> {
  const file = path.join(folder, `${key}.${number}.claim`)
  const owner = await ownerOf(journal.id, host)
  const error = await writeFile(file, JSON.stringify(owner), { flag: 'wx' }).then(
    () => undefined,
    (cause: NodeJS.ErrnoException) => cause,
  )
  if (error) return error.code === 'EEXIST' ? 'taken' : 'none'
  const letGo = journal.hold(file)
  for (const earlier of (await numbersOf(folder, key, 'claim')).filter(one => one < number))
    await remove(path.join(folder, `${key}.${earlier}.claim`))
  return {
    number,
    end: async () => {
      letGo()
      await remove(file)
    },
  }
}

/** One that cannot be removed now counts as a dead owner's soon. */
async function remove(claim: string): Promise<void> {
  await rm(claim, { force: true, maxRetries: 5 }).catch(() => {})
}

/** The numbers of the files `<key>.<n>.<ending>`, as they are written: `01` is nobody’s. */
export async function numbersOf(folder: string, key: string, ending: string): Promise<readonly number[]> {
  return (await readdir(folder)).flatMap(name => {
    const [, number, ended] = (name.startsWith(`${key}.`) && /^([1-9]\d{0,8})\.(\w+)$/.exec(name.slice(key.length + 1))) || []
    return number !== undefined && ended === ending ? [Number(number)] : []
  })
}

/**
 * Tells whether a claim's owner lives. Where its process cannot be asked (another machine's, a container's, a claim that is half
 * written), it lives for as long as the claim's time changes: what that time is says nothing, since clocks differ.
 */
function watcher(host: Host): (claim: string) => Promise<'alive' | 'dead' | 'gone'> {
  let here: Place | undefined
  let last: { readonly claim: string; readonly touchedMs: number; readonly seenMs: number } | undefined
  return async claim => {
    const touchedMs = await stat(claim).then(
      ({ mtimeMs }) => mtimeMs,
      ({ code }: NodeJS.ErrnoException) => (code === 'ENOENT' ? undefined : 0),
    )
    if (touchedMs === undefined) return 'gone'
    if (last?.claim !== claim || last.touchedMs !== touchedMs) last = { claim, touchedMs, seenMs: host.clock.now() }
    const owner = readOwner(await readJson(claim))
    here ??= await placeOf(host)
    const isOurs = owner?.machine === here.machine
    const silentMs = host.clock.now() - (isOurs ? touchedMs : last.seenMs)
    const isOver = owner !== undefined && isOurs ? await isDead(owner, here, silentMs) : silentMs > staleMs
    return isOver ? 'dead' : 'alive'
  }
}

async function readJson(file: string): Promise<unknown> {
  return readText(file)
    .then(JSON.parse)
    .catch(() => undefined)
}
