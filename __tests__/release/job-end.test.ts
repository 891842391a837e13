import { access, chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { labelNames } from '../../src/contract/labels.ts'
import type { Host } from '../../src/host/host.ts'
import type { MemoryOptions } from '../../src/host/memory.ts'
import type { Debt } from '../../src/journal/debt.ts'
import { openJournal } from '../../src/journal/journal.ts'
import { endJob, jobEndLimitMs } from '../../src/release/job-end.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

const node = (number: number): Debt => ({ kind: 'container', name: `shir-${number}`, run: 'mine' })
const network: Debt = { kind: 'network', name: 'shir-network', run: 'mine' }
/** Time stands still. */
const patient: MemoryOptions['clock'] = {
  now: () => 0,
  sleep: (_, signal) => new Promise(resolve => signal?.addEventListener('abort', () => resolve())),
}

/** An engine on which every container runs and is of `run`; `answer` is shell, told before all else what docker is to change. */
async function dockerOf(run: string, answer = '') {
  const bin = path.join(bench.folder, 'bin')
  await mkdir(bin)
  const config = { Hostname: 'h', Labels: { [labelNames.run]: run }, Env: [] }
  const state = { Status: 'running', ExitCode: 0, StartedAt: '2026-01-01T00:00:00Z' }
  const script = `#!/bin/sh
for last; do :; done
case "$1 $2" in
  'container inspect') echo '[{"Id":"'$last'","Name":"/'$last'","Config":${JSON.stringify(config)},"State":${JSON.stringify(state)}}]'; exit ;;
  'network ls') echo ne7; exit ;;
  'network inspect') echo '[{"Id":"ne7","Containers":{}}]'; exit ;;
esac
[ "$1" = exec ] && echo "exec $2" >> '${bench.folder}/changes' || echo "$*" >> '${bench.folder}/changes'
${answer}
[ "$1" = exec ] && echo '{"by":"SHIR/stop.ps1"}'
exit 0
`
  await writeFile(path.join(bin, 'docker'), script)
  await chmod(path.join(bin, 'docker'), 0o755)
  return { environment: { PATH: `${bin}:/bin:/usr/bin` }, clock: patient }
}
const changes = () =>
  readFile(path.join(bench.folder, 'changes'), 'utf8').then(
    text => text.trimEnd().split('\n'),
    () => [],
  )

async function deferredJournal(host: Host, debts: readonly Debt[]) {
  const journal = openJournal(bench.machine.tools, host)
  for (const debt of debts) await journal.intend(debt)
  for (const debt of debts) await journal.defer(debt)
  return journal
}
async function end(options: Parameters<TestMachine['host']>[0], debts: readonly Debt[]) {
  const host = bench.host(options)
  const journal = await deferredJournal(host, debts)
  await endJob(journal, host)
  return { host, journal }
}

test('each node ends as mode remove ends it, then their network goes, and nothing is owed', async () => {
  const { journal } = await end(await dockerOf('mine'), [network, node(1), node(2)])
  const all = await changes()
  for (const name of ['shir-1', 'shir-2'])
    expect(all.filter(line => line.endsWith(name)).map(line => line.split(' ')[0])).toEqual(['update', 'exec', 'stop', 'rm'])
  expect(all.at(-1)).toBe('network rm ne7')
  expect(all).toHaveLength(10)
  expect(journal.deferred()).toEqual([])
})

test('a container of that name that is another run’s stays, and is owed no more', async () => {
  const { journal } = await end(await dockerOf('another'), [node(1)])
  expect([await changes(), journal.deferred()]).toEqual([[], []])
})

test('what cannot end so is removed by force, and that is said', async () => {
  const busy = '[ "$1" = stop ] && { echo "Error response from daemon: busy" >&2; exit 1; }'
  const { host, journal } = await end(await dockerOf('mine', busy), [node(1)])
  expect((await changes()).at(-1)).toBe('rm --force --volumes -- shir-1')
  expect(host.lines.at(-1)).toBe('shir-1: removed by force: docker stop failed: busy')
  expect(journal.deferred()).toEqual([])
})

/** Says that it is there, and stays. */
const hangs = () => `[ "$1" = stop ] && { : > '${bench.folder}/hangs'; exec sleep 60; }`
const untilItHangs = async () => {
  while (
    !(await access(path.join(bench.folder, 'hangs')).then(
      () => true,
      () => false,
    ))
  )
    await new Promise(resolve => setImmediate(resolve))
}

test('one that does not end in two minutes is removed by force; the whole takes no longer than the job’s end may', async () => {
  const limits: number[] = []
  const clock: MemoryOptions['clock'] = {
    now: () => 0,
    sleep: async (ms, signal) => {
      if (ms !== 120_000) return patient.sleep(ms, signal)
      limits.push(ms)
      await untilItHangs()
    },
  }
  const { journal } = await end({ ...(await dockerOf('mine', hangs())), clock }, [node(1)])
  expect((await changes()).at(-1)).toBe('rm --force --volumes -- shir-1')
  expect(journal.deferred()).toEqual([])
  expect(limits.map(ms => ms < jobEndLimitMs)).toEqual([true])
})

test('a cancel ends it at once; what is left is said, and stays owed', async () => {
  const cancel = new AbortController()
  const ending = end({ ...(await dockerOf('mine', hangs())), signal: cancel.signal }, [network, node(1)])
  await untilItHangs()
  cancel.abort()
  const { host, journal } = await ending
  expect(await changes()).not.toContain('rm --force --volumes -- shir-1')
  expect(host.lines).toContain('Could not take back the container shir-1: The run was cancelled.')
  expect(journal.deferred()).toEqual([node(1), network])
})

test('a network whose node could not be taken back stays owed with it', async () => {
  const busy =
    '[ "$1" = stop ] || [ "$1" = rm ] || [ "$1" = network ] && { echo "Error response from daemon: busy" >&2; exit 1; }'
  const options = await dockerOf('mine', busy)
  const file = path.join(bench.folder, 'bin', 'docker')
  await writeFile(file, (await readFile(file, 'utf8')).replace('"Containers":{}', '"Containers":{"abc":{}}'))
  const { host, journal } = await end(options, [network, node(1)])
  expect(journal.deferred()).toEqual([node(1), network])
  expect(host.lines.slice(-2)).toEqual([
    'Could not take back the container shir-1: docker rm failed: busy',
    'Could not take back the network shir-network: a container that could not be taken back is on it',
  ])
})

test('no docker any more: said, and owed', async () => {
  const { host, journal } = await end({ environment: { PATH: '' } }, [node(1)])
  expect(host.lines).toEqual([expect.stringMatching(/^Could not take back the container shir-1: There is no docker command/)])
  expect(journal.deferred()).toEqual([node(1)])
})
