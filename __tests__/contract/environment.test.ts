import { inspect } from 'node:util'
import { nodeVariables } from '../../src/contract/environment.ts'
import { entryOf, keys } from '../../src/contract/inputs.ts'
import { parseInputs } from '../../src/contract/parse.ts'
import { syntheticKey, syntheticSecret } from '../support/synthetic-key.ts'

async function variablesOf(raw: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { inputs, given } = await parseInputs({ mode: 'run', authKey: syntheticKey, ...raw }, key => key)
  return nodeVariables(inputs, given, 'node-1').map(({ name, value }) => `${name}=${value}`)
}

test('what was not given is left to the image', async () => {
  expect(await variablesOf({})).toEqual(['AUTH_KEY=***', 'NODE_NAME=node-1'])
})

test('what was given is set, though it is the default', async () => {
  const raw = { enableHa: 'false', haPort: '8060', enableAe: 'False', aeTime: '600', localFolders: 'false' }
  expect(await variablesOf(raw)).toEqual([
    'AUTH_KEY=***',
    'NODE_NAME=node-1',
    'ENABLE_HA=false',
    'HA_PORT=8060',
    'ENABLE_AE=false',
    'AE_TIME=600',
    'LOCAL_FOLDERS=false',
  ])
})

test('all of them stand in the order of the inputs, and containerEnv last, in its own order', async () => {
  const raw = {
    containerEnv: 'ZULU="1"\nALPHA=a=b',
    localFolders: 'True',
    timezone: 'W. Europe Standard Time',
    aeTime: '900',
    enableAe: 'TRUE',
    haPort: '8061',
    enableHa: 'True',
    nodeName: 'mine',
  }
  expect(await variablesOf(raw)).toEqual([
    'AUTH_KEY=***',
    'NODE_NAME=node-1',
    'ENABLE_HA=true',
    'HA_PORT=8061',
    'ENABLE_AE=true',
    'AE_TIME=900',
    'TZ=W. Europe Standard Time',
    'LOCAL_FOLDERS=true',
    'ZULU=***',
    'ALPHA=***',
  ])
})

test('the key travels as a secret', async () => {
  const { inputs, given } = await parseInputs({ mode: 'run', authKey: syntheticKey }, key => key)
  const [key] = nodeVariables(inputs, given, 'node-1')
  expect(typeof key?.value === 'object' && key.value.reveal()).toBe(syntheticKey)
  expect(inspect(key, { depth: 9 })).not.toContain(syntheticSecret)
})

test('the values of containerEnv travel as secrets, quotes included', async () => {
  const { inputs, given } = await parseInputs({ mode: 'run', authKey: syntheticKey, containerEnv: 'ZULU="1"' }, key => key)
  const last = nodeVariables(inputs, given, 'node-1').at(-1)
  expect(typeof last?.value === 'object' && last.value.reveal()).toBe('"1"')
})

test('the variables are those that upstream’s image reads, and one of our own', () => {
  const mapped = Object.fromEntries(keys.flatMap(key => (entryOf(key).env ? [[key, entryOf(key).env]] : [])))
  expect(mapped).toEqual({
    authKey: 'AUTH_KEY',
    nodeName: 'NODE_NAME',
    enableHa: 'ENABLE_HA',
    haPort: 'HA_PORT',
    enableAe: 'ENABLE_AE',
    aeTime: 'AE_TIME',
    timezone: 'TZ',
    // Upstream's image has no such variable; ours has.
    localFolders: 'LOCAL_FOLDERS',
  })
})
