/**
 * A base image in which Linux plays Windows: `powershell` is the stand-in for PowerShell with the fakes of `__tests__/scripts` in front
 * of each script, and these ask a world of the test's own. What is in it are files of this machine: PowerShell, .NET, bash, and the
 * libraries that they load. So the real Dockerfile can be built and run on a Linux engine.
 */
import { execFileSync } from 'node:child_process'
import { chmod, copyFile, cp, mkdir, readdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pwsh } from '../scripts/powershell.ts'
import type { DockerCommand } from './docker-command.ts'

const scripts = path.resolve(__dirname, '../scripts')
/** Where .NET programs look for .NET by themselves. */
const dotnetHome = '/usr/share/dotnet'

/** Builds it as `reference`; `world` is the WORLD of the scripts that run in it, `label` a label for whoever cleans up. */
export async function makeWindowsBase(
  docker: DockerCommand,
  folder: string,
  { reference, world, label }: { readonly reference: string; readonly world: string; readonly label: string },
): Promise<void> {
  const root = path.join(folder, 'root')
  await mkdir(root, { recursive: true })
  const put = async (file: string, at = file) => {
    await mkdir(path.join(root, path.dirname(at)), { recursive: true })
    await copyFile(await realpath(file), path.join(root, at))
  }
  const shell = path.dirname(await realpath(await locate(pwsh)))
  await cp(shell, path.join(root, 'opt/pwsh'), { recursive: true })
  await invariant(path.join(root, 'opt/pwsh'))
  const dotnet = path.dirname(await realpath(await locate('dotnet')))
  await cp(dotnet, path.join(root, dotnetHome), {
    recursive: true,
    filter: file => !/\/(sdk|packs|templates|Microsoft\.AspNetCore\.App)(\/|$)/.test(file),
  })
  for (const file of ['/bin/bash', '/bin/busybox', path.join(scripts, 'windows.ps1')]) await put(file)
  const runtime = await libraryFolder(dotnet)
  const loaded = [
    '/bin/bash',
    ...(await readdir(runtime)).filter(name => name.endsWith('.so')).map(name => path.join(runtime, name)),
  ]
  for (const library of await librariesOf([...loaded, ...(await openssl())])) await put(library)
  await writeFile(path.join(root, 'bin/powershell'), powershell(world))
  await chmod(path.join(root, 'bin/powershell'), 0o755)
  await symlink('/drive', path.join(root, 'C:'))
  // What dmgcmd.exe calls, and what a container is started by.
  for (const program of ['sh', 'env', 'base64', 'tr']) await symlink('busybox', path.join(root, 'bin', program))
  await mkdir(path.join(root, 'etc'))
  await writeFile(path.join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n')
  for (const made of ['tmp', 'root', 'drive/Windows', 'drive/ProgramData', 'drive/Program Files'])
    await mkdir(path.join(root, made), { recursive: true })
  await writeFile(path.join(folder, 'Dockerfile'), `FROM scratch\nLABEL ${label}=\nCOPY root /\nENV PATH=/bin\n`)
  const built = await docker('build', '--tag', reference, '--', folder)
  if (built.exitCode !== 0) throw new Error(built.stderr)
}

/** `powershell … -File C:/SHIR/x.ps1`. A Linux engine takes `C:` for a folder of that name, here a link to one without a colon. */
function powershell(world: string): string {
  return `#!/bin/busybox sh
while [ "$1" != -File ]; do shift; done
export COMPUTERNAME=$(/bin/busybox hostname | /bin/busybox tr a-z A-Z | /bin/busybox cut -c 1-15)
export ProgramFiles='/drive/Program Files' ProgramData=/drive/ProgramData SystemRoot=/drive/Windows
export WORLD='${world}' WORLD_HIDES=HOME,HOSTNAME,PWD,SHLVL,WORLD WORLD_TZ="$TZ" TZ=UTC
exec /opt/pwsh/pwsh -NoProfile -NonInteractive -Command ". '${path.join(scripts, 'windows.ps1')}'; & '/drive/\${2#C:/}'; exit \\$LASTEXITCODE"
`
}

async function locate(program: string): Promise<string> {
  return program.includes('/') ? program : execFileSync('which', [program], { encoding: 'utf8' }).trim()
}

/** Without culture data, whose libraries are larger than all the rest. */
async function invariant(folder: string): Promise<void> {
  const file = path.join(folder, 'pwsh.runtimeconfig.json')
  const config = JSON.parse(await readFile(file, 'utf8'))
  config.runtimeOptions.configProperties = { ...config.runtimeOptions.configProperties, 'System.Globalization.Invariant': true }
  await writeFile(file, JSON.stringify(config))
}

async function libraryFolder(dotnet: string): Promise<string> {
  const shared = path.join(dotnet, 'shared/Microsoft.NETCore.App')
  const [version = ''] = (await readdir(shared)).sort().reverse()
  return path.join(shared, version)
}

/** Loaded by name when a hash is asked for. */
async function openssl(): Promise<readonly string[]> {
  const listed = execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' })
  return ['libssl.so.3', 'libcrypto.so.3'].map(name => new RegExp(`${name} .*=> (\\S+)`).exec(listed)?.[1] ?? name)
}

/** The libraries that these programs and libraries are linked to, themselves included where they are libraries of the system. */
async function librariesOf(files: readonly string[]): Promise<readonly string[]> {
  const found = files.flatMap(file => {
    const listed = execFileSync('ldd', [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return [...listed.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, library = '']) => library)
  })
  return [...new Set([...found, ...files.filter(file => /\/lib\S*\/lib(ssl|crypto)/.test(file))])]
}
