import { lacksInstaller, nextWatch, type Watch, watchDelivery } from '../../../src/image/delivery/watch.ts'
import { handClock } from '../../support/hand-clock.ts'

const install = 'Step 4/6 : RUN ["powershell", "-File", "C:/SHIR/build.ps1"]'
const download = '[2026-01-01 00:00:00Z] There is no installer in SHIR: downloading it from INSTALLER_URL.'

describe('a build’s log', () => {
  const before: Watch = { phase: 'before' }
  const over: Watch = { phase: 'over' }
  const installing: Watch = { phase: 'installing', sinceMs: 1, limitMs: 60_000 }
  const downloading: Watch = { phase: 'downloading', sinceMs: 2, limitMs: 10_000 }
  test.each<[string, Watch, string, Watch]>([
    ['an earlier step', before, 'Step 3/6 : ARG INSTALLER_URL', before],
    ['a step whose number begins like it', before, 'Step 40/60 : RUN a', before],
    ['what an earlier step prints', before, ' Step 4/6 : RUN a', before],
    ['the step', before, install, { ...installing, sinceMs: 9 }],
    ['its container', installing, ' ---> Running in 0123456789ab', installing],
    ['its output', installing, 'anything', installing],
    ['its script, that downloads', installing, download, { ...downloading, sinceMs: 9 }],
    ['the same said twice', downloading, download, downloading],
    ['its script, that uses what lies there', installing, 'Using the installer a.msi.', installing],
    ['the script of a step that was not known', before, download, { ...downloading, sinceMs: 9 }],
    ['a step of the cache', installing, ' ---> Using cache', over],
    ['an earlier step of the cache', before, ' ---> Using cache', before],
    ['the next step', installing, 'Step 5/6 : ENV a=b', over],
    ['the next step after a download', downloading, 'Step 5/6 : ENV a=b', over],
    ['more after that', over, download, over],
  ])('%s', (_, watch, line, next) => expect(nextWatch(watch, line, 4, 9)).toEqual(next))

  test('without a step that could fetch it', () => {
    for (const line of [install, 'Step 5/6 : RUN b']) expect(nextWatch(before, line, undefined, 9)).toEqual(before)
  })
})

describe('a watched build', () => {
  const watched = () => {
    const clock = handClock()
    const cancel = new AbortController()
    const silences: string[] = []
    const offer = { count: 0, requested: () => offer.count }
    const watch = watchDelivery(offer, 4, { clock, signal: cancel.signal }, why => void silences.push(why))
    return { clock, cancel, silences, offer, watch }
  }

  test.each([
    ['a minute of the step', [install], 60_000, 'nothing asked for it within 60 s of the step that installs it'],
    ['ten seconds of the download', [install, download], 10_000, 'nothing asked for it within 10 s of the download'],
  ])('that asks for nothing is told after %s, once', async (_, lines, limitMs, why) => {
    const { clock, silences, watch } = watched()
    await clock.advance(100_000)
    for (const line of lines) watch.see(line)
    await clock.advance(limitMs - 1)
    expect(silences).toEqual([])
    await clock.advance(1)
    expect(silences).toEqual([why])
    watch.see(download)
    await clock.advance(100_000)
    expect(silences).toEqual([why])
  })

  test('that downloads late in its step has ten seconds from then on', async () => {
    const { clock, silences, watch } = watched()
    watch.see(install)
    await clock.advance(59_000)
    watch.see(download)
    await clock.advance(9_999)
    expect(silences).toEqual([])
    await clock.advance(1)
    expect(silences).toHaveLength(1)
  })

  test('that prints what looks like another step is still in its own', async () => {
    const { clock, silences, watch } = watched()
    for (const line of ['Step 3/6 : RUN a', 'Step 4/7 : RUN no', 'Step 2/6 : RUN no', install, 'Step 6/6 : x', 'Step 5/9 : x'])
      watch.see(line)
    await clock.advance(60_000)
    expect(silences).toHaveLength(1)
  })

  test.each<[string, (one: ReturnType<typeof watched>) => void]>([
    ['that asked', ({ offer }) => offer.count++],
    ['that went on to the next step', ({ watch }) => watch.see('Step 5/6 : ENV a=b')],
    ['that ended', ({ watch }) => watch.end()],
    ['that was cancelled', ({ cancel }) => cancel.abort()],
  ])('%s is left in peace', async (_, then) => {
    const one = watched()
    one.watch.see(install)
    then(one)
    await one.clock.advance(100_000)
    expect(one.silences).toEqual([])
    expect(one.clock.sleepers()).toBe(0)
  })

  test.each<[string, readonly string[], number, number, boolean]>([
    ['before the step', ['Step 3/6 : RUN prepare'], 0, 0, false],
    ['in the step, without a request', [install], 0, 0, true],
    ['in the step, with half a delivery', [install, download], 1, 0, true],
    ['after a whole delivery', [install, download], 2, 1, false],
    ['after the step, which asked for nothing', [install, 'Step 5/6 : ENV a=b'], 0, 0, true],
    ['at a step that nobody foresaw', [], 1, 0, true],
  ])('that failed %s: for want of the installer?', (_, lines, requested, delivered, lacks) => {
    const { watch } = watched()
    for (const line of lines) watch.see(line)
    expect(lacksInstaller({ requested: () => requested, delivered: () => delivered }, watch)).toBe(lacks)
    watch.end()
  })
})
