import type { Host } from '../host/host.ts'

/** A silence that is longer than what goes well makes: msiexec, a large layer and its commit say nothing for minutes. */
const silenceMs = 5 * 60_000

export interface SilenceWatch {
  /** Something was said. */
  heard(): void
  /** Ends the watch; call it in any case. */
  end(): void
}

/**
 * Tells once in five minutes that nothing is said, so that nobody takes what runs for a hung job.
 * @param onSilence is given for how long there was nothing, in milliseconds
 */
export function watchSilence({ clock }: Pick<Host, 'clock'>, onSilence: (silentMs: number) => void): SilenceWatch {
  let heardAtMs = clock.now()
  let saidAtMs = heardAtMs
  const wait = (): (() => void) => {
    const dueMs = Math.max(heardAtMs, saidAtMs) + silenceMs
    return clock.alarm(dueMs - clock.now(), () => {
      // It may have said something since the alarm was set.
      const nowMs = clock.now()
      const isSilent = nowMs >= Math.max(heardAtMs, saidAtMs) + silenceMs
      if (isSilent) saidAtMs = nowMs
      forget = wait()
      if (isSilent) onSilence(nowMs - heardAtMs)
    })
  }
  let forget = wait()
  return {
    heard: () => {
      heardAtMs = clock.now()
    },
    end: () => forget(),
  }
}

/** @param ms milliseconds */
export function inMinutes(ms: number): string {
  return `${Math.floor(ms / 60_000)} min`
}
