import { createHash, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256OfFile } from '../../src/installer/file.ts'
import { type Bench, makeBench } from './bench.ts'

const chunk = 1024 * 1024
const never = new AbortController().signal

let bench: Bench
beforeEach(async () => {
  bench = await makeBench()
})
afterEach(() => bench.remove())

test.each([0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 17])('the SHA-256 of %d bytes', async size => {
  const bytes = randomBytes(size)
  const file = join(bench.folder, 'bytes')
  await writeFile(file, bytes)
  expect(await sha256OfFile(file, never)).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('a cancel is heard between two chunks', async () => {
  const file = join(bench.folder, 'bytes')
  await writeFile(file, Buffer.alloc(20 * chunk))
  const cancel = new AbortController()
  const hashing = sha256OfFile(file, cancel.signal)
  cancel.abort()
  await expect(hashing).rejects.toMatchObject({ name: 'AbortError' })
})

test('what cannot be read is told as the file system tells it', async () => {
  await expect(sha256OfFile(join(bench.folder, 'none'), never)).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(sha256OfFile(bench.folder, never)).rejects.toMatchObject({ code: 'EISDIR' })
})
