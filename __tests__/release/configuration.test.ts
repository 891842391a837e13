import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { labelNames } from '../../src/contract/labels.ts'
import { parseInputs } from '../../src/contract/parse.ts'
import { secret } from '../../src/contract/secret.ts'
import { configurationHash } from '../../src/release/configuration.ts'
import { planNodes } from '../../src/release/plan.ts'
import { syntheticKey } from '../support/synthetic-key.ts'

type Given = Readonly<Record<string, string>>
const starter = { machineName: 'runner-7', run: 'run-1', page: 'https://ci.example/1' }
const otherKey = syntheticKey.replace(/@[^@]{8}([^@]*)$/, '@AAAAAAAA$1')

/** The hash of each node that these inputs ask for. */
async function hashes(given: Given, by: typeof starter | Omit<typeof starter, 'page'> = starter): Promise<readonly string[]> {
  const asked = await parseInputs({ mode: 'run', authKey: syntheticKey, image: 'shir:1', ...given }, key => key)
  const plans = planNodes(asked.inputs, asked.given, { page: undefined, endsWithJob: undefined, ...by })
  return plans.map(({ labels }) => String(labels.find(({ name }) => name === labelNames.config)?.value))
}

/** Two values of each input that shapes a node. */
const shapes: Readonly<Record<string, readonly [string, string]>> = {
  authKey: [syntheticKey, otherKey],
  nodeName: ['eu', 'us'],
  containerName: ['team', 'other'],
  haPort: ['8070', '8071'],
  enableHa: ['true', 'false'],
  enableAe: ['true', 'false'],
  aeTime: ['600', '900'],
  timezone: ['UTC', 'W. Europe Standard Time'],
  localFolders: ['true', 'false'],
  containerEnv: ['A=1', 'A=2'],
  memory: ['8g', '4g'],
  cpus: ['1', '2'],
  restartPolicy: ['always', 'no'],
  network: ['mine', 'yours'],
  volumes: ['C:\\a:C:\\b', 'C:\\a:C:\\c'],
}
const names = Object.keys(shapes)
const some = fc
  .subarray(names)
  .chain(chosen =>
    fc
      .tuple(...chosen.map(() => fc.integer({ min: 0, max: 1 })))
      .map(picks => Object.fromEntries(chosen.map((name, index) => [name, String(shapes[name]?.[picks[index] ?? 0])]))),
  )

test('what shapes a node changes it, whatever else is given', async () => {
  await fc.assert(
    fc.asyncProperty(some, fc.constantFrom(...names), async (given, changed) => {
      const [one, other] = await Promise.all((shapes[changed] ?? []).map(value => hashes({ ...given, [changed]: value })))
      expect(one).not.toEqual(other)
    }),
  )
})

test('the run, its page and the order in which things are given do not', async () => {
  await fc.assert(
    fc.asyncProperty(some, fc.uuid(), fc.boolean(), async (given, run, hasPage) => {
      const turned = Object.fromEntries(Object.entries(given).reverse())
      const by = hasPage ? { ...starter, run } : { machineName: starter.machineName, run }
      expect(await hashes(turned, by)).toEqual(await hashes(given))
    }),
  )
})

test('nor do the order of lines, what the engine or the gate is told, and how many nodes a set has', async () => {
  const lines = { containerEnv: 'A=1\nB=2', volumes: 'a:/a\nb:/b', enableHa: 'true', nodeName: 'eu' }
  const turned = { ...lines, containerEnv: 'B=2\nA=1', volumes: 'b:/b\na:/a', soak: '1s', healthTimeout: '5m', summary: 'false' }
  expect(await hashes(turned)).toEqual(await hashes(lines))
  const [two, four] = await Promise.all(['2', '4'].map(nodeCount => hashes({ ...lines, nodeCount })))
  expect(four?.slice(0, 2)).toEqual(two)
})

test('each node of a set has its own, and so has each machine', async () => {
  const set = await hashes({ enableHa: 'true', nodeCount: '4' })
  expect(new Set(set).size).toBe(4)
  expect(await hashes({}, { ...starter, machineName: 'runner-8' })).not.toEqual(await hashes({}))
})

test('pairs cannot be confused with their neighbours', async () => {
  const all = await Promise.all(['A=1\nB=2', 'A=1B=2', 'A=\nB=12', 'A=1"],["B=2'].map(containerEnv => hashes({ containerEnv })))
  expect(new Set(all.flat()).size).toBe(4)
})

test('the key is more than a part of what is hashed: it keys the hash', async () => {
  const asked = await parseInputs({ mode: 'run', authKey: syntheticKey, image: 'shir:1' }, key => key)
  const [plan] = planNodes(asked.inputs, asked.given, { ...starter, endsWithJob: undefined })
  if (plan === undefined) throw new Error('No node was planned.')
  expect(configurationHash(plan, secret(syntheticKey))).not.toBe(configurationHash(plan, secret(otherKey)))
})

test('it is of the key’s length of digits, holds nothing of it, and is no plain hash of what others know', async () => {
  const [hash = ''] = await hashes({ containerEnv: 'PASSWORD=weak' })
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  const secret = String(syntheticKey.split('@').at(-1))
  const forms = [syntheticKey, secret, 'weak'].flatMap(text => [text, Buffer.from(text).toString('hex')])
  for (const text of [...forms, ...forms.map(form => createHash('sha256').update(form).digest('hex'))])
    expect(hash).not.toContain(text)
  // Whoever knows all but the key cannot try out the password: another key gives other digits for the same.
  expect(await hashes({ containerEnv: 'PASSWORD=weak', authKey: otherKey })).not.toEqual([hash])
})
