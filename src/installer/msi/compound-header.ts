import type { PositionalFile } from './positional-file.ts'
import { damaged, empty, notCompound } from './refusals.ts'

const magic = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const headerBytes = 512
const headerFatSectors = 109

/** Streams below this size are in the mini stream; the format knows no other value ([MS-CFB] 2.2). */
export const miniCutoffBytes = 4096
export const miniSectorBytes = 64

/** The header of a compound file. Sectors are numbered from the one behind the header. */
export interface CompoundHeader {
  /** 512 in version 3, 4096 in version 4. */
  readonly sectorBytes: number
  /** Sectors in the file, the header’s own not counted; the last may be cut short. */
  readonly sectorCount: number
  readonly fatSectorCount: number
  /** The FAT’s first sectors, at most 109; the DIFAT names the others. */
  readonly firstFatSectors: readonly number[]
  readonly firstDifatSector: number
  readonly firstDirectorySector: number
  readonly firstMiniFatSector: number
}

/** Where sector `sector` begins, in bytes. The header takes a whole sector, in version 4 too. */
export function sectorPosition(header: CompoundHeader, sector: number): number {
  return (sector + 1) * header.sectorBytes
}

/**
 * Reads and proves the header ([MS-CFB] 2.2).
 * Throws StepError `installer-not-msi` where the file is empty, of another format, cut short, or claims more than its size.
 */
export async function readCompoundHeader(file: PositionalFile): Promise<CompoundHeader> {
  if (file.sizeBytes === 0) throw empty()
  const bytes = await file.read(0, Math.min(headerBytes, file.sizeBytes))
  if (!bytes.subarray(0, magic.length).equals(magic)) throw notCompound(bytes)
  if (bytes.length < headerBytes) throw damaged(`it ends at byte ${file.sizeBytes}, in the middle of its header`)

  const sectorBytes = 1 << provenShift('sector', bytes.readUInt16LE(30), [9, 12])
  provenShift('mini sector', bytes.readUInt16LE(32), [6])
  if (bytes.readUInt32LE(56) !== miniCutoffBytes)
    throw damaged(`its mini stream is cut off at another size than ${miniCutoffBytes} bytes`)

  const sectorCount = Math.ceil(file.sizeBytes / sectorBytes) - 1
  const countAt = (offset: number, table: string): number => {
    const count = bytes.readUInt32LE(offset)
    if (count > sectorCount) throw damaged(`it claims ${count} ${table} sectors, but has ${sectorCount} sectors in all`)
    return count
  }
  countAt(64, 'mini FAT')
  countAt(72, 'DIFAT')
  const fatSectorCount = countAt(44, 'FAT')
  return {
    sectorBytes,
    sectorCount,
    fatSectorCount,
    firstFatSectors: Array.from({ length: Math.min(fatSectorCount, headerFatSectors) }, (_, index) =>
      bytes.readUInt32LE(76 + 4 * index),
    ),
    firstDifatSector: bytes.readUInt32LE(68),
    firstDirectorySector: bytes.readUInt32LE(48),
    firstMiniFatSector: bytes.readUInt32LE(60),
  }
}

/** A shift is the power of two of a size; only the format’s own are taken, as the header’s size decides what is allocated. */
function provenShift(unit: string, shift: number, known: readonly number[]): number {
  if (!known.includes(shift)) throw damaged(`its ${unit} size of 2^${shift} bytes is none of the format’s`)
  return shift
}
