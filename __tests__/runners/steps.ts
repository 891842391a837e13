import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runOnAzure } from './azure.ts'
import { runOnGitHub } from './github.ts'
import type { StepRecord, StepRequest } from './record.ts'

const modules = join(process.cwd(), 'node_modules')
/** The real libraries, for a script's `import`. */
export const core = pathToFileURL(join(modules, '@actions/core/lib/core.js')).href
export const taskLib = pathToFileURL(join(modules, 'azure-pipelines-task-lib/task.js')).href

export const ACTION = `
inputs:
  image-name: { default: base }
  second input: {}
  commit: { default: '\${{ github.sha }}' }
  old: { deprecationMessage: use image-name }
runs: { using: node24, main: main.mjs, post: post.mjs }
`

export const TASK = {
  inputs: [
    { name: 'imageName', aliases: ['image'], type: 'string', defaultValue: 'base' },
    { name: 'context', type: 'filePath' },
  ],
  execution: { Node20_1: { target: 'main.mjs' }, Node24: { target: 'main.mjs' } },
  postjobexecution: { Node20_1: { target: 'post.mjs' } },
}

type Rest<Manifest> = Partial<StepRequest> & { readonly post?: string; readonly manifest?: Manifest }

/** Runs a hand-written action of which `main` is the main script. */
export async function action(main: string, { post = '', manifest = ACTION, ...rest }: Rest<string> = {}): Promise<StepRecord> {
  const files = { 'action.yml': manifest, 'main.mjs': main, 'post.mjs': post }
  return inFolder(files, folder => runOnGitHub({ folder, inputs: {}, node: process.execPath, ...rest }))
}

/** Runs a hand-written task of which `main` is the main script. */
export async function task(main: string, { post = '', manifest = TASK, ...rest }: Rest<object> = {}): Promise<StepRecord> {
  const files = { 'task.json': JSON.stringify(manifest), 'main.mjs': main, 'post.mjs': post }
  return inFolder(files, folder => runOnAzure({ folder, inputs: {}, node: process.execPath, ...rest }))
}

/** Lends a new folder with these files. */
export async function inFolder<Result>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'step-'))
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A script that prints its environment on one line, and the reading of it. */
export const PRINT_ENVIRONMENT = "console.log('ENV' + JSON.stringify(process.env))"
export function printedEnvironment(raw: string | undefined): Record<string, string> {
  return JSON.parse(/^ENV(.*)$/m.exec(raw ?? '')?.[1] ?? '{}')
}

/** A script that says that it is ready and stays; and the request that cancels it then. */
export const STAY = "console.log('ready'); setInterval(() => {}, 1000)"
export const CANCEL_ON_READY: Partial<StepRequest> = {
  onLine: (line, control) => line === 'ready' && control.cancel(),
}

/** A script that tells these results to the agent. */
export function complete(...results: string[]): string {
  return results.map(result => `console.log('##vso[task.complete result=${result};]')`).join(';')
}
