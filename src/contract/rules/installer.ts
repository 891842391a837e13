import { buildsImage } from '../building.ts'
import type { Rule } from '../rule.ts'
import { isSupportedVersion, oldestVersion } from '../version.ts'

/** Rules about the installer: there is one, and it can run in a container. */
export const installerRules: readonly Rule[] = [
  {
    reads: ['shirVersion'],
    level: 'fault',
    check: ({ inputs, spell }) =>
      isSupportedVersion(inputs.shirVersion)
        ? undefined
        : `${spell('shirVersion')}: ${inputs.shirVersion} cannot run in a container; the first version that can is ${oldestVersion}.`,
  },
  {
    reads: ['msiUrl', 'msiPath'],
    level: 'fault',
    check: ({ given, spell }) =>
      given.has('msiUrl') && given.has('msiPath')
        ? `${spell('msiUrl')} and ${spell('msiPath')} exclude each other; name one installer.`
        : undefined,
  },
  {
    reads: ['shirVersion', 'msiUrl', 'msiPath'],
    level: 'fault',
    check: ({ inputs, given, spell }) => {
      const other = given.has('msiUrl') ? 'msiUrl' : given.has('msiPath') ? 'msiPath' : undefined
      return other && given.has('shirVersion') && /^(?:stable|latest)$/.test(inputs.shirVersion)
        ? `${spell('shirVersion')}: ${inputs.shirVersion} says where to look and ${spell(other)} says it too; give an exact version or none.`
        : undefined
    },
  },
  {
    reads: ['verifySignature'],
    level: 'warning',
    check: ({ inputs, given, spell }) =>
      !inputs.verifySignature && buildsImage(inputs, given)
        ? `${spell('verifySignature')} is false: nothing proves that the installer is Microsoft’s, unless ${spell('msiSha256')} does.`
        : undefined,
  },
]
