import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { format, inspect } from 'node:util'
import { address, secret } from '../../src/contract/secret.ts'
import { syntheticKey } from '../support/synthetic-key.ts'

const key = secret(syntheticKey)

function printed(print: (console: Console) => void): string {
  let text = ''
  const sink = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk)
      done()
    },
  })
  print(new Console(sink, sink))
  return text
}

test('a secret is given away by reveal alone', () => expect(key.reveal()).toBe(syntheticKey))

test.each([
  ['a template', () => `${key}`],
  ['a sum', () => `the key ${key as unknown as string}`.concat(key as unknown as string)],
  ['String', () => String(key)],
  ['join', () => [key, key].join()],
  ['JSON', () => JSON.stringify({ deep: [key] })],
  ['JSON, itself', () => JSON.stringify(key)],
  ['inspect', () => inspect({ deep: { deeper: { key } } }, { depth: 9, showHidden: true })],
  ['inspect, itself', () => inspect(key)],
  ['inspect without custom inspection', () => inspect(key, { customInspect: false, showHidden: true, depth: 9, getters: true })],
  ['format', () => format('%s %o %O %j %d', key, key, key, key, key)],
  ['console.log', () => printed(console => console.log(key, [key], { key }))],
  ['console.error', () => printed(console => console.error('%s', key))],
  ['console.dir', () => printed(console => console.dir({ key }, { depth: 9, showHidden: true }))],
  ['console.table', () => printed(console => console.table([{ key }]))],
  ['an error’s cause', () => inspect(new Error('failed', { cause: { key } }))],
  ['an error’s message', () => new Error(`failed with ${key}`).message],
  ['the keys and values of its properties', () => inspect([Object.entries(key), { ...key }])],
  ['the source of its functions', () => Object.values(key).map(String).join()],
])('%s does not print a secret', (_, print) => {
  expect(print()).not.toContain(syntheticKey)
  expect(print()).not.toBe('')
})

test('a secret cannot be changed', () => expect(Object.isFrozen(key)).toBe(true))

test('an address shows what may be shown', () => {
  const { shown, whole } = address(new URL('https://me:word@files.example:8443/a/b.msi?sig=hidden#part'))
  expect(shown).toBe('https://files.example:8443/a/b.msi')
  expect(inspect(whole)).not.toContain('hidden')
  expect(whole.reveal()).toContain('sig=hidden')
})
