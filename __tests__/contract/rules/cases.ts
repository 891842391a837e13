import { parseInputs } from '../../../src/contract/parse.ts'
import { syntheticKey } from '../../support/synthetic-key.ts'

export type Raw = Readonly<Record<string, string>>

export const run: Raw = { mode: 'run', authKey: syntheticKey }
export const build: Raw = { mode: 'build' }
export const gate: Raw = { mode: 'gate' }
/** A JDK from elsewhere. */
export const jdk: Raw = { jdkUrl: 'https://files.example/jdk.msi', jdkSha256: 'a'.repeat(64) }

/** What is said of the inputs: the message of the refusal, or the warnings, a line each. */
export async function said(raw: Raw): Promise<readonly string[]> {
  return parseInputs(raw, key => key).then(
    ({ warnings }) => warnings,
    (error: Error) => [`refused: ${error.message}`],
  )
}

export interface Case {
  readonly rule: string
  readonly says: string
  /** What breaks the rule: nothing else is said of it. */
  readonly breaks: Raw
  /** Neighbours of that, of which nothing is said. */
  readonly holds: readonly Raw[]
}

export function testRules(cases: readonly Case[]): void {
  describe.each(cases)('$rule', ({ says, breaks, holds }) => {
    test('is said where it is broken', async () => expect(await said(breaks)).toEqual([says]))
    test('is not said where it holds', async () => {
      for (const raw of holds) expect([raw, await said(raw)]).toEqual([raw, []])
    })
  })
}
