import { open, readFile, stat } from 'node:fs/promises'
import type { Host } from '../../host/host.ts'
import { patiently, removeFile, renamePatiently } from '../file.ts'
import { isStrong, type Validator } from './offer.ts'
import { type Part, refused } from './part.ts'
import type { Range, Ranges } from './ranges.ts'

/** What a part holds, for a run that comes after a kill. */
export interface Resumption {
  readonly size: number
  readonly validator: Validator
  /** Only what is on the disk. */
  readonly done: Ranges
}

/** The resumption of a part lies beside it. */
export function resumptionFile(part: string): string {
  return `${part}.json`
}

/** What an earlier run wrote of a part; `undefined` where it wrote nothing that can be used. */
export async function readResumption(part: string): Promise<Resumption | undefined> {
  try {
    const { size, validator, done } = JSON.parse(await readFile(resumptionFile(part), 'utf8')) as Partial<Resumption>
    // The part has its full size from its beginning on: one that has not is not the part that was written down.
    if (!isCount(size) || (await stat(part)).size !== size) return undefined
    if (!isValidator(validator)) return undefined
    if (!Array.isArray(done) || !done.every((range, index) => isAfter(done[index - 1], range, size))) return undefined
    return { size, validator, done }
  } catch {
    return undefined // there is none, or it is no resumption
  }
}

/** What no header can hold would fail again at each try, and in each run. */
function isValidator(found: Partial<Validator> | undefined): found is Validator {
  const { header, value } = found ?? {}
  if (typeof value !== 'string' || !/^[\t\x20-\x7e\x80-\xff]+$/.test(value)) return false
  return header === 'last-modified' || (header === 'etag' && isStrong(value))
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isAfter(before: Range | undefined, { from, to }: Range, size: number): boolean {
  return isCount(from) && isCount(to) && from < to && to <= size && (before === undefined || before.to < from)
}

/** Writes a resumption so that there is always either the old one or the new one, whole. The bytes that it names must be synced before. */
export async function writeResumption(part: string, resumption: Resumption, host: Host): Promise<void> {
  const draft = `${resumptionFile(part)}.new`
  const handle = await open(draft, 'w')
  try {
    await handle.writeFile(JSON.stringify(resumption))
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await renamePatiently(draft, resumptionFile(part), host)
}

/**
 * Before anything is written that a resumption does not fit, it goes.
 * @throws StepError `io-failed`
 */
export async function removeResumption(part: string, host: Host): Promise<void> {
  for (const file of [resumptionFile(part), `${resumptionFile(part)}.new`])
    await patiently(host, () => removeFile(file)).catch(refused(file, host))
}

/** Keeps the resumption of a part that grows. */
export interface ResumptionKeeper {
  /** Writes a resumption, where the last one is old enough; in the background. */
  consider(): void
  /** Writes one now. A resumption that cannot be written is no failure of the download: the next run fetches more. */
  save(): Promise<void>
  /** No more resumptions when this resolves, which does not wait for the disk: a resumption that has its bytes still to be synced is not written. */
  stop(): Promise<void>
}

export function resumptionKeeper(part: Part, everyMs: number, host: Host, read: () => Resumption): ResumptionKeeper {
  let savedAtMs = host.clock.now()
  let saving: Promise<void> | undefined
  let writing: Promise<void> | undefined
  let isStopped = false

  const write = async () => {
    const resumption = read() // before the sync: what is written during it may not be on the disk
    await part.sync()
    if (isStopped) return
    writing = writeResumption(part.path, resumption, host)
    await writing
  }
  const save = async () => {
    await saving
    saving = write()
      .catch(() => {})
      .finally(() => {
        savedAtMs = host.clock.now() // after it, so that a slow disk is not kept busy with resumptions
        saving = undefined
      })
    await saving
  }
  return {
    consider: () => {
      if (!isStopped && saving === undefined && host.clock.now() - savedAtMs >= everyMs) void save()
    },
    save,
    stop: async () => {
      isStopped = true
      await writing?.catch(() => {})
    },
  }
}
