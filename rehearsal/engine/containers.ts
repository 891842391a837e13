/** The commands on containers that exist. */
import { type Call, forEachName, requireJsonFormat } from './call.ts'
import type { Container } from './container.ts'
import { containerDetails, networkOf } from './container-details.ts'
import { restartPolicyOf } from './container-flags.ts'
import { parseFlags } from './flags.ts'
import { imageDetails, inspectAll } from './images.ts'
import { refuse, refuseByDaemon } from './refusal.ts'
import { startContainer } from './start.ts'
import type { World } from './world.ts'

/** By name, id or beginning of an id. */
export function findContainer(world: World, name: string): Container | undefined {
  const all = [...world.containers.values()]
  return (
    all.find(one => one.id === name || one.name === name.replace(/^\//, '')) ??
    all.find(one => /^[0-9a-f]+$/.test(name) && one.id.startsWith(name))
  )
}

export function requireContainer(world: World, name: string): Container {
  return findContainer(world, name) ?? refuseByDaemon(`No such container: ${name}`)
}

const inspectTable = { flags: { format: 'value', size: 'switch', type: 'value' }, short: { f: 'format', s: 'size' } } as const

export function containerInspect(call: Call): number {
  const flags = parseFlags(inspectTable, call.argv, 'docker container inspect [OPTIONS] CONTAINER [CONTAINER...]')
  return inspectAll(call, flags.rest, flags.value('format'), name =>
    containerDetails(call.world, requireContainer(call.world, name)),
  )
}

/** `docker inspect`: containers first, then images. */
export function inspect(call: Call): number {
  const flags = parseFlags(inspectTable, call.argv, 'docker inspect [OPTIONS] NAME|ID [NAME|ID...]')
  return inspectAll(call, flags.rest, flags.value('format'), name => {
    const container = findContainer(call.world, name)
    if (container) return containerDetails(call.world, container)
    const image = call.world.images.find(name)
    return image ? imageDetails(call.world, image) : refuse(`Error: No such object: ${name}`)
  })
}

export function ps(call: Call): number {
  const table = {
    flags: { all: 'switch', quiet: 'switch', 'no-trunc': 'switch', filter: 'list', format: 'value' },
    short: { a: 'all', q: 'quiet', f: 'filter' },
  } as const
  const flags = parseFlags(table, call.argv, 'docker ps [OPTIONS]')
  if (flags.rest.length > 0)
    refuse(
      "docker: 'docker ps' accepts no arguments\n\nUsage:  docker ps [OPTIONS]\n\nRun 'docker ps --help' for more information",
    )
  requireJsonFormat(flags.value('format'))
  const matches = flags.list('filter').map(text => containerFilter(call.world, text))
  // Filters of one kind widen, those of different kinds narrow; labels always narrow.
  const kinds = [...new Set(matches.map(filter => filter.group))]
  const isShown = (container: Container) =>
    (flags.isOn('all') ||
      matches.some(filter => filter.group === 'status') ||
      ['running', 'paused', 'restarting'].includes(container.state().status)) &&
    kinds.every(kind => matches.some(filter => filter.group === kind && filter.fits(container)))
  for (const container of [...call.world.containers.values()].reverse().filter(isShown)) {
    const id = flags.isOn('no-trunc') ? container.id : container.id.slice(0, 12)
    const { status } = container.state()
    if (flags.isOn('quiet')) call.out(`${id}\n`)
    else
      call.out(
        `${JSON.stringify({ ID: id, Image: container.spec.imageName, Names: container.name, State: status, Labels: labelText(container) })}\n`,
      )
  }
  return 0
}

function labelText({ spec }: Container): string {
  return Object.entries(spec.labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',')
}

function containerFilter(
  world: World,
  text: string,
): { readonly group: string; readonly fits: (container: Container) => boolean } {
  const at = text.indexOf('=')
  if (at < 0) refuse(`invalid argument ${JSON.stringify(text)} for "-f, --filter" flag: invalid filter '${text}'`, 125)
  const [kind, value] = [text.slice(0, at), text.slice(at + 1)]
  switch (kind) {
    case 'name':
      return { group: kind, fits: one => new RegExp(value).test(one.name) || new RegExp(value).test(`/${one.name}`) }
    case 'id':
      return { group: kind, fits: one => one.id.startsWith(value) }
    case 'status':
      return { group: kind, fits: one => one.state().status === value }
    case 'network':
      return {
        group: kind,
        // By its id only those that were on it once: before its start a container knows a network's name alone.
        fits: one => {
          const network = networkOf(world, one)
          return network?.name === value || (network?.id === value && one.state().status !== 'created')
        },
      }
    case 'label': {
      const [name = '', ...rest] = value.split('=')
      const wanted = rest.length > 0 ? rest.join('=') : undefined
      return {
        group: text,
        fits: one => (wanted === undefined ? Object.hasOwn(one.spec.labels, name) : one.spec.labels[name] === wanted),
      }
    }
    default:
      return refuseByDaemon(`Invalid filter '${kind}'`)
  }
}

export function rm(call: Call): number | Promise<number> {
  const flags = parseFlags(
    { flags: { force: 'switch', volumes: 'switch' }, short: { f: 'force', v: 'volumes' } },
    call.argv,
    'docker rm [OPTIONS] CONTAINER [CONTAINER...]',
  )
  const isForced = flags.isOn('force')
  const removal = forEachName(call, flags.rest, name => {
    const container = requireContainer(call.world, name)
    const { status } = container.state()
    if (!isForced && ['running', 'paused', 'restarting'].includes(status)) {
      const first = status === 'paused' ? 'Unpause and then stop' : 'Stop'
      refuseByDaemon(
        `You cannot remove a ${status} container ${container.id}. ${first} the container before attempting removal or force remove`,
      )
    }
    if (status === 'running' || status === 'paused') container.kill()
    container.dispose()
    call.world.containers.delete(container.id)
    container.tell('destroy')
  })
  // With --force a container that is not there is told and no failure (measured: CLI 28).
  return isForced ? removal.then(() => 0) : removal
}

export function stop(call: Call): Promise<number> {
  const flags = parseFlags(
    { flags: { time: 'value', timeout: 'value', signal: 'value' }, short: { t: 'time', s: 'signal' } },
    call.argv,
    'docker stop [OPTIONS] CONTAINER [CONTAINER...]',
  )
  const usual = call.world.options.os === 'windows' ? 30 : 10
  const seconds = Number(flags.value('time') ?? flags.value('timeout') ?? usual)
  return forEachName(call, flags.rest, async name => {
    const container = requireContainer(call.world, name)
    const { status } = container.state()
    if (['running', 'paused', 'restarting'].includes(status)) await container.stop(seconds * 1000)
  })
}

export async function start(call: Call): Promise<number> {
  const { rest } = parseFlags({ flags: {} }, call.argv, 'docker start [OPTIONS] CONTAINER [CONTAINER...]')
  const failed: string[] = []
  const exitCode = await forEachName(call, rest, name => {
    failed.push(name)
    const container = requireContainer(call.world, name)
    if (container.state().status !== 'running') startContainer(call.world, container)
    failed.pop()
  })
  if (failed.length > 0) call.err(`Error: failed to start containers: ${failed.join(', ')}\n`)
  return exitCode === 0 ? 0 : 1
}

export function kill(call: Call): Promise<number> {
  const flags = parseFlags(
    { flags: { signal: 'value' }, short: { s: 'signal' } },
    call.argv,
    'docker kill [OPTIONS] CONTAINER [CONTAINER...]',
  )
  const signal = (flags.value('signal') ?? 'KILL').replace(/^SIG/, '')
  return forEachName(call, flags.rest, async name => {
    const container = requireContainer(call.world, name)
    if (container.state().status !== 'running')
      refuseByDaemon(`Cannot kill container: ${name}: Container ${container.id} is not running`)
    if (signal === 'KILL' || signal === '9') container.kill()
    else void container.stop(1e9)
  })
}

export function pause(call: Call): Promise<number> {
  const { rest } = parseFlags({ flags: {} }, call.argv, 'docker pause CONTAINER [CONTAINER...]')
  return forEachName(call, rest, name => {
    const container = requireContainer(call.world, name)
    const { status } = container.state()
    if (status === 'paused') refuseByDaemon(`Container ${name} is already paused`)
    if (status !== 'running') refuseByDaemon(`Container ${container.id} is not running`)
    container.pause()
  })
}

export function unpause(call: Call): Promise<number> {
  const { rest } = parseFlags({ flags: {} }, call.argv, 'docker unpause CONTAINER [CONTAINER...]')
  return forEachName(call, rest, name => {
    const container = requireContainer(call.world, name)
    if (container.state().status !== 'paused') refuseByDaemon(`Container ${name} is not paused`)
    container.unpause()
  })
}

export function update(call: Call): Promise<number> {
  const flags = parseFlags({ flags: { restart: 'value' } }, call.argv, 'docker update [OPTIONS] CONTAINER [CONTAINER...]')
  const policy = flags.value('restart')
  return forEachName(call, flags.rest, name => {
    const container = requireContainer(call.world, name)
    if (policy !== undefined) container.restartPolicy = restartPolicyOf(policy)
  })
}

export function rename(call: Call): number {
  const [from = '', to = ''] = parseFlags({ flags: {} }, call.argv, 'docker rename CONTAINER NEW_NAME').rest
  const container = findContainer(call.world, from)
  if (!container)
    return refuse(`Error response from daemon: No such container: ${from}\nError: failed to rename container named ${from}`)
  const holder = [...call.world.containers.values()].find(one => one.name === to)
  if (holder) {
    return refuse(
      `Error response from daemon: Error when allocating new name: Conflict. The container name "/${to}" is already in use by container "${holder.id}". ` +
        `You have to remove (or rename) that container to be able to reuse that name.\nError: failed to rename container named ${from}`,
    )
  }
  container.name = to
  container.tell('rename', { oldName: `/${from}` })
  return 0
}
