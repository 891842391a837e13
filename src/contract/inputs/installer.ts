import { input } from '../input.ts'
import { choice, flag, httpsAddress, localPath, sha256, text } from '../kinds.ts'
import { oldestVersion } from '../version.ts'

/** Inputs about the installer: which one, from where, kept where. */
export const installerInputs = {
  shirVersion: input({
    kind: text(
      `stable, latest, or a version such as 5.70.9748.2, not older than ${oldestVersion}`,
      /^(?:stable|latest|(?:0|[1-9]\d{0,4})(?:\.(?:0|[1-9]\d{0,4})){3})$/,
    ),
    default: 'stable',
    group: 'installer',
    modes: ['build', 'run'],
    label: 'SHIR version',
    help: '`stable` is the version that Microsoft pushes to nodes, `latest` the newest in the Download Center that was not withdrawn; or an exact version.',
  }),
  msiUrl: input({
    mayHoldSecret: true,
    variable: { name: 'SHIR_MSI_URL', help: 'The same as --msi-url, for an address with a token: the process list shows flags.' },
    kind: httpsAddress(),
    group: 'installer',
    modes: ['build', 'run'],
    label: 'Installer address',
    help: 'Where to fetch the installer instead of Microsoft’s servers. User name, password and query (a SAS token) are treated as secrets.',
  }),
  msiPath: input({
    kind: localPath('a file'),
    group: 'installer',
    modes: ['build', 'run'],
    label: 'Installer file',
    help: 'An installer that already lies on this machine.',
  }),
  msiSha256: input({
    kind: sha256(),
    group: 'installer',
    modes: ['build', 'run'],
    label: 'Installer SHA-256',
    help: 'The installer must have this hash, which is proof enough: the signature is then not checked. Without it, the hash that is known of its version, where there is one.',
  }),
  verifySignature: input({
    kind: flag(),
    default: true,
    group: 'installer',
    modes: ['build', 'run'],
    label: 'Verify signature',
    help: 'The installer must carry Microsoft’s signature. `false` takes what comes, and is warned of each time.',
  }),
  cache: input({
    kind: choice('auto', 'local', 'off'),
    default: 'auto',
    group: 'installer',
    modes: ['build', 'run'],
    label: 'Cache',
    help: 'Where a downloaded installer is kept: `auto` on this machine, and in GitHub’s cache service where GitHub hosts the machine; `local` on this machine alone; `off` nowhere.',
  }),
  cacheDir: input({
    kind: localPath('a folder'),
    otherwise: 'the machine’s tool folder',
    group: 'installer',
    modes: ['build', 'run', 'remove'],
    label: 'Cache folder',
    help: 'Where installers are kept between runs, and what killed runs left is written down. On Azure Pipelines name a folder that the task Cache@2 keeps.',
  }),
} as const
