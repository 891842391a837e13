import { spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type Measure, seconds, tell } from './figures.ts'
import { type Stage, stageForInstaller } from './installer-stage.ts'
import { goBeforeOthers } from './priority.ts'

const mostMemory = 150
const runs = 6

/**
 * The installer's download, proof and hit on 1 GB, against what else there is: one machine, one server, in turn, so that the machine's
 * drift meets all; the best of each, which is the one that other programs disturbed least. Each fetch is a whole process, from
 * its start to its end.
 */
export async function installer(): Promise<void> {
  goBeforeOthers()
  const stage = await stageForInstaller()
  if (stage === undefined) return
  const measures: Measure[] = []
  const memory = new Map<string, number>()
  try {
    measures.push(await uncapped(stage, memory), await capped(stage, memory))
    memory.set('as one stream', (await fetched(stage, stage.streamUrl)).mostMegabytes)
    memory.set('the whole step in a terminal', await stage.step())
    measures.push(...(await aside(stage)))
  } finally {
    await stage.close()
  }
  for (const [what, megabytes] of memory)
    measures.push({ what: `peak RSS, ${what}`, ours: `${megabytes} MB`, theirs: '', figure: megabytes, bound: `≤ ${mostMemory}` })

  tell(`1 GB; nginx on this machine; the best of ${runs} in turn (20 MB/s a connection: one run)`, measures)
}

/** Over TLS, as fast as it goes, to a file whose SHA-256 is known. */
async function uncapped(stage: Stage, memory: Map<string, number>): Promise<Measure> {
  const { url, certificate, out } = stage
  const hash = `openssl dgst -sha256 ${out}`
  const rivals = [
    async () => {
      const { ms, mostMegabytes } = await fetched(stage, url)
      memory.set('over TLS, uncapped', Math.max(mostMegabytes, memory.get('over TLS, uncapped') ?? 0))
      return ms
    },
    () => timed(out, `curl -s --fail --cacert ${certificate} ${url} -o ${out} && ${hash}`),
    () => timed(out, `aria2c -q -x8 -s8 -k1M --ca-certificate=${certificate} ${url} -d / -o ${out.slice(1)} && ${hash}`),
  ]
  const best = rivals.map(() => Number.POSITIVE_INFINITY)
  for (let run = 0; run < runs; run++)
    for (let turn = 0; turn < rivals.length; turn++) {
      const index = (run + turn) % rivals.length // each is first, second and last as often
      best[index] = Math.min(best[index] ?? 0, (await rivals[index]?.()) ?? 0)
    }
  const [ours = Number.NaN, curl = Number.NaN, aria = Number.NaN] = best
  return {
    what: 'uncapped over TLS, to a hashed file',
    ours: seconds(ours),
    theirs: `curl + openssl ${seconds(curl)}, aria2c -x8 + openssl ${seconds(aria)}`,
    ratio: Math.min(curl, aria) / ours,
    bound: '≥ 1',
  }
}

/** From a server that gives each connection 20 MB/s. */
async function capped(stage: Stage, memory: Map<string, number>): Promise<Measure> {
  const { ms, mostMegabytes } = await fetched(stage, stage.cappedUrl)
  memory.set('20 MB/s a connection', mostMegabytes)
  const theirs = await stage.run('tool-cache', stage.cappedUrl, stage.out)
  await rm(stage.out, { force: true })
  return {
    what: '20 MB/s a connection',
    ours: seconds(ms),
    theirs: `@actions/tool-cache ${seconds(theirs.ms)}`,
    ratio: theirs.ms / ms,
    bound: '≥ 4',
  }
}

/** What needs no server: the hash, a hit, the properties. */
async function aside(stage: Stage): Promise<readonly Measure[]> {
  const openssl = Array.from({ length: runs }, () => timedProgram(`openssl dgst -sha256 ${stage.file}`))
  const { hashMs, hitMs, propertiesMs, propertiesBytes } = await stage.aside(runs)
  return [
    {
      what: 'SHA-256',
      ours: seconds(hashMs),
      theirs: `openssl dgst ${seconds(Math.min(...openssl))}`,
      ratio: hashMs / Math.min(...openssl),
      bound: '≤ 1.15',
    },
    {
      what: 'a verified hit',
      ours: seconds(hitMs),
      theirs: `the hash alone ${seconds(hashMs)}`,
      ratio: hitMs / hashMs,
      bound: '≤ 1.15',
    },
    { what: 'MSI properties, ms', ours: `${propertiesMs.toFixed(1)} ms`, theirs: '', figure: propertiesMs, bound: '≤ 10' },
    {
      what: 'MSI properties, MB read',
      ours: `${(propertiesBytes / 1e6).toFixed(3)} MB`,
      theirs: '',
      figure: propertiesBytes / 1e6,
      bound: '≤ 1',
    },
  ]
}

async function fetched(stage: Stage, url: string) {
  const outcome = await stage.run('ours', url, stage.out)
  if (outcome.sha256 !== stage.sha256) throw new Error(`Wrong bytes came from ${url}.`)
  await rm(stage.out, { force: true })
  return outcome
}

async function timed(out: string, command: string): Promise<number> {
  const ms = timedProgram(command)
  await rm(out, { force: true })
  return ms
}

function timedProgram(command: string): number {
  const began = performance.now()
  const { status, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8', cwd: path.parse(process.cwd()).root })
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`)
  return performance.now() - began
}
