import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { missingLogin, registryLogin } from '../../src/image/login.ts'
import { registryOf } from '../../src/image/reference.ts'
import { everything, type TestMachine, testMachine } from '../support/machine.ts'

test.each([
  ['shir', 'docker.io'],
  ['shir:5.70', 'docker.io'],
  ['team/shir', 'docker.io'],
  ['docker.io/team/shir:1', 'docker.io'],
  ['index.docker.io/team/shir:1', 'docker.io'],
  ['acme.azurecr.io/shir:5.70', 'acme.azurecr.io'],
  ['registry.example:5000/team/shir@sha256:0', 'registry.example:5000'],
  ['registry:5000/shir', 'registry:5000'],
  ['localhost/shir', 'localhost'],
  ['localhost:5000/shir', 'localhost:5000'],
  ['[::1]:5000/shir', '[::1]:5000'],
  ['Registry/shir', 'Registry'],
  ['', 'docker.io'],
])('the registry of %j is %s', (reference, registry) => {
  expect(registryOf(reference)).toBe(registry)
})

let bench: TestMachine
let home: string
beforeEach(async () => {
  bench = await testMachine()
  home = path.join(bench.folder, 'home')
  await mkdir(path.join(home, '.docker'), { recursive: true })
})
afterEach(() => bench.remove())

const write = (settings: unknown) =>
  writeFile(path.join(home, '.docker', 'config.json'), typeof settings === 'string' ? settings : JSON.stringify(settings))
const secret = 'bWU6bm9ib2R5LXNlZXMtdGhpcw=='
const acr = 'acme.azurecr.io/shir:1'

test.each<[string, string, unknown, string]>([
  ['an entry', acr, { auths: { 'acme.azurecr.io': { auth: secret } } }, 'present'],
  ['a token', acr, { auths: { 'acme.azurecr.io': { identitytoken: secret } } }, 'present'],
  ['an entry by address', acr, { auths: { 'https://acme.azurecr.io/v2/': { auth: secret } } }, 'present'],
  ['an entry for another registry', acr, { auths: { 'other.azurecr.io': { auth: secret } } }, 'absent'],
  ['an entry for another port', 'r.example:5000/x', { auths: { 'r.example': { auth: secret } } }, 'absent'],
  ['an empty entry', acr, { auths: { 'acme.azurecr.io': {} } }, 'absent'],
  ['an emptied entry', acr, { auths: { 'acme.azurecr.io': { auth: '' } } }, 'absent'],
  ['an empty entry beside a store', acr, { auths: { 'acme.azurecr.io': {} }, credsStore: 'wincred' }, 'present'],
  ['a store alone', acr, { credsStore: 'wincred' }, 'unknown'],
  ['no store', acr, { credsStore: '' }, 'absent'],
  ['a helper', acr, { credHelpers: { 'acme.azurecr.io': 'acr-env' } }, 'present'],
  ['a helper for another registry', acr, { credHelpers: { 'ghcr.io': 'x' } }, 'absent'],
  ['Docker Hub', 'team/shir', { auths: { 'https://index.docker.io/v1/': { auth: secret } } }, 'present'],
  ['Docker Hub, by its short name', 'docker.io/team/shir', { auths: { 'docker.io': { auth: secret } } }, 'present'],
  ['another registry than Docker Hub', 'team/shir', { auths: { 'ghcr.io': { auth: secret } } }, 'absent'],
  ['no entries', acr, {}, 'absent'],
  ['entries of another form', acr, { auths: [secret], credHelpers: null, credsStore: 7 }, 'absent'],
  ['an entry of another form', acr, { auths: { 'acme.azurecr.io': secret } }, 'absent'],
  ['a broken file', acr, `{"auths":{"acme.azurecr.io":{"auth":"${secret}"`, 'unknown'],
  ['a file of another form', acr, '[]', 'absent'],
  ['a file that is a text', acr, '"auths"', 'unknown'],
  ['this machine', '127.0.0.1:5000/shir', {}, 'unneeded'],
  ['this machine by name', 'localhost:5000/shir', 'broken', 'unneeded'],
  ['this machine by its newer number', '[::1]:5000/shir', {}, 'unneeded'],
])('with %s the login for %s', async (_, reference, settings, expected) => {
  await write(settings)
  const host = bench.host({ environment: { HOME: home } })
  expect(await registryLogin(reference, host)).toBe(expected)
  expect(everything(host)).not.toContain(secret)
})

test('without settings there is none, and where they cannot be looked for it is not known', async () => {
  expect(await registryLogin(acr, bench.host({ environment: { HOME: home } }))).toBe('absent')
  expect(await registryLogin(acr, bench.host({ environment: {} }))).toBe('unknown')
  await mkdir(path.join(home, '.docker', 'config.json')) // what no user may read is read by the user of these tests
  expect(await registryLogin(acr, bench.host({ environment: { HOME: home } }))).toBe('unknown')
})

test('DOCKER_CONFIG and DOCKER_AUTH_CONFIG are honoured', async () => {
  await writeFile(path.join(home, 'config.json'), JSON.stringify({ auths: { 'acme.azurecr.io': { auth: secret } } }))
  expect(await registryLogin(acr, bench.host({ environment: { HOME: '/none', DOCKER_CONFIG: home } }))).toBe('present')
  const inVariable = (text: string) => bench.host({ environment: { HOME: '/none', DOCKER_AUTH_CONFIG: text } })
  expect(await registryLogin(acr, inVariable(`{"auths":{"acme.azurecr.io":{"auth":"${secret}"}}}`))).toBe('present')
  expect(await registryLogin(acr, inVariable('{"auths":{}}'))).toBe('absent')
  expect(await registryLogin(acr, inVariable('broken'))).toBe('absent')
})

test.each([
  [acr, 'az acr login -n acme,'],
  ['acme.azurecr.cn/shir:1', 'az acr login -n acme,'],
  ['ghcr.io/team/shir:1', 'docker login ghcr.io,'],
  ['team/shir:1', 'docker login,'],
  ['acme.azurecr.io.example/shir:1', 'docker login acme.azurecr.io.example,'],
])('a push of %s without a login: %s', (reference, command) => {
  expect(missingLogin(reference)).toEqual({
    code: 'registry-login-missing',
    message: expect.stringMatching(
      new RegExp(`no login for .*, to which ${reference.replaceAll('.', '\\.')} .*: ${command}.*Docker@2`),
    ),
  })
})
