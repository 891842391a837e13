import { spawnSync } from 'node:child_process'
import os from 'node:os'
import { type Measure, median, seconds, tell } from './figures.ts'
import { excessOf, marksIn } from './image-layers.ts'
import { type Delivery, type Run, type Stage, stageForImage } from './image-stage.ts'
import { goBeforeOthers } from './priority.ts'

const reruns = 15
const cachedBuilds = 3

/**
 * An image with an installer of 1 GB, built by the whole step in a terminal on this machine's engine: the installer offered to the
 * build against one copied into its context; and the same order once more against what a cached `docker build` costs.
 */
export async function image(): Promise<void> {
  goBeforeOthers()
  const [before = Number.NaN] = os.loadavg()
  const stage = await stageForImage()
  if (stage === undefined) return
  try {
    const [served, copied] = [await firstBuild(stage, 'serve'), await firstBuild(stage, 'copy')]
    const measures = [await layers(stage), context(stage, served, copied), await unchanged(stage), first(served, copied)]
    const loads = [before, os.loadavg()[0] ?? Number.NaN].map(load => load.toFixed(1)).join(' to ')
    const how = `one build each, medians of ${reruns} reruns and ${cachedBuilds} cached builds`
    tell(`1 GB; the whole step in a terminal; ${how}; load ${loads} on ${os.availableParallelism()} cores`, measures)
  } finally {
    await stage.close()
  }
}

async function firstBuild(stage: Stage, delivery: Delivery): Promise<Run> {
  spawnSync('sync') // what an earlier one has still to write is not this one's time
  const run = await stage.build(delivery)
  if (!run.said.includes('built=true') || run.said.includes('warning:')) throw new Error(`It ended otherwise: ${run.said}`)
  return run
}

function first(served: Run, copied: Run): Measure {
  return {
    what: 'the first build',
    ours: seconds(served.ms),
    theirs: `copy ${seconds(copied.ms)}`,
    ratio: served.ms / copied.ms,
    bound: '≤ 0.5',
  }
}

/** The installer in the image's layers: by its size, and by marks that stand all over the installer. */
async function layers({ engine, installer, imageOf }: Stage): Promise<Measure> {
  const found = async (delivery: Delivery) => ({
    excess: await excessOf(imageOf(delivery), engine),
    marks: await marksIn(imageOf(delivery), installer.mark, engine),
  })
  const [served, copied] = [await found('serve'), await found('copy')]
  if (copied.marks !== installer.marks) throw new Error(`Of ${installer.marks} marks ${copied.marks} were found in a copy.`)
  const spell = ({ excess, marks }: typeof served) =>
    `${excess < 1e6 ? `${excess} B` : `${(excess / 1e9).toFixed(2)} GB`} (${marks} of ${installer.marks} marks)`
  return {
    what: 'image beyond what is installed',
    ours: spell(served),
    theirs: `copy ${spell(copied)}`,
    ratio: served.excess / copied.excess,
    figure: Math.max(served.excess, served.marks),
    bound: '≤ 0 B',
  }
}

/** By docker's own account. */
function context({ installer }: Stage, served: Run, copied: Run): Measure {
  const [ours, theirs] = [sentBytes(served), sentBytes(copied)]
  if (theirs < installer.size * 0.99) throw new Error('The copy was not sent.')
  return {
    what: 'build context',
    ours: `${(ours / 1e3).toFixed(0)} KB`,
    theirs: `copy ${(theirs / 1e9).toFixed(2)} GB`,
    ratio: ours / theirs,
    figure: ours / 1e3,
    bound: '≤ 100 KB',
  }
}

function sentBytes({ said }: Run): number {
  const units: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 }
  const [, size, unit = ''] = [...said.matchAll(/Sending build context to Docker daemon +([\d.]+)(\w+)/g)].at(-1) ?? []
  return Number(size) * (units[unit] ?? Number.NaN)
}

/** The image is there, and the installer is not: all that is known of it is its hash. */
async function unchanged(stage: Stage): Promise<Measure> {
  const cached: Run[] = []
  for (let run = -1; run < cachedBuilds; run++) {
    const one = await stage.dockerBuild()
    if (run >= 0) cached.push(one) // the first one may lack something
    if (run >= 0 && /Running in/.test(one.said)) throw new Error(`It is not cached: ${one.said}`)
  }
  const again: Run[] = []
  for (let run = 0; run < reruns; run++) again.push(await stage.rebuild('serve'))
  for (const { said } of again) if (!said.includes('built=false')) throw new Error(`It was not found: ${said}`)
  const [ours, saying] = [median(again.map(({ ms }) => ms)), median(again.map(({ sayingMs }) => sayingMs))]
  const theirs = median(cached.map(({ ms }) => ms))
  return {
    what: 'an unchanged rerun, the whole process',
    ours: `${seconds(ours)} (${seconds(saying)} from its first line to its last)`,
    theirs: `cached docker build ${seconds(theirs)}`,
    ratio: ours / theirs,
    figure: ours / 1e3,
    bound: '≤ 0.25 s',
  }
}
