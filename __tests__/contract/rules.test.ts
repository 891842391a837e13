import { gate, run, said, testRules } from './rules/cases.ts'

testRules([
  {
    rule: 'what the mode does not use is told',
    says: 'msiPath is not used in mode gate.',
    breaks: { ...gate, msiPath: 'a.msi' },
    holds: [{ ...gate, containerName: 'mine', nodeName: 'node', soak: '1s' }],
  },
  {
    rule: 'what only shapes an image is told where none is built',
    says: 'labels is not used, since the image is not built here.',
    breaks: { ...run, image: 'shir:1', labels: 'a=1' },
    // The cache folder holds what killed runs owe, too.
    holds: [
      { ...run, image: 'shir:1', labels: 'a=1', shirVersion: 'stable' },
      { ...run, image: 'shir:1', cacheDir: 'cache' },
    ],
  },
  {
    rule: 'and the push',
    says: 'push is not used, since the image is not built here.',
    breaks: { ...run, image: 'shir:1', push: 'true' },
    holds: [{ ...run, image: 'shir:1', push: 'false' }],
  },
  {
    rule: 'and the signature of an installer that is not needed',
    says: 'verifySignature is not used, since the image is not built here.',
    breaks: { ...run, image: 'shir:1', verifySignature: 'false' },
    holds: [{ ...run, image: 'shir:1', verifySignature: 'true' }],
  },
])

test('what says the default says nothing: Azure’s designer sends every box', async () => {
  expect(
    await said({
      ...gate,
      installJdk: 'False',
      localFolders: 'false',
      push: 'False',
      enableHa: 'false',
      nodeCount: '1',
      shirVersion: 'stable',
    }),
  ).toEqual([])
})
