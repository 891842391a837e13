import { type AllocationTable, follow, openFat, openMiniFat, readUnits } from './allocation.ts'
import { miniCutoffBytes, readCompoundHeader } from './compound-header.ts'
import { type Directory, readDirectory, type StreamEntry } from './directory.ts'
import type { PositionalFile } from './positional-file.ts'
import { damaged } from './refusals.ts'

/** 32,768 streams; installers have some hundred. */
const directoryLimitBytes = 4 << 20
/** The mini stream holds streams below 4 KB only, so even a thousand of them fit four times. */
const miniStreamLimitBytes = 16 << 20

/** An open compound file (OLE2 structured storage, [MS-CFB]), which is what a Windows Installer package is. */
export interface CompoundFile {
  readonly streams: ReadonlyMap<string, StreamEntry>
  /** Reads a stream whole. Throws StepError `installer-not-msi` where it is larger than `limitBytes` or is not all there. */
  read(stream: StreamEntry, limitBytes: number): Promise<Buffer>
}

/**
 * Opens the container: reads its header, its directory and as much of its tables as they need, and none of its payload.
 * Throws StepError `installer-not-msi` where the file is not a compound file, is truncated, or contradicts itself.
 */
export async function openCompoundFile(file: PositionalFile): Promise<CompoundFile> {
  const header = await readCompoundHeader(file)
  const fat = await openFat(file, header)
  const directory = readDirectory(await readDirectoryBytes(file, fat, header.firstDirectorySector), header.sectorBytes === 4096)
  proveLength(file, directory)

  const { miniStream } = directory
  proveSize('mini stream', miniStream.sizeBytes, miniStreamLimitBytes)
  const miniStreamSectors = await chainOf(fat, miniStream)
  const miniFat = await openMiniFat(file, header, fat, miniStreamSectors, miniStream.sizeBytes)
  return {
    streams: directory.streams,
    async read(stream, limitBytes) {
      proveSize('table', stream.sizeBytes, limitBytes)
      const table = stream.sizeBytes < miniCutoffBytes ? miniFat : fat
      return readUnits(file, table, await chainOf(table, stream), stream.sizeBytes)
    },
  }
}

async function readDirectoryBytes(file: PositionalFile, fat: AllocationTable, firstSector: number): Promise<Buffer> {
  const limit = directoryLimitBytes / fat.unitBytes
  const sectors = await follow(fat, firstSector, limit + 1)
  if (sectors.length > limit) throw damaged(`its directory is larger than ${directoryLimitBytes} bytes`)
  return readUnits(file, fat, sectors, sectors.length * fat.unitBytes)
}

/** The units of a stream, exactly as many as its size asks for. */
async function chainOf(table: AllocationTable, stream: StreamEntry): Promise<readonly number[]> {
  const count = Math.ceil(stream.sizeBytes / table.unitBytes)
  const units = await follow(table, stream.firstUnit, count)
  if (units.length < count) throw damaged(`a chain of its ${table.name} ends after ${units.length} of ${count} units`)
  return units
}

/** Streams do not overlap, so a file smaller than their sum was cut; the payload, which is never read, is proven only here. */
function proveLength(file: PositionalFile, directory: Directory): void {
  const needed = [...directory.streams.values()].reduce((sum, stream) => sum + stream.sizeBytes, 0)
  if (needed > file.sizeBytes) throw damaged(`it is truncated: it has ${file.sizeBytes} bytes, but its contents need ${needed}`)
}

function proveSize(what: string, sizeBytes: number, limitBytes: number): void {
  if (sizeBytes > limitBytes) throw damaged(`its ${what} of ${sizeBytes} bytes is larger than the limit of ${limitBytes}`)
}
