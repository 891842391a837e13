import { createHmac } from 'node:crypto'
import type { Secret } from '../contract/secret.ts'
import type { NodePlan } from '../contract/values.ts'

/** Raised when the shape below changes its meaning: no node of an earlier format counts as equal. */
const format = 2

/**
 * 64 hexadecimal digits over everything that shapes a node, the key included: equal for equal nodes, whichever run starts them. The
 * key itself keys the hash (HMAC-SHA256): without it nobody can try out weak passwords of `containerEnv` against the digits, and
 * they say nothing of the key. Labels shape no node.
 */
export function configurationHash(plan: Omit<NodePlan, 'labels'>, key: Secret): string {
  const variables = plan.variables.map(({ name, value }) => [name, typeof value === 'string' ? value : value.reveal()])
  const shape = {
    format,
    name: plan.name,
    container: plan.container,
    hostname: plan.hostname,
    // Names are unique: their order says nothing.
    variables: variables.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    restartPolicy: plan.restartPolicy,
    isolation: plan.isolation,
    memory: plan.memory,
    cpus: plan.cpus,
    network: plan.network,
    hasOwnNetwork: plan.ownNetwork !== undefined,
    volumes: [...plan.volumes].sort(),
  }
  return createHmac('sha256', key.reveal()).update(JSON.stringify(shape)).digest('hex')
}
