import { readdir } from 'node:fs/promises'
import { describeOnSmallDisks, smallDisk } from '../support/small-disk.ts'
import { copyProduct } from './copies.ts'
import { contents } from './findings.ts'
import { furnish, msiSha256, version } from './scenario.ts'
import { launch, openStage } from './stage.ts'

describeOnSmallDisks('a store that cannot be written any more', () => {
  test('gives its installer to the whole step, whose journal lies elsewhere meanwhile', async () => {
    const [copies, stage] = await Promise.all([copyProduct(), openStage()])
    const disk = smallDisk('8m')
    try {
      await furnish(stage)
      const job = (inputs: Readonly<Record<string, string>>) =>
        launch({
          ...{ host: 'github', copies, runtime: { name: '', program: process.execPath, handler: '' }, stage },
          inputs: { mode: 'build', cacheDir: disk.folder, shirVersion: version, msiSha256, ...inputs },
        })
      await job({ msiUrl: `${stage.files.address}/installer.msi` })
      disk.makeReadOnly()
      const record = await job({ rebuild: 'true' })
      expect(record).toMatchObject({ outcome: 'succeeded', annotations: [], outputs: { 'cache-hit': 'true' } })
      expect(record.log).toMatch(/Nothing can be written in .*: what this run owes is written down in .*tools.shir/)
      expect(record.post).toMatchObject({ outcome: 'succeeded', log: expect.stringContaining('Nothing is owed.') })
      expect(await contents(stage.folders.toolCache)).toEqual({})
      expect(await readdir(stage.folders.temp)).toEqual([])
    } finally {
      disk.remove()
      await Promise.all([copies.remove(), stage.close()])
    }
  })
})
