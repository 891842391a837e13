import { createHash, randomUUID } from 'node:crypto'
import { lstat, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'
import type { Journal } from '../journal/journal.ts'
import { isDead, ownerOf, type Place, placeOf, readOwner, staleMs } from '../journal/owner.ts'
import { readText, removeFile, renamePatiently } from './file.ts'
import { unsigned } from './unsigned.ts'

/** No download takes a day: an older part is one that nobody went on with. */
const oldestMs = 24 * 60 * 60 * 1_000
const lookAgainMs = 500

/** A part of a download that is this run's alone. */
export interface Claim {
  /** Where the download goes. What an earlier one left there may be gone on with, by the record `<part>.json` beside it. */
  readonly part: string
  /** Gives it up. What was fetched stays for the next one only where that one could go on with it. */
  release(keepsPart: boolean): Promise<void>
}

/** Where everything lies that is on its way into the store, in its volume. */
export function partsFolder(root: string): string {
  return path.join(root, 'parts')
}

/** What a part is of. */
export interface PartOf {
  readonly version: string | undefined
  /** Lower-case hexadecimal, where it is known beforehand. */
  readonly sha256: string | undefined
  /** Where it is fetched from, with all that tells one file from another there; may hold a secret. */
  readonly url: string
}

/** What a part is called: of two files that are not one for certain each has its own. Nothing can be read in it but the version. */
export function partKey({ version, sha256 = '', url }: PartOf): string {
  const which = createHash('sha256')
    .update(`${unsigned(url)}\n${sha256}`)
    .digest('hex')
  return `${version ?? 'unknown'}-${which.slice(0, 16)}`
}

/**
 * Claims the part of a download below `root`, so that of several jobs on a machine one fetches and the others wait for it.
 *
 * A claim is the file `<key>.<n>.claim`, made by whoever makes it first; its time is its owner's heartbeat. Where the owner is dead, `<n + 1>`
 * is claimed, and the part `<key>.<n>.part` renamed to go with it. None of it is needed for what is kept to be right: where a claim
 * cannot be made, or its owner takes longer than `untilMs`, the run goes on with a part that nobody shares.
 * @returns `undefined` where another job had the part and is done with it: the store must be looked at again
 * @throws the file system's error where there can be no part; what `host.signal` was aborted with
 */
export async function claimPart(
  root: string,
  key: string,
  host: Host,
  journal: Journal,
  untilMs: number,
): Promise<Claim | undefined> {
  const folder = partsFolder(root)
  await mkdir(folder, { recursive: true })
  await sweep(folder, host)
  const watch = watcher(host)
  for (let waited = false; ; ) {
    host.signal.throwIfAborted()
    const top = await highest(folder, key, 'claim')
    if (waited && top === 0) return undefined
    const life = top === 0 ? 'dead' : await watch(path.join(folder, `${key}.${top}.claim`))
    if (life === 'dead') {
      const made = await makeClaim(folder, key, top + 1, host, journal)
      if (made !== 'taken') return made
    } else if (life === 'alive') {
      if (host.clock.now() >= untilMs) {
        host.log('Another job on this machine is still fetching the same installer: this one fetches it too.')
        return unshared(folder, key)
      }
      if (!waited) host.log('Another job on this machine is fetching the same installer: this one waits for it.')
      waited = true
      await host.clock.sleep(lookAgainMs, host.signal)
    }
  }
}

/** Makes a claim, or says that another was quicker. */
async function makeClaim(folder: string, key: string, number: number, host: Host, journal: Journal): Promise<Claim | 'taken'> {
  const file = path.join(folder, `${key}.${number}.claim`)
  const owner = await ownerOf(journal.id, host)
  const error = await writeFile(file, JSON.stringify(owner), { flag: 'wx' }).then(
    () => undefined,
    (cause: NodeJS.ErrnoException) => cause,
  )
  if (error?.code === 'EEXIST') return 'taken'
  if (error) return unshared(folder, key)
  const part = (await adopt(folder, key, number, host)) ?? path.join(folder, `${key}.${randomUUID()}.part`)
  const claims = await numbersOf(folder, key, 'claim')
  for (const earlier of claims.filter(one => one < number))
    await removeFile(path.join(folder, `${key}.${earlier}.claim`)).catch(() => {})
  return claimed(part, file, journal.hold(file))
}

/** A part that nobody waits for. It is made at once: where that fails nothing can be kept here. */
async function unshared(folder: string, key: string): Promise<Claim> {
  const part = path.join(folder, `${key}.${randomUUID()}.part`)
  await writeFile(part, '', { flag: 'wx' })
  return claimed(part, undefined, () => {})
}

function claimed(part: string, claim: string | undefined, letGo: () => void): Claim {
  return {
    part,
    release: async keepsPart => {
      letGo()
      // What cannot be removed now is swept when it is old enough.
      const files = [...(keepsPart ? [] : [part, `${part}.json`]), ...(claim === undefined ? [] : [claim])]
      for (const file of files) await removeFile(file).catch(() => {})
    },
  }
}

/**
 * What an earlier owner fetched goes on under our number: one that was dead by mistake finds it no more.
 * @returns the part; `undefined` where something lies in its place, or in that of its record, that is no file: a pipe would be waited for
 */
async function adopt(folder: string, key: string, number: number, host: Host): Promise<string | undefined> {
  const left = await highest(folder, key, 'part')
  const [from, to] = [left, number].map(one => path.join(folder, `${key}.${one}.part`)) as [string, string]
  if (!(await isFree(from)) || !(await isFree(to))) return undefined
  if (left === 0) return to
  try {
    // The record first: without its part it means nothing, while a part with a foreign record would.
    if (left !== number) {
      await renamePatiently(`${from}.json`, `${to}.json`, host)
      await renamePatiently(from, to, host)
    }
    host.log('An earlier download of this installer was left unfinished here.')
  } catch {
    // Without a record nobody can go on with it; or Windows holds it for a process that still lives.
    await removeFile(from).catch(() => {})
  }
  return to
}

/** True where a part and what is written beside it are files, or are not there. A link is no file: it leads to what is not ours. */
async function isFree(part: string): Promise<boolean> {
  const found = await Promise.all([part, `${part}.json`, `${part}.json.new`].map(file => lstat(file).catch(() => undefined)))
  return found.every(facts => facts === undefined || facts.isFile())
}

/** The highest number among the claims or the parts of a key; 0 where there are none. */
async function highest(folder: string, key: string, ending: 'claim' | 'part'): Promise<number> {
  return Math.max(0, ...(await numbersOf(folder, key, ending)))
}

/** The numbers of the claims or the parts of a key, as they are written: `01` is nobody’s. */
async function numbersOf(folder: string, key: string, ending: 'claim' | 'part'): Promise<readonly number[]> {
  return (await readdir(folder)).flatMap(name => {
    const [, number] = (name.startsWith(`${key}.`) && /^([1-9]\d{0,8})\.(?:claim|part)$/.exec(name.slice(key.length + 1))) || []
    return number !== undefined && name.endsWith(ending) ? [Number(number)] : []
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

/** What cannot be removed waits for the next run: another one may be sweeping, and a part that stays hurts nobody. */
async function sweep(folder: string, host: Host): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const part = path.join(folder, name)
    const found = await stat(part).catch(() => undefined)
    if (found?.isFile() && host.clock.now() - found.mtimeMs > oldestMs) await removeFile(part).catch(() => {})
  }
}
