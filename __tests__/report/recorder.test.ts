import type { OutputName } from '../../src/contract/outputs.ts'
import { StepError } from '../../src/contract/reasons.ts'
import type { Host } from '../../src/host/host.ts'
import { memoryHost } from '../../src/host/memory.ts'
import { asStepError, recorder } from '../../src/report/recorder.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { judged } from './stories.ts'

const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
const failure = new StepError('timeout', 'Not in time.', { hint: 'Wait longer.' })

function hostThat(breaks: Partial<Host>) {
  const seen = memoryHost({ machine, clock: fakeClock() })
  return { seen, host: { ...seen, ...breaks } }
}

const refuse = () => {
  throw new Error('no room')
}

test.each<[string, Partial<Host>]>([
  ['a page', { summary: async () => refuse() }],
  ['an output', { output: (_: OutputName) => refuse() }],
])('%s that cannot be written hides neither the failure nor that it is one', async (_, breaks) => {
  const { seen, host } = hostThat(breaks)
  await recorder(host).close(failure)
  expect(seen.lines.join()).toContain('could not be told: no room')
  expect(seen.annotations).toEqual([{ level: 'error', title: 'SHIR Container: timeout', message: 'Not in time.\nWait longer.' }])
  expect(seen.failed).toBe(true)
})

test('a good step whose page cannot be written stays good', async () => {
  const { seen, host } = hostThat({ summary: async () => refuse() })
  await recorder(host).close(undefined)
  expect(seen.failed).toBe(false)
  expect(seen.annotations).toEqual([])
})

test('a warning is told at once by its code, and stands on the page besides those from before', async () => {
  const { seen, host } = hostThat({})
  const record = recorder(host)
  record.note({ warnings: ['timezone: Windows will not know it.'] })
  record.warn('node-record-left', 'The record of eu stays.')
  expect(seen.annotations).toEqual([
    { level: 'warning', title: 'SHIR Container: node-record-left', message: 'The record of eu stays.' },
  ])
  await record.close(undefined)
  for (const words of ['Windows will not know it', 'The record of eu stays'])
    expect(seen.page).toContain(`Warning: ${words.startsWith('W') ? 'timezone: ' : ''}${words}`)
})

test.each([
  ['a node that was started', {}, 'true'],
  ['a node that was kept', { isKept: true }, 'false'],
])('%s changed something: %j → %s', async (_, more, changed) => {
  const { seen, host } = hostThat({})
  const record = recorder(host)
  record.note({ mode: 'run' })
  record.judged([{ ...judged(1), ...more }])
  await record.close(undefined)
  expect(seen.outputs).toMatchObject({ changed, verdict: 'healthy' })
})

test('any error is told as a StepError: the file system’s by its own code, the unforeseen as ours, a cancel as that', () => {
  expect(asStepError(Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' }), false)).toMatchObject({
    code: 'disk-full',
  })
  expect(asStepError(Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' }), false)).toMatchObject({
    code: 'io-failed',
  })
  expect(asStepError(Object.assign(new Error('Path is a directory'), { code: 'ERR_FS_EISDIR' }), false)).toMatchObject({
    code: 'io-failed',
  })
  expect(asStepError(new TypeError('x is not a function'), false)).toMatchObject({
    code: 'internal',
    hint: expect.stringContaining('defect'),
  })
  expect(asStepError(failure, false)).toBe(failure)
  expect(asStepError(failure, true)).toMatchObject({ code: 'cancelled', hint: 'Run the step again.' })
})
