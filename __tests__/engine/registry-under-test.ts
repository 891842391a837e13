import path from 'node:path'
import type { DockerCommand } from './docker-command.ts'
import { startRegistry } from './registry.ts'

/** A registry that one of the two engines can reach. */
export interface RegistryUnderTest {
  /** What references to it begin with. */
  readonly name: string
  /** What `docker manifest` is told so that it asks this one. */
  readonly flags: readonly string[]
  /** A reference to a list of one Windows image, as Microsoft's registry has them. */
  list(docker: DockerCommand, image: string): Promise<string>
  close(): Promise<void>
}

/** Those that the rehearsal's engine knows by itself. */
export async function rehearsedRegistry(): Promise<RegistryUnderTest> {
  return {
    name: 'rehearsal.azurecr.io',
    flags: [],
    list: async () => 'mcr.microsoft.com/windows/servercore:ltsc2022',
    close: async () => {},
  }
}

/** Debian's on loopback: without `--insecure` the client asks it by HTTPS, and says that there is no such manifest. */
export async function realRegistry(folder: string): Promise<RegistryUnderTest> {
  const registry = await startRegistry(path.join(folder, 'registry'))
  return {
    name: registry.name,
    flags: ['--insecure'],
    async list(docker, image) {
      const base = `${registry.name}/base`
      await docker('tag', '--', image, `${base}:1`)
      await docker('push', '--', `${base}:1`)
      const digest = await registry.digest('base', '1')
      const { size } = JSON.parse((await docker('manifest', 'inspect', '--verbose', '--insecure', `${base}:1`)).stdout).Descriptor
      const type = 'application/vnd.docker.distribution.manifest'
      const platform = { architecture: 'amd64', os: 'windows', 'os.version': '10.0.20348.4405' }
      const manifests = [{ mediaType: `${type}.v2+json`, size, digest, platform }]
      const answer = await fetch(`http://${registry.name}/v2/base/manifests/list`, {
        method: 'PUT',
        headers: { 'content-type': `${type}.list.v2+json` },
        body: JSON.stringify({ schemaVersion: 2, mediaType: `${type}.list.v2+json`, manifests }),
      })
      if (!answer.ok) throw new Error(`the registry takes no list: ${answer.status} ${await answer.text()}`)
      return `${base}:list`
    },
    close: registry.close,
  }
}
