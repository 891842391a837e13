/** A health check as a Dockerfile or `docker run` asks for it. */

import { execForm } from './dockerfile.ts'
import type { HealthCheck } from './image.ts'
import { refuse, refuseByDaemon } from './refusal.ts'
import { parseDuration } from './time.ts'

const fields = { interval: 'Interval', timeout: 'Timeout', 'start-period': 'StartPeriod' } as const

/** `HEALTHCHECK --interval=30s CMD …`. The classic builder knows no start interval. */
export function healthCheckOf(flags: readonly string[], text: string): HealthCheck {
  const [, kind = '', command = ''] = /^(\w+)\s*([\s\S]*)$/.exec(text) ?? []
  if (kind.toUpperCase() === 'NONE') return { Test: ['NONE'] }
  if (kind.toUpperCase() !== 'CMD')
    refuseByDaemon(`dockerfile parse error: unknown type ${JSON.stringify(kind)} in HEALTHCHECK (try CMD)`)
  const list = execForm(command)
  let check: HealthCheck = { Test: list ? ['CMD', ...list] : ['CMD-SHELL', command] }
  for (const flag of flags) {
    const [name = '', value = ''] = flag.slice(2).split('=')
    if (name === 'retries') check = { ...check, Retries: Number(value) }
    else if (Object.hasOwn(fields, name)) check = { ...check, [fields[name as keyof typeof fields]]: nanoseconds(value, name) }
    else refuseByDaemon(`dockerfile parse error: Unknown flag: ${name}`)
  }
  return check
}

/** What `--health-*` changes of the image's check; undefined where none remains. */
export function overriddenCheck(
  ofImage: HealthCheck | undefined,
  given: { readonly value: (name: HealthFlag) => string | undefined; readonly isOff: boolean },
): HealthCheck | undefined {
  if (given.isOff) return ofImage && { ...ofImage, Test: ['NONE'] }
  const command = given.value('health-cmd')
  const base = command === undefined ? ofImage : { ...ofImage, Test: ['CMD-SHELL', command] }
  if (base === undefined) return undefined
  const duration = (name: HealthFlag, field: keyof HealthCheck) => {
    const text = given.value(name)
    return text === undefined ? {} : { [field]: nanoseconds(text, name) }
  }
  return {
    ...base,
    ...duration('health-interval', 'Interval'),
    ...duration('health-timeout', 'Timeout'),
    ...duration('health-start-period', 'StartPeriod'),
    ...duration('health-start-interval', 'StartInterval'),
    ...(given.value('health-retries') === undefined ? {} : { Retries: Number(given.value('health-retries')) }),
  }
}

export const healthFlags = {
  'health-cmd': 'value',
  'health-interval': 'value',
  'health-timeout': 'value',
  'health-start-period': 'value',
  'health-start-interval': 'value',
  'health-retries': 'value',
} as const

export type HealthFlag = keyof typeof healthFlags

/** True where there is something to run. */
export function isProbing(check: HealthCheck | undefined): check is HealthCheck {
  return check !== undefined && check.Test.length > 0 && check.Test[0] !== 'NONE'
}

function nanoseconds(text: string, name: string): number {
  const ms = parseDuration(text)
  if (ms === undefined)
    return refuse(
      `invalid argument ${JSON.stringify(text)} for "--${name}" flag: time: invalid duration ${JSON.stringify(text)}`,
      125,
    )
  return ms * 1e6
}
