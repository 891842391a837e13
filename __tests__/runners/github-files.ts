import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Journal } from './journal.ts'
import type { Masker } from './masker.ts'

const NAMES = ['output', 'state', 'env', 'path', 'step_summary'] as const
type FileName = (typeof NAMES)[number]
const SUMMARY_LIMIT = 1024 * 1024

/** The files of one stage; each stage gets new ones (FileCommandManager.cs). */
export interface FileCommands {
  /** GITHUB_OUTPUT and its siblings. */
  readonly environment: Readonly<Record<string, string>>
  /** Carries out what the stage wrote into them. Variables and paths are for the steps that follow. */
  process(journal: Journal, masker: Masker): Promise<{ variables: Map<string, string>; paths: string[] }>
  remove(): Promise<void>
}

export async function createFileCommands(temp: string): Promise<FileCommands> {
  const folder = join(temp, '_runner_file_commands')
  const suffix = randomUUID()
  const pathOf = (name: FileName) => join(folder, `${name}_${suffix}`)
  await mkdir(folder, { recursive: true })
  for (const name of NAMES) await writeFile(pathOf(name), '')

  return {
    environment: Object.fromEntries(NAMES.map(name => [`GITHUB_${name.toUpperCase()}`, pathOf(name)])),
    remove: () => rm(folder, { recursive: true, force: true }),
    async process(journal, masker) {
      const variables = new Map<string, string>()
      const paths: string[] = []
      const carryOut = async (name: FileName, effect: (text: string) => void) => {
        try {
          effect(await readFile(pathOf(name), 'utf8').catch(() => ''))
        } catch (error) {
          journal.complain('error', `Unable to process file command '${name}' successfully.`)
          journal.complain('error', error instanceof Error ? error.message : String(error))
          journal.commandFailed = true
        }
      }
      // Pairs before a malformed one count, as in the runner.
      await carryOut('output', text => setAll(journal.outputs, text))
      await carryOut('state', text => setAll(journal.state, text))
      await carryOut('env', text => {
        for (const [name, value] of readPairs(text)) {
          if (name.toUpperCase() !== 'NODE_OPTIONS') variables.set(name, value)
          else journal.complain('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
        }
      })
      await carryOut('path', text => paths.push(...text.split(/\r\n|\n|\r/).filter(line => line !== '')))
      await carryOut('step_summary', text => addSummary(text, journal, masker))
      return { variables, paths }
    },
  }
}

function setAll(target: Map<string, string>, text: string) {
  for (const [name, value] of readPairs(text)) target.set(name, value)
}

/** The summary is masked line by line, and dropped, without failing the step, above 1 MiB. */
function addSummary(text: string, journal: Journal, masker: Masker) {
  const size = Buffer.byteLength(text)
  if (size > SUMMARY_LIMIT) {
    const kib = Math.floor(size / 1024)
    return journal.complain('error', `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${kib}k.`)
  }
  if (size > 0) journal.summaries.push(text.split('\n').map(masker.mask).join('\n'))
}

/** `NAME=value` and `NAME<<DELIMITER … DELIMITER`, whichever sign comes first (EnvFileKeyValuePairs). Throws on anything else. */
export function* readPairs(text: string): Generator<readonly [string, string]> {
  const lines = readLines(text)
  for (const { content } of lines) {
    if (content === '') continue
    const equals = content.indexOf('=')
    const heredoc = content.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) yield [content.slice(0, equals), content.slice(equals + 1)]
    else if (heredoc >= 0) yield [content.slice(0, heredoc), readHeredoc(text, content, lines)]
    else throw new Error(`Invalid format '${content}'`)
  }
}

function readHeredoc(text: string, opening: string, lines: Iterator<Line>): string {
  const at = opening.indexOf('<<')
  const delimiter = opening.slice(at + 2)
  if (at === 0 || delimiter === '')
    throw new Error(`Invalid format '${opening}'. Name must not be empty and delimiter must not be empty`)
  let start: number | undefined
  let end = 0
  for (;;) {
    const next = lines.next()
    if (next.done) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
    const line = next.value
    if (line.content === delimiter) return start === undefined ? '' : text.slice(start, end)
    if (!line.terminated) throw new Error('Invalid value. EOF marker missing new line.')
    start ??= line.start
    end = line.end
  }
}

interface Line {
  readonly content: string
  readonly start: number
  /** Where the content ends, before its newline. */
  readonly end: number
  readonly terminated: boolean
}

/** Only on Windows does the runner take `\r\n` for one newline. */
function* readLines(text: string): Generator<Line, undefined> {
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start)
    const stop = feed < 0 ? text.length : feed
    const end = process.platform === 'win32' && feed > start && text[feed - 1] === '\r' ? feed - 1 : stop
    yield { content: text.slice(start, end), start, end, terminated: feed >= 0 }
    start = stop + 1
  }
}
