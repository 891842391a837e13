import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ACTION, action, complete, core, PRINT_ENVIRONMENT, printedEnvironment, TASK, task, taskLib } from './steps.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'runners-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

describe('GitHub', () => {
  test('hands over inputs, paths and the context, and nothing of the test', async () => {
    process.env.LEAK_OF_THE_TEST = 'x'
    const workspace = join(home, 'workspace')
    const record = await action(`${PRINT_ENVIRONMENT}; console.log(process.cwd())`, {
      inputs: { 'Image-Name': 'mine' },
      environment: { EXTRA: '1' },
      workspace,
      debug: true,
    })
    delete process.env.LEAK_OF_THE_TEST
    const environment = printedEnvironment(record.raw)
    expect(environment).toMatchObject({
      'INPUT_IMAGE-NAME': 'mine',
      INPUT_SECOND_INPUT: '',
      INPUT_COMMIT: environment.GITHUB_SHA,
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      RUNNER_DEBUG: '1',
      RUNNER_ENVIRONMENT: 'self-hosted',
      EXTRA: '1',
    })
    expect(environment).not.toHaveProperty('LEAK_OF_THE_TEST')
    expect(record.raw).toContain(`\n${workspace}\n`)
    expect(record).toMatchObject({ outcome: 'succeeded', exitCode: 0, warnings: [] })
  })

  test('complains of unexpected and deprecated inputs, and goes on', async () => {
    const record = await action('', { inputs: { imagename: 'x', old: 'y' } })
    expect(record.warnings).toEqual([
      "Input 'old' has been deprecated with message: use image-name",
      "Unexpected input(s) 'imagename', valid inputs are ['image-name', 'second input', 'commit', 'old']",
    ])
    expect(record.outcome).toBe('succeeded')
  })

  test('understands the real @actions/core, and gives its state to post', async () => {
    const record = await action(
      `import * as core from '${core}'
       core.setSecret('line one\\nline two')
       core.saveState('name', 'a\\nb')
       core.setOutput('image-id', 'sha256:1')
       core.exportVariable('FROM_MAIN', 'x')
       core.addPath('/from/main')
       core.startGroup('Build'); core.info('see line two'); core.endGroup()
       core.warning('careful', { title: 'T' })
       core.debug('hidden')
       await core.summary.addHeading('H').addRaw('line one').write()
       core.setFailed('broken')`,
      { post: `import * as core from '${core}'; core.info('post ' + core.getState('name')); ${PRINT_ENVIRONMENT}` },
    )
    expect(record).toMatchObject({
      outcome: 'failed',
      exitCode: 1,
      outputs: { 'image-id': 'sha256:1' },
      state: { name: 'a\nb' },
      masks: ['line one\nline two'],
      groups: ['Build'],
      annotations: [
        { level: 'warning', message: 'careful', title: 'T' },
        { level: 'error', message: 'broken' },
      ],
    })
    expect(record.summary).toBe('<h1>H</h1>\n***')
    expect(record.log).toBe('##[group]Build\nsee ***\n##[endgroup]\n##[warning]careful\n##[error]broken')
    expect(record.post).toMatchObject({ outcome: 'succeeded', exitCode: 0 })
    expect(record.post?.log).toContain('post a\nb')
    expect(printedEnvironment(record.post?.raw)).toMatchObject({
      FROM_MAIN: 'x',
      PATH: expect.stringMatching(/^\/from\/main:/),
    })
  })

  test('executes what foreign output forges, on both streams, and behind a lone carriage return', async () => {
    const record = await action(
      `console.error('log: ##[set-output name=id]forged')
       process.stdout.write('progress\\r::notice::told\\n')
       console.log('text ::error::not at the start')
       console.log('##[section]Start')`,
    )
    expect(record.outputs).toEqual({ id: 'forged' })
    expect(record.annotations).toEqual([{ level: 'notice', message: 'told' }])
    expect(record.log).toContain('text ::error::not at the start')
    expect(record.commands.map(({ name }) => name).sort()).toEqual(['notice', 'section', 'set-output'])
    expect(record.warnings).toEqual(["Unknown command 'section' was taken as text."])
  })

  test('executes nothing between stop-commands and its token', async () => {
    const record = await action(
      `console.log('::stop-commands::0123456789')
       console.log('::error::a'); console.log('##[set-output name=id]b'); console.log('::another::')
       console.log('::0123456789::')
       console.log('::error::c')`,
    )
    expect(record.annotations).toEqual([{ level: 'error', message: 'c' }])
    expect(record.commands.map(({ name }) => name)).toEqual(['stop-commands', 'error'])
    expect(record.log).toBe('::stop-commands::***\n::error::a\n##[set-output name=id]b\n::another::\n::***::\n##[error]c')
  })

  test.each([
    ['a disabled command', "console.log('::set-env name=A::b')", '`set-env` command is disabled'],
    ['an unknown stop token', "console.log('::stop-commands::warning')", 'cannot use a endToken'],
    [
      'a malformed command file',
      "import fs from 'node:fs'; fs.writeFileSync(process.env.GITHUB_OUTPUT, 'good=1\\nbad')",
      "Invalid format 'bad'",
    ],
  ])('%s fails a step that exits with 0', async (_, script, complaint) => {
    const record = await action(script)
    expect(record).toMatchObject({ outcome: 'failed', exitCode: 0, annotations: [] })
    expect(record.warnings.join('\n')).toContain(complaint)
  })

  test.each([
    [1024 * 1024, 1024 * 1024, 0],
    [1024 * 1024 + 1, 0, 1],
  ])('of a summary of %i bytes %i are kept', async (size, kept, complaints) => {
    const record = await action(
      `import fs from 'node:fs'; fs.writeFileSync(process.env.GITHUB_STEP_SUMMARY, 'x'.repeat(${size}))`,
    )
    expect(record.summary).toHaveLength(kept)
    expect(record.warnings).toHaveLength(complaints)
    expect(record.outcome).toBe('succeeded')
  })

  test('keeps ten annotations of a level, and masks registered secrets from the start', async () => {
    const record = await action("for (let i = 0; i < 12; i++) console.log('::error::the secret ' + i)", { secrets: ['secret'] })
    expect(record.annotations).toHaveLength(10)
    expect(record.log.split('\n')).toHaveLength(12)
    expect(record.log).not.toContain('secret')
    expect(record.raw).toContain('the secret 11')
  })

  test('cleans up its own folders and leaves those of the test', async () => {
    const temp = join(home, 'temp')
    const record = await action(
      `import fs from 'node:fs'; fs.writeFileSync(process.env.RUNNER_TEMP + '/left', ''); ${PRINT_ENVIRONMENT}`,
      { temp },
    )
    expect(await readdir(temp)).toEqual(['left'])
    await expect(readdir(printedEnvironment(record.raw).RUNNER_TOOL_CACHE ?? '/')).rejects.toThrow('ENOENT')
  })

  test.each([
    ['an unknown runtime', ACTION.replace('node24', 'node26'), "'using: node26' is not supported"],
    ['a missing script', ACTION.replace('post.mjs', 'gone.mjs'), 'File not found'],
  ])('does not load an action with %s', async (_, manifest, message) => {
    await expect(action('', { manifest })).rejects.toThrow(message)
  })
})

describe('Azure', () => {
  test('hands over inputs, paths and variables, and nothing of the test', async () => {
    process.env.LEAK_OF_THE_TEST = 'x'
    const workspace = join(home, 'workspace')
    const record = await task(`${PRINT_ENVIRONMENT}; console.log(process.cwd())`, {
      inputs: { image: ' $(Build.BuildId)-$(authKey)-$(none) ', other: 'o' },
      environment: { SECRET_AUTHKEY: 'the-key', EXTRA: '1' },
      secrets: ['more'],
      workspace,
    })
    delete process.env.LEAK_OF_THE_TEST
    const environment = printedEnvironment(record.raw)
    expect(environment).toMatchObject({
      INPUT_IMAGENAME: '123-the-key-$(none)',
      INPUT_CONTEXT: workspace,
      INPUT_OTHER: 'o',
      SECRET_AUTHKEY: 'the-key',
      SECRET_REGISTEREDSECRET1: 'more',
      VSTS_SECRET_VARIABLES: '["AUTHKEY","registeredSecret1"]',
      BUILD_SOURCESDIRECTORY: workspace,
      SYSTEM_DEBUG: 'false',
      TF_BUILD: 'True',
      EXTRA: '1',
    })
    expect(environment).not.toHaveProperty('LEAK_OF_THE_TEST')
    expect(record.raw).toContain(`\n${workspace}\n`)
    expect(record.log).not.toContain('the-key')
  })

  test('understands the real task-lib, and gives task variables to post', async () => {
    const record = await task(
      `import tl from '${taskLib}'
       import fs from 'node:fs'
       console.log('##[group]Build')
       tl.setSecret('the key')
       tl.setVariable('imageId', 'a;b]c%d', false, true)
       tl.setVariable('plain', 'p')
       tl.setTaskVariable('State.One', 'x\\ny')
       tl.setProgress(40, 'building the key')
       tl.warning('careful with the key')
       const file = tl.getVariable('Agent.TempDirectory') + '/summary.md'
       fs.writeFileSync(file, '# Done')
       tl.uploadSummary(file)
       console.log('input ' + tl.getInput('imageName'))
       tl.setResult(tl.TaskResult.SucceededWithIssues, 'partly')`,
      {
        inputs: { imageName: 'mine' },
        post: `import tl from '${taskLib}'; console.log(tl.getTaskVariable('State.One'), tl.getVariable('plain'))`,
      },
    )
    expect(record).toMatchObject({
      outcome: 'succeededWithIssues',
      exitCode: 0,
      outputs: { imageId: 'a;b]c%d' },
      masks: ['the key'],
      groups: ['Build'],
      state: { 'State.One': 'x\ny' },
      summary: '# Done',
      progress: [{ percent: 40, text: 'building the key' }],
      annotations: [
        { level: 'warning', message: 'careful with ***' },
        // task-lib's own: it tells the message of this result as a warning.
        { level: 'warning', message: 'partly' },
      ],
      warnings: [],
    })
    expect(record.log).toContain('input mine')
    expect(record.log).not.toContain('##vso')
    expect(record.log).not.toContain('##[debug]')
    expect(record.post?.log).toBe('x\ny p')
  })

  test('shows debug lines and processed commands only in a debug run, masked', async () => {
    const main = `import tl from '${taskLib}'; tl.setSecret('the key'); tl.debug('now the key')`
    const record = await task(main, { debug: true })
    expect(record.log).toContain('##[debug]now ***')
    expect(record.log).toContain('##[debug]Processed: ##vso[task.setsecret]***')
    expect((await task(main)).log).toBe('')
  })

  test('executes a command at any place of a line of either stream', async () => {
    const record = await task("console.error('log: ##vso[task.setvariable variable=id;isOutput=true]forged')")
    expect(record.outputs).toEqual({ id: 'forged' })
    expect(record.log).toBe('')
  })

  test('refuses variables that the task does not list', async () => {
    const manifest = {
      ...TASK,
      outputVariables: [{ name: 'imageId' }],
      restrictions: { settableVariables: { allowed: ['image*'] } },
    }
    const record = await task(
      "for (const name of ['imageId', 'PATH', 'preimage']) console.log('##vso[task.setvariable variable=' + name + ']x'); console.log('##vso[task.prependpath]/x')",
      { manifest },
    )
    expect(record.outputs).toEqual({ imageId: 'x' })
    expect(record.warnings.map(warning => /'(.*)'/.exec(warning)?.[1])).toEqual(['PATH', 'preimage', 'PATH'])
    expect(record.outcome).toBe('succeeded')
  })

  test('in restricted mode a summary is refused', async () => {
    const manifest = { ...TASK, restrictions: { commands: { mode: 'restricted' } } }
    const record = await task(
      "console.log('##vso[task.uploadsummary]/etc/hostname'); console.log('##vso[task.setprogress value=150]x')",
      { manifest },
    )
    expect(record.warnings).toEqual([expect.stringContaining('policy restrictions')])
    expect(record.progress).toEqual([{ percent: 100, text: 'x' }])
  })

  test.each([
    [complete('Succeeded', 'Failed', 'Succeeded'), 'failed'],
    [complete('SucceededWithIssues', 'Succeeded'), 'succeededWithIssues'],
    [complete('Canceled', 'Failed'), 'cancelled'],
    [complete('Cancelled'), 'failed'],
    [`${complete('Succeeded')}; process.exitCode = 1`, 'failed'],
    ["console.log('##vso[task.logissue type=notice]x')", 'failed'],
    ["console.log('##vso[task.nothing]x')", 'failed'],
    ["console.log('##vso[nothing.task]x')", 'succeeded'],
    ["console.log('see ##vso for help')", 'succeeded'],
    ["console.log('##vso[task.uploadsummary]/none.md')", 'failed'],
  ] as const)('%s: %s', async (script, outcome) => {
    const record = await task(script)
    expect(record.outcome).toBe(outcome)
    expect(record.annotations).toEqual([])
  })

  test('a required input fails the task before it starts, unless its rule hides it', async () => {
    const required = (visibleRule: string) => ({
      ...TASK,
      inputs: [
        { name: 'factory', required: true, visibleRule },
        { name: 'mode', defaultValue: 'deploy' },
      ],
    })
    expect(await task("console.log('ran')", { manifest: required('mode = deploy') })).toMatchObject({
      outcome: 'failed',
      exitCode: null,
      raw: '',
      warnings: ['Input required: factory'],
      post: undefined,
    })
    expect(await task("console.log('ran')", { manifest: required('mode = deploy && mode != deploy') })).toMatchObject({
      raw: 'ran\n',
    })
  })

  test('runs the picked handler, and by itself the newest', async () => {
    const manifest = { ...TASK, execution: { Node20_1: { target: 'main.mjs' }, Node24: { target: 'post.mjs' } } }
    const scripts = { manifest, post: "console.log('24')", runPost: false }
    expect((await task("console.log('20')", scripts)).raw).toBe('24\n')
    expect((await task("console.log('20')", { ...scripts, pickHandler: 'Node20_1' })).raw).toBe('20\n')
    await expect(task('', { ...scripts, pickHandler: 'Node24_1' })).rejects.toThrow("no execution handler 'Node24_1'")
  })
})
