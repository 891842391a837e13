import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { EngineFacts } from '../../src/engine/preflight.ts'
import type { Host } from '../../src/host/host.ts'
import { type Room, type RoomOrder, readRoom, requireRoom, roomNeeded, sizeInWords } from '../../src/image/room.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { describeOnSmallDisks, type SmallDisk, smallDisk } from '../support/small-disk.ts'

const MB = 1_000_000

test.each([
  ['serve', 'a base that is here', 0, 1_000, true, 2_000, 0],
  ['serve', 'a base to pull', 500, 1_000, true, 3_500, 0],
  ['serve', 'the installer on another disk', 500, 1_000, false, 3_500, 0],
  ['serve', 'nothing that is known', 0, undefined, false, 0, 0],
  ['copy', 'a base that is here', 0, 1_000, true, 4_000, 0],
  ['copy', 'the installer on another disk', 500, 1_000, false, 5_500, 1_000],
  ['copy', 'an installer that is not known', 500, undefined, false, 1_500, 0],
] as const)('%s, %s: base %s, installer %s, linked %s', (delivery, _, baseBytes, installerBytes, isLinked, engine, temp) => {
  expect(roomNeeded({ delivery, baseBytes, installerBytes }, isLinked)).toEqual({ engine, temp })
})

test.each([
  [0, '0 MB'],
  [4.4 * MB, '4 MB'],
  [999.4 * MB, '999 MB'],
  [1_000 * MB, '1.0 GB'],
  [12_345 * MB, '12.3 GB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words)
})

let bench: TestMachine
beforeEach(async () => {
  bench = await testMachine()
})
afterEach(() => bench.remove())

const engine: EngineFacts = {
  ...{ os: 'linux', version: '29.1.5', apiVersion: '1.52', windowsBuild: undefined, windowsRevision: undefined },
  ...{ isolation: undefined, rootDir: '/', name: 'builder', command: 'docker', description: 'x' },
}
const order = (more: Partial<RoomOrder> & { readonly rootDir?: string } = {}): RoomOrder => ({
  ...{ installerBytes: 0, baseBytes: 0, delivery: 'serve', installerFolder: path.join(bench.folder, 'store', 'later') },
  ...more,
  engine: { ...engine, rootDir: more.rootDir ?? bench.folder },
})

async function checkRoom(wanted: RoomOrder, host: Host): Promise<Room> {
  const room = await readRoom(wanted, host)
  requireRoom(room, wanted.engine)
  return room
}

test('one disk for all is one sum', async () => {
  const { disks, unasked } = await checkRoom(order({ installerBytes: 3, delivery: 'copy' }), bench.host())
  expect(disks).toEqual([{ folders: [bench.folder, bench.machine.temp], freeBytes: expect.any(Number), neededBytes: 12 }])
  expect(disks[0]?.freeBytes).toBeGreaterThan(0)
  expect(unasked).toEqual([])
})

test.each<[string, Readonly<Record<string, string>>, string, string]>([
  ['on another machine', { DOCKER_HOST: 'tcp://build-host:2376' }, '/', 'DOCKER_HOST may lead to another machine'],
  ['of a context', { DOCKER_CONTEXT: 'far' }, '/', 'the Docker context far may lead to another machine'],
  ['that tells no folder', {}, '', 'the engine does not name its folder'],
  ['in a virtual machine', {}, '/no/such/folder', 'its folder /no/such/folder is not on this machine'],
  ['for Windows', {}, 'C:\\ProgramData\\docker', 'its folder C:\\ProgramData\\docker is not on this machine'],
])('the disk of an engine %s is not asked, and that is said', async (_, environment, rootDir, why) => {
  const host = bench.host({ environment: { HOME: bench.folder, ...environment } })
  const room = await checkRoom(order({ rootDir, baseBytes: Number.MAX_SAFE_INTEGER }), host)
  expect(room.disks.map(({ folders }) => folders)).toEqual([[bench.machine.temp]])
  expect(room.unasked).toEqual([`The room on the engine’s disk is not known: ${why}.`])
})

test('a file system that does not tell what is free is no reason to fail', async () => {
  expect(await checkRoom(order({ rootDir: '/proc', baseBytes: Number.MAX_SAFE_INTEGER }), bench.host())).toMatchObject({
    disks: [{ folders: [bench.machine.temp] }],
    unasked: ['The disk of /proc does not tell how much is free.'],
  })
})

describeOnSmallDisks('on small disks', () => {
  let disks: readonly [SmallDisk, SmallDisk]
  beforeEach(() => {
    disks = [smallDisk('8m'), smallDisk('8m')]
  })
  afterEach(() => {
    for (const disk of disks) disk.remove()
  })
  const hostOn = (temp: SmallDisk) => bench.host({ machine: { ...bench.machine, temp: temp.folder } })

  test('an engine’s disk that is too small for the base is told before anything is pulled', async () => {
    const [rootDisk] = disks
    const exact = order({ rootDir: rootDisk.folder, baseBytes: 2 * MB, installerBytes: MB })
    expect((await checkRoom(exact, bench.host())).disks).toEqual([
      { folders: [rootDisk.folder], freeBytes: 8 * 1024 * 1024, neededBytes: 8 * MB },
      expect.objectContaining({ folders: [bench.machine.temp], neededBytes: 0 }),
    ])
    const error = await stepErrorOf(checkRoom({ ...exact, baseBytes: 3 * MB }, bench.host()))
    expect(error).toMatchObject({ code: 'disk-full', hint: expect.stringMatching(/docker system prune.*data-root/) })
    expect(error.message).toBe(`The disk of ${rootDisk.folder} has room for 8 MB, but this build needs at least 11 MB there.`)
  })

  test('`copy` needs more of it than `serve`', async () => {
    const served = order({ rootDir: disks[0].folder, installerBytes: 3 * MB })
    expect(await checkRoom(served, bench.host())).toMatchObject({ disks: [{ neededBytes: 6 * MB }, {}] })
    expect(await stepErrorOf(checkRoom({ ...served, delivery: 'copy' }, bench.host()))).toMatchObject({ code: 'disk-full' })
  })

  test('the temp folder’s disk holds a copy of an installer from another one, and a link costs nothing', async () => {
    const [temp, store] = disks
    const copied = order({ delivery: 'copy', installerBytes: 9 * MB, installerFolder: path.join(store.folder, 'not/yet') })
    expect(await stepErrorOf(checkRoom(copied, hostOn(temp)))).toMatchObject({
      code: 'disk-full',
      message: `The disk of ${temp.folder} has room for 8 MB, but this build needs at least 9 MB there.`,
      hint: expect.stringContaining('temp folder'),
    })
    const beside = path.join(temp.folder, 'store')
    mkdirSync(beside)
    expect((await checkRoom({ ...copied, installerFolder: beside }, hostOn(temp))).disks).toContainEqual(
      expect.objectContaining({ folders: [temp.folder], neededBytes: 0 }),
    )
  })

  test('what the engine and the temp folder need of one disk is one sum', async () => {
    const [both, store] = disks
    const rootDir = path.join(both.folder, 'docker')
    mkdirSync(rootDir)
    const copied = order({ rootDir, delivery: 'copy', installerBytes: 1.9 * MB, installerFolder: store.folder })
    expect((await stepErrorOf(checkRoom(copied, hostOn(both)))).message).toBe(
      `The disk of ${rootDir} and ${both.folder} has room for 8 MB, but this build needs at least 10 MB there.`,
    )
    const beside = { ...copied, installerFolder: both.folder }
    expect(await checkRoom(beside, hostOn(both))).toMatchObject({ disks: [{ neededBytes: 7.6 * MB }] })
  })
})
