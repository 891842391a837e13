/**
 * Which life a rehearsed node leads. The factory's name inside the authentication key chooses it, so that a rehearsal (and a
 * test) needs nothing but another key to see another ending.
 */
export const scenarios = [
  'healthy',
  'bad-key',
  'never-healthy',
  'exits',
  'restart-loop',
  'forbidden',
  'second-refused',
  'flaps',
] as const

export type Scenario = (typeof scenarios)[number]

/** The factory in `IR@<guid>@<factory>@ServiceEndpoint=…@<base64>`; undefined where the text has another form. */
export function factoryOf(authKey: string): string | undefined {
  const fields = authKey.split('@')
  return fields.length === 5 && fields[0] === 'IR' ? fields[2] : undefined
}

/** The scenario of a factory: `rehearsal-<scenario>`. All others are healthy. */
export function scenarioOf(factory: string | undefined): Scenario {
  return scenarios.find(scenario => factory === `rehearsal-${scenario}`) ?? 'healthy'
}

/** A well-formed key that no service knows: `rehearsalKey('rehearsal-flaps')`. The last field varies with `seed` alone. */
export function rehearsalKey(factory = 'rehearsal', seed = 'rehearsal'): string {
  const secret = Buffer.from(seed.repeat(32).slice(0, 32)).toString('base64')
  return `IR@00000000-0000-4000-8000-000000000000@${factory}@ServiceEndpoint=${factory}.westeurope.datafactory.azure.net@${secret}`
}
