/** What came of checking a signature. */
export type Verdict =
  | { readonly kind: 'valid'; readonly by: string }
  /** It does not hold. `why` completes the sentence "The signature does not prove it: …". */
  | { readonly kind: 'invalid'; readonly why: string }
  /** Nothing is known: no program to check it with, or one that did not get to its end. */
  | { readonly kind: 'unchecked'; readonly why: string; readonly hint: string }

/** No check of a file of 1 GB takes longer; on a good machine one takes seconds. */
export const limitMs = 5 * 60_000

/** What to say of a program that was ended before it said anything: by its time, or from outside. */
export function ended(program: string, timedOut: boolean): string {
  return timedOut ? `${program} gave no answer in ${limitMs / 60_000} min` : `${program} was killed`
}
