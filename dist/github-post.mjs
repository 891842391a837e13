import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  githubHost
} from "./chunks/chunk-RYNKTD2D.mjs";
import {
  guard,
  payDebts,
  readJournal
} from "./chunks/chunk-NSU5RRBN.mjs";
import "./chunks/chunk-FL6JODPL.mjs";
import "./chunks/chunk-56V33UBE.mjs";

// src/undo.ts
async function runUndo(anyHost) {
  const host = guard(anyHost);
  const file = host.state.load();
  if (file === void 0) return host.log("Nothing was begun, nothing is owed.");
  try {
    const journal = await readJournal(file, host);
    const owed = journal.owed().length;
    if (owed === 0) return host.log("Nothing is owed.");
    host.log(`The step ended early and owes ${owed} ${owed === 1 ? "thing" : "things"}.`);
    await payDebts(journal, host);
    await journal.close();
  } catch (error) {
    host.log(`The journal could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

// src/entry/github-post.ts
await runUndo(githubHost());
