import { cp } from 'node:fs/promises'
import path from 'node:path'
import { bundle, bundles } from '../tools/bundle.ts'

const root = path.resolve(import.meta.dirname, '..')

/** Bundles the step as it is here into `folder`, with the built-in context beside it; the terminal command's script. */
export async function bundleStep(folder: string): Promise<string> {
  const { entries } = bundles.find(({ folder: name }) => name === 'dist') ?? { entries: {} }
  await bundle({ folder: path.join(folder, 'dist'), entries }, root)
  await cp(path.join(root, 'container'), path.join(folder, 'container'), { recursive: true })
  return path.join(folder, 'dist', 'terminal.mjs')
}
