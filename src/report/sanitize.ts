/** Characters after which the rest of a line is dropped: no line of a log that a person reads is longer. */
const longestLine = 8_192

/** Any control character except tab; written by property, so that none stands in this source. */
const control = /(?!\t)\p{Cc}/gu
/** Terminal sequences, which begin with the control character ESC (or its C1 twin, here with a bracket all the same). */
const escapeSequence = /(?!\t)\p{Cc}(?:\[[0-?]*[ -/]*[@-~]|\][^\p{Cc}]*)/gu
/** Code points that are drawn as nothing; .NET's culture-aware search may skip them when it looks for a command. */
const invisible = /\p{Default_Ignorable_Code_Point}|[\u2028\u2029]/gu

/** Splits at every line end that a runner sees, a lone carriage return included. */
export function splitLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/)
}

/**
 * Makes one line of any text harmless to print: no terminal sequences, and nothing that GitHub or Azure Pipelines would take
 * for a workflow command (`##[…` and `##vso[` anywhere in a line, `::…` at its start).
 */
export function sanitizeLine(line: string): string {
  const visible = line.replace(escapeSequence, '').replace(control, '').replace(invisible, '')
  return visible
    .replace(/##(?=\[)/g, '# #')
    .replace(/##(?=vso)/gi, '**')
    .replace(/^(\s*):(?=:)/, '$1: ')
}

/** Comes last: a line that was cut before its secrets were taken out could end with half of one. */
export function cutLine(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)}… (${line.length - longestLine} more characters)` : line
}
