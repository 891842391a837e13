import { argumentKeys, argumentNames, inputArguments } from '../../src/contract/build-arguments.ts'
import { parseInputs } from '../../src/contract/parse.ts'

type Raw = Readonly<Record<string, string>>

async function argumentsOf(raw: Raw): Promise<readonly string[]> {
  const { inputs } = await parseInputs({ mode: 'build', ...raw }, key => key)
  return inputArguments(inputs).map(({ key, name, value }) => `${key}: ${name}=${value}`)
}

const jdk = { jdkUrl: 'https://files.example/jdk.msi', jdkSha256: 'AB'.repeat(32) }

test.each<[string, Raw, readonly string[]]>([
  ['nothing', {}, []],
  ['a JDK', { installJdk: 'True' }, ['installJdk: INSTALL_JDK=true']],
  ['no JDK', { installJdk: 'false' }, []],
  [
    'a JDK from elsewhere',
    { installJdk: 'true', ...jdk },
    ['installJdk: INSTALL_JDK=true', 'jdkUrl: JDK_URL=https://files.example/jdk.msi', `jdkSha256: JDK_SHA256=${'ab'.repeat(32)}`],
  ],
  ['an address of a JDK that is not wanted', jdk, []],
  ['certificates', { certificates: 'folder' }, ['certificates: INSTALL_CERT=true']],
])('%s', async (_, raw, expected) => expect(await argumentsOf(raw)).toEqual(expected))

test('every argument belongs to one input', () => {
  expect(new Set(Object.values(argumentNames)).size).toBe(argumentKeys.length)
})
