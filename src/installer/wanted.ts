import type { Inputs } from '../contract/inputs.ts'
import type { Asked } from '../contract/parse.ts'
import { StepError } from '../contract/reasons.ts'
import type { Host } from '../host/host.ts'

/** What a person said about the installer. */
export type Wanted = Pick<Inputs, 'shirVersion' | 'msiUrl' | 'msiPath' | 'msiSha256' | 'verifySignature' | 'cache' | 'cacheDir'>

/**
 * An installer that lies in the build context is the installer; naming another one as well leaves open which is meant.
 * @param inContext its path, where there is one
 * @throws StepError `installer-ambiguous`
 */
export function wantedInstaller({ inputs, given }: Asked, inContext: string | undefined, spell: Host['spell']): Wanted {
  if (inContext === undefined) return inputs
  const isLookup = given.has('shirVersion') && !/^\d/.test(inputs.shirVersion)
  const other = (['msiPath', 'msiUrl'] as const).find(key => given.has(key)) ?? (isLookup ? 'shirVersion' : undefined)
  if (other === undefined) return { ...inputs, msiPath: inContext }
  throw new StepError(
    'installer-ambiguous',
    `${spell(other)} names an installer, but one lies in the build context already: ${inContext}.`,
    {
      hint: 'Remove one of the two.',
    },
  )
}
