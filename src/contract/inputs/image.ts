import { input } from '../input.ts'
import { choice, flag, lines, localPath, pairs, publicAddress, sha256, text } from '../kinds.ts'

/** A docker image reference: registry, path, tag, digest (the grammar of distribution/reference). It can begin with no dash. */
const reference =
  /^(?=.{1,255}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::\d{1,5})?\/)?[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/

/** Inputs about the image: what it is called, what it is built from. */
export const imageInputs = {
  image: input({
    kind: lines('an image reference a line, such as registry.example/shir:5.70', reference),
    otherwise: '`shir:` and the version',
    group: 'image',
    modes: ['build', 'run'],
    label: 'Image',
    help: 'The references to build, one a line; the first is the output. In `run` without anything to build: the image to use.',
  }),
  push: input({
    kind: flag(),
    default: false,
    group: 'image',
    modes: ['build', 'run'],
    label: 'Push',
    help: 'Pushes every reference after the build. Log in to the registry beforehand.',
  }),
  baseImage: input({
    kind: text('an image reference', reference),
    otherwise: 'what the Dockerfile says (built-in: `mcr.microsoft.com/windows/servercore:ltsc2022`)',
    group: 'image',
    modes: ['build', 'run'],
    label: 'Base image',
    help: 'The Windows base, by tag or digest. A Dockerfile of your own must declare `ARG BASE_IMAGE`.',
  }),
  buildContext: input({
    kind: localPath('a folder'),
    otherwise: 'the built-in context',
    group: 'image',
    modes: ['build', 'run'],
    label: 'Build context',
    help: 'Your own Docker context instead of the built-in one. It is copied, never changed. An installer in its `SHIR` folder is used.',
  }),
  dockerfile: input({
    kind: localPath('a file'),
    otherwise: '`Dockerfile`',
    group: 'image',
    modes: ['build', 'run'],
    label: 'Dockerfile',
    help: 'Your own Dockerfile: a path inside `buildContext`, or, without one, a file that replaces the built-in Dockerfile.',
  }),
  buildArgs: input({
    mayHoldSecret: true,
    kind: pairs('a NAME=value a line', /^[A-Za-z_][A-Za-z0-9_]*$/),
    group: 'image',
    modes: ['build', 'run'],
    label: 'Build arguments',
    help: 'Further build arguments, one `NAME=value` a line; each must be declared by an `ARG` of the Dockerfile. Never put a secret here: images keep them.',
  }),
  labels: input({
    kind: pairs('a name=value a line', /^[A-Za-z0-9][A-Za-z0-9._/-]*$/),
    group: 'image',
    modes: ['build', 'run'],
    label: 'Labels',
    help: 'Further labels of the image, one `name=value` a line.',
  }),
  installJdk: input({
    kind: flag(),
    default: false,
    group: 'image',
    modes: ['build', 'run'],
    label: 'Install a JDK',
    help: 'Puts a JDK into the image, which SHIR needs for Parquet, ORC and Avro. A Dockerfile of your own must declare `ARG INSTALL_JDK`.',
  }),
  jdkUrl: input({
    // One that holds a credential is refused, and not repeated.
    mayHoldSecret: true,
    kind: publicAddress(),
    otherwise: 'what the Dockerfile says',
    group: 'image',
    modes: ['build', 'run'],
    label: 'JDK address',
    help: 'Where the build fetches the JDK; needs `jdkSha256`. It stays readable in the image’s history. Passed as `JDK_URL`.',
  }),
  jdkSha256: input({
    kind: sha256(),
    otherwise: 'what the Dockerfile says',
    group: 'image',
    modes: ['build', 'run'],
    label: 'JDK SHA-256',
    help: 'The JDK at `jdkUrl` must have this hash. Passed as `JDK_SHA256`.',
  }),
  certificates: input({
    kind: localPath('a folder'),
    group: 'image',
    modes: ['build', 'run'],
    label: 'Certificates',
    help: 'A folder whose `.cer` files the image is to trust. A Dockerfile of your own must declare `ARG INSTALL_CERT` and copy `SHIR`.',
  }),
  extras: input({
    kind: localPath('a folder'),
    group: 'image',
    modes: ['build', 'run'],
    label: 'Extras',
    help: 'A folder that holds `extra.ps1`: all of it is copied into the image’s `SHIR` folder, and the script runs last in the build. Not with `buildContext`.',
  }),
  isolation: input({
    kind: choice('default', 'process', 'hyperv'),
    default: 'default',
    group: 'image',
    modes: ['build', 'run'],
    label: 'Isolation',
    help: 'How Windows isolates the build and the nodes; `default` leaves it to the engine. Under Hyper-V the build gets 4 GB and each node 8 GB where `memory` says nothing.',
  }),
  installerDelivery: input({
    kind: choice('auto', 'serve', 'copy'),
    default: 'auto',
    group: 'image',
    modes: ['build', 'run'],
    label: 'Installer delivery',
    help: 'How the build gets the installer. `serve` offers it over HTTP on this machine to the one step that installs it, so that no layer holds it; the Dockerfile must declare `ARG INSTALLER_URL`. `copy` puts it into the context. `auto` serves where it can, and copies else.',
  }),
  rebuild: input({
    kind: flag(),
    default: false,
    group: 'image',
    modes: ['build', 'run'],
    label: 'Rebuild',
    help: 'Builds even where an image of the same fingerprint is there already.',
  }),
} as const
