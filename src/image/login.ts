import type { Warning } from '../contract/reasons.ts'
import { type DockerConfig, readDockerConfig } from '../engine/docker-config.ts'
import { isLoopbackRegistry } from '../engine/manifest.ts'
import type { Host } from '../host/host.ts'
import { variable } from '../process/variable.ts'
import { registryOf } from './reference.ts'

/**
 * Whether a push will find a login: `present` in Docker's settings, `absent` from them, `unneeded` on this machine, or `unknown`, where
 * the settings cannot be read or leave it to a store of passwords, which is not asked.
 */
export type Login = 'present' | 'absent' | 'unneeded' | 'unknown'

/**
 * Looks for a login to the registry of a reference where the docker command will: `auths`, `credHelpers` and `credsStore` of its
 * settings, and `DOCKER_AUTH_CONFIG`, which newer ones read too. Only looks: no secret is kept, no helper is run, nothing fails.
 */
export async function registryLogin(reference: string, host: Host): Promise<Login> {
  const registry = registryOf(reference)
  if (isLoopbackRegistry(reference)) return 'unneeded'
  const given = parsed(variable('DOCKER_AUTH_CONFIG', host))
  if (given && entryOf(given.auths, registry) !== undefined) return 'present'
  const config = await readDockerConfig(host)
  return config === undefined ? 'unknown' : loginIn(config, registry)
}

function loginIn({ auths, credHelpers, credsStore }: DockerConfig, registry: string): Login {
  if (entryOf(credHelpers, registry) !== undefined) return 'present'
  const entry = entryOf(auths, registry)
  if (holdsCredential(entry)) return 'present'
  if (typeof credsStore !== 'string' || credsStore === '') return 'absent'
  // `docker login` leaves an empty entry behind where the password went to a store; other programs leave none.
  return entry === undefined ? 'unknown' : 'present'
}

/** An entry is named by the registry, or by an address of it; Docker Hub's is `https://index.docker.io/v1/`. */
function entryOf(entries: unknown, registry: string): unknown {
  if (typeof entries !== 'object' || entries === null) return undefined
  return Object.entries(entries).find(([name]) => registryOf(`${withoutScheme(name)}/x`) === registry)?.[1]
}

function withoutScheme(name: string): string {
  return name.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
}

function holdsCredential(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null) return false
  const { auth, identitytoken, registrytoken, username } = entry as Readonly<Record<string, unknown>>
  return [auth, identitytoken, registrytoken, username].some(value => typeof value === 'string' && value !== '')
}

function parsed(text: string | undefined): DockerConfig | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null ? (value as DockerConfig) : undefined
  } catch {
    return undefined
  }
}

/** The warning for a push whose login is `absent`. */
export function missingLogin(reference: string): Warning {
  const registry = registryOf(reference)
  // A name for each cloud: azurecr.io, azurecr.cn, azurecr.us.
  const [, azure] = /^([a-z0-9-]+)\.azurecr\.(?:io|cn|us)$/i.exec(registry) ?? []
  const command =
    azure === undefined ? `docker login${registry === 'docker.io' ? '' : ` ${registry}`}` : `az acr login -n ${azure}`
  return {
    code: 'registry-login-missing',
    message: `Docker’s settings hold no login for ${registry}, to which ${reference} is to be pushed. Log in before this step: ${command}, or Docker@2 on Azure Pipelines, docker/login-action on GitHub.`,
  }
}
