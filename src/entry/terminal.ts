#!/usr/bin/env node
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { version } from '../../package.json'
import { StepError } from '../contract/reasons.ts'
import { helpText, readCommandLine, spellFlag } from '../host/command-line.ts'
import { terminalHost } from '../host/terminal.ts'
import { runStep } from '../step.ts'

try {
  const asked = readCommandLine(process.argv.slice(2), process.env)
  if (asked.kind === 'help') console.log(helpText())
  if (asked.kind === 'version') console.log(version)
  if (asked.kind === 'step') {
    const inputs = asked.keyFromStdin ? { ...asked.inputs, authKey: await text(process.stdin) } : asked.inputs
    await runStep(terminalHost(inputs, spellFlag), fileURLToPath(new URL('../container', import.meta.url)))
  }
} catch (error) {
  if (!(error instanceof StepError)) throw error
  console.error(`error: ${error.code}\n  ${error.message}${error.hint ? `\n  ${error.hint}` : ''}`)
  process.exitCode = 1
}
