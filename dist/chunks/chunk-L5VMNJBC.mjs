import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  cancelSignal,
  kebab,
  keys,
  machineId,
  systemClock,
  takeInputVariables
} from "./chunk-QSNHM76R.mjs";
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
function githubCache(program) {
  return {
    find: (key, prefixes, folder, signal) => ask(program, { kind: "find", key, prefixes, folder }, signal),
    restore: (key, folder, signal) => ask(program, { kind: "restore", key, prefixes: [], folder }, signal),
    save: (key, folder, signal) => ask(program, { kind: "save", key, prefixes: [], folder }, signal)
  };
}
function ask(program, request, signal) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ key: void 0, why: void 0 });
    const cwd = path.dirname(request.folder);
    const env = { ...process.env, GITHUB_WORKSPACE: cwd, RUNNER_TEMP: cwd };
    const detached = process.platform !== "win32";
    const child = fork(program, [JSON.stringify(request)], {
      cwd,
      env,
      detached,
      execArgv: [],
      stdio: ["ignore", "pipe", "pipe", "ipc"]
    });
    const words = listen(child);
    const stop = () => end(child);
    signal.addEventListener("abort", stop, { once: true });
    let answer;
    child.on("message", (message) => {
      answer = message;
    });
    child.once("exit", () => {
      if (signal.aborted) for (const stream of [child.stdout, child.stderr]) stream?.destroy();
    });
    const finish = (why) => {
      signal.removeEventListener("abort", stop);
      resolve({ key: answer?.key, why: answer?.key === void 0 ? why : void 0 });
    };
    child.once("error", (error2) => finish(error2.message));
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
function end(child) {
  if (child.pid === void 0) return;
  if (process.platform === "win32") {
    const program = path.join(process.env.SystemRoot ?? "C:\\Windows", "System32", "taskkill.exe");
    spawn(program, ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" }).once("error", () => child.kill());
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
  }
}

// src/host/github.ts
var stateName = "journal";
function githubHost(cacheProgram) {
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
      tools: env.RUNNER_TOOL_CACHE ?? path2.join(os.tmpdir(), "tools"),
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
      const { find } = await import("./tool-cache-XNBPZAVF.mjs");
      return find(name, version, arch) || void 0;
    },
    // Where the machine stays, its own store is nearer.
    cacheService: cacheProgram !== void 0 && env.RUNNER_ENVIRONMENT === "github-hosted" ? githubCache(cacheProgram) : void 0,
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
