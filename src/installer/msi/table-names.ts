/** The characters of a table’s name, in the order of their codes. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._'
const tableMark = '\u4840'
const pairBase = 0x3800
const singleBase = 0x4800

/**
 * The name of the stream that holds a table. Stream names have room for 31 characters only, so Windows Installer packs two of
 * the table’s into one, in a range that no text uses (Wine, `dlls/msi/table.c`, `encode_streamname`).
 * @param table a name of letters, digits, `.` and `_`
 */
export function tableStreamName(table: string): string {
  const codes = [...table].map(character => alphabet.indexOf(character))
  const packed = codes.flatMap((code, index) => {
    if (index % 2 === 1) return []
    const second = codes[index + 1]
    return [second === undefined ? singleBase + code : pairBase + code + second * alphabet.length]
  })
  return tableMark + String.fromCharCode(...packed)
}
