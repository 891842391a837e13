import { readdir, readFile } from 'node:fs/promises'

/**
 * Ends every process whose environment holds `NAME=value`, as both runners do at the end of a job (JobExtension.cs of each),
 * and says in the runner's words which these were. Linux only; elsewhere it finds none.
 */
export async function endProcessesWith(setting: string): Promise<string[]> {
  const entries = await readdir('/proc').catch(() => [])
  const ended = await Promise.all(entries.filter(entry => /^\d+$/.test(entry)).map(pid => endIfHolding(pid, setting)))
  return ended.filter(said => said !== undefined)
}

async function endIfHolding(pid: string, setting: string): Promise<string | undefined> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8')
    if (!environment.split('\0').includes(setting)) return undefined
    const name = (await readFile(`/proc/${pid}/comm`, 'utf8')).trim()
    process.kill(Number(pid), 'SIGKILL')
    return `Terminate orphan process: pid (${pid}) (${name})`
  } catch {
    // Another user's process, or one that has ended meanwhile.
    return undefined
  }
}
