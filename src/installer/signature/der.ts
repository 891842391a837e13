/** One element of DER (X.690): its tag, all its bytes, and its content. */
export interface Element {
  readonly tag: number
  readonly bytes: Buffer
  readonly content: Buffer
}

export const tags = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30, set: 0x31, first: 0xa0, second: 0xa1 } as const

/**
 * The element at the start of `bytes`; what follows it is not looked at.
 * @throws RangeError where there is none, or one of a form that signatures have not (tags above 30, indefinite lengths)
 */
export function firstElement(bytes: Buffer): Element {
  const [tag, head] = [bytes.at(0), bytes.at(1)]
  if (tag === undefined || head === undefined || (tag & 0x1f) === 0x1f) throw new RangeError('No element')
  const lengthBytes = head < 0x80 ? 0 : head & 0x7f
  if (head === 0x80 || lengthBytes > 4 || bytes.length < 2 + lengthBytes) throw new RangeError('A length of another form')
  const length = lengthBytes === 0 ? head : bytes.readUIntBE(2, lengthBytes)
  const start = 2 + lengthBytes
  if (start + length > bytes.length) throw new RangeError('An element that is cut')
  return { tag, bytes: bytes.subarray(0, start + length), content: bytes.subarray(start, start + length) }
}

/** All elements of a content, in order. @throws RangeError as `firstElement` does */
export function elementsOf(content: Buffer): readonly Element[] {
  const elements: Element[] = []
  for (let rest = content; rest.length > 0; ) {
    const element = firstElement(rest)
    elements.push(element)
    rest = rest.subarray(element.bytes.length)
  }
  return elements
}

/** The content of an element that must be there, and of this tag. @throws RangeError */
export function contentOf(element: Element | undefined, tag: number): Buffer {
  if (element?.tag !== tag) throw new RangeError('Another element was expected')
  return element.content
}
