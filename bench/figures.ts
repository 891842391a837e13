/** One line of a bench's table: what was measured, against what, and whether it holds. */
export interface Measure {
  readonly what: string
  readonly ours: string
  readonly theirs: string
  /** Left out where there is nothing to compare with. */
  readonly ratio?: number
  /** What is held against the bound, in its unit, where that is not the ratio. */
  readonly figure?: number
  /** `≥ 4`, `≤ 0.25 s`. */
  readonly bound: string
}

/** Prints the table; the process fails where a bound was missed. */
export function tell(title: string, measures: readonly Measure[]): void {
  console.log(title)
  console.log('| measure | ours | against | ratio | bound |\n| --- | --- | --- | --- | --- |')
  for (const { what, ours, theirs, ratio, figure, bound } of measures) {
    const [sign, limit] = bound.split(' ')
    const told = figure ?? ratio ?? Number.NaN
    const isGood = sign === '≥' ? told >= Number(limit) : told <= Number(limit)
    console.log(`| ${what} | ${ours} | ${theirs} | ${ratio?.toFixed(2) ?? ''} | ${bound}${isGood ? '' : ' MISSED'} |`)
    if (!isGood) process.exitCode = 1
  }
}

export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`
}

export function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN
}
