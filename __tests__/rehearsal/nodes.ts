import { createIntegrationRuntime, type Registration } from '../../rehearsal/shir/service.ts'
import { createShir, type ShirOptions } from '../../rehearsal/shir/shir.ts'

const key = (secret: string) =>
  `IR@00000000-1111-2222-3333-444444444444@example@ServiceEndpoint=example.westeurope.datafactory.azure.net@${secret}`

export const keys = { authKey1: key('Zmlyc3Q='), authKey2: key('c2Vjb25k') }

/** A clock that stands still until it is told to go on. */
export function handClock() {
  let now = Date.UTC(2026, 0, 1)
  return {
    now: () => now,
    pass(seconds: number) {
      now += seconds * 1000
    },
  }
}

/** An integration runtime on a clock of its own. */
export function makeRuntime() {
  const clock = handClock()
  const service = createIntegrationRuntime({ keys, clock })
  const register = (name: string, more: Partial<Registration> = {}) =>
    service.register({
      key: keys.authKey1,
      name,
      machine: name.toUpperCase(),
      remoteAccess: true,
      expirySeconds: undefined,
      ...more,
    })
  /** A name and what became of it, in one word or two. */
  const statuses = () => service.nodes().map(({ name, status }) => `${name} ${status}`)
  return { clock, service, register, statuses }
}

/** As `makeRuntime`, with the SHIR of one container. */
export function makeNode(options: Partial<ShirOptions> = {}) {
  const runtime = makeRuntime()
  const another = (computerName: string) => createShir({ ...runtime, ...options, computerName })
  return { ...runtime, another, shir: another('MACHINE') }
}
