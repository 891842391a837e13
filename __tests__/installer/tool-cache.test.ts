import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { installerStore, storeRoot } from '../../src/installer/store.ts'
import { sampleInstaller } from '../support/sample-installer.ts'
import { type Bench, makeBench, provenOf } from './bench.ts'

const sample = sampleInstaller('5.70.9748.2')
const toolCache = pathToFileURL(resolve('node_modules/@actions/tool-cache/lib/tool-cache.js')).href

let bench: Bench
beforeEach(async () => {
  bench = await makeBench()
})
afterEach(() => bench.remove())

/** What the real `@actions/tool-cache` answers, in a process of its own, since it reads its folder from the environment. */
async function ask(call: string): Promise<unknown> {
  const script = `import * as tc from '${toolCache}'; process.stdout.write('\\n' + JSON.stringify(tc.${call}))`
  const environment = { ...process.env, RUNNER_TOOL_CACHE: bench.tools, RUNNER_TEMP: join(bench.folder, 'temp') }
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env: environment })
  return JSON.parse(stdout.split('\n').at(-1) ?? '')
}

async function keep(): Promise<void> {
  await installerStore(undefined, bench.host()).keep(await bench.part(sample.bytes), provenOf(sample), 'microsoft')
}

test('the real tool cache finds what the store keeps', async () => {
  await keep()
  const folder = join(storeRoot(undefined, bench.host()), '5.70.9748-2', 'x64')
  expect(await ask(`find('shir', '5.70.9748-2', 'x64')`)).toBe(folder)
  expect(await ask(`findAllVersions('shir', 'x64')`)).toEqual(['5.70.9748-2'])
  expect(await ask(`find('shir', '5.70.9748-3', 'x64')`)).toBe('')
})

test('it finds neither four parts with dots (why they have a dash) nor what lacks its mark', async () => {
  expect(await ask(`find('shir', '5.70.9748-2', 'x64')`)).toBe('')
  await keep()
  expect(await ask(`find('shir', '5.70.9748.2', 'x64')`)).toBe('')
})
