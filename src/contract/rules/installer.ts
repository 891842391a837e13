import { buildsImage } from '../building.ts'
import type { Facts, Rule } from '../rule.ts'
import { fileName } from '../secret.ts'
import { compareVersions, isSupportedVersion, oldestVersion, parseVersion, versionInFileName } from '../version.ts'

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
    reads: ['shirVersion', 'msiUrl', 'msiSha256'],
    level: 'fault',
    check: facts => {
      const contradiction = otherVersionNamed(facts)
      return contradiction && !facts.given.has('msiSha256')
        ? `${contradiction}; give one of the two, or say with ${facts.spell('msiSha256')} which file is meant.`
        : undefined
    },
  },
  {
    reads: ['shirVersion', 'msiUrl', 'msiSha256'],
    level: 'warning',
    check: facts => {
      const contradiction = otherVersionNamed(facts)
      return contradiction && facts.given.has('msiSha256')
        ? `${contradiction}; ${facts.spell('msiSha256')} says which file is meant.`
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

/** That the file's name in the address is of another version than the one that is asked for: one of them is a slip. */
function otherVersionNamed({ inputs, spell }: Facts): string | undefined {
  const { shirVersion, msiUrl } = inputs
  const named = msiUrl && versionInFileName(fileName(msiUrl.whole.reveal()))
  if (!named || !parseVersion(shirVersion) || compareVersions(named, shirVersion) === 0) return undefined
  return `${spell('shirVersion')} is ${shirVersion}, but the file’s name in ${spell('msiUrl')} says ${named}`
}
