import type { EngineFacts } from '../../src/engine/preflight.ts'
import { baseSupportEnds, canRun, checkBase, newerBase, readBase, withOsVersion } from '../../src/image/base.ts'

const core = 'mcr.microsoft.com/windows/servercore'

const references: readonly (readonly [string, boolean, number | undefined, number?])[] = [
  [`${core}:ltsc2019`, true, 17763],
  [`${core}:1809`, true, 17763],
  [`${core}:ltsc2016`, true, 14393],
  [`${core}:ltsc2022`, true, 20348],
  [`${core}:ltsc2022-KB5094128`, true, 20348],
  [`${core}:ltsc2022-amd64`, true, 20348],
  [`${core}:10.0.26100.7171`, true, 26100, 7171],
  [`${core}:10.0.26100.7171-amd64`, true, 26100, 7171],
  [`${core}:10.0.26100-amd64`, true, 26100],
  [`${core}:10.0.26100.x`, true, 26100],
  [`${core}:ltsc2025@sha256:${'0'.repeat(64)}`, true, 26100],
  [`${core}@sha256:${'0'.repeat(64)}`, true, undefined],
  [core, true, undefined],
  ['mcr.microsoft.com/windows:ltsc2022', true, 20348],
  ['mcr.microsoft.com/windows/nanoserver:ltsc2022', true, 20348],
  ['mcr.microsoft.com/dotnet/framework/runtime:4.8-windowsservercore-ltsc2022', true, 20348],
  ['registry.example:5000/mirror/windows/servercore:mine', true, undefined],
  ['registry.example/shir:ltsc2022_5.70', true, 20348],
  ['scratch', false, undefined],
  ['debian:12', false, undefined],
  ['registry.example:5000/a/b', false, undefined],
  ['registry.example/app:build-1809', false, undefined],
  ['registry.example/app:10.0.1', false, undefined],
  ['', false, undefined],
]

test.each(references.map(([reference, isWindows, build, revision]) => ({ reference, isWindows, build, revision })))(
  '$reference: Windows $isWindows, build $build, revision $revision',
  ({ reference, isWindows, build, revision }) => {
    const os = isWindows ? 'windows' : undefined
    expect(readBase(reference)).toEqual({ reference, os, windowsBuild: build, windowsRevision: revision })
  },
)

test.each<[string, string, string | undefined, 'windows' | 'linux', number | undefined, number | undefined]>([
  ['ltsc2022', 'windows', '10.0.26100.32230', 'windows', 26100, 32230],
  ['10.0.20348.1', 'windows', '10.0.20348', 'windows', 20348, undefined],
  ['ltsc2022', 'windows', undefined, 'windows', undefined, undefined],
  ['ltsc2022', 'windows', 'mine', 'windows', undefined, undefined],
  ['ltsc2022', 'linux', '10.0.20348.1', 'linux', undefined, undefined],
  ['ltsc2022', '', undefined, 'windows', 20348, undefined],
])('%s is what it says itself: %s %s', (tag, said, osVersion, os, windowsBuild, windowsRevision) => {
  const reference = `${core}:${tag}`
  expect(withOsVersion(readBase(reference), said, osVersion)).toEqual({ reference, os, windowsBuild, windowsRevision })
})

// Microsoft's table (facts/shir §6.3): what each host runs, by isolation.
const images = { ltsc2019: 17763, ltsc2022: 20348, ltsc2025: 26100 }
type Runs = 'both' | 'hyperv' | 'no'
test.each<[string, number, Runs, Runs, Runs]>([
  ['Windows Server 2019', 17763, 'both', 'no', 'no'],
  ['Windows Server 2022', 20348, 'hyperv', 'both', 'no'],
  ['Windows Server 2025', 26100, 'hyperv', 'both', 'both'],
  ['Windows 11 22H2', 22621, 'hyperv', 'both', 'no'],
  ['Windows 11 23H2', 22631, 'hyperv', 'both', 'no'],
  ['Windows 11 24H2', 26100, 'hyperv', 'both', 'both'],
  ['Windows 11 25H2', 26200, 'hyperv', 'both', 'both'],
  ['Windows 10 22H2', 19045, 'hyperv', 'no', 'no'],
])('%s (%i) runs ltsc2019: %s, ltsc2022: %s, ltsc2025: %s', (_, host, ...expected) => {
  for (const [index, build] of Object.values(images).entries()) {
    expect(canRun(host, build, 'hyperv')).toBe(expected[index] !== 'no')
    expect(canRun(host, build, 'process')).toBe(expected[index] === 'both')
    // What is asked for goes before what the engine does by itself.
    for (const own of ['process', 'hyperv'] as const)
      for (const asked of ['process', 'hyperv', undefined] as const) {
        const check = () =>
          checkBase(readBase(`${core}:10.0.${build}`), { ...windows, windowsBuild: host, isolation: own }, asked)
        if (canRun(host, build, asked ?? own)) expect(check).not.toThrow()
        else expect(check).toThrow(`(build ${host}, ${asked ?? own} isolation)`)
      }
  }
})

const windows: EngineFacts = {
  ...{ os: 'windows', version: '29.1.5', apiVersion: '1.52', windowsBuild: 20348, windowsRevision: 4000, isolation: 'process' },
  ...{ rootDir: 'C:\\ProgramData\\docker', name: 'builder', command: 'docker', description: 'x' },
}

test('a base that the engine runs, or of which nothing is known, is no problem', () => {
  const linux: EngineFacts = { ...windows, os: 'linux', windowsBuild: undefined, isolation: undefined }
  expect(() => checkBase(readBase(`${core}:ltsc2022`), windows)).not.toThrow()
  expect(() => checkBase(readBase(core), windows)).not.toThrow()
  expect(() => checkBase(readBase(`${core}:ltsc2025`), { ...windows, windowsBuild: undefined })).not.toThrow()
  expect(() => checkBase(readBase('debian:12'), linux)).not.toThrow()
  expect(() => checkBase(readBase('scratch'), linux)).not.toThrow()
})

test('a Windows base on an engine for Linux is named as the problem', () => {
  expect(() => checkBase(readBase(`${core}:ltsc2019`), { ...windows, os: 'linux' })).toThrow(
    expect.objectContaining({
      code: 'engine-os-mismatch',
      message: `The base image ${core}:ltsc2019 is for Windows, but this engine runs linux containers.`,
    }),
  )
})

test('a base that says itself that it is for Linux is refused by an engine for Windows, whatever it is called', () => {
  const linux = withOsVersion(readBase('mine:ltsc2022'), 'linux', undefined)
  expect(() => checkBase(linux, windows)).toThrow(
    expect.objectContaining({
      code: 'engine-os-mismatch',
      message: 'The base image mine:ltsc2022 is for Linux, but this engine runs windows containers.',
    }),
  )
  expect(() => checkBase(linux, { ...windows, os: 'linux', windowsBuild: undefined, isolation: undefined })).not.toThrow()
})

test.each([
  [
    'ltsc2019',
    20348,
    'process',
    'Use a base that ends in :ltsc2022, Hyper-V isolation, where this machine has Hyper-V, or another machine.',
  ],
  ['ltsc2025', 20348, 'hyperv', 'Use a base that ends in :ltsc2022 or :ltsc2019, or another machine.'],
  [
    'ltsc2019',
    26100,
    'process',
    'Use a base that ends in :ltsc2025 or :ltsc2022, Hyper-V isolation, where this machine has Hyper-V, or another machine.',
  ],
  ['ltsc2022', 14393, 'process', 'Use a newer machine.'],
] as const)('%s on build %i with %s isolation: what fits is said', (tag, windowsBuild, isolation, hint) => {
  expect(() => checkBase(readBase(`${core}:${tag}`), { ...windows, windowsBuild, isolation })).toThrow(
    expect.objectContaining({
      code: 'os-mismatch',
      hint,
      message: expect.stringContaining(`(build ${windowsBuild}, ${isolation} isolation)`),
    }),
  )
})

test.each(['process', 'hyperv'] as const)('an engine for Linux knows no isolation: %s', isolation => {
  const linux: EngineFacts = { ...windows, os: 'linux', windowsBuild: undefined, isolation: undefined }
  expect(() => checkBase(readBase('debian:12'), linux, isolation)).toThrow(
    expect.objectContaining({
      code: 'engine-os-mismatch',
      message: `The isolation ${isolation} is for Windows containers, but this engine runs linux containers.`,
      hint: expect.stringContaining('Leave the isolation at its default'),
    }),
  )
  // The base is the greater obstacle.
  expect(() => checkBase(readBase(core), linux, isolation)).toThrow('is for Windows, but')
})

test.each([
  [
    'of Microsoft’s',
    `${core}:ltsc2022`,
    `The base image ${core}:ltsc2022 is Windows 10.0.20348.4001, newer than this machine’s 10.0.20348.4000: containers may end at once (0xc0370106), or programs in them fail. Use ${core}:10.0.20348.4000, or the tag ltsc2022-KB… of the same month, or update this machine’s Windows.`,
  ],
  ['of another repository', 'registry.example/mine:1', 'Use mcr.microsoft.com/windows/servercore:10.0.20348.4000, or'],
  [
    'that is Nano Server',
    'mcr.microsoft.com/windows/nanoserver:ltsc2022',
    'Use mcr.microsoft.com/windows/nanoserver:10.0.20348.4000',
  ],
])('a base %s with a newer revision than the machine’s', (_, reference, message) => {
  const base = withOsVersion(readBase(reference), 'windows', '10.0.20348.4001')
  expect(newerBase(base, windows)).toEqual({ code: 'base-newer', message: expect.stringContaining(message) })
})

test('a build without a name has no tag with a KB number', () => {
  const base = withOsVersion(readBase('mine:1'), 'windows', '10.0.25398.9')
  expect(newerBase(base, { ...windows, windowsBuild: 25398, windowsRevision: 8 })?.message).toMatch(
    /:10\.0\.25398\.8 or update this machine/,
  )
})

test.each<[string, string, Partial<EngineFacts>, 'process' | 'hyperv' | undefined]>([
  ['the same revision', '10.0.20348.4000', {}, undefined],
  ['an older one', '10.0.20348.3999', {}, undefined],
  ['another build', '10.0.17763.9999', {}, undefined],
  ['an unknown one', '10.0.20348', {}, undefined],
  ['a machine that does not tell its own', '10.0.20348.4001', { windowsRevision: undefined }, undefined],
  ['a machine that does not tell its build', '10.0.20348.4001', { windowsBuild: undefined }, undefined],
  ['Hyper-V isolation', '10.0.20348.4001', { isolation: 'hyperv' }, undefined],
  ['Hyper-V isolation, asked for', '10.0.20348.4001', {}, 'hyperv'],
])('no revision is warned of: %s', (_, osVersion, engine, asked) => {
  const base = withOsVersion(readBase(core), 'windows', osVersion)
  expect(newerBase(base, { ...windows, ...engine }, asked)).toBeUndefined()
})

test('process isolation that was asked for is warned of where Hyper-V is the default', () => {
  const base = withOsVersion(readBase(core), 'windows', '10.0.20348.4001')
  expect(newerBase(base, { ...windows, isolation: 'hyperv' }, 'process')).toMatchObject({ code: 'base-newer' })
})

test.each([
  ['ltsc2019', '2029-01-09'],
  ['ltsc2022', '2031-10-14'],
  ['10.0.26100.1', '2034-10-10'],
  ['ltsc2016', undefined],
  ['mine', undefined],
])('Microsoft updates %s until %s', (tag, day) => {
  expect(baseSupportEnds(readBase(`${core}:${tag}`))).toBe(day)
})
