import { spawn } from 'node:child_process'
import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { StepBench } from '../engine/step-bench.ts'

export const things = ['files', 'containers', 'images', 'networks', 'volumes'] as const

/** What is on a machine, by what it is: names, or ids. */
export type Inventory = Readonly<Record<(typeof things)[number], readonly string[]>>

/** The bench's machine as a soak sees it. */
export interface SoakedMachine {
  look(): Promise<Inventory>
  close(): void
}

/** Counts what carries the bench's label or name, and everything below its folders. */
export function watchMachine({ engine, folder }: StepBench): SoakedMachine {
  const { prefix, docker } = engine
  const list = async (...argv: readonly string[]) => (await docker(...argv)).stdout.split('\n').filter(line => line !== '')
  // Anonymous volumes carry no label: they are known by the containers that had them.
  const containers = new Set<string>()
  const volumes = new Set<string>()
  const filters = ['type=container', 'type=volume', 'event=create', 'event=mount'].flatMap(filter => ['--filter', filter])
  const events = spawn(docker.program, ['events', ...filters, '--format', '{{json .}}'], { env: { ...docker.environment } })
  createInterface(events.stdout).on('line', line => {
    const { Type, Action, Actor } = JSON.parse(line) as {
      readonly Type: string
      readonly Action: string
      readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> }
    }
    if (Type === 'container' && prefix in Actor.Attributes) containers.add(Actor.ID)
    if (Type === 'volume' && Action === 'mount' && containers.has(String(Actor.Attributes.container))) volumes.add(Actor.ID)
  })
  return {
    look: async () => ({
      files: await entriesBelow(folder),
      containers: await list('ps', '-aq', '--filter', `label=${prefix}`),
      images: await list('image', 'ls', '-aq', '--no-trunc', '--filter', `label=${prefix}`),
      networks: await list('network', 'ls', '-q', '--filter', `name=${prefix}`),
      volumes: (await list('volume', 'ls', '-q')).filter(name => volumes.has(name)),
    }),
    close: () => void events.kill(),
  }
}

/** What is there that was not, or in greater number. */
export function grown(before: Inventory, after: Inventory): Inventory {
  const added = (kind: keyof Inventory) => {
    const known = new Set(before[kind])
    return after[kind].filter(one => !known.has(one))
  }
  return Object.fromEntries(things.map(kind => [kind, added(kind)])) as unknown as Inventory
}

/** Every file and folder, files with their length: one that grows is growth, too. */
async function entriesBelow(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true })
  const told = names.map(async name => {
    const facts = await lstat(path.join(folder, name)).catch(() => undefined)
    return facts?.isFile() ? `${name} (${facts.size} bytes)` : name
  })
  return (await Promise.all(told)).sort()
}
