import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, address } from '../../src/contract/secret.ts'
import { type MemoryHost, type MemoryOptions, memoryHost } from '../../src/host/memory.ts'
import { identifyInstaller, planIdentity } from '../../src/installer/identify.ts'
import type { KnownVersion } from '../../src/installer/known.ts'
import { obtainInstaller, planInstaller } from '../../src/installer/obtain.ts'
import type { Proven } from '../../src/installer/proof.ts'
import type { Wanted } from '../../src/installer/wanted.ts'
import { type Journal, openJournal } from '../../src/journal/journal.ts'
import { type RecordingClock, recordingClock } from '../support/recording-clock.ts'
import type { SampleInstaller } from '../support/sample-installer.ts'

/** A machine of its own for each test: folders that are gone afterwards, and a clock that needs no time. */
export interface Bench {
  readonly folder: string
  readonly workspace: string
  readonly tools: string
  readonly clock: RecordingClock
  host(options?: Partial<MemoryOptions>): MemoryHost
  /** A journal outside of the workspace and the tools. */
  journal(host: MemoryHost): Journal
  /** A file outside of every store, but in its volume, as a download leaves it. */
  part(bytes: Buffer): Promise<string>
  /** Every file below the folder, sorted, with `/` between its parts. */
  files(below?: string): Promise<readonly string[]>
  remove(): Promise<void>
}

export async function makeBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'shir-installer-'))
  const [workspace, tools, temp] = ['workspace', 'tools', 'temp'].map(name => join(folder, name)) as [string, string, string]
  for (const path of [workspace, tools, temp]) mkdirSync(path)
  const clock = recordingClock()
  return {
    folder,
    workspace,
    tools,
    clock,
    host: options =>
      memoryHost({ machine: { name: 'bench', platform: process.platform, temp, tools, workspace }, clock, ...options }),
    journal: host => openJournal(join(folder, 'owed'), host),
    part: async bytes => {
      const file = join(folder, `${randomUUID()}.part`)
      await writeFile(file, bytes)
      return file
    },
    files: async (below = folder) => {
      const entries = await readdir(below, { recursive: true, withFileTypes: true })
      const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
      return paths.map(path => path.slice(below.length + 1).replaceAll('\\', '/')).sort()
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Nothing is said but `parts`, and that the signature does not matter: nobody has signed what these tests fetch. */
export function wanted(parts: Partial<Wanted> = {}): Wanted {
  return {
    shirVersion: 'stable',
    msiUrl: undefined,
    msiPath: undefined,
    msiSha256: undefined,
    verifySignature: false,
    cache: 'auto',
    cacheDir: undefined,
    ...parts,
  }
}

/** Identifies what is asked for, and obtains it. Nothing is known of versions but `known`: samples have real versions and other bytes. */
export async function obtainWanted(
  host: MemoryHost,
  journal: Journal,
  parts: Partial<Wanted>,
  known: readonly KnownVersion[] = [],
) {
  return obtainInstaller(host, journal, known)(await identifyInstaller(host, known)(wanted(parts)))
}

/** The same as a dry run tells it. */
export async function planWanted(host: MemoryHost, parts: Partial<Wanted>) {
  return planInstaller(host)(await planIdentity(host, [])(wanted(parts)))
}

export function addressOf(url: string): Address {
  return address(new URL(url))
}

/** What is proven of a sample, where nothing was signed. */
export function provenOf({ version, sha256, bytes }: SampleInstaller, productVersion = version): Proven {
  return { version, sha256, size: bytes.length, productVersion, signer: undefined, proofs: [] }
}

/** All that a host was told, in one text. */
export function everythingToldTo(host: MemoryHost): string {
  const { lines, groups, annotations, outputs, progressed, page } = host
  return JSON.stringify({ lines, groups, annotations, outputs, progressed, page })
}
