import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/** A command of the repository's own that must end well. */
export interface Check {
  readonly title: string
  /** A program of `node_modules/.bin`, and its arguments. */
  readonly command: readonly [program: string, ...args: readonly string[]]
}

export const bundlesCheck: Check = { title: 'bundles', command: ['tsx', 'tools/build.ts'] }

const root = path.resolve(import.meta.dirname, '..')

/**
 * Runs the checks, then the tests, whatever became of the checks, and tells on the last line how many passed and failed: each check
 * is one, each test is one.
 * @returns how many failed
 */
export async function prove(
  checks: readonly Check[],
  jestArguments: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'shir-test-'))
  const report = path.join(folder, 'report.json')
  let passed = 0
  let failed = 0
  for (const check of checks) {
    if (await succeeds(check, environment)) passed++
    else failed++
  }
  await succeeds({ title: 'tests', command: ['jest', '--json', `--outputFile=${report}`, ...jestArguments] }, environment)
  const tests = JSON.parse(await readFile(report, 'utf8').catch(() => '{"numFailedTests":1}')) as Partial<
    Record<'numPassedTests' | 'numFailedTests' | 'numRuntimeErrorTestSuites' | 'numPendingTests', number>
  >
  await rm(folder, { recursive: true, force: true })
  passed += tests.numPassedTests ?? 0
  failed += (tests.numFailedTests ?? 0) + (tests.numRuntimeErrorTestSuites ?? 0)
  if (tests.numPendingTests)
    console.log(`${tests.numPendingTests} tests were skipped, because this machine lacks what they need.`)
  // What .ci/run forbids: a skip there is a hole in the proof.
  if (environment.SKIPS_FORBIDDEN === '1') failed += tests.numPendingTests ?? 0
  console.log(`${passed} passed, ${failed} failed`)
  return failed
}

async function succeeds(
  { title, command: [program, ...args] }: Check,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const began = performance.now()
  const isWindows = process.platform === 'win32'
  const command = path.join(root, 'node_modules', '.bin', isWindows ? `${program}.cmd` : program)
  const isGood = await new Promise<boolean>(resolve => {
    const child = spawn(command, args, { cwd: root, env: { ...environment }, stdio: 'inherit', shell: isWindows })
    child.once('error', () => resolve(false))
    child.once('close', code => resolve(code === 0))
  })
  console.log(`── ${title}: ${isGood ? 'good' : 'BAD'} (${((performance.now() - began) / 1_000).toFixed(1)} s)`)
  return isGood
}
