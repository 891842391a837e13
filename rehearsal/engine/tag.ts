/** `docker tag`. */
import type { Call } from './call.ts'
import { parseFlags } from './flags.ts'
import { parseReference } from './reference.ts'
import { refuse, refuseByDaemon } from './refusal.ts'

const usage = 'docker tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]'

export function tag(call: Call): number {
  const { images } = call.world
  const [source, target, ...more] = parseFlags({ flags: {} }, call.argv, usage).rest
  if (source === undefined || target === undefined || more.length > 0)
    refuse(`docker: 'docker tag' requires 2 arguments\n\nUsage:  ${usage}\n\nRun 'docker tag --help' for more information`)
  const from = requireTag(source)
  const to = requireTag(target)
  if (to.digest !== undefined) refuse('refusing to create a tag with a digest reference')
  const image = images.find(source) ?? refuseByDaemon(`No such image: ${from.text}`)
  if (to.repository === 'sha256') refuseByDaemon('refusing to create an ambiguous tag using digest algorithm as name')
  images.tag(image, to)
  return 0
}

function requireTag(text: string) {
  const reference = parseReference(text)
  if (!('problem' in reference)) return reference
  return refuse(`Error parsing reference: ${JSON.stringify(text)} is not a valid repository/tag: ${reference.problem}`)
}
