import { compareVersions, parseVersion } from '../../src/contract/version.ts'
import { knownVersion, knownVersions } from '../../src/installer/known.ts'
import { builtOn } from '../../src/installer/support.ts'

const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000

test.each(knownVersions)('$version: what is known of it is whole, and each fact names where it was read', one => {
  expect(parseVersion(one.version)).toBeDefined()
  expect(Object.keys(one).filter(key => !['version', 'sha256', 'published', 'withdrawn'].includes(key))).toEqual([])
  expect(one.sha256?.value ?? '0'.repeat(64)).toMatch(/^[0-9a-f]{64}$/)
  expect(one.published?.date ?? '2026-01-01').toMatch(/^20\d\d-\d\d-\d\d$/)
  for (const fact of [one.sha256, one.published, one.withdrawn])
    if (fact) expect(fact.source).toMatch(/^https:\/\/github\.com\/(?:microsoft\/winget-pkgs|SpecterShell\/Dumplings)\//)
  if (one.sha256) expect(one.sha256.source).toContain(`/${one.version}/`)
})

test('each version is there once, the oldest first, and no two have one hash', () => {
  const versions = knownVersions.map(({ version }) => version)
  expect([...new Set(versions)].sort(compareVersions)).toEqual(versions)
  const hashes = knownVersions.flatMap(({ sha256 }) => sha256?.value ?? [])
  expect(new Set(hashes).size).toBe(hashes.length)
  expect(hashes.length).toBeGreaterThanOrEqual(11)
})

test('a version without a hash, and one that was withdrawn', () => {
  expect(knownVersion('5.70.9748.2')?.published?.date).toBe('2026-10-01')
  expect(knownVersion('5.62.9514.1')?.withdrawn?.why).toContain('5.61.9481.1')
  expect(knownVersion('5.1.1.1')).toBeUndefined()
})

// The estimate of a version that is not known rests on this. Where a new row breaks it, it was chance.
test.each(knownVersions.flatMap(({ version, published }) => (published ? [[version, published.date] as const] : [])))(
  'the third part of %s is a day some weeks before its publication on %s',
  (version, published) => {
    const built = builtOn(version, Date.parse(published))
    expect(built).toBeDefined()
    expect(days(String(built), published)).toBeGreaterThanOrEqual(1)
    expect(days(String(built), published)).toBeLessThanOrEqual(60)
  },
)
