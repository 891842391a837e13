import type { Mode } from '../contract/input.ts'
import type { StepError } from '../contract/reasons.ts'
import type { BuildTimes, Image, Installer, JudgedNode, Support } from '../contract/values.ts'
import { sanitizeLine, splitLines } from './sanitize.ts'

/** A stage of the step: when it began, counted from the step's start, and how long it took. */
export interface Span {
  readonly title: string
  readonly fromMs: number
  readonly ms: number
}

/** Everything that the page of a run tells. */
export interface Story {
  readonly mode: Mode | undefined
  readonly dryRun: boolean
  readonly installer: Installer | undefined
  readonly support: Support | undefined
  readonly image: Image | undefined
  readonly context: string | undefined
  readonly base: string | undefined
  /** Empty where nothing was built. */
  readonly buildTimes: BuildTimes
  readonly nodes: readonly JudgedNode[]
  readonly spans: readonly Span[]
  readonly failure: StepError | undefined
  readonly warnings: readonly string[]
}

/** The page as Markdown that both hosts draw: tables and code blocks only, the failure first. Pure. */
export function renderSummary(story: Story): string {
  const { failure } = story
  const title = failure
    ? `## SHIR Container: failed (${failure.code})`
    : `## SHIR Container: ${story.dryRun ? 'dry run' : outcome(story)}`
  return [
    title,
    ...failureSection(story),
    ...warningSection(story),
    ...builtSection(story),
    ...buildSection(story),
    ...nodeSection(story),
    ...timelineSection(story),
    '',
  ].join('\n\n')
}

function outcome({ mode, nodes, image }: Story): string {
  if (mode === 'remove')
    return nodes.length === 0
      ? 'nothing to remove'
      : nodes.length === 1
        ? 'the node is removed'
        : `${nodes.length} nodes are removed`
  if (mode === 'build') return `image ${image?.built ? 'built' : 'ready'}`
  return nodes.length === 1 ? 'the node passed its gate' : `${nodes.length} nodes passed their gate`
}

function failureSection({ failure, nodes }: Story): readonly string[] {
  if (failure === undefined) return []
  const evidence = nodes
    .filter(({ verdict }) => verdict.outcome === 'failed')
    .flatMap(({ node, verdict }) => [
      ...evidenceBlock(
        `Last answers of ${node.container}’s health check`,
        verdict.probes.map(({ exitCode, output }) => `exit ${exitCode}: ${output || '(nothing)'}`),
      ),
      ...evidenceBlock(`Last log lines of ${node.container}`, verdict.lines),
    ])
  const [hint = '', ...more] = failure.hint?.split('\n') ?? []
  return [
    `**${escapeText(failure.message)}**`,
    ...(hint ? [escapeText(hint)] : []),
    ...(more.length > 0 ? [codeBlock(more)] : []),
    ...evidence,
  ]
}

function warningSection({ warnings }: Story): readonly string[] {
  return warnings.length > 0 ? [warnings.map(warning => `- Warning: ${escapeText(warning)}`).join('\n')] : []
}

function builtSection({ installer, support, image, context, base }: Story): readonly string[] {
  const rows = [
    installer && [
      'Installer',
      `${code(installer.version)}, from ${installer.cacheHit ? 'the cache: ' : ''}${escapeText(installer.source)}`,
    ],
    installer && ['SHA-256', code(installer.sha256)],
    installer && installer.proofs.length > 0 && ['Proven by', installer.proofs.map(escapeText).join('<br>')],
    support?.expires && ['Supported until', supportedUntil(support)],
    context && ['Built from', escapeText(context)],
    base && ['Base image', code(base)],
    image && ['Image', code(image.reference)],
    image && ['Image id', code(image.id)],
    image?.digest && ['Digest', code(image.digest)],
  ].filter((row): row is string[] => Array.isArray(row))
  return rows.length > 0 ? ['### Image', table(['What', 'Value'], rows)] : []
}

const longestInstruction = 80

/** Every step, the quick ones too: that a step came from the cache is half of what one looks for here. */
function buildSection({ buildTimes }: Story): readonly string[] {
  const rows = buildTimes.map(({ step, of, instruction, ms }) => [`${step}/${of}`, code(shortened(instruction)), inSeconds(ms)])
  return rows.length > 0 ? ['### Build', table(['Step', 'Instruction', 'Time'], rows)] : []
}

function shortened(instruction: string): string {
  return instruction.length > longestInstruction ? `${instruction.slice(0, longestInstruction)}…` : instruction
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}

function supportedUntil({ since, expires, isEstimate }: Support): string {
  const sure = `${expires}, one year after its publication on ${since}`
  return isEstimate ? `${expires} or some weeks longer: estimated from its build on ${since}` : sure
}

function nodeSection({ nodes }: Story): readonly string[] {
  if (nodes.length === 0) return []
  const rows = nodes.map(({ node, verdict, isKept }) => [
    code(node.name),
    code(node.container),
    isKept ? `${verdict.outcome} (kept)` : verdict.outcome,
    escapeText(verdict.reason ?? ''),
    `${verdict.status}, ${verdict.health}`,
  ])
  return ['### Nodes', table(['Node', 'Container', 'Verdict', 'Reason', 'Container state'], rows)]
}

const chartWidth = 40

/** A bar a stage, in a code block: what draws alike on both hosts. */
function timelineSection({ spans }: Story): readonly string[] {
  const totalMs = Math.max(1, ...spans.map(({ fromMs, ms }) => fromMs + ms))
  const widest = Math.max(0, ...spans.map(({ title }) => title.length))
  const lines = spans.map(({ title, fromMs, ms }) => {
    const from = Math.min(chartWidth - 1, Math.floor((fromMs / totalMs) * chartWidth))
    const length = Math.max(1, Math.min(chartWidth - from, Math.round((ms / totalMs) * chartWidth)))
    return `${title.padEnd(widest)}  ${' '.repeat(from)}${'█'.repeat(length)}${' '.repeat(chartWidth - from - length)}  ${inSeconds(ms)}`
  })
  return spans.length > 0 ? ['### Timeline', codeBlock(lines)] : []
}

function evidenceBlock(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [`${escapeText(title)}:`, codeBlock(lines)] : []
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n')
}

function code(text: string): string {
  return `\`${text.replace(/[`|\r\n]/g, ' ')}\``
}

/** Foreign text in a fence that it cannot close: not with a line end of its own, nor with what the guard takes away later. */
function codeBlock(texts: readonly string[]): string {
  const lines = texts.flatMap(splitLines).map(sanitizeLine)
  return ['~~~text', ...lines.map(line => line.replace(/^(\s*)~~~/, '$1~ ~~')), '~~~'].join('\n')
}

/** Foreign text in a sentence or a cell: no HTML, no links, no table borders. */
function escapeText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~]/g, character => `\\${character}`).replace(/\r\n|\r|\n/g, ' ')
}
