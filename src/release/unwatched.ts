/** What a verdict lacks that was reached without watching the node. */
export const unwatched = { reason: undefined, hint: undefined, probes: [], lines: [] } as const
