import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { reasons } from '../src/contract/reasons.ts'
import { actionManifest, inputTables, outputTable, taskManifest } from './manifests.ts'

/** `npm run generate` writes what follows from the contract; with `-- --check` it only tells what is out of date, and fails. */
const root = path.resolve(import.meta.dirname, '..')
const isCheck = process.argv.includes('--check')

const { version } = JSON.parse(await read('package.json')) as { readonly version: string }
const files = [
  { file: 'action.yml', text: actionManifest() },
  { file: 'task/ShirContainer/task.json', text: taskManifest(version) },
  { file: 'README.md', text: await withSections('README.md', { inputs: inputTables(), outputs: outputTable() }) },
  { file: 'docs/reasons.md', text: await withSections('docs/reasons.md', { reasons: reasonTable() }) },
  {
    file: 'task/vss-extension.json',
    text: (await read('task/vss-extension.json')).replace(/("version": ")[^"]*/, `$1${version}`),
  },
]

const stale = []
for (const { file, text } of files) {
  if ((await read(file).catch(() => '')) === text) continue
  stale.push(file)
  if (!isCheck) await writeFile(path.join(root, file), text)
}
if (stale.length === 0) console.log('Everything that is generated is up to date.')
else if (isCheck) {
  console.error(`Out of date: ${stale.join(', ')}. Run \`npm run generate\` and commit the result.`)
  process.exitCode = 1
} else console.log(`Written: ${stale.join(', ')}`)

/** The file with the text between its markers `<!-- name:begin -->` and `<!-- name:end -->` replaced. */
async function withSections(file: string, sections: Readonly<Record<string, string>>): Promise<string> {
  let text = await read(file)
  for (const [name, content] of Object.entries(sections)) {
    const pattern = new RegExp(`(<!-- ${name}:begin[^>]*-->)[\\s\\S]*?(<!-- ${name}:end -->)`)
    if (!pattern.test(text)) throw new Error(`${file} has no markers for ${name}`)
    text = text.replace(pattern, (_, begin: string, end: string) => `${begin}\n${content}\n${end}`)
  }
  return text
}

function reasonTable(): string {
  return [
    '| reason | means |',
    '| --- | --- |',
    ...Object.entries(reasons).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`),
  ].join('\n')
}

async function read(file: string): Promise<string> {
  return readFile(path.join(root, file), 'utf8')
}
