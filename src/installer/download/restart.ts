/**
 * What came does not fit together, and the download begins again: `resume` keeps what is there and asks anew where the file is,
 * `anew` begins with an empty file, `stream` does so and asks for no ranges any more.
 */
export class Restart extends Error {
  readonly how: 'resume' | 'anew' | 'stream'
  /** Whether what is kept became more since the download began, or began again: then it may do so once more. */
  readonly hasGained: boolean

  /** @param message a sentence for the log, without its full stop */
  constructor(how: Restart['how'], message: string, hasGained = false) {
    super(message)
    this.name = 'Restart'
    this.how = how
    this.hasGained = hasGained
  }
}
