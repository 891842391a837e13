/**
 * .NET's Split('=', 2, RemoveEmptyEntries) on each part: a property without a value is dropped, and so are `=` at the start of a
 * value. Names are without case, so they are given in lower case.
 */
export function parseProperties(text: string, separator: string, read: (value: string) => string): Record<string, string> {
  const pairs = text.split(separator).map(part => /^=*([^=]+)=+(.+)$/s.exec(part))
  return Object.fromEntries(pairs.flatMap(pair => (pair?.[1] && pair[2] ? [[pair[1].toLowerCase(), read(pair[2])]] : [])))
}
