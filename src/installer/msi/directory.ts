import { damaged } from './refusals.ts'

const entryBytes = 128
const noEntry = 0xffffffff
const streamKind = 2
const rootKind = 5

/** A stream as the directory tells of it. */
export interface StreamEntry {
  readonly firstUnit: number
  readonly sizeBytes: number
}

export interface Directory {
  /** The mini stream, which holds all small streams and belongs to the root. */
  readonly miniStream: StreamEntry
  /** The streams of the root storage by name. Those of inner storages are left out: an embedded transform has tables of its own. */
  readonly streams: ReadonlyMap<string, StreamEntry>
}

/**
 * Reads the directory ([MS-CFB] 2.6), whose entries form a tree below the root entry, the first.
 * @param bytes the directory, a whole number of entries
 * @param hasWideSizes whether sizes have 64 bits (version 4); version 3 leaves garbage in the upper half
 * Throws StepError `installer-not-msi` where the tree is not one.
 */
export function readDirectory(bytes: Buffer, hasWideSizes: boolean): Directory {
  const entryCount = Math.floor(bytes.length / entryBytes)
  const entryAt = (index: number): Buffer => bytes.subarray(index * entryBytes, (index + 1) * entryBytes)
  if (entryCount === 0 || kindOf(entryAt(0)) !== rootKind) throw damaged('its directory does not begin with a root entry')

  const streams = new Map<string, StreamEntry>()
  const visited = new Set<number>()
  const pending = [childOf(entryAt(0))]
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    if (index === noEntry) continue
    if (index >= entryCount) throw damaged(`its directory names entry ${index}, but has ${entryCount}`)
    if (visited.has(index)) throw damaged('the tree of its directory runs in a circle')
    visited.add(index)
    const entry = entryAt(index)
    pending.push(...siblingsOf(entry))
    if (kindOf(entry) !== streamKind) continue
    const name = nameOf(entry)
    if (streams.has(name)) throw damaged('its directory names a stream twice')
    streams.set(name, streamOf(entry, hasWideSizes))
  }
  return { miniStream: streamOf(entryAt(0), hasWideSizes), streams }
}

function kindOf(entry: Buffer): number {
  return entry.readUInt8(66)
}

function siblingsOf(entry: Buffer): readonly number[] {
  return [entry.readUInt32LE(68), entry.readUInt32LE(72)]
}

function childOf(entry: Buffer): number {
  return entry.readUInt32LE(76)
}

function nameOf(entry: Buffer): string {
  const lengthWithNul = entry.readUInt16LE(64)
  if (lengthWithNul < 2 || lengthWithNul > 64 || lengthWithNul % 2 !== 0)
    throw damaged('a name in its directory has an impossible length')
  return entry.toString('utf16le', 0, lengthWithNul - 2)
}

function streamOf(entry: Buffer, hasWideSizes: boolean): StreamEntry {
  return {
    firstUnit: entry.readUInt32LE(116),
    sizeBytes: hasWideSizes ? Number(entry.readBigUInt64LE(120)) : entry.readUInt32LE(120),
  }
}
