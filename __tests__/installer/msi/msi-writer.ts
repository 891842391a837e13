import type { Content } from './compound-file-writer.ts'

export interface MsiOptions {
  readonly codePage?: number
  /** Three bytes for each string reference, and so many unused strings before that two would not do. */
  readonly hasWideReferences?: boolean
  /** Which of the two known layouts a string of 64 KB or more has. */
  readonly longStrings?: 'length-in-second-slot' | 'length-in-first-slot'
  /** How often each string is said to be used. */
  readonly useCount?: number
}

/** A string as it is, or its bytes in the package’s code page. */
export type Text = string | Buffer

/** Names of the streams, packed by hand from the format’s description. */
export const streamNames = {
  pool: '\u4840\u3F3F\u4577\u446C\u3E6A\u44B2\u482F',
  data: '\u4840\u3F3F\u4577\u446C\u3B6A\u45E4\u4824',
  property: '\u4840\u4559\u44F2\u4568\u4737',
  signature: '\u0005DigitalSignature',
} as const

/** The three streams of a Windows Installer package that has nothing but a Property table. */
export function msiStreams(properties: readonly (readonly [Text, Text])[], options: MsiOptions = {}): Map<string, Content> {
  const { codePage = 65001, hasWideReferences = false, longStrings = 'length-in-second-slot', useCount = 1 } = options
  const texts = properties.flat().map(text => Buffer.from(text))
  const unused = hasWideReferences ? 70_000 : 0
  const slots: (readonly [number, number])[] = [[codePage & 0xffff, (codePage >>> 16) | (hasWideReferences ? 0x8000 : 0)]]
  for (let index = 0; index < unused; index++) slots.push([0, 0])
  for (const text of texts) {
    if (text.length < 0x10000) slots.push([text.length, text.length === 0 ? 0 : useCount])
    else if (longStrings === 'length-in-second-slot') slots.push([0, useCount], [text.length & 0xffff, text.length >>> 16])
    else slots.push([0, text.length >>> 16], [text.length & 0xffff, useCount])
  }
  const names = properties.map((_, row) => unused + 2 * row + 1)
  return new Map([
    [streamNames.property, references([...names, ...names.map(id => id + 1)], hasWideReferences ? 3 : 2)],
    [streamNames.pool, Buffer.concat(slots.map(slot => references(slot, 2)))],
    [streamNames.data, Buffer.concat(texts)],
  ])
}

/** Numbers of two or three bytes, one behind the other. */
export function references(ids: readonly number[], size: 2 | 3): Buffer {
  const bytes = Buffer.alloc(ids.length * size)
  for (const [index, id] of ids.entries()) bytes.writeUIntLE(id, index * size, size)
  return bytes
}
