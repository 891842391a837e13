import { randomUUID } from 'node:crypto'
import { appendFile, mkdir, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host/host.ts'

/** Something a run must take back if it ends early. */
export type Debt =
  /** A file or a folder of ours, with all that is in it. */
  | { readonly kind: 'path'; readonly path: string }
  /** The engine's label `run` must be this run's, or the thing is not ours to remove. */
  | { readonly kind: 'container' | 'network'; readonly name: string; readonly run: string }

type Entry =
  | { readonly at: number; readonly event: 'owner'; readonly machine: string; readonly pid: number; readonly run: string }
  | { readonly at: number; readonly event: 'intend'; readonly debt: Debt }
  | { readonly at: number; readonly event: 'settled'; readonly debt: Debt }

/** What a run is about to do, written before it is done, so that the post step can finish what a killed run owes. */
export interface Journal {
  /** Names this run on the engine's labels. */
  readonly id: string
  /** Must be awaited before the side effect. */
  intend(debt: Debt): Promise<void>
  /** The debt is owed no more: taken back, or meant to stay. */
  settle(debt: Debt): Promise<void>
  /** What is still owed, newest first. */
  owed(): readonly Debt[]
  /** Removes a journal that owes nothing. With debts left it stays, for the post step. */
  close(): Promise<void>
}

/** A journal below `root`, whose file is made with the first debt; its path is saved as the host's state before that. */
export function openJournal(root: string, host: Host): Journal {
  const id = randomUUID()
  const folder = path.join(root, 'journal')
  const file = path.join(folder, `${id}.jsonl`)
  const debts: Debt[] = []
  let isOpen = false

  const begin = async () => {
    await mkdir(folder, { recursive: true })
    host.state.save(file)
    await append(file, { at: host.clock.now(), event: 'owner', machine: host.machine.name, pid: process.pid, run: id })
    isOpen = true // only now: closing a journal that could not be begun would hide why
  }
  return {
    id,
    intend: async debt => {
      if (!isOpen) await begin()
      await append(file, { at: host.clock.now(), event: 'intend', debt })
      debts.unshift(debt)
    },
    settle: async debt => {
      if (!debts.some(other => isSame(other, debt))) return
      await append(file, { at: host.clock.now(), event: 'settled', debt })
      removeFirst(debts, debt) // looked up now: others may have been settled meanwhile
    },
    owed: () => [...debts],
    close: async () => {
      if (isOpen && debts.length === 0) await rm(file, { force: true })
    },
  }
}

/**
 * What the journal at `file` still owes, newest first, and how to say that it was paid. A torn last line (the run was killed
 * while writing it) is passed over: what it would have told was not begun.
 */
export async function readJournal(file: string, host: Host): Promise<Pick<Journal, 'owed' | 'settle' | 'close'>> {
  const owed: Debt[] = []
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '' // closed: nothing is owed
    throw error
  })
  if (text !== '' && !text.endsWith('\n')) await appendFile(file, '\n') // or the torn line would swallow the next one
  for (const line of text.split('\n')) {
    const entry = parseEntry(line)
    if (entry?.event === 'intend') owed.unshift(entry.debt)
    if (entry?.event === 'settled') removeFirst(owed, entry.debt)
  }
  return {
    owed: () => [...owed],
    settle: async debt => {
      await append(file, { at: host.clock.now(), event: 'settled', debt })
      removeFirst(owed, debt)
    },
    close: async () => {
      if (owed.length === 0) await rm(file, { force: true })
    },
  }
}

function removeFirst(debts: Debt[], debt: Debt): void {
  const at = debts.findIndex(other => isSame(other, debt))
  if (at >= 0) debts.splice(at, 1)
}

function isSame(a: Debt, b: Debt): boolean {
  return a.kind === 'path' ? b.kind === 'path' && a.path === b.path : b.kind === a.kind && a.name === b.name && a.run === b.run
}

function parseEntry(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry
  } catch {
    return undefined
  }
}

async function append(file: string, entry: Entry): Promise<void> {
  const handle = await open(file, 'a', 0o600)
  try {
    await appendFile(handle, `${JSON.stringify(entry)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
