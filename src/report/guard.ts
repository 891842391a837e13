import { addressSecrets } from '../contract/address-secrets.ts'
import { entryOf, type Key, keys } from '../contract/inputs.ts'
import type { Host } from '../host/host.ts'
import { lastPartOf, redactor, shortestSecret } from './redact.ts'
import { cutLine, sanitizeLine, splitLines } from './sanitize.ts'

/** A progress bar's text; cut here, after redaction, since half a key is not recognised. */
const longestProgress = 100

/** GitHub refuses a page of more than 1 MiB altogether. */
const longestPage = 1_000_000

function cutPage(page: string): string {
  const bytes = Buffer.from(page)
  // The end may stand in a fence; a fence more does no harm after the last line.
  return bytes.length <= longestPage
    ? page
    : `${bytes
        .subarray(0, longestPage)
        .toString()
        .replace(/\uFFFD$/, '')}\n~~~\n\n… the rest was cut: a page holds 1 MB.\n`
}

/**
 * Wraps a host so that nothing leaves it unchecked: secrets are taken out of every text, and no text can act as a workflow
 * command. Every value that is masked is also one that the guard takes out itself, since both platforms' masking has holes.
 */
export function guard(host: Host): Host {
  const secrets = redactor()
  const masked = new Set<string>()
  const line = (text: string) => cutLine(secrets.redact(sanitizeLine(text)))
  const block = (text: string) => splitLines(text).map(line).join('\n')

  return {
    ...host,
    log: text => {
      for (const part of splitLines(text)) host.log(line(part))
    },
    group: (title, body) => host.group(line(title), body),
    annotate: ({ level, title, message }) => host.annotate({ level, title: line(title), message: block(message) }),
    progress: (percent, text) => host.progress(percent, line(text).slice(0, longestProgress)),
    mask: value => {
      if (masked.has(value)) return // asked for at every look at a container
      masked.add(value)
      secrets.add(value)
      for (const part of [...splitLines(value), lastPartOf(value)]) if (part.length >= shortestSecret) host.mask(part)
    },
    // Outputs are data for other steps: secrets go, the rest stays as it is.
    output: (name, value) => host.output(name, secrets.redact(value)),
    summary: markdown => host.summary(cutPage(block(markdown))),
    state: { load: host.state.load, save: value => host.state.save(secrets.redact(value)) },
  }
}

/** The inputs of which outputs repeat something. */
const repeated: readonly Key[] = ['shirVersion', 'msiSha256', 'image', 'nodeName', 'containerName']

/** Masks what is secret in the inputs, before anything is parsed or printed. */
export function maskInputs(host: Host): void {
  for (const key of keys) {
    const text = host.inputs[key]?.trim() ?? ''
    if (entryOf(key).secret && text.length >= shortestSecret) host.mask(text)
  }
  const address = host.inputs.msiUrl?.trim() ?? ''
  const said = repeated.map(key => host.inputs[key] ?? '').join('\n')
  if (URL.canParse(address)) for (const part of addressSecrets(address, said)) host.mask(part)
}

/** Prints text of someone else's, marked as such. */
export function tellForeign(host: Host, text: string): void {
  for (const part of splitLines(text)) host.log(`│ ${part}`)
}
