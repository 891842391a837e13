import { type OutputName, outputNames } from '../contract/outputs.ts'
import type { ReasonCode } from '../contract/reasons.ts'
import type { Image, Installer, JudgedNode, Support } from '../contract/values.ts'
import type { Host } from '../host/host.ts'

/** What a step has come to so far; complete at its end, partial when it fails. */
export interface Result {
  readonly installer?: Installer
  /** Of the installer, or of the image that was used. */
  readonly support?: Support
  /** As soon as it is known: a build that fails has no image to tell it. */
  readonly fingerprint?: string
  readonly image?: Image
  readonly pushed?: boolean
  readonly started?: boolean
  readonly removed?: boolean
  readonly nodes?: readonly JudgedNode[]
  readonly verdict?: 'healthy' | 'failed' | 'skipped'
  readonly reason?: ReasonCode
}

/** Tells every output; those that nothing is known of are empty, `cacheHit`, `built` and `changed` always say. */
export function tellOutputs(result: Result, host: Host): void {
  const values = serialise(result)
  for (const name of outputNames) host.output(name, values[name])
}

export function serialise({
  installer,
  support,
  fingerprint,
  image,
  pushed,
  started,
  removed,
  nodes,
  verdict,
  reason,
}: Result): Readonly<Record<OutputName, string>> {
  const metadata = image?.planned ? undefined : image?.metadata
  return {
    image: known(image?.reference),
    imageId: known(image?.id),
    digest: image?.digest ?? '',
    built: String(image?.built ?? false),
    changed: String((image?.isNew ?? false) || (pushed ?? false) || (started ?? false) || (removed ?? false)),
    fingerprint: metadata?.fingerprint || known(fingerprint),
    imageMetadata: metadata ? JSON.stringify(metadata) : '',
    shirVersion: known(installer?.version) || known(image?.shirVersion),
    expires: support?.expires ?? '',
    msiSha256: known(installer?.sha256) || (metadata?.msiSha256 ?? ''),
    cacheHit: String(installer?.cacheHit ?? false),
    cacheKey: known(installer?.cacheKey),
    nodes: JSON.stringify((nodes ?? []).filter(({ node }) => !node.planned).map(described)),
    verdict: verdict ?? 'skipped',
    reason: reason ?? '',
  }
}

/** What a dry run does not know stands in angle brackets: as an output it is empty. */
function known(text: string | undefined): string {
  return text === undefined || /<\w+>/.test(text) ? '' : text
}

function described({ node, verdict }: JudgedNode) {
  return {
    name: node.name,
    container: node.container,
    id: node.id,
    health: verdict.health,
    status: verdict.status,
    version: node.version ?? '',
  }
}
