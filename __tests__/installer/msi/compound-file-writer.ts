import { open } from 'node:fs/promises'

/** What a stream holds; a number is that many bytes that are never written, so that a file of 1 GB costs no disk. */
export type Content = Buffer | number

export interface CompoundOptions {
  readonly sectorBytes?: 512 | 4096
  /** Chains run backwards through the file, so that no two neighbours of a stream are neighbours in the file. */
  readonly isScattered?: boolean
}

/** A compound file, with the places that tests damage. Positions are bytes. */
export interface WrittenFile {
  readonly sizeBytes: number
  readonly pieces: readonly Piece[]
  readonly directoryPosition: number
  /** Where the FAT’s entry of a sector is. */
  fatEntry(sector: number): number
  /** Where the mini FAT’s entry of a mini sector is. */
  miniFatEntry(unit: number): number
  readonly difatSectors: readonly number[]
  /** First sector or mini sector of each stream, by name. */
  readonly firstUnits: ReadonlyMap<string, number>
  /** Where the directory entry of a stream is. */
  entryPosition(name: string): number
}

interface Piece {
  readonly position: number
  readonly bytes: Buffer
}

const free = 0xffffffff
const endOfChain = 0xfffffffe
const fatSector = 0xfffffffd
const difatSector = 0xfffffffc
const miniBytes = 64
const miniCutoff = 4096
const headerFatSectors = 109

/**
 * Writes a compound file of streams below one root: big ones first, then the mini stream, its table, the directory, the FAT and
 * the DIFAT. Written apart from the reader, from [MS-CFB] alone, so that both do not share a mistake.
 */
export function compoundFile(streams: ReadonlyMap<string, Content>, options: CompoundOptions = {}): WrittenFile {
  const sectorBytes = options.sectorBytes ?? 512
  const perSector = sectorBytes / 4
  const fat: number[] = []
  const pieces: Piece[] = []
  const positionOf = (sector: number): number => (sector + 1) * sectorBytes

  /** Gives `content` sectors of its own, linked in a chain, and returns them in the chain’s order. */
  const place = (content: Content): number[] => {
    const size = typeof content === 'number' ? content : content.length
    const sectors = Array.from({ length: Math.ceil(size / sectorBytes) }, (_, index) => fat.length + index)
    if (options.isScattered) sectors.reverse()
    for (const [index, sector] of sectors.entries()) {
      fat[sector] = sectors[index + 1] ?? endOfChain
      if (typeof content === 'number') continue
      pieces.push({
        position: positionOf(sector),
        bytes: padded(content.subarray(index * sectorBytes, (index + 1) * sectorBytes), sectorBytes),
      })
    }
    return sectors
  }

  const firstUnits = new Map<string, number>()
  const miniParts: Buffer[] = []
  const miniFat: number[] = []
  for (const [name, content] of streams) {
    if (typeof content === 'number' || content.length >= miniCutoff) {
      firstUnits.set(name, place(content)[0] ?? endOfChain)
      continue
    }
    const units = Math.ceil(content.length / miniBytes)
    firstUnits.set(name, units === 0 ? endOfChain : miniFat.length)
    for (let unit = 1; unit <= units; unit++) miniFat.push(unit === units ? endOfChain : miniFat.length + 1)
    miniParts.push(padded(content, miniBytes))
  }
  const miniStream = Buffer.concat(miniParts)
  const miniStreamStart = place(miniStream)[0] ?? endOfChain
  const miniFatSectors = place(words(miniFat, perSector))
  const directorySectors = place(directory(streams, firstUnits, miniStreamStart, miniStream.length, sectorBytes))

  const { fatSectors, difatSectors } = placeTables(fat, perSector)
  const fatBytes = words(fat, perSector)
  for (const [index, sector] of fatSectors.entries()) {
    pieces.push({ position: positionOf(sector), bytes: fatBytes.subarray(index * sectorBytes, (index + 1) * sectorBytes) })
  }
  for (const [index, sector] of difatSectors.entries()) {
    const from = headerFatSectors + index * (perSector - 1)
    const named = fatSectors.slice(from, from + perSector - 1)
    const links = [...named, ...Array<number>(perSector - 1 - named.length).fill(free), difatSectors[index + 1] ?? endOfChain]
    pieces.push({ position: positionOf(sector), bytes: words(links, perSector) })
  }

  const header = Buffer.alloc(sectorBytes)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header)
  header.writeUInt16LE(0x3e, 24)
  header.writeUInt16LE(sectorBytes === 512 ? 3 : 4, 26)
  header.writeUInt16LE(0xfffe, 28)
  header.writeUInt16LE(Math.log2(sectorBytes), 30)
  header.writeUInt16LE(6, 32)
  header.writeUInt32LE(fatSectors.length, 44)
  header.writeUInt32LE(directorySectors[0] ?? endOfChain, 48)
  header.writeUInt32LE(miniCutoff, 56)
  header.writeUInt32LE(miniFatSectors[0] ?? endOfChain, 60)
  header.writeUInt32LE(miniFatSectors.length, 64)
  header.writeUInt32LE(difatSectors[0] ?? endOfChain, 68)
  header.writeUInt32LE(difatSectors.length, 72)
  for (let index = 0; index < headerFatSectors; index++) header.writeUInt32LE(fatSectors[index] ?? free, 76 + 4 * index)
  pieces.push({ position: 0, bytes: header })

  const names = [...streams.keys()]
  return {
    sizeBytes: positionOf(fat.length),
    pieces,
    directoryPosition: positionOf(directorySectors[0] ?? 0),
    fatEntry: sector => positionOf(fatSectors[Math.floor(sector / perSector)] ?? 0) + (sector % perSector) * 4,
    miniFatEntry: unit => positionOf(miniFatSectors[Math.floor(unit / perSector)] ?? 0) + (unit % perSector) * 4,
    difatSectors,
    firstUnits,
    entryPosition: name => {
      const at = (names.indexOf(name) + 1) * 128
      return positionOf(directorySectors[Math.floor(at / sectorBytes)] ?? 0) + (at % sectorBytes)
    },
  }
}

/** The whole file in memory; for files without holes. */
export function bytesOf(file: WrittenFile): Buffer {
  const bytes = Buffer.alloc(file.sizeBytes)
  for (const piece of file.pieces) piece.bytes.copy(bytes, piece.position)
  return bytes
}

/** Writes the file with holes where it has no content. */
export async function writeSparse(path: string, file: WrittenFile): Promise<void> {
  const handle = await open(path, 'w')
  try {
    await handle.truncate(file.sizeBytes)
    for (const { position, bytes } of file.pieces) await handle.write(bytes, 0, bytes.length, position)
  } finally {
    await handle.close()
  }
}

/** Gives the FAT and the DIFAT sectors of their own, which the FAT then has to hold as well. */
function placeTables(fat: number[], perSector: number): { readonly fatSectors: number[]; readonly difatSectors: number[] } {
  let fatCount = 0
  let difatCount = 0
  for (;;) {
    const needed = Math.ceil((fat.length + fatCount + difatCount) / perSector)
    const neededDifat = Math.ceil(Math.max(0, needed - headerFatSectors) / (perSector - 1))
    if (needed === fatCount && neededDifat === difatCount) break
    fatCount = needed
    difatCount = neededDifat
  }
  const first = fat.length
  for (let index = 0; index < fatCount; index++) fat.push(fatSector)
  for (let index = 0; index < difatCount; index++) fat.push(difatSector)
  return {
    fatSectors: Array.from({ length: fatCount }, (_, index) => first + index),
    difatSectors: Array.from({ length: difatCount }, (_, index) => first + fatCount + index),
  }
}

/** The root and below it all streams, each the right sibling of the one before. */
function directory(
  streams: ReadonlyMap<string, Content>,
  firstUnits: ReadonlyMap<string, number>,
  miniStreamStart: number,
  miniStreamBytes: number,
  sectorBytes: number,
): Buffer {
  const entries = [entry('Root Entry', 5, { child: streams.size > 0 ? 1 : free, first: miniStreamStart, size: miniStreamBytes })]
  for (const [name, content] of streams) {
    const right = entries.length < streams.size ? entries.length + 1 : free
    const size = typeof content === 'number' ? content : content.length
    entries.push(entry(name, 2, { right, first: firstUnits.get(name) ?? endOfChain, size }))
  }
  return padded(Buffer.concat(entries), sectorBytes)
}

interface Links {
  readonly right?: number
  readonly child?: number
  readonly first: number
  readonly size: number
}

function entry(name: string, kind: number, { right = free, child = free, first, size }: Links): Buffer {
  const bytes = Buffer.alloc(128)
  bytes.write(name, 0, 62, 'utf16le')
  bytes.writeUInt16LE((name.length + 1) * 2, 64)
  bytes.writeUInt8(kind, 66)
  bytes.writeUInt8(1, 67)
  bytes.writeUInt32LE(free, 68)
  bytes.writeUInt32LE(right, 72)
  bytes.writeUInt32LE(child, 76)
  bytes.writeUInt32LE(first, 116)
  bytes.writeBigUInt64LE(BigInt(size), 120)
  return bytes
}

function padded(bytes: Buffer, unit: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((unit - (bytes.length % unit)) % unit)])
}

/** Numbers of 32 bits, filled up with free entries to a whole number of sectors. */
function words(values: readonly number[], perSector: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(values.length / perSector) * perSector * 4, 0xff)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4)
  return bytes
}
