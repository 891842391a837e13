/** `parts/settings.ps1`: what a container can be told by variables, besides the key. */
import type { Script } from './script.ts'

export interface Settings {
  readonly nodeName: string
  readonly enableHa: boolean
  readonly haPort: number
  readonly enableAe: boolean
  readonly aeTime: number
  readonly timeZone: string
  readonly localFolders: boolean
}

export interface SettingRule {
  readonly name: string
  readonly byDefault: string
  readonly allowed: string
  isAllowed(text: string): boolean
}

const isFlag = (text: string) => /^(true|false)$/i.test(text)
const isWhole = (least: number, most: number) => (text: string) =>
  /^[0-9]{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most
const fits = (pattern: RegExp) => (text: string) => pattern.test(text)
const flag = { byDefault: 'false', allowed: 'true or false', isAllowed: isFlag }

export const settingRules = {
  nodeName: {
    name: 'NODE_NAME',
    byDefault: '',
    allowed: '1 to 150 letters, digits, dashes and underscores, starting with a letter or digit',
    isAllowed: fits(/^[A-Za-z0-9][A-Za-z0-9_-]{0,149}$/),
  },
  enableHa: { name: 'ENABLE_HA', ...flag },
  haPort: { name: 'HA_PORT', byDefault: '8060', allowed: 'a whole number from 1 to 65535', isAllowed: isWhole(1, 65535) },
  enableAe: { name: 'ENABLE_AE', ...flag },
  aeTime: {
    name: 'AE_TIME',
    byDefault: '600',
    allowed: 'a whole number from 600 to 999999999 (seconds)',
    isAllowed: isWhole(600, 999_999_999),
  },
  timeZone: {
    name: 'TZ',
    byDefault: 'UTC',
    allowed: 'a Windows time zone id such as W. Europe Standard Time',
    isAllowed: fits(/^[A-Za-z0-9 ()+.:/_-]{1,64}$/),
  },
  localFolders: { name: 'LOCAL_FOLDERS', ...flag },
} as const satisfies Readonly<Record<keyof Settings, SettingRule>>

/** A variable's text; an empty one counts as absent. */
function read({ environment }: Script, name: string): string {
  return (environment[name] ?? '').trim()
}

/** What is wrong with a variable's text, as one sentence. */
export function settingFault(script: Script, rule: SettingRule, text: string): string | undefined {
  if (text === '') return undefined
  if (script.log.isSecret(text)) return `${rule.name} holds an authentication key, which belongs to AUTH_KEY alone.`
  if (rule.isAllowed(text)) return undefined
  const shown = text.length > 80 ? `${text.slice(0, 80)}...` : text
  return `${rule.name}: "${shown}" is not allowed; allowed is ${rule.allowed}.`
}

/** Every fault of the environment, a sentence each. */
export function settingFaults(script: Script): readonly string[] {
  return Object.values(settingRules).flatMap(rule => settingFault(script, rule, read(script, rule.name)) ?? [])
}

/** The settings of an environment without faults. */
export function readSettings(script: Script): Settings {
  const text = (rule: SettingRule) => read(script, rule.name) || rule.byDefault
  const isOn = (rule: SettingRule) => text(rule).toLowerCase() === 'true'
  return {
    nodeName: text(settingRules.nodeName) || script.computerName,
    enableHa: isOn(settingRules.enableHa),
    haPort: Number(text(settingRules.haPort)),
    enableAe: isOn(settingRules.enableAe),
    aeTime: Number(text(settingRules.aeTime)),
    timeZone: text(settingRules.timeZone),
    localFolders: isOn(settingRules.localFolders),
  }
}

/** What is allowed, and still worth a word. */
export function settingWarnings(script: Script, settings: Settings): readonly string[] {
  const isGiven = (name: string) => read(script, name) !== ''
  const proxies = Object.keys(script.environment).filter(name => /^(?:https?|no|all)_proxy$/i.test(name))
  return [
    ...(isGiven('AE_TIME') && !settings.enableAe ? ['AE_TIME has no effect without ENABLE_AE true.'] : []),
    ...(isGiven('HA_PORT') && !settings.enableHa ? ['HA_PORT has no effect without ENABLE_HA true.'] : []),
    ...(settings.enableAe && !settings.enableHa
      ? ['ENABLE_AE without ENABLE_HA: Microsoft documents offline expiry only with high availability.']
      : []),
    ...sorted(proxies).map(name => `${name} is set: Microsoft does not support an HTTP proxy for SHIR in containers.`),
  ]
}

/** As Sort-Object sorts names: by language, without letter case. */
export function sorted(names: readonly string[]): readonly string[] {
  return [...names].sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'accent' }))
}
