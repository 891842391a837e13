import { addressSecrets } from '../../src/contract/address-secrets.ts'

test.each([
  ['https://files.example/a.msi', []],
  ['https://files.example/a.msi?sig=abcdef123', ['sig=abcdef123', 'abcdef123']],
  ['https://files.example/a?sv=1&sig=ab%2Bcdef%3D', ['sv=1&sig=ab%2Bcdef%3D', 'sv=1&sig=ab+cdef=', 'ab%2Bcdef%3D', 'ab+cdef=']],
  ['https://files.example/a?sig=ab+cdef', ['sig=ab+cdef', 'sig=ab cdef', 'ab+cdef', 'ab cdef']],
  ['https://longname:long%40word@files.example/', ['longname', 'long%40word', 'long@word']],
  ['https://me:word@files.example/?a=1', []],
  ['https://files.example/?token=100%25-safe%', ['token=100%25-safe%', 'token=100%-safe%', '100%25-safe%', '100%-safe%']],
  ['https://files.example/?Zx81kLq0vTr2&download', ['Zx81kLq0vTr2']],
  ['https://files.example/?5.70.9748.2', []],
])('the secrets of %s', (whole, secrets) => expect(new Set(addressSecrets(whole))).toEqual(new Set(secrets)))

const masked = (query: string, said = '') => addressSecrets(`https://files.example:8443/a.msi?${query}`, said)

describe('a value that is public by its form is no secret, so that outputs keep it', () => {
  test.each([
    ['a version', 'version=5.70.9748.2', '5.70.9748.2'],
    ['a version of three parts', 'v=v5.70.9748', 'v5.70.9748'],
    ['a version as tool caches have it', 'v=5.70.9748-2', '5.70.9748-2'],
    ['a version with its name', 'package=shir@5.70.9748.2', '5.70.9748.2'],
    ['a version with its name, as cache keys have it', 'package=shir-5.70.9748.2', 'shir-5.70.9748.2'],
    ['a day', 'se=2027-10-01', '2027-10-01'],
    ['a time', 'se=2027-10-01T08%3A00%3A00Z', '2027-10-01T08:00:00Z'],
    ['a time with its zone', 'st=2027-10-01T08:00:00+02:00', '2027-10-01T08:00:00+02:00'],
    ['an installer’s name', 'name=IntegrationRuntime_5.70.9748.2.msi', 'IntegrationRuntime_5.70.9748.2.msi'],
    ['a file’s name', 'f=setup%20(1).msi', 'setup (1).msi'],
    ['a word', 'channel=stable', 'stable'],
    ['a word in capitals', 'env=Production', 'Production'],
    ['a number', 'id=20271001', '20271001'],
    ['the address’s own server', 'host=files.example', 'files.example'],
    ['… with its port', 'host=files.example%3A8443', 'files.example:8443'],
    ['a word that stands alone', 'healthy', 'healthy'],
  ])('%s: %s', (_, query, value) => {
    expect(masked(query)).not.toContain(value)
    expect(masked(`${query}&sig=Zx81kLq0vTr2`)).not.toContain(value)
    expect(masked(`${query}&sig=Zx81kLq0vTr2`)).toContain('Zx81kLq0vTr2')
  })

  // Microsoft's table of a SAS's parameters: the signature alone grants anything.
  test.each([
    'sv=2024-08-04',
    'st=2026-12-01T00%3A00Z',
    'se=2026-12-02',
    'sr=b',
    'sp=racwdl',
    'spr=https',
    'skt=2026-12-01',
    'skv=2024-08-04',
  ])('the parameter %s of a SAS', parameter =>
    expect(masked(parameter)).toEqual(parameter.length < 6 ? [] : [...new Set([parameter, decodeURIComponent(parameter)])]),
  )
})

describe('what may be a secret is one', () => {
  test.each([
    ['by its look', 'a=Zx81kLq0vTr2', 'Zx81kLq0vTr2'],
    ['by its look, in letters alone', 'a=qzxkvbnmwrtp', 'qzxkvbnmwrtp'],
    ['by its look, in letters of both cases', 'a=hunTerTwo', 'hunTerTwo'],
    ['by its look, in hexadecimal', 'a=deadbeef01', 'deadbeef01'],
    ['by its length, in digits', 'a=123456789', '123456789'],
    ['by its length, in letters', 'a=correcthorsebattery', 'correcthorsebattery'],
    ['as several words', 'a=correct-horse', 'correct-horse'],
    ['as an id', 'skoid=6f9619ff-8b86-d011-b42d-00c04fc964ff', '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
    ...[
      ...['sig', 'Signature', 'X-Amz-Signature', 'token', 'access_token', 'X-Amz-Security-Token', 'key', 'apiKey2', 'api-key'],
      ...['password', 'pass', 'pwd', 'client_secret', 'auth', 'code', 'sid', 'hmac', 'X-Amz-Credential'],
    ].flatMap(name => ['sunshine', '123456', '2027-10-01'].map(value => ['by its name', `${name}=${value}`, value])),
  ])('%s: %s', (_, query, value) => expect(masked(query)).toContain(value))
})

describe('what the outputs repeat of other inputs', () => {
  const said = `ABCDEF${'0'.repeat(58)}\nregistry.example/team-one/shir:5`

  test.each([`sum=abcdef${'0'.repeat(58)}`, 'repo=team-one', 'r=registry.example'])('is said anyway: %s', query => {
    expect(masked(query, said)).not.toContain(query.split('=')[1])
  })

  test('is a secret all the same where its name says so, and where it is the password', () => {
    expect(masked('sig=team-one', said)).toContain('team-one')
    expect(addressSecrets('https://team-one:registry@files.example/', said)).toEqual(['registry'])
  })
})
