import { fileURLToPath } from 'node:url'
import { azureHost } from '../host/azure.ts'
import { runStep } from '../step.ts'

await runStep(await azureHost(), fileURLToPath(new URL('./container', import.meta.url)))
