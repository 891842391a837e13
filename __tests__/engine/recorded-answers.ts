/** What `docker … inspect` answered on engines of two ages, cut down to a readable length. */
import { syntheticKey } from '../support/synthetic-key.ts'

const labels = { 'io.github.shir-container.shir-version': '5.70.9748.2' }
const test = ['CMD', 'powershell', 'C:/SHIR/health-check.ps1']

/** Docker 20.10.24 for Linux containers (here). */
export const image20 = {
  Id: 'sha256:4f1ac0a5c9cfcf6f7f9c6b84e1a19d2f5f6f3a4a8f4b1a8e8f0f7b3c8a9d0e1f',
  RepoTags: ['127.0.0.1:5000/shir:1'],
  RepoDigests: ['127.0.0.1:5000/shir@sha256:0c5b1d8c0f9f3ab1d3a2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0'],
  Parent: 'sha256:01',
  ContainerConfig: { Healthcheck: { Test: test } },
  DockerVersion: '20.10.24+dfsg1',
  Config: { Env: ['PATH=/bin'], Healthcheck: { Test: test, Interval: 30_000_000_000, Retries: 3 }, Labels: labels },
  Architecture: 'amd64',
  Os: 'linux',
  Size: 2_000_000,
}

/** Docker 29.1 for Windows containers (documented; the containerd image store has no Parent and no ContainerConfig). */
export const image29 = {
  Id: 'sha256:5f1ac0a5c9cfcf6f7f9c6b84e1a19d2f5f6f3a4a8f4b1a8e8f0f7b3c8a9d0e1f',
  RepoTags: ['registry.example/shir:1'],
  RepoDigests: ['registry.example/shir@sha256:5f1ac0a5c9cfcf6f7f9c6b84e1a19d2f5f6f3a4a8f4b1a8e8f0f7b3c8a9d0e1f'],
  Config: { Healthcheck: { Test: test, StartInterval: 20_000_000_000 }, Labels: labels },
  Architecture: 'amd64',
  Os: 'windows',
  OsVersion: '10.0.20348.5499',
  Descriptor: { mediaType: 'application/vnd.oci.image.manifest.v1+json' },
}

/** A container that was restarted: two probes of its first life, two of its present one. */
export const container20 = {
  Id: '9'.repeat(64),
  Name: '/shir-1',
  Image: image20.Id,
  RestartCount: 2,
  State: {
    ...{ Status: 'running', Running: true, Paused: false, Restarting: false, OOMKilled: false, Dead: false, Pid: 77 },
    ...{ ExitCode: 0, Error: '', StartedAt: '2026-11-23T00:43:28.036663857Z', FinishedAt: '2026-11-23T00:43:27.9Z' },
    Health: {
      Status: 'starting',
      FailingStreak: 0,
      Log: [
        probe('2026-11-23T00:42:00.000000001Z', 0, 'Connected\r\n'),
        probe('2026-11-23T00:43:20.5Z', 1, 'Disconnected'),
        probe('2026-11-23T00:43:58.04+00:00', 1, '\nConnecting\n'),
        probe('2026-11-23T00:44:28.1Z', -1, 'Health check exceeded timeout (30s)'),
      ],
    },
  },
  Config: { Hostname: 'shir-ab12-1', Env: [`AUTH_KEY=${syntheticKey}`, 'NODE_NAME=node-1', 'PATH=/bin'], Labels: labels },
}

/** As newer engines write the same: other digits of time, and the machine's own offset. */
export const container29 = {
  ...container20,
  State: {
    ...container20.State,
    StartedAt: '2026-11-23T01:43:28.0366638+01:00',
    Health: {
      Status: 'starting',
      FailingStreak: 2,
      Log: [
        probe('2026-11-23T01:43:20.5123456+01:00', 0, 'Connected'),
        probe('2026-11-23T01:43:58.0400123+01:00', 1, 'Connecting\r\n'),
        probe('2026-11-23T01:44:28.1+01:00', -1, 'Health check exceeded timeout (30s)'),
      ],
    },
  },
}

function probe(Start: string, ExitCode: number, Output: string) {
  return { Start, End: Start, ExitCode, Output }
}
