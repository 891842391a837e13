import { msiPath, msiSha256, running, type Stage, setStage, version } from './stage.ts'

const building = { mode: 'build', msiPath, msiSha256, image: 'registry.example/shir:5' }

let stage: Stage
beforeEach(async () => {
  stage = await setStage()
})
afterEach(() => stage.remove())

test('the story names the version before the installer is read, and until when it is supported', async () => {
  const host = await stage.play(building, { today: '2026-11-25' })
  expect(host.groups).toEqual(['Preflight', 'Version', 'Fingerprint', 'Installer', 'Image'])
  expect(host.lines).toEqual(
    expect.arrayContaining([
      `Version ${version} (the file ${msiPath})`,
      'Supported until 2027-10-01',
      expect.stringContaining(msiPath),
    ]),
  )
  expect(host.annotations).toEqual([])
  expect(host.outputs).toMatchObject({ shirVersion: version, expires: '2027-10-01' })
  expect(host.page).toContain('| Supported until | 2027-10-01, one year after its publication on 2026-10-01 |')
})

test('a version near its end is warned of once, and the step goes on', async () => {
  const host = await stage.play(building, { today: '2027-09-01' })
  expect(host.annotations).toEqual([
    {
      level: 'warning',
      title: 'SHIR Container: expires-soon',
      message: expect.stringContaining(`version ${version} ends on 2027-10-01, in 30 days`),
    },
  ])
  expect(host.page).toContain('- Warning: The support of version')
  expect(host.outputs).toMatchObject({ built: 'true', reason: '', expires: '2027-10-01' })
})

test('an image that was built while its version was good is warned of when that has expired', async () => {
  await stage.play(building, { today: '2026-11-25' })
  const { msiPath: _, msiSha256: __, ...reusing } = running()
  const host = await stage.play({ ...reusing, image: building.image }, { today: '2027-10-02' })
  expect(host.annotations.map(({ title }) => title)).toEqual(['SHIR Container: expired'])
  expect(host.outputs).toMatchObject({ verdict: 'healthy', built: 'false', shirVersion: version, expires: '2027-10-01' })
})

test('a dry run of stable says what it would ask, and knows no end', async () => {
  const host = await stage.play({ mode: 'build', dryRun: 'true' }, { today: '2031-01-01' })
  expect(host.groups).toEqual(['Version', 'Installer', 'Fingerprint', 'Image'])
  expect(host.lines).toContainEqual(
    expect.stringMatching(/^Would ask https:\/\/go\.microsoft\.com.* which version "stable" is\.$/),
  )
  expect(host.annotations).toEqual([])
  expect(host.outputs).toMatchObject({ shirVersion: '', expires: '' })
})

test('a dry run of a version that has expired warns of it', async () => {
  const host = await stage.play({ mode: 'build', dryRun: 'true', shirVersion: '5.61.9466.1' }, { today: '2026-12-24' })
  expect(host.annotations.map(({ title }) => title)).toEqual(['SHIR Container: expired'])
  expect(host.outputs).toMatchObject({ shirVersion: '5.61.9466.1', expires: '2026-12-17' })
  expect(host.lines).toContainEqual(expect.stringContaining('prove it (format, ProductVersion, SHA-256, signature)'))
})
