import { buildsImage, onlyBuildingInputs } from './building.ts'
import { entryOf, keys } from './inputs.ts'
import type { Facts, Rule } from './rule.ts'
import { imageRules } from './rules/image.ts'
import { installerRules } from './rules/installer.ts'
import { nodeRules } from './rules/node.ts'

/** Every rule between inputs, in the order of the inputs. */
const rules: readonly Rule[] = [...installerRules, ...imageRules, ...nodeRules]

/** Runs every rule whose inputs parsed, and warns of each given input that the mode does not use. */
export async function checkRules(
  facts: Facts,
): Promise<{ readonly faults: readonly string[]; readonly warnings: readonly string[] }> {
  const faults: string[] = []
  const warnings: string[] = []
  for (const rule of rules) {
    if (rule.reads.some(key => facts.unparsed.has(key)) || !isServed(rule, facts)) continue
    const sentence = await rule.check(facts)
    if (sentence) (rule.level === 'fault' ? faults : warnings).push(sentence)
  }
  return { faults, warnings: [...warnings, ...unusedInputs(facts)] }
}

/** Inputs that the mode does not use are told as such; what is wrong between them does not matter then. */
function isServed({ reads }: Rule, { inputs, unparsed }: Facts): boolean {
  if (unparsed.has('mode') || inputs.mode === undefined) return true
  return reads.some(key => key !== 'mode' && entryOf(key).modes.includes(inputs.mode))
}

function unusedInputs({ inputs, given, unparsed, spell }: Facts): readonly string[] {
  if (unparsed.has('mode') || inputs.mode === undefined) return []
  // Azure's designer sends every box, ticked or not: what says the default says nothing.
  const unused = keys.filter(
    key => given.has(key) && inputs[key] !== entryOf(key).default && !entryOf(key).modes.includes(inputs.mode),
  )
  const idle =
    inputs.mode === 'run' && !buildsImage(inputs, given)
      ? onlyBuildingInputs.filter(key => given.has(key) && inputs[key] !== entryOf(key).default)
      : []
  return [
    ...unused.map(key => `${spell(key)} is not used in ${spell('mode')} ${inputs.mode}.`),
    ...idle.map(key => `${spell(key)} is not used, since the image is not built here.`),
  ]
}
