import { StepError } from '../../src/contract/reasons.ts'
import { memoryHost } from '../../src/host/memory.ts'
import { guard } from '../../src/report/guard.ts'
import { renderSummary, type Story } from '../../src/report/summary.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { image, installer, judged, story, support } from './stories.ts'

/** The page as it leaves: through the guard, which changes lines too. */
async function page(parts: Partial<Story>): Promise<string> {
  const machine = { name: 'm', platform: 'linux', temp: '/t', tools: '/o', workspace: '/w' } as const
  const host = memoryHost({ machine, clock: fakeClock() })
  await guard(host).summary(renderSummary(story(parts)))
  return host.page
}

/** What a Markdown reader sees: text and tables outside of fences, and what stands in each fence. */
function read(markdown: string): { readonly text: readonly string[]; readonly fences: readonly (readonly string[])[] } {
  const text: string[] = []
  const fences: string[][] = []
  let isInside = false
  for (const line of markdown.split('\n')) {
    const isMark = /^ {0,3}~{3,}/.test(line)
    if (isMark && !isInside) fences.push([])
    else if (isMark && !/^ {0,3}~{3,}\s*$/.test(line)) fences.at(-1)?.push(line)
    else if (!isMark) isInside ? fences.at(-1)?.push(line) : text.push(line)
    if (isMark && (!isInside || /^ {0,3}~{3,}\s*$/.test(line))) isInside = !isInside
  }
  expect(isInside).toBe(false)
  return { text, fences }
}

const failure = new StepError('unhealthy', 'Node node-1 is not good.', { hint: 'Look at the log.' })
const evil = '</td></table><script>alert(1)</script> | cell | [link](https://evil.example) `code` ~~~ **bold** # head'

test('a good run: what was built from what, the nodes, the timeline', async () => {
  const spans = [
    { title: 'Engine', fromMs: 0, ms: 500 },
    { title: 'Installer', fromMs: 500, ms: 1_500 },
    { title: 'Nodes', fromMs: 2_000, ms: 18_000 },
  ]
  const { text, fences } = read(await page({ spans }))
  expect(text.filter(line => line !== '')).toEqual([
    '## SHIR Container: the node passed its gate',
    '### Image',
    '| What | Value |',
    '| --- | --- |',
    '| Installer | `5.70.9748.2`, from https://files.example/x.msi |',
    `| SHA-256 | \`${installer.sha256}\` |`,
    '| Proven by | ProductVersion 5.70.9748.2<br>SHA-256 computed |',
    '| Built from | the built-in context |',
    '| Base image | `mcr.example/windows:ltsc2022` |',
    '| Image | `registry.example/shir:5.70` |',
    `| Image id | \`${image.id}\` |`,
    '### Nodes',
    '| Node | Container | Verdict | Reason | Container state |',
    '| --- | --- | --- | --- | --- |',
    '| `node-1` | `shir-1` | healthy |  | running, healthy |',
    '### Timeline',
  ])
  expect(fences).toEqual([
    [
      'Engine     █                                         0.5 s',
      'Installer   ███                                      1.5 s',
      'Nodes          ████████████████████████████████████  18.0 s',
    ],
  ])
})

test.each<[string, Partial<Story>, string]>([
  ['from where it was fetched', {}, '| Installer | `5.70.9748.2`, from https://files.example/x.msi |'],
  [
    'that it was kept, and from where',
    { installer: { ...installer, cacheHit: true, source: 'the store /tools' } },
    '| Installer | `5.70.9748.2`, from the cache: the store /tools |',
  ],
  ['its proofs', {}, '| Proven by | ProductVersion 5.70.9748.2<br>SHA-256 computed |'],
  ['until when it is supported', { support }, '| Supported until | 2027-10-01, one year after its publication on 2026-10-01 |'],
  [
    'that this is an estimate',
    { support: { ...support, since: '2026-09-09', expires: '2027-09-09', isEstimate: true } },
    '| Supported until | 2027-09-09 or some weeks longer: estimated from its build on 2026-09-09 |',
  ],
  ['until when the image that was used is', { installer: undefined, support }, '| Supported until | 2027-10-01, one year after'],
])('the page says of the installer %s', async (_, parts, row) => {
  expect(await page(parts)).toContain(row)
})

test('where a build ran: its steps, long ones cut, and how long each took; elsewhere nothing of it', async () => {
  const buildTimes = [
    { step: 1, of: 2, instruction: 'FROM mcr.example/windows:ltsc2022', ms: 60 },
    { step: 2, of: 2, instruction: `RUN ["powershell", "${'x'.repeat(200)}"]`, ms: 93_449 },
  ]
  const { text } = read(await page({ buildTimes }))
  const from = text.indexOf('### Build')
  expect(text.slice(from).filter(line => line !== '')).toEqual([
    '### Build',
    '| Step | Instruction | Time |',
    '| --- | --- | --- |',
    '| 1/2 | `FROM mcr.example/windows:ltsc2022` | 0.1 s |',
    `| 2/2 | \`RUN ["powershell", "${'x'.repeat(60)}…\` | 93.4 s |`,
    ...text.slice(text.indexOf('### Nodes')).filter(line => line !== ''),
  ])
  expect(await page({})).not.toContain('### Build')
})

test('a version whose day nobody knows has no row of it', async () => {
  expect(await page({ support: { ...support, since: undefined, expires: undefined } })).not.toContain('Supported until')
})

test.each<[string, Partial<Story>]>([
  ['image built', { mode: 'build', nodes: [] }],
  ['image ready', { mode: 'build', nodes: [], image: { ...image, built: false } }],
  ['3 nodes passed their gate', { nodes: [1, 2, 3].map(number => judged(number)) }],
  ['nothing to remove', { mode: 'remove', nodes: [] }],
  ['the node is removed', { mode: 'remove' }],
  ['2 nodes are removed', { mode: 'remove', nodes: [1, 2].map(number => judged(number)) }],
  ['dry run', { dryRun: true }],
  ['failed (unhealthy)', { failure }],
])('the first line says: %s', async (words, parts) => {
  expect((await page(parts)).split('\n')[0]).toBe(`## SHIR Container: ${words}`)
})

test('the failure comes first, with its hint and the evidence of the nodes that failed, and of no other', async () => {
  const bad = judged(1, {
    ...{ outcome: 'failed', reason: 'unhealthy', status: 'running', health: 'unhealthy' },
    ...{
      probes: [
        { startedAt: '', exitCode: 1, output: 'Connecting' },
        { startedAt: '', exitCode: -1, output: '' },
      ],
      lines: ['last words'],
    },
  })
  const { text, fences } = read(await page({ failure, nodes: [bad, judged(2, { lines: ['secret of a good node'] })] }))
  const said = text.filter(line => line !== '')
  expect(said.slice(0, 5)).toEqual([
    '## SHIR Container: failed (unhealthy)',
    '**Node node-1 is not good.**',
    'Look at the log.',
    'Last answers of shir-1’s health check:',
    'Last log lines of shir-1:',
  ])
  expect(fences).toEqual([['exit 1: Connecting', 'exit -1: (nothing)'], ['last words']])
  expect(said).toContain('| `node-1` | `shir-1` | failed | unhealthy | running, unhealthy |')
})

test('a hint of several lines keeps its first line as a sentence and the rest as they are', async () => {
  const { text, fences } = read(
    await page({
      failure: new StepError('build-failed', 'docker build failed', { hint: 'The last lines:\nStep 1/2 : RUN x\n ---> <b>' }),
      nodes: [],
    }),
  )
  expect(text).toContain('The last lines:')
  expect(fences).toEqual([['Step 1/2 : RUN x', ' ---> <b>']])
})

test('warnings are listed', async () => {
  expect((await page({ warnings: ['aeTime has no effect', 'x *y*'] })).split('\n')).toEqual(
    expect.arrayContaining(['- Warning: aeTime has no effect', '- Warning: x \\*y\\*']),
  )
})

describe('foreign text', () => {
  test.each([
    '~~~',
    '~~~text',
    '   ~~~',
    '~~~~~~',
    '\u200b~~~',
    '\u001b[0m~~~',
    '\u0000~~~',
    'x\r~~~',
    'x\n~~~',
    'x\r\n~~~\r\n# head',
  ])('that is %j does not close the fence it stands in', async line => {
    const probes = [{ startedAt: '', exitCode: 1, output: line }]
    const bad = judged(1, { outcome: 'failed', reason: 'unhealthy', lines: ['before', line, 'after <b>'], probes })
    const hinted = new StepError('build-failed', 'x', { hint: `hint\n${line}\n# no head` })
    const { text, fences } = read(await page({ failure: hinted, nodes: [bad] }))
    expect(fences).toHaveLength(3)
    expect(fences.at(-1)?.at(-1)).toBe('after <b>')
    expect(text.join('\n')).not.toMatch(/~|after|<b>|head/)
  })

  test('neither breaks a table nor becomes HTML, a link, a heading or a fence', async () => {
    const bad = judged(1, { outcome: 'failed', reason: 'exited' }, { name: evil, container: 'c|d`e' })
    const { text } = read(
      await page({
        ...{ nodes: [bad], warnings: [evil], context: evil, base: evil },
        buildTimes: [{ step: 1, of: 1, instruction: evil, ms: 1 }],
        failure: new StepError('exited', evil, { hint: evil }),
        installer: { ...installer, source: evil, proofs: [evil] },
        image: { ...image, reference: evil, id: evil, digest: evil },
      }),
    )
    for (const row of text.filter(line => line.startsWith('|'))) {
      const cells = row.replace(/\\\|/g, '').split('|').slice(1, -1)
      expect([2, 3, 5]).toContain(cells.length)
      for (const cell of cells) expect(cell.replaceAll('<br>', '').replace(/`[^`]*`/g, '')).not.toMatch(/(?<!\\)[<>`[\]#*~]/)
    }
    const sentences = text.filter(line => !line.startsWith('|')).map(line => line.replace(/^#+ |^\*\*|\*\*$/g, ''))
    for (const sentence of sentences) expect(sentence).not.toMatch(/(?<!\\)[<>`[\]*~]/)
  })

  test.each(['\r', '\n', '\r\n'])('with the line end %j stays in its cell', async end => {
    const source = `a${end}- b${end}| c`
    const { text } = read(
      await page({ installer: { ...installer, source }, failure: new StepError('exited', `x${end}# y`), nodes: [] }),
    )
    expect(text).toContain('| Installer | `5.70.9748.2`, from a - b \\| c |')
    expect(text).toContain('**x \\# y**')
  })
})
