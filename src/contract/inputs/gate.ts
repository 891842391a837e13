import { input } from '../input.ts'
import { duration } from '../kinds.ts'

const hours = 3_600_000

/** Inputs about the gate. */
export const gateInputs = {
  healthTimeout: input({
    kind: duration(1_000, 24 * hours),
    default: 600_000,
    group: 'gate',
    modes: ['run', 'gate'],
    label: 'Health time-out',
    help: 'How long a node may take to become healthy.',
  }),
  soak: input({
    kind: duration(0, 24 * hours),
    default: 30_000,
    group: 'gate',
    modes: ['run', 'gate'],
    label: 'Soak',
    help: 'How long a node must then stay healthy before it counts as proven.',
  }),
} as const
