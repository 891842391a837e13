import type { Host } from '../host/host.ts'
import type { Standing } from '../target/target.ts'

/** What is to be said of a node that is kept, and that another job takes away at its end. */
export function endsEarly({ container }: Standing, { spell }: Host): string {
  return `${container} is kept, but goes at the end of another job, which started it (${spell('cleanup')}). Start it from a job whose nodes stay, or under another ${spell('containerName')}.`
}

/** What is to be said of a node of the set that this run does not plan. */
export function isSurplus(container: string, planned: number, { spell }: Host): string {
  return `${container} is of this set too and stays as it is, though ${spell('nodeCount')} is ${planned}. It goes with ${spell('mode')} remove and ${spell('containerName')} ${container}.`
}
