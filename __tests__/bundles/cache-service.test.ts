import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type CacheServer, type Mood, serveCache } from '../runners/github-cache-service.ts'
import type { StepRecord } from '../runners/record.ts'
import { sampleInstaller } from '../support/sample-installer.ts'
import { type Copies, copyProduct } from './copies.ts'
import { contents } from './findings.ts'
import { installer, version } from './scenario.ts'
import { launch, openStage, type Stage } from './stage.ts'

const name = `IntegrationRuntime_${version}.msi`

/** One machine after another, each with nothing but the cache service in common. */
interface Fleet {
  readonly server: CacheServer
  readonly stage: Stage
  /** A job on a machine that no job has used before. */
  run(inputs?: Readonly<Record<string, string>>, environment?: Readonly<Record<string, string>>): Promise<StepRecord>
}

let copies: Copies
beforeAll(async () => {
  copies = await copyProduct()
})
afterAll(() => copies.remove())

/** What becomes of each test, all of them begun at once: most of their time is waiting. */
const stories = new Map<string, { readonly play: (fleet: Fleet) => Promise<void>; end?: Promise<PromiseSettledResult<void>[]> }>()

function story(title: string, play: (fleet: Fleet) => Promise<void>): void {
  stories.set(title, { play })
  test(title, async () => {
    for (const one of stories.values()) one.end ??= Promise.allSettled([inFleet(one.play)])
    const [end] = (await stories.get(title)?.end) ?? []
    if (end?.status === 'rejected') throw end.reason
  })
}

async function inFleet(play: (fleet: Fleet) => Promise<void>): Promise<void> {
  const [server, stage] = await Promise.all([serveCache(), openStage()])
  try {
    await writeFile(path.join(stage.folders.workspace, name), await readFile(installer))
    const run: Fleet['run'] = async (inputs = {}, environment = {}) => {
      await rm(stage.folders.toolCache, { recursive: true })
      await mkdir(stage.folders.toolCache)
      // Its tar and zstd are the machine's.
      const PATH = `${stage.environment.PATH}:${process.env.PATH}`
      const record = await launch({
        ...{ host: 'github', copies, runtime: { name: '', program: process.execPath, handler: '' }, stage },
        // Nobody has signed it, and without a hash the newest of its version is looked for.
        inputs: { mode: 'build', msiUrl: `${stage.files.address}/${name}`, verifySignature: 'false', ...inputs },
        rest: { environment: { ...stage.environment, ...server.environment, PATH, ...environment } },
      })
      expect(record.annotations).toEqual([
        expect.objectContaining({ message: expect.stringMatching(/^verify-signature is false/) }),
      ])
      expect(record.outcome).toBe('succeeded')
      expect(record.post).toMatchObject({ outcome: 'succeeded', annotations: [] })
      // Nothing is left, and no signature of an address is told to anyone but the runner's masker.
      expect(Object.keys(await contents(stage.folders.toolCache)).filter(file => /parts|journal/.test(file))).toEqual([])
      expect(Object.keys(await contents(stage.folders.temp))).toEqual([])
      expect(record.log).not.toContain('c2lnbmVk')
      return record
    }
    await play({ server, stage, run })
  } finally {
    await Promise.all([server.close(), stage.close()])
  }
}

const hit = (record: StepRecord) => record.outputs['cache-hit']

/** An entry that someone else put under our key. */
async function poison({ entries }: CacheServer, file: string, bytes: Buffer): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shir-poison-'))
  await mkdir(path.join(folder, 'shir-installer'))
  await writeFile(path.join(folder, 'shir-installer', file), bytes)
  execFileSync('tar', ['--zstd', '-cf', 'cache.tzst', 'shir-installer'], { cwd: folder })
  const archive = await readFile(path.join(folder, 'cache.tzst'))
  for (const [at, entry] of entries.entries()) entries[at] = { ...entry, archive }
  await rm(folder, { recursive: true })
}

describe('GitHub’s cache service, through the built bundle', () => {
  story('is given what was fetched, and gives it to the next machine, where it is proven', async ({ server, run }) => {
    const first = await run()
    expect(hit(first)).toBe('false')
    const key = String(first.outputs['cache-key'])
    expect(server.entries.map(entry => entry.key)).toEqual([key])
    expect(server.calls).toEqual([
      `GetCacheEntryDownloadURL shir-${version}-`,
      `CreateCacheEntry ${key}`,
      'PUT blob',
      `FinalizeCacheEntryUpload ${key}`,
    ])
    expect(first.log).toContain(`Saved as ${key} in the cache service`)

    const second = await run()
    expect(hit(second)).toBe('true')
    expect(second.log).toContain(`from the cache service, ${key}`)
    expect(second.outputs['msi-sha256']).toBe(first.outputs['msi-sha256'])
    // With a known hash only that one is asked for.
    expect(hit(await run({ msiSha256: String(first.outputs['msi-sha256']), rebuild: 'true' }))).toBe('true')
    expect(server.calls.filter(call => call.startsWith('GetCache')).at(-1)).toBe(`GetCacheEntryDownloadURL ${key}`)
    expect(server.entries).toHaveLength(1)
  })

  story('is not believed: other bytes are a miss that says so, and the true ones are fetched', async ({ server, run }) => {
    const { outputs } = await run()
    await poison(server, name, sampleInstaller(version).bytes)
    const record = await run()
    expect([hit(record), record.outputs['msi-sha256']]).toEqual(['false', outputs['msi-sha256']])
    expect(record.log).toMatch(/The cache service’s shir-\S+ is not used: its bytes are those of shir-/)
    await poison(server, name, Buffer.from('<!DOCTYPE html>'))
    expect((await run()).log).toMatch(/The cache service’s shir-\S+ is not used: /)
    for (const [at, entry] of server.entries.entries()) server.entries[at] = { ...entry, archive: Buffer.from('no archive') }
    expect((await run()).log).toMatch(/The cache service’s shir-\S+ was not restored: Failed to restore: /)
  })

  const refusals: readonly (readonly [string, Mood, RegExp, readonly string[]])[] = [
    [
      'that only reads saves nothing',
      'read-only',
      /Not saved in the cache service: .*cache write denied/,
      ['GetCacheEntryDownloadURL', 'CreateCacheEntry'],
    ],
    [
      'that gives nothing is not asked again',
      'denied',
      /The cache service is not used: .*cache read denied/,
      ['GetCacheEntryDownloadURL'],
    ],
    [
      'whose quota is used up saves nothing',
      'full',
      /Not saved in the cache service: .*/,
      ['GetCacheEntryDownloadURL', 'CreateCacheEntry'],
    ],
    [
      'that answers 500 costs its limit and no more',
      'broken',
      /The cache service is not used: it did not end within 10 s \(Attempt \d of 5 failed.*500/,
      ['GetCacheEntryDownloadURL'],
    ],
    [
      'that does not answer costs its limit and no more',
      'hanging',
      /The cache service is not used: it did not end within 10 s/,
      ['GetCacheEntryDownloadURL'],
    ],
  ]
  for (const [title, mood, why, calls] of refusals)
    story(`with a token or a server ${title}`, async ({ server, run }) => {
      server.mood = mood
      const record = await run()
      expect(hit(record)).toBe('false')
      expect(record.log).toMatch(why)
      expect([...new Set(server.calls.map(call => call.split(' ')[0]))]).toEqual(calls)
    })

  story('is not asked to save by a job that may not write, which the runner tells beforehand', async ({ server, run }) => {
    const record = await run({}, { ACTIONS_CACHE_MODE: 'read' })
    expect(record.log).toMatch(/Not saved in the cache service: Cache save skipped: the effective cache-mode 'read'/)
    expect(server.calls).toEqual([`GetCacheEntryDownloadURL shir-${version}-`])
  })

  story('is left alone on a machine that stays, and by cache local and off', async ({ server, run }) => {
    await run({}, { RUNNER_ENVIRONMENT: 'self-hosted' })
    await run({ cache: 'local' })
    const { log } = await run({ cache: 'off' })
    expect(log).not.toMatch(/cache service/)
    expect(server.calls).toEqual([])
  })

  story('that hangs does not hold up a job that is cancelled, and leaves no process', async ({ server, stage }) => {
    server.mood = 'hanging'
    let cancel = () => {}
    void server.called.then(() => cancel())
    const record = await launch({
      ...{ host: 'github', copies, runtime: { name: '', program: process.execPath, handler: '' }, stage },
      inputs: { mode: 'build', msiUrl: `${stage.files.address}/${name}`, verifySignature: 'false' },
      rest: {
        environment: { ...stage.environment, ...server.environment },
        onLine: (_, control) => {
          cancel = control.cancel
        },
      },
    })
    expect(record).toMatchObject({ outcome: 'cancelled', outputs: { reason: 'cancelled' } })
    expect(record.warnings.filter(warning => /orphan/.test(warning))).toEqual([])
    expect(Object.keys(await contents(stage.folders.toolCache))).toEqual([])
  })

  story('that this job has not is said, no more', async ({ run }) => {
    const record = await run({}, { ACTIONS_RESULTS_URL: '' })
    expect(record.log).toContain('The cache service is not used: this job has no cache service.')
  })
})
