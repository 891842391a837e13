import os from 'node:os'

/** All that a bench starts goes before what else runs on the machine, where this user may say so. */
export function goBeforeOthers(): void {
  try {
    os.setPriority(-10)
  } catch {
    console.log('Not root: other programs disturb the figures as much as they like.')
  }
}
