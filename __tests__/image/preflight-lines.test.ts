import type { EngineFacts } from '../../src/engine/preflight.ts'
import { type Base, readBase, withOsVersion } from '../../src/image/base.ts'
import type { FoundBase } from '../../src/image/found-base.ts'
import { type PreflightReport, preflightLines } from '../../src/image/preflight-lines.ts'

const windows: EngineFacts = {
  ...{ os: 'windows', version: '29.1.5', apiVersion: '1.52', windowsBuild: 20348, windowsRevision: 4000, isolation: 'process' },
  ...{ rootDir: 'C:\\ProgramData\\docker', name: 'builder', command: 'C:\\docker\\docker.exe 29.1.5' },
  description: 'Docker 29.1.5 (API 1.52) for windows containers on Microsoft Windows Server Version 21H2 (OS Build 20348.4000)',
}
const linux: EngineFacts = {
  ...{ ...windows, os: 'linux', windowsBuild: undefined, windowsRevision: undefined, isolation: undefined },
  ...{ rootDir: '/var/lib/docker', command: '/usr/bin/docker 28.2.2', description: 'Docker 20.10 for linux containers' },
}
const digest = `sha256:${'d'.repeat(64)}`
const core = 'mcr.microsoft.com/windows/servercore:ltsc2022'
const nothing: Omit<PreflightReport, 'engine'> = {
  ...{ isolation: undefined, bases: [], logins: [], delivery: { kind: 'copy' } },
  room: { disks: [], unasked: [] },
}
const last = (report: Partial<PreflightReport>) => preflightLines({ ...nothing, engine: linux, ...report })
const found = (base: Base, parts: Partial<FoundBase>): FoundBase => ({
  ...base,
  ...{ id: undefined, digest: undefined, osVersion: undefined, isHere: false, bytes: 0, why: undefined },
  ...parts,
})
const ofMay = withOsVersion(readBase(core), 'windows', '10.0.20348.5499')

test('all that was found', () => {
  const lines = preflightLines({
    engine: windows,
    isolation: 'hyperv',
    bases: [found(ofMay, { digest, bytes: 2.2e9 })],
    room: {
      disks: [
        { folders: ['C:\\ProgramData\\docker'], freeBytes: 33e9, neededBytes: 8.8e9 },
        { folders: ['D:\\a\\_temp'], freeBytes: 140e9, neededBytes: 0 },
      ],
      unasked: [],
    },
    logins: [
      { reference: 'acme.azurecr.io/shir:5.70', login: 'present' },
      { reference: 'acme.azurecr.io/shir:latest', login: 'present' },
      { reference: 'ghcr.io/acme/shir:5.70', login: 'absent' },
    ],
    delivery: { kind: 'serve', place: { address: '172.20.0.1', network: undefined }, isChoice: true },
  })
  expect(lines).toEqual([
    'Windows: 10.0.20348.4000',
    'Isolation: hyperv, as asked for (the engine’s default is process)',
    `Base: ${core} (${digest}; Windows 10.0.20348.5499; to be pulled, 2.2 GB; updated by Microsoft until 2031-10-14)`,
    'Room: 33.0 GB free on the disk of C:\\ProgramData\\docker; at least 8.8 GB needed',
    'Room: 140.0 GB free on the disk of D:\\a\\_temp; at least 0 MB needed',
    'Installer: offered to the build at 172.20.0.1',
    'Login: acme.azurecr.io: in Docker’s settings',
    'Login: ghcr.io: none in Docker’s settings',
  ])
})

test('an engine for Linux has neither a Windows nor an isolation', () => {
  expect(preflightLines({ ...nothing, engine: linux })).toEqual([])
})

test.each<[string, Partial<EngineFacts>, readonly string[]]>([
  ['all is told', {}, ['Windows: 10.0.20348.4000', 'Isolation: process (the engine’s default)']],
  ['no revision', { windowsRevision: undefined }, ['Windows: 10.0.20348, revision not known', expect.anything()]],
  [
    'no build',
    { windowsBuild: undefined, isolation: undefined },
    ['Windows: build not known', 'Isolation: unknown (the engine’s default)'],
  ],
])('the engine’s Windows, where %s', (_, facts, lines) => {
  expect(last({ engine: { ...windows, ...facts } })).toEqual(lines)
})

test.each<[string, PreflightReport['bases'][number], string]>([
  [
    'that is here',
    found(ofMay, { digest, isHere: true }),
    `Base: ${core} (${digest}; Windows 10.0.20348.5499; on this engine; updated by Microsoft until 2031-10-14)`,
  ],
  [
    'of which only its tag is known',
    found(readBase(core), { why: 'no such host' }),
    `Base: ${core} (digest not known; Windows 10.0.20348, revision not known; to be pulled (no such host); updated by Microsoft until 2031-10-14)`,
  ],
  ['that is none', found(readBase('scratch'), { isHere: true }), 'Base: scratch, which is empty'],
  ['that was built here', found(readBase('mine:1'), { isHere: true }), 'Base: mine:1 (never pulled nor pushed; on this engine)'],
  ['for Linux', found(readBase('debian:12'), { digest, bytes: 50e6 }), `Base: debian:12 (${digest}; to be pulled, 50 MB)`],
])('a base %s', (_, base, line) => {
  expect(last({ bases: [base] })).toEqual([line])
})

test('what could not be asked is said', () => {
  const why = 'The room on the engine’s disk is not known: DOCKER_HOST may lead to another machine.'
  expect(last({ room: { disks: [], unasked: [why] } })).toEqual([why])
  expect(last({ logins: [{ reference: '127.0.0.1:5000/x', login: 'unneeded' }] })).toEqual([
    'Login: 127.0.0.1:5000: none expected, on this machine',
  ])
  expect(last({ logins: [{ reference: 'x', login: 'unknown' }] })).toEqual([
    'Login: docker.io: not known; Docker’s settings do not tell',
  ])
})
