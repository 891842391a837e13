import { copyFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { fill, fingerprint } from '../image/folders.ts'
import { everything } from '../support/machine.ts'
import { msiPath, msiSha256, running, type Stage, setStage, version } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await setStage()
})
afterEach(() => stage.remove())

/** What the built-in Dockerfile installs SHIR with. */
const installs = 'RUN powershell C:/SHIR/build.ps1\n'
const building = { mode: 'build', msiPath, msiSha256 }
const context = (dockerfile: string, files: Readonly<Record<string, string>> = {}) =>
  fill(path.join(stage.machine.workspace, 'mine'), { Dockerfile: dockerfile, 'SHIR/setup.ps1': '', ...files })
const buildCall = () => stage.engine.calls().find(({ argv }) => argv[0] === 'build')?.argv ?? []

test('references, arguments and labels reach the image; the first reference is the output', async () => {
  const host = await stage.play({
    ...building,
    image: 'a.azurecr.io/shir:5\nshir:latest',
    labels: 'team=data',
    baseImage: 'mcr.microsoft.com/windows/servercore:ltsc2022',
  })
  expect(host.annotations).toEqual([])
  expect(host.outputs).toMatchObject({ image: 'a.azurecr.io/shir:5', verdict: 'skipped', nodes: '[]', built: 'true' })
  const [image] = JSON.parse(await stage.docker('image', 'inspect', '--', 'shir:latest'))
  expect(image).toMatchObject({
    Id: host.outputs.imageId,
    RepoTags: ['a.azurecr.io/shir:5', expect.stringMatching(/^a\.azurecr\.io\/shir:shir-[0-9a-f]{32}$/), 'shir:latest'],
    Config: {
      Labels: { team: 'data', 'io.github.shir-container.shir-version': version, 'org.opencontainers.image.version': version },
    },
  })
  expect(buildCall()).toEqual(
    expect.arrayContaining(['BASE_IMAGE=mcr.microsoft.com/windows/servercore:ltsc2022', `SHIR_VERSION=${version}`]),
  )
  expect(host.page).toContain('## SHIR Container: image built')
})

test('a push gives the digest, and the output names the image by it', async () => {
  const host = await stage.play({ ...building, image: 'a.azurecr.io/shir:5', push: 'true' })
  expect(host.outputs.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(host.outputs.image).toBe(`a.azurecr.io/shir@${host.outputs.digest}`)
  expect(host.groups).toEqual(['Preflight', 'Version', 'Fingerprint', 'Installer', 'Image', 'Push'])
})

test('a push to nowhere fails, and what was built is still told', async () => {
  const host = await stage.play({ ...building, image: '127.0.0.1:1/shir:5', push: 'true' })
  expect(host.outputs).toMatchObject({
    reason: 'push-failed',
    built: 'true',
    image: '127.0.0.1:1/shir:5',
    digest: '',
    shirVersion: version,
  })
  expect(host.annotations[0]?.message).toContain('connection refused')
})

test('a context of one’s own with its installer in SHIR: taken as it is, left as it was, and its copy goes', async () => {
  await context(`FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCOPY SHIR C:/SHIR/\n${installs}HEALTHCHECK CMD x\n`)
  await copyFile(msiPath, path.join(stage.machine.workspace, 'mine', 'SHIR', 'IntegrationRuntime (1).msi'))
  const before = await fingerprint(stage.machine.workspace)
  const host = await stage.play({ mode: 'build', buildContext: 'mine', image: 'mine:1', msiSha256 })
  expect(host.annotations).toEqual([])
  expect(host.outputs).toMatchObject({ shirVersion: version, built: 'true' })
  expect(await fingerprint(stage.machine.workspace)).toEqual(before)
  expect(await readdir(stage.machine.temp)).toEqual([])
  expect(host.page).toContain(path.join(stage.machine.workspace, 'mine').slice(1, 8))
})

test('an installer in the context and another one named: which is meant?', async () => {
  await context('FROM scratch\n', { 'SHIR/IntegrationRuntime_5.70.9748.2.msi': 'x' })
  const host = await stage.play({ ...building, buildContext: 'mine' })
  expect(host.outputs.reason).toBe('installer-ambiguous')
})

test('an engine that cannot run the base is named before the installer is looked at', async () => {
  await context('FROM mcr.microsoft.com/windows/servercore:ltsc2019\n')
  const host = await stage.play({ mode: 'build', buildContext: 'mine', msiUrl: 'https://no.example/x.msi' })
  expect(host.outputs.reason).toBe('os-mismatch')
  expect(host.annotations[0]?.message).toMatch(/ltsc2019 is Windows build 17763.*build 20348[\s\S]*:ltsc2022/)
  expect(host.groups).toEqual(['Preflight'])
})

test('an engine for Linux', async () => {
  await stage.remove()
  stage = await setStage({ os: 'linux', osVersion: '12', apiVersion: '1.41', version: '20.10.24' })
  const host = await stage.play(building)
  expect(host.outputs.reason).toBe('engine-os-mismatch')
})

test('no engine', async () => {
  await stage.engine.close()
  const host = await stage.play(building)
  expect(host.outputs.reason).toBe('engine-unreachable')
  expect(host.annotations[0]?.message).toContain('Start the engine')
})

test('a step of the build fails: with the step, its words and its last lines', async () => {
  await context('FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCOPY SHIR C:/SHIR/\nRUN fail-rehearsal; exit 3\n')
  const host = await stage.play({ ...building, buildContext: 'mine' })
  expect(host.outputs).toMatchObject({ reason: 'build-failed', built: 'false', imageId: '', shirVersion: version })
  expect(host.annotations[0]?.message).toMatch(
    /failed at Step 3\/\d+ : RUN fail-rehearsal; exit 3: The command .* returned a non-zero code: 3/,
  )
  expect(host.annotations[0]?.message).toMatch(/The step’s last lines:\n.*Running in/)
  expect(await readdir(stage.machine.temp)).toEqual([])
})

test('foreign lines that try to command the runner are words', async () => {
  const evil = [
    '##vso[task.setvariable variable=x]1',
    '##[set-output name=image;]evil',
    'x\r::error::forged',
    '\u001b[31m##VSO[task.complete]',
  ]
  const runs = evil.map(text => `RUN echo ${text}`).join('\n')
  await context(`FROM mcr.microsoft.com/windows/servercore:ltsc2022\n${runs}\nRUN fail-rehearsal ##[error] ~~~\n`)
  const host = await stage.play({ ...building, buildContext: 'mine' })
  const said = everything(host)
  expect(said).toContain('**vso[task.setvariable')
  expect(said).toContain('# #[set-output')
  expect(said).not.toMatch(/##\[|##vso\[|(?!\n)\p{Cc}/iu)
  for (const line of said.split(/\r\n|\r|\n/)) expect(line.trimStart()).not.toMatch(/^::/)
})

test('a cancel in the middle of a build leaves no copy of the context', async () => {
  const host = await stage.play(building, { cancelAt: /Step \d+\/\d+ : RUN/ })
  expect(host.outputs.reason).toBe('cancelled')
  expect(await readdir(stage.machine.temp)).toEqual([])
})

describe('what is added to the image', () => {
  const declares = 'ARG INSTALL_JDK=false\nARG JDK_URL\nARG JDK_SHA256\nARG INSTALL_CERT=false\n'
  const jdk = { installJdk: 'True', jdkUrl: 'https://files.example/jdk.msi', jdkSha256: 'AB'.repeat(32) }
  const added = { ...jdk, certificates: 'certificates', extras: 'more' }
  const passed = [
    'INSTALL_JDK=true',
    'JDK_URL=https://files.example/jdk.msi',
    `JDK_SHA256=${'ab'.repeat(32)}`,
    'INSTALL_CERT=true',
  ]
  beforeEach(() =>
    fill(stage.machine.workspace, {
      'certificates/root.cer': 'root',
      'certificates/sub.CER': 'sub',
      'more/extra.ps1': '',
      'more/drivers/odbc.msi': '',
      // A COPY of what is not there fails.
      Dockerfile: `FROM mcr.microsoft.com/windows/servercore:ltsc2022\n${declares}COPY SHIR/root.cer SHIR/sub.cer SHIR/extras/extra.ps1 SHIR/extras/drivers/odbc.msi SHIR/setup.ps1 C:/SHIR/\n${installs}`,
    }),
  )

  test('reaches the build, with the built-in scripts; the workspace is as it was', async () => {
    const before = await fingerprint(stage.machine.workspace)
    const host = await stage.play({ ...building, ...added, dockerfile: 'Dockerfile', image: 'mine:1' })
    expect(host.annotations).toEqual([])
    expect(host.outputs.built).toBe('true')
    expect(buildCall()).toEqual(expect.arrayContaining(passed))
    expect(await fingerprint(stage.machine.workspace)).toEqual(before)
    expect(await readdir(stage.machine.temp)).toEqual([])
  })

  test('reaches the build of a context of one’s own, whatever its .dockerignore says', async () => {
    await context(`FROM scratch\n${declares}COPY SHIR/root.cer SHIR/sub.cer C:/SHIR/\n${installs}`, { '.dockerignore': '*\n' })
    const host = await stage.play({ ...building, buildContext: 'mine', certificates: 'certificates' })
    expect(host.annotations).toEqual([])
    expect(buildCall()).toEqual(expect.arrayContaining(['INSTALL_CERT=true']))
    expect(buildCall().join()).not.toContain('JDK')
  })

  test('makes run build its image', async () => {
    const host = await stage.play({ ...running(), image: 'mine:1', extras: 'more', dryRun: 'true' })
    expect(host.annotations).toEqual([])
    expect(host.lines.join('\n')).toMatch(/Would copy .* to SHIR\/extras there\.\nWould run: docker build /)
  })

  test('is planned, each copy and the whole command', async () => {
    const before = await fingerprint(stage.machine.workspace)
    const host = await stage.play({ ...building, ...added, dockerfile: 'Dockerfile', dryRun: 'true' })
    expect(host.annotations).toEqual([])
    const { workspace } = stage.machine
    expect(host.lines).toEqual(
      expect.arrayContaining([
        `Would copy ${path.join(workspace, 'certificates', 'root.cer')} to SHIR/root.cer there.`,
        `Would copy ${path.join(workspace, 'certificates', 'sub.CER')} to SHIR/sub.cer there.`,
        `Would copy ${path.join(workspace, 'more')} to SHIR/extras there.`,
      ]),
    )
    const [command = ''] = host.lines.filter(line => line.startsWith('Would run: docker build'))
    for (const argument of passed) expect(command).toContain(`--build-arg ${argument}`)
    expect(await fingerprint(workspace)).toEqual(before)
  })

  test('must be there, and is looked for before the engine is asked', async () => {
    const calls = stage.engine.calls().length
    const host = await stage.play({ ...building, extras: 'certificates' })
    expect(host.outputs.reason).toBe('context-invalid')
    expect(host.annotations[0]?.message).toMatch(/^extras: there is no file extra\.ps1 in/)
    expect(stage.engine.calls()).toHaveLength(calls)
  })
})

test('a dry run says everything, asks nobody and changes nothing', async () => {
  const before = stage.engine.calls().length
  const host = await stage.play({
    ...running(),
    enableHa: 'true',
    nodeCount: '2',
    push: 'true',
    image: 'a.azurecr.io/shir:5',
    dryRun: 'true',
  })
  expect(host.annotations).toEqual([])
  expect(host.outputs).toMatchObject({ verdict: 'skipped', changed: 'false', built: 'false', nodes: '[]' })
  expect(stage.engine.calls()).toHaveLength(before)
  expect(host.lines.filter(line => line.startsWith('Would run'))).toHaveLength(9)
  expect(host.state.load()).toBeUndefined()
  expect(await readdir(stage.machine.tools)).toEqual([])
  expect(everything(host)).not.toContain(running().authKey.split('@').at(-1))
})
