import { createHmac } from 'node:crypto'
import { labelNames } from '../contract/labels.ts'
import type { Secret } from '../contract/secret.ts'
import type { NodePlan } from '../contract/values.ts'

/** What tells one run from another, and nothing of the node. */
const ofTheRun: readonly string[] = [labelNames.run, labelNames.page, labelNames.endsWith, labelNames.config]

/**
 * 64 hexadecimal digits over everything that shapes a node, the key included: equal for equal nodes, whichever run starts them. The
 * key itself keys the hash (HMAC-SHA256): without it nobody can try out weak passwords of `containerEnv` against the digits, and
 * they say nothing of the key.
 */
export function configurationHash(plan: NodePlan, key: Secret): string {
  const { name, container, hostname, restartPolicy, memory = null, cpus = null, network = null } = plan
  const variables = plan.variables.map(({ name, value }) => [name, typeof value === 'string' ? value : value.reveal()])
  const labels = plan.labels.filter(({ name }) => !ofTheRun.includes(name)).map(({ name, value }) => [name, value])
  const shape = [
    ...['node 1', name, container, hostname, restartPolicy, memory, cpus, network, plan.ownNetwork !== undefined],
    ...[sorted(variables), sorted(labels), [...plan.volumes].sort()],
  ]
  return createHmac('sha256', key.reveal()).update(JSON.stringify(shape)).digest('hex')
}

/** Names are unique: their order says nothing. */
function sorted(pairs: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...pairs].sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
}
