import type { BuildTimes } from '../contract/values.ts'
import { firstLine } from '../engine/docker.ts'
import type { Host } from '../host/host.ts'
import type { Finished, RunOptions } from '../process/run.ts'
import { tellForeign } from '../report/guard.ts'
import { inMinutes, watchSilence } from './silence.ts'

/** What a build came to. */
export interface BuildEnd {
  readonly code: number | null
  /** One for each step that began. */
  readonly times: BuildTimes
  /** The step that ran last, as the builder writes it: `Step 3/8 : RUN …`; `undefined` where none began. */
  readonly step: string | undefined
  /** The last lines since that step began, the engine's own words at their end; foreign text. */
  readonly lines: readonly string[]
  /** The engine's last word. */
  readonly why: string
}

/** Lines of a step that are kept. */
const mostLines = 20
/** The share of the step that a build has, in percent. */
const progressFrom = 25
const progressShare = 35

/**
 * Follows a build by the classic builder's lines, which it tells: `Step 3/8 : …` is the progress and tells when a step began. A
 * build that says nothing for long is said to do so, again and again, so that nobody takes it for a hung job.
 * @param build runs the build, and gives each line of it to the function it is given
 */
export async function followBuild(
  host: Host,
  build: (onLine: NonNullable<RunOptions['onLine']>) => Promise<Finished>,
): Promise<BuildEnd> {
  const reader = readerOf(host)
  const watch = watchSilence(host, silentMs => {
    const { what, sinceMs } = reader.running()
    const sinceWords = `${timeOfDay(sinceMs)} (${inMinutes(host.clock.now() - sinceMs)})`
    host.log(`The build has said nothing for ${inMinutes(silentMs)}: ${what} runs since ${sinceWords}.`)
  })
  try {
    const { code } = await build((line, stream) => {
      if (line.trim() === '') return
      tellForeign(host, line)
      watch.heard()
      reader.take(line, stream)
    })
    return { code, ...reader.read() }
  } finally {
    watch.end()
  }
}

/** What is known of a build as far as it said. */
interface Reader {
  take(line: string, stream: 'stdout' | 'stderr'): void
  /** What runs now, and since when. */
  running(): { readonly what: string; readonly sinceMs: number }
  read(): Omit<BuildEnd, 'code'>
}

interface Running {
  readonly line: string
  readonly step: number
  readonly of: number
  readonly instruction: string
  readonly sinceMs: number
}

function readerOf(host: Host): Reader {
  const { now } = host.clock
  const began = { what: 'docker build', sinceMs: now() }
  const done: Running[] = []
  let current: Running | undefined
  let lines: string[] = []
  // The engine's own words come on another stream, and so not always after the last line of the step that they are about.
  const errors: string[] = []

  const times = (): BuildTimes => {
    const steps = current ? [...done, current] : done
    return steps.map(({ step, of, instruction, sinceMs }, at) => ({
      ...{ step, of, instruction },
      ms: (steps[at + 1]?.sinceMs ?? now()) - sinceMs,
    }))
  }
  return {
    take: (line, stream) => {
      if (stream === 'stderr') return keep(line, errors)
      const begun = beginningOf(line, now())
      if (begun === undefined || !follows(begun, current)) return keep(line, lines)
      if (current) done.push(current)
      current = begun
      lines = []
      const { step, of, instruction } = begun
      host.progress(progressFrom + Math.round((progressShare * step) / of), `Building: step ${step} of ${of}, ${instruction}`)
    },
    running: () => (current ? { what: stepAsWords(current), sinceMs: current.sinceMs } : began),
    read: () => {
      const words = errors.filter(line => !isClientsWarning(line))
      const told = [...lines, ...words].slice(-mostLines)
      return { times: times(), step: current?.line, lines: told, why: firstLine(words.at(-1) ?? lines.findLast(isNews) ?? '') }
    },
  }
}

function beginningOf(line: string, sinceMs: number): Running | undefined {
  const [, step, of, instruction] = /^Step (\d+)\/(\d+) : (.*)$/.exec(line) ?? []
  if (step === undefined || of === undefined || instruction === undefined) return undefined
  return { line, step: Number(step), of: Number(of), instruction, sinceMs }
}

/** What a step prints may look like the next step's line: only the number that is due counts. */
export function follows(begun: Pick<Running, 'step' | 'of'>, last: Pick<Running, 'step' | 'of'> | undefined): boolean {
  // Docker's own warnings may hide the first one.
  return last === undefined || (begun.step === last.step + 1 && begun.of === last.of)
}

function keep(line: string, kept: string[]): void {
  kept.push(line)
  if (kept.length > mostLines) kept.shift()
}

function stepAsWords({ step, of, instruction }: Running): string {
  return `step ${step} of ${of} (${instruction})`
}

/** Docker's client advises against the builder that Windows images need (docker/cli #6855). */
function isClientsWarning(line: string): boolean {
  return /^\s*(?:DEPRECATED:|WARNING:|Install the buildx|https:|BuildKit is currently disabled|environment-variable\.)/.test(line)
}

function isNews(line: string): boolean {
  return !/^\s*(?:$|--->|Removing intermediate)/.test(line)
}

function timeOfDay(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 19)} UTC`
}
