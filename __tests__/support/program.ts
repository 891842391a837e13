import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * A `describe` whose tests start `program` (`pwsh` may also be named by the variable PWSH). Where that is not installed they are skipped with one line on stderr, or fail where
 * `SKIPS_FORBIDDEN` is 1, so that a run that is meant to be complete cannot be green without them.
 */
export function describeWith(program: string, name: string, body: () => void): void {
  describeWhere(isInstalled(program), `${program}, which is not in PATH`, name, body)
}

/** The same for whatever else a machine may lack. `need` says what, as in "`name` needs …". */
export function describeWhere(isPossible: boolean, need: string, name: string, body: () => void): void {
  if (isPossible) {
    describe(name, body)
    return
  }
  if (process.env.SKIPS_FORBIDDEN === '1') {
    describe(name, () => {
      test(`what it needs is there: ${need}`, () => {
        throw new Error(`"${name}" needs ${need}, and SKIPS_FORBIDDEN is 1.`)
      })
    })
    return
  }
  process.stderr.write(`SKIPPED: "${name}" needs ${need}.\n`)
  describe.skip(name, body)
}

function isInstalled(program: string): boolean {
  if (program === 'pwsh' && process.env.PWSH) return isExecutable(process.env.PWSH)
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  return folders.some(folder => suffixes.some(suffix => isExecutable(join(folder, program + suffix))))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
