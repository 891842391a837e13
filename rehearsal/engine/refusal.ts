/** How a command is refused. */

/** A command that ends with a text on stderr and an exit code. */
export class Refusal extends Error {
  readonly exitCode: number

  constructor(text: string, exitCode: number) {
    super(text)
    this.name = 'Refusal'
    this.exitCode = exitCode
  }
}

/** Ends the command: `text` on stderr, as the real CLI words it. */
export function refuse(text: string, exitCode = 1): never {
  throw new Refusal(text, exitCode)
}

/** Ends the command with the engine's word, as the real CLI passes it on. */
export function refuseByDaemon(text: string): never {
  return refuse(`Error response from daemon: ${text}`)
}
