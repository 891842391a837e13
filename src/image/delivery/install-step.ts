import { instructions } from '../dockerfile.ts'

/**
 * Which step of a build fetches an offered installer: its number in `Step 7/12`. Where INSTALLER_URL is declared that is the first
 * RUN (or ADD) that names it, or else, since a script may read it, the first RUN after its last ARG.
 * @returns `undefined` where no step can fetch it
 */
export function installStep(dockerfile: string): number | undefined {
  let isDeclared = false
  let naming: number | undefined
  let following: number | undefined
  for (const [index, instruction] of instructions(dockerfile).entries()) {
    const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(instruction) ?? []
    switch (word.toUpperCase()) {
      case 'FROM': // each stage declares for itself
        isDeclared = false
        break
      case 'ARG':
        if (!/(?:^|\s)INSTALLER_URL(?:[=\s]|$)/.test(rest)) break
        isDeclared = true
        following = undefined
        break
      case 'ADD':
      case 'RUN':
        if (!isDeclared) break
        if (/\bINSTALLER_URL\b/.test(rest)) naming ??= index + 1
        if (word.toUpperCase() === 'RUN') following ??= index + 1
    }
  }
  return naming ?? following
}
