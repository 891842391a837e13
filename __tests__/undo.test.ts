import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { rehearsalKey } from '../rehearsal/node/scenario.ts'
import { labelNames } from '../src/contract/labels.ts'
import type { MemoryOptions } from '../src/host/memory.ts'
import { claimJournal } from '../src/journal/claim.ts'
import { ownerOf } from '../src/journal/owner.ts'
import { jobEndLimitMs } from '../src/release/job-end.ts'
import { runUndo } from '../src/undo.ts'
import { fakeClock } from './support/fake-clock.ts'
import { type TestMachine, testMachine } from './support/machine.ts'

let bench: TestMachine
let run: string
let file: string
beforeEach(async () => {
  bench = await testMachine()
  run = randomUUID()
  file = path.join(bench.machine.tools, 'journal', `${run}.jsonl`)
  await mkdir(path.dirname(file))
})
afterEach(() => bench.remove())

/** What the killed step has written: this, of its node. */
async function leave(events: readonly string[], { name = 'shir-1', more = '' } = {}): Promise<void> {
  const owner = await ownerOf(run, bench.host())
  const lines = [
    { at: 1, event: 'owner', owner },
    ...events.map(event => ({ at: 1, event, debt: { kind: 'container', name, run } })),
  ]
  await writeFile(file, lines.map(line => `${JSON.stringify(line)}\n`).join('') + more)
}

/** An engine that has the step's node, from the look of that number on. */
async function dockerFrom(look = 1): Promise<Readonly<Record<string, string>>> {
  const [bin, looks] = [path.join(bench.folder, 'bin'), path.join(bench.folder, 'looks')]
  await mkdir(bin)
  const config = { Hostname: 'h', Labels: { [labelNames.run]: run }, Env: [] }
  const state = { Status: 'running', ExitCode: 0, StartedAt: '2026-01-01T00:00:00Z' }
  const container = JSON.stringify([{ Id: 'c0ffee', Name: '/shir-1', Config: config, State: state }])
  const script = `#!/bin/sh
case "$1 $2" in
  'container inspect') echo >> '${looks}'
    [ $(wc -l < '${looks}') -ge ${look} ] || { echo '[]'; echo 'Error: No such container: shir-1' >&2; exit 1; }
    echo '${container}' ;;
  exec*) echo '{"by":"SHIR/stop.ps1"}'; echo exec >> '${bench.folder}/changes' ;;
  *) echo "$1" >> '${bench.folder}/changes' ;;
esac
`
  await writeFile(path.join(bin, 'docker'), script)
  await chmod(path.join(bin, 'docker'), 0o755)
  return { PATH: `${bin}:/bin:/usr/bin` }
}
const changes = () => readFile(path.join(bench.folder, 'changes'), 'utf8').catch(() => '')
const journals = () => readdir(path.dirname(file))

async function undo(options: Partial<MemoryOptions> = {}) {
  const host = bench.host({ state: file, environment: { PATH: '' }, ...options })
  await runUndo(host)
  return host
}

test('a step that began nothing owes nothing, and so does one that has paid', async () => {
  const host = bench.host()
  await runUndo(host)
  expect(host.lines).toEqual(['Nothing was begun, nothing is owed.'])
  expect((await undo()).lines).toEqual(['Nothing is owed.'])
})

test('a node that never passed goes; the engine may have made it only after the step was killed', async () => {
  await leave(['intend'])
  const host = await undo({ environment: await dockerFrom(4) })
  expect(host.lines).toEqual([
    'The step ended early and owes 1 thing.',
    'Removed shir-1, which never passed its gate.',
    expect.stringMatching(/its record stays/),
  ])
  expect([await changes(), await journals()]).toEqual(['rm\n', []])
})

test('a node that is good for as long as the job lasts goes as mode remove lets it go', async () => {
  await leave(['intend', 'deferred'])
  const host = await undo({ environment: await dockerFrom() })
  expect(host.lines[0]).toBe('shir-1 goes at the end of its job.')
  expect([await changes(), await journals()]).toEqual(['update\nexec\nstop\nrm\n', []])
})

test('what was decided of the nodes is told, and the inputs’ secrets are masked before', async () => {
  await leave(['intend', 'settled'])
  const inputs = { mode: 'run', image: 'mine:1', authKey: rehearsalKey(), cleanup: 'always' }
  const host = await undo({ inputs })
  expect(host.lines[0]).toBe(
    'Nodes that this step starts and that pass their gate go at the end of the job, since cleanup is always.',
  )
  expect(host.masks).toContain(rehearsalKey())
})

test('inputs that cannot be read keep nothing from being paid', async () => {
  await leave(['intend'])
  const host = await undo({ inputs: { mode: 'rnu' }, environment: await dockerFrom() })
  expect([host.failed, await changes(), await journals()]).toEqual([false, 'rm\n', []])
})

test('what it cannot do is said, is kept for the next run, and fails no job', async () => {
  await leave(['intend'], { more: '{"at":1,"event":"settl' })
  const host = await undo()
  expect(host.lines).toEqual([
    'The step ended early and owes 1 thing.',
    'Passed over in its journal: 1 lines that cannot be read.',
    expect.stringMatching(/^Could not take back the container shir-1: There is no docker command/),
  ])
  expect([host.failed, host.annotations, await journals()]).toEqual([false, [], [path.basename(file)]])
})

test('a journal that is none fails no job either', async () => {
  await mkdir(file)
  const host = await undo()
  expect(host.lines).toEqual([expect.stringMatching(/^What the step owes could not be finished: /)])
  expect(host.failed).toBe(false)
})

test('a name that stands in the journal can start no command of the runner', async () => {
  await leave(['intend'], { name: '##vso[task.complete result=Failed;]' })
  expect((await undo()).lines.join('\n')).not.toContain('##vso[task.complete')
})

test('a later run that is finishing what it owes is waited for', async () => {
  await leave(['intend'])
  const later = await claimJournal(file, bench.host())
  const clock = fakeClock()
  const sleep = async (ms: number, signal?: AbortSignal) => {
    if (ms === 1_000) return later?.close()
    await new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()))
  }
  const host = await undo({ environment: await dockerFrom(), clock: { ...clock, sleep } })
  expect(host.lines).toEqual([
    'Another run on this machine is finishing what this step owes.',
    'The step ended early and owes 1 thing.',
    'Removed shir-1, which never passed its gate.',
    expect.stringMatching(/its record stays/),
  ])
})

test('but no longer than the end of a job may take: it is that run’s then, and that is said', async () => {
  await leave(['intend'])
  await claimJournal(file, bench.host())
  const sleeps: number[] = []
  const clock = fakeClock()
  const sleep = async (ms: number, signal?: AbortSignal) => {
    sleeps.push(ms)
    // Time is up in the second pause.
    if (ms !== 1_000) while (sleeps.filter(one => one === 1_000).length < 2) await new Promise(resolve => setImmediate(resolve))
    await clock.sleep(ms, signal)
  }
  const host = await undo({ clock: { ...clock, sleep } })
  expect(sleeps[0]).toBe(jobEndLimitMs)
  expect(host.lines).toEqual([
    'Another run on this machine is finishing what this step owes.',
    'It has not finished yet; what it leaves is for the next run.',
  ])
  expect(await journals()).toHaveLength(1)
})
