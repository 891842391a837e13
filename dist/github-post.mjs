import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  githubHost
} from "./chunks/chunk-W3JL2IHR.mjs";
import {
  claimOwn,
  decideCleanup,
  finish,
  guard,
  jobEndLimitMs,
  maskInputs,
  parseInputs,
  tidying,
  watchCancel
} from "./chunks/chunk-LJ2YBOX6.mjs";
import "./chunks/chunk-BNOLA3G2.mjs";
import "./chunks/chunk-DISHIYYY.mjs";
import {
  messageOf
} from "./chunks/chunk-YTMUZ7PI.mjs";
import "./chunks/chunk-FL6JODPL.mjs";
import "./chunks/chunk-56V33UBE.mjs";

// src/undo.ts
async function runUndo(anyHost) {
  const host = guard(anyHost);
  const file = host.state.load();
  if (file === void 0) return host.log("Nothing was begun, nothing is owed.");
  const cancel = watchCancel(host);
  try {
    maskInputs(host);
    await tellCleanup(host);
    await tidying(host, jobEndLimitMs, cancel, async (bounded) => {
      const journal = await awaitOwn(file, bounded);
      if (journal === void 0) return host.log("Nothing is owed.");
      if (journal === "taken") return host.log("It has not finished yet; what it leaves is for the next run.");
      await finish(journal, "The step", true, bounded);
    });
  } catch (error) {
    host.log(`What the step owes could not be finished: ${messageOf(error)}`);
  } finally {
    cancel.end();
  }
}
async function awaitOwn(file, host) {
  for (let told = false; ; told = true) {
    const journal = await claimOwn(file, host);
    if (journal !== "taken") return journal;
    if (!told) host.log("Another run on this machine is finishing what this step owes.");
    await host.clock.sleep(1e3, host.signal);
    if (host.signal.aborted) return "taken";
  }
}
async function tellCleanup(host) {
  const inputs = await parseInputs(host.inputs, host.spell).then(
    (asked) => asked.inputs,
    () => void 0
  );
  const sentence = inputs?.mode === "run" ? decideCleanup(inputs, host).sentence : void 0;
  if (sentence) host.log(sentence);
}

// src/entry/github-post.ts
await runUndo(githubHost());
