import { bundlesCheck, prove } from './proof.ts'

/**
 * `npm test`: types, style, what is generated, the bundles, then every test against them. Arguments go to jest, as in
 * `npm test -- __tests__/gate`. The last line tells what passed and failed.
 */
const checks = [
  { title: 'types', command: ['tsc', '--noEmit'] },
  { title: 'style', command: ['biome', 'check', '.'] },
  { title: 'generated files', command: ['tsx', 'tools/generate.ts', '--check'] },
  bundlesCheck,
] as const

process.exitCode = (await prove(checks, process.argv.slice(2))) === 0 ? 0 : 1
