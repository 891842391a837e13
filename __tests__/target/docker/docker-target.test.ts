import { access, chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { NodePlan } from '../../../src/contract/values.ts'
import { openDocker } from '../../../src/engine/docker.ts'
import type { EngineFacts } from '../../../src/engine/preflight.ts'
import type { Clock } from '../../../src/host/host.ts'
import { systemClock } from '../../../src/host/process-parts.ts'
import { openJournal } from '../../../src/journal/journal.ts'
import { dockerTarget } from '../../../src/target/docker/docker-target.ts'
import { image } from '../../report/stories.ts'
import { type TestMachine, testMachine } from '../../support/machine.ts'

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

const plan: NodePlan = {
  ...{ name: 'eu', container: 'shir-1', hostname: 'h-1', variables: [], labels: [], restartPolicy: 'no', volumes: [] },
  ...{ isolation: undefined, memory: undefined, cpus: undefined, network: undefined, ownNetwork: undefined },
}

test('an engine that takes a node and says nothing more is given up after ten minutes; the node stays owed', async () => {
  const bin = path.join(bench.folder, 'bin')
  const mark = path.join(bench.folder, 'hangs')
  await mkdir(bin)
  await writeFile(path.join(bin, 'docker'), `#!/bin/sh\n: > '${mark}'\nexec sleep 3600\n`)
  await chmod(path.join(bin, 'docker'), 0o755)
  const isHung = () =>
    access(mark).then(
      () => true,
      () => false,
    )
  const clock: Clock = {
    ...systemClock,
    sleep: async (ms, signal) => {
      if (ms !== 600_000) return systemClock.sleep(ms, signal)
      while (!(await isHung())) await new Promise(resolve => setImmediate(resolve))
    },
  }
  const host = bench.host({ clock, environment: { PATH: `${bin}:/bin:/usr/bin` } })
  const journal = openJournal(bench.machine.tools, host)
  const engine = { os: 'linux', apiVersion: '1.41' } as EngineFacts
  await expect(dockerTarget(await openDocker(host), engine, host, journal).add(plan, image)).rejects.toMatchObject({
    code: 'engine-unreachable',
    message: expect.stringContaining('"docker run" did not answer in 600 s'),
  })
  expect(journal.owed()).toEqual([{ kind: 'container', name: 'shir-1', run: journal.id }])
})
