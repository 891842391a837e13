/**
 * The values that travel between rooms. Plain, readonly, complete: no room reaches back for more. `planned` marks what a dry
 * run returns, in which unknown texts stand in angle brackets and are only ever printed.
 */

import type { Variable } from './environment.ts'
import type { Pair } from './kinds.ts'
import type { ReasonCode } from './reasons.ts'

/** A SHIR installer whose bytes were proven. */
export interface Installer {
  readonly planned: boolean
  /** Four parts: `5.70.9748.2`. */
  readonly version: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
  readonly path: string
  /** Bytes; 0 where planned. */
  readonly size: number
  readonly cacheHit: boolean
  readonly cacheKey: string
  /** The subject whose signature was found valid; `undefined` where none was checked. */
  readonly signer: string | undefined
  /** What was proven, in words for the log and the summary. */
  readonly proofs: readonly string[]
  /** Where it came from, in words; never a secret. */
  readonly source: string
}

/** Until when Microsoft supports a version. Days are `YYYY-MM-DD`. */
export interface Support {
  readonly version: string
  /** The day that counts: its publication, or, estimated, the day on which it was built; `undefined` where neither is known. */
  readonly since: string | undefined
  /** One year after that. */
  readonly expires: string | undefined
  readonly isEstimate: boolean
}

/** What an image is made of, as its labels and the engine tell; an empty text where nothing is known. */
export interface ImageMetadata {
  readonly shirVersion: string
  readonly msiSha256: string
  /** Whose signature the installer had when it was proven. */
  readonly signer: string
  /** The package of the JDK that was put in. */
  readonly jdk: string
  readonly base: string
  readonly baseDigest: string
  readonly os: string
  readonly osVersion: string
  readonly fingerprint: string
}

/** What `docker image inspect` tells of an image, and what is asked of it later. */
export interface Image {
  readonly planned: boolean
  readonly reference: string
  readonly id: string
  readonly digest: string | undefined
  readonly built: boolean
  /** The build made it; false where the engine had an image of this id already. */
  readonly isNew: boolean
  readonly os: string
  readonly osVersion: string | undefined
  readonly hasHealthCheck: boolean
  /** From our label; undefined for foreign images. */
  readonly shirVersion: string | undefined
  readonly metadata: ImageMetadata
}

/** A step of an image's build, and how long it took: one instruction of its Dockerfile. */
export interface BuildTime {
  /** From 1. */
  readonly step: number
  readonly of: number
  /** As it stands in the Dockerfile; foreign text. */
  readonly instruction: string
  readonly ms: number
}

/** In the order in which they ran. */
export type BuildTimes = readonly BuildTime[]

/** One node to be started, everything decided. */
export interface NodePlan {
  readonly name: string
  readonly container: string
  readonly hostname: string
  readonly variables: readonly Variable[]
  readonly labels: readonly Pair[]
  readonly restartPolicy: string
  /** `undefined` where the engine decides. */
  readonly isolation: 'process' | 'hyperv' | undefined
  readonly memory: string | undefined
  readonly cpus: string | undefined
  readonly network: string | undefined
  /** Where that network is one that is made for these nodes. */
  readonly ownNetwork: { readonly name: string; readonly labels: readonly Pair[] } | undefined
  readonly volumes: readonly string[]
}

/** A container that is, or should become, a node. */
export interface Node {
  readonly planned: boolean
  readonly name: string
  readonly container: string
  readonly id: string
  /** SHIR's, as the image's label tells it; `undefined` for foreign images. */
  readonly version: string | undefined
}

export interface Probe {
  readonly startedAt: string
  readonly exitCode: number
  readonly output: string
}

/** What was seen of a node at one moment. */
export type Observation =
  | { readonly kind: 'planned' }
  | { readonly kind: 'gone'; readonly atMs: number }
  | { readonly kind: 'silent'; readonly atMs: number; readonly why: string }
  | {
      readonly kind: 'seen'
      /** By the host's clock. */
      readonly atMs: number
      /** Docker's word: created, running, restarting, paused, exited, dead, removing. */
      readonly status: string
      readonly exitCode: number
      readonly restartCount: number
      /** Docker's word: starting, healthy, unhealthy; `undefined` where the container has no health check. */
      readonly health: string | undefined
      /** Probes of the present start only, oldest first. */
      readonly probes: readonly Probe[]
      /** Log lines that no earlier observation had. */
      readonly lines: readonly string[]
    }

export interface Verdict {
  readonly outcome: 'healthy' | 'failed' | 'skipped'
  /** Set exactly when the outcome is `failed`. */
  readonly reason: ReasonCode | undefined
  /** One sentence. */
  readonly message: string
  /** What to do next; where there is something to do. */
  readonly hint: string | undefined
  /** Docker's last words for it, for the `nodes` output. */
  readonly status: string
  readonly health: string
  /** The last answers of the health check and the last log lines; foreign text. */
  readonly probes: readonly Probe[]
  readonly lines: readonly string[]
}

/** A node with its verdict. */
export interface JudgedNode {
  readonly node: Node
  readonly verdict: Verdict
  /** A node of an earlier run, left as it is. */
  readonly isKept?: boolean
}
