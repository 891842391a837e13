/**
 * The real engine's twin of the rehearsal's nodes: a build context laid out like upstream's (a folder SHIR, ARG, HEALTHCHECK)
 * whose image is busybox on `scratch`. Its scripts play the timelines of rehearsal/node, written out at a speed, so that the
 * real engine and the rehearsal's engine cannot disagree about a node's life. `powershell C:/SHIR/stop.ps1` works in both.
 */
import { randomUUID } from 'node:crypto'
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { lastWords, type Step, scenarioLife } from '../../rehearsal/node/life.ts'
import { type Scenario, scenarioRules, scenarios } from '../../rehearsal/node/scenario.ts'

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

/** Container time. The start period is longer than a healthy node needs to connect (60 s). */
const healthCheck = { intervalMs: 12_000, timeoutMs: 30_000, startPeriodMs: 76_000, retries: 3 }

/** Fills `folder` (made where it is missing) with the context of a node's image. */
export async function makeNodeContext(folder: string, options: NodeContextOptions): Promise<void> {
  const { speed, healthcheck = true, runs = true } = options
  const shir = path.join(folder, 'SHIR')
  await mkdir(path.join(shir, 'bin'), { recursive: true })
  await mkdir(path.join(shir, 'lives'))
  if (runs) await copyFile(busybox, path.join(shir, 'busybox'))
  await writeFile(path.join(folder, 'Dockerfile'), dockerfile(healthcheck ? speed : undefined))
  await script(path.join(shir, 'bin', 'powershell'), powershell)
  await script(path.join(shir, 'build.ps1'), "echo 'Self-hosted Integration Runtime is installed'\n")
  await script(path.join(shir, 'setup.ps1'), setup(speed))
  await script(path.join(shir, 'stop.ps1'), stop)
  await script(path.join(shir, 'health-check.ps1'), probe)
  // No layer is shared with another context, so that no clean-up takes another test's layers away.
  await writeFile(path.join(shir, 'context-id'), randomUUID())
  for (const scenario of scenarios) {
    for (const isRegistered of [false, true]) {
      for (const port of [undefined, '@PORT@']) {
        const life = scenarioLife(scenario, { node: '@NODE@', port, isRegistered })
        await writeFile(path.join(shir, 'lives', lifeName(scenario, port !== undefined, isRegistered)), shellLife(life, speed))
      }
    }
  }
}

function lifeName(scenario: Scenario, hasPort: boolean, isRegistered: boolean): string {
  return `${scenario}-${hasPort ? 'ha' : 'single'}-${isRegistered ? 'again' : 'first'}`
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
RUN ["powershell", "C:/SHIR/build.ps1"]
ENV SHIR_WINDOWS_CONTAINER_ENV=True
${speed === undefined ? '' : check(speed)}ENTRYPOINT ["powershell", "C:/SHIR/setup.ps1"]
`
}

function milliseconds(ms: number): string {
  return `${Math.max(1, Math.round(ms))}ms`
}

/** Runs `C:/SHIR/x.ps1`, or `C:\SHIR\x.ps1`, with the shell. */
const powershell = `for word; do
  case "$word" in *.ps1) path=$(echo "\${word#C:}" | tr '\\\\' /); exec /SHIR/busybox sh "$path" ;; esac
done
exit 64
`

const probe = `[ -e /SHIR/stopped ] && { echo Disconnected; exit 1; }
read -r code output < /SHIR/health || { echo Connecting; exit 1; }
echo "$output"
exit "$code"
`

const functions = `log() { echo "[$(date -u '+%m/%d/%Y %H:%M:%S')] $1"; }
event() { echo "SHIR-EVENT {\\"code\\":\\"$1\\"}"; }
health() { echo "$1 $2" > /SHIR/health.new; mv /SHIR/health.new /SHIR/health; }
service() { if [ "$1" = Initializing ]; then : > /SHIR/registered; fi; }
pause() { sleep "$1" & wait $!; }
`

const stop = `${functions}log 'Stop the node connection' > /proc/1/fd/1
: > /SHIR/stopped
echo 'Stop the node connection successfully'
`

/** Chooses the scenario by the same rules as `scenarioOf`, and plays it. */
function setup(speed: number): string {
  const rules = scenarioRules.map(({ factory, nodeSuffixes, scenario }) => {
    const patterns = nodeSuffixes?.map(suffix => `"${factory} "*"${suffix}"`) ?? [`"${factory} "*`]
    return `      ${patterns.join(' | ')}) scenario=${scenario} ;;\n`
  })
  return `${functions}last_words() {
${shellSteps(lastWords, speed)}}
trap last_words TERM
rm -f /SHIR/stopped
NODE=\${NODE_NAME:-$(hostname | cut -c 1-15 | tr a-z A-Z)}
PORT=\${HA_PORT:-8060}
case "$AUTH_KEY" in
  '') scenario=missing-key ;;
  *@*@*@*@*@*) scenario=invalid-key ;;
  IR@*@*@*@*)
    case "$(echo "$AUTH_KEY" | cut -d @ -f 3) $NODE" in
${rules.join('')}      *) scenario=healthy ;;
    esac ;;
  *) scenario=invalid-key ;;
esac
case "$ENABLE_HA" in [Tt][Rr][Uu][Ee]) ha=ha ;; *) ha=single ;; esac
if [ -e /SHIR/registered ]; then again=again; else again=first; fi
. "/SHIR/lives/$scenario-$ha-$again"
`
}

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
    case 'log':
      return `log ${quoted(step.text)}${step.stream === 'stderr' ? ' >&2' : ''}`
    case 'event':
      return `event ${quoted(step.code)}`
    case 'health':
      return `health ${step.exitCode} ${quoted(step.output)}`
    case 'service':
      return `service ${quoted(step.status)}`
    case 'exit':
      return `exit ${step.exitCode}`
  }
}

/** One word of the shell; `@NODE@` and `@PORT@` become what the container knows. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`).replace(/@(NODE|PORT)@/g, `'"$$$1"'`)}'`
}

async function script(file: string, text: string): Promise<void> {
  await writeFile(file, `#!/SHIR/busybox sh\n${text}`)
  await chmod(file, 0o755)
}
