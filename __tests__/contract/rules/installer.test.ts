import { build, testRules } from './cases.ts'

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
    rule: 'a signature that is not wanted is told each time',
    says: 'verifySignature is false: nothing proves that the installer is Microsoft’s, unless msiSha256 does.',
    breaks: { ...build, verifySignature: 'False' },
    holds: [{ ...build, verifySignature: 'true' }, build],
  },
])
