import { build, gate, run, said, testRules } from './cases.ts'

testRules([
  {
    rule: 'run needs a key',
    says: 'refused: authKey is missing; mode run needs the key of the integration runtime.',
    breaks: { mode: 'run' },
    holds: [run, build, gate],
  },
  {
    rule: 'several nodes need high availability',
    says: 'refused: nodeCount 2 needs enableHa true: without it the service takes one node only.',
    breaks: { ...run, nodeCount: '2' },
    holds: [
      { ...run, nodeCount: '1' },
      { ...run, nodeCount: '4', enableHa: 'true' },
    ],
  },
  {
    rule: 'a number must fit behind the node name',
    says: 'refused: nodeName may have 148 characters at most here, since -1 to -3 are added.',
    breaks: { ...run, nodeCount: '3', enableHa: 'true', nodeName: 'a'.repeat(149) },
    holds: [
      { ...run, nodeCount: '3', enableHa: 'true', nodeName: 'a'.repeat(148) },
      { ...run, nodeName: 'a'.repeat(150) },
    ],
  },
  {
    rule: 'a variable with an input of its own is not set beside it',
    says: 'refused: containerEnv sets node_name, which has an input of its own: nodeName.',
    breaks: { ...run, containerEnv: 'OTHER=1\nnode_name=x' },
    holds: [{ ...run, containerEnv: 'NODE_NAMES=x' }],
  },
  {
    rule: 'a variable is one variable, however it is written',
    says: 'refused: containerEnv sets http_proxy twice: Windows does not tell upper case from lower case in names.',
    breaks: { ...run, containerEnv: 'HTTP_PROXY=1\nhttp_proxy=2' },
    holds: [{ ...run, containerEnv: 'A=1\nB=2' }],
  },
  {
    rule: 'the key does not go by containerEnv',
    says: 'refused: containerEnv sets AUTH_KEY, which has an input of its own: authKey.',
    breaks: { ...run, containerEnv: 'AUTH_KEY=x' },
    holds: [],
  },
  {
    rule: 'nor does it go by a file',
    says: 'refused: containerEnv sets AUTH_KEY_FILE, which has an input of its own.',
    breaks: { ...run, containerEnv: 'AUTH_KEY_FILE=C:\\key' },
    holds: [],
  },
  {
    rule: 'nor do local folders',
    says: 'refused: containerEnv sets LOCAL_FOLDERS, which has an input of its own: localFolders.',
    breaks: { ...run, containerEnv: 'LOCAL_FOLDERS=true' },
    holds: [{ ...run, localFolders: 'true' }],
  },
  {
    rule: 'aeTime needs enableAe',
    says: 'aeTime has no effect without enableAe true.',
    breaks: { ...run, aeTime: '900' },
    holds: [{ ...run, aeTime: '900', enableAe: 'true', enableHa: 'true' }],
  },
  {
    rule: 'haPort needs enableHa',
    says: 'haPort has no effect without enableHa true.',
    breaks: { ...run, haPort: '8061' },
    holds: [{ ...run, haPort: '8061', enableHa: 'true' }],
  },
  {
    rule: 'offline expiry is documented with high availability only',
    says: 'enableAe without enableHa: Microsoft documents offline expiry only with high availability.',
    breaks: { ...run, enableAe: 'true' },
    holds: [{ ...run, enableAe: 'true', enableHa: 'true' }],
  },
  {
    rule: 'Windows does not know IANA’s time zones',
    says: 'timezone: Europe/Berlin is an IANA name, Windows will not know it; use W. Europe Standard Time.',
    breaks: { ...run, timezone: 'Europe/Berlin' },
    holds: [
      { ...run, timezone: 'W. Europe Standard Time' },
      { ...run, timezone: 'UTC' },
    ],
  },
  {
    rule: 'nor those that IANA does not know',
    says: 'timezone: Middle/Earth is an IANA name, Windows will not know it.',
    breaks: { ...run, timezone: 'Middle/Earth' },
    holds: [],
  },
  {
    rule: 'a proxy is not supported',
    says: 'containerEnv sets Https_Proxy: Microsoft does not support an HTTP proxy for SHIR in containers.',
    breaks: { ...run, containerEnv: 'A=1\nHttps_Proxy=http://proxy:8080' },
    holds: [{ ...run, containerEnv: 'PROXY_SETTINGS=1' }],
  },
  {
    rule: 'a key has a usual form',
    says: 'authKey does not look like the usual key; if the service refuses it, copy it again.',
    breaks: { ...run, authKey: 'IR@a@b@c@d' },
    holds: [
      run,
      { ...run, authKey: 'IR@0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0@factory@eu@c3ludGhldGljK2tleS9vZi10aGUtdGVzdHMrMTIzNDU2Nz0=' },
    ],
  },
])

describe.each(['HTTP_PROXY', 'https_proxy', 'No_Proxy', 'ALL_PROXY'])('%s', name => {
  test('is told', async () => expect(await said({ ...run, containerEnv: `${name}=x` })).toHaveLength(1))
})
