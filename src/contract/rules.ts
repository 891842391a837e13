import { entryOf, type Inputs, type Key, keys } from './inputs.ts'
import { isSupportedVersion, oldestVersion } from './version.ts'

/** What a rule between inputs can see. */
export interface Facts {
  readonly inputs: Inputs
  readonly given: ReadonlySet<Key>
  readonly unparsed: ReadonlySet<Key>
  readonly spell: (key: Key) => string
}

interface Rule {
  /** The inputs that it reads; it is skipped where one of them did not parse. */
  readonly reads: readonly Key[]
  readonly level: 'fault' | 'warning'
  /** The sentence to say, or `undefined` where the rule holds. */
  readonly check: (facts: Facts) => string | undefined | Promise<string | undefined>
}

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
] as const satisfies readonly Key[]
/** Inputs that only matter where an image is built. */
const onlyBuildingInputs = ['labels', 'push', 'cacheDir'] as const satisfies readonly Key[]

/** True where the step builds an image: always in `build`; in `run` when something to build from is given, or no image. */
export function buildsImage(inputs: Inputs, given: ReadonlySet<Key>): boolean {
  if (inputs.mode === 'gate') return false
  return inputs.mode === 'build' || !given.has('image') || buildingInputs.some(key => given.has(key))
}

const ownVariables = keys.flatMap(key => entryOf(key).env ?? []).concat('AUTH_KEY_FILE', 'LOCAL_FOLDERS')

const rules: readonly Rule[] = [
  {
    reads: ['mode', 'authKey'],
    level: 'fault',
    check: ({ inputs, given, spell }) =>
      inputs.mode === 'run' && !given.has('authKey')
        ? `${spell('authKey')} is missing; ${spell('mode')} run needs the key of the integration runtime.`
        : undefined,
  },
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
    reads: ['push', 'image'],
    level: 'fault',
    check: ({ inputs, given, spell }) =>
      inputs.push && !given.has('image') ? `${spell('push')} needs ${spell('image')}: the references to push to.` : undefined,
  },
  {
    reads: ['mode', 'image'],
    level: 'fault',
    check: ({ inputs, given, spell }) =>
      inputs.mode === 'run' && !buildsImage(inputs, given) && (inputs.image?.length ?? 0) > 1
        ? `${spell('image')} names several images; ${spell('mode')} run uses one.`
        : undefined,
  },
  {
    reads: ['image'],
    level: 'fault',
    check: ({ inputs, given, spell }) =>
      buildsImage(inputs, given) && inputs.image?.some(reference => reference.includes('@'))
        ? `${spell('image')} holds a digest; an image to be built has no digest yet, give a tag.`
        : undefined,
  },
  {
    reads: ['nodeCount', 'enableHa'],
    level: 'fault',
    check: ({ inputs, spell }) =>
      inputs.nodeCount > 1 && !inputs.enableHa
        ? `${spell('nodeCount')} ${inputs.nodeCount} needs ${spell('enableHa')} true: without it the service takes one node only.`
        : undefined,
  },
  {
    reads: ['nodeName', 'nodeCount'],
    level: 'fault',
    check: ({ inputs, spell }) =>
      inputs.nodeCount > 1 && (inputs.nodeName?.length ?? 0) > 148
        ? `${spell('nodeName')} may have 148 characters at most here, since -1 to -${inputs.nodeCount} are added.`
        : undefined,
  },
  {
    reads: ['containerEnv'],
    level: 'fault',
    check: ({ inputs, spell }) => {
      const taken = inputs.containerEnv?.find(({ name }) => ownVariables.includes(name.toUpperCase()))
      const key = taken && keys.find(candidate => entryOf(candidate).env === taken.name.toUpperCase())
      return taken && `${spell('containerEnv')} sets ${taken.name}, which has an input of its own${key ? `: ${spell(key)}` : ''}.`
    },
  },
  {
    reads: ['aeTime', 'enableAe'],
    level: 'warning',
    check: ({ inputs, given, spell }) =>
      given.has('aeTime') && !inputs.enableAe ? `${spell('aeTime')} has no effect without ${spell('enableAe')} true.` : undefined,
  },
  {
    reads: ['haPort', 'enableHa'],
    level: 'warning',
    check: ({ inputs, given, spell }) =>
      given.has('haPort') && !inputs.enableHa ? `${spell('haPort')} has no effect without ${spell('enableHa')} true.` : undefined,
  },
  {
    reads: ['enableAe', 'enableHa'],
    level: 'warning',
    check: ({ inputs, spell }) =>
      inputs.enableAe && !inputs.enableHa
        ? `${spell('enableAe')} without ${spell('enableHa')}: Microsoft documents offline expiry only with high availability.`
        : undefined,
  },
  {
    reads: ['timezone'],
    level: 'warning',
    check: async ({ inputs, spell }) => {
      if (!inputs.timezone?.includes('/')) return undefined
      const { findWindows } = await import('windows-iana') // 90 KB of tables: loaded only here
      const [windows] = findWindows(inputs.timezone)
      return `${spell('timezone')}: ${inputs.timezone} is an IANA name, Windows will not know it${windows ? `; use ${windows}` : ''}.`
    },
  },
  {
    reads: ['containerEnv'],
    level: 'warning',
    check: ({ inputs, spell }) => {
      const proxy = inputs.containerEnv?.find(({ name }) => /^(?:https?|no|all)_proxy$/i.test(name))
      return (
        proxy && `${spell('containerEnv')} sets ${proxy.name}: Microsoft does not support an HTTP proxy for SHIR in containers.`
      )
    },
  },
  {
    reads: ['authKey'],
    level: 'warning',
    check: ({ inputs, spell }) =>
      inputs.authKey && !usualKey.test(inputs.authKey.reveal())
        ? `${spell('authKey')} does not look like the usual key; if the service refuses it, copy it again.`
        : undefined,
  },
]

/** The forms that Microsoft publishes (region short name, or ServiceEndpoint=host); others may exist, hence a warning only. */
const usualKey =
  /^IR@[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[^@\s]+@(?:ServiceEndpoint=)?[A-Za-z0-9.-]+@[A-Za-z0-9+/]{42,}={0,2}$/i

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
