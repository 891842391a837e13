import { exactSource, givenSource, lookupAddress, offeredFiles } from '../../src/installer/source.ts'
import { downloadPage } from '../support/microsoft.ts'
import { addressOf } from './bench.ts'

const folder = 'https://download.microsoft.com/download/e/4/7/e4771905-1079-445b-8bf9-8a1a075d8a10/'
const versionsOn = (page: string) => offeredFiles(page).map(({ version }) => version)
const data = (json: string) => `<html><script>window.__DLCDetails__=${json}</script></html>`

describe('the Download Center’s page', () => {
  test('lists the installers of its data, and nothing else that it offers', () => {
    const page = downloadPage(['IntegrationRuntime_5.69.9720.1.msi', 'release-notes.docx', 'IntegrationRuntime_5.70.9748.2.msi'])
    expect(offeredFiles(page)).toEqual([
      {
        version: '5.69.9720.1',
        url: `${folder}IntegrationRuntime_5.69.9720.1.msi`,
        shown: `${folder}IntegrationRuntime_5.69.9720.1.msi`,
      },
      {
        version: '5.70.9748.2',
        url: `${folder}IntegrationRuntime_5.70.9748.2.msi`,
        shown: `${folder}IntegrationRuntime_5.70.9748.2.msi`,
      },
    ])
  })

  test('may be written with spaces and a semicolon', () => {
    const details = JSON.stringify({ dlcDetailsView: { downloadFile: [{ url: `${folder}IntegrationRuntime_5.70.9748.2.msi` }] } })
    expect(versionsOn(`<script>\n  window.__DLCDetails__ = ${details} ; \n</script>`)).toEqual(['5.70.9748.2'])
  })

  test.each([
    ['no page at all', ''],
    ['a page without data', '<!DOCTYPE html><html><body>We are sorry</body></html>'],
    ['data that is no JSON', data('{dlcDetailsView: undefined}')],
    ['data of another form', data('{"files":[]}')],
    ['no list', data('{"dlcDetailsView":{"downloadFile":{"url":"x"}}}')],
    ['an empty list', data('{"dlcDetailsView":{"downloadFile":[]}}')],
    ['entries that are nothing', data('{"dlcDetailsView":{"downloadFile":[null,3,"x",{},{"url":5}]}}')],
  ])('%s lists nothing', (_, page) => {
    expect(offeredFiles(page)).toEqual([])
  })

  test.each([
    'http://download.microsoft.com/IntegrationRuntime_5.99.1.1.msi',
    'https://download.microsoft.com.evil.example/IntegrationRuntime_5.99.1.1.msi',
    'https://evilmicrosoft.com/IntegrationRuntime_5.99.1.1.msi',
    'https://download.microsoft.com@evil.example/IntegrationRuntime_5.99.1.1.msi',
    'https://evil.example/download.microsoft.com/IntegrationRuntime_5.99.1.1.msi',
    'https://evil.example/#https://download.microsoft.com/IntegrationRuntime_5.99.1.1.msi',
    'javascript:alert(1)//IntegrationRuntime_5.99.1.1.msi',
    'file:///C:/IntegrationRuntime_5.99.1.1.msi',
    'https://download.microsoft.com/%zz/IntegrationRuntime_5.99.1.1%.msi',
    'https://download.microsoft.com/IntegrationRuntime_99999999.1.1.1.msi',
    '/IntegrationRuntime_5.99.1.1.msi',
    'no address: ://',
    '',
  ])('the address "%s" does not count, and hurts no other', url => {
    const details = JSON.stringify({
      dlcDetailsView: { downloadFile: [{ url }, { url: `${folder}IntegrationRuntime_5.70.9748.2.msi` }] },
    })
    expect(versionsOn(data(details))).toEqual(['5.70.9748.2'])
  })
})

describe('an address of the user’s own', () => {
  const whole = 'https://reader:p%40ssword@mirror.example/shir/IntegrationRuntime_5.70.9748.2.msi?sv=2024&sig=c2lnbmF0dXJl%2Bx'

  test('is shown without what may be secret', () => {
    const source = givenSource(addressOf(whole), undefined)
    expect(source).toEqual({
      version: '5.70.9748.2',
      url: whole,
      shown: 'https://mirror.example/shir/IntegrationRuntime_5.70.9748.2.msi',
    })
  })

  test.each([
    ['https://mirror.example/IntegrationRuntime_5.70.9748.2%20(1).msi', undefined, '5.70.9748.2'],
    ['https://mirror.example/setup.msi', undefined, undefined],
    ['https://mirror.example/setup.msi', '5.70.9748.2', '5.70.9748.2'],
    ['https://mirror.example/', undefined, undefined],
    ['https://mirror.example/100%.msi', undefined, undefined],
    ['https://mirror.example/%E0%A4%A.msi', undefined, undefined],
  ])('%s (asked: %s) is of version %s', (url, asked, version) => {
    expect(givenSource(addressOf(url), asked).version).toBe(version)
  })
})

test('an exact version is at Microsoft’s own folder', () => {
  const source = {
    version: '5.70.9748.2',
    url: `${folder}IntegrationRuntime_5.70.9748.2.msi`,
    shown: `${folder}IntegrationRuntime_5.70.9748.2.msi`,
  }
  expect(exactSource('5.70.9748.2')).toEqual(source)
})

test('a dry run names the addresses that would be asked', () => {
  expect(lookupAddress('stable')).toMatch(/^https:\/\/go\.microsoft\.com\/fwlink\/\?linkid=839822/)
  expect(lookupAddress('latest')).toMatch(/^https:\/\/www\.microsoft\.com\/.*\?id=39717$/)
})
