import { memoryHost } from '../../../src/host/memory.ts'
import { systemClock } from '../../../src/host/process-parts.ts'
import { download } from '../../../src/installer/download/download.ts'
import { usualTuning } from '../../../src/installer/download/tuning.ts'

/** A process that fetches, and may be killed while it does: its pieces and resumptions are as small and frequent as its file asks for. */
const [url = '', part = ''] = process.argv.slice(2)
const machine = { name: 'bench', platform: process.platform, temp: '/tmp', tools: '/tmp', workspace: '/tmp' }
await download(
  { version: undefined, url, shown: 'it' },
  part,
  memoryHost({ machine, clock: systemClock, environment: { ...process.env } }),
  {
    ...usualTuning,
    pieceBytes: { least: 50_000, most: 100_000 },
    resumptionEveryMs: 2,
  },
)
