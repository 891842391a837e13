/** `docker image inspect`, `pull` and `push`. */
import { type Call, forEachName, requireJsonFormat } from './call.ts'
import { parseFlags } from './flags.ts'
import type { Image } from './image.ts'
import { parseReference, type Reference } from './reference.ts'
import { Refusal, refuse, refuseByDaemon } from './refusal.ts'
import { rfc3339Nano } from './time.ts'
import type { World } from './world.ts'

export function imageInspect(call: Call): number {
  const flags = parseFlags(
    { flags: { format: 'value' }, short: { f: 'format' } },
    call.argv,
    'docker image inspect [OPTIONS] IMAGE [IMAGE...]',
  )
  return inspectAll(call, flags.rest, flags.value('format'), name => imageDetails(call.world, requireImage(call.world, name)))
}

/** The ids alone, newest first, once a tag: the product asks for no more. */
export function imageLs(call: Call): number {
  const { images } = call.world
  const flags = parseFlags(
    {
      flags: { all: 'switch', quiet: 'switch', 'no-trunc': 'switch', filter: 'list' },
      short: { a: 'all', q: 'quiet', f: 'filter' },
    },
    call.argv,
    'docker image ls [OPTIONS] [REPOSITORY[:TAG]]',
  )
  if (!flags.isOn('quiet')) refuse("the rehearsal's engine lists images with --quiet alone")
  const filters = flags.list('filter').map(imageFilter)
  const parents = new Set(images.all().map(({ parent }) => parent))
  const isTop = (image: Image) => images.tagsOf(image).length > 0 || !parents.has(image.id)
  const shown = [...images.all()].reverse().filter(one => (flags.isOn('all') || isTop(one)) && filters.every(fits => fits(one)))
  for (const image of shown) {
    const line = `${flags.isOn('no-trunc') ? image.id : image.id.slice(7, 19)}\n`
    call.out(line.repeat(Math.max(1, images.tagsOf(image).length)))
  }
  return 0
}

function imageFilter(text: string): (image: Image) => boolean {
  const [kind = '', name, ...rest] = text.split('=')
  if (name === undefined)
    return refuse(
      `invalid argument ${JSON.stringify(text)} for "-f, --filter" flag: bad format of filter (expected name=value)\n\nUsage:  docker image ls [OPTIONS] [REPOSITORY[:TAG]]\n\nRun 'docker image ls --help' for more information`,
      125,
    )
  if (kind !== 'label') return refuseByDaemon(`Invalid filter '${kind}'`)
  return ({ config }) => (rest.length > 0 ? config.Labels[name] === rest.join('=') : Object.hasOwn(config.Labels, name))
}

/** Prints what `details` finds for each name, in one array or one line each, then what was not found. */
export function inspectAll(
  call: Call,
  names: readonly string[],
  format: string | undefined,
  details: (name: string) => object,
): number {
  requireJsonFormat(format)
  const found: object[] = []
  const problems: string[] = []
  for (const name of names) {
    try {
      found.push(details(name))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems.push(error.message)
    }
  }
  if (format === undefined) call.out(`${JSON.stringify(found, undefined, 4)}\n`)
  else for (const one of found) call.out(`${JSON.stringify(one)}\n`)
  for (const problem of problems) call.err(`${problem}\n`)
  return problems.length > 0 ? 1 : 0
}

function requireImage(world: World, name: string): Image {
  const image = world.images.find(name)
  if (image) return image
  const reference = parseReference(name)
  return refuseByDaemon(`no such image: ${name}: ${'problem' in reference ? reference.problem : `No such image: ${name}`}`)
}

/** An image in the words of `docker image inspect`. */
export function imageDetails(world: World, image: Image): object {
  return {
    Id: image.id,
    RepoTags: world.images.tagsOf(image),
    RepoDigests: world.images.digestsOf(image),
    Parent: image.parent,
    Comment: '',
    Created: rfc3339Nano(image.created),
    DockerVersion: world.options.version,
    Author: '',
    Config: {
      Hostname: '',
      Domainname: '',
      User: image.config.User,
      Env: image.config.Env,
      Cmd: image.config.Cmd,
      ...(image.config.Healthcheck ? { Healthcheck: image.config.Healthcheck } : {}),
      ...(image.config.ExposedPorts ? { ExposedPorts: image.config.ExposedPorts } : {}),
      Image: image.parent,
      Volumes: null,
      WorkingDir: image.config.WorkingDir,
      Entrypoint: image.config.Entrypoint,
      OnBuild: null,
      Labels: Object.keys(image.config.Labels).length > 0 ? image.config.Labels : null,
    },
    Architecture: 'amd64',
    Os: image.os,
    ...(image.osVersion === '' ? {} : { OsVersion: image.osVersion }),
    Size: image.size,
    VirtualSize: image.size,
    GraphDriver: { Data: {}, Name: image.os === 'windows' ? 'windowsfilter' : 'overlay2' },
    RootFS: { Type: 'layers', Layers: [image.id] },
    Metadata: { LastTagTime: '0001-01-01T00:00:00Z' },
  }
}

/** The reference, or the real CLI's refusal of a malformed one. */
export function requireReference(text: string): Reference {
  const reference = parseReference(text)
  return 'problem' in reference ? refuse(reference.problem) : reference
}

export function pull(call: Call): number {
  const flags = parseFlags(
    { flags: { quiet: 'switch', platform: 'value' }, short: { q: 'quiet' } },
    call.argv,
    'docker pull [OPTIONS] NAME[:TAG|@DIGEST]',
  )
  const [name, ...more] = flags.rest
  if (name === undefined || more.length > 0)
    refuse(
      "docker: 'docker pull' requires 1 argument\n\nUsage:  docker pull [OPTIONS] NAME[:TAG|@DIGEST]\n\nRun 'docker pull --help' for more information",
    )
  call.out(pullText(call.world, requireReference(name)))
  return 0
}

/** Pulls, and answers with the lines that `docker pull` prints. */
export function pullText(world: World, reference: Reference): string {
  const { digest, isNew } = world.images.pull(reference)
  const path = reference.repository.replace(`${reference.registry}/`, '')
  return [
    `${reference.digest === undefined ? reference.tag : reference.text}: Pulling from ${reference.registry === 'docker.io' ? `library/${path}` : path}`,
    `Digest: ${digest}`,
    `Status: ${isNew ? 'Downloaded newer image' : 'Image is up to date'} for ${reference.text}`,
    `${reference.text}\n`,
  ].join('\n')
}

export function push(call: Call): Promise<number> {
  const { world } = call
  const flags = parseFlags({ flags: { quiet: 'switch' }, short: { q: 'quiet' } }, call.argv, 'docker push [OPTIONS] NAME[:TAG]')
  const silent: Call = { ...call, out: () => undefined }
  return forEachName(silent, flags.rest, name => {
    const reference = requireReference(name)
    call.out(`The push refers to repository [${reference.full.replace(/:[^:/]*$/, '')}]\n`)
    const { digest, text } = world.images.push(reference)
    const layer = digest.slice(7, 19)
    call.out(`${layer}: Preparing\n${layer}: Pushed\n${reference.tag}: digest: ${digest} size: ${text.length}\n`)
  })
}
