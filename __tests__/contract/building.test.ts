import { buildsImage } from '../../src/contract/building.ts'
import { parseInputs } from '../../src/contract/parse.ts'
import { build, gate, jdk, type Raw, run } from './rules/cases.ts'

test.each<[string, Raw, boolean]>([
  ['build', build, true],
  ['build with an image', { ...build, image: 'shir:1' }, true],
  ['run without an image', run, true],
  ['run with an image', { ...run, image: 'shir:1' }, false],
  ['run with an image and labels', { ...run, image: 'shir:1', labels: 'a=1' }, false],
  ['run with an image and a version', { ...run, image: 'shir:1', shirVersion: 'stable' }, true],
  ['run with an image and an address', { ...run, image: 'shir:1', msiUrl: 'https://files.example/a.msi' }, true],
  ['run with an image and a file', { ...run, image: 'shir:1', msiPath: 'a.msi' }, true],
  ['run with an image and a hash', { ...run, image: 'shir:1', msiSha256: 'a'.repeat(64) }, true],
  ['run with an image and a context', { ...run, image: 'shir:1', buildContext: 'context' }, true],
  ['run with an image and a Dockerfile', { ...run, image: 'shir:1', dockerfile: 'Dockerfile' }, true],
  ['run with an image and a base', { ...run, image: 'shir:1', baseImage: 'base:1' }, true],
  ['run with an image and build arguments', { ...run, image: 'shir:1', buildArgs: 'A=1' }, true],
  ['run with an image and a JDK', { ...run, image: 'shir:1', installJdk: 'true' }, true],
  ['run with an image and a JDK that is not wanted', { ...run, image: 'shir:1', installJdk: 'False' }, false],
  ['run with an image and a JDK’s address', { ...run, image: 'shir:1', ...jdk }, true],
  ['run with an image and certificates', { ...run, image: 'shir:1', certificates: 'certificates' }, true],
  ['run with an image and extras', { ...run, image: 'shir:1', extras: 'extras' }, true],
  ['gate', gate, false],
  ['remove', { mode: 'remove' }, false],
])('%s builds an image: %s', async (_, raw, builds) => {
  const { inputs, given } = await parseInputs(raw, key => key)
  expect(buildsImage(inputs, given)).toBe(builds)
})
