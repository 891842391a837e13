/** Stories of a container, told in the same words to both sides, and what must come of that. */
import type { ShirSettings } from '../../rehearsal/shir/shir.ts'
import { makeWorld } from '../scripts/world.ts'
import { type Environment, powerShellSide, remains, type Side, type Told, typeScriptSide } from './counterpart.ts'

export type Story = (side: Side) => Promise<readonly Told[]>

/** Tells a story to the scripts in PowerShell and to the rehearsal; both must tell and leave the same. Resolves with what they told. */
export async function agree(story: Story, settings: Partial<ShirSettings> = {}): Promise<readonly Told[]> {
  const world = await makeWorld({ settings })
  try {
    const [scripts, rehearsal] = [powerShellSide(world), typeScriptSide(world.service.keys(), settings)]
    const [expected, told] = [await story(scripts), await story(rehearsal)]
    expect(told).toEqual(expected)
    expect(remains(rehearsal)).toEqual(remains(scripts))
    return told
  } finally {
    await world.close()
  }
}

/** One start after another; each with the right key, unless told, and ended after some seconds. */
export function starts(...all: readonly (readonly [Environment, number?])[]): Story {
  return async side => {
    const told: Told[] = []
    for (const [environment, until] of all) {
      if (told.length > 0) side.restart()
      told.push(await side.start(environment, until))
    }
    return told
  }
}

/** A story that begins with something else. */
export function arranged(arrange: (side: Side) => unknown, story: Story): Story {
  return async side => {
    await arrange(side)
    return story(side)
  }
}

/** A container that registered and was started again; `change` comes between. */
export function startedAgain(change: (side: Side) => unknown, environment: Environment = {}): Story {
  return async side => {
    const first = await side.start(environment, 120)
    side.restart()
    await change(side)
    return [first, await side.start(environment, 780)]
  }
}

/** A story in which stop.ps1 is run after some seconds; what it told comes last. */
export function stopped(seconds: number, story: Story): Story {
  return async side => {
    const told: Told[] = []
    side.at(seconds, async () => told.push(await side.stop()))
    return [...(await story(side)), ...told]
  }
}

/** Nodes that the integration runtime has already. */
export function neighbours(count: number, remoteAccess: boolean, expirySeconds?: number): (side: Side) => void {
  return ({ service, key }) => {
    for (let number = 1; number <= count; number++)
      service.register({ key, name: `old-${number}`, machine: 'OLD', remoteAccess, expirySeconds })
  }
}

/** One that the service does not know. */
export function anotherKey({ key }: Side): string {
  return key.replace(/.{10}$/, 'AAAAAAAAA=')
}
