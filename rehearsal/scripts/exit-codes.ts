/** By reason code, the exit code with which the container ends: the table of container/SHIR/setup.ps1. */
export const exitCodes = {
  internal: 1,
  'missing-key': 10,
  'invalid-key': 11,
  'registration-forbidden': 12,
  'node-limit': 13,
  'ae-mismatch': 14,
  'service-unreachable': 15,
  'registration-failed': 16,
  'invalid-input': 17,
  exited: 20,
} as const

export type EndCode = keyof typeof exitCodes
