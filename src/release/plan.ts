import { createHash } from 'node:crypto'
import { nodeVariables } from '../contract/environment.ts'
import type { Inputs, Key } from '../contract/inputs.ts'
import type { Pair } from '../contract/kinds.ts'
import { labelNames } from '../contract/labels.ts'
import { secret } from '../contract/secret.ts'
import type { NodePlan } from '../contract/values.ts'
import { askedIsolation } from '../engine/isolation.ts'
import { configurationHash } from './configuration.ts'

/** NetBIOS: Windows cuts a computer's name at 15 characters, and cut names collide. */
const longestHostname = 15

/** Who starts the nodes: the machine (for hostnames) and the run (for labels). */
export interface Starter {
  readonly machineName: string
  readonly run: string
  readonly page: string | undefined
  /** The job, as the host names it, where the nodes go at its end. */
  readonly endsWithJob: string | undefined
}

/** One to four nodes, everything decided: names, hostnames, variables, labels. */
export function planNodes(inputs: Inputs, given: ReadonlySet<Key>, starter: Starter): readonly NodePlan[] {
  // Several nodes must find each other by name, which the engines' default networks do not offer for hostnames.
  const ownNetwork = inputs.nodeCount > 1 && inputs.network === undefined ? `${inputs.containerName}-network` : undefined
  return Array.from({ length: inputs.nodeCount }, (_, index): NodePlan => {
    const number = index + 1
    const hostname = nodeHostname(inputs.containerName, starter.machineName, number)
    const name =
      inputs.nodeName === undefined ? hostname : inputs.nodeCount === 1 ? inputs.nodeName : `${inputs.nodeName}-${number}`
    const shape = {
      name,
      container: `${inputs.containerName}-${number}`,
      hostname,
      variables: nodeVariables(inputs, given, name),
      restartPolicy: inputs.restartPolicy,
      isolation: askedIsolation(inputs),
      memory: inputs.memory,
      cpus: inputs.cpus,
      network: inputs.network ?? ownNetwork,
      ownNetwork:
        ownNetwork === undefined ? undefined : { name: ownNetwork, labels: sharedLabels(inputs.containerName, starter) },
      volumes: inputs.volumes ?? [],
    }
    const labels = [
      ...sharedLabels(inputs.containerName, starter),
      { name: labelNames.node, value: name },
      { name: labelNames.config, value: configurationHash(shape, inputs.authKey ?? secret('')) },
      ...(starter.endsWithJob === undefined ? [] : [{ name: labelNames.endsWithJob, value: starter.endsWithJob }]),
    ]
    return { ...shape, labels }
  })
}

/**
 * At most 15 characters, different on each machine and for each set: the container name's beginning, a suffix from both
 * names, the node's number.
 * It is what Windows calls the computer, and the node's name where none is given.
 */
export function nodeHostname(containerName: string, machineName: string, number: number): string {
  const suffix = createHash('sha256').update(`${machineName} ${containerName}`.toLowerCase()).digest('hex').slice(0, 4)
  const tail = `-${suffix}-${number}`
  const head = containerName
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, longestHostname - tail.length)
    .replace(/-+$/, '')
  return `${head}${tail}`
}

function sharedLabels(containerName: string, starter: Starter): readonly Pair[] {
  return [
    { name: labelNames.set, value: containerName },
    { name: labelNames.run, value: starter.run },
    ...(starter.page === undefined ? [] : [{ name: labelNames.page, value: starter.page }]),
  ]
}
