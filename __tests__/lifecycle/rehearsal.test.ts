import { execFile } from 'node:child_process'
import path from 'node:path'
import { repository } from '../bundles/copies.ts'

function rehearse(scenario: string): Promise<{ readonly code: number; readonly said: string }> {
  const tsx = path.join(repository, 'node_modules', 'tsx', 'dist', 'cli.mjs')
  return new Promise(resolve => {
    const argv = [tsx, 'rehearsal/main.ts', '--scenario', scenario]
    const child = execFile(process.execPath, argv, { cwd: repository, maxBuffer: 1e8 }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    )
  })
}

test('npm start -- --scenario cancelled: the step takes its container back, and says so', async () => {
  const { code, said } = await rehearse('cancelled')
  expect(code).toBe(1)
  expect(said).toMatch(/^reason=cancelled$/m)
  expect(said).toContain('Removed shir-1, which never passed its gate.')
})

test('npm start -- --scenario killed: the next run takes back what the killed one left, and succeeds', async () => {
  const { code, said } = await rehearse('killed')
  expect(code).toBe(0)
  expect(said).toContain('What earlier runs left')
  expect(said).toContain('Removed shir-1, which never passed its gate.')
  expect(said).toMatch(/^verdict=healthy$/m)
})
