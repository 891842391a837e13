import { StepError } from '../../src/contract/reasons.ts'
import { explainDownload, explainLookup } from '../../src/installer/explain.ts'
import { HttpFailure } from '../../src/net/failure.ts'
import { stepErrorOf } from '../support/rejection.ts'

const answered = (status: number) => new HttpFailure(`The server answered ${status}`, { status })
const unreachable = new HttpFailure('The connection failed (ECONNREFUSED) (5 attempts)')
const untrusted = new HttpFailure('The connection failed (self-signed certificate)', { isFinal: true, hint: 'Trust it.' })

test.each([
  [answered(404), 'installer-not-found', 'There is nothing at the installer: the server answered 404.', /last few versions/],
  [answered(410), 'installer-not-found', 'There is nothing at the installer: the server answered 410.', /last few versions/],
  [answered(401), 'download-failed', 'The server does not give the installer to us: it answered 401.', /SAS/],
  [answered(403), 'download-failed', 'The server does not give the installer to us: it answered 403.', /SAS/],
  [unreachable, 'download-failed', `the installer could not be downloaded: ${unreachable.message}.`, /HTTPS_PROXY/],
  [untrusted, 'download-failed', `the installer could not be downloaded: ${untrusted.message}.`, /^Trust it\.$/],
])('a download: %s is %s', async (failure, code, message, hint) => {
  const error = await stepErrorOf(Promise.reject(failure).catch(explainDownload('the installer', 'microsoft')))
  expect(error).toMatchObject({ code, message, hint: expect.stringMatching(hint), cause: failure })
})

test.each([
  ...[300, 304, 400, 416].map(status => [status, /^Check that address: its server answers, but gives no file/] as const),
  ...[408, 429, 500, 503].map(status => [status, /try again later/] as const),
])('what to do about %d is nothing that the network is asked for', async (status, hint) => {
  const error = await stepErrorOf(Promise.reject(answered(status)).catch(explainDownload('it', 'own')))
  expect(error).toMatchObject({
    code: 'download-failed',
    message: `it could not be downloaded: The server answered ${status}.`,
    hint: expect.stringMatching(hint),
  })
})

test('of what an address of one’s own does not have, Microsoft’s habits tell nothing', async () => {
  const own = explainDownload('https://files.example/shir.msi', 'own')
  const error = await stepErrorOf(Promise.reject(answered(404)).catch(own))
  expect(error.code).toBe('installer-not-found')
  expect(error.hint).toMatch(/^Check that address/)
  expect(error.hint).not.toContain('Microsoft')
})

test.each([
  [
    answered(404),
    'version-lookup-failed',
    /"stable" means could not be found: the page leads to nothing \(404\)\.$/,
    /exact version/,
  ],
  [
    answered(410),
    'version-lookup-failed',
    /"stable" means could not be found: the page leads to nothing \(410\)\.$/,
    /exact version/,
  ],
  [answered(403), 'download-failed', /^the page could not be asked which version "stable" is: .* 403\.$/, /Check that address/],
  [unreachable, 'download-failed', /^the page could not be asked .*ECONNREFUSED/, /HTTPS_PROXY/],
  [untrusted, 'download-failed', /self-signed/, /^Trust it\.$/],
])('a look-up: %s is %s', async (failure, code, message, hint) => {
  const error = await stepErrorOf(Promise.reject(failure).catch(explainLookup('stable', 'the page')))
  expect(error).toMatchObject({ code, message: expect.stringMatching(message), hint: expect.stringMatching(hint) })
})

test.each([new StepError('cancelled', 'The run was cancelled.'), new Error('ENOSPC')])('%s passes as it is', async other => {
  for (const explain of [explainDownload('it', 'own'), explainLookup('latest', 'it')])
    await expect(Promise.reject(other).catch(explain)).rejects.toBe(other)
})
