import { buildFailed, diagnose } from '../../src/image/diagnosis.ts'

const container = `container ${'5'.repeat(64)} encountered an error during`
const filter = '\\\\?\\C:\\ProgramData\\docker\\windowsfilter\\86cb'

/** Texts as they were reported; the numbers stand in diagnosis.ts. */
test.each<[string, string, string, boolean]>([
  [
    `re-exec error: exit status 1: output: write \\\\?\\C:\\Windows\\SystemTemp\\hcs1552163654\\Files\\x.dll: There is not enough space on the disk.`,
    'disk-full',
    'A disk is full',
    false,
  ],
  [
    `failed to register layer: re-exec error: exit status 1: output: hcsshim::ImportLayer failed in Win32: There is not enough space on the disk. (0x70) path=${filter}`,
    'disk-full',
    'A disk is full',
    false,
  ],
  [`hcsshim::ImportLayer - failed failed in Win32: (0x70)`, 'disk-full', 'A disk is full', false],
  [
    'failed to register layer: Error processing tar file(exit status 1): write file : no space left on device',
    'disk-full',
    'A disk is full',
    false,
  ],
  [
    `${container} hcs::System::Start: failure in a Windows system call: The virtual machine or container exited unexpectedly. (0xc0370106)`,
    'os-mismatch',
    'patched further',
    false,
  ],
  [
    'hcsshim::CreateComputeSystem 620b: The container operating system does not match the host operating system.',
    'os-mismatch',
    'not one that this machine’s can run',
    false,
  ],
  [
    `${container} CreateContainer: failure in a Windows system call: The operating system of the container does not match the operating system of the host. (0xc0370101) extra info: {}`,
    'os-mismatch',
    'not one that this machine’s can run',
    false,
  ],
  [
    'a Windows version 10.0.20348-based image is incompatible with a 10.0.19045 host',
    'os-mismatch',
    'newer than this machine’s',
    false,
  ],
  ['no matching manifest for linux/amd64 in the manifest list entries', 'engine-os-mismatch', 'runs Linux containers', false],
  [
    'no matching manifest for windows/amd64 10.0.17134 in the manifest list entries',
    'os-mismatch',
    'nothing for this machine’s Windows',
    false,
  ],
  ['no matching manifest for unknown in the manifest list entries', 'os-mismatch', 'nothing for this machine’s Windows', false],
  [
    `${container} CreateContainer: failure in a Windows system call: No hypervisor is present on this system. (0xc0351000) extra info: {}`,
    'build-failed',
    'no hypervisor',
    false,
  ],
  [`${container} hcsshim::System::Start: context deadline exceeded`, 'build-failed', 'did not start a container', true],
  [
    `failed to register layer: re-exec error: exit status 1: output: remove ${filter}\\UtilityVM\\Files\\drvmain.sdb: The process cannot access the file because it is being used by another process.`,
    'build-failed',
    'held a file',
    true,
  ],
  [
    'hcsshim::ActivateLayer failed in Win32: The process cannot access the file because it is being used by another process. (0x20)',
    'build-failed',
    'held a file',
    true,
  ],
  [
    're-exec error: exit status 1: output: hcsshim::ImportLayer - failed failed in Win32: The system cannot find the path specified. (0x3)',
    'build-failed',
    'could not take in a layer',
    false,
  ],
  [
    'hcsshim::CreateComputeSystem 9bc2: The paging file is too small for this operation to complete.',
    'build-failed',
    'memory',
    false,
  ],
  ['toomanyrequests: Too Many Requests (HAP429).', 'build-failed', 'asked too often', true],
  [
    'error parsing HTTP 429 response body: invalid character \'T\' looking for beginning of value: "Too Many Requests (HAP429).\\n"',
    'build-failed',
    'asked too often',
    true,
  ],
  ['Get https://registry.example/v2/x/manifests/sha256:5d: net/http: TLS handshake timeout', 'build-failed', 'connection', true],
  ['Head "https://registry.example/v2/x/manifests/6.0": dial tcp 192.0.2.1:443: i/o timeout', 'build-failed', 'connection', true],
  [
    'Get "https://registry.example/v2/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    'build-failed',
    'connection',
    true,
  ],
  ['Get "https://registry.example/v2/": EOF', 'build-failed', 'connection', true],
  ['unexpected EOF', 'build-failed', 'connection', true],
  ['read tcp 192.0.2.1:1->192.0.2.2:443: read: connection reset by peer', 'build-failed', 'connection', true],
  [
    'read tcp 192.0.2.1:1->192.0.2.2:443: wsarecv: An existing connection was forcibly closed by the remote host.',
    'build-failed',
    'connection',
    true,
  ],
  ['received unexpected HTTP status: 503 Service Unavailable', 'build-failed', 'connection', true],
])('%s → %s', (text, code, cause, isTransient) => {
  const lines = ['Removing intermediate container 0123456789ab', text]
  expect(diagnose(lines)).toEqual({ code, cause: expect.stringContaining(cause), hint: expect.stringMatching(/\S/), isTransient })
})

test.each([
  [
    'the image’s own script fails',
    ['SHIR 5.70 was installed, but SHIR_VERSION says 5.69.', "The command 'powershell' returned a non-zero code: 1"],
  ],
  ['a Dockerfile that is none', ['dockerfile parse error line 3: unknown instruction: RUM']],
  ['a base that nobody has', ['manifest for registry.example/x:9 not found: manifest unknown: manifest unknown']],
  ['nothing', []],
])('%s: nobody’s known cause', (_, lines) => {
  expect(diagnose(lines)).toBeUndefined()
})

test.each([
  'connection reset by peer',
  'received unexpected HTTP status: 503',
  'Too Many Requests',
  'no matching manifest for linux/amd64',
])('a command that prints "%s" of a server of its own is no failed pull', text => {
  expect(diagnose([text])).toBeDefined()
  expect(diagnose([text, "The command 'x' returned a non-zero code: 1"])).toBeUndefined()
})

test('a command may well fill the disk, or the memory', () => {
  const ended = "The command 'x' returned a non-zero code: 1"
  expect(diagnose(['IOException: There is not enough space on the disk.', ended])).toMatchObject({ code: 'disk-full' })
  expect(diagnose(["Exception of type 'System.OutOfMemoryException' was thrown.", ended])?.cause).toContain('memory')
})

describe('the failure', () => {
  const end = { code: 1, times: [], step: 'Step 2/2 : RUN x', lines: ['before', 'the reason'], why: 'the reason' }

  test('of a known cause has its code, its sentence and its hint, and the step’s own lines', () => {
    const why = 'write x: no space left on device'
    expect(buildFailed({ ...end, why, lines: ['before', why] }, diagnose(['before', why]))).toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(
        /^docker build failed at Step 2\/2 : RUN x: write x: no space left on device \(A disk is full/,
      ),
      hint: expect.stringMatching(/^Free room .*The step’s last lines:\nbefore\nwrite x: no space left on device$/),
    })
  })

  test('of any other is build-failed', () => {
    expect(buildFailed(end, undefined)).toMatchObject({
      code: 'build-failed',
      message: 'docker build failed at Step 2/2 : RUN x: the reason',
      hint: 'The step’s last lines:\nbefore\nthe reason',
    })
    expect(buildFailed({ ...end, step: undefined }, undefined).message).toBe('docker build failed: the reason')
  })
})
