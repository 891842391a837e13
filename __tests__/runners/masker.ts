/** Replaces registered values, and the forms that its encoders make of them, by `***`. */
export interface Masker {
  add(value: string): void
  mask(text: string): string
}

type Encoder = (value: string) => string

/** Overlapping and touching finds become one `***`, as in both runners (actions/runner SecretMasker.cs, MaskSecrets). */
function createMasker(encoders: readonly Encoder[], pattern?: RegExp): Masker {
  const secrets = new Set<string>()
  return {
    add(value) {
      for (const form of [value, ...encoders.map(encode => encode(value))]) if (value !== '' && form !== '') secrets.add(form)
    },
    mask(text) {
      const finds = [...secrets].flatMap(secret => findAll(text, secret))
      if (pattern) for (const match of text.matchAll(pattern)) finds.push([match.index, match.index + match[0].length])
      return replaceRanges(text, finds)
    },
  }
}

function findAll(text: string, secret: string): [number, number][] {
  const finds: [number, number][] = []
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) finds.push([at, at + secret.length])
  return finds
}

function replaceRanges(text: string, ranges: [number, number][]): string {
  let masked = ''
  let done = 0
  let open = false
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    if (!open || start > done) masked += `${text.slice(done, start)}***`
    done = open ? Math.max(done, end) : end
    open = true
  }
  return masked + text.slice(done)
}

const jsonEscape: Encoder = value =>
  JSON.stringify(value)
    .slice(1, -1)
    .replace(/[\u0085\u2028\u2029]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
/** .NET's Uri.EscapeDataString also escapes the five marks that JavaScript leaves alone. */
const uriEscape: Encoder = value =>
  encodeURIComponent(Buffer.from(value).toString()).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
const xmlNames: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '&': '&amp;' }
const xmlEscape: Encoder = value => value.replace(/[<>"'&]/g, char => xmlNames[char] ?? char)

function base64From(shift: number): Encoder {
  return value => {
    const bytes = Buffer.from(value)
    return bytes.subarray(bytes.length > shift ? shift : 0).toString('base64')
  }
}

const trimDoubleQuotes: Encoder = value => (value.length > 8 && /^".*"$/s.test(value) ? value.slice(1, -1) : '')
/** PowerShell colours parts of a failed command, so the text before and after an ampersand is masked too, from six characters on. */
const beforeAmpersand: Encoder = value => {
  const at = value.includes('&+') ? value.indexOf('&+') + 2 : value.lastIndexOf('&') + 1
  return at >= 6 ? value.slice(0, at) : ''
}
const afterAmpersand: Encoder = value => {
  if (!value.includes('&')) return ''
  const rest = value.includes('&+') ? value.slice(value.indexOf('&+') + 3) : value.slice(value.lastIndexOf('&') + 1)
  return rest.length >= 6 ? rest : ''
}

/** The encoders of actions/runner HostContext.cs 103-113. */
export function createGithubMasker(): Masker {
  return createMasker([
    base64From(0),
    base64From(1),
    base64From(2),
    value => value.replaceAll('"', '\\"'),
    value => value.replaceAll("'", "''"),
    jsonEscape,
    uriEscape,
    xmlEscape,
    trimDoubleQuotes,
    beforeAmpersand,
    afterAmpersand,
  ])
}

/** Worker.cs 155-172 and AddMaskCommandExtension: the whole value and each of its lines. */
export function addGithubSecret(masker: Masker, secret: string): void {
  masker.add(secret)
  for (const line of secret.split(/[\r\n]/)) masker.add(line.trim())
}

/** The encoders of azure-pipelines-agent HostContext.cs 210-221 (no base64 among them), and its rule for `//user:password@`. */
export function createAzureMasker(): Masker {
  const backslashUnescape: Encoder = value =>
    value.replaceAll('\\\\', '\\').replaceAll("\\'", "'").replaceAll('\\"', '"').replaceAll('\\t', '\t')
  return createMasker(
    [jsonEscape, uriEscape, backslashUnescape],
    /(?<=\/\/[^:/?#\n]+:)([\w.~-]|(%|%AZP25)[0-9a-fA-F]{2}|[!$&'()*+,;=]|:)+(?=@)/g,
  )
}

/**
 * A secret variable of the job: the value, its escaped and its base64 form, each also trimmed and without surrounding quotes
 * (Agent.Worker/Worker.cs 152-213). A value that a task registers itself gets none of this.
 */
export function addAzureSecretVariable(masker: Masker, secret: string): void {
  const lines = (value: string) => value.replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  for (const form of [secret, lines(secret.replaceAll('%', '%AZP25')), lines(secret), Buffer.from(secret).toString('base64')]) {
    masker.add(form)
    masker.add(form.replace(/^[\r\n ]+|[\r\n ]+$/g, ''))
    const quoted = /^(["'])(.*)\1$/s.exec(form)
    if (quoted?.[2]) masker.add(quoted[2])
  }
}
