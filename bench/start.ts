import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { median } from './figures.ts'

const runs = 21
const mostTimes = 3.5

/**
 * The cold start of the GitHub bundle for a dry run, from the process's start to its end, against a Node process that does
 * nothing. Both in turn, so that the machine's drift meets both. NODE24 names a second node program.
 */
export async function coldStart(): Promise<void> {
  const root = path.resolve(import.meta.dirname, '..')
  const stage = await mkdtemp(path.join(os.tmpdir(), 'shir-bench-'))
  const workspace = path.join(stage, 'workspace')
  await mkdir(workspace)
  await Promise.all(
    ['dist', 'container'].map(name => cp(path.join(root, name), path.join(stage, 'action', name), { recursive: true })),
  )
  const empty = path.join(stage, 'empty.mjs')
  await writeFile(empty, '')
  const bundle = path.join(stage, 'action', 'dist', 'github.mjs')
  const environment = {
    ...{ PATH: process.env.PATH, HOME: stage, RUNNER_TEMP: stage, RUNNER_TOOL_CACHE: stage, GITHUB_WORKSPACE: workspace },
    ...{ INPUT_MODE: 'build', 'INPUT_DRY-RUN': 'true', 'INPUT_SHIR-VERSION': '5.70.9748.2' },
  }
  try {
    console.log(`Cold start of the GitHub bundle, dry run; whole processes, medians of ${runs}, in turn`)
    console.log('| node | bare | bundle | ratio | bound |\n| --- | --- | --- | --- | --- |')
    for (const node of [process.execPath, process.env.NODE24].filter(program => program !== undefined)) {
      const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
      const [bare, whole]: [number[], number[]] = [[], []]
      for (let run = -1; run < runs; run++) {
        const pair = [timed(node, empty, environment), timed(node, bundle, environment)] as const
        if (run < 0) continue // the first pair fills the disk's cache
        bare.push(pair[0])
        whole.push(pair[1])
      }
      const ratio = median(whole) / median(bare)
      console.log(
        `| ${version} | ${median(bare).toFixed(0)} ms | ${median(whole).toFixed(0)} ms | ${ratio.toFixed(2)} | ≤ ${mostTimes} ${ratio <= mostTimes ? '' : 'MISSED'} |`,
      )
      if (ratio > mostTimes) process.exitCode = 1
    }
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
}

function timed(node: string, script: string, env: NodeJS.ProcessEnv): number {
  const began = performance.now()
  const { status, stderr } = spawnSync(node, [script], { env, encoding: 'utf8', cwd: env.GITHUB_WORKSPACE })
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`)
  return performance.now() - began
}
