import fc from 'fast-check'
import { type MemoryHost, memoryHost } from '../../src/host/memory.ts'
import { guard, tellForeign } from '../../src/report/guard.ts'
import { formsOf } from '../../src/report/redact.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { everything } from '../support/machine.ts'
import { syntheticKey, syntheticSecret } from '../support/synthetic-key.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const

function guarded(): { readonly seen: MemoryHost; readonly host: ReturnType<typeof guard> } {
  const seen = memoryHost({ machine, clock: fakeClock() })
  const host = guard(seen)
  return { seen, host }
}

/** Says `text` through every channel that leads out of the process. */
async function sayEverywhere(text: string, host: ReturnType<typeof guard>): Promise<void> {
  host.log(text)
  tellForeign(host, text)
  await host.group(text, async () => undefined)
  host.annotate({ level: 'error', title: text, message: text })
  host.progress(1, text)
  host.output('nodes', text)
  await host.summary(text)
  host.state.save(text)
}

/** What a runner would read as lines of the log: outputs and the state are data, and never stand in it. */
function printed(seen: MemoryHost): readonly string[] {
  const texts = [
    ...seen.lines,
    ...seen.groups,
    ...seen.progressed,
    ...seen.annotations.flatMap(({ title, message }) => [title, message]),
  ]
  return [...texts, seen.page].flatMap(text => text.split(/\r\n|\r|\n/))
}

const fragment = fc.oneof(
  fc.constantFrom(
    ...['##[set-output name=image;]', '##vso[task.complete]', '##VsO[x]', '::error::', '#', '##', '[', 'vso[', ':'],
  ),
  fc.constantFrom(
    ...[
      '\r',
      '\n',
      '\r\n',
      '\u001b[31m',
      '\u001b]0;t\u0007',
      '\u009b',
      '\u0000',
      '\u200b',
      '\u00ad',
      '\u2060',
      '\u2028',
      ' ',
      '\t',
    ],
  ),
  fc.constantFrom(syntheticKey, syntheticSecret, ...formsOf(syntheticKey)),
  fc.constantFrom('x'.repeat(8_180), 'x'.repeat(8_100)),
  fc.string({ maxLength: 8 }),
)

test('no command and no form of the key gets through, whatever is said, through any channel', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fragment, { maxLength: 12 }), async fragments => {
      const { seen, host } = guarded()
      host.mask(syntheticKey)
      await sayEverywhere(fragments.join(''), host)
      const all = everything(seen)
      for (const form of formsOf(syntheticKey)) expect(all).not.toContain(form)
      for (const line of printed(seen)) {
        expect(line).not.toMatch(/##\[|##vso\[/i)
        expect(line.trimStart()).not.toMatch(/^::/)
        expect(line).not.toMatch(/(?!\t)\p{Cc}|\p{Default_Ignorable_Code_Point}/u)
      }
    }),
    { numRuns: 200 },
  )
})

test('a key across the end of what is shown of a line does not get through in parts', () => {
  for (let before = 8_192 - syntheticKey.length; before < 8_192; before += 7) {
    const { seen, host } = guarded()
    host.mask(syntheticKey)
    host.log('x'.repeat(before) + syntheticKey)
    expect(seen.lines.join('').replace(/^x*/, '')).not.toContain(syntheticKey.slice(0, 8))
  }
})

test('a key with terminal sequences, invisible signs or zero bytes between its letters is still the key', () => {
  for (const between of ['\u001b[0m', '\u200b', '\u0000']) {
    const { seen, host } = guarded()
    host.mask(syntheticKey)
    host.log(`key: ${[...syntheticKey].join(between)}`)
    expect(seen.lines).toEqual(['key: ***'])
  }
})

test('the host is told to mask the whole key, its last part, and each line, before anything is printed', () => {
  const { seen, host } = guarded()
  host.mask(syntheticKey)
  host.mask('several-lines\r\nin-one-secret')
  expect(seen.masks).toEqual([syntheticKey, syntheticSecret, 'several-lines', 'in-one-secret'])
})

test.each(['', 'a', 'true', 'first-line\nok'])('%j would have the host blot out ordinary words: it masks none of them', value => {
  const { seen, host } = guarded()
  host.mask(value)
  expect(seen.masks).toEqual(value.includes('first') ? ['first-line'] : [])
  host.log('it is true, ok')
  expect(seen.lines).toEqual(['it is true, ok'])
})

test('an output is data: its text stays as it is, but for secrets', () => {
  const { seen, host } = guarded()
  host.mask(syntheticKey)
  host.output('nodes', `[{"name":"##[x]","key":"${syntheticKey}"}]`)
  expect(seen.outputs.nodes).toBe('[{"name":"##[x]","key":"***"}]')
})

test('foreign text is marked on each of its lines', () => {
  const { seen, host } = guarded()
  tellForeign(host, 'one\r\ntwo\r::error::three')
  expect(seen.lines).toEqual(['│ one', '│ two', '│ ::error::three'])
})

test('a page that GitHub would refuse is cut, after the secrets were taken out', async () => {
  const inner = memoryHost({
    machine: { name: 'm', platform: 'linux', temp: '/t', tools: '/t', workspace: '/t' },
    clock: fakeClock(),
  })
  const host = guard(inner)
  host.mask('a secret of some length')
  await host.summary('a secret of some length é\n'.repeat(200_000))
  expect(Buffer.byteLength(inner.page)).toBeLessThan(1024 * 1024)
  expect(inner.page).not.toContain('secret of')
  expect(inner.page).toContain('the rest was cut')
})
