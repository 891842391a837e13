import { memoryHost } from '../../src/host/memory.ts'
import type { KnownVersion } from '../../src/installer/known.ts'
import { builtOn, supportOf, tellSupport, warningsOf } from '../../src/installer/support.ts'
import { recorder } from '../../src/report/recorder.ts'
import { fakeClock } from '../support/fake-clock.ts'

const source = 'https://manifests.example'
const known: readonly KnownVersion[] = [
  { version: '5.70.9748.2', published: { date: '2026-10-01', source } },
  { version: '5.71.9750.1', sha256: { value: 'a'.repeat(64), source } },
  {
    version: '5.62.9514.1',
    published: { date: '2026-01-28', source },
    withdrawn: { why: 'an older one was offered again', source },
  },
  { version: '5.80.10300.1', published: { date: '2028-02-29', source } },
]
const at = (text: string) => Date.parse(text)
const codesAt = (version: string, moment: string) =>
  warningsOf(supportOf(version, at(moment), known), at(moment), known).map(({ code }) => code)

describe('the window', () => {
  test.each([
    ['one year after its publication', '5.70.9748.2', '2026-10-01', '2027-10-01', false],
    ['from the day of its build, where its publication is not known', '5.71.9750.1', '2026-09-11', '2027-09-11', true],
    ['from the day of its build, where nothing is known', '5.71.9760.3', '2026-09-21', '2027-09-21', true],
    ['to the first of March, from the last of a leap February', '5.80.10300.1', '2028-02-29', '2029-03-01', false],
    ['unknown, where the build has not come yet', '5.99.30000.1', undefined, undefined, false],
    ['unknown, where the build is older than containers', '5.1.7000.1', undefined, undefined, false],
  ])('is %s', (_, version, since, expires, isEstimate) => {
    expect(supportOf(version, at('2026-11-25'), known)).toEqual({ version, since, expires, isEstimate })
  })

  test.each([
    ['2026-10-01T00:00:00Z', []],
    ['2027-08-01T23:59:59Z', []],
    ['2027-08-02T00:00:00Z', ['expires-soon']],
    ['2027-09-30T23:59:59.999Z', ['expires-soon']],
    ['2027-10-01T00:00:00Z', ['expired']],
    ['2031-01-01T00:00:00Z', ['expired']],
  ])('at %s warns with %j', (moment, codes) => {
    expect(codesAt('5.70.9748.2', moment)).toEqual(codes)
  })

  test.each([
    ['2027-07-22T00:00:00Z', []],
    ['2027-07-23T00:00:00Z', ['expires-soon']],
    ['2027-09-21T00:00:00Z', ['expired']],
  ])('that is estimated at %s warns with %j', (moment, codes) => {
    expect(codesAt('5.71.9760.3', moment)).toEqual(codes)
  })

  test('of a version that was withdrawn: that first', () => {
    expect(codesAt('5.62.9514.1', '2026-02-01')).toEqual(['withdrawn'])
    expect(codesAt('5.62.9514.1', '2027-01-01')).toEqual(['withdrawn', 'expires-soon'])
    expect(codesAt('5.62.9514.1', '2027-02-01')).toEqual(['withdrawn', 'expired'])
  })
})

test.each([
  ['5.2.7713.1', '2021-02-12'],
  ['5.2.7712.1', undefined],
  ['5.70.9748.2', '2026-09-09'],
  ['5.71.9825.1', '2026-11-25'],
  ['5.71.9826.1', undefined],
  ['no version', undefined],
])('%s was built on %s', (version, day) => {
  expect(builtOn(version, at('2026-11-25T12:00:00Z'))).toBe(day)
})

describe('what is told', () => {
  function toldOf(version: string | undefined, moment: string, times = 1) {
    const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
    const host = memoryHost({ machine, clock: fakeClock(at(moment)) })
    const record = recorder(host)
    for (let time = 0; time < times; time++) tellSupport(version, record, host, known)
    return { ...host, support: record.result.support }
  }

  test('of a version in its window: the day, and no warning', () => {
    const { lines, annotations, support } = toldOf('5.70.9748.2', '2026-11-25')
    expect(lines).toEqual(['Supported until 2027-10-01'])
    expect(annotations).toEqual([])
    expect(support?.expires).toBe('2027-10-01')
  })

  test('near its end: in how many days, and on what that rests; once', () => {
    const { annotations } = toldOf('5.70.9748.2', '2027-09-30T08:00:00Z', 2)
    expect(annotations).toEqual([
      {
        level: 'warning',
        title: 'SHIR Container: expires-soon',
        message:
          'The support of version 5.70.9748.2 ends on 2027-10-01, in 1 day (one year after 2026-10-01, when it was published). Build an image of a newer one before that.',
      },
    ])
  })

  test('past an estimated end: that it is an estimate', () => {
    const { lines, annotations } = toldOf('5.71.9760.3', '2027-12-01')
    expect(lines).toEqual(['Supported until 2027-09-21, or some weeks longer (estimated from its number)'])
    expect(annotations[0]?.message).toMatch(/probably ended on 2027-09-21 .*built by its number.*take a newer one/)
  })

  test.each([undefined, '<version>', 'latest'])('of %s: nothing', version => {
    expect(toldOf(version, '2027-12-01')).toMatchObject({ lines: [], annotations: [], support: undefined })
  })
})
