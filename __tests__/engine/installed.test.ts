import { chmod, copyFile, readdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { labelNames } from '../../src/contract/labels.ts'
import { type Docker, openDocker } from '../../src/engine/docker.ts'
import type { MemoryHost } from '../../src/host/memory.ts'
import { readInstalled } from '../../src/image/installed.ts'
import { type Journal, openJournal } from '../../src/journal/journal.ts'
import { payDebts } from '../../src/release/debts.ts'
import { fill } from '../image/folders.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { describeOnEngine, type EngineUnderTest, realEngine } from './engines.ts'

const version = '5.70.9748.2'
const sha256 = 'AB'.repeat(32)
const record = JSON.stringify({ shirVersion: version, msiSha256: sha256 })

describeOnEngine('what is installed in an image, on the real engine', () => {
  let engine: EngineUnderTest
  let machine: TestMachine
  beforeAll(async () => {
    ;[engine, machine] = await Promise.all([realEngine(), testMachine()])
  })
  afterAll(() => Promise.all([engine.close(), machine.remove()]))

  let counter = 0
  /** @param powershell what stands in for it, a script of busybox */
  const anImage = async (files: Readonly<Record<string, string>>, powershell?: string, link?: string) => {
    const folder = path.join(machine.folder, `context-${++counter}`)
    const reference = `${engine.prefix}-installed:${counter}`
    await fill(folder, {
      'SHIR/context-id': reference,
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`SHIR/${name}`, text])),
    })
    if (link !== undefined) await symlink(link, path.join(folder, 'SHIR', 'installed.json'))
    const program = powershell === undefined ? '' : 'COPY busybox powershell /bin/\n'
    if (powershell !== undefined) {
      await fill(folder, { powershell: `#!/bin/busybox sh\n${powershell}\n` })
      await copyFile('/bin/busybox', path.join(folder, 'busybox'))
      await chmod(path.join(folder, 'powershell'), 0o755)
    }
    await writeFile(path.join(folder, 'Dockerfile'), `FROM scratch\n${program}COPY SHIR C:/SHIR/\n`)
    const built = await engine.docker('build', '--label', engine.prefix, '-t', reference, '--', folder)
    expect(built.exitCode).toBe(0)
    return { id: (await engine.docker('image', 'inspect', '--format', '{{.Id}}', '--', reference)).stdout.trim() }
  }
  const bench = async (signal?: AbortSignal): Promise<{ docker: Docker; host: MemoryHost; journal: Journal }> => {
    const host = machine.host({ environment: engine.docker.environment, ...(signal && { signal }) })
    return { docker: await openDocker(host), host, journal: openJournal(path.join(machine.folder, `journal-${++counter}`), host) }
  }
  const containersOf = async (journal: Journal) =>
    (await engine.docker('ps', '-aq', '--filter', `label=${labelNames.run}=${journal.id}`)).stdout.trim()
  const read = async (image: { readonly id: string }) => {
    const { docker, host, journal } = await bench()
    const installed = await readInstalled(docker, image, host, journal)
    // Whatever it found: nothing is left, and nothing owed.
    expect(await containersOf(journal)).toBe('')
    expect(journal.owed()).toEqual([])
    expect(await readdir(machine.machine.temp)).toEqual([])
    return { installed, said: host.lines.join('\n') }
  }
  const answering = (json: string, code = 0) => `echo noise; echo '${json}'; exit ${code}`

  test.each<[string, string]>([
    ['as build.ps1 writes it', `${record}\n`],
    ['as PowerShell 5 writes it, with a mark in front', `\uFEFF${record}`],
  ])('its record, %s, also of an image without any program', async (_, text) => {
    expect(await read(await anImage({ 'installed.json': text }))).toEqual({
      installed: { version, msiSha256: sha256.toLowerCase() },
      said: '',
    })
  })

  test.each<[string, string]>([
    ['without a hash', JSON.stringify({ shirVersion: '5.70.9748' })],
    ['with a hash that is none', JSON.stringify({ shirVersion: '5.70.9748', msiSha256: 'x' })],
  ])('a record %s still tells the version', async (_, text) => {
    expect((await read(await anImage({ 'installed.json': text }))).installed).toEqual({
      version: '5.70.9748',
      msiSha256: undefined,
    })
  })

  test('without a record SHIR is asked, by PowerShell in it', async () => {
    const asked = await read(await anImage({}, answering(`{"version":"${version}"}`)))
    expect(asked.installed).toEqual({ version, msiSha256: undefined })
    expect(asked.said).toContain('asking SHIR in it')
  })

  test.each<[string, string]>([
    ['broken JSON', '{"shirVersion":'],
    ['no JSON', 'SHIR'],
    ['null', 'null'],
    ['another version than a version', JSON.stringify({ shirVersion: 'latest' })],
    ['far too much', `${record}${' '.repeat(70_000)}`],
  ])('a record that is %s is none', async (_, text) => {
    const asked = await read(await anImage({ 'installed.json': text }, answering('{"version":"5.69.1.1"}')))
    expect(asked.installed).toEqual({ version: '5.69.1.1', msiSha256: undefined })
  })

  test('neither is a folder of that name, nor a link, which could lead to a file of this machine', async () => {
    const secret = path.join(machine.folder, 'secret.json')
    await writeFile(secret, record)
    for (const image of [await anImage({ 'installed.json/x': record }), await anImage({}, undefined, secret)])
      expect((await read(image)).installed).toBeUndefined()
  })

  test.each<[string, string | undefined, RegExp]>([
    ['no PowerShell', undefined, /does not tell its version: .*powershell/],
    ['no SHIR', answering('{"version":""}', 1), /does not tell its version: there is no SHIR in it/],
    ['a PowerShell that fails', 'echo the reason >&2; exit 3', /does not tell its version: the reason/],
    ['a version that is none', answering('{"version":"0"}'), /does not tell its version/],
  ])('an image with %s: unknown, and why', async (_, powershell, words) => {
    const { installed, said } = await read(await anImage({}, powershell))
    expect(installed).toBeUndefined()
    expect(said).toMatch(words)
  })

  describe('a cancel', () => {
    test('while it is asked leaves a container that is owed, and the step’s end removes', async () => {
      const abort = new AbortController()
      const { docker, host, journal } = await bench(abort.signal)
      const image = await anImage({}, 'echo begun; exec /bin/busybox sleep 300')
      const cancelled: Docker['run'] = (args, options) =>
        docker.run(args, { ...options, onLine: line => line === 'begun' && abort.abort() })
      expect(await stepErrorOf(readInstalled({ ...docker, run: cancelled }, image, host, journal))).toMatchObject({
        code: 'cancelled',
      })
      expect(await containersOf(journal)).not.toBe('')
      const tidier = machine.host({ environment: engine.docker.environment })
      await payDebts(journal, tidier)
      expect(tidier.lines).toEqual([
        expect.stringMatching(/^Removed shir-look-[-0-9a-f]+, which only served to look into an image\.$/),
      ])
      expect(await containersOf(journal)).toBe('')
      expect(journal.owed()).toEqual([])
    })

    test('at any of its commands leaves nothing that is not owed', async () => {
      const image = await anImage({ 'installed.json': record })
      for (const at of ['create', 'cp', 'rm']) {
        const abort = new AbortController()
        const { docker, host, journal } = await bench(abort.signal)
        const cancelled: Docker['read'] = (args, options) => {
          const finished = docker.read(args, options)
          if (args[0] === at) abort.abort()
          return finished
        }
        expect(await stepErrorOf(readInstalled({ ...docker, read: cancelled }, image, host, journal))).toMatchObject({
          code: 'cancelled',
        })
        // As the step's end does after a cancel: the engine may carry out the last command only later.
        const tidier = machine.host({ environment: engine.docker.environment })
        await payDebts(journal, tidier, Date.now() - 8_000)
        expect(await containersOf(journal)).toBe('')
        expect(await readdir(machine.machine.temp)).toEqual([])
      }
    })
  })
})
