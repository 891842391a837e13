import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import type { EngineFacts } from '../../src/engine/preflight.ts'
import { attemptBuild } from '../../src/image/attempt.ts'
import { makeImage } from '../../src/image/build.ts'
import { readContext } from '../../src/image/context.ts'
import type { Delivery } from '../../src/image/delivery/delivery.ts'
import type { ImageOrder } from '../../src/image/order.ts'
import { openJournal } from '../../src/journal/journal.ts'
import { scriptedDocker } from '../engine/scripted-docker.ts'
import { installer } from '../report/stories.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { fill, nothing } from './folders.ts'

const engine: EngineFacts = {
  ...{
    os: 'linux',
    version: '29.1.5',
    apiVersion: '1.52',
    windowsBuild: undefined,
    windowsRevision: undefined,
    isolation: undefined,
  },
  ...{ rootDir: '/var/lib/docker', name: 'builder', command: 'docker 29.1.5', description: 'x' },
}
const id = `sha256:${'1'.repeat(64)}`
const served: Delivery = { kind: 'serve', place: { address: '127.0.0.1', network: 'host' }, isChoice: false }
const dockerfile = 'FROM scratch\nARG INSTALLER_URL\nRUN fetch $INSTALLER_URL\n'

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(async () => {
  jest.restoreAllMocks()
  await bench.remove()
})

/** A build whose docker says what `answer` does; the last lines of a build come to its listener. */
async function planned(answer: Parameters<typeof scriptedDocker>[0], delivery: Delivery = served) {
  const folder = path.join(bench.folder, 'context')
  const msi = path.join(bench.folder, 'installer')
  await fill(folder, { Dockerfile: dockerfile, 'SHIR/x': '' })
  writeFileSync(msi, 'an installer')
  const host = bench.host()
  const scripted = scriptedDocker(answer)
  const run: typeof scripted.run = async (args, options) => {
    const end = await scripted.run(args, options)
    for (const [text, stream] of [
      [end.stdout, 'stdout'],
      [end.stderr, 'stderr'],
    ] as const)
      for (const line of text.split('\n')) options?.onLine?.(line, stream)
    return end
  }
  const docker = { ...scripted, run }
  const context = await readContext({ ...nothing, buildContext: folder }, folder, host)
  const order: ImageOrder = {
    ...{ context, references: ['shir:1'], labels: [], isolation: undefined, memory: undefined },
    ...{ delivery: 'serve', isPushed: false, isRun: false, rebuild: false },
  }
  const warnings: string[] = []
  const shop = {
    docker,
    engine,
    host,
    journal: openJournal(bench.folder, host),
    turns: bench.folder,
    warn: (code: string) => void warnings.push(code),
  }
  const materials = { fingerprint: 'f'.repeat(64), baseDigest: undefined }
  const plan = { order, installer: { ...installer, path: msi, size: 12 }, delivery, materials }
  return { plan, shop, folder, warnings, asked: scripted.asked }
}

test('a context that cannot be staged leaves no server behind', async () => {
  const { plan, shop, folder } = await planned(() => '')
  const made = jest.spyOn(http, 'createServer')
  rmSync(path.join(folder, 'SHIR'), { recursive: true })
  symlinkSync(bench.folder, path.join(folder, 'SHIR'))
  expect(await stepErrorOf(attemptBuild(plan, [], shop))).toMatchObject({ code: 'context-invalid' })
  expect(made.mock.results.map(({ value }) => (value as http.Server).listening)).toEqual([false])
})

const atInstall = (said: string) => ({
  code: 1,
  stdout: `Step 1/3 : FROM scratch\nStep 2/3 : ARG INSTALLER_URL\nStep 3/3 : RUN fetch\n${said}`,
  stderr: 'The command failed',
})

test('a failure of the step that fetches the installer has the cause that is known, not the delivery’s', async () => {
  const { plan, shop } = await planned(command =>
    command.startsWith('build') ? atInstall('hcsshim::ImportLayer failed in Win32: x (0x3)') : '',
  )
  expect(await stepErrorOf(makeImage(plan, shop))).toMatchObject({
    code: 'build-failed',
    message: expect.stringContaining('could not take in a layer'),
  })
})

test('one that is the delivery’s tells what its step said', async () => {
  const { plan, shop } = await planned(command => (command.startsWith('build') ? atInstall('curl: (7) Failed to connect') : ''))
  expect(await stepErrorOf(makeImage(plan, shop))).toMatchObject({
    code: 'delivery-failed',
    hint: expect.stringContaining('curl: (7) Failed to connect'),
  })
})

test.each([
  ['is told as that', false],
  ['and one whose version nobody tells is a warning', true],
])('an image that is removed before it is looked into %s', async (_, isThere) => {
  const { plan, shop, warnings } = await planned(
    command => {
      const words = command.split(' ')
      if (words[0] === 'build') writeFileSync(String(words[words.indexOf('--iidfile') + 1]), id)
      if (/^(?:create|run)/.test(command)) return { code: 1, stderr: 'Error: No such image: x' }
      if (command !== `image inspect -- ${id}`) return ''
      return isThere ? JSON.stringify([{ Id: id, Os: 'linux', Config: {} }]) : { code: 1, stderr: 'Error: No such image: x' }
    },
    { kind: 'copy' },
  )
  const end = makeImage(plan, shop)
  if (isThere) await end
  else expect(await stepErrorOf(end)).toMatchObject({ code: 'engine-failed', message: expect.stringContaining(id) })
  expect(warnings).toEqual(isThere ? ['version-unread'] : [])
})
