import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Ajv from 'ajv'
import { parse } from 'yaml'
import { groups, modes } from '../../src/contract/input.ts'
import { entryOf, type Key, keys } from '../../src/contract/inputs.ts'
import { outputNames } from '../../src/contract/outputs.ts'
import { kebab } from '../../src/contract/spelling.ts'
import { readText, repository } from '../support/repository.ts'
import { taskSchema } from './task-schema.ts'

/** Manifests as the platforms read them: from the files, not from what generates them. */
interface Action {
  readonly name: string
  readonly description: string
  readonly branding: { readonly icon: string; readonly color: string }
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly required: boolean }>>
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
  readonly runs: { readonly using: string; readonly main: string; readonly post: string }
}

interface TaskInput {
  readonly name: string
  readonly type: string
  readonly label: string
  readonly required: boolean
  readonly helpMarkDown: string
  readonly groupName: string
  readonly options?: Readonly<Record<string, string>>
  readonly visibleRule?: string
}

interface Task {
  readonly id: string
  readonly name: string
  readonly friendlyName: string
  readonly category: string
  readonly runsOn: readonly string[]
  readonly visibility: readonly string[]
  readonly version: { readonly Major: number; readonly Minor: number; readonly Patch: number }
  readonly minimumAgentVersion: string
  readonly instanceNameFormat: string
  readonly groups: readonly { readonly name: string; readonly displayName: string }[]
  readonly inputs: readonly TaskInput[]
  readonly outputVariables: readonly { readonly name: string; readonly description: string }[]
  readonly restrictions: { readonly settableVariables: { readonly allowed: readonly string[] } }
  readonly execution: Readonly<Record<string, { readonly target: string }>>
  readonly postjobexecution: Readonly<Record<string, { readonly target: string }>>
}

interface Extension {
  readonly version: string
  readonly icons: { readonly default: string }
  readonly content: Readonly<Record<string, { readonly path: string }>>
  readonly files: readonly { readonly path: string }[]
  readonly contributions: readonly { readonly properties: { readonly name: string } }[]
}

const action = parse(readText('action.yml')) as Action
const task = JSON.parse(readText('task/ShirContainer/task.json')) as Task
const extension = JSON.parse(readText('task/vss-extension.json')) as Extension
const { version, bin } = JSON.parse(readText('package.json')) as {
  readonly version: string
  readonly bin: Record<string, string>
}

const keysOf = (host: 'github' | 'azure') => keys.filter(key => entryOf(key).hosts?.includes(host) !== false)

describe('action.yml', () => {
  test('runs on Node 24, with a step after the job', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/github.mjs', post: 'dist/github-post.mjs' })
  })
  test('names every input in kebab-case, in order', () => expect(Object.keys(action.inputs)).toEqual(keysOf('github').map(kebab)))
  test('requires the mode alone, and has no defaults, which would look like choices', () => {
    for (const [name, input] of Object.entries(action.inputs)) {
      expect(Object.keys(input)).toEqual(['description', 'required'])
      expect([name, input.required]).toEqual([name, name === 'mode'])
    }
  })
  test('describes each input in full', () => {
    for (const [name, { description }] of Object.entries(action.inputs)) {
      expect(description).toMatch(name === 'mode' ? /Allowed: .*\.$/ : /Allowed: .*\. Default: .*\.$/)
      expect(description).not.toMatch(/undefined|\[object|\n/)
    }
  })
  test('has what the Marketplace asks for', () => {
    expect(action.name).not.toBe('')
    expect(action.description.length).toBeLessThanOrEqual(125)
    expect(action.branding).toEqual({ icon: 'box', color: 'blue' })
  })
})

describe('task.json', () => {
  test('names every input in camelCase, in order', () => expect(task.inputs.map(({ name }) => name)).toEqual(keysOf('azure')))

  // What the agent and the Marketplace take: ../shared/facts of this project's making, and Microsoft's pages for task authors.
  test('has the fields that the agent reads, within their limits', () => {
    expect(task.id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(task.name).toMatch(/^[A-Za-z0-9-]+$/)
    expect(task.friendlyName.length).toBeLessThanOrEqual(40)
    expect(['Build', 'Deploy', 'Package', 'Utility', 'Test']).toContain(task.category)
    expect(task.runsOn).toEqual(['Agent', 'DeploymentGroup'])
    expect(task.visibility).toEqual(['Build', 'Release'])
    for (const { name, type } of task.inputs) {
      expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]*$/)
      expect(['string', 'boolean', 'multiLine', 'pickList']).toContain(type)
    }
  })
  test('runs on the handlers that agents know, from the agent on that has them', () => {
    expect(Object.keys(task.execution)).toEqual(['Node20_1', 'Node24'])
    expect(Object.keys(task.postjobexecution)).toEqual(['Node20_1', 'Node24'])
    expect(task.minimumAgentVersion).toBe('4.248.0')
  })
  test('has the package’s version', () => {
    const { Major, Minor, Patch } = task.version
    expect(`${Major}.${Minor}.${Patch}`).toBe(version)
    expect(extension.version).toBe(version)
  })
  test('puts each input into a group that exists', () => {
    expect(task.groups.map(({ name }) => name)).toEqual(Object.keys(groups))
    for (const { name, groupName } of task.inputs) expect([name, groupName]).toEqual([name, entryOf(name as Key).group])
  })
  test('has options exactly where there is something to pick', () => {
    for (const { type, options } of task.inputs) expect(options !== undefined).toBe(type === 'pickList')
    expect(Object.keys(task.inputs.find(({ name }) => name === 'mode')?.options ?? {})).toEqual(modes)
  })
  test('names inputs that exist in its display name', () => {
    const named = [...task.instanceNameFormat.matchAll(/\$\((\w+)\)/g)].map(([, name]) => name)
    expect(named).toEqual(['mode'])
  })
  test('lets the task set its outputs and nothing else', () => {
    expect(task.restrictions.settableVariables.allowed).toEqual(outputNames)
    expect(task.outputVariables.map(({ name }) => name)).toEqual(outputNames)
  })
  test('has no defaults, which would look like choices', () => {
    expect(task.inputs.filter(input => 'defaultValue' in input)).toEqual([])
  })
})

describe('visible rules', () => {
  const ruled = task.inputs.flatMap(({ name, visibleRule }) => (visibleRule === undefined ? [] : [[name, visibleRule] as const]))

  test.each(ruled)('%s: %s is flat, and names what exists', (_, rule) => {
    const joints = rule.match(/&&|\|\|/g) ?? []
    expect(new Set(joints).size).toBeLessThanOrEqual(1)
    for (const comparison of rule.split(/\s*(?:&&|\|\|)\s*/)) {
      const [, name, word = ''] = /^(\w+) (?:=|!=) ([a-z]+)$/.exec(comparison) ?? []
      const compared = task.inputs.find(input => input.name === name)
      expect([comparison, compared?.type]).toEqual([comparison, 'pickList'])
      expect(Object.keys(compared?.options ?? {})).toContain(word)
    }
  })

  test('an input is visible in the modes that it serves, and only there', () => {
    const isVisible = (rule: string | undefined, mode: string) =>
      rule === undefined || rule.split(' || ').some(comparison => comparison === `mode = ${mode}`)
    for (const { name, visibleRule } of task.inputs)
      expect([name, modes.filter(mode => isVisible(visibleRule, mode))]).toEqual([name, entryOf(name as Key).modes])
  })
})

describe('both hosts', () => {
  test('have the same outputs, described alike', () => {
    expect(Object.keys(action.outputs)).toEqual(task.outputVariables.map(({ name }) => kebab(name)))
    expect(Object.values(action.outputs).map(({ description }) => description)).toEqual(
      task.outputVariables.map(({ description }) => description),
    )
  })
  test('describe their inputs alike, each naming other inputs in its own spelling', () => {
    const inKebab = (text: string) =>
      text.replace(/`(\w+)`/g, (whole, word: string) =>
        task.inputs.some(({ name }) => name === word) ? `\`${kebab(word)}\`` : whole,
      )
    for (const { name, helpMarkDown } of task.inputs)
      if (kebab(name) in action.inputs) expect(action.inputs[kebab(name)]?.description).toBe(inKebab(helpMarkDown))
  })
})

describe('every path that a manifest names exists after the build', () => {
  const targets = [...Object.values(task.execution), ...Object.values(task.postjobexecution)].map(({ target }) => target)
  const named = [
    ...[action.runs.main, action.runs.post].map(file => ['action.yml', file] as const),
    ...[...new Set(targets)].map(file => ['task.json', `task/ShirContainer/${file}`] as const),
    // Azure looks for it by this name.
    ['task.json', 'task/ShirContainer/icon.png'] as const,
    ...[extension.icons.default, ...Object.values(extension.content).map(content => content.path)].map(
      file => ['vss-extension.json', `task/${file}`] as const,
    ),
    ...extension.files.map(file => ['vss-extension.json', `task/${file.path}`] as const),
    ...extension.contributions.map(({ properties }) => ['vss-extension.json', `task/${properties.name}/task.json`] as const),
    ...Object.values(bin).map(file => ['package.json', file] as const),
    // The bundles look for the built-in context beside themselves.
    ['src/entry/github.ts', 'container/Dockerfile'] as const,
    ['src/entry/azure.ts', 'task/ShirContainer/container/Dockerfile'] as const,
  ]
  test.each(named)('%s: %s', (_, file) => expect(existsSync(path.join(repository, file))).toBe(true))
  test('the extension carries what it shows', () => {
    const carried = extension.files.map(file => file.path)
    expect(carried).toEqual(
      expect.arrayContaining([extension.icons.default, ...Object.values(extension.content).map(content => content.path)]),
    )
  })
})

/**
 * task-lib's own `tasks.schema.json` is in its repository, but in no package of a registry: TASKS_SCHEMA may name a copy. What it
 * demands of the fields that we use is restated in task-schema.ts, so that it is checked on every machine.
 */
const schemas: readonly (readonly [string, () => Record<string, unknown>])[] = [
  ['the restated rules of task-lib', () => taskSchema],
  ...(process.env.TASKS_SCHEMA
    ? [['task-lib’s tasks.schema.json', () => withoutDraft(readFileSync(String(process.env.TASKS_SCHEMA), 'utf8'))] as const]
    : []),
]

/** Draft 4, of which ajv wants the name of the id changed; nothing else in it differs from what ajv knows. */
function withoutDraft(text: string): Record<string, unknown> {
  const { $schema, id, ...schema } = JSON.parse(text) as Record<string, unknown>
  expect([$schema, typeof id]).toEqual(['http://json-schema.org/draft-04/schema', 'string'])
  return schema
}

describe.each(schemas)('%s', (_, schema) => {
  const validate = (manifest: unknown) => {
    const isValid = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }).compile(schema())
    isValid(manifest)
    return (isValid.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }
  test('task.json is valid', () => expect(validate(task)).toEqual([]))
  test('what agents do not know is refused', () => {
    expect(validate({ ...task, execution: { Node20: { target: 'a.mjs' } } })).not.toEqual([])
    expect(validate({ ...task, inputs: [{ ...task.inputs[0], type: 'text' }] })).not.toEqual([])
    expect(validate({ ...task, inputs: [{ ...task.inputs[0], name: 'dry-run' }] })).not.toEqual([])
    expect(validate({ ...task, id: 'shir' })).not.toEqual([])
  })
})
