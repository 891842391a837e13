import { truncate, writeFile } from 'node:fs/promises'
import { withPositionalFile } from '../../../src/installer/msi/positional-file.ts'
import { temporaryFolder } from './temporary-folder.ts'

const pathOf = temporaryFolder()
const megabyte = 1 << 20

test('bytes are read from where they are asked for, and counted', async () => {
  await writeFile(pathOf('digits'), '0123456789')
  await withPositionalFile(pathOf('digits'), async file => {
    expect((await file.read(7, 3)).toString()).toBe('789')
    expect((await file.read(0, 2)).toString()).toBe('01')
    expect(file.bytesRead()).toBe(5)
    await expect(file.read(7, 4)).rejects.toMatchObject({
      code: 'installer-not-msi',
      message: expect.stringContaining('ends at byte 10'),
    })
  })
})

test('no look reads more than 64 MB', async () => {
  await writeFile(pathOf('large'), '')
  await truncate(pathOf('large'), 1024 * megabyte)
  await withPositionalFile(pathOf('large'), async file => {
    await file.read(0, 32 * megabyte)
    await file.read(0, 32 * megabyte)
    await expect(file.read(0, 1)).rejects.toMatchObject({ code: 'installer-not-msi' })
    expect(file.bytesRead()).toBe(64 * megabyte)
  })
})

test('a file that becomes shorter while it is read is refused', async () => {
  await writeFile(pathOf('shrinking'), Buffer.alloc(1000))
  await withPositionalFile(pathOf('shrinking'), async file => {
    await truncate(pathOf('shrinking'), 500)
    await expect(file.read(400, 200)).rejects.toMatchObject({
      code: 'installer-not-msi',
      message: expect.stringContaining('shorter'),
    })
  })
})
