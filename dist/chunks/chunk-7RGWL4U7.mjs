import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  cancelSignal,
  kebab,
  keys,
  machineId,
  systemClock,
  takeInputVariables
} from "./chunk-242EST7P.mjs";
import {
  ExitCode,
  error,
  getState,
  group,
  info,
  saveState,
  setOutput,
  setSecret,
  summary,
  warning
} from "./chunk-FL6JODPL.mjs";

// src/host/github.ts
import os from "node:os";
import path from "node:path";
var stateName = "journal";
function githubHost() {
  const inputs = Object.fromEntries(
    Object.entries(takeInputVariables()).map(([name, value]) => [keyOf(name.toLowerCase()), value])
  );
  const { env } = process;
  return {
    inputs,
    spell: kebab,
    machine: {
      name: os.hostname(),
      // and not the runner's: there may be several on one machine
      id: machineId(),
      isEphemeral: env.RUNNER_ENVIRONMENT === "github-hosted",
      platform: process.platform,
      temp: env.RUNNER_TEMP ?? os.tmpdir(),
      tools: env.RUNNER_TOOL_CACHE ?? path.join(os.tmpdir(), "tools"),
      workspace: env.GITHUB_WORKSPACE ?? process.cwd()
    },
    // The runner's own name for the job: GITHUB_JOB is the same for all jobs of a matrix.
    run: { id: env.GITHUB_RUN_ID ?? "unknown", job: env.RUNNER_TRACKING_ID ?? "unknown", url: runUrl(env) },
    signal: cancelSignal(),
    clock: systemClock,
    environment: { ...env },
    log: info,
    group,
    annotate: ({ level, title, message }) => (level === "error" ? error : warning)(message, { title }),
    progress: () => {
    },
    // GitHub has no progress bar; the groups tell
    mask: setSecret,
    output: (name, value) => setOutput(kebab(name), value),
    summary: async (markdown) => {
      if (env.GITHUB_STEP_SUMMARY) await summary.addRaw(markdown, true).write();
    },
    state: {
      load: () => getState(stateName) || void 0,
      save: (value) => saveState(stateName, value)
    },
    findTool: async (name, version, arch) => {
      if (!env.RUNNER_TOOL_CACHE) return void 0;
      const { find } = await import("./tool-cache-M535YLQE.mjs");
      return find(name, version, arch) || void 0;
    },
    fail: () => {
      process.exitCode = ExitCode.Failure;
    }
  };
}
function keyOf(name) {
  return keys.find((key) => kebab(key) === name) ?? name;
}
function runUrl({
  GITHUB_SERVER_URL: server,
  GITHUB_REPOSITORY: repository,
  GITHUB_RUN_ID: id
}) {
  return server && repository && id ? `${server}/${repository}/actions/runs/${id}` : void 0;
}

export {
  githubHost
};
