import { entryOf, keys } from '../inputs.ts'
import type { Rule } from '../rule.ts'

const ownVariables = keys.flatMap(key => entryOf(key).env ?? []).concat('AUTH_KEY_FILE')

/** The forms that Microsoft publishes (region short name, or ServiceEndpoint=host); others may exist, hence a warning only. */
const usualKey =
  /^IR@[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[^@\s]+@(?:ServiceEndpoint=)?[A-Za-z0-9.-]+@[A-Za-z0-9+/]{42,}={0,2}$/i

/** Rules about the nodes: their key, their number and names, their variables. */
export const nodeRules: readonly Rule[] = [
  {
    reads: ['mode', 'authKey'],
    level: 'fault',
    check: ({ inputs, given, spell }) =>
      inputs.mode === 'run' && !given.has('authKey')
        ? `${spell('authKey')} is missing; ${spell('mode')} run needs the key of the integration runtime.`
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
    reads: ['containerEnv'],
    level: 'fault',
    check: ({ inputs, spell }) => {
      const names = inputs.containerEnv?.map(({ name }) => name) ?? []
      const isAgain = (name: string, index: number) =>
        names.findIndex(other => other.toUpperCase() === name.toUpperCase()) < index
      const again = names.find(isAgain)
      return again && `${spell('containerEnv')} sets ${again} twice: Windows does not tell upper case from lower case in names.`
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
