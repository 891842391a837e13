import type { Inputs, Key } from './inputs.ts'

/** Inputs that shape an image: one of them in mode `run` means that an image is to be built. */
const buildingInputs = [
  'shirVersion',
  'msiUrl',
  'msiPath',
  'msiSha256',
  'buildContext',
  'dockerfile',
  'baseImage',
  'buildArgs',
  'installJdk',
  'jdkUrl',
  'jdkSha256',
  'certificates',
  'extras',
] as const satisfies readonly Key[]

/** Inputs that only matter where an image is built. */
export const onlyBuildingInputs = [
  'verifySignature',
  'labels',
  'push',
  'installerDelivery',
  'rebuild',
] as const satisfies readonly Key[]

/** True where the step builds an image: always in `build`; in `run` when something to build from is given, or no image. */
export function buildsImage(inputs: Inputs, given: ReadonlySet<Key>): boolean {
  if (inputs.mode === 'gate' || inputs.mode === 'remove') return false
  // Azure's designer sends every box: one that is not ticked says nothing.
  const shapes = (key: Key) => given.has(key) && inputs[key] !== false
  return inputs.mode === 'build' || !given.has('image') || buildingInputs.some(shapes)
}
