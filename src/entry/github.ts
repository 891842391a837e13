import { fileURLToPath } from 'node:url'
import { githubHost } from '../host/github.ts'
import { runStep } from '../step.ts'

const at = (place: string) => fileURLToPath(new URL(place, import.meta.url))

await runStep(githubHost(at('./github-cache.mjs')), at('../container'))
