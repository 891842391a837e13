import type { Image, Installer, JudgedNode, Support } from '../../src/contract/values.ts'
import type { Story } from '../../src/report/summary.ts'

export const installer: Installer = {
  planned: false,
  version: '5.70.9748.2',
  sha256: 'a'.repeat(64),
  path: '/tools/shir/x.msi',
  size: 9_728,
  cacheHit: false,
  cacheKey: 'shir-5.70.9748.2-aaaaaaaaaaaaaaaa',
  signer: undefined,
  proofs: ['ProductVersion 5.70.9748.2', 'SHA-256 computed'],
  source: 'https://files.example/x.msi',
}

export const support: Support = { version: '5.70.9748.2', since: '2026-10-01', expires: '2027-10-01', isEstimate: false }

export const image: Image = {
  planned: false,
  reference: 'registry.example/shir:5.70',
  id: `sha256:${'b'.repeat(64)}`,
  digest: undefined,
  built: true,
  isNew: true,
  os: 'windows',
  osVersion: '10.0.20348.1',
  hasHealthCheck: true,
  shirVersion: '5.70.9748.2',
  metadata: {
    ...{ shirVersion: '5.70.9748.2', msiSha256: 'a'.repeat(64), signer: 'Microsoft Corporation', jdk: '' },
    ...{ base: 'mcr.example/windows:ltsc2022', baseDigest: `sha256:${'c'.repeat(64)}`, os: 'windows', osVersion: '10.0.20348.1' },
    fingerprint: 'f'.repeat(64),
  },
}

/** A node that passed its gate, but for what is said. */
export function judged(
  number: number,
  verdict: Partial<JudgedNode['verdict']> = {},
  node: Partial<JudgedNode['node']> = {},
): JudgedNode {
  return {
    node: {
      planned: false,
      name: `node-${number}`,
      container: `shir-${number}`,
      id: `${number}`.repeat(64),
      version: '5.70.9748.2',
      ...node,
    },
    verdict: {
      ...{ outcome: 'healthy', reason: undefined, message: 'healthy', hint: undefined },
      ...{ status: 'running', health: 'healthy', probes: [], lines: [] },
      ...verdict,
    },
  }
}

export function story(parts: Partial<Story> = {}): Story {
  return {
    ...{
      mode: 'run',
      dryRun: false,
      installer,
      support: undefined,
      image,
      context: 'the built-in context',
      base: 'mcr.example/windows:ltsc2022',
    },
    ...{ buildTimes: [], nodes: [judged(1)], spans: [], failure: undefined, warnings: [] },
    ...parts,
  }
}
