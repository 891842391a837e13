import { readFileSync } from 'node:fs'
import path from 'node:path'
import { reasons } from '../../src/contract/reasons.ts'
import { advice, diagnose } from '../../src/gate/diagnosis.ts'

const token = 'Failed to get service token from ADF service with key'

test.each([
  ['Invalid AUTH_KEY Value', 'missing-key'],
  ['[11/22/2026 10:00:00] INVALID auth_key value', 'missing-key'],
  ['Registration of node failed: InvalidGatewayKey: refused', 'invalid-key'],
  [`${token} IR@x, error: The authentication key is wrong`, 'invalid-key'],
  [`${token}: The remote name could not be resolved: 'x.azure.net'`, 'service-unreachable'],
  [`${token}: Unable to connect to the remote server`, 'service-unreachable'],
  [`${token}, the error code is: InvalidGatewayKey: Client IP address is not valid private ip`, 'service-unreachable'],
  ['The remote server returned an error: (407) Proxy Authentication Required.', 'service-unreachable'],
  ['Registration of new node is forbidden when Remote Access is disabled on another node.', 'registration-forbidden'],
  ['ErrorCode: 1847: the expiry differs', 'ae-mismatch'],
  ['errorcode 1847', 'ae-mismatch'],
  ['The error code is: 1847.', 'ae-mismatch'],
  ['ErrorCode: 1500, no more nodes', 'node-limit'],
  ['The container operating system does not match the host operating system.', 'os-mismatch'],
  ['no matching manifest for windows/amd64 10.0.20348', 'os-mismatch'],
  ['hcsshim::System::Start: 0xc0370106', 'os-mismatch'],
])('%j means %s', (line, code) => {
  expect(diagnose(['before', line, 'after'])).toEqual({ code, line })
})

test.each([
  '',
  'ErrorCode: 18470',
  'ErrorCode: 21500',
  'node is registered',
  'diahost.exe is running',
  'The remote name could not be resolved',
])('%j means nothing', line => {
  expect(diagnose([line, line])).toBeUndefined()
})

test('the host process may be gone once: SHIR restarts itself', () => {
  expect(diagnose(['diahost.exe is not running'])).toBeUndefined()
  expect(diagnose(['diahost.exe is not running', 'x', 'Diahost.exe is not running, again'])).toEqual({
    code: 'exited',
    line: 'Diahost.exe is not running, again',
  })
})

test('the first proof counts', () => {
  expect(diagnose(['ErrorCode: 1500', 'InvalidGatewayKey'])?.code).toBe('node-limit')
})

test('what the image’s own scripts repeat is no proof: they may be about to try again', () => {
  const own = (text: string) => `[2026-11-22T10:00:00Z] ${text}`
  const lines = [own(`dmgcmd: ${token}: The remote name could not be resolved: 'x'`), own('dmgcmd: InvalidGatewayKey')]
  expect(diagnose([...lines, own('trying again in 10 s')])).toBeUndefined()
  expect(diagnose([...lines, own('ERROR: No.'), 'SHIR-EVENT {"code":"service-unreachable"}'])).toEqual({
    code: 'service-unreachable',
    line: own('ERROR: No.'),
  })
})

describe('the image’s own word', () => {
  const event = (code: string) => `SHIR-EVENT {"code":"${code}"}`

  test.each([
    ...['missing-key', 'invalid-key', 'registration-forbidden', 'node-limit', 'ae-mismatch', 'service-unreachable'],
    ...['registration-failed', 'invalid-input', 'internal', 'exited'],
  ])('%s is taken', code => {
    expect(diagnose([event(code)])?.code).toBe(code)
  })

  test('goes before what the lines around it look like, and the line before it says it in words', () => {
    expect(diagnose([`Output: ${token}`, 'ERROR: no network.', event('service-unreachable')])).toEqual({
      code: 'service-unreachable',
      line: 'ERROR: no network.',
    })
  })

  test.each([
    event('no-such-code'),
    event('toString'),
    event('__proto__'),
    event('constructor'),
    event(''),
    `text ${event('invalid-key')} text`,
    `a log line that says ${event('invalid-key')}`,
    'SHIR-EVENT {"code":"invalid-key',
    'SHIR-EVENT {"code":["invalid-key"]}',
    'SHIR-EVENT invalid-key',
    ...['cancelled', 'docker-missing', 'installer-hash-mismatch', 'push-failed', 'engine-unreachable', 'gone', 'timeout'].map(
      event,
    ),
  ])('%s is none that a container can give', line => {
    expect(diagnose([line])).toBeUndefined()
  })
})

test('advice is given for codes that exist', () => {
  for (const code of Object.keys(advice)) expect(reasons).toHaveProperty(code)
  const found = [
    'missing-key',
    'invalid-key',
    'registration-forbidden',
    'node-limit',
    'ae-mismatch',
    'service-unreachable',
  ] as const
  for (const code of found) expect(`${advice[code]} ${reasons[code]}`).not.toContain('undefined')
})

test('every code that the image’s entry point gives is one that is taken', () => {
  const setup = readFileSync(path.resolve(__dirname, '../../container/SHIR/setup.ps1'), 'utf8')
  const table = /\$ExitCodes = @\{([^}]*)\}/.exec(setup)?.[1] ?? ''
  const codes = [...table.matchAll(/'([a-z-]+)'\s*=/g)].map(([, code = '']) => code)
  expect(codes.length).toBeGreaterThan(5)
  for (const code of codes) expect(diagnose([`SHIR-EVENT {"code":"${code}"}`])?.code).toBe(code)
})
