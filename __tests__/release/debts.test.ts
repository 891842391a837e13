import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { labelNames } from '../../src/contract/labels.ts'
import { systemClock } from '../../src/host/process-parts.ts'
import type { Debt } from '../../src/journal/debt.ts'
import { openJournal } from '../../src/journal/journal.ts'
import { payDebts, payLimitMs } from '../../src/release/debts.ts'
import { tidying, watchCancel } from '../../src/release/tidying.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

/** A docker that knows one container or network, labelled as of `run`; what it was asked to change stands in `changes`. */
async function dockerWith(run: string, containers: object = {}, refusal = '') {
  const bin = path.join(bench.folder, 'bin')
  await mkdir(bin)
  const labels = { [labelNames.run]: run }
  const container = {
    ...{ Id: 'c0ffee', Name: '/shir-1', Config: { Hostname: 'h', Labels: labels, Env: [] } },
    State: { Status: 'running', ExitCode: 0, StartedAt: '2026-01-01T00:00:00Z' },
  }
  const network = { Id: 'ne7', Labels: labels, Containers: containers }
  const script = `#!/bin/sh
case "$1 $2" in
  'container inspect') echo '${JSON.stringify([container])}' ;;
  'network ls') ${run === 'mine' ? 'echo ne7' : 'true'} ;;
  'ps --all') ;;
  'network inspect') echo '${JSON.stringify([network])}' ;;
  *) echo "$*" >> '${bench.folder}/changes'; ${refusal} ;;
esac
`
  await writeFile(path.join(bin, 'docker'), script)
  await chmod(path.join(bin, 'docker'), 0o755)
  return { environment: { PATH: `${bin}:/bin:/usr/bin` } }
}
const changes = () => readFile(path.join(bench.folder, 'changes'), 'utf8').catch(() => '')

async function pay(debts: readonly Debt[], options: Parameters<TestMachine['host']>[0] = {}) {
  const host = bench.host(options)
  const journal = openJournal(bench.machine.tools, host)
  for (const debt of debts) await journal.intend(debt)
  await tidying(host, payLimitMs, watchCancel(host), tidier => payDebts(journal, tidier))
  return { journal, host }
}
const container: Debt = { kind: 'container', name: 'shir-1', run: 'mine' }
const network: Debt = { kind: 'network', name: 'shir-network', run: 'mine' }

test('nothing is owed: no docker is looked for', async () => {
  const { host } = await pay([], { environment: { PATH: '' } })
  expect(host.lines).toEqual([])
})

test('newest first: the container before the network that it is on, the folder last', async () => {
  const folder = path.join(bench.machine.temp, 'staged')
  await mkdir(folder)
  const { journal, host } = await pay([{ kind: 'path', path: folder }, network, container], await dockerWith('mine'))
  expect(await changes()).toBe('rm --force --volumes -- c0ffee\nnetwork rm ne7\n')
  expect(host.lines).toEqual([
    'Removed shir-1, which never passed its gate.',
    expect.stringMatching(/^The container of node h is removed. If the node had registered, its record stays/),
    'Removed the network shir-network.',
  ])
  expect(journal.owed()).toEqual([])
  await expect(readFile(folder)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('what carries the label of another run is another’s: it stays, and is owed no more', async () => {
  const { journal, host } = await pay([network, container], await dockerWith('another'))
  expect(await changes()).toBe('')
  expect(host.lines).toEqual([])
  expect(journal.owed()).toEqual([])
})

test('a network with nodes on it stays', async () => {
  await pay([network], await dockerWith('mine', { abc: { Name: 'shir-1' } }))
  expect(await changes()).toBe('')
})

test('a network whose container cannot be taken back stays owed with it: it would be nobody’s otherwise', async () => {
  const busy = '[ "$1" = rm ] && { echo "Error response from daemon: busy" >&2; exit 1; }'
  const { journal, host } = await pay([network, container], await dockerWith('mine', { abc: { Name: 'shir-1' } }, busy))
  expect(journal.owed()).toEqual([container, network])
  expect(host.lines).toEqual([
    'Could not take back the container shir-1: docker rm failed: busy',
    'Could not take back the network shir-network: a container that could not be taken back is on it',
  ])
})

test('what cannot be taken back is said, stays owed, and does not keep the rest from being paid', async () => {
  const folder = path.join(bench.machine.temp, 'staged')
  await mkdir(folder)
  const { journal, host } = await pay(
    [{ kind: 'path', path: folder }, container],
    await dockerWith('mine', {}, 'echo "Error response from daemon: busy" >&2; exit 1'),
  )
  expect(journal.owed()).toEqual([container])
  expect(host.lines).toEqual(['Could not take back the container shir-1: docker rm failed: busy'])
})

test('the nodes of a set go all at once, since a cancelled step has few seconds; their network after them', async () => {
  const [second, third] = [2, 3].map(number => ({ ...container, name: `shir-${number}` }))
  // No removal ends before all three have begun.
  const together = `[ "$1" = rm ] && { : > "${bench.folder}/rm-$$"; while [ $(ls '${bench.folder}' | grep -c '^rm-') -lt 3 ]; do sleep 0.02; done; }; true`
  const { journal } = await pay([network, container, second as Debt, third as Debt], await dockerWith('mine', {}, together))
  expect((await changes()).split('\n').map(line => line.split(' ')[0])).toEqual(['rm', 'rm', 'rm', 'network', ''])
  expect(journal.owed()).toEqual([])
})

test('what fails once is tried again: an engine may be busy, and Ctrl-C reaches a docker command under way as well', async () => {
  const once = `[ ! -e '${bench.folder}/once' ] && : > '${bench.folder}/once' && exit 130; true`
  const { journal, host } = await pay([network, container], await dockerWith('mine', {}, once))
  expect(await changes()).toBe('rm --force --volumes -- c0ffee\nnetwork rm ne7\nrm --force --volumes -- c0ffee\n')
  expect(journal.owed()).toEqual([])
  expect(host.lines.filter(line => line.startsWith('Could not'))).toEqual([])
})

test('no docker any more: said, and owed', async () => {
  const { journal, host } = await pay([container], { environment: { PATH: '' } })
  expect(journal.owed()).toEqual([container])
  expect(host.lines).toEqual([expect.stringContaining('There is no docker command')])
})

test('a cancelled run tidies up all the same', async () => {
  const { journal } = await pay([container], { ...(await dockerWith('mine')), signal: AbortSignal.abort() })
  expect(await changes()).toContain('rm --force')
  expect(journal.owed()).toEqual([])
})

test('a container that may still come is waited for; its network goes at once, and what time does not settle stays owed', async () => {
  const options = await dockerWith('mine', {})
  const bin = path.join(bench.folder, 'bin')
  // The engine knows the network, and no container yet.
  const script = await readFile(path.join(bin, 'docker'), 'utf8')
  await writeFile(path.join(bin, 'docker'), script.replace(/'container inspect'\).*\n/, "'container inspect') echo '[]' ;;\n"))
  const limit = new AbortController()
  const looked: string[] = []
  const clock = {
    ...systemClock,
    sleep: async (ms: number, signal?: AbortSignal) => {
      if (ms !== 250) return systemClock.sleep(ms, signal) // a docker command's own limits
      looked.push(await changes())
      limit.abort()
    },
  }
  const host = bench.host({ ...options, clock, signal: limit.signal })
  const journal = openJournal(bench.machine.tools, host)
  for (const debt of [network, container]) await journal.intend(debt)
  expect(await payDebts(journal, host, Date.now() + 86_400_000)).toEqual([])
  expect(looked).toEqual(['network rm ne7\n'])
  expect(journal.owed()).toEqual([container])
  expect(host.lines).toEqual([
    'Removed the network shir-network.',
    'The engine may still be making the container shir-1: the post step or the next run looks again.',
  ])
})

test('the containers that were taken back are told; a folder that is gone already is owed no more', async () => {
  const host = bench.host(await dockerWith('mine'))
  const journal = openJournal(bench.machine.tools, host)
  for (const debt of [{ kind: 'path', path: '/nowhere/at/all' } as const, network, container]) await journal.intend(debt)
  expect(await payDebts(journal, host)).toEqual(['shir-1'])
  expect(journal.owed()).toEqual([])
})

test('a network stays for as long as the job whose nodes are on it, and its own debt with theirs', async () => {
  const host = bench.host(await dockerWith('mine'))
  const journal = openJournal(bench.machine.tools, host)
  for (const debt of [network, container]) await journal.intend(debt)
  await journal.defer(container)
  await payDebts(journal, host)
  expect(await changes()).toBe('')
  expect([journal.owed(), journal.deferred()]).toEqual([[], [container, network]])
})

describe('after a run that was ended from outside the engine may still be making what it was told to', () => {
  /** The engine makes it when it has been looked for three times. */
  const late = async () => {
    const options = await dockerWith('mine')
    const file = path.join(bench.folder, 'bin', 'docker')
    const looks = path.join(bench.folder, 'looks')
    const hidden = `case "$1 $2" in 'container inspect' | 'network ls') echo >> '${looks}'
  [ $(wc -l < '${looks}') -gt 3 ] || { [ "$1" = network ] || { echo '[]'; echo 'Error: No such container: shir-1' >&2; exit 1; }; exit 0; } ;; esac`
    await writeFile(file, (await readFile(file, 'utf8')).replace('#!/bin/sh', `#!/bin/sh\n${hidden}`))
    return options
  }
  /** The pause between two looks takes no time; the limits of commands are never up. */
  const impatient = () => {
    const clock = fakeClock()
    const never = (signal?: AbortSignal) => new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()))
    return { ...clock, sleep: (ms: number, signal?: AbortSignal) => (ms > 1_000 ? never(signal) : clock.sleep(ms, signal)) }
  }
  async function payAfter(silentMs: number, debt: Debt, signal?: AbortSignal) {
    const clock = impatient()
    const host = bench.host({ ...(await late()), clock, ...(signal && { signal }) })
    const journal = openJournal(bench.machine.tools, host)
    await journal.intend(debt)
    const beganMs = clock.now()
    const removed = await payDebts(journal, host, beganMs - silentMs)
    return { removed, journal, host, tookMs: clock.now() - beganMs }
  }

  test.each([
    ['a container', container, 'rm --force --volumes -- c0ffee\n'],
    ['a network', network, 'network rm ne7\n'],
  ] as const)('%s that comes to be a little later is taken back all the same', async (_, debt, change) => {
    const { journal } = await payAfter(0, debt)
    expect(await changes()).toBe(change)
    expect(journal.owed()).toEqual([])
  })

  test('a Windows container takes its time to be made: one that comes a quarter of a minute later is taken back as well', async () => {
    const { journal, removed } = await payAfter(15_000, container)
    expect([removed, journal.owed()]).toEqual([['shir-1'], []])
  })

  test('half a minute after the last sign of life it is taken at its word', async () => {
    const { journal, tookMs } = await payAfter(30_001, container)
    expect([await changes(), journal.owed(), tookMs]).toEqual(['', [], 0])
  })

  test('where time is up before, it is not: the debt stays, and that is said', async () => {
    const { journal, host } = await payAfter(0, container, AbortSignal.abort())
    expect(journal.owed()).toEqual([container])
    expect(host.lines).toEqual([
      'The engine may still be making the container shir-1: the post step or the next run looks again.',
    ])
  })
})

test('a network that proven nodes are on has been made: no cancel makes that uncertain', async () => {
  const limit = new AbortController()
  const clock = {
    ...systemClock,
    // Whoever looks a second time finds that time is up.
    sleep: async (ms: number, signal?: AbortSignal) => (ms === 250 ? limit.abort() : systemClock.sleep(ms, signal)),
  }
  const host = bench.host({ ...(await dockerWith('mine', { abc: { Name: 'shir-1' } })), clock, signal: limit.signal })
  const journal = openJournal(bench.machine.tools, host)
  await journal.intend(network)
  await payDebts(journal, host, Date.now())
  expect([await changes(), journal.owed(), host.lines]).toEqual(['', [], []])
})

test('a container that a command of the run that was ended is still removing is waited for, and owed no more', async () => {
  const options = await dockerWith(
    'mine',
    {},
    'echo "Error response from daemon: removal of container c0ffee is already in progress" >&2; exit 1',
  )
  const file = path.join(bench.folder, 'bin', 'docker')
  const gone = `[ "$2" = inspect ] && [ -e '${bench.folder}/changes' ] && { echo '[]'; echo 'Error: No such container: shir-1' >&2; exit 1; }`
  await writeFile(file, (await readFile(file, 'utf8')).replace('#!/bin/sh', `#!/bin/sh\n${gone}`))
  const { journal, host } = await pay([container], options)
  expect(journal.owed()).toEqual([])
  expect(host.lines[0]).toBe('Removed shir-1, which never passed its gate.')
})
