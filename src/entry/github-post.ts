import { githubHost } from '../host/github.ts'
import { runUndo } from '../undo.ts'

await runUndo(githubHost())
