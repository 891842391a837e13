import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Journal } from './journal.ts'
import { addGithubSecret, type Masker } from './masker.ts'
import { parseProperties } from './properties.ts'
import type { Command } from './record.ts'

export interface GithubListener {
  readonly journal: Journal
  readonly masker: Masker
  readonly workspace: string
  readonly debug: boolean
}

type Effect = (command: Command, listener: GithubListener) => void

const EFFECTS: Readonly<Record<string, Effect>> = {
  'set-output': (command, { journal }) => journal.outputs.set(nameOf(command), command.data),
  'save-state': (command, { journal }) => journal.state.set(nameOf(command), command.data),
  'set-env': refuse,
  'add-path': refuse,
  'add-mask'({ data }, { journal, masker }) {
    if (data.trim() === '') return journal.complain('warning', "Can't add secret mask for empty string in ##[add-mask] command.")
    journal.masks.push(data)
    addGithubSecret(masker, data)
  },
  'add-matcher'({ data }, { journal, workspace }) {
    if (data === '') return journal.complain('warning', 'File path must be specified.')
    if (!existsSync(resolve(workspace, data))) throw new Error(`Could not find file '${data}'.`)
  },
  'remove-matcher': () => {},
  debug({ data }, { journal, debug }) {
    if (debug) journal.write(`##[debug]${data}`)
  },
  error: annotate,
  warning: annotate,
  notice: annotate,
  group({ data }, { journal }) {
    journal.groups.push(data)
    journal.write(`##[group]${data}`)
  },
  endgroup: (_command, { journal }) => journal.write('##[endgroup]'),
}
const STOP = 'stop-commands'
const ECHO = 'echo'
const REGISTERED: ReadonlySet<string> = new Set([...Object.keys(EFFECTS), STOP, ECHO])
/** Commands whose line is not repeated in the log after `::echo::on` (OmitEcho in ActionCommandManager.cs). */
const NEVER_ECHOED: ReadonlySet<string> = new Set(['add-mask', 'debug', 'error', 'warning', 'notice'])

/** Executes what a line of stdout or stderr says, or writes it to the log (ActionCommandManager.cs, OutputManager.cs). */
export function createGithubListener(listener: GithubListener): (line: string) => void {
  const { journal, masker } = listener
  let echo = listener.debug
  let stopToken: string | undefined

  const execute = (line: string, command: Command) => {
    journal.commands.push(command)
    if (command.name === STOP) {
      stopToken = checkedToken(command.data)
      if (stopToken.length > 6) masker.add(stopToken)
      journal.write(line)
      return
    }
    if (echo && !NEVER_ECHOED.has(command.name)) journal.write(line)
    if (command.name !== ECHO) EFFECTS[command.name]?.(command, listener)
    else if (/^(on|off)$/i.test(command.data.trim())) echo = /on/i.test(command.data)
    else throw new Error(`Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${command.data}'.`)
  }

  return line => {
    if (stopToken !== undefined) {
      const token = stopToken.toLowerCase()
      if (parseGithubCommand(line, new Set([...REGISTERED, token]))?.name === token) stopToken = undefined
      return journal.write(line)
    }
    const command = parseGithubCommand(line, REGISTERED)
    if (command === undefined) {
      noteUnknown(line, journal)
      return journal.write(line.replaceAll('##[start-action', '##[\\start-action').replaceAll('##[end-action', '##[\\end-action'))
    }
    try {
      execute(line, command)
    } catch (error) {
      journal.complain(
        'error',
        `Unable to process command '${NEVER_ECHOED.has(command.name) ? command.name : line}' successfully.`,
      )
      journal.complain('error', error instanceof Error ? error.message : String(error))
      journal.commandFailed = true
    }
  }
}

function noteUnknown(line: string, journal: Journal) {
  const name = (/^\s*::([a-z][\w-]*)(?: [^:]*)?::/i.exec(line) ?? /##\[([a-z][\w-]*)(?: [^\]]*)?\]/i.exec(line))?.[1]
  const command = name === undefined ? undefined : parseGithubCommand(line, new Set([name.toLowerCase()]))
  if (!command) return
  journal.commands.push(command)
  journal.warnings.push(`Unknown command '${command.name}' was taken as text.`)
}

/** V2 `::name key=value,…::data` at the start of a line, then V1 `##[name key=value;…]data` anywhere (ActionCommand.cs). */
export function parseGithubCommand(line: string, registered: ReadonlySet<string>): Command | undefined {
  return parseV2(line, registered) ?? parseV1(line, registered)
}

function parseV2(line: string, registered: ReadonlySet<string>): Command | undefined {
  const text = trimStart(line)
  const end = text.startsWith('::') ? text.indexOf('::', 2) : -1
  if (end < 0) return undefined
  return readCommand({
    head: text.slice(2, end),
    registered,
    properties: rest =>
      parseProperties(rest.trim(), ',', value => unescapeWith(value, { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',' })),
    data: unescapeWith(text.slice(end + 2), { '%0D': '\r', '%0A': '\n' }),
  })
}

function parseV1(line: string, registered: ReadonlySet<string>): Command | undefined {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return undefined
  const escapes = { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']' }
  return readCommand({
    head: line.slice(start + 3, end),
    registered,
    properties: rest => parseProperties(rest, ';', value => unescapeWith(value, escapes)),
    data: unescapeWith(line.slice(end + 1), escapes),
  })
}

function readCommand(parts: {
  head: string
  registered: ReadonlySet<string>
  properties: (rest: string) => Record<string, string>
  data: string
}): Command | undefined {
  const space = parts.head.indexOf(' ')
  const name = (space < 0 ? parts.head : parts.head.slice(0, space)).toLowerCase()
  if (!parts.registered.has(name)) return undefined
  return { name, properties: space > 0 ? parts.properties(parts.head.slice(space + 1)) : {}, data: parts.data }
}

/** `%25` comes last, as in the runner: `%250A` is the text `%0A`. */
function unescapeWith(text: string, escapes: Readonly<Record<string, string>>): string {
  const replaced = Object.entries(escapes).reduce((sofar, [escaped, char]) => sofar.replaceAll(escaped, char), text)
  return replaced.replaceAll('%25', '%')
}

/** .NET's white space: unlike JavaScript's it has U+0085 and lacks U+FEFF. */
function trimStart(text: string): string {
  return text.replace(/^(?:(?!\uFEFF)[\s\u0085])+/, '')
}

function nameOf(command: Command): string {
  const { name } = command.properties
  if (!name) throw new Error(`Required field 'name' is missing in ##[${command.name}] command.`)
  return name
}

function annotate({ name, properties, data }: Command, { journal }: GithubListener) {
  const level = name === 'error' || name === 'warning' ? name : 'notice'
  // Longer messages cannot be shown (_maxIssueMessageLength in ExecutionContext.cs).
  const message = data.slice(0, 4096)
  journal.annotate({ level, message, ...(properties.title === undefined ? {} : { title: properties.title }) })
}

function refuse({ name }: Command) {
  throw new Error(`The \`${name}\` command is disabled. Please upgrade to using Environment Files.`)
}

function checkedToken(token: string): string {
  if (token !== '' && token.toLowerCase() !== 'pause-logging' && !REGISTERED.has(token.toLowerCase())) return token
  throw new Error("You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command.")
}
