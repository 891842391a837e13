import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of a test's own. */
export interface SmallDisk {
  readonly folder: string
  makeReadOnly(): void
  remove(): void
}

/** Mounts a disk in memory; only root can, on Linux. */
export function smallDisk(size: string): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'shir-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', folder], { stdio: 'pipe' })
  return {
    folder,
    makeReadOnly: () => void execFileSync('mount', ['-o', 'remount,ro', folder], { stdio: 'pipe' }),
    remove: () => {
      execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A `describe` of tests that need a disk of their own; a machine that gives none skips it with a loud line, or fails where SKIPS_FORBIDDEN is 1. */
export function describeOnSmallDisks(title: string, body: () => void): void {
  if (canMount()) describe(title, body)
  else if (process.env.SKIPS_FORBIDDEN === '1')
    test(title, () => {
      throw new Error('No disk can be mounted here, and SKIPS_FORBIDDEN is 1.')
    })
  else {
    process.stderr.write(`SKIPPED: ${title}: no disk can be mounted here; it takes Linux and root.\n`)
    describe.skip(title, body)
  }
}

function canMount(): boolean {
  try {
    const disk = smallDisk('64k')
    mkdirSync(join(disk.folder, 'a'))
    disk.remove()
    return true
  } catch {
    return false
  }
}
