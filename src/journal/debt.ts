import path from 'node:path'

/** Something a run must take back if it ends early. */
export type Debt = PathDebt | EngineDebt

/** A file or a folder of ours, with all that is in it. */
interface PathDebt {
  readonly kind: 'path'
  readonly path: string
}

/** What a run made on the engine, whose label must say that it is this run's, or it is not ours to remove. */
export type EngineDebt = Made<'container'> | Made<'network'>

interface Made<Kind> {
  readonly kind: Kind
  readonly name: string
  readonly run: string
}

/** A debt as a person reads it. */
export function spellDebt(debt: Debt): string {
  return `${debt.kind} ${debt.kind === 'path' ? debt.path : debt.name}`
}

export function isSame(a: Debt, b: Debt): boolean {
  return a.kind === 'path' ? b.kind === 'path' && a.path === b.path : b.kind === a.kind && a.name === b.name && a.run === b.run
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** The names that this product gives to its staging folders, variable files, copies out of images, and folders for installers that are not kept. */
const ownName = new RegExp(`^shir-(?:build|env|look|installer)-${uuid}$`)

/**
 * A debt that stands in a file, which anyone may have written: no engine's label confirms a path, so that only names that this
 * product makes up are taken for its own.
 */
export function readDebt(value: unknown): Debt | undefined {
  const { kind, path: place, name, run } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (kind === 'path')
    return typeof place === 'string' && path.isAbsolute(place) && ownName.test(path.basename(place))
      ? { kind, path: place }
      : undefined
  if ((kind !== 'container' && kind !== 'network') || typeof name !== 'string' || typeof run !== 'string') return undefined
  return run === '' ? undefined : { kind, name, run }
}

/** What is owed, newest first: some of it at once, some not before the job ends. */
export interface Ledger {
  add(debt: Debt): void
  has(debt: Debt): boolean
  remove(debt: Debt): void
  /** From now on it is not owed before the job ends. */
  defer(debt: Debt): void
  owed(): readonly Debt[]
  deferred(): readonly Debt[]
}

export function ledger(): Ledger {
  const items: { readonly debt: Debt; isDeferred: boolean }[] = []
  // Looked up at each call: others may have been settled meanwhile.
  const find = (debt: Debt) => items.findIndex(item => isSame(item.debt, debt))
  const listed = (isDeferred: boolean) => items.filter(item => item.isDeferred === isDeferred).map(({ debt }) => debt)
  return {
    add: debt => void items.unshift({ debt, isDeferred: false }),
    has: debt => find(debt) >= 0,
    remove: debt => {
      const at = find(debt)
      if (at >= 0) items.splice(at, 1)
    },
    defer: debt => {
      const item = items[find(debt)]
      if (item) item.isDeferred = true
    },
    owed: () => listed(false),
    deferred: () => listed(true),
  }
}
