import type { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../../host/host.ts'
import { findProgram } from '../../process/program.ts'
import { type Finished, runProgram } from '../../process/run.ts'
import type { SignedData } from './signed-data.ts'
import type { Trust } from './trust.ts'
import { ended, limitMs, type Verdict } from './verdict.ts'

const name = 'osslsigncode'
const install =
  'apt-get install osslsigncode on Debian and Ubuntu, dnf install osslsigncode on Fedora, brew install osslsigncode on macOS'

/** Paths of PEM files, and the one signer that counts. */
export interface Check {
  readonly roots: string
  readonly timestampRoots: string
  readonly signer: X509Certificate
}

/**
 * The certificate that was read is the one that must have signed: the tool answers 0 where one of several signatures holds. Revocation
 * lists are not asked for: they need a network that agents often have not, and Get-AuthenticodeSignature asks for none either.
 * @param version of osslsigncode, major and minor: before 2.9 it knows no `-ignore-crl`
 */
export function verifyArguments(
  file: string,
  { roots, timestampRoots, signer }: Check,
  version: readonly [number, number],
): string[] {
  const leaf = signer.fingerprint256.replaceAll(':', '')
  return [
    ...['verify', '-in', file, '-CAfile', roots, '-TSA-CAfile', timestampRoots],
    ...['-require-leaf-hash', `sha256:${leaf}`],
    ...(isAtLeast(version, [2, 9]) ? ['-ignore-crl'] : []),
  ]
}

/**
 * Checks a signed file by `osslsigncode verify` (2.5 or newer, elsewhere than on Windows): its digest, the chain to the trusted roots,
 * the times, the timestamp. It reads files, so the roots are written to a folder that is gone afterwards.
 */
export async function checkByOsslsigncode(file: string, signed: SignedData, trust: Trust, host: Host): Promise<Verdict> {
  const program = await findProgram(name, host)
  if (program === undefined) return unchecked(`there is no ${name} on this machine`, `Install it: ${install}.`)
  // One that holds would be enough for it, and Windows looks at the first alone.
  if (signed.isNested) return { kind: 'invalid', why: 'it carries several signatures, which Microsoft’s packages do not' }

  const version = await versionOf(program, host)
  if (version === undefined || !isAtLeast(version, [2, 5]))
    return unchecked(
      `${program} is ${version?.join('.') ?? 'of no version that it tells'}, and 2.5 is needed`,
      `Install a newer one: ${install}.`,
    )

  const folder = await mkdtemp(path.join(host.machine.temp, 'shir-roots-'))
  try {
    const check = {
      roots: path.join(folder, 'roots.pem'),
      timestampRoots: path.join(folder, 'timestamps.pem'),
      signer: signed.signer,
    }
    await writeFile(check.roots, trust.roots.join(''))
    await writeFile(check.timestampRoots, trust.timestampRoots.join(''))
    const finished = await runProgram(program, verifyArguments(file, check, version), host, { limitMs })
    host.signal.throwIfAborted()
    return await judged(finished, file, `${name} ${version.join('.')}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function versionOf(program: string, host: Host): Promise<readonly [number, number] | undefined> {
  const { stdout } = await runProgram(program, ['--version'], host, { limitMs })
  host.signal.throwIfAborted()
  const [, major, minor] = /^osslsigncode (\d+)\.(\d+)/m.exec(stdout) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor)]
}

function isAtLeast([major, minor]: readonly [number, number], [wantedMajor, wantedMinor]: readonly [number, number]): boolean {
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

/** The exit code decides. The text only helps to say why. */
async function judged({ code, stdout, stderr, timedOut }: Finished, file: string, by: string): Promise<Verdict> {
  if (code === 0) return { kind: 'valid', by }
  const text = `${stdout}\n${stderr}`
  if (timedOut)
    return unchecked(ended(by, timedOut), 'Give the machine more time or a quicker disk, or name the installer’s SHA-256.')
  if (code === null || isMemory(text)) {
    const { size } = await stat(file)
    const needed = `It needs about twice the file’s size in memory, ${((size * 2) / 1e9).toFixed(1)} GB here`
    return unchecked(code === null ? ended(by, timedOut) : `${by} had not enough memory`, `${needed}: give the machine more.`)
  }
  if (/Use the "-(?:TSA-)?CRLfile" option/.test(text))
    return unchecked(
      `${by} wants lists of revoked certificates that it could not fetch`,
      'Install version 2.9 or newer, which can do without.',
    )
  return { kind: 'invalid', why: `${by} says: ${reasonIn(text)}` }
}

function isMemory(text: string): boolean {
  return /out of memory|cannot allocate memory|malloc failure|Failed to (?:map|allocate)/i.test(text)
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /MISMATCH!!!|Corrupt(?:ed)?\b.*\b(?:file|header|entry)|Failed to (?:read|get|parse)/i,
    'its bytes are not those that were signed',
  ],
  [/Leaf hash match: failed/, 'another certificate signed it'],
  [
    /certificate has expired|certificate is not yet valid/,
    'the signer’s certificate was not valid at that time, and no timestamp of a trusted authority vouches for an earlier one',
  ],
  [/unable to get (?:local )?issuer certificate|self[- ]signed certificate/, 'the chain does not end at a trusted root'],
  [/signature failure|digest failure|bad signature/i, 'the signature itself is broken'],
]

function reasonIn(text: string): string {
  const known = reasons.find(([pattern]) => pattern.test(text))
  if (known) return known[1]
  const lines = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && line !== 'Failed')
  return lines.at(-1)?.slice(0, 200) ?? 'nothing, but that it failed'
}

function unchecked(why: string, hint: string): Verdict {
  return { kind: 'unchecked', why, hint }
}
