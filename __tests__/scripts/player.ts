/** PowerShell processes that play one script after another (`player.ps1`), since most of a script's time is PowerShell's start. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { join } from 'node:path'
import { inherited, limitMs, type PowerShell, pwsh } from './powershell.ts'

/** A script that was killed says so, at its next word to its world, within this real time; else its process is killed too. */
const lastWordMs = 5_000
/** Real time after which a process that nobody needs ends. */
const idleMs = 10_000

interface Player {
  readonly process: ChildProcessWithoutNullStreams
  /** Runs while it is idle. */
  leaving: NodeJS.Timeout | undefined
}

const idle = new Set<Player>()

/**
 * Runs code in a runspace of its own and with this environment, in a process that has played others or will. The code must speak to a
 * world (`windows.ps1`): it is killed by taking that from it. Not for a script that goes by what belongs to the process: when it began,
 * or the proxy, which .NET reads from the variables once.
 */
export function playPowerShell(code: string, environment: Readonly<Record<string, string>>): PowerShell {
  const player = take()
  const { process: child } = player
  const texts = { out: '', err: '' }
  let isKilled = false
  let lastWord: NodeJS.Timeout | undefined
  const end = () => void child.kill('SIGKILL')

  const ended = new Promise<Awaited<PowerShell['ended']>>((resolve, reject) => {
    const limit = setTimeout(() => {
      end()
      reject(new Error(`PowerShell did not end within ${limitMs / 1000} s of real time.\n${texts.out}${texts.err}`))
    }, limitMs)
    const settle = (code: number | undefined) => {
      clearTimeout(limit)
      clearTimeout(lastWord)
      child.stdout.removeAllListeners('data')
      child.stderr.removeAllListeners('data')
      child.removeAllListeners()
      resolve({ exitCode: isKilled ? undefined : code, output: [texts.out, texts.err].join('').replace(/\0-?\d+\0/g, '') })
    }
    const heard = (stream: 'out' | 'err') => (text: string) => {
      texts[stream] += text
      const code = [texts.out, texts.err].map(said => /\0(-?\d+)\0$/.exec(said)?.[1])
      if (code[0] === undefined || code[1] === undefined) return
      settle(Number(code[0]) & 255) // as a process of its own would end here
      rest(player)
    }
    child.stdout.on('data', heard('out'))
    child.stderr.on('data', heard('err'))
    child.on('error', reject)
    child.on('close', code => settle(code ?? undefined))
  })
  child.stdin.write(`${JSON.stringify({ code, environment: Object.entries(environment) })}\n`)

  return {
    processId: child.pid,
    ended,
    kill() {
      if (isKilled) return
      isKilled = true
      child.stdin.write('kill\n')
      lastWord = setTimeout(end, lastWordMs)
    },
  }
}

function take(): Player {
  const [found] = idle
  if (!found) return begin()
  idle.delete(found)
  clearTimeout(found.leaving)
  for (const handle of handles(found)) handle.ref()
  return found
}

function begin(): Player {
  const child = spawn(pwsh, ['-NoProfile', '-NonInteractive', '-File', join(__dirname, 'player.ps1')], {
    env: { ...inherited, TZ: 'UTC' },
  })
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8')
  child.stdin.on('error', () => {}) // it has ended, and its closing tells
  return { process: child, leaving: undefined }
}

/** Keeps it for the next script, but no test waiting. */
function rest(player: Player): void {
  idle.add(player)
  const leave = () => {
    idle.delete(player)
    player.process.kill('SIGKILL')
  }
  player.leaving = setTimeout(leave, idleMs).unref()
  player.process.on('close', leave)
  for (const handle of handles(player)) handle.unref()
}

/** What keeps Node running while it lives. */
function handles({ process: child }: Player): readonly { ref(): unknown; unref(): unknown }[] {
  return [child, child.stdin, child.stdout, child.stderr] as never
}
