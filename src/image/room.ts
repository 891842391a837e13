import { stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { StepError } from '../contract/reasons.ts'
import { endpointOf } from '../engine/endpoint.ts'
import type { EngineFacts } from '../engine/preflight.ts'
import type { Host } from '../host/host.ts'

/** What is going to be built, as far as it takes room. Sizes in bytes; `undefined` where one is not known yet: it is not counted. */
export interface RoomOrder {
  readonly engine: EngineFacts
  readonly installerBytes: number | undefined
  readonly delivery: 'serve' | 'copy'
  /** What must be pulled of the bases, compressed, as their manifests tell; 0 where the engine has them, or nobody told. */
  readonly baseBytes: number
  /** The folder in which the installer lies, or will lie. */
  readonly installerFolder: string
}

/** A disk that the build writes to, by the folders of it that matter. Sizes in bytes. */
export interface Disk {
  readonly folders: readonly string[]
  readonly freeBytes: number
  readonly neededBytes: number
}

export interface Room {
  readonly disks: readonly Disk[]
  /** What could not be asked, and why: a sentence each. */
  readonly unasked: readonly string[]
}

/**
 * What a build surely needs, in bytes: a bound from below, since what is refused here could have been enough otherwise.
 *
 * In the engine's folder:
 * - a base that must be pulled: its compressed layers, and unpacked twice as much beside them (a layer's download is kept until it is
 *   unpacked; Windows Server Core has some 2 GB compressed and 5 GB unpacked),
 * - what the installer unpacks to: twice its size,
 * - with `copy` the installer twice besides: in the build context, which the engine keeps until the end, and in a layer.
 *
 * In the temp folder: with `copy` the installer in the staged context; nothing where that is a hard link (`isLinked`).
 */
export function roomNeeded(
  { installerBytes = 0, baseBytes, delivery }: Pick<RoomOrder, 'installerBytes' | 'baseBytes' | 'delivery'>,
  isLinked: boolean,
): { readonly engine: number; readonly temp: number } {
  const isCopied = delivery === 'copy'
  return {
    engine: 3 * baseBytes + (isCopied ? 4 : 2) * installerBytes,
    temp: isCopied && !isLinked ? installerBytes : 0,
  }
}

/**
 * What a build needs (`roomNeeded`), and what is free for this user, on the disks of the engine's folder and of the temp folder. An
 * engine on another machine, and a disk that tells nothing, are not asked.
 */
export async function readRoom(order: RoomOrder, host: Host): Promise<Room> {
  const { temp } = host.machine
  const { rootDir } = order.engine
  const [tempDisk, installerDisk] = [await diskOf(temp), await diskOf(order.installerFolder)]
  const needed = roomNeeded(order, tempDisk !== undefined && tempDisk === installerDisk)
  const elsewhere = await whyElsewhere(rootDir, host)
  const unasked = elsewhere === undefined ? [] : [`The room on the engine’s disk is not known: ${elsewhere}.`]
  const wanted = [
    ...(elsewhere === undefined ? [{ folder: rootDir, bytes: needed.engine }] : []),
    { folder: temp, bytes: needed.temp },
  ]
  const disks = new Map<string, Disk>()
  for (const { folder, bytes } of wanted) {
    const [disk, freeBytes] = [await diskOf(folder), await freeBytesOf(folder)]
    if (disk === undefined || freeBytes === undefined) {
      unasked.push(`The disk of ${folder} does not tell how much is free.`)
      continue
    }
    const known = disks.get(disk) ?? { folders: [], freeBytes, neededBytes: 0 }
    disks.set(disk, { ...known, folders: [...known.folders, folder], neededBytes: known.neededBytes + bytes })
  }
  return { disks: [...disks.values()], unasked }
}

/** @throws StepError `disk-full` where a build would not end well */
export function requireRoom({ disks }: Room, { rootDir }: Pick<EngineFacts, 'rootDir'>): void {
  for (const disk of disks) if (disk.freeBytes < disk.neededBytes) throw diskFull(disk, rootDir)
}

/** Bytes as a person reads them: `850 MB`, `4.5 GB`. */
export function sizeInWords(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

/** Why the engine's folder cannot be looked at from here; `undefined` where it can. */
async function whyElsewhere(rootDir: string, host: Host): Promise<string | undefined> {
  const endpoint = await endpointOf(host)
  if (endpoint.kind === 'elsewhere') return `${endpoint.by} may lead to another machine`
  if (rootDir === '') return 'the engine does not name its folder'
  const isHere = path.isAbsolute(rootDir) && (await stat(rootDir).catch(() => undefined))
  // Docker Desktop's engine for Linux lives in a virtual machine, and a job in a container sees no folder of its engine.
  return isHere ? undefined : `its folder ${rootDir} is not on this machine`
}

/** Tells disks apart; of a folder that is not there yet, the disk on which it would be made. */
async function diskOf(folder: string): Promise<string | undefined> {
  const facts = await stat(folder, { bigint: true }).catch(() => undefined)
  if (facts) return String(facts.dev)
  const parent = path.dirname(folder)
  return parent === folder ? undefined : diskOf(parent)
}

async function freeBytesOf(folder: string): Promise<number | undefined> {
  const facts = await statfs(folder).catch(() => undefined)
  return facts && facts.blocks > 0 ? facts.bavail * facts.bsize : undefined
}

function diskFull({ folders, freeBytes, neededBytes }: Disk, rootDir: string): StepError {
  const isEngines = folders.includes(rootDir)
  return new StepError(
    'disk-full',
    `The disk of ${folders.join(' and ')} has room for ${sizeInWords(freeBytes)}, but this build needs at least ${sizeInWords(neededBytes)} there.`,
    {
      hint: isEngines
        ? 'Make room (docker system prune --all removes what no container uses), or give Docker a folder on another disk: data-root in its daemon.json.'
        : 'Make room, or let the temp folder of this machine’s runner lie on another disk.',
    },
  )
}
