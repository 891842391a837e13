import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  githubHost
} from "./chunks/chunk-BR64K7VA.mjs";
import {
  claimOwn,
  decideCleanup,
  finish,
  guard,
  jobEndLimitMs,
  maskInputs,
  messageOf,
  parseInputs,
  tidying,
  watchCancel
} from "./chunks/chunk-NRQQPWO2.mjs";
import "./chunks/chunk-FL6JODPL.mjs";
import "./chunks/chunk-56V33UBE.mjs";

// src/undo.ts
async function runUndo(anyHost) {
  const host = guard(anyHost);
  const file = host.state.load();
  if (file === void 0) return host.log("Nothing was begun, nothing is owed.");
  try {
    await tellCleanup(host);
    await tidying(host, jobEndLimitMs, watchCancel(host), async (tidier) => {
      const journal = await awaitOwn(file, tidier);
      if (journal === void 0) return host.log("Nothing is owed.");
      await finish(journal, "The step", true, tidier);
    });
  } catch (error) {
    host.log(`The journal could not be read: ${messageOf(error)}`);
  }
}
async function awaitOwn(file, host) {
  for (let told = false; ; told = true) {
    const journal = await claimOwn(file, host);
    if (journal !== "taken") return journal;
    if (!told) host.log("Another run on this machine is finishing what this step owes.");
    await host.clock.sleep(1e3, host.signal);
    if (host.signal.aborted) return void 0;
  }
}
async function tellCleanup(host) {
  maskInputs(host);
  const inputs = await parseInputs(host.inputs, host.spell).then(
    (asked) => asked.inputs,
    () => void 0
  );
  const sentence = inputs?.mode === "run" ? decideCleanup(inputs, host).sentence : void 0;
  if (sentence) host.log(sentence);
}

// src/entry/github-post.ts
await runUndo(githubHost());
