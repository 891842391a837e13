import { parseHead, requestFor } from '../../src/net/head.ts'

const good = [
  'HTTP/1.1 206 Partial Content',
  'ETag: "a"',
  'Content-Range: bytes 0-9/20',
  'Content-Length: 10',
  'Connection: keep-alive',
]
const parse = (...lines: readonly string[]) => parseHead(lines.join('\r\n'))

test('the plainest form is read', () => {
  expect(parse(...good)).toEqual({
    status: 206,
    text: 'Partial Content',
    headers: { etag: '"a"', 'content-range': 'bytes 0-9/20', 'content-length': '10', connection: 'keep-alive' },
    length: 10,
    isKept: true,
  })
})

test.each([
  ['no reason', ['HTTP/1.1 206', ...good.slice(1)], { status: 206, text: '' }],
  ['no space behind a colon', [...good, 'Server:x'], { headers: expect.objectContaining({ server: 'x' }) }],
  ['spaces around a value', [...good, 'Server: \t x \t'], { headers: expect.objectContaining({ server: 'x' }) }],
  ['an empty value', [...good, 'Server:'], { headers: expect.objectContaining({ server: '' }) }],
  ['cookies', [...good, 'Set-Cookie: a', 'Set-Cookie: b'], { status: 206 }],
  ['a connection that ends', [...good.slice(0, 4), 'Connection: Close'], { isKept: false }],
  [
    'a refusal without a length',
    ['HTTP/1.1 503 No', 'Transfer-Encoding: chunked', 'Retry-After: 5'],
    { status: 503, isKept: false },
  ],
])('%s is read', (_, lines, expected) => {
  expect(parse(...lines)).toMatchObject(expected)
})

test.each([
  ['another version', ['HTTP/1.0 206 Partial Content', ...good.slice(1)]],
  ['another protocol', ['SSH-2.0-OpenSSH_9.6']],
  ['nothing', ['']],
  ['an answer before the answer', ['HTTP/1.1 100 Continue', ...good.slice(1)]],
  ['no length', good.filter(line => !line.startsWith('Content-Length'))],
  ['two lengths', [...good, 'content-length: 11']],
  ['twice the same length', [...good, 'Content-Length: 10']],
  ['two ETags', [...good, 'etag: "b"']],
  ['a length that is none', [...good.slice(0, 3), 'Content-Length: +10']],
  ['a length of many digits', [...good.slice(0, 3), `Content-Length: ${'9'.repeat(30)}`]],
  ['a coding for the way', [...good, 'Transfer-Encoding: chunked']],
  ['a line that goes on in the next', [...good, ' and on']],
  ['a space before a colon', [...good, 'Server : x']],
  ['no colon', [...good, 'Server']],
  ['a lone line feed', [...good, 'Server: x\nETag: "b"']],
  ['a zero byte', [...good, 'Server: \0']],
])('%s is left to the whole parser', (_, lines) => {
  expect(parse(...lines)).toBeUndefined()
})

test('a request says where to, what, and who', () => {
  const call = { href: 'https://mirror.example:8443/a%20b.msi?sig=c2ln', headers: { authorization: 'Basic eA==' } }
  expect(requestFor(call, { range: 'bytes=0-9', 'if-range': '"a"' }).split('\r\n')).toEqual([
    'GET /a%20b.msi?sig=c2ln HTTP/1.1',
    'host: mirror.example:8443',
    'user-agent: shir-container',
    'accept: */*',
    'accept-encoding: identity',
    'range: bytes=0-9',
    'if-range: "a"',
    'authorization: Basic eA==',
    'connection: keep-alive',
    '',
    '',
  ])
})

test('no header can hold a second one', () => {
  expect(() => requestFor({ href: 'https://mirror.example/', headers: {} }, { 'if-range': '"a"\r\nx: y' })).toThrow('line break')
})
