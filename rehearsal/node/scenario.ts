/**
 * Which life a rehearsed node leads. The factory's name inside the authentication key chooses it, so that a rehearsal (and a
 * test) needs nothing but another key to see another ending.
 */

/** The lives that a node can lead. */
export const scenarios = [
  'healthy',
  'invalid-key',
  'missing-key',
  'never-healthy',
  'exits',
  'restart-loop',
  'forbidden',
  'node-limit',
  'flaps',
] as const

export type Scenario = (typeof scenarios)[number]

/** The factory chooses the scenario; with `nodeSuffixes` only for nodes whose name ends so. The first rule that fits counts. */
export interface ScenarioRule {
  readonly factory: string
  readonly nodeSuffixes?: readonly string[]
  readonly scenario: Scenario
}

/** A list and no function, because the shell script of the real engine's twin is written from it (`__tests__/engine`). */
export const scenarioRules: readonly ScenarioRule[] = [
  { factory: 'rehearsal-bad-key', scenario: 'invalid-key' },
  { factory: 'rehearsal-never-healthy', scenario: 'never-healthy' },
  { factory: 'rehearsal-exits', scenario: 'exits' },
  { factory: 'rehearsal-restart-loop', scenario: 'restart-loop' },
  { factory: 'rehearsal-forbidden', scenario: 'forbidden' },
  { factory: 'rehearsal-second-refused', nodeSuffixes: ['-2', '-3', '-4'], scenario: 'node-limit' },
  { factory: 'rehearsal-flaps', scenario: 'flaps' },
]

/** The factory in `IR@<guid>@<factory>@ServiceEndpoint=…@<base64>`; undefined where the text has another form. */
export function factoryOf(authKey: string): string | undefined {
  const fields = authKey.split('@')
  return fields.length === 5 && fields[0] === 'IR' ? fields[2] : undefined
}

/** The scenario of a node with this key (undefined or empty: none was given) and this name. Unknown factories are healthy. */
export function scenarioOf(authKey: string | undefined, nodeName: string): Scenario {
  if (!authKey) return 'missing-key'
  const factory = factoryOf(authKey)
  if (factory === undefined) return 'invalid-key'
  const fits = (rule: ScenarioRule) =>
    rule.factory === factory && (rule.nodeSuffixes?.some(suffix => nodeName.endsWith(suffix)) ?? true)
  return scenarioRules.find(fits)?.scenario ?? 'healthy'
}

/** A well-formed key that no service knows: `rehearsalKey('rehearsal-flaps')`. The last field varies with `seed` alone. */
export function rehearsalKey(factory = 'rehearsal', seed = 'rehearsal'): string {
  const secret = Buffer.from(seed.repeat(32).slice(0, 32)).toString('base64')
  return `IR@00000000-0000-4000-8000-000000000000@${factory}@ServiceEndpoint=${factory}.westeurope.datafactory.azure.net@${secret}`
}
