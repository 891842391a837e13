/**
 * The real engine's twin of the rehearsal's nodes: a build context laid out like upstream's (a folder SHIR, ARG, HEALTHCHECK)
 * whose image is busybox on `scratch`. Its scripts play the timelines of rehearsal/node/life.ts, which are recordings of the state
 * machine that the rehearsal's engine runs, written out at a speed. So both engines cannot disagree about a node's life.
 */
import { randomUUID } from 'node:crypto'
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { rehearsedInstaller } from '../../rehearsal/installer.ts'
import { type LifeOptions, type Step, scenarioLife, shutdownLife, stopLife } from '../../rehearsal/node/life.ts'
import { type Scenario, scenarios } from '../../rehearsal/node/scenario.ts'

export interface NodeContextOptions {
  /** How much faster than a real SHIR the node lives; 1 for the rehearsal's engine, which has a speed of its own. */
  readonly speed: number
  /** False leaves HEALTHCHECK out. */
  readonly healthcheck?: boolean
  /** False leaves busybox out: the image builds on the rehearsal's engine alone. */
  readonly runs?: boolean
}

/** Debian's package busybox-static. */
const busybox = '/bin/busybox'

/** Container time. The start period is longer than a healthy node needs to connect (53 s with high availability). */
const healthCheck = { intervalMs: 12_000, timeoutMs: 30_000, startPeriodMs: 76_000, retries: 3 }

/** Fills `folder` (made where it is missing) with the context of a node's image. */
export async function makeNodeContext(folder: string, options: NodeContextOptions): Promise<void> {
  const { speed, healthcheck = true, runs = true } = options
  const shir = path.join(folder, 'SHIR')
  await mkdir(path.join(shir, 'bin'), { recursive: true })
  await writeFile(path.join(folder, 'Dockerfile'), dockerfile(healthcheck ? speed : undefined))
  await script(path.join(shir, 'bin', 'powershell'), powershell)
  await script(path.join(shir, 'build.ps1'), "echo 'Self-hosted Integration Runtime is installed'\n")
  await script(path.join(shir, 'stop.ps1'), runs ? await stop(speed) : '')
  await script(path.join(shir, 'setup.ps1'), runs ? await setup(speed) : '')
  await script(path.join(shir, 'health-check.ps1'), probe)
  await script(path.join(shir, 'resolve.sh'), resolve)
  await script(path.join(shir, 'end.sh'), end)
  const { version: shirVersion, sha256: msiSha256 } = rehearsedInstaller
  await writeFile(path.join(shir, 'installed.json'), JSON.stringify({ shirVersion, msiSha256 }))
  // No layer is shared with another context, so that no clean-up takes another test's layers away.
  await writeFile(path.join(shir, 'context-id'), randomUUID())
  if (!runs) return
  await copyFile(busybox, path.join(shir, 'busybox'))
  await mkdir(path.join(shir, 'lives'))
  for (const [name, scenario, more] of lives()) {
    for (const isSecondStart of [false, true]) {
      for (const port of [undefined, portOfRecording]) {
        const life = await scenarioLife(scenario, { node: nodeOfRecording, port, isSecondStart, ...more })
        await writeFile(path.join(shir, 'lives', lifeName(name, port !== undefined, isSecondStart)), shellLife(life, speed))
      }
    }
  }
}

/** Stand in the recordings for what a container is given. */
const nodeOfRecording = 'the-node-of-the-recording'
const portOfRecording = '64999'

/** Every life by its name: one a scenario, and those that hang on something else than the factory. */
function lives(): readonly (readonly [string, Scenario, Partial<LifeOptions>])[] {
  return [
    ...scenarios.map(scenario => [scenario, scenario, {}] as const),
    // Containers do not know of each other here: the number in a node's name tells that there was another before.
    ['second-of-second-refused', 'second-refused', { isSecondNode: true }],
    ['no-key', 'healthy', { key: '' }],
    ['no-such-key', 'healthy', { key: 'no-such-key' }],
  ]
}

function lifeName(life: string, hasPort: boolean, isSecondStart: boolean): string {
  return `${life}-${hasPort ? 'ha' : 'single'}-${isSecondStart ? 'again' : 'first'}`
}

function dockerfile(speed: number | undefined): string {
  // A real probe takes as long as it takes, at any speed: 10 s at least.
  const check = (factor: number) =>
    `HEALTHCHECK --interval=${milliseconds(healthCheck.intervalMs / factor)} ` +
    `--timeout=${milliseconds(Math.max(10_000, healthCheck.timeoutMs / factor))} ` +
    `--start-period=${milliseconds(healthCheck.startPeriodMs / factor)} --retries=${healthCheck.retries} \\\n` +
    '  CMD ["powershell", "C:/SHIR/health-check.ps1"]\n'
  return `# Made by __tests__/engine/images.ts
ARG BASE_IMAGE=scratch
FROM \${BASE_IMAGE}
ARG INSTALL_JDK=false

COPY SHIR/bin /bin/
COPY SHIR /SHIR/
COPY SHIR/installed.json C:/SHIR/
RUN ["powershell", "C:/SHIR/build.ps1"]
ENV SHIR_WINDOWS_CONTAINER_ENV=True
${speed === undefined ? '' : check(speed)}ENTRYPOINT ["powershell", "C:/SHIR/setup.ps1"]
`
}

function milliseconds(ms: number): string {
  return `${Math.max(1, Math.round(ms))}ms`
}

/** Runs `C:/SHIR/x.ps1`, or `C:\SHIR\x.ps1`, with the shell, and knows what the product asks of PowerShell itself. */
const powershell = `for word; do
  case "$word" in *'Test-Path C:/SHIR/stop.ps1'*) exec /SHIR/busybox sh /SHIR/end.sh ;; esac
  case "$word" in *GetHostAddresses*) exec /SHIR/busybox sh /SHIR/resolve.sh "$word" ;; esac
  case "$word" in *.ps1) path=$(echo "\${word#C:}" | tr '\\\\' /); exec /SHIR/busybox sh "$path" ;; esac
done
exit 64
`

const probe = `read -r code output < /SHIR/health || { echo Disconnected; exit 1; }
echo "$output"
exit "$code"
`

/** By what the image has. */
const end = `if [ -e /SHIR/stop.ps1 ]; then echo '{"by":"SHIR/stop.ps1"}'; exec /SHIR/busybox sh /SHIR/stop.ps1; fi
if [ -e /SHIR/dmgcmd ]; then echo '{"by":"dmgcmd -Stop"}'; exec /SHIR/busybox sh /SHIR/dmgcmd; fi
echo '{"by":"nothing"}'
exit 1
`

/** What is quoted before the loop are hostnames. */
const resolve = `good= bad=
for name in $(echo "\${1%%) {*}" | grep -o "'[^']*'" | tr -d "'"); do
  if nslookup "$name" > /dev/null 2>&1; then good="$good,\\"$name\\""; else bad="$bad,\\"$name\\""; fi
done
echo "{\\"resolved\\":[\${good#,}],\\"unresolved\\":[\${bad#,}]}"
`

const functions = `line() { echo "[$(date -u '+%Y-%m-%dT%H:%M:%SZ')] $1"; }
upstream() { echo "[$(date -u '+%m/%d/%Y %H:%M:%S')] $1"; }
health() { echo "$1 $2" > /SHIR/health.new; mv /SHIR/health.new /SHIR/health; }
pause() { sleep "$1" & wait $!; }
`

/** Tells the container's process when it is done. */
async function stop(speed: number): Promise<string> {
  const { script } = await stopLife()
  const said = script.filter(step => step.kind !== 'exit')
  return `${functions}${shellSteps(said, speed)}kill -USR1 1\n`
}

/** Chooses the life as the rehearsal's engine chooses the scenario, by the factory, and plays it. */
async function setup(speed: number): Promise<string> {
  const own = scenarios.filter(scenario => scenario !== 'healthy')
  const [shutdown, { container: stopped }] = await Promise.all([shutdownLife(), stopLife()])
  return `${functions}shut_down() {
${shellSteps(shutdown, speed)}}
end_stopped() {
${shellSteps(
  stopped.map(step => ({ ...step, at: step.at + inPeaceMs * speed })),
  speed,
)}}
trap shut_down TERM
trap end_stopped USR1
NODE=\${NODE_NAME:-$(hostname | cut -c 1-15 | tr a-z A-Z)}
PORT=\${HA_PORT:-8060}
case "$AUTH_KEY" in
  '') life=no-key ;;
  *@*@*@*@*@*) life=no-such-key ;;
  IR@*@*@*@*)
    case "$(echo "$AUTH_KEY" | cut -d @ -f 3) $NODE" in
      "rehearsal-second-refused "*-[234]) life=second-of-second-refused ;;
${own.map(scenario => `      "rehearsal-${scenario} "*) life=${scenario} ;;\n`).join('')}      *) life=healthy ;;
    esac ;;
  *) life=no-such-key ;;
esac
case "$ENABLE_HA" in [Tt][Rr][Uu][Ee]) ha=ha ;; *) ha=single ;; esac
if [ -e /SHIR/registered ]; then again=again; else again=first; fi
. "/SHIR/lives/$life-$ha-$again"
`
}

/** Real time in which `docker exec` hears that stop.ps1 has ended: the container ends everything that runs in it. */
const inPeaceMs = 300

function shellLife(life: readonly Step[], speed: number): string {
  const isEndless = !life.some(step => step.kind === 'exit')
  return `${shellSteps(life, speed)}${isEndless ? 'while :; do pause 3600; done\n' : ''}`
}

function shellSteps(steps: readonly Step[], speed: number): string {
  let at = 0
  return steps
    .map(step => {
      const waits = step.at > at ? `pause ${((step.at - at) / speed / 1000).toFixed(3)}\n` : ''
      at = step.at
      return `${waits}${shellStep(step)}\n`
    })
    .join('')
}

function shellStep(step: Step): string {
  switch (step.kind) {
    case 'line':
      return `${{ ours: 'line', upstream: 'upstream', none: 'echo' }[step.stamp]} ${quoted(step.text)}`
    case 'health':
      return `health ${step.exitCode} ${quoted(step.output)}`
    case 'registered':
      return ': > /SHIR/registered'
    case 'exit':
      // Linux has none above 255; what a signal ended has 128 and its number.
      return `exit ${step.exitCode > 255 ? 143 : step.exitCode}`
  }
}

/** One word of the shell; what stands in for it in the recording becomes what the container knows. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`).replaceAll(nodeOfRecording, `'"$NODE"'`).replaceAll(portOfRecording, `'"$PORT"'`)}'`
}

async function script(file: string, text: string): Promise<void> {
  await writeFile(file, `#!/SHIR/busybox sh\n${text}`)
  await chmod(file, 0o755)
}
