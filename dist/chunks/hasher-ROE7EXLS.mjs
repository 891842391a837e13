import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  sha256OfFile
} from "./chunk-PNNYL4PD.mjs";
import "./chunk-YTMUZ7PI.mjs";
import "./chunk-56V33UBE.mjs";

// src/installer/download/hasher.ts
import path from "node:path";
import { Worker } from "node:worker_threads";
var stepBytes = 8 * 1024 * 1024;
var worker = new URL(`./hash-worker${path.extname(import.meta.url)}`, import.meta.url);
function hasherOf(file, signal) {
  let told = 0;
  const thread = new Worker(worker, { workerData: file });
  const closed = new AbortController();
  const outcome = new Promise((resolve) => {
    thread.once("message", (sha256) => resolve(sha256));
    thread.once("error", () => resolve(void 0));
    thread.once("exit", () => resolve(void 0));
    signal.addEventListener("abort", () => resolve(void 0), { once: true, signal: closed.signal });
  });
  return {
    advance: (to) => {
      if (to - told < stepBytes) return;
      told = to;
      thread.postMessage({ to, isLast: false });
    },
    digest: async (size) => {
      thread.postMessage({ to: size, isLast: true });
      return await outcome ?? sha256OfFile(file, signal);
    },
    close: () => {
      closed.abort();
      void thread.terminate();
    }
  };
}
function plainHasher(file, signal) {
  return { advance: () => {
  }, digest: () => sha256OfFile(file, signal), close: () => {
  } };
}
export {
  hasherOf,
  plainHasher
};
