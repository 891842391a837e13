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
  [answered(400), 'download-failed', 'the installer could not be downloaded: The server answered 400.', /HTTPS_PROXY/],
  [unreachable, 'download-failed', `the installer could not be downloaded: ${unreachable.message}.`, /HTTPS_PROXY/],
  [untrusted, 'download-failed', `the installer could not be downloaded: ${untrusted.message}.`, /^Trust it\.$/],
])('a download: %s is %s', async (failure, code, message, hint) => {
  const error = await stepErrorOf(Promise.reject(failure).catch(explainDownload('the installer')))
  expect(error).toMatchObject({ code, message, hint: expect.stringMatching(hint), cause: failure })
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
  [answered(403), 'download-failed', /^the page could not be asked which version "stable" is: .* 403\.$/, /HTTPS_PROXY/],
  [unreachable, 'download-failed', /^the page could not be asked .*ECONNREFUSED/, /HTTPS_PROXY/],
  [untrusted, 'download-failed', /self-signed/, /^Trust it\.$/],
])('a look-up: %s is %s', async (failure, code, message, hint) => {
  const error = await stepErrorOf(Promise.reject(failure).catch(explainLookup('stable', 'the page')))
  expect(error).toMatchObject({ code, message: expect.stringMatching(message), hint: expect.stringMatching(hint) })
})

test.each([new StepError('cancelled', 'The run was cancelled.'), new Error('ENOSPC')])('%s passes as it is', async other => {
  for (const explain of [explainDownload('it'), explainLookup('latest', 'it')])
    await expect(Promise.reject(other).catch(explain)).rejects.toBe(other)
})
