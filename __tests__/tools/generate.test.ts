import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { reasons } from '../../src/contract/reasons.ts'
import { actionManifest, inputTables, outputTable, taskManifest } from '../../tools/manifests.ts'
import { readText, repository } from '../support/repository.ts'

const { version } = JSON.parse(readText('package.json')) as { readonly version: string }

/** What stands between the markers of a generated section. */
function section(file: string, name: string): string {
  const [, content = ''] =
    new RegExp(`<!-- ${name}:begin[^>]*-->\\n([\\s\\S]*?)\\n<!-- ${name}:end -->`).exec(readText(file)) ?? []
  return content
}

describe('what is on disk is what the contract generates', () => {
  test('action.yml', () => expect(readText('action.yml')).toBe(actionManifest()))
  test('task.json', () => expect(readText('task/ShirContainer/task.json')).toBe(taskManifest(version)))
  test('the README’s inputs', () => expect(section('README.md', 'inputs')).toBe(inputTables()))
  test('the README’s outputs', () => expect(section('README.md', 'outputs')).toBe(outputTable()))
  test('docs/reasons.md', () => {
    const rows = section('docs/reasons.md', 'reasons').split('\n').slice(2)
    expect(rows).toEqual(Object.entries(reasons).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`))
  })
})

test('tables are whole: each row has as many cells as its head', () => {
  for (const text of [inputTables(), outputTable()])
    for (const block of text.split('\n\n').filter(part => part.startsWith('|'))) {
      const cells = block.split('\n').map(row => row.replaceAll('\\|', '').split('|').length)
      expect(new Set(cells).size).toBe(1)
    }
})

describe('npm run generate', () => {
  const files = ['action.yml', 'task/ShirContainer/task.json', 'README.md', 'docs/reasons.md', 'task/vss-extension.json']
  let copy: string
  beforeEach(async () => {
    copy = await mkdtemp(path.join(tmpdir(), 'shir-generate-'))
    for (const part of ['src/contract', 'tools', 'package.json', ...files])
      await cp(path.join(repository, part), path.join(copy, part), { recursive: true })
    await symlink(path.join(repository, 'node_modules'), path.join(copy, 'node_modules'), 'junction')
  })
  afterEach(() => rm(copy, { recursive: true, force: true }))

  const textOf = (file: string) => readFile(path.join(copy, file), 'utf8')

  async function generate(...flags: readonly string[]): Promise<{ readonly code: number; readonly told: string }> {
    const tsx = path.join(repository, 'node_modules/tsx/dist/cli.mjs')
    return promisify(execFile)(process.execPath, [tsx, path.join(copy, 'tools/generate.ts'), ...flags]).then(
      ({ stdout }) => ({ code: 0, told: stdout }),
      ({ code, stderr }: { code: number; stderr: string }) => ({ code, told: stderr }),
    )
  }

  test('--check has nothing to say of the repository', async () => {
    expect(await generate('--check')).toEqual({ code: 0, told: 'Everything that is generated is up to date.\n' })
  })

  test('--check finds every change and touches nothing; without it the changes are taken back', async () => {
    const changes = [
      ['action.yml', 'node24', 'node20'],
      ['task/ShirContainer/task.json', 'Node20_1', 'Node20'],
      ['README.md', '| `node-name` |', '| `nodename` |'],
      ['docs/reasons.md', '`unhealthy`', '`ill`'],
      ['task/vss-extension.json', `"version": "${version}"`, '"version": "9.9.9"'],
    ] as const
    const textsOf = () => Promise.all(changes.map(([file]) => textOf(file)))
    const whole = await textsOf()
    for (const [index, [file, from, to]] of changes.entries()) {
      expect(whole[index]).toContain(from)
      await writeFile(path.join(copy, file), String(whole[index]).replace(from, to))
    }
    const changed = await textsOf()
    const named = changes.map(([file]) => file).join(', ')
    expect(await generate('--check')).toEqual({
      code: 1,
      told: `Out of date: ${named}. Run \`npm run generate\` and commit the result.\n`,
    })
    expect(await textsOf()).toEqual(changed)

    expect(await generate()).toEqual({ code: 0, told: `Written: ${named}\n` })
    expect(await textsOf()).toEqual(whole)
  })

  test('what is written by hand around the sections stays', async () => {
    const text = await textOf('README.md')
    await writeFile(path.join(copy, 'README.md'), `By hand: $1 $& \`.\n${text.replace('| `mode` |', '|')}\nBy hand.\n`)
    await generate()
    expect(await textOf('README.md')).toBe(`By hand: $1 $& \`.\n${text}\nBy hand.\n`)
  })
})
