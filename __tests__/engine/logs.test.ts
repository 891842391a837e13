import { lastLines, readLog, shortlyBefore } from '../../src/engine/logs.ts'
import { scriptedDocker } from './scripted-docker.ts'

const stamp = (second: number, nanos = '000000000') => `2026-11-23T10:00:${String(second).padStart(2, '0')}.${nanos}Z`
const logging = (stdout: readonly string[], stderr: readonly string[] = []) =>
  scriptedDocker(() => ({ stdout: stdout.map(line => `${line}\n`).join(''), stderr: stderr.map(line => `${line}\n`).join('') }))

test('both streams, in the order in which they were written, without the stamps', async () => {
  const docker = logging([`${stamp(1)} one`, `${stamp(3)} three`], [`${stamp(2)} two`, `${stamp(3, '000000001')} four`])
  expect(await readLog(docker, 'abc', stamp(0))).toEqual({ lines: ['one', 'two', 'three', 'four'], next: stamp(3, '000000001') })
  expect(docker.asked).toEqual([`logs --timestamps --since ${stamp(0)} --tail 400 -- abc`])
})

test('what the last read had is not told again', async () => {
  const docker = logging([`${stamp(1)} one`, `${stamp(2)} two`])
  const { next } = await readLog(docker, 'abc', stamp(0))
  expect(await readLog(docker, 'abc', next)).toEqual({ lines: [], next })
})

test('lines keep their order in the same moment, and their blanks; empty ones are lines', async () => {
  const docker = logging([`${stamp(1)} b`, `${stamp(1)}   a\r`, `${stamp(1)} `, stamp(1)])
  expect((await readLog(docker, 'abc', stamp(0))).lines).toEqual(['b', '  a', '', ''])
})

test('what a console draws over itself, or breaks in ways of its own, is several lines and none is lost', async () => {
  const docker = logging([`${stamp(1)} Registering\rInvalidGatewayKey\r\r`, `${stamp(2)} a\u2028b`])
  expect((await readLog(docker, 'abc', stamp(0))).lines).toEqual(['Registering', 'InvalidGatewayKey', 'a', 'b'])
})

test('a log that cannot be read has no lines, and is read from the same moment later', async () => {
  const broken = scriptedDocker(() => ({ code: 1, stderr: 'configured logging driver does not support reading' }))
  expect(await readLog(broken, 'abc', stamp(5))).toEqual({ lines: [], next: stamp(5) })
  expect(await lastLines(broken, 'abc', 50)).toEqual([])
})

test('the last lines, of both streams together', async () => {
  const docker = logging([`${stamp(1)} one`, `${stamp(4)} four`], [`${stamp(2)} two`, `${stamp(3)} three`])
  expect(await lastLines(docker, 'abc', 3)).toEqual(['two', 'three', 'four'])
  expect(docker.asked).toEqual(['logs --timestamps --tail 3 -- abc'])
})

test.each([
  ['2026-11-23T00:43:28.036663857Z', '2026-11-23T00:43:27.936000000Z'],
  ['2026-11-23T00:00:00Z', '2026-11-22T23:59:59.900000000Z'],
  ['2026-11-23T01:43:28.0366638+01:00', '2026-11-23T00:43:27.936000000Z'],
])('a process that started at %s may have written since %s', (startedAt, since) => {
  expect(shortlyBefore(startedAt)).toBe(since)
})
