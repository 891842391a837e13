import { contents, type Trial } from './findings.ts'
import { runInputs, type Scenario } from './scenario.ts'

const dry = { stage: { docker: 'missing' }, expected: { verdict: 'skipped' } } as const

/** Runs that only say what they would do. */
export const dryRuns: readonly Scenario[] = [
  {
    ...dry,
    name: 'dry run of build',
    inputs: { mode: 'build', dryRun: 'true', image: 'mine:1' },
    also: trial => expectNothingDone(trial, /docker build [\s\S]*docker tag -- <id> mine:1/),
  },
  {
    ...dry,
    name: 'dry run of run, with two nodes',
    inputs: ({ files }) => ({
      ...runInputs(undefined, {
        dryRun: 'true',
        nodeCount: '2',
        enableHa: 'true',
        msiUrl: `${files.address}/absent.msi?sig=hidden-word`,
      }),
      msiPath: '',
    }),
    secrets: ['hidden-word'],
    onNode24: true,
    async also(trial) {
      await expectNothingDone(trial, /docker run .*--name shir-2.* (?:-e|--env) AUTH_KEY /)
      expect(trial.record.raw).toContain('docker network create')
      expect(trial.record.summary).toMatch(/dry run/i)
    },
  },
  {
    ...dry,
    name: 'dry run of run, with an image',
    inputs: { ...runInputs(undefined, { dryRun: 'true', image: 'mine:1' }), msiPath: '', msiSha256: '' },
    also: trial => expectNothingDone(trial, /docker run .*-- mine:1/),
  },
  {
    ...dry,
    name: 'dry run of gate',
    inputs: { mode: 'gate', dryRun: 'TRUE', containerName: 'theirs' },
    also: trial => expectNothingDone(trial, /docker (?:container )?(?:ps|inspect|events)/),
  },
  {
    ...dry,
    name: 'dry run of remove',
    inputs: { mode: 'remove', dryRun: 'true', nodeName: 'theirs' },
    also: trial =>
      expectNothingDone(trial, /docker update --restart=no -- <id>[\s\S]*docker stop -t 60 -- <id>[\s\S]*docker rm /),
  },
]

async function expectNothingDone({ record, stage, calls }: Trial, command: RegExp): Promise<void> {
  expect(record.raw).toMatch(command)
  expect(calls.main).toEqual([])
  expect(await stage.children()).toEqual([])
  expect(await contents(stage.folders.toolCache)).toEqual({})
}
