/**
 * What task-lib's `tasks.schema.json` and the agent demand of the parts of a task.json that we use (facts: handler names in the
 * agent's TaskManager, input types and name patterns in the schema, friendly names of at most 40 characters).
 */
const text = { type: 'string', minLength: 1 }
const name = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9]*$' }
const handlers = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  patternProperties: {
    '^(?:Node24|Node20_1|Node16|Node10|Node|PowerShell3|PowerShell)$': {
      type: 'object',
      required: ['target'],
      properties: { target: text },
    },
  },
}
const inputTypes = 'boolean|string|multiLine|pickList|radio|filePath|secureFile|int|identities|querycontrol|connectedService:.+'
const listOf = (item: Record<string, unknown>) => ({ type: 'array', items: item })

export const taskSchema: Record<string, unknown> = {
  type: 'object',
  required: [
    'id',
    'name',
    'friendlyName',
    'description',
    'category',
    'author',
    'version',
    'instanceNameFormat',
    'inputs',
    'execution',
  ],
  properties: {
    id: { type: 'string', pattern: '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' },
    name: { type: 'string', pattern: '^[A-Za-z0-9-]+$' },
    friendlyName: { ...text, maxLength: 40 },
    description: text,
    helpMarkDown: text,
    category: { enum: ['Build', 'Utility', 'Test', 'Package', 'Deploy'] },
    visibility: listOf({ enum: ['Build', 'Release'] }),
    runsOn: listOf({ enum: ['Agent', 'MachineGroup', 'DeploymentGroup', 'Server', 'ServerGate'] }),
    author: text,
    minimumAgentVersion: { type: 'string', pattern: '^\\d+\\.\\d+(?:\\.\\d+)?$' },
    version: {
      type: 'object',
      required: ['Major', 'Minor', 'Patch'],
      properties: { Major: { type: 'integer' }, Minor: { type: 'integer' }, Patch: { type: 'integer' } },
    },
    groups: listOf({
      type: 'object',
      required: ['name', 'displayName', 'isExpanded'],
      properties: { name, displayName: text, isExpanded: { type: 'boolean' } },
    }),
    inputs: listOf({
      type: 'object',
      required: ['name', 'type', 'label'],
      properties: {
        name,
        type: { type: 'string', pattern: `^(?:${inputTypes})$` },
        label: text,
        required: { type: 'boolean' },
        helpMarkDown: text,
        groupName: name,
        visibleRule: text,
        options: { type: 'object', additionalProperties: text },
        properties: { type: 'object', additionalProperties: { type: ['string', 'boolean'] } },
      },
    }),
    outputVariables: listOf({ type: 'object', required: ['name', 'description'], properties: { name: text, description: text } }),
    restrictions: {
      type: 'object',
      additionalProperties: false,
      properties: { settableVariables: { type: 'object', required: ['allowed'], properties: { allowed: listOf(text) } } },
    },
    execution: handlers,
    postjobexecution: handlers,
  },
}
