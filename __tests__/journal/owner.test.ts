import path from 'node:path'
import { ownerOf } from '../../src/journal/owner.ts'
import { fill } from '../image/folders.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

/** The mark of the engine that docker would speak to, with these variables. */
const engine = async (environment: Readonly<Record<string, string>>) =>
  (await ownerOf('run', bench.host({ environment: { HOME: bench.folder, ...environment } }))).engine
const choose = (folder: string, text: string) => fill(path.join(bench.folder, folder), { 'config.json': text })

test('the engine’s mark changes with DOCKER_HOST, DOCKER_CONTEXT and the context that was chosen', async () => {
  const marks = [await engine({}), await engine({ DOCKER_HOST: 'tcp://a' }), await engine({ DOCKER_CONTEXT: 'a' })]
  await choose('.docker', '{"currentContext":"remote"}')
  marks.push(await engine({}))
  await choose('other', '{"currentContext":"another"}')
  marks.push(await engine({ DOCKER_CONFIG: path.join(bench.folder, 'other') }))
  expect(new Set(marks).size).toBe(5)
})

test('what DOCKER_HOST or DOCKER_CONTEXT name goes before the chosen context, which then makes no difference', async () => {
  for (const variables of [{ DOCKER_HOST: 'tcp://a' }, { DOCKER_CONTEXT: 'a' }]) {
    const before = await engine(variables)
    await choose('.docker', '{"currentContext":"remote"}')
    expect(await engine(variables)).toBe(before)
  }
})

test('the usual address, said or not, is one engine', async () => {
  const usual = await engine({})
  expect(await engine({ DOCKER_HOST: 'unix:///var/run/docker.sock' })).toBe(usual)
  expect(await engine({ DOCKER_CONTEXT: 'default' })).toBe(usual)
})

test.each(['', '{', '[]', 'null', '{"auths":{}}', '{"currentContext":7}', '{"currentContext":"default"}'])(
  'a configuration that chooses none: %s',
  async text => {
    const none = await engine({})
    await choose('.docker', text)
    expect(await engine({})).toBe(none)
  },
)
