import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { describeWith } from '../support/program.ts'
import { readText } from '../support/repository.ts'

/** .github/workflows/known.yml, as much of it as runs anywhere: its last step, with a real git and an imitation of `gh`. */

interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}
const workflow = parse(readText('.github/workflows/known.yml'))
const job = workflow.jobs.propose
const steps: readonly Step[] = job.steps

test('nothing is permitted but what the one job needs', () => {
  expect(workflow.permissions).toEqual({})
  expect(Object.keys(workflow.jobs)).toEqual(['propose'])
  expect(job.permissions).toEqual({ contents: 'write', 'pull-requests': 'write' })
})

test('it uses GitHub’s own actions alone, each by the hash of its commit', () => {
  const used = steps.flatMap(({ uses }) => uses ?? [])
  expect(used).toHaveLength(2)
  for (const name of used) expect(name).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/)
})

test('its scripts hold no expression, which could become a part of them', () => {
  for (const { run } of steps) expect(run ?? '').not.toContain('${{')
})

/** How a runner starts bash: where the workflow names it, a part of a pipe that fails fails the step; as the default it does not. */
const bash = workflow.defaults?.run?.shell === 'bash' ? ['-e', '-o', 'pipefail'] : ['-e']

test('a contradiction fails the job, although what is said is written down as well', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'shir-known-workflow-'))
  await writeFile(path.join(folder, 'npm'), '#!/bin/sh\necho "CONTRADICTION"\nexit 1\n')
  await chmod(path.join(folder, 'npm'), 0o755)
  const env = { PATH: `${folder}:${process.env.PATH}`, RUNNER_TEMP: folder }
  const add = steps.find(({ name }) => name === 'Add what is new')
  await expect(promisify(execFile)('bash', [...bash, '-c', add?.run ?? ''], { env })).rejects.toMatchObject({ code: 1 })
  await rm(folder, { recursive: true })
})

describeWith('git', 'the proposal', () => {
  let folder: string
  const at = (name: string) => path.join(folder, name)
  const environment = () => ({
    PATH: `${folder}${path.delimiter}${process.env.PATH}`,
    HOME: folder,
    RUNNER_TEMP: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    BASE: 'main',
  })
  const sh = (script: string, cwd = at('clone'), more = {}) =>
    promisify(execFile)('bash', [...bash, '-c', script], { cwd, env: { ...environment(), ...more } })

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shir-known-workflow-'))
    await writeFile(at('gh'), '#!/bin/bash\necho "$@" >>"$HOME/gh.log"\nif [ "$2" = list ]; then echo "$OPEN"; fi\n')
    await chmod(at('gh'), 0o755)
    await sh('git init --quiet --bare --initial-branch main origin && git clone --quiet origin clone', folder)
    const commit = 'git -c user.name=t -c user.email=t@example.com commit --quiet'
    await sh(
      `git switch --quiet --orphan main && echo '[]' >known.json && git add . && ${commit} -m one && git push --quiet origin main`,
    )
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const propose = async (open: number) => {
    await writeFile(at('gh.log'), '')
    await sh(steps.at(-1)?.run ?? '', at('clone'), { OPEN: String(open) })
    return (await readFile(at('gh.log'), 'utf8'))
      .split('\n')
      .map(line => line.split(' ').slice(0, 2).join(' '))
      .filter(Boolean)
  }
  const proposed = async () => (await sh('git show known-versions:known.json', at('origin'))).stdout.trim()

  test('is made of what changed; the next one renews it', async () => {
    await sh('echo "[1]" >known.json && echo >chunk-of-another-name.mjs')
    expect(await propose(0)).toEqual(['auth setup-git', 'pr list', 'pr create'])
    expect(await proposed()).toBe('[1]')
    expect((await sh('git ls-tree --name-only known-versions', at('origin'))).stdout).toContain('chunk-of-another-name.mjs')

    await sh('git switch --quiet main && git branch --quiet -D known-versions && echo "[1, 2]" >known.json')
    expect(await propose(1)).toEqual(['auth setup-git', 'pr list'])
    expect(await proposed()).toBe('[1, 2]')
    expect((await sh('git show main:known.json', at('origin'))).stdout.trim()).toBe('[]')
  })

  test('is not made where nothing changed', async () => {
    expect(await propose(0)).toEqual([])
    await expect(proposed()).rejects.toThrow()
  })
})
