import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  cancelSignal,
  isMachineVariable,
  kebab,
  keys,
  machineId,
  onlyVariables,
  systemClock,
  takeInputVariables
} from "./chunk-LJ2YBOX6.mjs";
import {
  messageOf
} from "./chunk-YTMUZ7PI.mjs";
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
import path2 from "node:path";

// src/host/github-cache.ts
import { fork, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
function githubCache(program, machine) {
  return {
    find: (key, prefixes, folder, signal) => ask(program, machine, { kind: "find", key, prefixes, folder }, signal),
    restore: (key, folder, signal) => ask(program, machine, { kind: "restore", key, prefixes: [], folder }, signal),
    save: (key, folder, signal) => ask(program, machine, { kind: "save", key, prefixes: [], folder }, signal)
  };
}
var libraryVariables = /* @__PURE__ */ new Set([
  "ACTIONS_CACHE_MODE",
  "ACTIONS_CACHE_SERVICE_V2",
  "ACTIONS_CACHE_URL",
  "ACTIONS_ORCHESTRATION_ID",
  "ACTIONS_RESULTS_URL",
  "ACTIONS_RUNTIME_TOKEN",
  "CACHE_UPLOAD_CHUNK_SIZE",
  "CACHE_UPLOAD_CONCURRENCY",
  "GITHUB_REF",
  "GITHUB_SERVER_URL",
  "RUNNER_DEBUG",
  "SEGMENT_DOWNLOAD_TIMEOUT_MINS",
  "NODE_EXTRA_CA_CERTS",
  "NODE_USE_SYSTEM_CA"
]);
async function ask(program, machine, request, signal) {
  if (signal.aborted) return { key: void 0, why: void 0 };
  let child;
  try {
    child = start(program, machine, request);
  } catch (error2) {
    return { key: void 0, why: messageOf(error2) };
  }
  return answerOf(child, machine, signal);
}
function start(program, { platform, environment }, request) {
  const cwd = path.dirname(request.folder);
  const passed = onlyVariables(environment, (name) => isMachineVariable(name) || libraryVariables.has(name.toUpperCase()));
  return fork(program, [JSON.stringify(request)], {
    cwd,
    env: { ...passed, GITHUB_WORKSPACE: cwd, RUNNER_TEMP: cwd },
    // A group of its own, so that it can be ended with its tar.
    detached: platform !== "win32",
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"]
  });
}
function answerOf(child, machine, signal) {
  return new Promise((resolve) => {
    const words = listen(child);
    const stop = () => end(child, machine);
    signal.addEventListener("abort", stop, { once: true });
    let answer;
    child.on("message", (message) => {
      answer = message;
    });
    const finish = (why) => {
      signal.removeEventListener("abort", stop);
      resolve({ key: answer?.key, why: answer?.key === void 0 ? why : void 0 });
    };
    child.on("error", (error2) => finish(error2.message));
    child.once("close", (code) => finish(words.last() ?? (answer === void 0 ? `its process ended with ${code}` : void 0)));
  });
}
function listen(child) {
  const masked = [];
  let last;
  const hear = (line) => {
    const [, command, said = ""] = /^::([\w-]+)(?: [^:]*)?::(.*)$/.exec(line) ?? [];
    if (command === "add-mask") masked.push(commandValue(said));
    else if (command !== "debug" && !/^(?:\[command\]|Cache (?:hit|Size|restored|saved)|Lookup only|Received |Sent )/.test(line) && line.trim() !== "")
      last = command === void 0 ? line : commandValue(said);
  };
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on("line", hear);
  return {
    last: () => {
      const [sentence] = masked.reduce((text, value) => text?.replaceAll(value, "***"), last)?.split("\n") ?? [];
      return sentence?.trim().replace(/\.$/, "");
    }
  };
}
function commandValue(text) {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
function end(child, { platform, environment }) {
  for (const stream of [child.stdout, child.stderr]) stream?.destroy();
  child.unref();
  if (child.pid === void 0) return;
  const itself = () => void child.kill("SIGKILL");
  if (platform === "win32") {
    const program = path.join(environment.SystemRoot ?? "C:\\Windows", "System32", "taskkill.exe");
    const taskkill = spawn(program, ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" });
    taskkill.once("error", itself).once("exit", itself);
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    itself();
  }
}

// src/host/github.ts
var stateName = "journal";
function githubHost(cacheProgram) {
  const inputs = Object.fromEntries(
    Object.entries(takeInputVariables()).map(([name, value]) => [keyOf(name.toLowerCase()), value])
  );
  const { env, platform } = process;
  const environment = { ...env };
  return {
    inputs,
    spell: kebab,
    machine: {
      name: os.hostname(),
      // and not the runner's: there may be several on one machine
      id: machineId(),
      isEphemeral: env.RUNNER_ENVIRONMENT === "github-hosted",
      platform,
      temp: env.RUNNER_TEMP ?? os.tmpdir(),
      tools: env.RUNNER_TOOL_CACHE ?? path2.join(os.tmpdir(), "tools"),
      workspace: env.GITHUB_WORKSPACE ?? process.cwd()
    },
    // The runner's own name for the job: GITHUB_JOB is the same for all jobs of a matrix.
    run: {
      id: env.GITHUB_RUN_ID ?? "unknown",
      job: env.RUNNER_TRACKING_ID ?? "unknown",
      url: runUrl(env),
      source: repositoryUrl(env),
      commit: env.GITHUB_SHA || void 0
    },
    signal: cancelSignal(),
    clock: systemClock,
    environment,
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
      const { find } = await import("./tool-cache-XNBPZAVF.mjs");
      return find(name, version, arch) || void 0;
    },
    // Where the machine stays, its own store is nearer.
    cacheService: cacheProgram !== void 0 && env.RUNNER_ENVIRONMENT === "github-hosted" ? githubCache(cacheProgram, { platform, environment }) : void 0,
    fail: () => {
      process.exitCode = ExitCode.Failure;
    }
  };
}
function keyOf(name) {
  return keys.find((key) => kebab(key) === name) ?? name;
}
function repositoryUrl({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository }) {
  return server && repository ? `${server}/${repository}` : void 0;
}
function runUrl(env) {
  const repository = repositoryUrl(env);
  return repository && env.GITHUB_RUN_ID ? `${repository}/actions/runs/${env.GITHUB_RUN_ID}` : void 0;
}

export {
  githubHost
};
