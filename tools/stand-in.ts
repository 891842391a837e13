import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { installerFileName } from '../src/contract/version.ts'

/**
 * `npm run stand-in -- FOLDER`: makes the stand-in for SHIR's installer (rehearsal/stand-in) and puts it into FOLDER. Needs the
 * .NET SDK and `wixl`. Prints its SHA-256 and its path, as `sha256sum` does.
 */
const version = '5.70.9748.2'
const packageName = installerFileName(version)
const [target] = process.argv.slice(2)

if (target === undefined) {
  console.error('Usage: npm run stand-in -- FOLDER')
  process.exitCode = 2
} else {
  const file = path.resolve(target, packageName)
  // A copy, so that no bin and obj come into the repository.
  const folder = await mkdtemp(path.join(os.tmpdir(), 'shir-stand-in-'))
  try {
    await cp(path.resolve(import.meta.dirname, '../rehearsal/stand-in'), folder, { recursive: true })
    const programs = path.join(folder, 'programs')
    for (const program of ['dmgcmd', 'diahost']) await build(path.join(folder, program, `${program}.csproj`), programs)
    await pack(path.join(folder, 'installer.wxs'), programs)
    await mkdir(path.dirname(file), { recursive: true })
    await copyFile(path.join(programs, packageName), file)
    console.log(
      `${createHash('sha256')
        .update(await readFile(file))
        .digest('hex')}  ${file}`,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Builds a program, and the library with it, into `folder`. */
async function build(project: string, folder: string): Promise<void> {
  // A build server would outlive this run and hold its output open.
  const options = [
    '--configuration',
    'Release',
    '--output',
    folder,
    '--disable-build-servers',
    '--nologo',
    '--verbosity',
    'quiet',
  ]
  await run('dotnet', ['build', project, `-p:ShirVersion=${version}`, ...options], folder)
}

/** Packs what lies in `folder`, where wixl must run: it finds its sources by relative paths only. */
async function pack(source: string, folder: string): Promise<void> {
  await run('wixl', ['--arch', 'x64', '--define', `Version=${version}`, '--output', packageName, source], folder)
}

async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  await mkdir(cwd, { recursive: true })
  const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' }
  await promisify(execFile)(command, args, { cwd, env }).catch((error: { message: string; stdout?: string }) => {
    throw new Error(`${error.message}\n${error.stdout ?? ''}`)
  })
}
