import { rehearsalKey } from '../../rehearsal/node/scenario.ts'
import { labelNames } from '../../src/contract/labels.ts'
import type { ReasonCode } from '../../src/contract/reasons.ts'
import type { StepBench } from '../engine/step-bench.ts'
import type { StepRecord } from '../runners/record.ts'

/** Two jobs that want the same installer, image and names at once. */
export interface Race {
  readonly title: string
  readonly first: Readonly<Record<string, string>>
  readonly second: Readonly<Record<string, string>>
  /** The second begins when the first says this; at once with it where there is nothing to wait for. */
  readonly secondAt?: RegExp
  /** Why a job may have failed: nothing else is an answer. */
  readonly reasons: readonly ReasonCode[]
  /** How many nodes there must be after these endings. */
  nodes(first: StepRecord, second: StepRecord): number
}

/** A node as it is found after both jobs. */
export interface FoundNode {
  readonly id: string
  readonly isHealthy: boolean
  readonly key: string | undefined
  readonly run: string | undefined
  readonly networks: readonly string[]
}

/** What is found after both jobs and their post steps. */
export interface Found {
  readonly nodes: readonly FoundNode[]
  readonly networks: readonly string[]
  /** Files, journals and processes of either job. */
  readonly left: readonly string[]
}

const pair = { 'node-count': '2', 'enable-ha': 'true' }
const otherKey = { 'auth-key': rehearsalKey('rehearsal-other') }
const removal = { mode: 'remove' }
const cleanup = { cleanup: 'always' }

const one = () => 1
const two = () => 2
/** A removal takes the node of the run, or comes too early to find it; it may find it before it has passed, and the run fails. */
const unlessRemoved = (run: StepRecord, remove: StepRecord) => Number(hasWon(run) && idsIn(remove).length === 0)
/** The node of the job that cleans up goes with it; that of the other stays. */
const unlessCleanedUp = (cleaning: StepRecord) => Number(!hasChanged(cleaning))

const running = { first: {}, second: {}, reasons: ['already-exists'], nodes: one } as const
const pairs = { ...running, first: pair, second: pair, nodes: two } as const
const removing = { ...running, second: removal, reasons: ['gone', 'exited', 'start-failed'], nodes: unlessRemoved } as const

export const races: readonly Race[] = [
  { ...running, title: 'the same node' },
  { ...running, title: 'the same node, a little later', secondAt: /Fetching/ },
  { ...running, title: 'the same node, when it has passed', secondAt: /passed its gate/ },
  { ...running, title: 'two keys', second: otherKey },
  { ...running, title: 'two keys, a little later', second: otherKey, secondAt: /Successfully tagged/ },
  { ...pairs, title: 'a set of two' },
  { ...pairs, title: 'a set of two, when it has its network', secondAt: /find each other/ },
  { ...removing, title: 'a removal' },
  { ...removing, title: 'a removal, when the image is there', secondAt: /Successfully tagged/ },
  { ...removing, title: 'a removal, while the node is watched', first: { soak: '3s' }, secondAt: /Started/ },
  { ...running, title: 'one that cleans up', first: cleanup, nodes: unlessCleanedUp },
]

/** What is wrong with how two jobs ended; nothing where one has won, the other says why not, and what there is fits together. */
export function faultsOf(race: Race, [first, second]: readonly [StepRecord, StepRecord], found: Found): readonly string[] {
  const jobs = [first, second]
  const claims: readonly (readonly [string, boolean])[] = [
    ['one has won', jobs.some(hasWon)],
    ['who has not won says why', jobs.every(job => hasWon(job) || race.reasons.some(reason => reason === job.outputs.reason))],
    ['post steps end well', jobs.every(({ post }) => post?.outcome === 'succeeded' && post.annotations.every(isRecordLeft))],
    ['nothing is left', found.left.length === 0],
    [`there are ${race.nodes(first, second)} nodes`, found.nodes.length === race.nodes(first, second)],
    ['every node is healthy', found.nodes.every(({ isHealthy }) => isHealthy)],
    ['they are of one run', new Set(found.nodes.map(({ run }) => run)).size <= 1],
    ['a set has one network', found.networks.length === (found.nodes.length > 1 ? 1 : 0)],
    ['all are on it', found.nodes.length < 2 || found.nodes.every(({ networks }) => networks.join() === found.networks.join())],
    ['they are those that the winner tells', found.nodes.every(node => jobs.some(job => hasMade(job, node)))],
  ]
  return claims.flatMap(([claim, isTrue]) => (isTrue ? [] : [`${race.title}: not true that ${claim}`]))
}

/** The inputs of the job whose nodes these are, or of the one that would make them anew. */
export function inputsOfWinner({ first, second }: Race, [, other]: readonly [StepRecord, StepRecord]) {
  return second.mode !== 'remove' && hasChanged(other) ? second : first
}

/** As a user reads it. */
export function endingOf({ outcome, outputs }: StepRecord): string {
  return outcome === 'succeeded' ? `${outputs.mode ?? 'succeeded'}, changed ${outputs.changed}` : `${outputs.reason}`
}

function hasWon({ outcome }: StepRecord): boolean {
  return outcome === 'succeeded'
}

function hasChanged(job: StepRecord): boolean {
  return hasWon(job) && job.outputs.changed === 'true'
}

function hasMade(job: StepRecord, { id, key }: FoundNode): boolean {
  return hasChanged(job) && idsIn(job).includes(id) && key !== undefined && job.masks.includes(key)
}

function idsIn({ outputs }: StepRecord): readonly string[] {
  return (JSON.parse(outputs.nodes || '[]') as readonly { readonly id: string }[]).map(({ id }) => id)
}

/** The nodes of a name and their networks, as the engine tells them. */
export async function findNodes({ engine, containers }: StepBench, name: string): Promise<Omit<Found, 'left'>> {
  const ids = await containers(name)
  const facts = JSON.parse((await engine.docker('container', 'inspect', '--', ...ids)).stdout || '[]') as readonly {
    readonly Id: string
    readonly State: { readonly Running: boolean; readonly Health?: { readonly Status: string } }
    readonly Config: { readonly Env: readonly string[]; readonly Labels: Readonly<Record<string, string>> }
    readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly NetworkID: string }>> }
  }[]
  const networks = await engine.docker('network', 'ls', '-q', '--no-trunc', '--filter', `label=${labelNames.set}=${name}`)
  return {
    networks: networks.stdout.split('\n').filter(id => id !== ''),
    nodes: facts.map(({ Id, State, Config, NetworkSettings }) => ({
      id: Id,
      isHealthy: State.Running && State.Health?.Status === 'healthy',
      key: Config.Env.find(variable => variable.startsWith('AUTH_KEY='))?.slice('AUTH_KEY='.length),
      run: Config.Labels[labelNames.run],
      networks: Object.values(NetworkSettings.Networks).map(({ NetworkID }) => NetworkID),
    })),
  }
}

/** The one thing that a post step has to say of a node that it ended. */
function isRecordLeft({ message }: { readonly message: string }): boolean {
  return message.includes('its record stays in the integration runtime')
}
