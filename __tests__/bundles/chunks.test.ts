import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Metafile } from 'esbuild'
import { bundle, bundles } from '../../tools/bundle.ts'
import { type Copies, copyProduct, repository } from './copies.ts'
import { describeOnEach } from './runtimes.ts'

const run = promisify(execFile)

let copies: Copies
beforeAll(async () => {
  copies = await copyProduct()
})
afterAll(() => copies.remove())

const places = [
  { host: 'github', chunks: 'dist/chunks' },
  { host: 'azure', chunks: 'chunks' },
] as const

/** A lazily loaded part shows that it is broken only on the day when it is needed. */
describeOnEach(({ program }) => {
  test.each(places)('every chunk of $host loads by itself', async ({ host, chunks }) => {
    const folder = path.join(copies.folder[host], chunks)
    const names = (await readdir(folder)).filter(name => name.endsWith('.mjs'))
    expect(names.length).toBeGreaterThan(3)
    const loaded = await Promise.all(names.map(name => load(program, path.join(folder, name))))
    expect(loaded.filter(problem => problem !== '')).toEqual([])
  })
})

/** The modules of Node's that a bundle loads before it does anything. */
async function loadedAtStart(file: string, seen = new Set<string>()): Promise<readonly string[]> {
  if (seen.has(file)) return []
  seen.add(file)
  const found = (await readFile(file, 'utf8')).matchAll(/^(?:import|export) (?:[^'"]*? from )?["']([^"']+)["']/gm)
  const names = [...found].map(([, name = '']) => name)
  const own = names.filter(name => name.startsWith('.')).map(name => loadedAtStart(path.join(path.dirname(file), name), seen))
  return [...names.filter(name => !name.startsWith('.')), ...(await Promise.all(own)).flat()]
}

test.each(['github', 'github-post', 'terminal'])(
  '%s loads neither Node’s HTTP clients nor TLS before something is fetched: they are a third of a cold start',
  async name => {
    const modules = (await loadedAtStart(path.join(copies.folder.github, 'dist', `${name}.mjs`))).map(one =>
      one.replace(/^node:/, ''),
    )
    expect(modules).toContain('fs/promises')
    expect(modules.filter(one => ['http', 'https', 'http2', 'tls', 'net', 'zlib'].includes(one))).toEqual([])
  },
)

/** The thread has a file of its own, which a bundle may have forgotten; the hash must be right all the same, only later. */
describeOnEach(({ program }) => {
  test.each(places)(
    'an installer of $host is hashed by a thread, and without one where that cannot start',
    async ({ host, chunks }) => {
      const folder = path.join(copies.folder[host], chunks)
      const file = path.join(path.dirname(folder), 'installer')
      const bytes = Buffer.alloc(20_000_000, 'installer ')
      await writeFile(file, bytes)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      expect(await hashed(program, folder, file)).toEqual({ sha256, byThread: true })
      const thread = path.join(folder, 'hash-worker.mjs')
      await rename(thread, `${thread}.away`)
      try {
        expect(await hashed(program, folder, file)).toEqual({ sha256, byThread: false })
      } finally {
        await rename(`${thread}.away`, thread)
      }
    },
  )
})

/** Hashes as a download does, told first of a part and then of all. */
async function hashed(program: string, folder: string, installer: string): Promise<unknown> {
  const chunk = (await readdir(folder)).find(name => /^hasher-.*\.mjs$/.test(name)) ?? 'none'
  const script = `
    import threads from 'node:worker_threads'
    import { syncBuiltinESMExports } from 'node:module'
    let byThread = false
    threads.Worker = class extends threads.Worker {
      constructor(...given) {
        super(...given)
        this.once('message', () => { byThread = true })
      }
    }
    syncBuiltinESMExports()
    const { hasherOf } = await import(${JSON.stringify(pathToFileURL(path.join(folder, chunk)).href)})
    const hasher = hasherOf(${JSON.stringify(installer)}, new AbortController().signal)
    hasher.advance(10_000_000)
    const sha256 = await hasher.digest(20_000_000)
    hasher.close()
    console.log(JSON.stringify({ sha256, byThread }))`
  const file = path.join(path.dirname(folder), 'hashing.mjs') // a thread inherits Node's options, and `--eval` is none for it
  await writeFile(file, script)
  const { stdout } = await run(program, [file], { env: {}, cwd: folder })
  return JSON.parse(stdout)
}

/** What Node says against it; nothing when all is well. */
async function load(program: string, file: string): Promise<string> {
  const script = `await import(${JSON.stringify(pathToFileURL(file).href)})`
  const options = { env: {}, cwd: path.dirname(file) }
  return run(program, ['--input-type=module', '--eval', script], options).then(
    ({ stdout, stderr }) => {
      // task-lib says what it finds as soon as it is loaded; the agent hides that.
      const said = (stdout + stderr).replace(/^##vso\[task\.debug\].*\n/gm, '')
      return said === '' ? '' : `${path.basename(file)} says: ${said}`
    },
    (error: Error) => `${path.basename(file)}: ${error.message}`,
  )
}

describe('what is in the bundles', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'shir-bundles-'))
  const metafiles = new Map<string, Metafile>()
  beforeAll(async () => {
    for (const one of bundles)
      metafiles.set(one.folder, await bundle({ ...one, folder: path.join(folder, one.folder) }, repository))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const inputs = (of: string) => Object.entries(metafiles.get(of)?.inputs ?? {})

  test.each(bundles)('$folder was built from the present sources', async ({ folder: built }) => {
    const files = readdirSync(path.join(folder, built), { recursive: true, encoding: 'utf8' }).filter(name =>
      name.endsWith('.mjs'),
    )
    const texts = (root: string) =>
      Promise.all(files.map(name => readFile(path.join(root, built, name), 'utf8').catch(() => undefined)))
    const [present, shipped] = await Promise.all([texts(folder), texts(repository)])
    expect(files.filter((_, index) => present[index] !== shipped[index])).toEqual([])
  })

  test.each([
    ['dist', []],
    ['task/ShirContainer', ['node_modules/azure-pipelines-task-lib']],
  ])('%s holds task-lib as often as it may: its vault is one module’s state', (of, expected) => {
    const roots = inputs(of).flatMap(([file]) => /^(.*\bazure-pipelines-task-lib)\//.exec(file)?.[1] ?? [])
    expect([...new Set(roots)]).toEqual(expected)
  })

  test('the task holds none of @actions', () => {
    expect(inputs('task/ShirContainer').filter(([file]) => /\/@actions\//.test(file))).toEqual([])
  })

  test.each(bundles)('in $folder only the hosts import the platforms’ libraries', ({ folder: of }) => {
    const core = inputs(of).filter(([file]) => file.startsWith('src/') && !/^src\/(?:host|entry)\//.test(file))
    expect(core.length).toBeGreaterThan(30)
    const found = core.flatMap(([file, { imports }]) =>
      imports.filter(({ path: to }) => /@actions\/|azure-pipelines-/.test(to)).map(({ path: to }) => `${file} imports ${to}`),
    )
    expect(found).toEqual([])
  })
})
