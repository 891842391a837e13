import { input, modes } from '../input.ts'
import { choice, flag } from '../kinds.ts'

/** Inputs of the step itself. */
export const stepInputs = {
  mode: input({
    kind: choice(...modes),
    group: 'step',
    modes,
    required: true,
    label: 'Mode',
    help: '`build` makes the image; `run` starts nodes from it on this machine and waits until they are proven; `gate` only waits for the verdict on nodes that exist; `remove` ends nodes and removes their containers.',
  }),
  dryRun: input({
    kind: flag(),
    default: false,
    group: 'step',
    modes,
    label: 'Dry run',
    help: 'Prints the plan and each command, and does nothing: no network, no engine, no change.',
  }),
  summary: input({
    hosts: ['github', 'azure'],
    kind: flag(),
    default: true,
    group: 'step',
    modes,
    label: 'Summary',
    help: 'Adds a page to the run: what was built from what, the nodes, the timeline.',
  }),
} as const
