import path from 'node:path'

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const pattern = new RegExp(`^(${uuid})(?:\\.(${uuid}))?\\.jsonl$`)

/** Where the journals of all runs lie. */
export function journalFolder(root: string): string {
  return path.join(root, 'journal')
}

/** `<run>.jsonl`, and `<run>.<claim>.jsonl` while another process finishes it: the last part names the owner. */
export function fileName(run: string, claim?: string): string {
  return claim === undefined ? `${run}.jsonl` : `${run}.${claim}.jsonl`
}

/** What a journal's name says; `undefined` for another file's. */
export function readFileName(file: string): { readonly run: string; readonly claim: string | undefined } | undefined {
  const [, run, claim] = pattern.exec(path.basename(file)) ?? []
  return run === undefined ? undefined : { run, claim }
}
