import path from 'node:path'
import { bundle, bundles, clear, copyContainer, writeLicenses } from './bundle.ts'

/** `npm run build`: the GitHub and terminal bundles into dist/, the Azure task's into task/ShirContainer/. */
const root = path.resolve(import.meta.dirname, '..')
for (const one of bundles) {
  await clear(one, root)
  const metafile = await bundle(one, root)
  await writeLicenses(one, metafile, root)
  const bytes = Object.values(metafile.outputs).reduce((sum, { bytes: size }) => sum + size, 0)
  console.log(`${one.folder}: ${Object.keys(metafile.outputs).length} files, ${Math.round(bytes / 1024)} KB`)
}
await copyContainer(root)
