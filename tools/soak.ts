import { bundlesCheck, prove } from './proof.ts'

/**
 * `npm run soak`: the bundles, then the long forms of the lifecycle's proofs, one suite at a time. Each prints its figure. What is
 * given in the environment stands, as in `SOAK_RUNS=1000 npm run soak`; arguments name other suites, as in
 * `npm run soak -- __tests__/lifecycle/kill`.
 */
const long = { SOAK_RUNS: '200', KILL_POINTS: '100', RACE_ROUNDS: '100' }
const suites = ['soak', 'kill', 'two-jobs'].map(name => `__tests__/lifecycle/${name}.test.ts`)
const asked = process.argv.slice(2)

const failed = await prove([bundlesCheck], ['--runInBand', ...(asked.length > 0 ? asked : suites)], { ...long, ...process.env })
process.exitCode = failed === 0 ? 0 : 1
