import { readFileSync } from 'node:fs'
import { elementsOf, firstElement } from '../../../src/installer/signature/der.ts'
import { readSignedData } from '../../../src/installer/signature/signed-data.ts'
import { describeWith } from '../../support/program.ts'
import { temporaryFolder } from '../msi/temporary-folder.ts'
import { extractSignature, makeAuthority, makePackage, microsoftSubject, sign } from './authority.ts'

const pathOf = temporaryFolder()

test.each([
  ['nothing', ''],
  ['a tag alone', '30'],
  ['a tag above 30', '1f8101'],
  ['a length that never ends', '3080'],
  ['a length of five bytes', '30850000000001'],
  ['a length that is cut', '3082'],
  ['a content that is cut', '3003aabb'],
])('DER refuses %s', (_, hex) => {
  expect(() => firstElement(Buffer.from(hex, 'hex'))).toThrow(RangeError)
})

test('DER reads what it may', () => {
  const many = Buffer.alloc(300, 1)
  const bytes = Buffer.concat([Buffer.from('020105', 'hex'), Buffer.from('0482012c', 'hex'), many, Buffer.from('0500', 'hex')])
  expect(elementsOf(bytes).map(({ tag, content }) => [tag, content.length])).toEqual([
    [2, 1],
    [4, 300],
    [5, 0],
  ])
})

describeWith('openssl', 'with throw-away certificates', () => {
  describeWith('wixl', 'on real packages', () => {
    describeWith('osslsigncode', 'signed by osslsigncode', () => {
      let signature: Buffer
      let certificate: string
      let nested: Buffer
      beforeAll(() => {
        const authority = makeAuthority(pathOf(''), 'reading')
        const signer = authority.signer(microsoftSubject)
        certificate = signer.certificate
        const signed = sign(makePackage(pathOf('')), signer, pathOf('signed.msi'))
        signature = extractSignature(signed, pathOf('signature.der'))
        const again = sign(signed, signer, pathOf('nested.msi'), '-nest')
        nested = extractSignature(again, pathOf('nested.der'))
      }, 60_000)

      test('the signer is the one whose certificate was named, of all that it carries', () => {
        const { signer, certificates, isNested } = readSignedData(signature)
        expect(signer.toString()).toBe(readFileSync(certificate, 'utf8'))
        expect(certificates.map(({ subject }) => subject.split('\n').at(-1))).toEqual(
          expect.arrayContaining(['CN=Microsoft Corporation', 'CN=reading intermediate']),
        )
        expect(isNested).toBe(false)
        expect(readSignedData(nested).isNested).toBe(true)
      })

      test('cut anywhere it is refused, and whatever one byte is changed to, reading ends', () => {
        for (let length = 0; length < signature.length; length += 7)
          expect(() => readSignedData(signature.subarray(0, length))).toThrow()
        for (let at = 0; at < signature.length; at += 1) {
          const changed = Buffer.from(signature)
          changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 8)), at)
          try {
            readSignedData(changed)
          } catch (error) {
            expect(error).toHaveProperty('message')
          }
        }
      })

      test.each([
        ['longer than what programs make room for', 100],
        ['of another length than its algorithm’s', 20],
        ['that is empty', 0],
      ])('a digest %s is refused', (_, length) => {
        expect(() => readSignedData(withDigest(signature, Buffer.alloc(length, 0xaa)))).toThrow('Not a digest of SHA-2')
      })

      test('a digest of the right length is read, whatever it is', () => {
        expect(readSignedData(withDigest(signature, Buffer.alloc(32, 0xaa))).isNested).toBe(false)
      })

      test('a digest of another algorithm is refused', () => {
        const sha256 = Buffer.from('608648016503040201', 'hex')
        const at = signature.indexOf(sha256, signature.indexOf(Buffer.from('2b060104018237020104', 'hex')))
        const other = Buffer.from(signature)
        Buffer.from('608648016503040204', 'hex').copy(other, at) // SHA-224, which no file is signed with
        expect(() => readSignedData(other)).toThrow('Not a digest of SHA-2')
      })
    })
  })
})

/** The same signature over another digest: all lengths around it follow. */
function withDigest(signature: Buffer, digest: Buffer): Buffer {
  const rebuild = (bytes: Buffer, path: readonly number[]): Buffer => {
    const { tag, content } = firstElement(bytes)
    const [index, ...rest] = path
    if (index === undefined) return der(tag, digest)
    return der(
      tag,
      Buffer.concat(elementsOf(content).map((element, at) => (at === index ? rebuild(element.bytes, rest) : element.bytes))),
    )
  }
  // ContentInfo → [0] → SignedData → content → [0] → SpcIndirectDataContent → digest info → digest
  return rebuild(signature, [1, 0, 2, 1, 0, 1, 1])
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const head = length < 0x80 ? [tag, length] : length < 0x10000 ? [tag, 0x82, length >> 8, length & 0xff] : undefined
  if (head === undefined) throw new Error('Longer than these tests need')
  return Buffer.concat([Buffer.from(head), content])
}
