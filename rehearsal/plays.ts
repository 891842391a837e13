/** What `npm start -- --scenario NAME` can play: the key's factory decides the node's life, flags decide the rest. */
export interface Play {
  readonly factory: string
  readonly flags: readonly string[]
  /** The step is sent this signal at the first line that fits; killed, it is run again. */
  readonly end?: { readonly at: RegExp; readonly signal: 'SIGINT' | 'SIGKILL' }
  /** What to see. */
  readonly shows: string
}

export const plays: Readonly<Record<string, Play>> = {
  healthy: { factory: 'rehearsal', flags: [], shows: 'an installer becomes an image becomes a proven node' },
  'bad-key': {
    factory: 'rehearsal-bad-key',
    flags: [],
    shows: 'the service refuses the key: the step fails at once and removes the container',
  },
  'never-healthy': {
    factory: 'rehearsal-never-healthy',
    flags: [],
    shows: 'a node that stays at Connecting fails its health check',
  },
  exits: {
    factory: 'rehearsal-exits',
    flags: ['--restart-policy', 'no'],
    shows: 'a container that ends fails at once, with its last words',
  },
  'restart-loop': {
    factory: 'rehearsal-restart-loop',
    flags: [],
    shows: 'a container that ends with 0 and is restarted again and again',
  },
  'second-node-refused': {
    factory: 'rehearsal-second-refused',
    flags: ['--node-count', '2', '--enable-ha', 'true'],
    shows: 'the first of two nodes stays, the second is refused and goes',
  },
  cancelled: {
    factory: 'rehearsal',
    flags: [],
    end: { at: /Started shir-1/, signal: 'SIGINT' },
    shows: 'Ctrl-C while the node starts: the step takes its container back, and ends',
  },
  killed: {
    factory: 'rehearsal',
    // Without it the record of the node that was taken back would forbid the next one.
    flags: ['--enable-ha', 'true'],
    end: { at: /Started shir-1/, signal: 'SIGKILL' },
    shows: 'a step that is killed while its node starts: the next run takes back what it left, and succeeds',
  },
}
