import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Pair } from '../contract/kinds.ts'
import { labelNames } from '../contract/labels.ts'
import { endOf } from '../contract/reasons.ts'
import { removeArguments } from '../engine/arguments.ts'
import { type Docker, firstLine } from '../engine/docker.ts'
import type { Inside } from '../engine/inside.ts'
import { copyOutArguments, createArguments, runOnceArguments } from '../engine/look-arguments.ts'
import type { Host } from '../host/host.ts'
import type { Journal } from '../journal/journal.ts'
import { owePath } from '../journal/owed-path.ts'
import { withinLimit } from '../process/limit.ts'

/** Windows makes a container's disk before it answers. */
const limitMs = 120_000

/**
 * Copies a file out of an image, through a container that is never started, and gives the copy's path to `read`; the copy is gone
 * afterwards.
 * @returns `undefined` where the image has no such file, or gives none
 * @throws StepError `engine-unreachable`, `cancelled`
 */
export async function copyFromImage<T>(
  image: string,
  file: string,
  docker: Docker,
  host: Host,
  journal: Journal,
  read: (copy: string) => Promise<T>,
): Promise<T | undefined> {
  const folder = path.join(host.machine.temp, `shir-look-${randomUUID()}`)
  const { discard } = await owePath(folder, `The folder ${folder}`, host, journal)
  try {
    await mkdir(folder)
    const copy = path.join(folder, 'copy')
    const isThere = await withLook(image, docker, host, journal, async (name, labels) => {
      for (const args of [createArguments(name, labels, image), copyOutArguments(name, file, copy)]) {
        const { code, stderr } = await docker.read(args, { limitMs })
        if (code === 0) continue
        // That there is no such file is an answer.
        if (args[0] === 'create') host.log(`The image cannot be looked into: ${firstLine(stderr)}`)
        return false
      }
      return true
    })
    return isThere ? await read(copy) : undefined
  } finally {
    await discard()
  }
}

/**
 * Runs a command in an image once, for `runLimitMs` at most. How it ended is the caller's to judge; an image need not have the program.
 * @throws StepError `engine-unreachable`, `cancelled`
 */
export async function runInImage(
  image: string,
  command: readonly string[],
  runLimitMs: number,
  docker: Docker,
  host: Host,
  journal: Journal,
): Promise<Inside> {
  return withLook(image, docker, host, journal, (name, labels) =>
    withinLimit(runLimitMs, host, async ({ signal }, limit) => {
      const { code, stdout, stderr } = await docker.run(runOnceArguments(name, labels, image, command), { signal })
      if (host.signal.aborted) throw endOf(host.signal)
      return { code, isTimeUp: limit.aborted, text: [stdout, stderr].filter(text => text !== '').join('\n') }
    }),
  )
}

/** Lends `use` the name and the labels of a container that is owed, and removes that. After a cancel it is the journal's to be paid. */
async function withLook<T>(
  image: string,
  docker: Docker,
  host: Host,
  journal: Journal,
  use: (name: string, labels: readonly Pair[]) => Promise<T>,
): Promise<T> {
  const name = `shir-look-${randomUUID()}`
  const debt = { kind: 'container', name, run: journal.id } as const
  await journal.intend(debt)
  const labels = [
    { name: labelNames.run, value: journal.id },
    { name: labelNames.look, value: image },
  ]
  const result = await use(name, labels)
  const { code, stderr } = await docker.read(removeArguments(name), { limitMs })
  // One that was run is gone already.
  if (code === 0 || /no such container/i.test(stderr)) await journal.settle(debt)
  else host.log(`${name} could not be removed yet: ${firstLine(stderr)}`)
  return result
}
