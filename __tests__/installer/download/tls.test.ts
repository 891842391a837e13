import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { exactSource } from '../../../src/installer/source.ts'
import { imitateMicrosoft, type Microsoft } from '../../support/microsoft.ts'
import { describeWith } from '../../support/program.ts'

const bytes = randomBytes(3_000_000)
const { url } = exactSource('5.70.9748.2')

// In a process of its own, since Node reads NODE_EXTRA_CA_CERTS at its start.
describeWith('openssl', 'ranges over TLS, each connection through a proxy', () => {
  let folder: string
  let microsoft: Microsoft
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shir-tls-'))
    microsoft = await imitateMicrosoft({ files: { 'IntegrationRuntime_5.70.9748.2.msi': bytes }, stable: '', page: '' })
    await build({
      entryPoints: [resolve(__dirname, 'fetching.ts')],
      outfile: join(folder, 'fetching.mjs'),
      ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error' },
    })
  })
  afterAll(async () => {
    await microsoft.close()
    await rm(folder, { recursive: true, force: true })
  })

  const fetch = (environment: Readonly<Record<string, string>>) =>
    promisify(execFile)(process.execPath, [join(folder, 'fetching.mjs'), url, join(folder, 'part')], { env: environment })

  test('bring the whole, and each connection is used for many of them', async () => {
    await fetch(microsoft.environment)
    expect((await readFile(join(folder, 'part'))).equals(bytes)).toBe(true)
    expect(microsoft.requests.length).toBeGreaterThan(25)
    expect(microsoft.tunnels.length).toBeGreaterThan(2)
    expect(microsoft.tunnels.length).toBeLessThan(10)
  })

  test('come from nobody for whom nobody vouches', async () => {
    const before = microsoft.requests.length
    await expect(fetch({ HTTPS_PROXY: microsoft.environment.HTTPS_PROXY })).rejects.toMatchObject({
      stderr: expect.stringContaining('self-signed certificate'),
    })
    expect(microsoft.requests).toHaveLength(before)
  })
})
