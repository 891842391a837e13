import { fileURLToPath } from 'node:url'
import { githubHost } from '../host/github.ts'
import { runStep } from '../step.ts'

await runStep(githubHost(), fileURLToPath(new URL('../container', import.meta.url)))
