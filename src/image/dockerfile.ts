/** What a Dockerfile says of itself: enough to know what can be passed to it and what it is built on. */
export interface Dockerfile {
  /** Declared before the first FROM, with their defaults: the only ones that a FROM can use. */
  readonly globalArgs: ReadonlyMap<string, string | undefined>
  /** Every name that an ARG declares, wherever it stands, with the last default that was written. */
  readonly args: ReadonlyMap<string, string | undefined>
  /** The images after FROM as they are written, earlier stages left out. */
  readonly bases: readonly string[]
  /** The images that a COPY takes files from, as they are written: Docker expands no variable there. Stages are left out. */
  readonly copied: readonly string[]
  /** What an ADD brings, as it is written. */
  readonly added: readonly string[]
}

/** Arguments that every build takes without an ARG (Docker's documentation, "Predefined ARGs"). */
const predefined = new Set(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap(name => [name, name.toLowerCase()]),
)

/** Reads what FROM, ARG, COPY and ADD say; everything else is passed over. */
export function parseDockerfile(text: string): Dockerfile {
  const globalArgs = new Map<string, string | undefined>()
  const args = new Map<string, string | undefined>()
  const bases: string[] = []
  const copied = new Set<string>()
  const added: string[] = []
  const stages = new Set<string>()
  for (const instruction of instructions(text)) {
    const [word = '', ...rest] = words(instruction)
    if (word.toUpperCase() === 'ARG') {
      for (const declaration of rest) {
        const [name = '', value] = splitOnce(declaration)
        args.set(name, value ?? args.get(name))
        if (bases.length === 0 && stages.size === 0) globalArgs.set(name, value)
      }
    }
    if (word.toUpperCase() === 'FROM') {
      const [image = '', as, stage] = rest.filter(part => !part.startsWith('--'))
      if (!stages.has(image.toLowerCase())) bases.push(image)
      if (as?.toUpperCase() === 'AS' && stage) stages.add(stage.toLowerCase())
    }
    if (word.toUpperCase() === 'COPY') {
      const image = valueOfFlag(rest, 'from')
      // A number is a stage by its place.
      if (image && !stages.has(image.toLowerCase()) && !/^[+-]?\d+$/.test(image)) copied.add(image)
    }
    if (word.toUpperCase() === 'ADD') added.push(...listed(instruction, rest).slice(0, -1))
  }
  return { globalArgs, args, bases, copied: [...copied], added }
}

/** True where `--build-arg name=…` would be consumed. */
export function takesArgument(dockerfile: Dockerfile, name: string): boolean {
  return dockerfile.args.has(name) || predefined.has(name)
}

/** The images that the build starts from, with `given` build arguments in place of the ARGs' defaults. */
export function resolvedBases({ bases, globalArgs }: Dockerfile, given: ReadonlyMap<string, string>): readonly string[] {
  const values = new Map<string, string>()
  // A default may use the ARGs above it.
  for (const [name, otherwise] of globalArgs) values.set(name, given.get(name) ?? expand(otherwise ?? '', values))
  return bases.map(base => expand(base, values))
}

/** True where an ADD has the engine fetch from the net, as far as ARGs and `given` build arguments tell: what it brings is not known. */
export function fetchesByUrl({ added, args }: Dockerfile, given: ReadonlyMap<string, string>): boolean {
  const values = new Map<string, string>()
  for (const [name, otherwise] of args) values.set(name, given.get(name) ?? expand(otherwise ?? '', values))
  return added.some(source => /^https?:\/\//i.test(expand(source, values)))
}

/** `$A`, `${A}`, `${A:-otherwise}` and `${A:+then}`, where the words after the sign may hold variables themselves. */
function expand(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:\{(\w+)(?::([-+])((?:[^${}]|\$\{[^}]*\}|\$\w+)*))?\}|(\w+))/g,
    (_, braced: string | undefined, sign: string | undefined, operand: string | undefined, bare: string | undefined) => {
      const value = values.get(braced ?? bare ?? '') ?? ''
      const other = expand(operand ?? '', values)
      return sign === '+' ? value && other : value || other
    },
  )
}

/**
 * Instructions with their continuation lines joined and comments left out. The escape character may be a backtick, as is usual on
 * Windows. Two of them at a line's end, such as of `C:\\SHIR\\`, join nothing, and nothing comes between the joined parts: so does Docker
 * (moby/buildkit, frontend/dockerfile/parser).
 */
export function instructions(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const sign = escapeCharacter(lines) === '`' ? '`' : '\\\\'
  const continued = new RegExp(`(?<!${sign})${sign}[ \\t]*$`)
  const joined: string[] = []
  let current = ''
  for (const line of lines) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    if (continued.test(line)) {
      current += line.replace(continued, '')
      continue
    }
    joined.push((current + line).trim())
    current = ''
  }
  if (current.trim() !== '') joined.push(current.trim())
  return joined
}

function splitOnce(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

/** As the directive `# escape=` says, which counts among the directives at the very top alone. */
function escapeCharacter(lines: readonly string[]): string {
  for (const line of lines) {
    const [, name, value] = /^\s*#\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (name === undefined) break
    if (name.toLowerCase() === 'escape' && (value === '\\' || value === '`')) return value
  }
  return '\\'
}

/** Split at blanks; quotes hold words together and are dropped. */
function words(text: string): readonly string[] {
  const found = text.match(/(?:"[^"]*"|'[^']*'|[^\s"']|["'])+/g) ?? []
  return found.map(word => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''))
}

/** Of `--name=value` among the flags that an instruction begins with. */
function valueOfFlag(parts: readonly string[], name: string): string | undefined {
  const begin = `--${name}=`
  const end = parts.findIndex(part => !part.startsWith('--'))
  return parts
    .slice(0, end < 0 ? undefined : end)
    .find(part => part.startsWith(begin))
    ?.slice(begin.length)
}

/** What an instruction names after its flags, in words or as JSON. */
function listed(instruction: string, parts: readonly string[]): readonly string[] {
  const [json] = /\[.*\]$/s.exec(instruction) ?? []
  try {
    if (json !== undefined) return (JSON.parse(json) as readonly unknown[]).map(String)
  } catch {
    // Docker, too, then takes it for words.
  }
  return parts.filter(part => !part.startsWith('--'))
}

/** True where a FROM changes with a global ARG: passing it to any other Dockerfile would change nothing. */
export function usesArgument(dockerfile: Dockerfile, name: string): boolean {
  const [one, other] = ['a', 'b'].map(value => resolvedBases(dockerfile, new Map([[name, value]])).join('\n'))
  return one !== other
}
