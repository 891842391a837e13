import os from 'node:os'
import { deliveryAddress, thisMachine } from '../../../src/image/delivery/address.ts'
import { scriptedDocker } from '../../engine/scripted-docker.ts'

const machine = () => ({ name: 'builder', addresses: ['127.0.0.1', '10.0.0.4', '172.27.80.1'] })
const nat = (...gateways: readonly (string | undefined)[]) =>
  JSON.stringify([{ Name: 'nat', IPAM: { Config: gateways.map(Gateway => ({ Subnet: '172.27.80.0/20', Gateway })) } }])
const missing = { code: 1, stderr: 'Error response from daemon: network nat not found' }

describe('a Windows engine', () => {
  test.each<[string, Parameters<typeof scriptedDocker>[0], Awaited<ReturnType<typeof deliveryAddress>>]>([
    ['of this machine', () => nat('172.27.80.1'), { address: '172.27.80.1', network: undefined }],
    ['with two gateways', () => nat('172.30.0.1', '172.27.80.1'), { address: '172.27.80.1', network: undefined }],
    [
      'elsewhere',
      () => nat('172.30.0.1'),
      { why: 'the gateway of the engine’s network nat, 172.30.0.1, is no address of this machine' },
    ],
    ['without such a network', () => missing, { why: 'the engine has no network called nat with a gateway' }],
    ['that names no gateway', () => nat(undefined, ''), { why: 'the engine has no network called nat with a gateway' }],
    ['without any configuration', () => '[{"IPAM":null}]', { why: 'the engine has no network called nat with a gateway' }],
  ])('%s', async (_, answer, expected) => {
    const docker = scriptedDocker(answer)
    expect(await deliveryAddress(docker, { os: 'windows', name: 'builder' }, machine)).toEqual(expected)
    expect(docker.asked).toEqual(['network inspect -- nat'])
  })
})

describe('a Linux engine', () => {
  test.each<[string, Awaited<ReturnType<typeof deliveryAddress>>]>([
    ['builder', { address: '127.0.0.1', network: 'host' }],
    ['BUILDER', { address: '127.0.0.1', network: 'host' }],
    ['docker-desktop', { why: 'the engine is on docker-desktop, and this is builder' }],
    ['', { why: 'the engine is on a machine without a name, and this is builder' }],
  ])('that calls its machine %j', async (name, expected) => {
    const docker = scriptedDocker(() => '')
    expect(await deliveryAddress(docker, { os: 'linux', name }, machine)).toEqual(expected)
    expect(docker.asked).toEqual([])
  })
})

test('this machine has its own name, and loopback among its addresses', () => {
  expect(thisMachine()).toEqual({ name: os.hostname(), addresses: expect.arrayContaining(['127.0.0.1']) })
})
