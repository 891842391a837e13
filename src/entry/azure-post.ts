import { azureHost } from '../host/azure.ts'
import { runUndo } from '../undo.ts'

await runUndo(await azureHost())
