import { reasons, StepError } from '../../src/contract/reasons.ts'

test.each(Object.entries(reasons))('%s is a kebab-case word with a sentence', (code, meaning) => {
  expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
  expect(meaning).toMatch(/^(?:[A-Z]|docker ).*\.$/)
})

test('a StepError carries its code, a hint and its cause', () => {
  const cause = new TypeError('deep')
  const error = new StepError('timeout', 'Not in time.', { hint: 'Wait longer.', cause })
  expect(error).toMatchObject({ name: 'StepError', code: 'timeout', message: 'Not in time.', hint: 'Wait longer.', cause })
  expect(new StepError('timeout', 'Not in time.')).not.toHaveProperty('cause')
  expect(new StepError('timeout', 'Not in time.').hint).toBeUndefined()
})
