import { ALLOWED_WHEN_RESTRICTED, type AzureListener, EFFECTS, QUIET } from './azure-effects.ts'
import type { Journal } from './journal.ts'
import { parseProperties } from './properties.ts'
import type { Command } from './record.ts'

const AREAS: ReadonlySet<string> = new Set([...Object.keys(EFFECTS), ...QUIET].map(areaOf))

/** Executes what a line of stdout or stderr says, or writes it to the log (WorkerCommandManager.cs). */
export function listenOnAzure(line: string, listener: AzureListener): void {
  const { journal } = listener
  const command = parseAzureCommand(line)
  if (command === undefined) {
    takeAsText(line, journal)
    return
  }
  journal.commands.push(command)
  try {
    execute(command, listener)
  } catch (error) {
    journal.complain('error', `Unable to process command '${line}' successfully.`)
    journal.complain('error', error instanceof Error ? error.message : String(error))
    journal.commandFailed = true
  }
  if (listener.debug && command.name !== 'task.debug') journal.write(`##[debug]Processed: ${unescapeData(line)}`)
}

function takeAsText(line: string, journal: Journal) {
  if (line.includes('##vso'))
    journal.complain('warning', `'${line}' contains logging command keyword '##vso', but it's not a legal command.`)
  const group = /^##\[group\](.*)$/.exec(line)
  if (group) journal.groups.push(group[1] ?? '')
  journal.write(line)
}

/** An unknown area is a warning, an unknown command of a known area an error, a forbidden one a warning. */
function execute(command: Command, listener: AzureListener) {
  const { name } = command
  if (!AREAS.has(areaOf(name))) return listener.journal.complain('warning', `Cannot find command extension for ##vso[${name}].`)
  const effect = EFFECTS[name]
  if (!effect && !QUIET.has(name)) throw new Error(`##vso[${name}] is not a recognized command.`)
  const isRestricted = listener.task.restrictions?.commands?.mode?.toLowerCase() === 'restricted'
  if (isRestricted && !ALLOWED_WHEN_RESTRICTED.has(name))
    return listener.journal.complain('warning', `##vso[${name}] is not allowed in this step due to policy restrictions.`)
  effect?.(command, listener)
}

function areaOf(name: string): string {
  return name.slice(0, name.indexOf('.'))
}

/** `##vso[area.event key=value;…]data` at any place of a line; what stands before it is lost (Command.cs). */
export function parseAzureCommand(line: string): Command | undefined {
  const start = line.indexOf('##vso[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return undefined
  const head = line.slice(start + 6, end)
  const space = head.indexOf(' ')
  const parts = (space < 0 ? head : head.slice(0, space)).split('.').filter(part => part !== '')
  if (parts.length !== 2) return undefined
  const properties = space > 0 ? parseProperties(head.slice(space + 1), ';', unescapeData) : {}
  return { name: parts.join('.').toLowerCase(), properties, data: unescapeData(line.slice(end + 1)) }
}

/** `%25` is no escape here: `%AZP25` is (CommandStringConvertor.cs, DECODE_PERCENTS by default). */
function unescapeData(text: string): string {
  return text
    .replaceAll('%3B', ';')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%5D', ']')
    .replaceAll('%AZP25', '%')
}
