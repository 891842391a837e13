import { formsOf, redactor } from '../../src/report/redact.ts'

const base64 = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64')
const lowerCase = (text: string, escapes: RegExp) => text.replace(escapes, code => code.toLowerCase())
const dotnet = (text: string) => text.replaceAll('+', '\\u002B')

/** With every sign that base64 has. */
const lastPart = 'Xy9+aB/cD0eF1gH2+iJ3kL4/mN5oP6qR7sT8uV9wX0s='
const key = `IR@0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0@factory-1@ServiceEndpoint=factory-1.westeurope.datafactory.azure.net@${lastPart}`

/** As other programs print a text; each for the whole key and for its last part. */
const prints: readonly (readonly [string, (text: string) => string])[] = [
  ['raw', text => text],
  ['in quotes', text => `"${text}"`],
  ['URL-encoded', encodeURIComponent],
  ['URL-encoded in lower case, as .NET does', text => lowerCase(encodeURIComponent(text), /%../g)],
  ['JSON', text => JSON.stringify({ key: text })],
  ['System.Text.Json', dotnet],
  ['System.Text.Json in lower case', text => lowerCase(dotnet(text), /\\u..../g)],
  ['XML', text => text.replaceAll('+', '&#x2B;')],
  ['base64', text => base64(text)],
  ['base64 behind one byte', text => base64(`:${text}`)],
  ['base64 behind two bytes', text => base64(`::${text}`)],
  ['base64 inside other text', text => base64(`AUTH_KEY=${text}; and more`)],
  ['UTF-16 base64, as -EncodedCommand takes it', text => base64(text, 'utf16le')],
  ['UTF-16 base64 behind one character', text => base64(`:${text}`, 'utf16le')],
  ['UTF-16 base64 behind two characters', text => base64(`::${text}`, 'utf16le')],
]

describe.each([
  ['the whole key', key],
  ['its last part', lastPart],
])('%s', (_, secret) => {
  test.each(prints)('printed %s does not get through', (_form, print) => {
    const { add, redact } = redactor()
    add(key)
    const redacted = redact(`before ${print(secret)} after`)
    expect(redacted).toMatch(/^before .*\*\*\*.* after$/)
    // Of the secret itself, no more than the edges of base64 are left.
    expect(redacted.length).toBeLessThan('before  after'.length + 40)
  })
})

test('what has signs of XML and JSON is found in their escapes', () => {
  const secret = `a<b>"c'&d+e`
  const { add, redact } = redactor()
  add(secret)
  const escaped = [
    JSON.stringify(secret),
    'a&lt;b&gt;&quot;c&apos;&amp;d+e',
    'a&#60;b&#62;&#34;c&#39;&#38;d+e',
    'a\\u003Cb\\u003E\\u0022c\\u0027\\u0026d\\u002Be',
    'a\\u003cb\\u003e\\u0022c\\u0027\\u0026d\\u002be',
  ]
  for (const text of escaped) expect(redact(text)).toMatch(/^"?\*\*\*"?$/)
})

test('each line of a secret with several is one', () => {
  const { add, redact } = redactor()
  add('first-line\r\nsecond-line\rthird-line\nab')
  expect(redact('third-line, second-line, first-line, ab')).toBe('***, ***, ***, ab')
})

test.each(['', 'a', 'true', '12345'])('%j is too short to be hidden: it would blot out words', text => {
  const { add, redact } = redactor()
  add(text)
  expect(formsOf(text)).toEqual([])
  expect(redact(`is ${text} true`)).toBe(`is ${text} true`)
})

test('nothing is a pattern', () => {
  const { add, redact } = redactor()
  add('.*[a-z]+$^(x)|\\d{6}/-')
  expect(redact('ordinary words 123456')).toBe('ordinary words 123456')
  expect(redact('>.*[a-z]+$^(x)|\\d{6}/-<')).toBe('>***<')
})

test('several secrets, one inside the other, leave nothing of the longer', () => {
  const { add, redact } = redactor()
  add('inner-secret')
  add('outer-inner-secret-outer')
  expect(redact('outer-inner-secret-outer inner-secret')).toBe('*** ***')
})
