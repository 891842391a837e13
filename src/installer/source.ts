import { type Address, address, fileName } from '../contract/secret.ts'
import { compareVersions, installerFileName, versionInFileName } from '../contract/version.ts'
import type { Host } from '../host/host.ts'
import { httpGet } from '../net/http.ts'
import { explainLookup, lookupFailed } from './explain.ts'
import { knownVersion, knownVersions } from './known.ts'

/** Where Microsoft's servers have the version that it pushes to nodes (a redirect to the file; UP build.ps1, #18, #24). */
const stableAddress = 'https://go.microsoft.com/fwlink/?linkid=839822&clcid=0x409'
/** The Download Center's page, whose data lists the files that are offered now. */
const latestAddress = 'https://www.microsoft.com/en-us/download/details.aspx?id=39717'
const exactFolder = 'https://download.microsoft.com/download/e/4/7/e4771905-1079-445b-8bf9-8a1a075d8a10/'

/** A download whose version may not be known before its bytes are read. */
export interface Source {
  readonly version: string | undefined
  readonly url: string
  /** The address without anything secret. */
  readonly shown: string
}

export function exactSource(version: string): Source {
  const url = `${exactFolder}${installerFileName(version)}`
  return { version, url, shown: url }
}

/** The user's own address. `version` is the one that was asked for, if any. */
export function givenSource({ shown, whole }: Address, version: string | undefined): Source {
  const url = whole.reveal()
  return { version: version ?? versionInFileName(fileName(url)), url, shown }
}

/** What `stable` or `latest` would ask, for a dry run. */
export function lookupAddress(version: 'stable' | 'latest'): string {
  return version === 'stable' ? stableAddress : latestAddress
}

/**
 * Where Microsoft’s link leads to now. Its redirects are read; the file itself is not asked for.
 * @throws StepError `version-lookup-failed`, `download-failed`, `cancelled`
 */
export async function stableSource(host: Host): Promise<Source> {
  const isInstaller = (url: string) => versionInFileName(fileName(url)) !== undefined
  const url = await httpGet(stableAddress, host, async (_, finalUrl) => finalUrl, { isGoal: isInstaller }).catch(
    explainLookup('stable', stableAddress),
  )
  const version = versionInFileName(fileName(url))
  if (version === undefined) throw lookupFailed('stable', `its address leads to "${fileName(url)}"`)
  return { version, url, shown: address(new URL(url)).shown }
}

/**
 * The greatest version that the Download Center’s page lists, whatever was published last; never one that is known to be withdrawn.
 * @throws StepError `version-lookup-failed`, `download-failed`, `cancelled`
 */
export async function latestSource(host: Host, known = knownVersions): Promise<Source> {
  const page = await httpGet(latestAddress, host, answer => answer.text()).catch(explainLookup('latest', latestAddress))
  const offered = offeredFiles(page)
  const good = offered.filter(({ version }) => knownVersion(version, known)?.withdrawn === undefined)
  for (const { version } of offered.filter(one => !good.includes(one)))
    host.log(`Version ${version} is offered too, but Microsoft withdrew it before: it is not taken.`)
  const newest = good.toSorted((a, b) => compareVersions(a.version, b.version)).at(-1)
  if (newest) return newest
  throw lookupFailed(
    'latest',
    `the Download Center’s page lists ${offered.length > 0 ? 'withdrawn versions only' : 'no installer'}`,
  )
}

/**
 * The installers that the Download Center's page lists (`window.__DLCDetails__ = {…}`, `dlcDetailsView.downloadFile[]` with
 * `name` and `url`). Only https addresses of Microsoft's count.
 */
export function offeredFiles(page: string): readonly (Source & { readonly version: string })[] {
  const data = /window\.__DLCDetails__\s*=\s*(\{[\s\S]*?\})\s*;?\s*<\/script>/.exec(page)?.[1]
  const files = data === undefined ? [] : filesIn(data)
  return files.flatMap(url => {
    const version = URL.canParse(url) && isMicrosoft(new URL(url)) ? versionInFileName(fileName(url)) : undefined
    return version === undefined ? [] : [{ version, url, shown: address(new URL(url)).shown }]
  })
}

function filesIn(data: string): readonly string[] {
  try {
    const parsed = JSON.parse(data) as { dlcDetailsView?: { downloadFile?: readonly { url?: unknown }[] } }
    const files = parsed.dlcDetailsView?.downloadFile
    return Array.isArray(files) ? files.flatMap(file => (typeof file?.url === 'string' ? [file.url] : [])) : []
  } catch {
    return [] // the page changed its form: told as "lists no installer"
  }
}

export function isMicrosoft(url: URL): boolean {
  return url.protocol === 'https:' && /(^|\.)microsoft\.com$/i.test(url.hostname)
}
