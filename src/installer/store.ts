import { stat } from 'node:fs/promises'
import path from 'node:path'
import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'
import { hitIn } from './hit.ts'
import { keepIn } from './keep.ts'
import type { Proven } from './proof.ts'
import { type Kept, readRecord, writeRecord } from './record.ts'
import { arch, recordOf, tool, toolVersion, versionFolder } from './store-layout.ts'

/**
 * Installers that outlive a run: `<root>/5.70.9748-2/x64/IntegrationRuntime_5.70.9748.2.msi`, with `x64/installer.json` beside it
 * to say which hash it has, and `x64.complete`, written last. Other bytes of the same version lie in `x64/<SHA-256>/`, where each has
 * a record that no other one replaces.
 */
export interface Store {
  readonly root: string
  /** A kept installer whose bytes have the recorded hash: the wanted one, or else the one that was kept last. A broken one says so. */
  find(version: string, sha256: string | undefined): Promise<Kept | undefined>
  /**
   * Moves a proven file of the same volume in, and makes it read-only, since builds are given links to it. Nobody's file is ever
   * replaced, since another job may be building from it: who comes second with the same bytes takes those that are there, and other
   * bytes get a place of their own. The record then names what was kept last. Where it fails, nothing new is left, and the file is where it was.
   */
  keep(file: string, proven: Proven, origin: string): Promise<Kept>
  /** Writes down what was proven of a hit besides. Where that cannot be done, it is proven again the next time. */
  remember(kept: Kept): Promise<void>
}

/**
 * The tool caches' layout without their code: they can neither find four-part versions nor take two writers at once. The fourth
 * part stands behind a dash, so that `tc.find('shir', '5.70.9748-2', 'x64')` finds what we wrote.
 */
export function installerStore(cacheDir: string | undefined, host: Host): Store {
  const root = storeRoot(cacheDir, host)
  return {
    root,
    find: async (version, sha256) => {
      const known = cacheDir === undefined ? await host.findTool(tool, toolVersion(version), arch) : undefined
      return hitIn(known ?? versionFolder(root, version), version, sha256, host)
    },
    keep: (file, proven, origin) => keepIn(versionFolder(root, proven.version), file, { ...proven, origin }, host),
    remember: kept => remember(versionFolder(root, kept.version), kept, host).catch(() => {}),
  }
}

async function remember(folder: string, { path: file, ...entry }: Kept, host: Host): Promise<void> {
  if (!file.startsWith(folder + path.sep)) return // the tool cache's is not ours to write in
  const last = await readRecord(recordOf(folder), host)
  if (last?.sha256 === entry.sha256) await writeRecord(recordOf(folder), entry, host)
  await writeRecord(recordOf(folder, entry.sha256), entry, host)
}

/** Where everything lies that outlives a run: `cacheDir` (relative ones start at the workspace), or a folder among the machine's tools. */
export function storeRoot(cacheDir: string | undefined, host: Host): string {
  return cacheDir === undefined ? path.join(host.machine.tools, tool) : path.resolve(host.machine.workspace, cacheDir)
}

/**
 * Refuses a `cacheDir` that is no folder, or lies in none, before anything is begun: nothing can be kept there, and its user means another.
 * @throws StepError `invalid-input`
 */
export async function checkCacheDir(cacheDir: string | undefined, host: Host): Promise<void> {
  if (cacheDir === undefined) return
  const found = await stat(storeRoot(cacheDir, host)).catch(({ code }: NodeJS.ErrnoException) => ({
    isDirectory: () => code !== 'ENOTDIR', // what is not there yet is made, and what cannot be seen is judged by who needs it
  }))
  if (found.isDirectory()) return
  throw new StepError('invalid-input', `${host.spell('cacheDir')}: ${cacheDir} is not a folder.`, {
    hint: 'Name a folder, or one that can be made; nothing was done yet.',
  })
}

/** Where a run's journal may lie: with the store, or where that takes none with the machine's tools or its short-lived files. */
export function journalRoots(cacheDir: string | undefined, host: Host): readonly [string, ...string[]] {
  const [first, ...others] = [storeRoot(cacheDir, host), storeRoot(undefined, host), path.join(host.machine.temp, tool)]
  return [first as string, ...new Set(others.filter(other => other !== first))]
}
