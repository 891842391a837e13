import { build, testRules } from './cases.ts'

const named = 'https://files.example/IntegrationRuntime_5.70.9748.2.msi?sv=1'

testRules([
  {
    rule: 'a version must be able to run in a container',
    says: 'refused: shirVersion: 5.2.7713.0 cannot run in a container; the first version that can is 5.2.7713.1.',
    breaks: { ...build, shirVersion: '5.2.7713.0' },
    holds: [
      { ...build, shirVersion: '5.2.7713.1' },
      { ...build, shirVersion: '5.10.0.0' },
      { ...build, shirVersion: 'latest' },
    ],
  },
  {
    rule: 'there is one installer',
    says: 'refused: msiUrl and msiPath exclude each other; name one installer.',
    breaks: { ...build, msiUrl: 'https://files.example/a.msi', msiPath: 'a.msi' },
    holds: [
      { ...build, msiUrl: 'https://files.example/a.msi' },
      { ...build, msiPath: 'a.msi' },
    ],
  },
  {
    rule: 'stable says where to look, and so does a path',
    says: 'refused: shirVersion: stable says where to look and msiPath says it too; give an exact version or none.',
    breaks: { ...build, msiPath: 'a.msi', shirVersion: 'stable' },
    holds: [{ ...build, msiPath: 'a.msi', shirVersion: '5.70.9748.2' }],
  },
  {
    rule: 'latest says where to look, and so does an address',
    says: 'refused: shirVersion: latest says where to look and msiUrl says it too; give an exact version or none.',
    breaks: { ...build, msiUrl: 'https://files.example/a.msi', shirVersion: 'latest' },
    holds: [{ ...build, msiUrl: 'https://files.example/a.msi', shirVersion: '5.70.9748.2' }],
  },
  {
    rule: 'an address whose file is named for another version is refused',
    says: 'refused: shirVersion is 5.69.9720.1, but the file’s name in msiUrl says 5.70.9748.2; give one of the two, or say with msiSha256 which file is meant.',
    breaks: { ...build, msiUrl: named, shirVersion: '5.69.9720.1' },
    holds: [
      { ...build, msiUrl: named, shirVersion: '5.70.9748.2' },
      { ...build, msiUrl: named },
      { ...build, msiUrl: 'https://files.example/setup.msi', shirVersion: '5.69.9720.1' },
      { ...build, msiUrl: 'https://files.example/IntegrationRuntime_5.70.9748.2.msi/', shirVersion: '5.69.9720.1' },
    ],
  },
  {
    rule: 'the fourth part of a version counts, and a name is read without its escapes',
    says: 'refused: shirVersion is 5.70.9748.9, but the file’s name in msiUrl says 5.70.9748.2; give one of the two, or say with msiSha256 which file is meant.',
    breaks: { ...build, dryRun: 'true', msiUrl: named.replace('_', '%5F'), shirVersion: '5.70.9748.9' },
    holds: [],
  },
  {
    rule: 'a hash says which file is meant, whatever it is called',
    says: 'shirVersion is 5.69.9720.1, but the file’s name in msiUrl says 5.70.9748.2; msiSha256 says which file is meant.',
    breaks: { ...build, msiUrl: named, shirVersion: '5.69.9720.1', msiSha256: 'a'.repeat(64) },
    holds: [{ ...build, msiUrl: named, shirVersion: '5.70.9748.2', msiSha256: 'a'.repeat(64) }],
  },
  {
    rule: 'a signature that is not wanted is told each time',
    says: 'verifySignature is false: nothing proves that the installer is Microsoft’s, unless msiSha256 does.',
    breaks: { ...build, verifySignature: 'False' },
    holds: [{ ...build, verifySignature: 'true' }, build],
  },
])
