import { entryOf, type Key, keys } from './inputs.ts'

/** An input's default as people write it, for every description; Markdown. */
export function defaultInWords(key: Key): string {
  const entry = entryOf(key)
  if (entry.otherwise !== undefined) return entry.otherwise
  if (entry.default === undefined) return 'none'
  return `\`${entry.kind.spell?.(entry.default) ?? String(entry.default)}\``
}

/** A text in which inputs stand in backquotes by their camelCase key, with their names as a host's user writes them. */
export function spelled(text: string, spell: (key: Key) => string): string {
  return text.replace(/`(\w+)`/g, (whole, word: string) => (isKey(word) ? `\`${spell(word)}\`` : whole))
}

function isKey(word: string): word is Key {
  return keys.some(key => key === word)
}
