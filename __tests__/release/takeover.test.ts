import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { appendFile, chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { MemoryHost } from '../../src/host/memory.ts'
import { type Owner, ownerOf } from '../../src/journal/owner.ts'
import { takeOver } from '../../src/release/takeover.ts'
import { watchCancel } from '../../src/release/tidying.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'

let bench: TestMachine
let host: MemoryHost
let cancel: AbortController
beforeEach(async () => {
  bench = await testMachine()
  cancel = new AbortController()
  const bin = path.join(bench.folder, 'bin')
  await mkdir(bin)
  await mkdir(path.join(bench.machine.tools, 'journal'))
  // An engine that knows nothing.
  await writeFile(path.join(bin, 'docker'), `#!/bin/sh\necho '[]'; echo 'Error: No such container: shir-1' >&2; exit 1\n`)
  await chmod(path.join(bin, 'docker'), 0o755)
  host = bench.host({ environment: { PATH: `${bin}:/bin` }, signal: cancel.signal })
})
afterEach(() => bench.remove())

/** The journal of a run whose process and job are gone. */
async function leave(...events: readonly string[]): Promise<string> {
  const nobody = { pid: 99_999_999 }
  return leaveBy({ process: nobody, job: nobody }, events)
}
async function leaveBy(change: Partial<Owner>, events: readonly string[]): Promise<string> {
  const run = randomUUID()
  const owner = { ...(await ownerOf(run, host)), ...change }
  const debt = { kind: 'container', name: 'shir-1', run }
  const lines = [{ at: 1, event: 'owner', owner }, ...events.map(event => ({ at: 1, event, debt }))]
  await writeFile(
    path.join(bench.machine.tools, 'journal', `${run}.jsonl`),
    lines.map(line => `${JSON.stringify(line)}\n`).join(''),
  )
  return run
}
const take = () => takeOver(bench.machine.tools, host, watchCancel(host))
const journals = () => readdir(path.join(bench.machine.tools, 'journal'))

test('nothing was left: nothing is said', async () => {
  await take()
  expect([host.groups, host.lines]).toEqual([[], []])
})

test('a run that owed nothing any more when it was killed is said to, and its journal goes', async () => {
  const run = await leave('intend', 'settled')
  await take()
  expect(host.groups).toEqual(['What earlier runs left'])
  expect(host.lines).toEqual([`The run ${run} owes nothing any more.`])
  expect(await journals()).toEqual([])
})

test('a node that was to go with its job, and that someone has removed, is said to be gone', async () => {
  await leave('intend', 'deferred')
  await take()
  expect(host.lines).toEqual(['shir-1 goes at the end of its job.', 'shir-1 is gone already.'])
  expect(await journals()).toEqual([])
})

test('a cancel leaves the rest for the next run, and says so', async () => {
  await leave('intend', 'settled')
  cancel.abort()
  await take()
  expect(host.lines).toEqual(['The rest is left for the next run.'])
  expect(await journals()).toHaveLength(1)
})

test('one that cannot be taken over is said, and keeps no other from it', async () => {
  const runs = await Promise.all([1, 2, 3].map(() => leave('intend', 'settled')))
  const [first, second, third] = runs.sort()
  const broken = path.join(bench.machine.tools, 'journal', `${second}.jsonl`)
  // While the first is taken, something that is no file comes to stand where the second was.
  const log = (line: string) => {
    host.log(line)
    if (!line.includes(String(first))) return
    rmSync(broken)
    mkdirSync(broken)
  }
  await takeOver(bench.machine.tools, { ...host, log }, watchCancel(host))
  expect(host.lines).toEqual([
    `The run ${first} owes nothing any more.`,
    `What the run ${second} owes is left for the next run: ${broken} is no file.`,
    `The run ${third} owes nothing any more.`,
  ])
})

test('what lasts as long as a job that runs is left, though its step was killed with something owed', async () => {
  const process = { pid: 99_999_999 }
  const run = await leaveBy({ process }, ['intend', 'deferred'])
  const file = path.join(bench.machine.tools, 'journal', `${run}.jsonl`)
  const owed = { at: 1, event: 'intend', debt: { kind: 'path', path: `/nowhere/shir-build-${randomUUID()}` } }
  await appendFile(file, `${JSON.stringify(owed)}\n`)
  await take()
  expect(host.lines).toEqual([`The run ${run} ended early and owes 1 thing.`])
  expect(await journals()).toEqual([`${run}.jsonl`])
})

test('a file that is no journal is said', async () => {
  await writeFile(path.join(bench.machine.tools, 'journal', 'notes.txt'), '')
  await take()
  expect(host.lines).toEqual(['notes.txt is no journal; it is left as it is.'])
})

test('a folder that cannot be read is said, and ends no step', async () => {
  const root = path.join(bench.machine.tools, 'root')
  await mkdir(root)
  await writeFile(path.join(root, 'journal'), '')
  await takeOver(root, host, watchCancel(host))
  expect(host.lines).toEqual([expect.stringMatching(/^What earlier runs left could not be looked at: .*ENOTDIR/)])
})

test('a cancel in the midst of it lets the debt that is being paid be paid', async () => {
  const run = await leave('intend')
  const labels = JSON.stringify({ 'io.github.shir-container.run': run })
  const state = '{"Status":"running","ExitCode":0,"StartedAt":"2026-01-01T00:00:00Z"}'
  const container = `[{"Id":"c0ffee","Name":"/shir-1","Config":{"Hostname":"h","Labels":${labels},"Env":[]},"State":${state}}]`
  const [docker, removed] = [path.join(bench.folder, 'bin', 'docker'), path.join(bench.folder, 'removed')]
  await writeFile(docker, `#!/bin/sh\n[ "$1" = container ] && echo '${container}' || : > '${removed}'\n`)
  const log = (line: string) => {
    if (line.includes('owes 1 thing')) cancel.abort()
    host.log(line)
  }
  await takeOver(bench.machine.tools, { ...host, log }, watchCancel(host))
  expect(host.lines).toContain('Removed shir-1, which never passed its gate.')
  expect(await readdir(bench.folder)).toContain('removed')
  expect(await journals()).toEqual([])
})
