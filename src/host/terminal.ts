import os from 'node:os'
import path from 'node:path'
import { kebab } from '../contract/spelling.ts'
import type { Host } from './host.ts'
import { cancelSignal, findToolIn, machineId, systemClock } from './process-parts.ts'
import { terminalBar } from './terminal-bar.ts'

/** A terminal: the story on standard error, the outputs as `name=value` on standard output. */
export function terminalHost(inputs: Readonly<Record<string, string>>, spell: Host['spell']): Host {
  const tools = path.join(dataFolder(), 'shir-container')
  // Whoever reads our output may stop early (`| head`), or close the terminal, which is a cancel: what is owed must still be taken back.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
    })
  const bar = terminalBar(process.stderr)
  const say = (line: string) => {
    bar.erase()
    process.stderr.write(`${line}\n`)
  }
  return {
    inputs,
    spell,
    machine: {
      name: os.hostname(),
      id: machineId(),
      isEphemeral: undefined,
      platform: process.platform,
      temp: os.tmpdir(),
      tools,
      workspace: process.cwd(),
    },
    run: { id: 'terminal', job: 'terminal', url: undefined, source: undefined, commit: undefined },
    signal: cancelSignal(),
    clock: systemClock,
    environment: { ...process.env },
    log: line => say(`  ${line}`),
    group: (title, body) => {
      say(title)
      return body()
    },
    annotate: ({ level, title, message }) =>
      say(`${level}: ${title.replace(/^SHIR Container:? ?/, '')}${message.startsWith('\n') ? '' : '\n'}${indent(message)}`),
    progress: bar.draw,
    mask: () => {},
    output: (name, value) => {
      bar.erase()
      process.stdout.write(`${kebab(name)}=${value}\n`)
    },
    summary: async () => {},
    // A terminal has no post step: the step itself takes back what it owes.
    state: { load: () => undefined, save: () => {} },
    findTool: (name, version, arch) => findToolIn(tools, name, version, arch),
    cacheService: undefined,
    fail: () => {
      bar.erase()
      process.exitCode = 1
    },
  }
}

/** Where this system's programs keep what they can fetch again. */
function dataFolder(): string {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env
  if (process.platform === 'win32') return LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local')
  return XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache')
}

function indent(text: string): string {
  return text
    .split('\n')
    .map(line => `  ${line}`)
    .join('\n')
}
