import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { terminalHost } from '../src/host/terminal.ts'
import type { KnownVersion } from '../src/installer/known.ts'
import { type Comparison, compare, readPublicManifest } from './winget.ts'

/**
 * `npm run known -- --check` holds src/installer/known.json against the public manifest and fails where something is missing or differs;
 * `npm run known -- --update` adds what is missing. A hash that differs fails both, loudly, and changes nothing. `GITHUB_TOKEN` may
 * hold a token for GitHub’s API. A version whose manifest cannot be read is told; the check then fails in the end, while what is told of
 * the others is added all the same. Proxies are taken from the environment.
 */
const file = path.resolve(import.meta.dirname, '../src/installer/known.json')
const [mode, ...rest] = process.argv.slice(2)

if ((mode !== '--check' && mode !== '--update') || rest.length > 0) {
  console.error('Usage: npm run known -- --check | --update')
  process.exitCode = 2
} else {
  try {
    process.exitCode = await run(mode)
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}

async function run(mode: '--check' | '--update'): Promise<number> {
  const known = (JSON.parse(await readFile(file, 'utf8')) as { readonly versions: readonly KnownVersion[] }).versions
  const host = terminalHost({}, key => key)
  const manifest = await readPublicManifest(host, process.env.GITHUB_TOKEN)
  const comparison = compare(known, manifest)
  for (const note of comparison.notes) console.log(note)
  if (comparison.contradictions.length > 0) return refuse(comparison)
  if (comparison.missing.length === 0) {
    console.log(
      `Everything that the public manifest says is known${manifest.unread.length > 0 ? ', as far as it could be read' : ''}.`,
    )
    return mode === '--check' && manifest.unread.length > 0 ? 1 : 0
  }
  for (const one of comparison.missing) console.log(`${mode === '--check' ? 'Missing' : 'Added'}: ${one}`)
  if (mode === '--check') {
    console.error('Run `npm run known -- --update && npm run build`, read what it adds, and commit it.')
    return 1
  }
  await writeFile(file, `${JSON.stringify({ versions: comparison.versions }, null, 2)}\n`)
  return 0
}

function refuse({ contradictions }: Comparison): number {
  for (const one of contradictions) console.error(`CONTRADICTION: ${one}`)
  console.error(
    'An installer was changed after it was published, or one of the two sources is wrong. Nothing was written; do not go on before you know which.',
  )
  return 1
}
