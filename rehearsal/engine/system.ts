/** `docker version`, `info` and `events`. */
import { type Call, requireJsonFormat } from './call.ts'
import { type EngineEvent, momentOf } from './event-log.ts'
import { parseFlags } from './flags.ts'
import { newId } from './networks.ts'
import type { EngineOptions } from './options.ts'
import { refuse } from './refusal.ts'
import { parseMoment } from './time.ts'
import type { World } from './world.ts'

const formatTable = { flags: { format: 'value' }, short: { f: 'format' } } as const

/** What the client says of itself; the client adds it when it prints, since it does so without an engine too. */
export function clientVersion(options: EngineOptions): Readonly<Record<string, string>> {
  return {
    Version: options.version,
    ApiVersion: options.apiVersion,
    DefaultAPIVersion: options.apiVersion,
    GitCommit: 'rehearsal',
    GoVersion: 'go1.25.1',
    Arch: 'amd64',
    BuildTime: 'Thu Jan  1 00:00:00 2026',
    Context: 'default',
  }
}

export function version(call: Call): number {
  requireJsonFormat(parseFlags(formatTable, call.argv, 'docker version [OPTIONS]').value('format'))
  const { options } = call.world
  const details = {
    ApiVersion: options.apiVersion,
    Arch: 'amd64',
    BuildTime: '2026-01-01T00:00:00.000000000+00:00',
    Experimental: 'false',
    GitCommit: 'rehearsal',
    GoVersion: 'go1.25.1',
    KernelVersion: kernelOf(options),
    MinAPIVersion: '1.24',
    Os: options.os,
  }
  const { Experimental: _, ...server } = details
  const components = [{ Name: 'Engine', Version: options.version, Details: details }]
  const answer = {
    Client: { ...clientVersion(options), Os: clientOs() },
    Server: { Platform: { Name: 'SHIR Container rehearsal' }, Components: components, Version: options.version, ...server },
  }
  call.out(`${JSON.stringify(answer)}\n`)
  return 0
}

function clientOs(): string {
  return process.platform === 'win32' ? 'windows' : process.platform
}

/** As a Windows engine tells it: the first number after 10.0 is the build. */
function kernelOf({ os, osVersion }: EngineOptions): string {
  const build = osVersion.split('.')[2]
  return os === 'windows' ? `10.0 ${build} (${build}.1.amd64fre.rehearsal)` : '6.1.0-rehearsal'
}

function operatingSystem({ os, osVersion }: EngineOptions): string {
  const [, , build = '', revision = '1'] = osVersion.split('.')
  const names: Readonly<Record<string, string>> = { 17763: 'Version 1809', 20348: 'Version 21H2', 26100: 'Version 24H2' }
  return os === 'windows'
    ? `Microsoft Windows Server ${names[build] ?? 'Version'} (OS Build ${build}.${revision})`
    : `Rehearsal Linux ${osVersion}`
}

export function info(call: Call): number {
  requireJsonFormat(parseFlags(formatTable, call.argv, 'docker info [OPTIONS]').value('format'))
  const { options, containers, images } = call.world
  const isWindows = options.os === 'windows'
  const count = (status: string) => [...containers.values()].filter(one => one.state().status === status).length
  const answer = {
    ID: newId().slice(0, 36),
    Containers: containers.size,
    ContainersRunning: count('running'),
    ContainersPaused: 0,
    ContainersStopped: count('exited') + count('created'),
    Images: images.all().length,
    Driver: isWindows ? 'windowsfilter' : 'overlay2',
    SystemTime: new Date().toISOString(),
    KernelVersion: kernelOf(options),
    OperatingSystem: operatingSystem(options),
    OSVersion: isWindows ? options.osVersion.split('.').slice(0, 3).join('.') : options.osVersion,
    OSType: options.os,
    Architecture: 'x86_64',
    NCPU: 4,
    MemTotal: 17_179_869_184,
    DockerRootDir: isWindows ? 'C:\\ProgramData\\docker' : '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: 'rehearsal',
    Labels: [],
    ServerVersion: options.version,
    Swarm: { NodeID: '', LocalNodeState: 'inactive' },
    Isolation: isWindows ? 'process' : '',
    SecurityOptions: [],
    Warnings: null,
    ClientInfo: { Debug: false, ...clientVersion(options), Os: clientOs(), Plugins: [], Warnings: null },
  }
  call.out(`${JSON.stringify(answer)}\n`)
  return 0
}

/** Tells past events since `--since`, then those to come, until `--until` or until the client goes away. */
export async function events(call: Call): Promise<number> {
  const { world } = call
  const flags = parseFlags(
    { flags: { since: 'value', until: 'value', filter: 'list', format: 'value' }, short: { f: 'filter' } },
    call.argv,
    'docker events [OPTIONS]',
  )
  requireJsonFormat(flags.value('format'))
  const now = world.clock.now()
  const moment = (text: string | undefined) =>
    text === undefined
      ? undefined
      : (parseMoment(text, now) ?? refuse(`failed to parse value as time or duration: ${JSON.stringify(text)}`))
  const since = moment(flags.value('since'))
  const until = moment(flags.value('until'))
  const isWanted = eventFilter(flags.list('filter'))
  const tell = (event: EngineEvent) => {
    if (isWanted(event, world)) call.out(`${JSON.stringify(event)}\n`)
  }
  if (since !== undefined)
    for (const event of world.events.past()) if (momentOf(event) >= since && momentOf(event) <= (until ?? Infinity)) tell(event)
  if (until !== undefined && until <= now) return 0
  const silence = world.events.listen(tell)
  await new Promise<void>(resolve => {
    const timer = until === undefined ? undefined : setTimeout(resolve, until - now)
    const end = () => {
      clearTimeout(timer)
      resolve()
    }
    if (call.signal.aborted) end()
    else call.signal.addEventListener('abort', end, { once: true })
  })
  silence()
  return 0
}

/** Filters of one kind widen, those of different kinds narrow. */
function eventFilter(filters: readonly string[]): (event: EngineEvent, world: World) => boolean {
  const byKind = new Map<string, string[]>()
  for (const filter of filters) {
    const [kind = '', ...value] = filter.split('=')
    if (!['type', 'event', 'container', 'image', 'label'].includes(kind))
      refuse(`Error response from daemon: Invalid filter '${kind}'`)
    byKind.set(kind, [...(byKind.get(kind) ?? []), value.join('=')])
  }
  const fits = (event: EngineEvent, kind: string, value: string): boolean => {
    const { ID, Attributes } = event.Actor
    switch (kind) {
      case 'type':
        return event.Type === value
      case 'event':
        return event.Action === value || event.Action.startsWith(`${value}:`)
      case 'container':
        return ID.startsWith(value) || Attributes.name?.startsWith(value.replace(/^\//, '')) === true
      case 'image':
        return Attributes.image === value
      case 'label': {
        const [name = '', ...rest] = value.split('=')
        return rest.length > 0 ? Attributes[name] === rest.join('=') : Object.hasOwn(Attributes, name)
      }
      default:
        return false
    }
  }
  return event => [...byKind].every(([kind, values]) => values.some(value => fits(event, kind, value)))
}
