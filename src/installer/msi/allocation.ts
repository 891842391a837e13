import { type CompoundHeader, miniSectorBytes, sectorPosition } from './compound-header.ts'
import type { PositionalFile } from './positional-file.ts'
import { damaged } from './refusals.ts'

const endOfChain = 0xfffffffe
const entryBytes = 4

/**
 * The FAT or the mini FAT: the units (sectors or mini sectors) of the file, each with the one that follows it in its chain.
 * The table is read piece by piece, where a chain leads: that of a 1 GB file is 8 MB, and a look needs a few KB of it.
 */
export interface AllocationTable {
  readonly name: 'FAT' | 'mini FAT'
  readonly unitBytes: number
  readonly unitCount: number
  /** Where a unit begins in the file, in bytes. */
  position(unit: number): number
  next(unit: number): Promise<number>
}

/** The table of the file’s sectors ([MS-CFB] 2.3). Throws StepError `installer-not-msi` where the DIFAT is damaged. */
export async function openFat(file: PositionalFile, header: CompoundHeader): Promise<AllocationTable> {
  return {
    name: 'FAT',
    unitBytes: header.sectorBytes,
    unitCount: header.sectorCount,
    position: sector => sectorPosition(header, sector),
    next: entryReader(file, header, await fatSectors(file, header), 'FAT'),
  }
}

/**
 * The table of the mini stream’s units ([MS-CFB] 2.4).
 * @param miniStream the sectors of the mini stream, in order
 * @param miniStreamBytes the size of the mini stream
 */
export async function openMiniFat(
  file: PositionalFile,
  header: CompoundHeader,
  fat: AllocationTable,
  miniStream: readonly number[],
  miniStreamBytes: number,
): Promise<AllocationTable> {
  const unitCount = Math.ceil(miniStreamBytes / miniSectorBytes)
  const unitsPerSector = header.sectorBytes / miniSectorBytes
  const tableSectors = await follow(fat, header.firstMiniFatSector, Math.ceil((unitCount * entryBytes) / header.sectorBytes))
  return {
    name: 'mini FAT',
    unitBytes: miniSectorBytes,
    unitCount,
    position: unit => {
      const sector = miniStream[Math.floor(unit / unitsPerSector)]
      if (sector === undefined) throw damaged('its mini stream ends early')
      return fat.position(sector) + (unit % unitsPerSector) * miniSectorBytes
    },
    next: entryReader(file, header, tableSectors, 'mini FAT'),
  }
}

/**
 * The units of the chain from `start`, in order, at most `limit` of them: what is behind is not looked at.
 * Throws StepError `installer-not-msi` where the chain leaves the file or runs in a circle.
 */
export async function follow(table: AllocationTable, start: number, limit: number): Promise<number[]> {
  const units = new Set<number>()
  let unit = start
  while (units.size < limit && unit !== endOfChain) {
    if (unit >= table.unitCount)
      throw damaged(`its ${table.name} leads to unit ${unit}, but the file ends after ${table.unitCount}`)
    if (units.has(unit)) throw damaged(`a chain of its ${table.name} runs in a circle at unit ${unit}`)
    units.add(unit)
    if (units.size < limit) unit = await table.next(unit)
  }
  return [...units]
}

/** The first `length` bytes that `units` hold, neighbours read at once. */
export async function readUnits(
  file: PositionalFile,
  table: AllocationTable,
  units: readonly number[],
  length: number,
): Promise<Buffer> {
  const runs: { readonly position: number; bytes: number }[] = []
  let left = length
  for (const unit of units) {
    const position = table.position(unit)
    const bytes = Math.min(left, table.unitBytes)
    const last = runs.at(-1)
    if (last !== undefined && last.position + last.bytes === position) last.bytes += bytes
    else runs.push({ position, bytes })
    left -= bytes
  }
  const pieces: Buffer[] = []
  for (const run of runs) pieces.push(await file.read(run.position, run.bytes))
  return Buffer.concat(pieces)
}

/** The FAT’s own sectors, in order: the first from the header, the others from the DIFAT chain ([MS-CFB] 2.5). */
async function fatSectors(file: PositionalFile, header: CompoundHeader): Promise<readonly number[]> {
  const sectors = [...header.firstFatSectors]
  const visited = new Set<number>()
  const linkOffset = header.sectorBytes - entryBytes
  let difatSector = header.firstDifatSector
  while (sectors.length < header.fatSectorCount) {
    if (difatSector >= header.sectorCount) throw damaged('its DIFAT chain ends before all FAT sectors are named')
    if (visited.has(difatSector)) throw damaged(`its DIFAT chain runs in a circle at sector ${difatSector}`)
    visited.add(difatSector)
    const bytes = await file.read(sectorPosition(header, difatSector), header.sectorBytes)
    for (let offset = 0; offset < linkOffset && sectors.length < header.fatSectorCount; offset += entryBytes) {
      sectors.push(bytes.readUInt32LE(offset))
    }
    difatSector = bytes.readUInt32LE(linkOffset)
  }
  const beyond = sectors.find(sector => sector >= header.sectorCount)
  if (beyond !== undefined)
    throw damaged(`its FAT is said to be in sector ${beyond}, but the file ends after ${header.sectorCount}`)
  return sectors
}

/** Looks entries up in the table that `sectors` hold, and keeps each sector that was read. */
function entryReader(
  file: PositionalFile,
  header: CompoundHeader,
  sectors: readonly number[],
  name: AllocationTable['name'],
): AllocationTable['next'] {
  const entriesPerSector = header.sectorBytes / entryBytes
  const cache = new Map<number, Buffer>()
  return async unit => {
    const sector = sectors[Math.floor(unit / entriesPerSector)]
    if (sector === undefined) throw damaged(`its ${name} has no entry for unit ${unit}`)
    let bytes = cache.get(sector)
    if (bytes === undefined) {
      bytes = await file.read(sectorPosition(header, sector), header.sectorBytes)
      cache.set(sector, bytes)
    }
    return bytes.readUInt32LE((unit % entriesPerSector) * entryBytes)
  }
}
