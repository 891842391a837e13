import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type BuildResult, build, type Metafile, type Plugin } from 'esbuild'

/** One bundle folder: entries of one host, and the chunks that they share. */
export interface Bundle {
  readonly folder: string
  readonly entries: Readonly<Record<string, string>>
}

/** Threads lie where the chunks lie that start them, and those are loaded lazily, so that they are chunks in every bundle. */
const threads = { 'chunks/hash-worker': 'src/installer/download/hash-worker.ts' }

export const bundles: readonly Bundle[] = [
  {
    folder: 'dist',
    entries: {
      github: 'src/entry/github.ts',
      'github-post': 'src/entry/github-post.ts',
      'github-cache': 'src/entry/github-cache.ts',
      terminal: 'src/entry/terminal.ts',
      ...threads,
    },
  },
  {
    folder: 'task/ShirContainer',
    entries: { azure: 'src/entry/azure.ts', 'azure-post': 'src/entry/azure-post.ts', ...threads },
  },
]

/**
 * `@actions/core` loads its OIDC part, and 400 KB of HTTP with it, although only ID tokens need it: here it is loaded when one
 * is asked for.
 */
const lazyOidc: Plugin = {
  name: 'lazy-oidc',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@actions[\\/]core[\\/]lib[\\/]oidc-utils\.js$/ }, ({ path: file, suffix }) =>
      suffix === '?whole'
        ? undefined
        : {
            contents: `export const OidcClient = { getIDToken: async audience => (await import('./${path.basename(file)}?whole')).OidcClient.getIDToken(audience) }`,
            resolveDir: path.dirname(file),
          },
    ),
}

/**
 * Bundles one folder as ES modules for Node 20, readable, with every lazily loaded part as a chunk of its own. CommonJS packages
 * inside need `require`; the banner's `var` may be declared again in a chunk.
 */
export async function bundle({ folder, entries }: Bundle, root: string): Promise<Metafile> {
  const result: BuildResult<{ metafile: true }> = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'node20',
    legalComments: 'none',
    charset: 'utf8',
    define: { 'process.env.NODE_ENV': '"production"' }, // windows-iana ships its tables twice otherwise
    metafile: true,
    logLevel: 'warning',
    banner: {
      js: `import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);`,
    },
    plugins: [lazyOidc],
  })
  return result.metafile
}

/** Removes what an earlier build left in a bundle's folder: a renamed chunk would stay for ever. */
export async function clear({ folder, entries }: Bundle, root: string): Promise<void> {
  const made = [...Object.keys(entries).map(name => `${name}.mjs`), 'chunks', 'licenses.txt']
  await Promise.all(made.map(name => rm(path.join(root, folder, name), { recursive: true, force: true })))
}

/** The packages whose code a bundle holds. */
export function packagesIn(metafile: Metafile): readonly string[] {
  const names = Object.keys(metafile.inputs).flatMap(file => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [])
  return [...new Set(names)].sort()
}

/** The licences of everything in a bundle, as its packages ship them. */
export async function writeLicenses({ folder }: Bundle, metafile: Metafile, root: string): Promise<void> {
  const texts = await Promise.all(packagesIn(metafile).map(name => licenseOf(name, root)))
  await writeFile(path.join(root, folder, 'licenses.txt'), texts.join('\n\n'))
}

async function licenseOf(name: string, root: string): Promise<string> {
  const folder = path.join(root, 'node_modules', name)
  const facts = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    readonly license?: string
    readonly version: string
  }
  const candidates = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'License', 'LICENCE']
  const found = await Promise.all(candidates.map(file => readFile(path.join(folder, file), 'utf8').catch(() => undefined)))
  return `${name} ${facts.version} (${facts.license ?? 'see its text'})\n\n${(found.find(text => text !== undefined) ?? '').replaceAll('\r\n', '\n').trim()}`
}

/** The built-in context travels with the task, which is installed as a folder of its own. */
export async function copyContainer(root: string): Promise<void> {
  const target = path.join(root, 'task/ShirContainer/container')
  await rm(target, { recursive: true, force: true })
  await cp(path.join(root, 'container'), target, { recursive: true })
}
