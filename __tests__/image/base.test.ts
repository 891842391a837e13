import type { EngineFacts } from '../../src/engine/preflight.ts'
import { canRun, checkBase, readBase } from '../../src/image/base.ts'

const core = 'mcr.microsoft.com/windows/servercore'

test.each<[string, boolean, number | undefined]>([
  [`${core}:ltsc2019`, true, 17763],
  [`${core}:1809`, true, 17763],
  [`${core}:ltsc2016`, true, 14393],
  [`${core}:ltsc2022`, true, 20348],
  [`${core}:ltsc2022-KB5094128`, true, 20348],
  [`${core}:ltsc2022-amd64`, true, 20348],
  [`${core}:10.0.26100.7171`, true, 26100],
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
])('%s: Windows %s, build %s', (reference, isWindows, windowsBuild) => {
  expect(readBase(reference)).toEqual({ reference, isWindows, windowsBuild })
})

// Microsoft's table (facts/shir §6.3): what each host runs, by isolation.
const images = { ltsc2019: 17763, ltsc2022: 20348, ltsc2025: 26100 }
type Runs = 'both' | 'hyperv' | 'no'
test.each<[string, number, Runs, Runs, Runs]>([
  ['Windows Server 2019', 17763, 'both', 'no', 'no'],
  ['Windows Server 2022', 20348, 'hyperv', 'both', 'no'],
  ['Windows Server 2025', 26100, 'hyperv', 'both', 'both'],
  ['Windows 11 22H2', 22621, 'hyperv', 'both', 'no'],
  ['Windows 11 24H2', 26100, 'hyperv', 'both', 'both'],
  ['Windows 10', 19045, 'hyperv', 'no', 'no'],
])('%s (%i) runs ltsc2019: %s, ltsc2022: %s, ltsc2025: %s', (_, host, ...expected) => {
  for (const [index, build] of Object.values(images).entries()) {
    expect(canRun(host, build, 'hyperv')).toBe(expected[index] !== 'no')
    expect(canRun(host, build, 'process')).toBe(expected[index] === 'both')
  }
})

const windows: EngineFacts = {
  ...{ os: 'windows', version: '29.1.5', apiVersion: '1.52', windowsBuild: 20348, windowsRevision: 4000, isolation: 'process' },
  ...{ rootDir: 'C:\\ProgramData\\docker', command: 'docker', description: 'x' },
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

test.each([
  ['ltsc2019', 20348, 'process', 'Use a base that ends in :ltsc2022, or another machine.'],
  ['ltsc2025', 20348, 'hyperv', 'Use a base that ends in :ltsc2022 or :ltsc2019, or another machine.'],
  ['ltsc2019', 26100, 'process', 'Use a base that ends in :ltsc2025 or :ltsc2022, or another machine.'],
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
