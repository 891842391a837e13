import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'

/** A real registry on loopback: Debian's package docker-registry. */
export interface Registry {
  /** `127.0.0.1:PORT` */
  readonly name: string
  /** The registry's own answer. */
  digest(repository: string, tag: string): Promise<string | null>
  close(): Promise<void>
}

const manifest = 'application/vnd.docker.distribution.manifest.v2+json'

export async function startRegistry(folder: string): Promise<Registry> {
  const name = `127.0.0.1:${await freePort()}`
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, 'config.yml')
  const storage = `storage:\n  filesystem:\n    rootdirectory: ${JSON.stringify(path.join(folder, 'data'))}\n`
  await writeFile(file, `version: 0.1\nlog:\n  level: error\n${storage}http:\n  addr: ${name}\n`)
  const child = spawn('docker-registry', ['serve', file], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  await untilItAnswers(`http://${name}/v2/`)
  return {
    name,
    digest: async (repository, tag) => {
      const answer = await fetch(`http://${name}/v2/${repository}/manifests/${tag}`, { headers: { accept: manifest } })
      return answer.headers.get('docker-content-digest')
    },
    close: async () => {
      child.kill()
      await ended
    },
  }
}

async function untilItAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(url).then(
        answer => answer.ok,
        () => false,
      )
    )
      return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`${url} does not answer`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
