import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { tinyDocker } from '../__tests__/support/tiny-docker.ts'
import { bundle } from '../tools/bundle.ts'
import { bigInstaller } from './big-installer.ts'
import { peakMegabytes } from './peak.ts'
import { bundleStep } from './step-bundle.ts'

const root = path.resolve(import.meta.dirname, '..')

export interface Outcome {
  /** Of the whole process, from its start to its end. */
  readonly ms: number
  /** The process's own peak, VmHWM. */
  readonly mostMegabytes: number
  readonly sha256: string | undefined
}

export interface Stage {
  /** An installer of 1 GB. */
  readonly file: string
  readonly sha256: string
  readonly url: string
  readonly cappedUrl: string
  readonly streamUrl: string
  readonly certificate: string
  /** Where it is fetched to. */
  readonly out: string
  run(what: 'ours' | 'tool-cache', url: string, out: string): Promise<Outcome>
  aside(runs: number): Promise<Aside>
  /** Runs the terminal command up to the build, which its docker refuses; its peak of memory in megabytes. */
  step(): Promise<number>
  close(): Promise<void>
}

/** In milliseconds and bytes; the best, but for the properties, whose first reading is the one that a step has. */
export interface Aside {
  readonly hashMs: number
  readonly hitMs: number
  readonly propertiesMs: number
  readonly propertiesBytes: number
}

/** `undefined`, with a sentence that says so, where the machine lacks a program. */
export async function stageForInstaller(): Promise<Stage | undefined> {
  const missing = ['nginx', 'curl', 'aria2c', 'openssl'].filter(
    name => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0,
  )
  if (missing.length > 0) {
    console.error(
      `This bench needs ${missing.join(', ')}. On Debian: apt-get install nginx curl aria2 openssl (as root: nginx is in /usr/sbin).`,
    )
    process.exitCode = 2
    return undefined
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'shir-bench-'))
  const store = path.join(folder, 'store')
  const { file, folder: place, sha256 } = await bigInstaller(store)

  const entries = { installer: 'bench/installer-process.ts', 'chunks/hash-worker': 'src/installer/download/hash-worker.ts' }
  await bundle({ folder: path.join(folder, 'bundle'), entries }, root)
  const script = path.join(folder, 'bundle', 'installer.mjs')
  const certificate = certify(folder)
  const server = await startNginx(folder, place)
  const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: certificate, RUNNER_TEMP: folder, RUNNER_TOOL_CACHE: folder }
  const base = `https://localhost:${server.port}`
  return {
    file,
    sha256,
    certificate,
    url: `${base}/${path.basename(file)}`,
    cappedUrl: `${base}/capped/${path.basename(file)}`,
    streamUrl: `${base}/stream/${path.basename(file)}`,
    out: path.join(folder, 'fetched.msi'),
    run: (what, url, out) => watched(script, [what, url, out], env),
    aside: async runs => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'aside', file, store, String(runs)], {
        env,
        encoding: 'utf8',
      })
      if (status !== 0) throw new Error(stderr)
      return JSON.parse(stdout) as Aside
    },
    step: () => peakOfStep(folder, `${base}/${path.basename(file)}`, sha256, env),
    close: async () => {
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Nobody has signed the file: its hash is given. */
async function peakOfStep(folder: string, url: string, sha256: string, env: NodeJS.ProcessEnv): Promise<number> {
  const script = await bundleStep(folder)
  const workspace = path.join(folder, 'workspace')
  await mkdir(workspace)
  const args = ['build', '--msi-url', url, '--msi-sha256', sha256, '--cache-dir', path.join(folder, 'step-store')]
  const child = spawn(process.execPath, [script, ...args], {
    cwd: workspace,
    env: { ...env, PATH: await tinyDocker(path.join(folder, 'bin')), HOME: folder },
  })
  let said = ''
  child.stdout.on('data', text => {
    said += text
  })
  let most = 0
  // The peak never falls: the last look is the truth but for what the very last milliseconds added.
  const watch = setInterval(() => {
    most = peakMegabytes(`/proc/${child.pid}/status`) ?? most
  }, 5)
  await once(child, 'close')
  clearInterval(watch)
  if (!said.includes('reason=build-failed')) throw new Error(`The step ended otherwise: ${said}`)
  return most
}

function certify(folder: string): string {
  const [certificate, key] = [path.join(folder, 'certificate.pem'), path.join(folder, 'key.pem')]
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  if (spawnSync('openssl', [...request, '-keyout', key, '-out', certificate, ...names]).status !== 0)
    throw new Error('openssl made no certificate')
  return certificate
}

/** nginx as Debian ships it, with TLS on a free port; `/capped/` gives each connection 20 MB/s, `/stream/` gives no ranges and no length. */
async function startNginx(folder: string, served: string): Promise<{ readonly port: number; close(): void }> {
  const port = await freePort()
  const configuration = path.join(folder, 'nginx.conf')
  await writeFile(
    configuration,
    `daemon off; worker_processes auto; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log; ${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  access_log off; sendfile on; default_type application/octet-stream;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${folder}/${name};`).join(' ')}
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${folder}/certificate.pem; ssl_certificate_key ${folder}/key.pem;
    location / { root ${served}; }
    location /capped/ { alias ${served}/; limit_rate 20m; }
    location /stream/ { alias ${served}/; max_ranges 0; }
  }
}
`,
  )
  const child = spawn('nginx', ['-c', configuration, '-e', `${folder}/nginx.log`], { stdio: 'ignore' })
  const ended = once(child, 'exit').then(() => {
    throw new Error('nginx ended')
  })
  ended.catch(() => {}) // also when it is ended
  await Promise.race([ended, listening(port)])
  return { port, close: () => child.kill('SIGTERM') }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { readonly port: number }
  server.close()
  return port
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

/** Runs a process to its end; its last line says what came, and its peak of memory. */
async function watched(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  const began = performance.now()
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let wrong = ''
  child.stdout.on('data', text => (said += text))
  child.stderr.on('data', text => (wrong += text))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${wrong}`)
  const { sha256, mostMegabytes } = JSON.parse(said.trim().split('\n').at(-1) ?? '') as {
    readonly sha256?: string
    readonly mostMegabytes: number
  }
  return { ms: performance.now() - began, mostMegabytes, sha256 }
}
