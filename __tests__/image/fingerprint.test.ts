import { chmod, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import type { Pair } from '../../src/contract/kinds.ts'
import { StepError } from '../../src/contract/reasons.ts'
import type { Context } from '../../src/image/context.ts'
import { type FingerprintOrder, fingerprint } from '../../src/image/fingerprint.ts'
import { type TestMachine, testMachine } from '../support/machine.ts'
import { stepErrorOf } from '../support/rejection.ts'
import { fill } from './folders.ts'

let bench: TestMachine
beforeAll(async () => {
  bench = await testMachine()
})
afterAll(() => bench.remove())

type Entry =
  | { readonly kind: 'file'; readonly content: string; readonly mode: number }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'folder' }

/** An order whose files are not written yet. */
interface Plan {
  readonly dockerfile: string
  readonly files: Readonly<Record<string, Entry>>
  readonly extras: Readonly<Record<string, Entry>> | undefined
  readonly msiSha256: string
  readonly baseIds: readonly string[]
  readonly args: readonly Pair[]
  readonly labels: readonly Pair[]
  readonly isolation: string
}

async function write(folder: string, files: Plan['files']): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [name, entry] of Object.entries(files)) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    if (entry.kind === 'folder') await mkdir(file, { recursive: true })
    else if (entry.kind === 'link') await symlink(entry.target, file)
    else {
      await writeFile(file, entry.content)
      await chmod(file, entry.mode)
    }
  }
}

/** Written to a place of its own. */
async function orderOf(plan: Plan, more: Partial<Context> = {}): Promise<FingerprintOrder> {
  const root = await mkdtemp(path.join(bench.folder, 'plan-'))
  const [folder, extras] = [path.join(root, 'context'), path.join(root, 'extras')]
  await write(folder, { Dockerfile: text(plan.dockerfile), ...plan.files })
  if (plan.extras) await write(extras, plan.extras)
  const { msiSha256, baseIds, labels, isolation, args } = plan
  const additions = plan.extras === undefined ? [] : [{ from: extras, to: 'SHIR/extras' }]
  const context = { folder, dockerfile: path.join(folder, 'Dockerfile'), args, additions, installer: undefined, ...more }
  return { context, msiSha256, baseIds, labels, isolation }
}

const text = (content: string, mode = 0o644): Entry => ({ kind: 'file', content, mode })
const told = (order: FingerprintOrder) => fingerprint(order, bench.host())
const of = async (plan: Plan) => told(await orderOf(plan))

const plain: Plan = {
  dockerfile: 'FROM scratch\nCOPY . /\n',
  files: { 'SHIR/setup.ps1': text('setup'), 'SHIR/build.ps1': text('build'), 'notes.log': text('notes') },
  extras: { 'extra.ps1': text('extra'), 'drivers/odbc': text('odbc') },
  msiSha256: 'ab'.repeat(32),
  baseIds: ['sha256:1', 'sha256:2'],
  args: [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
  ],
  labels: [
    { name: 'l', value: 'x' },
    { name: 'm', value: 'y' },
  ],
  isolation: 'process',
}

test('64 lower-case digits, of which a change means another format: then raise it', async () => {
  const bare = { ...plain, extras: undefined, files: { a: text('a') } }
  expect(await of(bare)).toBe('03262689e5ca93cccfeaef29f915e20f95d3827d26aa2034e7ca975fd3574016')
})

describe('relevant is', () => {
  test.each<[string, Partial<Plan>]>([
    ['a word of the Dockerfile', { dockerfile: 'FROM scratch\nCOPY . /c/\n' }],
    ['a line end of the Dockerfile', { dockerfile: plain.dockerfile.replaceAll('\n', '\r\n') }],
    ['a file’s bytes', { files: { ...plain.files, 'SHIR/setup.ps1': text('Setup') } }],
    ['a file’s name', { files: { ...without(plain.files, 'notes.log'), 'Notes.log': text('notes') } }],
    ['a file more, though it is empty', { files: { ...plain.files, empty: text('') } }],
    ['a folder more, though it is empty', { files: { ...plain.files, empty: { kind: 'folder' } } }],
    ['a file less', { files: without(plain.files, 'notes.log') }],
    ['the executable bit', { files: { ...plain.files, 'notes.log': text('notes', 0o744) } }],
    ['a link instead of a file', { files: { ...plain.files, 'notes.log': { kind: 'link', target: 'notes' } } }],
    [
      'bytes that moved to the next file',
      { files: { ...plain.files, 'SHIR/build.ps1': text('buil'), 'SHIR/setup.ps1': text('dsetup') } },
    ],
    ['an extra’s bytes', { extras: { ...plain.extras, 'drivers/odbc': text('ODBC') } }],
    ['no extras', { extras: undefined }],
    ['the installer', { msiSha256: 'ac'.repeat(32) }],
    ['a base', { baseIds: ['sha256:1', 'sha256:3'] }],
    ['which base is which', { baseIds: ['sha256:2', 'sha256:1'] }],
    [
      'a build argument’s value',
      {
        args: [
          { name: 'A', value: '1' },
          { name: 'B', value: '3' },
        ],
      },
    ],
    [
      'two values that changed places',
      {
        args: [
          { name: 'A', value: '2' },
          { name: 'B', value: '1' },
        ],
      },
    ],
    ['a build argument less', { args: plain.args.slice(1) }],
    [
      'a label’s value',
      {
        labels: [
          { name: 'l', value: 'x' },
          { name: 'm', value: 'z' },
        ],
      },
    ],
    ['a label that was an argument', { args: [...plain.args, ...plain.labels], labels: [] }],
    ['the isolation', { isolation: 'hyperv' }],
  ])('%s', async (_, change) => {
    expect(await of({ ...plain, ...change })).not.toBe(await of(plain))
  })

  test('where a link leads', async () => {
    const linked = (target: string) => of({ ...plain, files: { ...plain.files, link: { kind: 'link', target } } })
    expect(await linked('SHIR')).not.toBe(await linked('SHIR/'))
  })
})

describe('irrelevant is', () => {
  test('times, rights but for the executable bit, and the place of the folder', async () => {
    const order = await orderOf(plain)
    const before = await told(order)
    const file = path.join(order.context.folder, 'SHIR', 'setup.ps1')
    await utimes(file, 1, 1)
    await chmod(file, 0o600)
    await chmod(path.join(order.context.folder, 'SHIR'), 0o700)
    expect(await told(order)).toBe(before)
    expect(await of(plain)).toBe(before)
  })

  test('the order of arguments, of labels and of additions, and the letter case of the hash', async () => {
    const before = await told(await orderOf(plain, { additions: await certificates() }))
    const turned = { ...plain, args: plain.args.toReversed(), labels: plain.labels.toReversed(), msiSha256: 'AB'.repeat(32) }
    expect(await told(await orderOf(turned, { additions: (await certificates()).toReversed() }))).toBe(before)
  })

  test('whether the installer lies in the context, and what it is called there', async () => {
    const bare = { ...plain, extras: undefined, files: { 'notes.log': text('notes') } }
    const before = await of(bare)
    for (const name of ['SHIR/IntegrationRuntime.msi', 'SHIR/IntegrationRuntime (1).msi']) {
      const order = await orderOf({ ...bare, files: { ...bare.files, [name]: text('an installer') } })
      const installer = path.join(order.context.folder, name)
      expect(await told({ ...order, context: { ...order.context, installer } })).toBe(before)
      expect(await told(order)).not.toBe(before) // any other file of that name counts
    }
  })

  test('a certificate’s own name is where it is to lie', async () => {
    const [one, two] = [await certificates('a'), await certificates('b')]
    expect(await told(await orderOf(plain, { additions: one }))).toBe(await told(await orderOf(plain, { additions: two })))
  })

  async function certificates(prefix = '') {
    const folder = await mkdtemp(path.join(bench.folder, 'certificates-'))
    await fill(folder, { [`${prefix}root.cer`]: 'root', [`${prefix}ours.cer`]: 'ours' })
    return ['root', 'ours'].map(name => ({ from: path.join(folder, `${prefix}${name}.cer`), to: `SHIR/${name}.cer` }))
  }
})

describe('.dockerignore', () => {
  const ignored = (rules: string, files: Plan['files'] = {}) =>
    of({ ...plain, files: { ...plain.files, '.dockerignore': text(rules), ...files } })

  test('what it leaves out plays no part, and what it lets in does', async () => {
    const rules = '*.log\nSHIR/*.ps1\n!SHIR/setup.ps1\nDockerfile'
    const before = await ignored(rules)
    expect(await ignored(rules, { 'notes.log': text('other'), 'more.log': text(''), 'SHIR/build.ps1': text('other') })).toBe(
      before,
    )
    expect(await ignored(rules, { 'SHIR/setup.ps1': text('other') })).not.toBe(before)
  })

  test('its own words count where it is copied, and only there', async () => {
    expect(await ignored('*.log')).not.toBe(await ignored('*.log\n# why'))
    expect(await ignored('*.log\n.dockerignore')).toBe(await ignored('*.log\n.dockerignore\n# why'))
  })

  test('the Dockerfile counts though it is left out, and so does whether it is', async () => {
    const rules = 'Dockerfile\n.dockerignore'
    const files = { ...plain.files, '.dockerignore': text(rules) }
    const before = await of({ ...plain, files })
    expect(await of({ ...plain, files, dockerfile: 'FROM scratch\n' })).not.toBe(before)
    expect(await ignored('.dockerignore')).not.toBe(before)
  })

  test('additions are let in, whatever it says', async () => {
    const rules = '*\n**/*.ps1'
    const [one, two] = [text('one'), text('two')]
    const withExtra = (extra: Entry) => of({ ...plain, files: { '.dockerignore': text(rules) }, extras: { 'extra.ps1': extra } })
    expect(await withExtra(one)).not.toBe(await withExtra(two))
  })

  test('that docker refuses is refused', async () => {
    expect(await stepErrorOf(ignored('['))).toMatchObject({ code: 'context-invalid', message: expect.stringContaining('[') })
  })
})

test('a Dockerfile from outside takes the place of the one inside, which plays no part', async () => {
  const outside = path.join(bench.folder, 'Other')
  const from = async (files: Plan['files'], content: string) => {
    await writeFile(outside, content)
    return told(await orderOf({ ...plain, files: { ...plain.files, ...files } }, { dockerfile: outside }))
  }
  const before = await from({}, 'FROM a\n')
  expect(await from({ Dockerfile: text('FROM b\n') }, 'FROM a\n')).toBe(before)
  expect(await from({}, 'FROM c\n')).not.toBe(before)
  expect(await from({ '.dockerignore': text('.dockerignore') }, 'FROM a\n')).toBe(before)
  expect(await from({ '.dockerignore': text('.dockerignore\nDockerfile') }, 'FROM a\n')).not.toBe(before)
})

test.each<[string, Readonly<Record<string, string>>, string, number]>([
  ['.git', { '.git/index': '' }, 'Add .git to .dockerignore', 1],
  ['.git of a folder', { 'a/.git/index': '' }, 'Add .git to .dockerignore', 1],
  ['.git that is left out', { '.git/index': '', '.dockerignore': '.git' }, '.git', 0],
  ['an ADD from the net', { Dockerfile: 'FROM a\nADD https://host/a b' }, 'ADD fetches from a URL', 1],
  ['an ADD of a file', { Dockerfile: 'FROM a\nADD a b' }, 'ADD', 0],
])('%s: what makes a fingerprint worth less is told', async (_, files, words, times) => {
  const folder = await mkdtemp(path.join(bench.folder, 'told-'))
  await fill(folder, { Dockerfile: 'FROM a', ...files })
  const context = { folder, dockerfile: path.join(folder, 'Dockerfile'), args: [], additions: [], installer: undefined }
  const host = bench.host()
  await fingerprint({ context, msiSha256: '', baseIds: [], labels: [], isolation: 'default' }, host, host.log)
  expect(host.lines.filter(line => line.includes(words))).toHaveLength(times)
})

test('a cancel is heard wherever it comes, between two files and within one, and is told as what it is', async () => {
  const order = await orderOf({ ...plain, files: { long: text('x'.repeat(3_000_000)) } })
  const cancelledAt = (last: number) => {
    let asked = 0
    const throwIfAborted = () => {
      if (++asked === last) throw new StepError('cancelled', 'The run was cancelled.', { hint: '' })
    }
    return { ...bench.host(), signal: { throwIfAborted } as AbortSignal, asked: () => asked }
  }
  const never = cancelledAt(0)
  await fingerprint(order, never)
  // Two entries of the context and four of the extras are found, and told; the files among them are read in six pieces.
  expect(never.asked()).toBe(2 + 4 + 6 + 6)
  for (let last = 1; last <= never.asked(); last++)
    expect(await stepErrorOf(fingerprint(order, cancelledAt(last)))).toMatchObject({ code: 'cancelled' })
})

test('a context that is gone is told by its name', async () => {
  const order = await orderOf(plain)
  await rm(order.context.folder, { recursive: true })
  expect(await stepErrorOf(told(order))).toMatchObject({
    code: 'context-invalid',
    message: expect.stringContaining(order.context.dockerfile),
  })
})

describe('of any order', () => {
  const word = fc.constantFrom('a', 'b', 'aa', 'SHIR', 'A', 'é', '"', ',', '[')
  const name = fc.array(word, { minLength: 1, maxLength: 3 }).map(words => words.join('/'))
  const entry: fc.Arbitrary<Entry> = fc.oneof(
    fc.record({ kind: fc.constant('file' as const), content: fc.string({ maxLength: 4 }), mode: fc.constantFrom(0o644, 0o755) }),
    fc.record({ kind: fc.constant('link' as const), target: word }),
  )
  /** No file may be another's folder. */
  const files = fc
    .dictionary(name, entry, { maxKeys: 4 })
    .map(all =>
      Object.fromEntries(Object.entries(all).filter(([one]) => !Object.keys(all).some(other => other.startsWith(`${one}/`)))),
    )
  const pairs = fc.uniqueArray(fc.record({ name: word, value: fc.string({ maxLength: 3 }) }), {
    maxLength: 3,
    selector: pair => pair.name,
  })
  const plans: fc.Arbitrary<Plan> = fc.record({
    dockerfile: fc.string({ maxLength: 5 }),
    files,
    extras: fc.option(files, { nil: undefined }),
    msiSha256: fc.constantFrom('1', '2'),
    baseIds: fc.array(word, { maxLength: 2 }),
    args: pairs,
    labels: pairs,
    isolation: fc.constantFrom('process', 'hyperv'),
  })

  /** What is the same for an engine is equal here. */
  const meaning = (plan: Plan) => {
    const folders = (all: readonly string[]) =>
      all.flatMap(one =>
        one
          .split('/')
          .slice(0, -1)
          .map((_, index, words) => words.slice(0, index + 1).join('/')),
      )
    const sent = {
      ...plan.files,
      ...Object.fromEntries(Object.entries(plan.extras ?? {}).map(([one, value]) => [`SHIR/extras/${one}`, value])),
    }
    const made = [...folders(Object.keys(sent)), ...(plan.extras ? ['SHIR/extras'] : [])].filter(one => one !== 'SHIR')
    const sortedBy = (values: readonly (readonly unknown[])[]) => values.map(value => JSON.stringify(value)).sort()
    return JSON.stringify([
      plan.dockerfile,
      sortedBy(Object.entries(sent)),
      [...new Set(made)].sort(),
      ...[plan.msiSha256, plan.baseIds, plan.isolation],
      ...[plan.args, plan.labels].map(all => sortedBy(all.map(pair => [pair.name, pair.value]))),
    ])
  }

  test('two have one fingerprint only when they mean the same', async () => {
    const seen = new Map<string, string>()
    await fc.assert(
      fc.asyncProperty(plans, async plan => {
        const print = await of(plan)
        expect(print).toMatch(/^[0-9a-f]{64}$/)
        expect(seen.get(print) ?? meaning(plan)).toBe(meaning(plan))
        seen.set(print, meaning(plan))
      }),
      { numRuns: 200 },
    )
  })

  test('a change of one thing changes it, and taking it back gives it back', async () => {
    const change = fc.oneof(
      ...(['dockerfile', 'files', 'extras', 'msiSha256', 'baseIds', 'args', 'labels', 'isolation'] as const).map(key =>
        plans.map(plan => ({ [key]: plan[key] })),
      ),
    )
    await fc.assert(
      fc.asyncProperty(plans, change, async (plan, part) => {
        const changed = { ...plan, ...part }
        const [before, after] = [await of(plan), await of(changed)]
        expect(after === before).toBe(meaning(changed) === meaning(plan))
        expect(await of({ ...changed, ...plan })).toBe(before)
      }),
      { numRuns: 100 },
    )
  })

  test('nothing irrelevant changes it: the order of everything that is named, the order of writing, times, the place', async () => {
    const turned = (plan: Plan): Plan => ({
      ...plan,
      files: Object.fromEntries(Object.entries(plan.files).toReversed()),
      extras: plan.extras && Object.fromEntries(Object.entries(plan.extras).toReversed()),
      args: plan.args.toReversed(),
      labels: plan.labels.toReversed(),
    })
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 0, max: 2 ** 31 }), async (plan, seconds) => {
        const order = await orderOf(turned(plan))
        await utimes(order.context.dockerfile, seconds, seconds)
        const moved = `${order.context.folder}-moved`
        await rename(order.context.folder, moved)
        const context = { ...order.context, folder: moved, dockerfile: path.join(moved, 'Dockerfile') }
        expect(await told({ ...order, context })).toBe(await of(plan))
      }),
      { numRuns: 100 },
    )
  })
})

function without(files: Plan['files'], name: string): Plan['files'] {
  return Object.fromEntries(Object.entries(files).filter(([one]) => one !== name))
}
