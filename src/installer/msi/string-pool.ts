import { TextDecoder } from 'node:util'
import { damaged } from './refusals.ts'

const slotBytes = 4
/** The upper bit of the pool’s first slot: strings are referred to with three bytes, because there are more than 65,535. */
const wideReferencesFlag = 0x8000

/** The strings of a package. Tables refer to them by number; number 0 is the empty value. */
export interface StringPool {
  /** The size of a reference in a table, in bytes. */
  readonly referenceBytes: 2 | 3
  /** The string of that number. Throws StepError `installer-not-msi` where the pool has no such number. */
  text(id: number): string
}

/**
 * Reads the string pool of a Windows Installer package. The format is not published; this follows Wine’s `dlls/msi/string.c`.
 * @param pool `_StringPool`: slots of four bytes, first the code page and flags, then for each string its length and use count
 * @param data `_StringData`: the strings’ bytes, one behind the other
 * Throws StepError `installer-not-msi` where the two do not fit.
 */
export function readStringPool(pool: Buffer, data: Buffer): StringPool {
  if (pool.length < slotBytes || pool.length % slotBytes !== 0) {
    throw damaged(`its string pool of ${pool.length} bytes is not a whole number of slots`)
  }
  const offsets = longLengths
    .map(longLength => stringOffsets(pool, longLength))
    .find(candidate => candidate.at(-1) === data.length)
  if (offsets === undefined) throw damaged('the lengths in its string pool do not add up to its string data')

  const flags = pool.readUInt16LE(2)
  const decoder = new TextDecoder(encodingOf(pool.readUInt16LE(0) | ((flags & ~wideReferencesFlag) << 16)))
  // A hostile table may refer to one string of many MB from each of its rows; decoded once, all strings cost no more than the data.
  const decoded = new Map<number, string>()
  return {
    referenceBytes: (flags & wideReferencesFlag) === 0 ? 2 : 3,
    text: id => {
      const end = offsets[id + 1]
      if (end === undefined) throw damaged(`a table refers to string ${id}, but its pool ends before`)
      const text = decoded.get(id) ?? decode(decoder, data.subarray(offsets[id], end))
      decoded.set(id, text)
      return text
    },
  }
}

type LongLength = (first: number, second: Buffer) => number

/**
 * A string of 64 KB or more has two slots, the first of length 0. Implementations disagree where the upper half of its length is:
 * Wine and msitools have it in the second slot, rust-msi in the first slot’s use count. The size of the data tells which it is.
 */
const longLengths: readonly LongLength[] = [
  (_, second) => second.readUInt16LE(2) * 0x10000 + second.readUInt16LE(0),
  (useCount, second) => useCount * 0x10000 + second.readUInt16LE(0),
]

/** Where each string begins, by number; the string ends where the next begins. The last offset is the end of all. */
function stringOffsets(pool: Buffer, longLength: LongLength): readonly number[] {
  const offsets = [0, 0]
  let end = 0
  for (let at = slotBytes; at < pool.length; at += slotBytes) {
    const length = pool.readUInt16LE(at)
    const useCount = pool.readUInt16LE(at + 2)
    const isLong = length === 0 && useCount !== 0
    if (isLong) {
      at += slotBytes
      if (at === pool.length) throw damaged('its string pool ends in the middle of a long string')
    }
    end += isLong ? longLength(useCount, pool.subarray(at, at + slotBytes)) : length
    offsets.push(end)
  }
  return offsets
}

const encodings: ReadonlyMap<number, string> = new Map([
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [65001, 'utf-8'],
])

/** The name of a Windows code page. The neutral one (0) and unknown ones are read as windows-1252, which has ASCII right. */
function encodingOf(codePage: number): string {
  if (codePage >= 1250 && codePage <= 1258) return `windows-${codePage}`
  return encodings.get(codePage) ?? 'windows-1252'
}

/** Streaming, because else Node 20.18.3 and later takes windows-1252 for latin-1 and loses € and ™ (nodejs/node#56542). */
function decode(decoder: TextDecoder, bytes: Buffer): string {
  return decoder.decode(bytes, { stream: true }) + decoder.decode()
}
