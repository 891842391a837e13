import { entryOf, type Key, keys } from '../../src/contract/inputs.ts'
import { defaultInWords } from '../../src/contract/words.ts'

test.each<[Key, string]>([
  ['dryRun', '`false`'],
  ['summary', '`true`'],
  ['shirVersion', '`stable`'],
  ['msiUrl', 'none'],
  ['cacheDir', 'the machine’s tool folder'],
  ['haPort', '`8060`'],
  ['aeTime', '`600`'],
  ['healthTimeout', '`10m`'],
  ['soak', '`30s`'],
  ['timezone', 'UTC'],
])('the default of %s is %s', (key, words) => expect(defaultInWords(key)).toBe(words))

test('a default in words is one that the input takes', () => {
  for (const key of keys) {
    const [, written] = /^`(.*)`$/.exec(defaultInWords(key)) ?? []
    if (written === undefined || entryOf(key).otherwise !== undefined) continue
    const parsed = entryOf(key).kind.schema.safeParse(written)
    expect([key, parsed.success && parsed.data]).toEqual([key, entryOf(key).default])
  }
})
