/** `docker manifest inspect`: asks a registry, and the engine nothing. */
import type { Call } from './call.ts'
import { parseFlags } from './flags.ts'
import { requireReference } from './images.ts'
import { type Document, manifestType, type Platform, platformOf } from './manifest.ts'
import { refuse } from './refusal.ts'

const usage = 'docker manifest inspect [OPTIONS] [MANIFEST_LIST] MANIFEST'

export function manifestInspect(call: Call): number {
  // `--insecure` changes nothing here: every registry that this engine knows speaks HTTPS.
  const flags = parseFlags({ flags: { insecure: 'switch', verbose: 'switch' }, short: { v: 'verbose' } }, call.argv, usage)
  const [name, ...more] = flags.rest
  if (name === undefined || more.length > 1)
    refuse(
      `docker: 'docker manifest inspect' requires at least 1 and at most 2 arguments\n\nUsage:  ${usage}\n\nRun 'docker manifest inspect --help' for more information`,
    )
  if (more.length > 0) refuse("the rehearsal's engine keeps no manifest lists of its own")
  const reference = requireReference(name)
  const { image, manifest, list } = call.world.registries.look(reference, 'manifest')
  const verbose = (ref: string) => verboseManifest(ref, manifest, platformOf(image))
  const answer = flags.isOn('verbose')
    ? list
      ? [verbose(`${reference.full}@${manifest.digest}`)]
      : verbose(reference.full)
    : (list ?? manifest).value
  call.out(`${JSON.stringify(answer, undefined, '\t')}\n`)
  return 0
}

function verboseManifest(ref: string, { text, digest, value }: Document, platform: Platform): object {
  return {
    Ref: ref,
    Descriptor: { mediaType: manifestType, digest, size: text.length, platform },
    Raw: Buffer.from(text).toString('base64'),
    SchemaV2Manifest: value,
  }
}
