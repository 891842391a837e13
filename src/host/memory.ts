import type { Annotation, CacheService, Clock, Host, Machine, Run } from './host.ts'

/** Everything that left the process through a memory host. */
export interface MemoryHost extends Host {
  readonly lines: readonly string[]
  readonly groups: readonly string[]
  readonly annotations: readonly Annotation[]
  readonly outputs: Readonly<Record<string, string>>
  readonly masks: readonly string[]
  readonly progressed: readonly string[]
  readonly page: string
  readonly failed: boolean
}

export interface MemoryOptions {
  readonly inputs?: Readonly<Record<string, string>>
  readonly machine: Omit<Machine, 'id' | 'isEphemeral'> & Partial<Pick<Machine, 'id' | 'isEphemeral'>>
  /** No alarm rings on one that has none. */
  readonly clock: Omit<Clock, 'alarm'> & Partial<Clock>
  readonly signal?: AbortSignal
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly state?: string
  readonly tools?: Readonly<Record<string, string>>
  readonly cacheService?: CacheService
  readonly run?: Partial<Run>
}

/** A host that keeps what it is told; for tests. */
export function memoryHost(options: MemoryOptions): MemoryHost {
  const lines: string[] = []
  const groups: string[] = []
  const annotations: Annotation[] = []
  const outputs: Record<string, string> = {}
  const masks: string[] = []
  const progressed: string[] = []
  let page = ''
  let failed = false
  let state = options.state

  return {
    lines,
    groups,
    annotations,
    outputs,
    masks,
    progressed,
    get page() {
      return page
    },
    get failed() {
      return failed
    },
    inputs: options.inputs ?? {},
    spell: key => key,
    machine: { id: 'memory', isEphemeral: false, ...options.machine },
    run: {
      ...{ id: 'memory', job: 'memory', url: undefined, source: undefined, commit: undefined },
      ...options.run,
    },
    signal: options.signal ?? new AbortController().signal,
    clock: { alarm: () => () => {}, ...options.clock },
    environment: options.environment ?? {},
    log: line => void lines.push(line),
    group: (title, body) => {
      groups.push(title)
      return body()
    },
    annotate: annotation => void annotations.push(annotation),
    progress: (percent, text) => void progressed.push(`${percent} ${text}`),
    mask: value => void masks.push(value),
    output: (name, value) => {
      outputs[name] = value
    },
    summary: async markdown => {
      page += markdown
    },
    state: {
      load: () => state,
      save: value => {
        state = value
      },
    },
    findTool: async (name, version, arch) => options.tools?.[`${name}/${version}/${arch}`],
    cacheService: options.cacheService,
    fail: () => {
      failed = true
    },
  }
}
