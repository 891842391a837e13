import { cutLine, sanitizeLine, splitLines } from '../../src/report/sanitize.ts'

test.each([
  ['##[set-output name=image;]evil', '# #[set-output name=image;]evil'],
  ['text ##[add-mask]a', 'text # #[add-mask]a'],
  ['###[error]', '## #[error]'],
  ['##vso[task.setvariable variable=x]y', '**vso[task.setvariable variable=x]y'],
  ['text ##VSO[task.complete]', 'text **VSO[task.complete]'],
  ['##Vso[a]##vSo[b]', '**Vso[a]**vSo[b]'],
  ['::error::x', ': :error::x'],
  ['  ::set-output name=a::b', '  : :set-output name=a::b'],
  ['\u3000\u00a0::warning::x', '\u3000\u00a0: :warning::x'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['#\u001b[0m#[group]x', '# #[group]x'],
  ['#\u200b#[group]x', '# #[group]x'],
  ['##v\u00adso[x]', '**vso[x]'],
  ['\u200d::error::x', ': :error::x'],
  ['\u0007::error::x', ': :error::x'],
  ['\ufeff::error::x', ': :error::x'],
  ['\u001b]8;;https://evil.example\u0007click', 'click'],
  ['a\u0000b\u0008c\u009bd', 'abcd'],
  ['a\u2028::error::b', 'a::error::b'],
  ['tab\tstays, ümläute and 漢字 too', 'tab\tstays, ümläute and 漢字 too'],
  ['a::b and https://x and #1 [x] ##', 'a::b and https://x and #1 [x] ##'],
])('%j is printed as %j', (text, harmless) => {
  expect(sanitizeLine(text)).toBe(harmless)
})

test.each([
  ['a\r\nb', ['a', 'b']],
  ['a\r::error::b', ['a', '::error::b']],
  ['a\n\rb', ['a', '', 'b']],
  ['', ['']],
])('%j are the lines that a runner sees', (text, lines) => {
  expect(splitLines(text)).toEqual(lines)
})

test('a line is cut at 8 KB, and says how much is missing', () => {
  expect(cutLine('x'.repeat(8_192))).toBe('x'.repeat(8_192))
  expect(cutLine('x'.repeat(10_000))).toBe(`${'x'.repeat(8_192)}… (1808 more characters)`)
})
