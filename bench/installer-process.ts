import { memoryHost } from '../src/host/memory.ts'
import { systemClock } from '../src/host/process-parts.ts'
import { download } from '../src/installer/download/download.ts'
import { sha256OfFile } from '../src/installer/file.ts'
import { readMsiProperties } from '../src/installer/msi/properties.ts'
import { installerStore } from '../src/installer/store.ts'
import { peakMegabytes } from './peak.ts'

/** A process of the installer's bench: fetches as the step does, or as `@actions/tool-cache` does, or times what needs no server. */
const [what = '', ...args] = process.argv.slice(2)
const machine = { name: 'bench', platform: process.platform, temp: '/tmp', tools: '/tmp', workspace: '/tmp' }
const host = memoryHost({ machine, clock: systemClock })
const version = '5.70.9748.2'

if (what === 'ours') {
  const [url = '', out = ''] = args
  const { sha256 } = await download({ version, url, shown: url }, out, host)
  console.log(JSON.stringify({ sha256, mostMegabytes: peakMegabytes('/proc/self/status') }))
}
if (what === 'tool-cache') {
  const [url = '', out = ''] = args
  const { downloadTool } = await import('@actions/tool-cache')
  await downloadTool(url, out)
  console.log(JSON.stringify({ mostMegabytes: peakMegabytes('/proc/self/status') }))
}
if (what === 'aside') {
  const [file = '', store = '', runs = ''] = args
  const [hash, hit, properties]: [number[], number[], number[]] = [[], [], []]
  let propertiesBytes = 0
  for (let run = 0; run < Number(runs); run++) {
    hash.push(await timed(() => sha256OfFile(file, host.signal)))
    hit.push(
      await timed(async () => {
        if (!(await installerStore(store, host).find(version, undefined))) throw new Error(`No hit: ${host.lines.join('\n')}`)
      }),
    )
    properties.push(
      await timed(async () => {
        propertiesBytes = (await readMsiProperties(file)).bytesRead
      }),
    )
  }
  // The first look is the one that a step has: nothing is compiled yet.
  const [propertiesMs = Number.NaN] = properties
  console.log(JSON.stringify({ hashMs: Math.min(...hash), hitMs: Math.min(...hit), propertiesMs, propertiesBytes }))
}

async function timed(body: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await body()
  return performance.now() - began
}
