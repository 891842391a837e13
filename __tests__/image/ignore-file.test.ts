import { parseIgnoreFile } from '../../src/image/ignore-file.ts'

/** What an engine's command does with such rules stands in context-files.test.ts; this is what only Windows does. */
test.each([
  ['win32', 'SHIR\\*.log', 'SHIR/a.log', true],
  ['linux', 'SHIR\\*.log', 'SHIR/a.log', false],
  ['linux', 'SHIR\\*.log', 'SHIR*.log', true],
  ['win32', '\\SHIR\\', 'SHIR', true],
  ['win32', '.\\a\\..\\b', 'b', true],
  ['win32', 'shir', 'SHIR', false], // letter case counts there as well
  ['win32', '**\\x', 'a/b/x', true],
  ['win32', '[a-c]\\x', 'b/x', true],
] as const)('on %s %s fits %s: %p', (platform, rule, name, fits) => {
  expect(parseIgnoreFile(rule, platform).judge(name, undefined).isOut).toBe(fits)
})

test('on Windows a backslash at the end is a folder’s, elsewhere it is refused', () => {
  expect(parseIgnoreFile('a\\', 'win32').judge('a', undefined).isOut).toBe(true)
  expect(() => parseIgnoreFile('b\na\\', 'linux')).toThrow(
    expect.objectContaining({ code: 'context-invalid', message: expect.stringContaining('a\\') }),
  )
})

test('what fits a folder fits what lies in it; only a rule that begins with a folder’s name lets docker look into it', () => {
  const rules = parseIgnoreFile('a\n!a/b/c\n!**/d', 'linux')
  const a = rules.judge('a', undefined)
  expect(rules.judge('a/x', a)).toMatchObject({ isOut: true })
  expect(rules.judge('a/b/c', rules.judge('a/b', a))).toMatchObject({ isOut: false })
  expect(['a', 'a/b', 'a/b/c', 'a/x', 'b'].map(rules.mayLetIn)).toEqual([true, true, true, false, false])
})
