import { execFile } from 'node:child_process'
import path from 'node:path'
import { plays } from '../../rehearsal/plays.ts'
import { repository } from '../bundles/copies.ts'

/** `npm start -- …`. */
function rehearse(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const tsx = path.join(repository, 'node_modules', 'tsx', 'dist', 'cli.mjs')
  return new Promise(resolve => {
    const argv = [tsx, 'rehearsal/main.ts', ...args]
    const child = execFile(process.execPath, argv, { cwd: repository, maxBuffer: 1e8 }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    )
  })
}

/** Exit code, reason, and what a viewer came to see. */
const ends: Readonly<Record<keyof typeof plays, readonly [code: number, reason: string, shows: string]>> = {
  healthy: [0, '', 'verdict=healthy'],
  'bad-key': [1, 'invalid-key', 'Removed shir-1, which never passed its gate.'],
  'never-healthy': [1, 'unhealthy', 'Removed shir-1, which never passed its gate.'],
  exits: [1, 'exited', 'What shir-1 said last'],
  'restart-loop': [1, 'restart-loop', 'Removed shir-1, which never passed its gate.'],
  'second-node-refused': [1, 'node-limit', 'shir-1 stays as it is'],
  cancelled: [1, 'cancelled', 'Removed shir-1, which never passed its gate.'],
  killed: [0, '', 'What earlier runs left'],
}

test.each(Object.keys(plays))('npm start -- --scenario %s ends as it says', async name => {
  const [code, reason, shows] = ends[name] ?? []
  const ended = await rehearse('--scenario', name)
  expect(ended.said).toContain(shows)
  expect({ code: ended.code, reason: /^reason=(.*)$/m.exec(ended.said)?.[1] ?? '' }).toEqual({ code, reason })
})

test('npm start -- --list names each scenario with what it shows; an unknown one is refused with that list', async () => {
  const { code, said } = await rehearse('--list')
  expect(code).toBe(0)
  for (const [name, { shows }] of Object.entries(plays)) expect(said).toMatch(new RegExp(`${name}\\s.*${shows.slice(0, 20)}`))
  const unknown = await rehearse('--scenario', 'nothing')
  expect(unknown.code).not.toBe(0)
  expect(unknown.said).toContain('never-healthy')
})
