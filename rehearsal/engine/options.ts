/** What an embedded engine pretends to be. */
export interface EngineOptions {
  readonly os: 'windows' | 'linux'
  /** Windows: `10.0.20348` or with its revision, `10.0.20348.5499`. Linux: the distribution's, `12`. */
  readonly osVersion: string
  /** `1.41` to the newest; health checks have a start interval from 1.44 on. */
  readonly apiVersion: string
  /** The engine's, such as `29.1.5`. */
  readonly version: string
  /** Container time runs this much faster than wall time. Timestamps stay in wall time. */
  readonly speed: number
  /**
   * So many pushes are refused before the first is taken: by a registry that is down (503), or asks for less (429). At once, where the
   * real engine tries five times by itself.
   */
  readonly pushRefusals?: { readonly count: number; readonly status: 429 | 503 }
}

/** True where the engine's API is `minor` of version 1 or newer. */
export function speaksApi(options: EngineOptions, minor: number): boolean {
  return Number(options.apiVersion.split('.')[1]) >= minor
}
