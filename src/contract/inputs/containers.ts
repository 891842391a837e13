import { input } from '../input.ts'
import { choice, lines, text, whole } from '../kinds.ts'

/** Inputs about the containers: how many, and what each may use. */
export const containersInputs = {
  nodeCount: input({
    kind: whole(1, 4),
    default: 1,
    group: 'containers',
    modes: ['run'],
    label: 'Number of nodes',
    help: 'How many nodes to start; 2 to 4 need `enableHa`.',
  }),
  containerName: input({
    kind: text(
      '2 to 60 letters, digits, dots, dashes and underscores, starting with a letter or digit',
      /^[A-Za-z0-9][A-Za-z0-9_.-]{1,59}$/,
    ),
    default: 'shir',
    group: 'containers',
    modes: ['run', 'gate', 'remove'],
    label: 'Container name',
    help: 'Containers are called this with `-1` to `-4`. In `gate` and `remove`: the containers that are meant (this very name counts too); `remove` takes containers that no step started only where this is given.',
  }),
  memory: input({
    kind: text('a size such as 8g or 4096m', /^(?:[1-9]\d{0,9}[kmg]|[1-9]\d{7,}b?)$/i),
    otherwise: 'no limit',
    group: 'containers',
    modes: ['run'],
    label: 'Memory',
    help: 'The memory limit of each container. Microsoft recommends 8 GB.',
  }),
  cpus: input({
    kind: text('a number such as 2 or 1.5', /^(?!0+(?:\.0*)?$)\d{1,3}(?:\.\d{1,2})?$/),
    otherwise: 'no limit',
    group: 'containers',
    modes: ['run'],
    label: 'CPUs',
    help: 'The processors of each container. Microsoft recommends 4.',
  }),
  restartPolicy: input({
    kind: text(
      'no, always, unless-stopped, on-failure or on-failure:N',
      /^(?:no|always|unless-stopped|on-failure(?::[1-9]\d{0,3})?)$/,
    ),
    default: 'unless-stopped',
    group: 'containers',
    modes: ['run'],
    label: 'Restart policy',
    help: 'What the engine does when a container ends. Upstream’s image ends with 0 on failure: `on-failure` would not restart it.',
  }),
  network: input({
    kind: text('the name of a network', /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/),
    otherwise: 'the engine’s; for 2 to 4 nodes one is made',
    group: 'containers',
    modes: ['run'],
    label: 'Network',
    help: 'The engine’s network for the containers. Several nodes must be able to resolve each other’s names on it.',
  }),
  volumes: input({
    kind: lines(
      'a volume a line, such as C:\\data:C:\\data or name:/data:ro',
      /^(?:[A-Za-z]:[\\/])?[^:]+:(?:[A-Za-z]:[\\/])?[^:]+(?::[a-z,]+)?$/,
    ),
    group: 'containers',
    modes: ['run'],
    label: 'Volumes',
    help: 'Volumes of each container, one a line, as `docker run -v` takes them.',
  }),
  cleanup: input({
    hosts: ['github', 'azure'],
    kind: choice('auto', 'always', 'never'),
    default: 'auto',
    group: 'containers',
    modes: ['run'],
    label: 'Clean-up',
    help: 'Whether nodes that passed their gate go at the end of the job: `auto` does so on machines that end with it. What did not pass goes in any case, except with `never`.',
  }),
} as const
