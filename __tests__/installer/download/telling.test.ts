import type { Host } from '../../../src/host/host.ts'
import { memoryHost } from '../../../src/host/memory.ts'
import { terminalBar } from '../../../src/host/terminal-bar.ts'
import { paceOf } from '../../../src/installer/download/pace.ts'
import { progressOf } from '../../../src/installer/download/progress.ts'
import { withinStage } from '../../../src/report/progress.ts'

const machine = { name: 'bench', platform: process.platform, temp: '/tmp', tools: '/tmp', workspace: '/tmp' }

/** Fetches `size` bytes at `rate` bytes a second, in ten pieces a second. */
function told(size: number | undefined, rate: number, seconds: number, already = 0, within = (host: Host) => host) {
  let nowMs = 0
  const host = memoryHost({ machine, clock: { now: () => nowMs, sleep: async () => {} } })
  const progress = progressOf(within(host), already, size)
  for (let step = 0; step < seconds * 10; step++) {
    nowMs += 100
    progress.came(rate / 10)
  }
  return { host, progress }
}

test('a line every five seconds tells how much, how fast and how long it will be', () => {
  const { host } = told(1_000_000_000, 40_000_000, 16)
  expect(host.lines).toEqual([
    '200 MB of 1000 MB (20 %), 40 MB/s, 20 s left',
    '400 MB of 1000 MB (40 %), 40 MB/s, 15 s left',
    '600 MB of 1000 MB (60 %), 40 MB/s, 10 s left',
  ])
})

test.each([
  ['whose size nobody knows', told(undefined, 40_000_000, 6), ['200 MB, 40 MB/s']],
  [
    'that was begun by an earlier run',
    told(1_000_000_000, 40_000_000, 6, 500_000_000),
    ['700 MB of 1000 MB (70 %), 40 MB/s, 8 s left'],
  ],
  ['that is slow', told(1_000_000_000, 100_000, 6), ['500 KB of 1000 MB (0 %), 100 KB/s, 2 h 46 min left']],
  ['that takes minutes', told(1_000_000_000, 5_000_000, 6), ['25 MB of 1000 MB (2 %), 5 MB/s, 3 min 15 s left']],
  ['that is over before', told(1_000_000, 1_000_000, 1), []],
])('of a file %s', (_, { host }, lines) => {
  expect(host.lines).toEqual(lines)
})

test('a host that shows progress hears of it once a second at most, and only of what changes', () => {
  expect(told(1_000_000_000, 5_000_000, 6).host.progressed.map(line => line.split(' ')[0])).toEqual(['0', '1', '2', '3'])
  expect(told(1_000_000_000, 40_000_000, 3).host.progressed[2]).toBe('12 Installer: 120 MB of 1000 MB, 40 MB/s, 22 s left')
})

test('a terminal’s bar has one percentage, the step’s', () => {
  const drawn: string[] = []
  const { draw } = terminalBar({ isTTY: true, columns: 120, write: text => drawn.push(String(text)) > 0 })
  const { host } = told(1_000_000_000, 40_000_000, 12, 0, host => withinStage({ ...host, progress: draw }, 5, 25))
  expect(drawn.at(-1)).toMatch(/\. 15 % {2}Installer: 480 MB of 1000 MB, 40 MB\/s, 13 s left$/)
  expect(host.lines[0]).toContain('(20 %)')
})

test('in the end it tells what came, in which time, and how fast', () => {
  expect(told(1_000_000_000, 40_000_000, 25).progress.told()).toBe('1000 MB in 25 s, 40 MB/s')
  expect(told(50_000, 500_000, 0.1).progress.told()).toBe('50 KB in 1 s')
})

test('a stage’s progress is a share of the step’s', () => {
  const host = memoryHost({ machine, clock: { now: () => 0, sleep: async () => {} } })
  const stage = withinStage(host, 5, 25)
  for (const percent of [0, 50, 100]) stage.progress(percent, 'Installer')
  expect(host.progressed).toEqual(['5 Installer', '15 Installer', '25 Installer'])
})

describe('the slowest that a connection may be', () => {
  const pace = { windowMs: 10_000, least: 1_000, behind: 20 }
  /** Bytes a second of one connection, and of its neighbours on average: how long it lasts, in seconds. */
  const lasts = (rate: (second: number) => number, average: (second: number) => number): number | undefined => {
    let second = 0
    let sum = 0
    const watch = paceOf(pace, () => sum, 0)
    try {
      for (; second < 60; second++) {
        sum += average(second)
        watch.came(rate(second), (second + 1) * 1_000)
      }
    } catch {
      return second + 1
    }
    return undefined
  }
  type Rate = (second: number) => number
  const connections: readonly (readonly [string, Rate, Rate, number | undefined])[] = [
    ['as fast as the others', () => 5_000, () => 5_000, undefined],
    ['slow, as all are', () => 1_100, () => 1_100, undefined],
    ['slower than anything worth waiting for', () => 900, () => 900, 10],
    ['far behind the others', () => 100_000, () => 3_000_000, 10],
    ['behind the others, but not far', () => 200_000, () => 3_000_000, undefined],
    ['silent for a while, and fast for the rest', second => (second % 10 < 8 ? 0 : 50_000), () => 50_000, undefined],
    ['fast, and then not', second => (second < 25 ? 50_000 : 10), () => 50_000, 40],
  ]
  test.each(connections)('%s', (_, rate, average, expected) => {
    expect(lasts(rate, average)).toBe(expected)
  })
})
