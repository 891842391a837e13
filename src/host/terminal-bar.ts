const width = 24
const eraseLine = '\r\u001B[2K'

/** A bar on the last line of an interactive terminal, drawn anew in its place; nothing at all elsewhere. */
export interface TerminalBar {
  /** `percent` from 0 to 100; at 100 the bar is gone. */
  draw(percent: number, text: string): void
  /** Before anything else is written. */
  erase(): void
}

export function terminalBar(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>): TerminalBar {
  let isDrawn = false
  const erase = () => {
    if (isDrawn) stream.write(eraseLine)
    isDrawn = false
  }
  return {
    erase,
    draw: (percent, text) => {
      if (!stream.isTTY) return
      if (percent >= 100) return erase()
      const filled = Math.round((percent * width) / 100)
      const line = `${'#'.repeat(filled)}${'.'.repeat(width - filled)} ${percent} %  ${text}`
      // A line that wraps could not be erased.
      stream.write(`${eraseLine}${line.slice(0, Math.max(0, (stream.columns || 80) - 1))}`)
      isDrawn = true
    },
  }
}
