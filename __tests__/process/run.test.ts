import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { childEnvironment, type RunOptions, runProgram } from '../../src/process/run.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { recordingClock } from '../support/recording-clock.ts'

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

/** Runs JavaScript in a process of its own. */
const node = (script: string, options: RunOptions = {}, ...args: readonly string[]) =>
  runProgram(process.execPath, ['-e', script, ...args], bench.host(), options)

test('arguments arrive as they are: no shell reads them; standard input is at its end; the folder is the temporary one', async () => {
  const args = ['a b', '"q"', '$HOME', '`x`', '%PATH%', '', '*', "it's", 'ümlaut', '\\\\', 'a\nb']
  const script = `process.stdin.on('end', () => console.log(JSON.stringify([process.cwd(), ...process.argv.slice(1)]))).resume()`
  const { stdout } = await node(script, {}, '--', ...args)
  expect(JSON.parse(stdout)).toEqual([bench.machine.temp, ...args])
})

test('exit code, both streams, and each line as it comes', async () => {
  const lines: string[] = []
  const finished = await node('console.log("one\\ntwo"); console.error("three"); process.exitCode = 7', {
    onLine: (line, stream) => lines.push(`${stream}: ${line}`),
  })
  expect(finished).toEqual({ code: 7, stdout: 'one\ntwo\n', stderr: 'three\n', timedOut: false })
  expect([...lines].sort()).toEqual(['stderr: three', 'stdout: one', 'stdout: two'])
})

/** Writes chunks one by one, each when the one before has gone. */
const writing = (...chunks: readonly Buffer[]) =>
  `const chunks = ${JSON.stringify(chunks.map(chunk => chunk.toString('hex')))};
  const next = () => { const hex = chunks.shift(); if (hex !== undefined) process.stdout.write(Buffer.from(hex, 'hex'), () => setTimeout(next, 20)) };
  next()`

test.each<[string, readonly Buffer[], readonly string[]]>([
  ['every kind of line end', [Buffer.from('a\nb\r\nc\rd')], ['a', 'b', 'c', 'd']],
  ['a line end across chunks', [Buffer.from('a\r'), Buffer.from('\nb\r'), Buffer.from('c\r')], ['a', 'b', 'c']],
  ['empty lines', [Buffer.from('a\n\n\r\n\r\rb\n')], ['a', '', '', '', '', 'b']],
  ['a line across chunks', [Buffer.from('a'), Buffer.from('b'), Buffer.from('c\n')], ['abc']],
  [
    'a letter across chunks',
    [
      Buffer.from('漢').subarray(0, 1),
      Buffer.from('漢').subarray(1),
      Buffer.from('€').subarray(0, 2),
      Buffer.from('€\n').subarray(2),
    ],
    ['漢€'],
  ],
  ['half a letter at the end', [Buffer.from('a'), Buffer.from('漢').subarray(0, 2)], ['a\ufffd']],
  ['what is no UTF-8', [Buffer.from([0xff, 0x61, 0x0a])], ['\ufffda']],
  ['nothing', [], []],
])('%s', async (_, chunks, expected) => {
  const lines: string[] = []
  await node(writing(...chunks), { onLine: line => lines.push(line) })
  expect(lines).toEqual(expected)
})

describe('50 MB of output', () => {
  test.each([
    ['in lines', 'x'.repeat(99).concat('\\n')],
    ['in one line', 'x'.repeat(100)],
    ['redrawn with lone returns', 'x'.repeat(99).concat('\\r')],
  ])('%s: quick, and not kept', async (_, piece) => {
    const before = process.memoryUsage().rss
    let characters = 0
    let peak = 0
    const began = performance.now()
    const script = `const block = Buffer.from('${piece}'.repeat(10_000)); for (let n = 0; n < 50; n++) require('fs').writeSync(1, block)`
    const { code, stdout } = await node(script, {
      onLine: line => {
        characters += line.length
        if (characters % 1_000 === 0) peak = Math.max(peak, process.memoryUsage().rss)
      },
    })
    expect(code).toBe(0)
    expect(stdout.length).toBeLessThan(5_000_000)
    expect(Math.max(peak, process.memoryUsage().rss) - before).toBeLessThan(150_000_000)
    expect(performance.now() - began).toBeLessThan(8_000)
  })
})

describe('an end that is asked for', () => {
  const untilReady = (cancel: AbortController) => ({ signal: cancel.signal, onLine: () => cancel.abort() })

  test('a signal is SIGINT, which a program can answer', async () => {
    const script = `process.on('SIGINT', () => { console.log('bye'); process.exit(130) }); setInterval(() => {}, 1000); console.log('ready')`
    expect(await node(script, untilReady(new AbortController()))).toMatchObject({
      code: 130,
      stdout: 'ready\nbye\n',
      timedOut: false,
    })
  })

  test('the host’s signal is the default', async () => {
    const cancel = new AbortController()
    const running = runProgram(
      process.execPath,
      ['-e', 'setInterval(() => {}, 1000); console.log(1)'],
      bench.host({ signal: cancel.signal }),
      {
        onLine: () => cancel.abort(),
      },
    )
    expect(await running).toMatchObject({ code: null })
  })

  test('one that does not listen is ended by force after two seconds', async () => {
    const clock = recordingClock()
    const cancel = new AbortController()
    const script = `process.on('SIGINT', () => console.log('no')); setInterval(() => {}, 1000); console.log('ready')`
    const running = runProgram(process.execPath, ['-e', script], bench.host({ clock }), untilReady(cancel))
    expect(await running).toMatchObject({ code: null, timedOut: false })
    expect(clock.sleeps).toEqual([2_000])
  })

  test('one that was cancelled before it began', async () => {
    expect(await node('setInterval(() => {}, 1000)', { signal: AbortSignal.abort() })).toMatchObject({ code: null })
  })

  test('a limit ends it by force, and says so', async () => {
    const script = `process.on('SIGINT', () => {}); setInterval(() => {}, 1000); console.log('ready')`
    expect(await node(script, { limitMs: 300 })).toMatchObject({ code: null, timedOut: true })
  })

  test('a child of its own that holds the output open keeps nobody waiting', async () => {
    const pidFile = path.join(bench.folder, 'pid')
    const began = performance.now()
    const finished = await runProgram('/bin/sh', ['-c', `sleep 60 & echo $! > ${pidFile}; wait`], bench.host(), { limitMs: 300 })
    expect(finished).toMatchObject({ timedOut: true })
    expect(performance.now() - began).toBeLessThan(10_000)
    process.kill(Number(await readFile(pidFile, 'utf8')))
  })
})

test.each(['ENOENT', 'EACCES'])('a program that cannot be started: %s', async code => {
  const file = path.join(bench.folder, 'program')
  if (code === 'EACCES') await writeFile(file, 'x', { mode: 0o644 })
  await expect(runProgram(file, [], bench.host())).rejects.toMatchObject({ code })
})

describe('a child sees', () => {
  const environment = {
    ...{
      PATH: '/bin',
      Path: '/win',
      SystemRoot: 'C:\\Windows',
      HOME: '/h',
      LANG: 'C',
      DOCKER_HOST: 'tcp://h:1',
      DOCKER_CONFIG: '/d',
    },
    ...{
      https_proxy: 'http://p',
      NO_PROXY: 'x',
      RUNNER_TRACKING_ID: 'id',
      'ProgramFiles(x86)': 'C:\\x',
      VSTS_PROCESS_LOOKUP_ID: 'v',
    },
  }
  const hidden = {
    ...{ INPUT_AUTH_KEY: 'k', AUTH_KEY: 'k', ACTIONS_RUNTIME_TOKEN: 't', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't', GITHUB_TOKEN: 't' },
    ...{
      SYSTEM_ACCESSTOKEN: 't',
      ENDPOINT_AUTH_X: 't',
      SECRET_X: 's',
      NODE_OPTIONS: '-r evil',
      LD_PRELOAD: 'evil',
      MYDOCKER_X: 'x',
    },
  }

  test('what it needs, and nothing else', () => {
    expect(childEnvironment({ ...environment, ...hidden, HTTP_PROXY: undefined })).toEqual(environment)
  })

  test('what it is given besides, which goes before', async () => {
    const host = bench.host({ environment: { ...hidden, LANG: 'C', PATH: '/bin' } })
    const { stdout } = await runProgram('/usr/bin/env', [], host, { variables: { AUTH_KEY: 'given', LANG: 'de' } })
    expect(stdout.trim().split('\n').sort()).toEqual(['AUTH_KEY=given', 'LANG=de', 'PATH=/bin'])
  })
})
