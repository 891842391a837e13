import type { Host } from '../host/host.ts'
import { variable } from '../process/variable.ts'
import { readDockerConfig } from './docker-config.ts'

/**
 * Where the docker command looks for its engine: at this machine's own place for it, at another socket or pipe of this machine, or
 * at some other place, which `by` names.
 */
export type Endpoint = { readonly kind: 'default' | 'socket' } | { readonly kind: 'elsewhere'; readonly by: string }

const defaults = ['npipe:////./pipe/docker_engine', 'unix:///var/run/docker.sock']

/**
 * Follows the docker command's own order: `DOCKER_HOST`, `DOCKER_CONTEXT`, the context that its settings name. What a context leads
 * to is not looked up: it counts as elsewhere.
 */
export async function endpointOf(host: Host): Promise<Endpoint> {
  const address = variable('DOCKER_HOST', host)
  if (address) {
    if (defaults.includes(address)) return { kind: 'default' }
    // An address may hold a user's name, and is not repeated.
    return /^(?:unix|npipe):\/\//.test(address) ? { kind: 'socket' } : { kind: 'elsewhere', by: 'DOCKER_HOST' }
  }
  const context = variable('DOCKER_CONTEXT', host) || (await readDockerConfig(host))?.currentContext
  if (typeof context !== 'string' || context === '' || context === 'default') return { kind: 'default' }
  return { kind: 'elsewhere', by: `the Docker context ${context}` }
}
