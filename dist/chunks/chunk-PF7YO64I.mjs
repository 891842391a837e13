import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  backoffMs,
  diskFull,
  exactSource,
  givenSource,
  knownVersion,
  knownVersions,
  latestSource,
  lookupAddress,
  megabytes,
  stableSource,
  waitForNext
} from "./chunk-73BH6E2A.mjs";
import {
  makeReadOnly,
  readableSha256,
  removeFile,
  renamePatiently,
  sha256OfFile,
  sizeOfInstaller,
  writeText
} from "./chunk-PNNYL4PD.mjs";
import {
  accountIn,
  answerOf,
  argumentNames,
  asStepError,
  beating,
  buildArguments,
  buildsImage,
  claimJournal,
  create,
  decideCleanup,
  entryOf,
  eventArguments,
  execArguments,
  fileName as fileName2,
  fileVariables,
  findAbandoned,
  findProgram,
  finish,
  firstLine,
  gatewaysOf,
  guard,
  idsOf,
  inputArguments,
  inspectArguments,
  inspectContainers,
  inspectImage,
  inspectManifestArguments,
  isDead,
  isInside,
  isSame,
  jobEndLimitMs,
  journalFolder,
  journalFor,
  keepEndedArguments,
  keys,
  labelArguments,
  labelNames,
  lastLogArguments,
  ledger,
  listArguments,
  listImagesArguments,
  listNetworksArguments,
  logArguments,
  makeNetwork,
  maskInputs,
  networkArguments,
  networksCalled,
  networksOfRun,
  networksOfSet,
  nodeOf,
  oldestFirst,
  openDocker,
  ownerOf,
  parseInputs,
  passed,
  payDebts,
  payLimitMs,
  placeOf,
  powerShell,
  pullArguments,
  pushArguments,
  readFileName,
  readJournal,
  readOwner,
  recordLeft,
  recorder,
  removeArguments,
  removeContainer,
  removeEndedArguments,
  removeImageArguments,
  removeNetworkArguments,
  removeUnusedNetwork,
  runArguments,
  runInside,
  runProgram,
  secretVariables,
  spellCommand,
  staleMs,
  stopArguments,
  stopScript,
  tagArguments,
  takeBackContainer,
  tellForeign,
  tidying,
  unpauseArguments,
  variable,
  watchCancel,
  watchEvents,
  withinLimit
} from "./chunk-LJ2YBOX6.mjs";
import {
  canonicalVersion,
  compareVersions,
  installerFileName,
  oldestVersion,
  parseVersion,
  versionInFileName
} from "./chunk-BNOLA3G2.mjs";
import {
  fileName,
  isLoopback,
  secret,
  spellDuration
} from "./chunk-DISHIYYY.mjs";
import {
  StepError,
  endOf,
  isDiskFull,
  isFileSystemError,
  messageOf,
  whyOf
} from "./chunk-YTMUZ7PI.mjs";

// src/engine/isolation.ts
function askedIsolation({ isolation }) {
  return isolation === "default" ? void 0 : isolation;
}
function effectiveIsolation(asked, engine) {
  return engine.isolation === void 0 ? void 0 : asked ?? engine.isolation;
}
function memoryUnder(isolation, what) {
  if (isolation !== "hyperv") return void 0;
  return { build: "4g", node: "8g" }[what];
}

// src/engine/service.ts
import path2 from "node:path";

// src/engine/docker-config.ts
import { readFile } from "node:fs/promises";
import path from "node:path";
async function readDockerConfig(host) {
  const folder = configFolder(host);
  if (folder === void 0) return void 0;
  try {
    const settings = JSON.parse(await readFile(path.join(folder, "config.json"), "utf8"));
    return typeof settings === "object" && settings !== null ? settings : void 0;
  } catch (error) {
    return error.code === "ENOENT" ? {} : void 0;
  }
}
function configFolder(host) {
  const given = variable("DOCKER_CONFIG", host);
  if (given) return path.resolve(host.machine.temp, given);
  const home = variable(host.machine.platform === "win32" ? "USERPROFILE" : "HOME", host);
  return home ? path.join(home, ".docker") : void 0;
}

// src/engine/endpoint.ts
var defaults = ["npipe:////./pipe/docker_engine", "unix:///var/run/docker.sock"];
async function endpointOf(host) {
  const address = variable("DOCKER_HOST", host);
  if (address) {
    if (defaults.includes(address)) return { kind: "default" };
    return /^(?:unix|npipe):\/\//.test(address) ? { kind: "socket" } : { kind: "elsewhere", by: "DOCKER_HOST" };
  }
  const context = variable("DOCKER_CONTEXT", host) || (await readDockerConfig(host))?.currentContext;
  if (typeof context !== "string" || context === "" || context === "default") return { kind: "default" };
  return { kind: "elsewhere", by: `the Docker context ${context}` };
}

// src/engine/service.ts
var pollMs = 2e3;
var patienceMs = 6e4;
var startLimitMs = 4e4;
var answerLimitMs = 1e4;
var outcomes = {
  0: { says: "it was started" },
  1056: { says: "Windows says that it runs already" },
  5: {
    says: "this user has not the right to start it",
    hint: "Run the step elevated (as an administrator), or start the service beforehand: Start-Service docker."
  },
  1058: {
    says: "it is disabled",
    hint: "Enable it, as an administrator: sc.exe config docker start= auto, then Start-Service docker."
  },
  1060: {
    says: "there is no such service",
    hint: "Docker is not installed as a service on this machine: start Docker Desktop, or install Docker Engine."
  }
};
async function mayBeStopped(unreachable, host) {
  if (host.machine.platform !== "win32" || /access is denied|permission denied/i.test(unreachable.message)) return false;
  return (await endpointOf(host)).kind === "default";
}
async function startService(docker, unreachable, host) {
  const program = path2.join(variable("SystemRoot", host) || "C:\\Windows", "System32", "sc.exe");
  host.log(`The engine does not answer. Starting the Windows service docker: ${program} start docker`);
  const beganMs = host.clock.now();
  const passed2 = () => seconds(host.clock.now() - beganMs);
  let last = "";
  while (host.clock.now() - beganMs < patienceMs) {
    const { says, hint } = await start(program, host);
    if (hint !== void 0) throw failed(unreachable, says, hint);
    if (says !== last) host.log(`After ${passed2()}: ${says}.`);
    last = says;
    await host.clock.sleep(pollMs, host.signal);
    if (host.signal.aborted) throw endOf(host.signal);
    if (await answers(docker)) return host.log(`The engine answers after ${passed2()}.`);
  }
  throw failed(
    unreachable,
    `${last}, but the engine did not answer within ${seconds(patienceMs)}`,
    "Look into Docker’s part of the event log: Get-EventLog -LogName Application -Source docker -Newest 20."
  );
}
async function start(program, host) {
  const ended2 = await runProgram(program, ["start", "docker"], host, { limitMs: startLimitMs }).catch(
    (error) => error
  );
  if (host.signal.aborted) throw endOf(host.signal);
  if (!("stdout" in ended2))
    return {
      says: `${program} could not be run (${ended2.code ?? ended2.message})`,
      hint: "Start the service beforehand: Start-Service docker."
    };
  return startOf(ended2);
}
function startOf({ code, stdout, timedOut }) {
  if (timedOut) return { says: "Windows takes its time to start it" };
  const words2 = stdout.trim().replace(/\s+/g, " ").replace(/\.$/, "");
  return (code === null ? void 0 : outcomes[code]) ?? { says: `sc.exe ended with ${code}: ${words2}` };
}
async function answers(docker) {
  try {
    return (await docker.read(["version", "--format", "{{json .}}"], { limitMs: answerLimitMs })).code === 0;
  } catch (error) {
    if (error instanceof StepError && error.code === "engine-unreachable") return false;
    throw error;
  }
}
function failed(unreachable, why, hint) {
  return new StepError(
    "engine-unreachable",
    `${unreachable.message.replace(/\.?$/, ".")} Starting the Windows service docker did not help: ${why}.`,
    {
      hint,
      cause: unreachable
    }
  );
}
function seconds(ms) {
  return `${Math.round(ms / 1e3)} s`;
}

// src/engine/preflight.ts
var oldestApi = "1.41";
async function examineEngine(docker, host, mayStart = true) {
  const [{ Client, Server }, info] = await askBoth(docker).catch(async (error) => {
    if (!mayStart || !(error instanceof StepError) || error.code !== "engine-unreachable") throw error;
    if (!await mayBeStopped(error, host)) throw error;
    await startService(docker, error, host);
    return askBoth(docker);
  });
  const command = `${docker.program} ${Client?.Version ?? ""}`.trim();
  const os2 = Server.Os === "windows" ? "windows" : "linux";
  const description = `Docker ${Server.Version} (API ${Server.ApiVersion}) for ${os2} containers on ${info.OperatingSystem ?? "an unknown system"}`;
  host.log(`Command: ${command}`);
  host.log(`Engine: ${description}${info.Isolation ? `, ${info.Isolation} isolation` : ""}`);
  return {
    os: os2,
    version: Server.Version,
    apiVersion: Server.ApiVersion,
    windowsBuild: os2 === "windows" ? numberIn(info.OSVersion, /^10\.0\.(\d+)/) : void 0,
    windowsRevision: os2 === "windows" ? revisionOf(info) : void 0,
    isolation: os2 === "windows" ? info.Isolation === "hyperv" ? "hyperv" : "process" : void 0,
    rootDir: info.DockerRootDir ?? "",
    name: info.Name ?? "",
    command,
    description
  };
}
async function askBoth(docker) {
  const ask = async (command) => JSON.parse(await docker.ask([command, "--format", "{{json .}}"]));
  const [versionAnswer, infoAnswer] = await Promise.allSettled([ask("version"), ask("info")]);
  if (versionAnswer.status === "rejected") throw versionAnswer.reason;
  const { Client, Server } = versionAnswer.value;
  if (!Server)
    throw new StepError("engine-unreachable", "The docker command works, but its engine does not answer.", {
      hint: "Start the engine."
    });
  if (!isAtLeast(Server.ApiVersion, oldestApi))
    throw new StepError(
      "engine-too-old",
      `The engine is version ${Server.Version} (API ${Server.ApiVersion}); the oldest supported one is 20.10 (API ${oldestApi}).`,
      { hint: "Update Docker on this machine." }
    );
  if (infoAnswer.status === "rejected") throw infoAnswer.reason;
  return [{ Client, Server }, infoAnswer.value];
}
function revisionOf({ OperatingSystem, OSVersion }) {
  return numberIn(OperatingSystem, /\(OS Build \d+\.(\d+)\)/) ?? numberIn(OSVersion, /^10\.0\.\d+\.(\d+)/);
}
function numberIn(text, pattern) {
  const digits = pattern.exec(text ?? "")?.[1];
  return digits === void 0 ? void 0 : Number(digits);
}
function isAtLeast(version, wanted) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split(".").map(Number);
  return major > wantedMajor || major === wantedMajor && minor >= wantedMinor;
}

// src/contract/words.ts
function defaultInWords(key) {
  const entry = entryOf(key);
  if (entry.otherwise !== void 0) return entry.otherwise;
  if (entry.default === void 0) return "none";
  return `\`${entry.kind.spell?.(entry.default) ?? String(entry.default)}\``;
}
function spelled(text, spell) {
  return text.replace(/`(\w+)`/g, (whole, word) => isKey(word) ? `\`${spell(word)}\`` : whole);
}
function isKey(word) {
  return keys.some((key) => key === word);
}

// src/gate/diagnosis.ts
var patterns = [
  { code: "missing-key", pattern: /Invalid AUTH_KEY Value/i },
  { code: "service-unreachable", pattern: /Client IP address is not valid private ip|Proxy Authentication Required/i },
  { code: "invalid-key", pattern: /InvalidGatewayKey/i },
  {
    code: "service-unreachable",
    pattern: /Failed to get service token.*(?:could not be resolved|No such host is known|Unable to connect|connection attempt failed|actively refused|connection was closed|timed out|Could not establish)/i
  },
  { code: "invalid-key", pattern: /Failed to get service token from ADF service with key/i },
  { code: "registration-forbidden", pattern: /Registration of new node is forbidden/i },
  { code: "ae-mismatch", pattern: /Error ?Code(?: is)?\W{0,3}1847\b/i },
  { code: "node-limit", pattern: /Error ?Code(?: is)?\W{0,3}1500\b/i },
  { code: "os-mismatch", pattern: /does not match the host operating system|no matching manifest for windows|0xc0370106/i }
];
var eventCodes = [
  ...["missing-key", "invalid-key", "registration-forbidden", "node-limit", "ae-mismatch", "service-unreachable"],
  ...["registration-failed", "invalid-input", "internal", "exited"]
];
var hostProcessGone = /diahost\.exe is not running/i;
var ownStamp = /^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\] /;
function diagnose(lines) {
  const foreign = lines.filter((line) => !ownStamp.test(line));
  return eventFinding(lines) ?? patternFinding(foreign) ?? hostProcessFinding(foreign);
}
function eventFinding(lines) {
  for (const [index, line] of lines.entries()) {
    const code = eventCode(line);
    if (code) return { code, line: lines[index - 1] ?? line };
  }
  return void 0;
}
function patternFinding(lines) {
  for (const line of lines) {
    const code = patterns.find(({ pattern }) => pattern.test(line))?.code;
    if (code) return { code, line };
  }
  return void 0;
}
function eventCode(line) {
  const claimed2 = /^SHIR-EVENT \{"code":"([a-z-]+)"/.exec(line)?.[1];
  return eventCodes.find((code) => code === claimed2);
}
function hostProcessFinding(lines) {
  const gone = lines.filter((line) => hostProcessGone.test(line));
  return gone[1] === void 0 ? void 0 : { code: "exited", line: gone[1] };
}
var advice = {
  "invalid-key": "Take a fresh key from the integration runtime’s page (Settings, Authentication keys); it may have been regenerated.",
  "missing-key": "The container was started without AUTH_KEY.",
  "registration-forbidden": "Another node of this integration runtime has no remote access: remove old nodes on the runtime’s page (Nodes), or start every node with high availability enabled.",
  "node-limit": "Remove nodes that are offline on the integration runtime’s page (Nodes), or let offline nodes expire (`enableAe`).",
  "ae-mismatch": "Use the same offline expiry (`aeTime`) for every node of the integration runtime.",
  "peer-unresolved": "Leave `network` out, so that one is made on which the nodes find each other, or name one that resolves their hostnames.",
  "service-unreachable": "Check that the machine reaches *.servicebus.windows.net and the data factory on port 443.",
  "os-mismatch": "Build the image on a base that fits this machine’s Windows build.",
  unhealthy: "The last answers of the health check and the log tell more; a firewall is the usual cause when SHIR stays at Connecting.",
  timeout: "The last answers of the health check and the log tell more; a slow machine needs a longer `healthTimeout`.",
  "no-health-check": "Add a HEALTHCHECK to the image’s Dockerfile; the built-in one has it.",
  exited: "The container’s last log lines say why it ended.",
  "restart-loop": "The container’s last log lines say why it ends; upstream’s image ends with 0 whatever happened.",
  "engine-unreachable": "Start the engine and run the gate again.",
  gone: "Was it removed by another job?"
};

// src/gate/verdict.ts
var longestSilenceMs = 6e4;
var mostLines = 1e3;
function beginWatch(nowMs) {
  return {
    beganMs: nowMs,
    healthySinceMs: void 0,
    silentSinceMs: void 0,
    restartsBefore: void 0,
    status: "unknown",
    health: "none",
    lastProbe: "",
    lines: [],
    suspect: []
  };
}
function judge(watch, seen, policy) {
  if (seen.kind === "planned")
    return { watch, ruling: { outcome: "skipped", reason: void 0, message: "nothing was gated in a dry run" } };
  if (seen.kind === "gone") return { watch, ruling: failed2("gone", "the container is gone: someone else removed it") };
  if (seen.kind === "silent") {
    const silentSinceMs = watch.silentSinceMs ?? seen.atMs;
    const isTooLong = seen.atMs - silentSinceMs >= Math.min(longestSilenceMs, policy.healthTimeoutMs);
    return { watch: { ...watch, silentSinceMs }, ruling: isTooLong ? failed2("engine-unreachable", seen.why) : void 0 };
  }
  const isHealthy = seen.status === "running" && seen.health === "healthy";
  const next = {
    ...watch,
    silentSinceMs: void 0,
    restartsBefore: watch.restartsBefore ?? seen.restartCount,
    healthySinceMs: isHealthy ? watch.healthySinceMs ?? seen.atMs : void 0,
    status: seen.status,
    health: seen.health ?? "none",
    lastProbe: seen.probes.at(-1)?.output.split(/\r?\n/).at(-1) ?? watch.lastProbe,
    lines: [...watch.lines, ...seen.lines].slice(-mostLines),
    suspect: isHealthy ? [] : [...watch.suspect, ...seen.lines].slice(-mostLines)
  };
  return { watch: next, ruling: failure(next, seen, policy) ?? (isHealthy ? success(next, seen.atMs, policy) : void 0) };
}
function failure(watch, seen, policy) {
  const isHealthy = watch.healthySinceMs !== void 0;
  const finding = diagnose(watch.suspect);
  if (finding) return failed2(finding.code, `the container’s log says: ${finding.line.replace(/[.\s]+$/, "")}`);
  if (seen.restartCount > (watch.restartsBefore ?? 0) || seen.status === "restarting")
    return failed2(
      "restart-loop",
      `the container ended (exit code ${seen.exitCode}) and was restarted ${times(seen.restartCount)}`
    );
  if (seen.status === "exited" || seen.status === "dead")
    return failed2("exited", `the container ended with exit code ${seen.exitCode}`);
  if (seen.status === "removing") return failed2("gone", "someone else is removing the container");
  if (seen.status === "created") return failed2("start-failed", "the container was made, but never started");
  if (seen.health === void 0) return failed2("no-health-check", "the image has no health check");
  if (seen.health === "unhealthy" && seen.status !== "paused")
    return failed2("unhealthy", `its health check fails${watch.lastProbe && `: ${watch.lastProbe}`}`);
  if (!isHealthy && seen.atMs - watch.beganMs >= policy.healthTimeoutMs)
    return failed2(
      "timeout",
      `it was not healthy in time (${seen.status}, ${watch.health}${watch.lastProbe && `: ${watch.lastProbe}`})`
    );
  return void 0;
}
function success(watch, nowMs, { soakMs }) {
  return nowMs - (watch.healthySinceMs ?? nowMs) >= soakMs ? { outcome: "healthy", reason: void 0, message: "healthy" } : void 0;
}
function failed2(reason, message) {
  return { outcome: "failed", reason, message };
}
function times(count) {
  return count === 1 ? "once" : `${count} times`;
}

// src/gate/gate.ts
var quickestPollMs = 250;
var slowestPollMs = 5e3;
async function gateNode(node, target, policy, host, lastProof = async () => void 0) {
  const pollMs2 = Math.min(slowestPollMs, Math.max(quickestPollMs, policy.healthTimeoutMs / 120));
  const over = new AbortController();
  let watch = beginWatch(host.clock.now());
  let probes = [];
  let told2 = "";
  try {
    for await (const seen of target.observe(node, pollMs2, AbortSignal.any([host.signal, over.signal]))) {
      if (seen.kind === "seen") probes = seen.probes.length > 0 ? seen.probes : probes;
      const next = judge(watch, seen, policy);
      watch = next.watch;
      const state = describe(watch, policy);
      if (state !== told2 && next.ruling === void 0) host.log(`${node.container}: ${state}`);
      told2 = state;
      if (next.ruling) {
        const ruling = next.ruling.outcome === "failed" ? next.ruling : await lastProof() ?? next.ruling;
        const lines = ruling.outcome === "failed" ? await lastWords(node, target, watch) : [];
        return tell({ node, verdict: verdictOf(ruling, watch, probes, lines, host.spell) }, host);
      }
    }
  } finally {
    over.abort();
  }
  throw new StepError("cancelled", `The run was cancelled while ${node.container} was watched.`);
}
async function allEnded(watches) {
  const broken2 = (await Promise.allSettled(watches)).find((result) => result.status === "rejected");
  if (broken2) throw broken2.reason;
}
function failureOf(judged2) {
  const failing = judged2.filter(({ verdict }) => verdict.outcome === "failed");
  const [first] = failing;
  if (first?.verdict.reason === void 0) return void 0;
  const others = failing.length > 1 ? ` (and ${failing.length - 1} more failed)` : "";
  const good = judged2.flatMap(({ node, verdict }) => verdict.outcome === "healthy" ? [node.container] : []);
  const rest = good.length > 0 ? `; ${good.join(", ")} ${good.length === 1 ? "stays as it is" : "stay as they are"}` : "";
  const { reason, message, hint } = first.verdict;
  return new StepError(
    reason,
    `Node ${first.node.name} (${first.node.container}) is not good: ${message.replace(/\.$/, "")}${others}${rest}.`,
    hint === void 0 ? {} : { hint }
  );
}
function verdictOf(ruling, watch, probes, lines, spell) {
  const hint = ruling.reason && advice[ruling.reason];
  return { ...ruling, hint: hint && spelled(hint, spell), status: watch.status, health: watch.health, probes, lines };
}
function tell(judged2, host) {
  const { node, verdict } = judged2;
  if (verdict.outcome === "skipped") return judged2;
  host.log(
    `${node.container}: ${verdict.outcome === "healthy" ? "passed its gate" : `failed its gate (${verdict.reason}): ${verdict.message}`}`
  );
  return judged2;
}
function describe(watch, policy) {
  if (watch.silentSinceMs !== void 0) return "the engine does not answer; waiting";
  const probe = watch.lastProbe && ` (${watch.lastProbe})`;
  return watch.healthySinceMs === void 0 ? `${watch.status}, ${watch.health}${probe}` : `healthy${probe}${policy.soakMs > 0 ? `; watching for ${spellDuration(policy.soakMs)}` : ""}`;
}
async function lastWords(node, target, watch) {
  const words2 = await target.lastWords(node).catch(() => []);
  return words2.length > 0 ? words2 : watch.lines.slice(-50);
}

// src/image/context.ts
import { readdir as readdir2, readFile as readFile2, realpath as realpath3 } from "node:fs/promises";
import path5 from "node:path";

// src/image/additions.ts
import { readdir, readlink, realpath as realpath2, stat as stat2 } from "node:fs/promises";
import path4 from "node:path";

// src/image/folder.ts
import { realpath, stat } from "node:fs/promises";
import path3 from "node:path";
var shirFolder = "SHIR";
async function namedFolder(key, given, host) {
  const folder = path3.resolve(host.machine.workspace, given);
  if (await isFolder(folder)) return realpath(folder);
  throw new StepError("context-invalid", `${host.spell(key)}: there is no folder ${folder}.`, {
    hint: "Relative paths start at the workspace."
  });
}
async function isFolder(folder) {
  return stat(folder).then(
    (facts) => facts.isDirectory(),
    () => false
  );
}

// src/image/additions.ts
var extrasFolder = "extras";
var extraScript = "extra.ps1";
async function readAdditions(inputs, context, host) {
  const names = await readdir(path4.join(context, shirFolder)).catch(() => []);
  const taken = names.map((name3) => name3.toLowerCase());
  return [...await certificatesOf(inputs, taken, host), ...await extrasOf(inputs, taken, host)];
}
async function certificatesOf({ certificates }, taken, host) {
  if (certificates === void 0) return [];
  const folder = await namedFolder("certificates", certificates, host);
  const found2 = await certificatesIn(folder, host);
  if (found2.length === 0)
    throw new StepError("context-invalid", `${host.spell("certificates")}: there is no .cer file in ${folder}.`, {
      hint: "Put the certificates right there, each as a file of its own; folders below it do not count."
    });
  const names = found2.map(({ to }) => path4.posix.basename(to));
  const twice = names.find(
    (name3, index) => [...taken, ...names.slice(0, index).map((other) => other.toLowerCase())].includes(name3.toLowerCase())
  );
  if (twice === void 0) return found2;
  throw new StepError(
    "context-invalid",
    `${host.spell("certificates")}: ${shirFolder} in the build context would hold two files called ${twice}.`,
    { hint: `Rename the one in ${folder}. Letter case does not count in a Windows image.` }
  );
}
async function certificatesIn(folder, host) {
  const found2 = [];
  for (const name3 of (await readdir(folder)).filter((entry) => /\.cer$/i.test(entry)).sort()) {
    const from = await realpath2(path4.join(folder, name3)).catch(() => void 0);
    if (from === void 0 || !isInside(from, folder)) throw leadsOut("certificates", name3, folder, host);
    if (await isFile(from)) found2.push({ from, to: `${shirFolder}/${name3.slice(0, -".cer".length)}.cer` });
  }
  return found2;
}
async function extrasOf({ extras }, taken, host) {
  if (extras === void 0) return [];
  const folder = await namedFolder("extras", extras, host);
  const script = (await readdir(folder)).find((name3) => name3.toLowerCase() === extraScript);
  if (script === void 0 || !await isFile(path4.join(folder, script)))
    throw new StepError("context-invalid", `${host.spell("extras")}: there is no file ${extraScript} in ${folder}.`, {
      hint: `${extraScript} is what the build runs last; put it right there.`
    });
  if (taken.includes(extrasFolder))
    throw new StepError(
      "context-invalid",
      `${host.spell("extras")}: ${shirFolder} in the build context has an entry called ${extrasFolder} already.`,
      { hint: "Remove one of the two." }
    );
  for (const link5 of await linksIn(folder))
    if (!await staysInside(link5, folder)) throw leadsOut("extras", path4.relative(folder, link5), folder, host);
  return [{ from: folder, to: `${shirFolder}/${extrasFolder}` }];
}
function leadsOut(key, name3, folder, host) {
  return new StepError("context-invalid", `${host.spell(key)}: ${name3} is a link that leads out of ${folder}, or nowhere.`, {
    hint: "Put the file itself there, or a relative link to another one within that folder."
  });
}
async function linksIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const found2 = entries.map((entry) => {
    const file = path4.join(folder, entry.name);
    if (entry.isSymbolicLink()) return [file];
    return entry.isDirectory() ? linksIn(file) : [];
  });
  return (await Promise.all(found2)).flat();
}
async function staysInside(link5, folder) {
  const target = await readlink(link5);
  const written = path4.normalize(path4.join(path4.relative(folder, path4.dirname(link5)), target));
  if (path4.isAbsolute(target) || written.split(path4.sep)[0] === "..") return false;
  const real = await realpath2(link5).catch(() => void 0);
  return real !== void 0 && isInside(real, folder);
}
async function isFile(file) {
  return stat2(file).then(
    (facts) => facts.isFile(),
    () => false
  );
}

// src/image/base.ts
var namedBuilds = {
  ltsc2016: 14393,
  ltsc2019: 17763,
  ltsc2022: 20348,
  ltsc2025: 26100
};
var supportEnds = { 17763: "2029-01-09", 20348: "2031-10-14", 26100: "2034-10-10" };
var server2022 = 20348;
var windows11 = 22e3;
function readBase(reference) {
  const { name: name3, tag } = partsOf(reference);
  const isNamedWindows = isMicrosoftWindows(name3) || /(?:^|\/)(?:windowsservercore|servercore|nanoserver)$/.test(name3);
  const words2 = tag.split(/[-_]/);
  const named2 = Object.entries(namedBuilds).find(([word]) => words2.includes(word))?.[1] ?? // Four digits are a Windows release in a Windows image's tag alone.
  (isNamedWindows && words2.includes("1809") ? namedBuilds.ltsc2019 : void 0);
  const [, build, revision] = /(?:^|-)10\.0\.(\d{5})(?:\.(\d+))?(?:[.-]|$)/.exec(tag) ?? [];
  const isWindows = isNamedWindows || named2 !== void 0 || build !== void 0;
  const os2 = isWindows ? "windows" : void 0;
  return { reference, os: os2, windowsBuild: numberOf(build) ?? named2, windowsRevision: numberOf(revision) };
}
function withOsVersion(base, os2, osVersion) {
  if (os2 !== "windows" && os2 !== "linux") return base;
  const [, build, revision] = os2 === "windows" && /^10\.0\.(\d+)(?:\.(\d+))?/.exec(osVersion ?? "") || [];
  return { reference: base.reference, os: os2, windowsBuild: numberOf(build), windowsRevision: numberOf(revision) };
}
function checkBase(base, engine, asked) {
  if (engine.os === "windows") checkForWindows(base);
  else checkForLinux(base, engine, asked);
  const { windowsBuild: host } = engine;
  const isolation = asked ?? engine.isolation;
  if (base.windowsBuild === void 0 || host === void 0) return;
  if (canRun(host, base.windowsBuild, isolation)) return;
  const fitting = ["ltsc2025", "ltsc2022", "ltsc2019"].filter((tag) => canRun(host, Number(namedBuilds[tag]), isolation));
  const ways = [
    ...fitting.length > 0 ? [`a base that ends in :${fitting.join(" or :")}`] : [],
    ...canRun(host, base.windowsBuild, "hyperv") ? ["Hyper-V isolation, where this machine has Hyper-V"] : []
  ];
  throw new StepError(
    "os-mismatch",
    `The base image ${base.reference} is Windows build ${base.windowsBuild}, which this engine (build ${host}, ${isolation} isolation) cannot run.`,
    { hint: ways.length > 0 ? `Use ${ways.join(", ")}, or another machine.` : "Use a newer machine." }
  );
}
function checkForWindows({ os: os2, reference }) {
  if (os2 === "linux")
    throw new StepError(
      "engine-os-mismatch",
      `The base image ${reference} is for Linux, but this engine runs windows containers.`,
      { hint: "SHIR needs Windows: use a base such as mcr.microsoft.com/windows/servercore:ltsc2022." }
    );
}
function checkForLinux(base, { os: os2 }, asked) {
  if (base.os === "windows")
    throw new StepError(
      "engine-os-mismatch",
      `The base image ${base.reference} is for Windows, but this engine runs ${os2} containers.`,
      {
        hint: 'Use a Windows machine (GitHub: runs-on: windows-2022); in Docker Desktop: "Switch to Windows containers".'
      }
    );
  if (asked !== void 0)
    throw new StepError(
      "engine-os-mismatch",
      `The isolation ${asked} is for Windows containers, but this engine runs ${os2} containers.`,
      { hint: "Leave the isolation at its default, or build from a Windows base on a Windows machine." }
    );
}
function newerBase(base, engine, asked) {
  const { windowsBuild: build, windowsRevision: revision } = engine;
  if (build === void 0 || base.windowsBuild !== build || (asked ?? engine.isolation) === "hyperv") return void 0;
  if (revision === void 0 || base.windowsRevision === void 0 || base.windowsRevision <= revision) return void 0;
  const { name: name3 } = partsOf(base.reference);
  const repository = isMicrosoftWindows(name3) ? name3 : "mcr.microsoft.com/windows/servercore";
  const named2 = Object.entries(namedBuilds).find(([, other]) => other === build)?.[0];
  const byKb = named2 === void 0 ? "" : `, or the tag ${named2}-KB… of the same month,`;
  return {
    code: "base-newer",
    message: `The base image ${base.reference} is Windows 10.0.${build}.${base.windowsRevision}, newer than this machine’s 10.0.${build}.${revision}: containers may end at once (0xc0370106), or programs in them fail. Use ${repository}:10.0.${build}.${revision}${byKb} or update this machine’s Windows.`
  };
}
function baseSupportEnds({ windowsBuild }) {
  return windowsBuild === void 0 ? void 0 : supportEnds[windowsBuild];
}
function canRun(hostBuild, imageBuild, isolation) {
  if (imageBuild >= hostBuild) return imageBuild === hostBuild;
  return isolation === "hyperv" || hostBuild >= windows11 && imageBuild >= server2022;
}
function partsOf(reference) {
  const [, name3 = "", tag = ""] = /^([^@]*?)(?::([^:/@]+))?(?:@.*)?$/.exec(reference) ?? [];
  return { name: name3, tag };
}
function isMicrosoftWindows(name3) {
  return /^mcr\.microsoft\.com\/windows(?:\/|$)/.test(name3);
}
function numberOf(digits) {
  return digits === void 0 ? void 0 : Number(digits);
}

// src/image/dockerfile.ts
var predefined = new Set(
  ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"].flatMap((name3) => [name3, name3.toLowerCase()])
);
function parseDockerfile(text) {
  const globalArgs = /* @__PURE__ */ new Map();
  const args = /* @__PURE__ */ new Map();
  const bases = [];
  const copied = /* @__PURE__ */ new Set();
  const added = [];
  const stages = /* @__PURE__ */ new Set();
  for (const instruction of instructions(text)) {
    const [word = "", ...rest] = words(instruction);
    if (word.toUpperCase() === "ARG") {
      for (const declaration of rest) {
        const [name3 = "", value] = splitOnce(declaration);
        args.set(name3, value ?? args.get(name3));
        if (bases.length === 0 && stages.size === 0) globalArgs.set(name3, value);
      }
    }
    if (word.toUpperCase() === "FROM") {
      const [image = "", as, stage] = rest.filter((part) => !part.startsWith("--"));
      if (!stages.has(image.toLowerCase())) bases.push(image);
      if (as?.toUpperCase() === "AS" && stage) stages.add(stage.toLowerCase());
    }
    if (word.toUpperCase() === "COPY") {
      const image = valueOfFlag(rest, "from");
      if (image && !stages.has(image.toLowerCase()) && !/^[+-]?\d+$/.test(image)) copied.add(image);
    }
    if (word.toUpperCase() === "ADD") added.push(...listed(instruction, rest).slice(0, -1));
  }
  return { globalArgs, args, bases, copied: [...copied], added };
}
function takesArgument(dockerfile, name3) {
  return dockerfile.args.has(name3) || predefined.has(name3);
}
function resolvedBases({ bases, globalArgs }, given) {
  const values = /* @__PURE__ */ new Map();
  for (const [name3, otherwise2] of globalArgs) values.set(name3, given.get(name3) ?? expand(otherwise2 ?? "", values));
  return bases.map((base) => expand(base, values));
}
function fetchesByUrl({ added, args }, given) {
  const values = /* @__PURE__ */ new Map();
  for (const [name3, otherwise2] of args) values.set(name3, given.get(name3) ?? expand(otherwise2 ?? "", values));
  return added.some((source) => /^https?:\/\//i.test(expand(source, values)));
}
function expand(text, values) {
  return text.replace(
    /\$(?:\{(\w+)(?::([-+])((?:[^${}]|\$\{[^}]*\}|\$\w+)*))?\}|(\w+))/g,
    (_, braced, sign, operand, bare) => {
      const value = values.get(braced ?? bare ?? "") ?? "";
      const other = expand(operand ?? "", values);
      return sign === "+" ? value && other : value || other;
    }
  );
}
function instructions(text) {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const sign = escapeCharacter(lines) === "`" ? "`" : "\\\\";
  const continued = new RegExp(`(?<!${sign})${sign}[ \\t]*$`);
  const joined = [];
  let current = "";
  for (const line of lines) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    if (continued.test(line)) {
      current += line.replace(continued, "");
      continue;
    }
    joined.push((current + line).trim());
    current = "";
  }
  if (current.trim() !== "") joined.push(current.trim());
  return joined;
}
function splitOnce(text) {
  const at = text.indexOf("=");
  return at < 0 ? [text, void 0] : [text.slice(0, at), text.slice(at + 1)];
}
function escapeCharacter(lines) {
  for (const line of lines) {
    const [, name3, value] = /^\s*#\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name3 === void 0) break;
    if (name3.toLowerCase() === "escape" && (value === "\\" || value === "`")) return value;
  }
  return "\\";
}
function words(text) {
  const found2 = text.match(/(?:"[^"]*"|'[^']*'|[^\s"']|["'])+/g) ?? [];
  return found2.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single ?? ""));
}
function valueOfFlag(parts, name3) {
  const begin = `--${name3}=`;
  const end = parts.findIndex((part) => !part.startsWith("--"));
  return parts.slice(0, end < 0 ? void 0 : end).find((part) => part.startsWith(begin))?.slice(begin.length);
}
function listed(instruction, parts) {
  const [json] = /\[.*\]$/s.exec(instruction) ?? [];
  try {
    if (json !== void 0) return JSON.parse(json).map(String);
  } catch {
  }
  return parts.filter((part) => !part.startsWith("--"));
}
function usesArgument(dockerfile, name3) {
  const [one, other] = ["a", "b"].map((value) => resolvedBases(dockerfile, /* @__PURE__ */ new Map([[name3, value]])).join("\n"));
  return one !== other;
}

// src/image/context.ts
var installerPattern = /^IntegrationRuntime.*\.msi$/i;
var baseArgument = "BASE_IMAGE";
async function readContext(inputs, builtIn, host) {
  const folder = await namedFolder("buildContext", inputs.buildContext ?? builtIn, host);
  const dockerfile = locateDockerfile(inputs, folder, host);
  const text = await readFile2(dockerfile, "utf8").catch(() => {
    throw new StepError("context-invalid", `There is no Dockerfile at ${dockerfile}.`, {
      hint: `Name it with ${host.spell("dockerfile")}.`
    });
  });
  const declares = parseDockerfile(text);
  const args = checkedArguments(inputs, declares, host.spell);
  return {
    folder,
    dockerfile,
    declares,
    bases: checkedBases(inputs, declares, args, dockerfile, host.spell),
    copied: declares.copied.map(readBase),
    args,
    additions: await readAdditions(inputs, folder, host),
    installer: await installerIn(folder),
    description: inputs.buildContext === void 0 ? "the built-in context" : folder
  };
}
function locateDockerfile(inputs, folder, host) {
  if (inputs.dockerfile === void 0) return path5.join(folder, "Dockerfile");
  if (inputs.buildContext === void 0) return path5.resolve(host.machine.workspace, inputs.dockerfile);
  const file = path5.resolve(folder, inputs.dockerfile);
  if (isInside(file, folder)) return file;
  throw new StepError(
    "context-invalid",
    `${host.spell("dockerfile")}: ${inputs.dockerfile} lies outside ${host.spell("buildContext")}.`,
    {
      hint: "Give a path inside the build context."
    }
  );
}
function checkedArguments(inputs, declares, spell) {
  const own = inputs.buildArgs ?? [];
  const asked = inputArguments(inputs);
  for (const { name: name3 } of own) checkDeclared("buildArgs", name3, declares, spell);
  for (const { key, name: name3 } of asked) checkDeclared(key, name3, declares, spell);
  const args = [...own, ...asked.map(({ name: name3, value }) => ({ name: name3, value }))];
  if (inputs.baseImage === void 0) return args;
  return [...args.filter(({ name: name3 }) => name3 !== baseArgument), { name: baseArgument, value: inputs.baseImage }];
}
function checkDeclared(key, name3, declares, spell) {
  if (takesArgument(declares, name3)) return;
  throw new StepError("context-invalid", `${spell(key)}: the Dockerfile has no ARG ${name3}.`, {
    hint: declares.args.size > 0 ? `It declares ${[...declares.args.keys()].join(", ")}.` : "It declares no ARG at all."
  });
}
function checkedBases({ baseImage }, declares, args, dockerfile, spell) {
  const bases = resolvedBases(declares, new Map(args.map(({ name: name3, value }) => [name3, value])));
  if (bases.length === 0) throw new StepError("context-invalid", `${dockerfile} has no FROM.`, { hint: "Is it a Dockerfile?" });
  if (baseImage !== void 0 && !usesArgument(declares, baseArgument))
    throw new StepError(
      "context-invalid",
      `${spell("baseImage")} needs ARG ${baseArgument} before the Dockerfile’s first FROM, and a FROM that uses it.`,
      {
        hint: `Begin the Dockerfile with "ARG ${baseArgument}=…" and "FROM \${${baseArgument}}", or change its FROM.`
      }
    );
  if (bases.includes(""))
    throw new StepError("context-invalid", `${dockerfile} has a FROM that names no image: its ARG has no default.`, {
      hint: declares.globalArgs.has(baseArgument) ? `Name it with ${spell("baseImage")}.` : `Name it with ${spell("buildArgs")}.`
    });
  return bases.map(readBase);
}
async function installerIn(folder) {
  const entries = await readdir2(path5.join(folder, shirFolder)).catch(() => []);
  const found2 = entries.filter((name3) => installerPattern.test(name3)).sort();
  if (found2.length > 1)
    throw new StepError(
      "installer-ambiguous",
      `${shirFolder} in the build context holds ${found2.length} installers: ${found2.join(", ")}.`,
      { hint: "Leave one." }
    );
  if (found2[0] === void 0) return void 0;
  return path5.join(await realpath3(path5.join(folder, shirFolder)), found2[0]);
}

// src/image/engine-builder.ts
import { mkdir as mkdir3 } from "node:fs/promises";

// src/journal/turn.ts
import { readdir as readdir3, rm, stat as stat4, writeFile } from "node:fs/promises";
import path6 from "node:path";

// src/journal/text.ts
import { readFile as readFile3, stat as stat3 } from "node:fs/promises";
async function readText(path28) {
  const facts = await stat3(path28);
  if (!facts.isFile()) throw Object.assign(new Error(`EINVAL: ${path28} is not a file`), { code: "EINVAL" });
  return readFile3(path28, "utf8");
}

// src/journal/turn.ts
var lookAgainMs = 500;
async function takeTurn(folder, key, host, journal, { untilMs, waiting }) {
  const watch = watcher(host);
  for (let waited = false; ; ) {
    host.signal.throwIfAborted();
    const top = Math.max(0, ...await numbersOf(folder, key, "claim"));
    if (waited && top === 0) return "over";
    const life = top === 0 ? "dead" : await watch(path6.join(folder, `${key}.${top}.claim`));
    if (life === "dead") {
      const made = await makeTurn(folder, key, top + 1, host, journal);
      if (made !== "taken") return made;
    } else if (life === "alive") {
      if (host.clock.now() >= untilMs) return "late";
      if (!waited) host.log(waiting);
      waited = true;
      await host.clock.sleep(lookAgainMs, host.signal);
    }
  }
}
async function makeTurn(folder, key, number, host, journal) {
  const file = path6.join(folder, `${key}.${number}.claim`);
  const owner = await ownerOf(journal.id, host);
  const error = await writeFile(file, JSON.stringify(owner), { flag: "wx" }).then(
    () => void 0,
    (cause2) => cause2
  );
  if (error) return error.code === "EEXIST" ? "taken" : "none";
  const letGo = journal.hold(file);
  for (const earlier of (await numbersOf(folder, key, "claim")).filter((one) => one < number))
    await remove(path6.join(folder, `${key}.${earlier}.claim`));
  return {
    number,
    end: async () => {
      letGo();
      await remove(file);
    }
  };
}
async function remove(claim) {
  await rm(claim, { force: true, maxRetries: 5 }).catch(() => {
  });
}
async function numbersOf(folder, key, ending) {
  return (await readdir3(folder)).flatMap((name3) => {
    const [, number, ended2] = name3.startsWith(`${key}.`) && /^([1-9]\d{0,8})\.(\w+)$/.exec(name3.slice(key.length + 1)) || [];
    return number !== void 0 && ended2 === ending ? [Number(number)] : [];
  });
}
function watcher(host) {
  let here;
  let last;
  return async (claim) => {
    const touchedMs = await stat4(claim).then(
      ({ mtimeMs }) => mtimeMs,
      ({ code }) => code === "ENOENT" ? void 0 : 0
    );
    if (touchedMs === void 0) return "gone";
    if (last?.claim !== claim || last.touchedMs !== touchedMs) last = { claim, touchedMs, seenMs: host.clock.now() };
    const owner = readOwner(await readJson(claim));
    here ??= await placeOf(host);
    const isOurs2 = owner?.machine === here.machine;
    const silentMs = host.clock.now() - (isOurs2 ? touchedMs : last.seenMs);
    const isOver = owner !== void 0 && isOurs2 ? await isDead(owner, here, silentMs) : silentMs > staleMs;
    return isOver ? "dead" : "alive";
  };
}
async function readJson(file) {
  return readText(file).then(JSON.parse).catch(() => void 0);
}

// src/image/attempt.ts
import { readFile as readFile7 } from "node:fs/promises";

// src/image/silence.ts
var silenceMs = 5 * 6e4;
function watchSilence({ clock }, onSilence) {
  let heardAtMs = clock.now();
  let saidAtMs = heardAtMs;
  const wait = () => {
    const dueMs = Math.max(heardAtMs, saidAtMs) + silenceMs;
    return clock.alarm(dueMs - clock.now(), () => {
      const nowMs = clock.now();
      const isSilent = nowMs >= Math.max(heardAtMs, saidAtMs) + silenceMs;
      if (isSilent) saidAtMs = nowMs;
      forget = wait();
      if (isSilent) onSilence(nowMs - heardAtMs);
    });
  };
  let forget = wait();
  return {
    heard: () => {
      heardAtMs = clock.now();
    },
    end: () => forget()
  };
}
function inMinutes(ms) {
  return `${Math.floor(ms / 6e4)} min`;
}

// src/image/build-output.ts
var mostLines2 = 20;
var progressFrom = 25;
var progressShare = 35;
async function followBuild(host, build) {
  const reader2 = readerOf(host);
  const watch = watchSilence(host, (silentMs) => {
    const { what, sinceMs } = reader2.running();
    const sinceWords = `${timeOfDay(sinceMs)} (${inMinutes(host.clock.now() - sinceMs)})`;
    host.log(`The build has said nothing for ${inMinutes(silentMs)}: ${what} runs since ${sinceWords}.`);
  });
  try {
    const { code } = await build((line, stream) => {
      if (line.trim() === "") return;
      tellForeign(host, line);
      watch.heard();
      reader2.take(line, stream);
    });
    return { code, ...reader2.read() };
  } finally {
    watch.end();
  }
}
function readerOf(host) {
  const { now } = host.clock;
  const began = { what: "docker build", sinceMs: now() };
  const done = [];
  let current;
  let lines = [];
  const errors = [];
  const times2 = () => {
    const steps = current ? [...done, current] : done;
    return steps.map(({ step, of, instruction, sinceMs }, at) => ({
      ...{ step, of, instruction },
      ms: (steps[at + 1]?.sinceMs ?? now()) - sinceMs
    }));
  };
  return {
    take: (line, stream) => {
      if (stream === "stderr") return keep(line, errors);
      const begun = beginningOf(line, now());
      if (begun === void 0 || !follows(begun, current)) return keep(line, lines);
      if (current) done.push(current);
      current = begun;
      lines = [];
      const { step, of, instruction } = begun;
      host.progress(progressFrom + Math.round(progressShare * step / of), `Building: step ${step} of ${of}, ${instruction}`);
    },
    running: () => current ? { what: stepAsWords(current), sinceMs: current.sinceMs } : began,
    read: () => {
      const words2 = errors.filter((line) => !isClientsWarning(line));
      const told2 = [...lines, ...words2].slice(-mostLines2);
      return { times: times2(), step: current?.line, lines: told2, why: firstLine(words2.at(-1) ?? lines.findLast(isNews) ?? "") };
    }
  };
}
function beginningOf(line, sinceMs) {
  const [, step, of, instruction] = /^Step (\d+)\/(\d+) : (.*)$/.exec(line) ?? [];
  if (step === void 0 || of === void 0 || instruction === void 0) return void 0;
  return { line, step: Number(step), of: Number(of), instruction, sinceMs };
}
function follows(begun, last) {
  return last === void 0 || begun.step === last.step + 1 && begun.of === last.of;
}
function keep(line, kept) {
  kept.push(line);
  if (kept.length > mostLines2) kept.shift();
}
function stepAsWords({ step, of, instruction }) {
  return `step ${step} of ${of} (${instruction})`;
}
function isClientsWarning(line) {
  return /^\s*(?:DEPRECATED:|WARNING:|Install the buildx|https:|BuildKit is currently disabled|environment-variable\.)/.test(line);
}
function isNews(line) {
  return !/^\s*(?:$|--->|Removing intermediate)/.test(line);
}
function timeOfDay(ms) {
  return `${new Date(ms).toISOString().slice(11, 19)} UTC`;
}

// src/image/delivery/handover.ts
import { readFile as readFile5 } from "node:fs/promises";

// src/image/delivery/delivery.ts
import { readFile as readFile4 } from "node:fs/promises";

// src/image/delivery/address.ts
import os from "node:os";
function thisMachine() {
  const interfaces = Object.values(os.networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return { name: os.hostname(), addresses: interfaces.map(({ address }) => address) };
}
async function deliveryAddress(docker, engine, machine = thisMachine) {
  return engine.os === "windows" ? natGateway(docker, machine()) : loopback(engine.name, machine());
}
async function natGateway(docker, { addresses }) {
  const gateways = await gatewaysOf(docker, "nat");
  const address = gateways.find((gateway) => addresses.includes(gateway));
  if (address !== void 0) return { address, network: void 0 };
  if (gateways.length === 0) return { why: "the engine has no network called nat with a gateway" };
  return { why: `the gateway of the engine’s network nat, ${gateways.join(", ")}, is no address of this machine` };
}
function loopback(engineName, { name: name3 }) {
  if (engineName.toLowerCase() === name3.toLowerCase()) return { address: "127.0.0.1", network: "host" };
  return { why: `the engine is on ${engineName || "a machine without a name"}, and this is ${name3}` };
}

// src/image/delivery/failure.ts
function deliveryFailed(why, host, { lines = [], cause: cause2 } = {}) {
  const said = lines.length > 0 ? ` The step’s last lines:
${lines.join("\n")}` : "";
  return new StepError("delivery-failed", `The installer could not be delivered to the build: ${why}.`, {
    hint: `Let containers of the engine’s network reach this machine (a firewall rule for the NAT network, no proxy in between), or use ${host.spell("installerDelivery")}: copy, which makes the image larger by the installer.${said}`,
    cause: cause2
  });
}

// src/image/delivery/install-step.ts
function installStep(dockerfile) {
  let isDeclared = false;
  let naming;
  let following;
  for (const [index, instruction] of instructions(dockerfile).entries()) {
    const [, word = "", rest = ""] = /^(\S+)\s*(.*)$/s.exec(instruction) ?? [];
    switch (word.toUpperCase()) {
      case "FROM":
        isDeclared = false;
        break;
      case "ARG":
        if (!/(?:^|\s)INSTALLER_URL(?:[=\s]|$)/.test(rest)) break;
        isDeclared = true;
        following = void 0;
        break;
      case "ADD":
      case "RUN":
        if (!isDeclared) break;
        if (/\bINSTALLER_URL\b/.test(rest)) naming ??= index + 1;
        if (word.toUpperCase() === "RUN") following ??= index + 1;
    }
  }
  return naming ?? following;
}

// src/image/delivery/delivery.ts
var addressArgument = "INSTALLER_URL";
async function decideDelivery(order, { docker, engine, host }) {
  if (order.delivery === "copy") return { kind: "copy" };
  const refusal = await refusalOf(order, host);
  const place2 = refusal === void 0 ? await deliveryAddress(docker, engine) : { why: refusal };
  if (!("why" in place2)) return { kind: "serve", place: place2, isChoice: order.delivery === "auto" };
  if (order.delivery === "serve") throw deliveryFailed(place2.why, host);
  host.log(`Installer: copied into the build context, since ${place2.why}`);
  return { kind: "copy" };
}
async function refusalOf({ context }, host) {
  if (!context.declares.args.has(addressArgument)) return `the Dockerfile has no ARG ${addressArgument}`;
  const isTaken = context.args.some(({ name: name3 }) => name3 === addressArgument);
  if (isTaken) return `${host.spell("buildArgs")} sets ${addressArgument}`;
  const isSeen = installStep(await readFile4(context.dockerfile, "utf8")) !== void 0;
  return isSeen ? void 0 : `no RUN of the Dockerfile sees ARG ${addressArgument}: it must stand in the stage, before the RUN`;
}

// src/image/delivery/offer.ts
import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
var limits = { headMs: 1e4, silenceMs: 12e4 };
var chunkSize = 1024 * 1024;
async function offerInstaller(offered, host, { headMs, silenceMs: silenceMs2 } = limits) {
  const { createServer } = await import("node:http");
  const path28 = `/${randomBytes(32).toString("base64url")}/${encodeURIComponent(offered.name)}`;
  const counts = { requested: 0, delivered: 0 };
  const heads = { headersTimeout: headMs, requestTimeout: headMs, connectionsCheckingInterval: headMs / 2 };
  const server = createServer({ ...heads, requireHostHeader: false }, (request, response) => {
    response.on("error", () => void 0);
    const isAsked = request.url === path28 && (request.method === "GET" || request.method === "HEAD");
    if (!isAsked) return refuse(response);
    counts.requested++;
    void deliver(offered, request, response, counts);
  });
  server.timeout = silenceMs2;
  server.on("clientError", (_, socket) => socket.destroy());
  server.on("checkExpectation", (_, response) => refuse(response));
  const port = await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: offered.address, port: 0 }, () => resolve(server.address().port));
  }).catch((error) => {
    throw deliveryFailed(`it cannot be offered at ${offered.address} (${error.code})`, host, { cause: error });
  });
  server.on("error", () => void 0);
  const closed = new Promise((resolve) => server.once("close", resolve));
  const end = () => {
    server.close();
    server.closeAllConnections();
  };
  if (host.signal.aborted) end();
  else host.signal.addEventListener("abort", end, { once: true });
  return {
    url: `http://${offered.address.includes(":") ? `[${offered.address}]` : offered.address}:${port}${path28}`,
    delivered: () => counts.delivered,
    requested: () => counts.requested,
    close: () => {
      host.signal.removeEventListener("abort", end);
      end();
      return closed;
    }
  };
}
function refuse(response) {
  response.writeHead(404, { "Content-Length": 0, Connection: "close" }).end();
}
async function deliver({ file, size }, { method }, response, counts) {
  response.writeHead(200, {
    "Content-Type": "application/octet-stream",
    "Content-Length": size,
    "Accept-Ranges": "none",
    Connection: "close"
  });
  if (method === "HEAD") return void response.end();
  try {
    let sent = 0;
    for await (const chunk of createReadStream(file, { end: size - 1, highWaterMark: chunkSize })) {
      await send(response, chunk);
      sent += chunk.length;
    }
    if (sent !== size) return void response.destroy();
    counts.delivered++;
    response.end();
  } catch {
    response.destroy();
  }
}
function send(response, chunk) {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error("The connection ended."));
    response.once("close", gone);
    response.write(chunk, (error) => {
      response.off("close", gone);
      if (error) reject(error);
      else resolve();
    });
  });
}

// src/image/delivery/watch.ts
var stepLimitMs = 6e4;
var downloadLimitMs = 1e4;
function nextWatch(watch, line, step, nowMs) {
  if (watch.phase === "over") return watch;
  const [, begun] = /^Step (\d+)\/\d+ : /.exec(line) ?? [];
  if (begun !== void 0) {
    if (Number(begun) === step) return { phase: "installing", sinceMs: nowMs, limitMs: stepLimitMs };
    return watch.phase === "before" ? watch : { phase: "over" };
  }
  if (watch.phase === "downloading") return watch;
  if (/\bdownloading it from INSTALLER_URL\b/.test(line))
    return { phase: "downloading", sinceMs: nowMs, limitMs: downloadLimitMs };
  return watch.phase === "installing" && /^\s*---> Using cache$/.test(line) ? { phase: "over" } : watch;
}
function watchDelivery(offer, step, host, onSilence) {
  let watch = { phase: "before" };
  let last;
  let hasBegun = false;
  let waiting = new AbortController();
  const wait = (limitMs5, why) => {
    const { signal } = waiting;
    const either = AbortSignal.any([signal, host.signal]);
    void host.clock.sleep(limitMs5, either).then(() => {
      if (either.aborted || offer.requested() > 0) return;
      watch = { phase: "over" };
      onSilence(why);
    });
  };
  return {
    see: (line) => {
      const [, number, of] = /^Step (\d+)\/(\d+) : /.exec(line) ?? [];
      if (number !== void 0) {
        const begun = { step: Number(number), of: Number(of) };
        if (!follows(begun, last)) return;
        last = begun;
      }
      const next = nextWatch(watch, line, step, host.clock.now());
      if (next === watch) return;
      watch = next;
      waiting.abort();
      waiting = new AbortController();
      if (!("limitMs" in watch)) return;
      hasBegun = true;
      wait(watch.limitMs, whyOf2(watch.phase, watch.limitMs));
    },
    hasBegun: () => hasBegun,
    end: () => {
      watch = { phase: "over" };
      waiting.abort();
    }
  };
}
function whyOf2(phase, limitMs5) {
  const since = phase === "installing" ? "of the step that installs it" : "of the download";
  return `nothing asked for it within ${limitMs5 / 1e3} s ${since}`;
}
function lacksInstaller(offer, watch) {
  return offer.delivered() === 0 && (watch.hasBegun() || offer.requested() > 0);
}

// src/image/delivery/handover.ts
async function handOver(delivery, installer, context, host) {
  if (delivery.kind === "copy")
    return {
      ...{ isCopied: true, args: [], network: void 0, signal: host.signal },
      ...{ see: () => {
      }, lacking: () => void 0, end: async () => {
      } }
    };
  const { address, network } = delivery.place;
  const name3 = installerFileName(installer.version);
  const step = installStep(await readFile5(context.dockerfile, "utf8"));
  const offer = await offerInstaller({ file: installer.path, size: installer.size, address, name: name3 }, host);
  host.log(`The build fetches the installer from this machine, at ${address}; no layer will hold it.`);
  const silence = new AbortController();
  let silent;
  const watch = watchDelivery(offer, step, host, (why) => {
    silent = why;
    silence.abort();
  });
  return {
    isCopied: false,
    args: [{ name: addressArgument, value: offer.url }],
    network,
    signal: AbortSignal.any([host.signal, silence.signal]),
    see: watch.see,
    lacking: () => silent ?? (lacksInstaller(offer, watch) ? "it was not fetched whole" : void 0),
    end: async () => {
      watch.end();
      await offer.close();
    }
  };
}

// src/engine/registry-words.ts
var asksTooOften = /toomanyrequests|Too Many Requests/i;
var isUnavailable = new RegExp(
  [
    "received unexpected HTTP status: 5\\d\\d",
    "error parsing HTTP 5\\d\\d response",
    "TLS handshake timeout",
    "i/o timeout",
    "Client\\.Timeout exceeded",
    "request canceled while waiting for connection",
    "connection reset by peer",
    "forcibly closed by the remote host",
    "broken pipe",
    "unexpected EOF",
    '(?:Get|Head|Post|Put|Patch) "?https?:\\S+: EOF',
    "^EOF$"
  ].join("|"),
  "im"
);

// src/image/diagnosis.ts
var patchHint = "Update Windows on this machine, or choose a base that is not newer: a tag such as ltsc2022-KBnnnnnnn or 10.0.20348.nnnn names one month’s patches.";
var known = [
  {
    // hcsshim::ImportLayer … (0x70): windows-docker-machine #48. write …: docker/for-win #14425. Linux: moby #32811.
    text: /There is not enough space on the disk|no space left on device|\(0x70\)/i,
    code: "disk-full",
    cause: "A disk is full: the engine’s, or that of the container in which the step ran.",
    hint: "Free room where the engine keeps its images (docker system df, docker image prune). Where that has room, the container’s own disk is too small: 20 GB unless the engine’s storage-opts say more.",
    isTransient: false
  },
  {
    // hcs::System::Start: … exited unexpectedly: hcsshim #917. By a base that is newer than its host: Windows-Containers #591, runner-images #11582.
    text: /0xc0370106|The virtual machine or container exited unexpectedly/i,
    code: "os-mismatch",
    cause: "Windows ended the container as it started, as it does where the base image is patched further than this machine.",
    hint: patchHint,
    isTransient: false
  },
  {
    // Both orders of the words: service-fabric #1000, moby #36735.
    text: /0xc0370101|The container operating system does not match the host operating system|The operating system of the container does not match the operating system of the host/i,
    code: "os-mismatch",
    cause: "The base image’s Windows is not one that this machine’s can run in this isolation.",
    hint: "Choose the base of this machine’s Windows (ltsc2022 runs on Windows Server 2022 and 2025), or another isolation where the machine has a hypervisor.",
    isTransient: false
  },
  {
    // What the engine itself refuses to pull: jcefbuild #15, moby #40215.
    text: /a Windows version \S+-based image is incompatible with a \S+ host/i,
    code: "os-mismatch",
    cause: "The base image’s Windows is newer than this machine’s, and the engine does not pull it.",
    hint: "Choose an older base, or a machine with the base’s Windows; another isolation changes nothing here.",
    isTransient: false
  },
  {
    // dotnet/core #3349, official-images #3835.
    text: /no matching manifest for linux\//i,
    isEngines: true,
    code: "engine-os-mismatch",
    cause: "The engine runs Linux containers, and the base image has no Linux.",
    hint: "Use a Windows machine whose engine runs Windows containers (Docker Desktop: Switch to Windows containers).",
    isTransient: false
  },
  {
    // windows/amd64 10.0.17134: docker/for-win #6128. windows/amd64 alone: #1894. unknown: dotnet-docker #1040.
    text: /no matching manifest for (?:windows\/|unknown)/i,
    isEngines: true,
    code: "os-mismatch",
    cause: "The base image has nothing for this machine’s Windows.",
    hint: "Choose a base that is published for it, by a tag that names the Windows: ltsc2022, ltsc2025.",
    isTransient: false
  },
  {
    // docker/for-win #1477, #2710.
    text: /No hypervisor is present on this system|0xc0351000/i,
    code: "build-failed",
    cause: "The build asks for Hyper-V isolation, and this machine has no hypervisor.",
    hint: "Build with process isolation, on a base of this machine’s Windows; hosted machines have no other.",
    isTransient: false
  },
  {
    // hcsshim #1077, navcontainerhelper #1253. One build in ten on a registry's builders: Azure/acr #511.
    text: /hcs(?:shim)?::System::\w+: context deadline exceeded|(?:hcsshim|hcs::)[^\n]*context deadline exceeded/i,
    code: "build-failed",
    cause: "Windows did not start a container in the time that the engine gives it.",
    hint: "That passes on a machine with less to do. Where it does not, restart the engine, and look for a virus scanner that watches its folder.",
    isTransient: true
  },
  {
    // The layer is taken in while a scanner reads it: docker/for-win #657, hcsshim #2553.
    text: /hcsshim::\w+[^\n]*\(0x20\)|(?:failed to register layer|re-exec error)[^\n]*being used by another process/i,
    code: "build-failed",
    cause: "Another program held a file of a layer while the engine wrote it.",
    hint: "Exclude the engine’s folder (C:\\ProgramData\\docker) from virus scanners.",
    isTransient: true
  },
  {
    // With 0x3, 0x2 and 0x5: hcsshim #368, #835, #879; moby #35988. Many of them were full disks, some a driver that watches files.
    text: /hcsshim::ImportLayer/i,
    code: "build-failed",
    cause: "Windows could not take in a layer, which mostly means a full disk, or a program that watches files.",
    hint: "Look at the room where the engine keeps its images, exclude its folder from virus scanners and from Sysmon, and remove old images (docker image prune).",
    isTransient: false
  },
  {
    // navcontainerhelper #870, #1093.
    text: /The paging file is too small for this operation to complete|0x800705af|Not enough memory resources are available|cannot allocate memory|System\.OutOfMemoryException/i,
    code: "build-failed",
    cause: "There was not enough memory.",
    hint: "With Hyper-V isolation a container has 1 GB unless it is told more; else end what else runs on this machine, or enlarge its paging file.",
    isTransient: false
  },
  {
    text: asksTooOften,
    isEngines: true,
    code: "build-failed",
    cause: "The registry of the base image answers that it is asked too often.",
    hint: "Log in to it before this step: most registries count those who are known apart. Or wait.",
    isTransient: true
  },
  {
    text: isUnavailable,
    isEngines: true,
    code: "build-failed",
    cause: "The connection to the registry of the base image failed.",
    hint: "Where it fails again and again, look at the proxy and the firewall between the engine and the registry.",
    isTransient: true
  }
];
var commandFailed = /returned a non-zero code: \d+/;
function diagnose2(lines) {
  const isCommands = lines.some((line) => commandFailed.test(line));
  const found2 = known.find(({ text, isEngines }) => !(isEngines && isCommands) && lines.some((line) => text.test(line)));
  if (found2 === void 0) return void 0;
  const { code, cause: cause2, hint, isTransient: isTransient2 } = found2;
  return { code, cause: cause2, hint, isTransient: isTransient2 };
}
function buildFailed({ step, why, lines }, diagnosis) {
  const message = `docker build failed${step ? ` at ${step}` : ""}: ${why}`;
  return new StepError(diagnosis?.code ?? "build-failed", diagnosis ? `${message} (${diagnosis.cause})` : message, {
    hint: `${diagnosis ? `${diagnosis.hint} ` : ""}The step’s last lines:
${lines.join("\n")}`
  });
}

// src/image/labels.ts
function imageLabels({ bases, declares, args }, { installer, baseDigest, fingerprint: fingerprint2, delivery, run, createdMs }, own) {
  const oci = (name3) => `org.opencontainers.image.${name3}`;
  const known2 = {
    [oci("title")]: "Self-Hosted Integration Runtime",
    [oci("version")]: installer.version,
    [oci("created")]: createdMs === void 0 ? void 0 : new Date(createdMs).toISOString(),
    [oci("source")]: run?.source,
    [oci("revision")]: run?.commit,
    [oci("base.name")]: bases.at(-1)?.reference,
    [oci("base.digest")]: baseDigest,
    [labelNames.version]: installer.version,
    [labelNames.sha256]: installer.sha256,
    [labelNames.signer]: installer.signer,
    [labelNames.jdk]: jdkPackage(declares.args, args),
    [labelNames.delivery]: delivery,
    [labelNames.fingerprint]: fingerprint2
  };
  const ours = Object.entries(known2).flatMap(([name3, value]) => value === void 0 ? [] : [{ name: name3, value }]);
  const names = new Set(own.map(({ name: name3 }) => name3));
  return [...ours.filter(({ name: name3 }) => !names.has(name3)), ...own];
}
function jdkPackage(declared, given) {
  const argument = (name3) => given.findLast((pair) => pair.name === name3)?.value ?? declared.get(name3);
  if (argument(argumentNames.installJdk) !== "true") return void 0;
  const url = argument(argumentNames.jdkUrl) ?? "";
  return URL.canParse(url) && new URL(url).pathname.split("/").at(-1) || void 0;
}
function installerArguments(installer, declared, own) {
  const offered = [
    { name: "SHIR_VERSION", value: installer.version },
    { name: "MSI_SHA256", value: installer.sha256 }
  ];
  return [...offered.filter(({ name: name3 }) => declared.has(name3) && !own.some((pair) => pair.name === name3)), ...own];
}

// src/image/staging.ts
import { randomUUID } from "node:crypto";
import { constants, createReadStream as createReadStream2, createWriteStream } from "node:fs";
import { copyFile, cp, link, mkdir, readdir as readdir4, readFile as readFile6, realpath as realpath4, rm as rm3, writeFile as writeFile2 } from "node:fs/promises";
import path8 from "node:path";
import { pipeline } from "node:stream/promises";

// src/journal/owed-path.ts
import { rm as rm2 } from "node:fs/promises";
async function owePath(path28, what, host, journal) {
  const debt = { kind: "path", path: path28 };
  await journal.intend(debt);
  return {
    discard: async () => {
      const isGone = await rm2(path28, { recursive: true, force: true, maxRetries: 5 }).then(
        () => true,
        () => false
      );
      if (isGone) await journal.settle(debt);
      else host.log(`${what} could not be removed yet.`);
    }
  };
}

// src/image/ignore-file.ts
import path7 from "node:path";
function parseIgnoreFile(text, platform) {
  const rules = text.replace(/^\uFEFF/, "").split(/\r?\n/).filter((line) => !line.startsWith("#") && line.trim() !== "").map((line) => readRule(line.trim(), platform));
  return {
    judge: (name3, folder) => judge2(rules, name3, folder),
    mayLetIn: (folder) => rules.some(({ letsIn, pattern }) => letsIn && `${pattern}/`.startsWith(`${folder}/`))
  };
}
function judge2(rules, name3, folder) {
  let isOut2 = false;
  const fits = rules.map((rule, index) => {
    const does = folder?.fits[index] === true || rule.letsIn === isOut2 && rule.fits(name3);
    if (does) isOut2 = !rule.letsIn;
    return does;
  });
  return { isOut: isOut2, fits };
}
function readRule(line, platform) {
  const letsIn = line.startsWith("!");
  const written = letsIn ? line.slice(1).trim() : line;
  if (written === "") throw notUnderstood(line);
  const clean = path7.posix.normalize(platform === "win32" ? written.replaceAll("\\", "/") : written).replace(/(?<=.)\/$/, "");
  const pattern = clean.replace(/^\/(?=.)/, "");
  try {
    return { pattern, letsIn, fits: reader(pattern) };
  } catch (cause2) {
    throw notUnderstood(line, cause2);
  }
}
function notUnderstood(line, cause2) {
  return new StepError(
    "context-invalid",
    `.dockerignore in the build context has a rule that Docker does not understand: ${line}`,
    {
      hint: "A rule is a path with *, ?, [a-z] or **, or such a path after an exclamation mark.",
      cause: cause2
    }
  );
}
function reader(pattern) {
  const isPlain = (text) => !/[*?[\]\\]/.test(text);
  if (isPlain(pattern)) return (name3) => name3 === pattern;
  const [begin, end] = [pattern.slice(0, -2), pattern.slice(2)];
  if (pattern.startsWith("**") && isPlain(end)) return (name3) => name3.endsWith(end) || `/${name3}` === end;
  if (pattern.endsWith("**") && isPlain(begin)) return (name3) => name3.startsWith(begin);
  const whole = new RegExp(`^${expression(pattern)}$`);
  return (name3) => whole.test(name3);
}
function expression(pattern) {
  return pattern.replace(/\*\*\/?|\*|\?|\\.?|[.+(){}|$]/gs, (found2, at) => {
    if (found2.startsWith("**")) return at + found2.length === pattern.length ? ".*" : "(?:.*/)?";
    if (found2 === "*") return "[^/]*";
    if (found2 === "?") return "(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^/])";
    if (found2 === "\\") throw new SyntaxError("nothing after the last backslash");
    const plain = found2.slice(-1);
    return /[\w\s]/.test(plain) ? plain : `\\${plain}`;
  });
}

// src/image/staging.ts
async function stageContext(context, installer, host, journal) {
  const root = path8.join(host.machine.temp, `shir-build-${randomUUID()}`);
  const folder = path8.join(root, "context");
  const { discard } = await owePath(root, `The staging folder ${root}`, host, journal);
  await copyContext(context, folder, host.signal);
  const filled2 = await folderToFill(folder);
  const name3 = installer && installerFileName(installer.version);
  if (installer && name3) await linkOrCopy(installer.path, path8.join(filled2, name3), host.signal);
  for (const { from, to } of context.additions) {
    host.log(`Adding ${from} as ${to}`);
    await copy(from, path8.join(folder, to), from, host.signal);
  }
  await admit(
    folder,
    [...name3 ? [`${shirFolder}/${name3}`] : [], ...context.additions.map(({ to }) => to)],
    host.machine.platform
  );
  const isWithin = isInside(context.dockerfile, context.folder);
  const dockerfile = path8.join(folder, isWithin ? path8.relative(context.folder, context.dockerfile) : "Dockerfile");
  if (!isWithin) await copyFile(context.dockerfile, dockerfile);
  return {
    folder,
    dockerfile,
    idFile: path8.join(root, "image-id"),
    discard
  };
}
async function copyContext(context, folder, signal) {
  const { installer } = context;
  const isInstaller = (source) => installer !== void 0 && path8.toNamespacedPath(source) === path8.toNamespacedPath(installer);
  await copy(context.folder, folder, "The build context", signal, (source) => !isInstaller(source));
}
async function copy(from, to, what, signal, isWanted2 = () => true) {
  const filter = (source) => {
    signal.throwIfAborted();
    return isWanted2(source);
  };
  try {
    await cp(from, to, { recursive: true, verbatimSymlinks: true, filter });
  } catch (error) {
    const { code, message } = error;
    if (!String(code).startsWith("ERR_FS_CP")) throw error;
    throw new StepError("context-invalid", `${what} cannot be copied: ${message}.`, {
      hint: "Sockets, pipes and devices cannot be part of a context, nor can a folder that holds the temp folder.",
      cause: error
    });
  }
}
async function folderToFill(folder) {
  const inside = path8.join(folder, shirFolder);
  await mkdir(inside, { recursive: true }).catch(() => void 0);
  const real = await realpath4(inside).catch(() => void 0);
  if (real !== void 0 && isInside(real, await realpath4(folder))) return real;
  throw new StepError("context-invalid", `${shirFolder} in the build context is a link that leads out of it.`, {
    hint: "Docker could not copy from there either; make it a folder of the context."
  });
}
async function admit(folder, names, platform) {
  const file = path8.join(folder, ".dockerignore");
  const rules = await readFile6(file, "utf8").catch(() => void 0);
  if (rules === void 0) return;
  const ignore = parseIgnoreFile(rules, platform);
  for (const name3 of names)
    for (const other of await alikeTo(name3, folder)) if (isOut(other, ignore)) await rm3(path8.join(folder, other));
  await rm3(file);
  const admitted = names.map(patternOf).flatMap((name3) => [`!${name3}`, `!${name3}/**`]);
  await writeFile2(file, [rules.trimEnd(), ...admitted, ""].join("\n"));
}
async function alikeTo(name3, folder) {
  if (patternOf(name3) === name3) return [];
  const place2 = path8.posix.dirname(name3);
  const fitting = new RegExp(`^${patternOf(path8.posix.basename(name3)).replace(/[.]/g, "\\.").replaceAll("?", ".")}$`, "u");
  const found2 = await readdir4(path8.join(folder, place2), { withFileTypes: true });
  const others = found2.filter((entry) => !entry.isDirectory() && fitting.test(entry.name)).map((entry) => `${place2}/${entry.name}`);
  return others.filter((other) => other !== name3);
}
function isOut(name3, ignore) {
  return ignore.judge(name3, ignore.judge(path8.posix.dirname(name3), void 0)).isOut;
}
function patternOf(name3) {
  return name3.replace(/[^\w./ -]/gu, "?");
}
async function linkOrCopy(from, to, signal) {
  await link(await realpath4(from), to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE_FORCE)).catch(() => pipeline(createReadStream2(from, { highWaterMark: 1024 * 1024 }), createWriteStream(to), { signal }));
}

// src/image/attempt.ts
async function attemptBuild(plan, labels, shop) {
  const { order, installer, delivery } = plan;
  const { docker, host, journal } = shop;
  const { context } = order;
  const handover = await handOver(delivery, installer, context, host);
  try {
    const staged = await stageContext(context, handover.isCopied ? installer : void 0, host, journal);
    try {
      const args = buildArguments({
        context: staged.folder,
        dockerfile: staged.dockerfile,
        args: [...installerArguments(installer, context.declares.args, context.args), ...handover.args],
        labels,
        idFile: staged.idFile,
        network: handover.network,
        isolation: order.isolation,
        memory: buildMemory(order, shop),
        isFresh: order.rebuild
      });
      const end = await followBuild(
        host,
        (onLine) => docker.run(args, {
          signal: handover.signal,
          onLine: (line, stream) => {
            handover.see(line);
            onLine(line, stream);
          }
        })
      );
      if (host.signal.aborted) throw endOf(host.signal);
      if (end.code === 0) return { kind: "built", id: (await readFile7(staged.idFile, "utf8")).trim(), times: end.times };
      const diagnosis = diagnose2(end.lines);
      const why = diagnosis ? void 0 : handover.lacking();
      return why === void 0 ? { kind: "failed", end, diagnosis } : { kind: "undelivered", why: wordsOf(why, end), end };
    } finally {
      await staged.discard();
    }
  } finally {
    await handover.end();
  }
}
function wordsOf(why, { why: said }) {
  return said === "" || why.includes(said) ? why : `${why} (${said.replace(/\.$/, "")})`;
}
function buildMemory({ isolation, memory }, { engine, host }) {
  const effective = effectiveIsolation(isolation, engine);
  if (effective !== "hyperv") return void 0;
  if (memory !== void 0) return memory;
  const usual = memoryUnder(effective, "build");
  host.log(`The build gets ${usual} of memory: under Hyper-V it would have 1 GB otherwise.`);
  return usual;
}

// src/image/metadata.ts
function metadataOf(labels, { os: os2, osVersion }) {
  const told2 = (name3) => labels[name3] ?? "";
  return {
    shirVersion: told2(labelNames.version),
    msiSha256: told2(labelNames.sha256),
    signer: told2(labelNames.signer),
    jdk: told2(labelNames.jdk),
    base: told2("org.opencontainers.image.base.name"),
    baseDigest: told2("org.opencontainers.image.base.digest"),
    os: os2,
    osVersion: osVersion ?? "",
    fingerprint: told2(labelNames.fingerprint)
  };
}

// src/image/reference.ts
function repositoryOf(reference) {
  return reference.replace(/@.*$/, "").replace(/:[^:/]*$/, "");
}
function listedName(reference) {
  const short = reference.replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, "");
  return repositoryOf(short) === short ? `${short}:latest` : short;
}
var tagDigits = 32;
function fingerprintReference(reference, fingerprint2) {
  return `${repositoryOf(reference)}:shir-${fingerprint2.slice(0, tagDigits)}`;
}
function pushedNames(references, fingerprint2) {
  return [...references, ...new Set(references.map((reference) => fingerprintReference(reference, fingerprint2)))];
}
function registryOf(reference) {
  const [first = "", ...rest] = reference.split("/");
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase());
  if (!isRegistry || first === "index.docker.io") return "docker.io";
  return first;
}
function namesRegistry(reference) {
  return reference.startsWith(`${registryOf(reference)}/`);
}

// src/image/found-image.ts
function imageOf(reference, facts, how) {
  const metadata = metadataOf(facts.labels, facts);
  return {
    planned: false,
    reference,
    id: facts.id,
    digest: digestOf(facts, reference),
    ...how,
    os: facts.os,
    osVersion: facts.osVersion,
    hasHealthCheck: facts.hasHealthCheck,
    shirVersion: metadata.shirVersion || void 0,
    metadata
  };
}
function digestOf(facts, reference) {
  const repository = repositoryOf(listedName(repositoryOf(reference)));
  return facts.repoDigests.find((entry) => entry.startsWith(`${repository}@`))?.slice(repository.length + 1);
}

// src/image/installed.ts
import { lstat, readFile as readFile8 } from "node:fs/promises";

// src/image/look.ts
import { randomUUID as randomUUID2 } from "node:crypto";
import { mkdir as mkdir2 } from "node:fs/promises";
import path9 from "node:path";

// src/engine/look-arguments.ts
function createArguments(name3, labels, image) {
  return ["create", "--name", name3, ...labelArguments(labels), "--network", "none", "--", image, "never-started"];
}
function runOnceArguments(name3, labels, image, [program = "", ...words2]) {
  return [
    ...["run", "--rm", "--name", name3],
    ...labelArguments(labels),
    ...["--network", "none", "--no-healthcheck"],
    ...["--entrypoint", program, "--", image, ...words2]
  ];
}
function copyOutArguments(container, from, to) {
  return ["cp", "--", `${container}:${from}`, to];
}

// src/image/look.ts
var limitMs = 12e4;
async function copyFromImage(image, file, docker, host, journal, read) {
  const folder = path9.join(host.machine.temp, `shir-look-${randomUUID2()}`);
  const { discard } = await owePath(folder, `The folder ${folder}`, host, journal);
  try {
    await mkdir2(folder);
    const copy2 = path9.join(folder, "copy");
    const isThere = await withLook(image, docker, host, journal, async (name3, labels) => {
      for (const args of [createArguments(name3, labels, image), copyOutArguments(name3, file, copy2)]) {
        const { code, stderr } = await docker.read(args, { limitMs });
        if (code === 0) continue;
        if (args[0] === "create") host.log(`The image cannot be looked into: ${firstLine(stderr)}`);
        return false;
      }
      return true;
    });
    return isThere ? await read(copy2) : void 0;
  } finally {
    await discard();
  }
}
async function runInImage(image, command, runLimitMs2, docker, host, journal) {
  return withLook(
    image,
    docker,
    host,
    journal,
    (name3, labels) => withinLimit(runLimitMs2, host, async ({ signal }, limit) => {
      const { code, stdout, stderr } = await docker.run(runOnceArguments(name3, labels, image, command), { signal });
      if (host.signal.aborted) throw endOf(host.signal);
      return { code, isTimeUp: limit.aborted, text: [stdout, stderr].filter((text) => text !== "").join("\n") };
    })
  );
}
async function withLook(image, docker, host, journal, use) {
  const name3 = `shir-look-${randomUUID2()}`;
  const debt = { kind: "container", name: name3, run: journal.id };
  await journal.intend(debt);
  const labels = [
    { name: labelNames.run, value: journal.id },
    { name: labelNames.look, value: image }
  ];
  const result = await use(name3, labels);
  const { code, stderr } = await docker.read(removeArguments(name3), { limitMs });
  if (code === 0 || /no such container/i.test(stderr)) await journal.settle(debt);
  else host.log(`${name3} could not be removed yet: ${firstLine(stderr)}`);
  return result;
}

// src/image/installed.ts
var recordPath = "C:/SHIR/installed.json";
var mostRecordBytes = 64 * 1024;
var runLimitMs = 12e4;
var versionScript = [
  "$keys = @('ConfigurationManager', 'HostService') | ForEach-Object { 'HKLM:\\SOFTWARE\\Microsoft\\DataTransfer\\DataManagementGateway\\' + $_ }",
  "$diacmds = @($keys | ForEach-Object { (Get-ItemProperty -Path $_ -ErrorAction SilentlyContinue).DiacmdPath } | Where-Object { $_ })",
  "$folders = @($diacmds | ForEach-Object { Split-Path -Parent $_ }) + 'C:/Program Files/Microsoft Integration Runtime/*/Shared'",
  "$files = @($folders | ForEach-Object { Join-Path $_ 'Microsoft.DataTransfer.GatewayManagement.dll' })",
  "$library = Get-ChildItem -Path $files -ErrorAction SilentlyContinue | Select-Object -First 1",
  "if (-not $library) { ConvertTo-Json -Compress @{ version = '' }; exit 1 }",
  "$info = $library.VersionInfo",
  "$version = '{0}.{1}.{2}.{3}' -f $info.FileMajorPart, $info.FileMinorPart, $info.FileBuildPart, $info.FilePrivatePart",
  "ConvertTo-Json -Compress @{ version = $version }"
].join("; ");
async function readInstalled(docker, { id }, host, journal) {
  const recorded = await copyFromImage(id, recordPath, docker, host, journal, readRecord);
  if (recorded !== void 0) return recorded;
  host.log(`The image has no readable ${recordPath}; asking SHIR in it.`);
  const { code, text, isTimeUp } = await runInImage(id, powerShell(versionScript), runLimitMs, docker, host, journal);
  const version = answerOf(text)?.version;
  if (code === 0 && isVersion(version)) return { version, msiSha256: void 0 };
  host.log(
    `The image does not tell its version: ${isTimeUp ? `it had no answer in ${runLimitMs / 1e3} s` : whyNot(version, text)}.`
  );
  return void 0;
}
function whyNot(version, text) {
  return version === "" ? "there is no SHIR in it" : firstLine(text);
}
function assertInstalled(installed, installer, host) {
  if (!agree(installed.version, installer.version))
    throw new StepError(
      "image-version-mismatch",
      `The image has SHIR ${installed.version}, but was built with the installer of ${installer.version}.`,
      {
        hint: "Its context fetches an installer of its own, or builds on an image that has SHIR already: let it install SHIR/IntegrationRuntime*.msi, or ask for the version that it has."
      }
    );
  host.log(`SHIR ${installed.version} is installed in the image.`);
  if (installed.msiSha256 !== void 0 && installed.msiSha256 !== installer.sha256)
    host.log(`It was installed from another file of that version, with the SHA-256 ${installed.msiSha256}.`);
}
function agree(a, b) {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  const known2 = Math.min(left.length, right.length);
  return left.slice(0, known2).join(".") === right.slice(0, known2).join(".");
}
async function readRecord(file) {
  const facts = await lstat(file);
  if (!facts.isFile() || facts.size > mostRecordBytes) return void 0;
  const { shirVersion, msiSha256 } = parsed((await readFile8(file, "utf8")).replace(/^\uFEFF/, ""));
  if (!isVersion(shirVersion)) return void 0;
  const isHash = typeof msiSha256 === "string" && /^[0-9a-f]{64}$/i.test(msiSha256);
  return { version: shirVersion, msiSha256: isHash ? msiSha256.toLowerCase() : void 0 };
}
function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
function isVersion(value) {
  return typeof value === "string" && /^\d{1,5}(?:\.\d{1,5}){2,3}$/.test(value);
}

// src/image/order.ts
function namesOf({ references }, version) {
  const [first = `shir:${version}`, ...others] = references;
  return [first, ...others];
}

// src/image/build.ts
async function makeImage(plan, shop) {
  const { docker } = shop;
  const before = new Set(idsOf(await docker.ask(listImagesArguments())));
  const { id, times: times2 } = await buildPersistently(plan, shop);
  const made = { id, isNew: !before.has(id), times: times2 };
  await checkInstalled(made, plan.installer, shop);
  return made;
}
async function nameImage({ id, isNew, times: times2 }, plan, { docker }) {
  const [first, ...others] = namesOf(plan.order, plan.installer.version);
  const mark = fingerprintReference(first, plan.materials.fingerprint);
  for (const name3 of [first, ...others, mark]) await docker.ask(tagArguments(id, name3));
  const facts = await inspectImage(docker, id);
  if (facts) return { image: imageOf(first, facts, { built: true, isNew }), times: times2 };
  throw removedMeanwhile(id);
}
async function dropImage({ id, isNew }, { docker }) {
  if (isNew) await docker.read(removeImageArguments(id));
}
async function buildPersistently(plan, shop) {
  const { host } = shop;
  const { order, installer, materials } = plan;
  const provenance = { installer, ...materials, run: host.run, createdMs: host.clock.now() };
  let { delivery } = plan;
  for (let isSecond = false; ; ) {
    const labels = imageLabels(order.context, { ...provenance, delivery: delivery.kind }, order.labels);
    const attempt = await attemptBuild({ ...plan, delivery }, labels, shop);
    if (attempt.kind === "built") return attempt;
    if (attempt.kind === "undelivered") {
      if (delivery.kind === "serve" && !delivery.isChoice) throw deliveryFailed(attempt.why, host, { lines: attempt.end.lines });
      host.log(`The build could not fetch the installer: ${attempt.why}. It is built again with a copy of it in the context.`);
      delivery = { kind: "copy" };
      continue;
    }
    const { diagnosis, end } = attempt;
    if (isSecond || !diagnosis?.isTransient) throw buildFailed(end, diagnosis);
    host.log(`${diagnosis.cause} That may pass: it is built once more.`);
    isSecond = true;
  }
}
async function checkInstalled(made, installer, shop) {
  const { docker, host, journal, warn } = shop;
  const installed = await readInstalled(docker, made, host, journal);
  if (installed === void 0) {
    if (await inspectImage(docker, made.id) === void 0) throw removedMeanwhile(made.id);
    return warn(
      "version-unread",
      "Which version of SHIR is installed in the image could not be read: it has no C:/SHIR/installed.json, and SHIR in it does not tell."
    );
  }
  try {
    assertInstalled(installed, installer, host);
  } catch (error) {
    await dropImage(made, shop);
    throw error;
  }
}
function removedMeanwhile(id) {
  return new StepError("engine-failed", `The engine does not know the image ${id}, which it has just made.`, {
    hint: "Was it removed by another job, such as one that runs docker image prune?"
  });
}

// src/engine/manifest.ts
function isImage(answer, id) {
  return answer.kind === "found" && [answer.imageId, answer.digest].includes(id);
}
var limitMs2 = 1e4;
async function askRegistry(docker, reference, engine, host) {
  return withinLimit(limitMs2, host, async ({ signal }, limit) => {
    const args = inspectManifestArguments(reference, isLoopbackRegistry(reference));
    const { code, stdout, stderr } = await docker.run(args, { signal });
    if (host.signal.aborted) throw endOf(host.signal);
    if (code === 0) return readAnswer(stdout, engine);
    if (limit.aborted) return { kind: "unknown", why: `it did not answer in ${limitMs2 / 1e3} s` };
    const why = refusalIn(stderr);
    return saysAbsent(why) ? { kind: "absent" } : { kind: "unknown", why };
  });
}
function isLoopbackRegistry(reference) {
  const [first = "", ...others] = reference.split("/");
  return others.length > 0 && isLoopback(first.replace(/:\d+$/, ""));
}
function refusalIn(stderr) {
  const isDebug = (line) => /^time=\S+ level=/.test(line);
  const lines = stderr.split(/\r?\n/);
  const said = cause(lines.filter((line) => !isDebug(line)).join("\n"));
  if (!/no such manifest/i.test(said)) return said;
  const debug = lines.filter(isDebug).join("\n");
  const passedOver = /msg="continuing on error \([^)]*\) (.*)"$/m.exec(debug)?.[1];
  if (passedOver !== void 0) return cause(passedOver.replaceAll("\\n", "\n").replace(/\\(.)/g, "$1"));
  if (/skipping non-tls registry endpoint/.test(debug)) return "it speaks plain HTTP, or not at all";
  return said;
}
function cause(text) {
  return firstLine(text.replace(/^errors:\s*$/m, ""));
}
function saysAbsent(line) {
  return /no such manifest|manifest unknown|name unknown|(?<!executable file )\bnot found\b/i.test(line);
}
function readAnswer(stdout, engine) {
  try {
    const answer = JSON.parse(stdout);
    const isList = Array.isArray(answer);
    const manifest = isList ? choose(answer, engine) : answer;
    if (manifest === void 0) return { kind: "unknown", why: `it has no image for ${engine.os}/amd64 under this name` };
    const found2 = factsOf(manifest);
    if (found2 !== void 0) return found2;
  } catch {
  }
  return { kind: "unknown", why: "docker manifest inspect answered with something else than an image’s manifest" };
}
function choose(list, { os: os2, windowsBuild }) {
  const fitting = list.filter(
    ({ Descriptor: { platform } }) => platform?.os === os2 && (platform.architecture ?? "amd64") === "amd64"
  );
  if (os2 !== "windows" || windowsBuild === void 0) return fitting[0];
  const notNewer = fitting.filter((manifest) => buildOf(manifest) <= windowsBuild);
  const newest = Math.max(...notNewer.map(buildOf));
  return notNewer.find((manifest) => buildOf(manifest) === newest) ?? fitting[0];
}
function buildOf({ Descriptor: { platform } }) {
  return Number(/^10\.0\.(\d+)/.exec(platform?.["os.version"] ?? "")?.[1] ?? 0);
}
function factsOf({ Descriptor: { digest, platform }, ...raw }) {
  const manifest = raw.SchemaV2Manifest ?? raw.OCIManifest;
  if (!manifest?.config?.digest || !digest) return void 0;
  return {
    kind: "found",
    digest,
    imageId: manifest.config.digest,
    os: platform?.os ?? "",
    osVersion: platform?.["os.version"],
    bytes: (manifest.layers ?? []).reduce((sum, { size }) => sum + size, 0)
  };
}

// src/image/transfer.ts
var longestSilenceMs2 = 15 * 6e4;
var mostTries = 4;
async function transfer(args, docker, host, onLine) {
  const limit = new AbortController();
  const watch = watchSilence(host, (silentMs) => {
    host.log(`docker ${args[0]} ${args.at(-1)} has said nothing for ${inMinutes(silentMs)}.`);
    if (silentMs >= longestSilenceMs2) limit.abort();
  });
  try {
    const finished = await docker.run(args, {
      signal: AbortSignal.any([host.signal, limit.signal]),
      onLine: (line) => {
        watch.heard();
        onLine(line);
      }
    });
    if (host.signal.aborted) throw endOf(host.signal);
    return { ...finished, timedOut: limit.signal.aborted && finished.code !== 0 };
  } finally {
    watch.end();
  }
}
function whyFailed({ stderr, timedOut }) {
  return timedOut ? `docker said nothing for ${inMinutes(longestSilenceMs2)}` : firstLine(stderr);
}
function isTransient({ stderr, timedOut }) {
  return timedOut || asksTooOften.test(stderr) || isUnavailable.test(stderr);
}

// src/image/pull.ts
async function pullImage(reference, docker, host) {
  host.log(`${reference} is not on this engine; pulling it.`);
  for (let attempt = 1; ; attempt++) {
    const end = await transfer(pullArguments(reference), docker, host, (line) => tellPull(line, host));
    const facts = end.code === 0 ? await inspectImage(docker, reference) : void 0;
    if (facts) return facts;
    const why = whyFailed(end);
    if (!isTransient(end) || attempt === mostTries)
      throw new StepError("image-missing", `The image ${reference} is not on this engine and could not be pulled: ${why}`, {
        hint: `Check the reference, log in to its registry, or build the image with ${host.spell("mode")} build.`
      });
    const waitMs = backoffMs({ retryAfterMs: void 0 }, attempt);
    await waitForNext(`${reference} could not be pulled: ${why}`, waitMs, attempt, mostTries, host);
  }
}
function tellPull(line, host) {
  if (/complete|^Digest|^Status|error|denied/i.test(line)) tellForeign(host, line);
}

// src/image/lookup.ts
async function findByFingerprint(order, fingerprint2, installer, shop) {
  const here = await findHere(order, fingerprint2, installer, shop);
  if (here) return here;
  const { docker, engine, host } = shop;
  const [first] = namesOf(order, installer.version ?? "");
  if (!order.isPushed && !namesRegistry(first)) return void 0;
  const name3 = fingerprintReference(first, fingerprint2);
  const answer = await askRegistry(docker, name3, engine, host);
  if (answer.kind === "unknown")
    host.log(`${repositoryOf(first)} could not be asked for an image of that fingerprint: ${answer.why}`);
  if (answer.kind !== "found") return void 0;
  const mayStay = !order.isRun && order.isPushed && order.delivery !== "serve";
  if (mayStay && await haveAll(pushedNames(order.references, fingerprint2), answer.imageId, shop)) {
    host.log(`Nothing to build: ${name3} is in its registry, by all the names that it should have.`);
    return remoteImage(first, answer, order, fingerprint2, installer);
  }
  try {
    const pulled = await pullImage(name3, docker, host);
    return isWanted(pulled, order, fingerprint2) ? await named(name3, pulled, order, shop) : void 0;
  } catch (error) {
    if (!(error instanceof StepError) || error.code !== "image-missing") throw error;
    host.log(`${error.message} It is built instead.`);
    return void 0;
  }
}
async function findHere(order, fingerprint2, installer, shop) {
  const [first] = namesOf(order, installer.version ?? "");
  const name3 = fingerprintReference(first, fingerprint2);
  const facts = await inspectImage(shop.docker, name3);
  return facts && isWanted(facts, order, fingerprint2) ? named(name3, facts, order, shop) : void 0;
}
function isWanted({ labels }, { delivery }, fingerprint2) {
  const isOurs2 = labels[labelNames.fingerprint] === fingerprint2;
  return isOurs2 && (delivery !== "serve" || labels[labelNames.delivery] === "serve");
}
async function named(name3, facts, order, { docker, host }) {
  const names = namesOf(order, metadataOf(facts.labels, facts).shirVersion);
  const missing = names.filter((one) => !facts.repoTags.includes(listedName(one)));
  for (const one of missing) await docker.ask(tagArguments(facts.id, one));
  host.log(`Nothing to build: ${name3} has all that was asked for. It is called ${names.join(", ")}.`);
  return imageOf(names[0], facts, { built: false, isNew: false });
}
async function haveAll(names, imageId, { docker, engine, host }) {
  for (const name3 of names) {
    const answer = await askRegistry(docker, name3, engine, host);
    if (!isImage(answer, imageId)) return false;
  }
  return true;
}
function remoteImage(reference, { imageId, digest, os: os2, osVersion }, { context, labels }, fingerprint2, installer) {
  const { sha256: sha2562, version } = installer;
  const told2 = imageLabels(context, { installer: { sha256: sha2562, ...version && { version } }, fingerprint: fingerprint2 }, labels);
  return {
    planned: false,
    reference: `${repositoryOf(reference)}@${digest}`,
    id: imageId,
    digest,
    built: false,
    isNew: false,
    os: os2,
    osVersion,
    // Its manifest does not say; no node is started from it.
    hasHealthCheck: false,
    shirVersion: version,
    metadata: metadataOf(Object.fromEntries(told2.map(({ name: name3, value }) => [name3, value])), { os: os2, osVersion })
  };
}

// src/image/fingerprint.ts
import { createHash } from "node:crypto";
import { createReadStream as createReadStream3 } from "node:fs";
import { readFile as readFile9 } from "node:fs/promises";
import path11 from "node:path";

// src/image/context-files.ts
import { lstat as lstat2, readdir as readdir5, readlink as readlink2 } from "node:fs/promises";
import path10 from "node:path";
async function contextFiles(from, host, options = {}) {
  const { under = "", ignore, kept = [], without = [] } = options;
  const found2 = [];
  const entry = async (file, name3, folder) => {
    host.signal.throwIfAborted();
    if (without.includes(name3)) return;
    const judgement = ignore?.judge(name3, folder);
    const facts = await reading(file, () => lstat2(file));
    if (judgement?.isOut !== true) found2.push(await describe2(file, name3, facts, host));
    const isLookedInto = judgement?.isOut !== true || ignore?.mayLetIn(name3) === true || kept.some((one) => one.startsWith(`${name3}/`));
    if (facts.isDirectory() && isLookedInto) await walk(file, `${name3}/`, judgement);
  };
  const walk = async (folder, prefix, judgement) => {
    for (const name3 of await reading(folder, () => readdir5(folder)))
      await entry(path10.join(folder, name3), prefix + name3, judgement);
  };
  if (under === "") await walk(from, "", void 0);
  else await entry(from, under, void 0);
  return found2.sort(byName);
}
function byName(one, other) {
  if (one.name === other.name) return 0;
  return one.name < other.name ? -1 : 1;
}
async function describe2(file, name3, facts, host) {
  if (facts.isDirectory()) return { kind: "folder", name: name3 };
  if (facts.isSymbolicLink()) return { kind: "link", name: name3, target: await reading(file, () => readlink2(file)) };
  const isExecutable = host.machine.platform === "win32" || (facts.mode & 64) !== 0;
  if (facts.isFile()) return { kind: "file", name: name3, path: file, isExecutable };
  throw new StepError("context-invalid", `The build context cannot hold ${file}.`, {
    hint: "Sockets, pipes and devices cannot be part of a context."
  });
}
async function reading(file, body) {
  try {
    return await body();
  } catch (error) {
    const { code, message } = error;
    if (error instanceof StepError || typeof code !== "string") throw error;
    throw new StepError("context-invalid", `${file} cannot be read: ${message}.`, {
      hint: "Everything in the build context must be readable for the user who builds.",
      cause: error
    });
  }
}

// src/image/fingerprint.ts
var format = 1;
async function fingerprint(order, host, tell4 = () => {
}) {
  const { context } = order;
  const text = await reading(context.dockerfile, () => readFile9(context.dockerfile));
  const dockerfile = sha256(text);
  if (fetchesByUrl(parseDockerfile(text.toString()), new Map(context.args.map(({ name: name3, value }) => [name3, value]))))
    tell4(
      "The Dockerfile’s ADD fetches from a URL: what that brings is no part of the fingerprint, so that a change there builds nothing anew."
    );
  const told2 = {
    format,
    dockerfile,
    files: await records(await sentFiles(context, dockerfile, host, tell4), host),
    installer: order.msiSha256.toLowerCase(),
    bases: order.baseIds,
    args: sorted(context.args),
    labels: sorted(order.labels),
    isolation: order.isolation
  };
  return sha256(JSON.stringify(told2));
}
async function sentFiles(context, dockerfile, host, tell4) {
  const { folder, installer, additions } = context;
  const nameOf2 = (file) => path11.relative(folder, file).split(path11.sep).join("/");
  const ignore = await ignoreFileOf(folder, host);
  const isWithin = isInside(context.dockerfile, folder);
  const own = await contextFiles(folder, host, {
    ignore,
    kept: [`${shirFolder}/`, ...isWithin ? [nameOf2(context.dockerfile)] : []],
    // SHIR is made where it is missing, and a Dockerfile from outside takes the place of the one inside.
    without: [...installer === void 0 ? [] : [nameOf2(installer)], ...isWithin ? [] : ["Dockerfile"]]
  });
  if (own.some(({ name: name3 }) => /(?:^|\/)\.git\//.test(name3)))
    tell4(
      "The build context holds .git, which is another in each checkout: no run will come to this fingerprint again. Add .git to .dockerignore."
    );
  const isCopied = !isWithin && ignore?.judge("Dockerfile", void 0).isOut !== true;
  const added = await Promise.all(additions.map(({ from, to }) => contextFiles(from, host, { under: to })));
  const all = [
    ...own.filter(({ kind, name: name3 }) => kind !== "folder" || name3 !== shirFolder),
    ...isCopied ? [{ kind: "known", name: "Dockerfile", sha256: dockerfile }] : [],
    ...added.flat()
  ];
  return all.toSorted(byName);
}
async function ignoreFileOf(folder, host) {
  const file = path11.join(folder, ".dockerignore");
  const text = await reading(
    file,
    () => readFile9(file, "utf8").catch((error) => {
      if (error.code === "ENOENT") return void 0;
      throw error;
    })
  );
  return text === void 0 ? void 0 : parseIgnoreFile(text, host.machine.platform);
}
async function records(files, host) {
  const told2 = [];
  for (const file of files) {
    host.signal.throwIfAborted();
    told2.push(await recordOf(file, host.signal));
  }
  return told2;
}
async function recordOf(file, signal) {
  if (file.kind === "folder") return ["folder", file.name];
  if (file.kind === "link") return ["link", file.name, file.target];
  if (file.kind === "known") return ["file", file.name, false, file.sha256];
  return ["file", file.name, file.isExecutable, await reading(file.path, () => hashOf(file.path, signal))];
}
async function hashOf(file, signal) {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream3(file, { highWaterMark: 1024 * 1024 })) {
    signal.throwIfAborted();
    hash.update(chunk);
  }
  return hash.digest("hex");
}
function sorted(pairs) {
  return pairs.toSorted(byName).map(({ name: name3, value }) => [name3, value]);
}
function sha256(content) {
  return createHash("sha256").update(content).digest("hex");
}

// src/image/materials.ts
async function readMaterials(order, bases, msiSha256, shop) {
  const here = [];
  for (const base of bases) here.push(await asItIs(base, shop));
  return { fingerprint: await fingerprintOf(order, here, msiSha256, shop), baseDigest: here.at(-1)?.digest };
}
async function withIds(bases, shop) {
  const known2 = [];
  for (const base of bases) known2.push(base.id === void 0 ? await asItIs(base, shop) : base);
  return known2;
}
async function asItIs(base, { docker, host }) {
  const { reference } = base;
  if (reference === "scratch") return base;
  const facts = await inspectImage(docker, reference) ?? await pullImage(reference, docker, host);
  return { ...base, id: facts.id, digest: digestOf(facts, reference), osVersion: facts.osVersion, isHere: true, bytes: 0 };
}
async function fingerprintOf({ context, labels, isolation }, bases, msiSha256, { host }, tell4) {
  const baseIds = bases.map(({ id, reference }) => id ?? reference);
  return fingerprint({ context, msiSha256, baseIds, labels, isolation: isolation ?? "default" }, host, tell4);
}

// src/image/preflight.ts
import path13 from "node:path";

// src/image/found-base.ts
async function findBase(base, { docker, engine, host }) {
  const { reference } = base;
  const nothing = { id: void 0, digest: void 0, osVersion: void 0, isHere: false, bytes: 0, why: void 0 };
  if (reference === "scratch") return { ...base, ...nothing, id: "scratch", isHere: true };
  const facts = await inspectImage(docker, reference);
  if (facts) {
    const { id: id2, os: os3, osVersion: osVersion2 } = facts;
    const found2 = { id: id2, digest: digestOf(facts, reference), osVersion: osVersion2, isHere: true };
    return { ...withOsVersion(base, os3, osVersion2), ...nothing, ...found2 };
  }
  const answer = await askRegistry(docker, reference, engine, host);
  if (answer.kind !== "found")
    return { ...base, ...nothing, why: answer.kind === "unknown" ? answer.why : "its registry has none of that name" };
  const { imageId: id, digest, os: os2, osVersion, bytes } = answer;
  return { ...withOsVersion(base, os2, osVersion), ...nothing, ...{ id, digest, osVersion, bytes } };
}

// src/image/login.ts
async function registryLogin(reference, host) {
  const registry = registryOf(reference);
  if (isLoopbackRegistry(reference)) return "unneeded";
  const given = parsed2(variable("DOCKER_AUTH_CONFIG", host));
  if (given && entryOf2(given.auths, registry) !== void 0) return "present";
  const config = await readDockerConfig(host);
  return config === void 0 ? "unknown" : loginIn(config, registry);
}
function loginIn({ auths, credHelpers, credsStore }, registry) {
  if (entryOf2(credHelpers, registry) !== void 0) return "present";
  const entry = entryOf2(auths, registry);
  if (holdsCredential(entry)) return "present";
  if (typeof credsStore !== "string" || credsStore === "") return "absent";
  return entry === void 0 ? "unknown" : "present";
}
function entryOf2(entries, registry) {
  if (typeof entries !== "object" || entries === null) return void 0;
  return Object.entries(entries).find(([name3]) => registryOf(`${withoutScheme(name3)}/x`) === registry)?.[1];
}
function withoutScheme(name3) {
  return name3.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}
function holdsCredential(entry) {
  if (typeof entry !== "object" || entry === null) return false;
  const { auth, identitytoken, registrytoken, username } = entry;
  return [auth, identitytoken, registrytoken, username].some((value) => typeof value === "string" && value !== "");
}
function parsed2(text) {
  try {
    const value = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? value : void 0;
  } catch {
    return void 0;
  }
}
function missingLogin(reference) {
  const registry = registryOf(reference);
  const [, azure] = /^([a-z0-9-]+)\.azurecr\.(?:io|cn|us)$/i.exec(registry) ?? [];
  const command = azure === void 0 ? `docker login${registry === "docker.io" ? "" : ` ${registry}`}` : `az acr login -n ${azure}`;
  return {
    code: "registry-login-missing",
    message: `Docker’s settings hold no login for ${registry}, to which ${reference} is to be pushed. Log in before this step: ${command}, or Docker@2 on Azure Pipelines, docker/login-action on GitHub.`
  };
}

// src/image/room.ts
import { stat as stat5, statfs } from "node:fs/promises";
import path12 from "node:path";
function roomNeeded({ installerBytes = 0, baseBytes, delivery }, isLinked) {
  const isCopied = delivery === "copy";
  return {
    engine: 3 * baseBytes + (isCopied ? 4 : 2) * installerBytes,
    temp: isCopied && !isLinked ? installerBytes : 0
  };
}
async function readRoom(order, host) {
  const { temp } = host.machine;
  const { rootDir } = order.engine;
  const [tempDisk, installerDisk] = [await diskOf(temp), await diskOf(order.installerFolder)];
  const needed = roomNeeded(order, tempDisk !== void 0 && tempDisk === installerDisk);
  const elsewhere = await whyElsewhere(rootDir, host);
  const unasked = elsewhere === void 0 ? [] : [`The room on the engine’s disk is not known: ${elsewhere}.`];
  const wanted = [
    ...elsewhere === void 0 ? [{ folder: rootDir, bytes: needed.engine }] : [],
    { folder: temp, bytes: needed.temp }
  ];
  const disks = /* @__PURE__ */ new Map();
  for (const { folder, bytes } of wanted) {
    const [disk, freeBytes] = [await diskOf(folder), await freeBytesOf(folder)];
    if (disk === void 0 || freeBytes === void 0) {
      unasked.push(`The disk of ${folder} does not tell how much is free.`);
      continue;
    }
    const known2 = disks.get(disk) ?? { folders: [], freeBytes, neededBytes: 0 };
    disks.set(disk, { ...known2, folders: [...known2.folders, folder], neededBytes: known2.neededBytes + bytes });
  }
  return { disks: [...disks.values()], unasked };
}
function requireRoom({ disks }, { rootDir }) {
  for (const disk of disks) if (disk.freeBytes < disk.neededBytes) throw diskFull2(disk, rootDir);
}
function sizeInWords(bytes) {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
async function whyElsewhere(rootDir, host) {
  const endpoint = await endpointOf(host);
  if (endpoint.kind === "elsewhere") return `${endpoint.by} may lead to another machine`;
  if (rootDir === "") return "the engine does not name its folder";
  const isHere = path12.isAbsolute(rootDir) && await stat5(rootDir).catch(() => void 0);
  return isHere ? void 0 : `its folder ${rootDir} is not on this machine`;
}
async function diskOf(folder) {
  const facts = await stat5(folder, { bigint: true }).catch(() => void 0);
  if (facts) return String(facts.dev);
  const parent = path12.dirname(folder);
  return parent === folder ? void 0 : diskOf(parent);
}
async function freeBytesOf(folder) {
  const facts = await statfs(folder).catch(() => void 0);
  return facts && facts.blocks > 0 ? facts.bavail * facts.bsize : void 0;
}
function diskFull2({ folders, freeBytes, neededBytes }, rootDir) {
  const isEngines = folders.includes(rootDir);
  return new StepError(
    "disk-full",
    `The disk of ${folders.join(" and ")} has room for ${sizeInWords(freeBytes)}, but this build needs at least ${sizeInWords(neededBytes)} there.`,
    {
      hint: isEngines ? "Make room (docker system prune --all removes what no container uses), or give Docker a folder on another disk: data-root in its daemon.json." : "Make room, or let the temp folder of this machine’s runner lie on another disk."
    }
  );
}

// src/image/preflight-lines.ts
function preflightLines({ engine, isolation, bases, room, logins, delivery }) {
  return [
    ...engine.os === "windows" ? [`Windows: ${spellWindows(engine)}`, isolationLine(engine, isolation)] : [],
    ...bases.map(baseLine),
    ...roomLines(room),
    ...delivery.kind === "serve" ? [`Installer: offered to the build at ${delivery.place.address}`] : [],
    ...loginLines(logins)
  ];
}
function isolationLine(engine, asked) {
  const own = engine.isolation ?? "unknown";
  return asked === void 0 ? `Isolation: ${own} (the engine’s default)` : `Isolation: ${asked}, as asked for (the engine’s default is ${own})`;
}
function baseLine(base) {
  const { reference, isHere, bytes, why } = base;
  if (reference === "scratch") return "Base: scratch, which is empty";
  const ends = baseSupportEnds(base);
  const toPull = bytes > 0 ? `to be pulled, ${sizeInWords(bytes)}` : "to be pulled";
  const facts = [
    base.digest ?? (isHere ? "never pulled nor pushed" : "digest not known"),
    ...base.os === "windows" ? [`Windows ${spellWindows(base)}`] : [],
    isHere ? "on this engine" : `${toPull}${why === void 0 ? "" : ` (${why})`}`,
    ...ends === void 0 ? [] : [`updated by Microsoft until ${ends}`]
  ];
  return `Base: ${reference} (${facts.join("; ")})`;
}
function spellWindows({ windowsBuild, windowsRevision }) {
  if (windowsBuild === void 0) return "build not known";
  return `10.0.${windowsBuild}${windowsRevision === void 0 ? ", revision not known" : `.${windowsRevision}`}`;
}
function roomLines({ disks, unasked }) {
  return [
    ...disks.map(
      ({ folders, freeBytes, neededBytes }) => `Room: ${sizeInWords(freeBytes)} free on the disk of ${folders.join(" and ")}; at least ${sizeInWords(neededBytes)} needed`
    ),
    ...unasked
  ];
}
var loginWords = {
  present: "in Docker’s settings",
  absent: "none in Docker’s settings",
  unneeded: "none expected, on this machine",
  unknown: "not known; Docker’s settings do not tell"
};
function loginLines(found2) {
  const lines = found2.map(({ reference, login }) => `Login: ${registryOf(reference)}: ${loginWords[login]}`);
  return [...new Set(lines)];
}

// src/image/preflight.ts
async function prepareBuild(order, shop) {
  const { engine, host, warn } = shop;
  const { context, isolation, references, isPushed } = order;
  for (const base of context.bases) checkBase(base, engine, isolation);
  const [copied, own, delivery, logins] = await Promise.all([
    Promise.all(context.copied.map((base) => findBase(base, shop))),
    Promise.all(context.bases.map((base) => findBase(base, shop))),
    decideDelivery(order, shop),
    Promise.all(
      (isPushed ? references : []).map(async (reference) => ({ reference, login: await registryLogin(reference, host) }))
    )
  ]);
  const bases = [...copied, ...own];
  const room = await roomFor({ bases, delivery }, void 0, shop);
  for (const line of preflightLines({ engine, isolation, bases, logins, delivery, room })) host.log(line);
  for (const base of own) checkBase(base, engine, isolation);
  const absent = new Map(logins.filter(({ login }) => login === "absent").map((one) => [registryOf(one.reference), one.reference]));
  const warnings = [...own.map((base) => newerBase(base, engine, isolation)), ...[...absent.values()].map(missingLogin)];
  for (const warning of warnings) if (warning) warn(warning.code, warning.message);
  return { bases, delivery };
}
function roomFor({ bases, delivery }, installer, { engine, host }) {
  return readRoom(
    {
      engine,
      baseBytes: bases.reduce((sum, { bytes }) => sum + bytes, 0),
      delivery: delivery.kind,
      installerBytes: installer?.size,
      installerFolder: installer ? path13.dirname(installer.path) : host.machine.temp
    },
    host
  );
}

// src/image/push-hint.ts
var hints = [
  [asksTooOften, "The registry limits how often it is asked: push fewer tags at once, or use a tier with a higher limit."],
  // harbor #3270, ttl.sh #104: the body is the page of a proxy.
  [
    /413 Request Entity Too Large|HTTP 413/i,
    "A proxy in front of the registry takes no layer of that size: raise its limit (nginx: client_max_body_size 0)."
  ],
  // Azure/acr #84: a locked tag or repository.
  [
    /operation is disallowed|tag is immutable|cannot be overwritten/i,
    "The registry keeps that tag as it is: push another one, or unlock it (az acr repository update --write-enabled true)."
  ],
  [
    /x509: certificate signed by unknown authority/i,
    "The engine does not know who signed the registry’s certificate: give it that authority in its certs.d folder."
  ],
  [
    /server gave HTTP response to HTTPS client/i,
    "The registry speaks plain HTTP, which the engine allows on this machine alone: name it in the engine’s insecure-registries, or better give it TLS."
  ],
  [
    /name unknown|repository .*not found|does not exist in the registry/i,
    "Make the repository first, or check its name: this registry makes none by itself."
  ],
  [
    /quota|no space left on device|insufficient storage/i,
    "The registry is full: delete what is old, or let a retention rule do it."
  ],
  [/connection refused|no such host/i, "Check the registry’s name, and that this machine’s engine reaches it."],
  // A login that ran out during a long push says the same: Azure/acr #103, #214.
  [
    /denied|unauthorized|authentication required|no basic auth credentials|insufficient_scope|forbidden|HTTP 40[13]/i,
    "Log in to the registry right before this step, with the right to push: docker login, az acr login, Docker@2. A login of az acr lasts three hours."
  ],
  [isUnavailable, "Where it fails again and again, look at the registry’s own state, and at the proxy and the firewall between."]
];
var otherwise = "These are the registry’s own words. Log in to it before this step (docker login, az acr login, Docker@2), with the right to push.";
function pushHint(words2) {
  return hints.find(([text]) => text.test(words2))?.[1] ?? otherwise;
}

// src/image/push.ts
var silenceHint = "Look at the registry’s own state, and at the proxy and the firewall between. A layer that takes longer than that needs a faster line.";
async function pushAll(imageId, references, ask, docker, host) {
  const pushed = [];
  for (const reference of references) {
    host.log(`Pushing ${reference}`);
    const digest = await pushPersistently(reference, pushed, host, async () => {
      const attempt = await pushOnce(reference, docker, host);
      return attempt.kind === "pushed" ? compare(attempt.digest, await ask(reference), imageId, host) : attempt;
    });
    host.log(`Pushed ${reference}${digest === void 0 ? "" : `: ${digest}`}`);
    pushed.push({ reference, digest });
  }
  return pushed;
}
async function pushPersistently(reference, before, host, push) {
  for (let attempt = 1; ; attempt++) {
    const end = await push();
    if (end.kind === "pushed") return end.digest;
    if (!end.isTransient || attempt === mostTries) {
      const already = before.length > 0 ? ` Already pushed: ${before.map((one) => one.reference).join(", ")}.` : "";
      const attempts = attempt === 1 ? "" : ` (${attempt} attempts)`;
      throw new StepError("push-failed", `${reference} could not be pushed: ${end.why}${attempts}`, {
        hint: `${end.hint}${already}`
      });
    }
    await waitForNext(
      `${reference} could not be pushed: ${end.why}`,
      backoffMs({ retryAfterMs: void 0 }, attempt),
      attempt,
      mostTries,
      host
    );
  }
}
async function pushOnce(reference, docker, host) {
  let digest;
  const end = await transfer(pushArguments(reference), docker, host, (line) => {
    digest = /^\S+: digest: (sha256:[0-9a-f]{64}) size: \d+/.exec(line)?.[1] ?? digest;
    tellPush(line, host);
  });
  if (end.code === 0) return { kind: "pushed", digest };
  const hint = end.timedOut ? silenceHint : pushHint(end.stderr);
  return { kind: "failed", why: whyFailed(end), hint, isTransient: isTransient(end) };
}
function tellPush(line, host) {
  if (/: (?:Pushed|Layer already exists|Mounted)|Retrying in (?:5|10|15|20) seconds|digest:|error|denied/i.test(line))
    tellForeign(host, line);
}
function compare(digest, answer, imageId, host) {
  if (answer.kind === "unknown") {
    host.log(`The registry could not be asked whether it has it: ${answer.why}`);
    return { kind: "pushed", digest };
  }
  if (answer.kind === "absent")
    return {
      ...{ kind: "failed", why: "the registry took it, and says that it has no such thing", isTransient: true },
      hint: "Was it deleted in that moment, by a retention rule or by someone else?"
    };
  if ((digest === void 0 || answer.digest === digest) && isImage(answer, imageId))
    return { kind: "pushed", digest: answer.digest };
  const ours = digest === void 0 || digest === answer.digest ? `the image ${imageId}` : digest;
  const theirs = digest === void 0 || digest === answer.digest ? `the image ${answer.imageId}` : answer.digest;
  return {
    ...{ kind: "failed", why: `the registry took ${ours}, but has ${theirs} there now`, isTransient: false },
    hint: "Someone else has pushed the same tag in the same moment. Give each job a tag of its own, or let one job push at a time."
  };
}

// src/image/pushed-image.ts
async function pushImage(image, order, shop) {
  const { docker, engine, host } = shop;
  const ask = (reference2) => askRegistry(docker, reference2, engine, host);
  const digests = /* @__PURE__ */ new Map();
  const missing = [];
  const names = pushedNames(order.references, image.metadata.fingerprint);
  const answers2 = await Promise.all(names.map(async (name3) => [name3, await ask(name3)]));
  for (const [name3, answer] of answers2) {
    if (isImage(answer, image.id)) {
      host.log(`${name3} is in its registry already: ${answer.digest}`);
      digests.set(name3, answer.digest);
    } else missing.push(name3);
  }
  for (const name3 of missing) await docker.ask(tagArguments(image.id, name3));
  for (const { reference: reference2, digest: digest2 } of await pushAll(image.id, missing, ask, docker, host)) digests.set(reference2, digest2);
  const [first = ""] = order.references;
  const digest = digests.get(first);
  const reference = digest === void 0 ? first : `${repositoryOf(first)}@${digest}`;
  return { image: { ...image, digest, reference }, changed: missing.length > 0 };
}

// src/image/engine-builder.ts
var longestBuildMs = 60 * 60 * 1e3;
var mostTries2 = 3;
function engineBuilder(shop) {
  const { docker, engine, host } = shop;
  return {
    prepare: (order) => prepareBuild(order, shop),
    lookUp: async (order, prepared, installer) => {
      const known2 = await withIds(prepared.bases, shop);
      const digits = await fingerprintOf(order, known2, installer.sha256, shop, host.log);
      host.log(`Fingerprint: ${digits}`);
      if (order.rebuild) host.log(`It is built in any case, as ${host.spell("rebuild")} asks for.`);
      const image = order.rebuild ? void 0 : await findByFingerprint(order, digits, installer, shop);
      if (image === void 0) requireRoom(await roomFor(prepared, void 0, shop), engine);
      return { fingerprint: digits, image };
    },
    build: async (order, prepared, installer, digits) => {
      requireRoom(await roomFor(prepared, installer, shop), engine);
      const end = await turnAt(digits, shop);
      try {
        const found2 = order.rebuild ? void 0 : await findHere(order, digits, installer, shop);
        return found2 ? { image: found2, times: [] } : await buildNow(order, prepared, installer, digits, shop);
      } finally {
        await end();
      }
    },
    push: (image, order) => pushImage(image, order, shop),
    use: async (reference, isolation) => {
      const facts = await inspectImage(docker, reference) ?? await pullImage(reference, docker, host);
      host.log(`Using ${reference} (${facts.id})`);
      checkBase(withOsVersion(readBase(reference), facts.os, facts.osVersion), engine, isolation);
      return imageOf(reference, facts, { built: false, isNew: false });
    }
  };
}
async function turnAt(digits, { host, journal, turns }) {
  const untilMs = host.clock.now() + longestBuildMs;
  const waiting = "Another job on this machine is building the same image: this one waits for it.";
  for (; ; ) {
    const turn = await mkdir3(turns, { recursive: true }).then(() => takeTurn(turns, digits, host, journal, { untilMs, waiting })).catch(() => "none");
    host.signal.throwIfAborted();
    if (turn === "over") continue;
    if (typeof turn !== "string") return turn.end;
    host.log(
      turn === "late" ? "The other job still builds it: it is built here as well." : "Other jobs cannot be told of this build: two that build the same image at once make two of it."
    );
    return async () => {
    };
  }
}
async function buildNow(order, { bases, delivery }, installer, digits, shop) {
  const read = () => readMaterials(order, bases, installer.sha256, shop);
  let materials = await read();
  for (let tries = 1; tries <= mostTries2; tries++) {
    const isOther = materials.fingerprint !== digits && !order.rebuild;
    const found2 = isOther ? await findByFingerprint(order, materials.fingerprint, installer, shop) : void 0;
    if (found2) return { image: found2, times: [] };
    const plan = { order, installer, delivery, materials };
    const made = await makeImage(plan, shop);
    materials = await read();
    if (materials.fingerprint === plan.materials.fingerprint) return nameImage(made, plan, shop);
    await dropImage(made, shop);
    if (tries < mostTries2) shop.host.log("The context or a base was changed while the image was built: it is built again.");
  }
  throw new StepError("context-invalid", "The build context or a base changes all the time: no image could be built of it.", {
    hint: "Build from a folder that nothing writes to meanwhile."
  });
}

// src/image/planned-builder.ts
var unknown = "<fingerprint>";
function plannedBuilder(host) {
  return {
    prepare: async (order) => {
      const refusal = order.delivery === "serve" ? await refusalOf(order, host) : void 0;
      if (refusal !== void 0) throw deliveryFailed(refusal, host);
      for (const { reference } of order.context.bases) host.log(`Would check that the engine answers and can run ${reference}.`);
      return { bases: [], delivery: { kind: "copy" } };
    },
    lookUp: async (order, _, { version }) => {
      const [first] = namesOf(order, version ?? "<version>");
      const name3 = markOf(first);
      if (order.rebuild) host.log(`Would build in any case, as ${host.spell("rebuild")} asks for.`);
      else
        host.log(
          `Would use the image ${name3} where there is one, here or in its registry (${spellCommand(inspectManifestArguments(name3, false))}), and build otherwise.`
        );
      return { fingerprint: unknown, image: void 0 };
    },
    build: async (order, _, installer, fingerprint2) => {
      const { context } = order;
      host.log(`Would copy ${context.description} to a fresh folder.`);
      const isServed = order.delivery !== "copy" && await refusalOf(order, host) === void 0;
      host.log(howDelivered(order, isServed, installer.version));
      for (const { from, to } of context.additions) host.log(`Would copy ${from} to ${to} there.`);
      const args = buildArguments({
        context: "<context>",
        dockerfile: "<context>/Dockerfile",
        args: [
          ...installerArguments(installer, context.declares.args, context.args),
          ...isServed ? [{ name: addressArgument, value: "<address>" }] : []
        ],
        labels: imageLabels(context, { installer, fingerprint: fingerprint2, run: host.run }, order.labels),
        idFile: "<idfile>",
        isolation: order.isolation,
        isFresh: order.rebuild
      });
      host.log(`Would run: ${spellCommand(args)}`);
      const names = namesOf(order, installer.version);
      for (const name3 of [...names, markOf(names[0])]) host.log(`Would run: ${spellCommand(tagArguments("<id>", name3))}`);
      return { image: plannedImage(names[0], installer.version), times: [] };
    },
    push: async (image, { references }) => {
      const marks = new Set(references.map(markOf));
      for (const reference of [...references, ...marks]) host.log(`Would run: ${spellCommand(pushArguments(reference))}`);
      return { image, changed: false };
    },
    use: async (reference) => {
      host.log(`Would use ${reference}; if the engine does not have it, would run: ${spellCommand(pullArguments(reference))}`);
      return plannedImage(reference, void 0);
    }
  };
}
function markOf(reference) {
  return `${fingerprintReference(reference, "")}${unknown}`;
}
function howDelivered({ delivery }, isServed, version) {
  const copied = `put the installer at ${shirFolder}/${installerFileName(version)} there`;
  if (!isServed) return `Would ${copied}.`;
  const served = "offer the installer to the build over HTTP on this machine";
  return delivery === "serve" ? `Would ${served}.` : `Would ${served}, or ${copied} where containers cannot reach it.`;
}
function plannedImage(reference, shirVersion) {
  return {
    planned: true,
    reference,
    id: "<id>",
    digest: void 0,
    built: false,
    isNew: false,
    os: "<os>",
    osVersion: void 0,
    hasHealthCheck: true,
    shirVersion,
    metadata: metadataOf({}, { os: "<os>", osVersion: void 0 })
  };
}

// src/installer/identify.ts
import path14 from "node:path";

// src/installer/msi/refusals.ts
var downloadAgain = "Delete the file and download the installer again; where it was copied or cached, compare its size with the source’s.";
function damaged(what) {
  return new StepError("installer-not-msi", `The installer is damaged: ${what}.`, { hint: downloadAgain });
}
function empty() {
  return new StepError("installer-not-msi", "The installer is an empty file.", { hint: downloadAgain });
}
function otherDocument(what) {
  return new StepError(
    "installer-not-msi",
    `The installer is a compound file, but no Windows Installer package: it has no ${what}.`,
    {
      hint: "Office documents and installer patches share this format; name the .msi file of the integration runtime."
    }
  );
}
var pageHint = "A page was saved in place of the file: check that the address leads to the file itself, and that no proxy or sign-in page answers for it.";
var answerHint = "A service’s answer was saved in place of the file: read it, it usually says what was refused.";
var fileHint = "Name the .msi file of the integration runtime itself.";
var likenesses = [
  { start: /^<(!doctype html|html|head|body|script|!--)/i, name: "an HTML page", hint: pageHint },
  { start: /^</, name: "an XML document", hint: answerHint },
  { start: /^[{[]/, name: "a JSON document", hint: answerHint },
  {
    start: /^version https:\/\/git-lfs/,
    name: "a Git LFS pointer",
    hint: "Fetch the file itself: check out with LFS (`lfs: true`), or run `git lfs pull`."
  },
  // Some downloaders reserve the file’s room first, and a crash leaves it as it was reserved.
  { start: /^\0+$/, name: "an unfinished download, all zeros", hint: downloadAgain },
  { start: /^PK/, name: "a ZIP archive", hint: fileHint },
  { start: /^MZ/, name: "a Windows program", hint: fileHint },
  { start: /^MSCF/, name: "a cabinet file", hint: fileHint }
];
function notCompound(start3) {
  const text = start3.toString("utf8").replace(/^\uFEFF/, "").trimStart();
  const likeness = likenesses.find((candidate) => candidate.start.test(text));
  if (likeness === void 0) {
    return new StepError(
      "installer-not-msi",
      "The installer is not a Windows Installer package: its first bytes are another format’s.",
      {
        hint: fileHint
      }
    );
  }
  return new StepError("installer-not-msi", `The installer is not a Windows Installer package: it looks like ${likeness.name}.`, {
    hint: likeness.hint
  });
}

// src/installer/msi/compound-header.ts
var magic = Buffer.from("d0cf11e0a1b11ae1", "hex");
var headerBytes = 512;
var headerFatSectors = 109;
var miniCutoffBytes = 4096;
var miniSectorBytes = 64;
function sectorPosition(header, sector) {
  return (sector + 1) * header.sectorBytes;
}
async function readCompoundHeader(file) {
  if (file.sizeBytes === 0) throw empty();
  const bytes = await file.read(0, Math.min(headerBytes, file.sizeBytes));
  if (!bytes.subarray(0, magic.length).equals(magic)) throw notCompound(bytes);
  if (bytes.length < headerBytes) throw damaged(`it ends at byte ${file.sizeBytes}, in the middle of its header`);
  const sectorBytes = 1 << provenShift("sector", bytes.readUInt16LE(30), [9, 12]);
  provenShift("mini sector", bytes.readUInt16LE(32), [6]);
  if (bytes.readUInt32LE(56) !== miniCutoffBytes)
    throw damaged(`its mini stream is cut off at another size than ${miniCutoffBytes} bytes`);
  const sectorCount = Math.ceil(file.sizeBytes / sectorBytes) - 1;
  const countAt = (offset, table) => {
    const count = bytes.readUInt32LE(offset);
    if (count > sectorCount) throw damaged(`it claims ${count} ${table} sectors, but has ${sectorCount} sectors in all`);
    return count;
  };
  countAt(64, "mini FAT");
  countAt(72, "DIFAT");
  const fatSectorCount = countAt(44, "FAT");
  return {
    sectorBytes,
    sectorCount,
    fatSectorCount,
    firstFatSectors: Array.from(
      { length: Math.min(fatSectorCount, headerFatSectors) },
      (_, index) => bytes.readUInt32LE(76 + 4 * index)
    ),
    firstDifatSector: bytes.readUInt32LE(68),
    firstDirectorySector: bytes.readUInt32LE(48),
    firstMiniFatSector: bytes.readUInt32LE(60)
  };
}
function provenShift(unit, shift, known2) {
  if (!known2.includes(shift)) throw damaged(`its ${unit} size of 2^${shift} bytes is none of the format’s`);
  return shift;
}

// src/installer/msi/allocation.ts
var endOfChain = 4294967294;
var entryBytes = 4;
async function openFat(file, header) {
  return {
    name: "FAT",
    unitBytes: header.sectorBytes,
    unitCount: header.sectorCount,
    position: (sector) => sectorPosition(header, sector),
    next: entryReader(file, header, await fatSectors(file, header), "FAT")
  };
}
async function openMiniFat(file, header, fat, miniStream, miniStreamBytes) {
  const unitCount = Math.ceil(miniStreamBytes / miniSectorBytes);
  const unitsPerSector = header.sectorBytes / miniSectorBytes;
  const tableSectors = await follow(fat, header.firstMiniFatSector, Math.ceil(unitCount * entryBytes / header.sectorBytes));
  return {
    name: "mini FAT",
    unitBytes: miniSectorBytes,
    unitCount,
    position: (unit) => {
      const sector = miniStream[Math.floor(unit / unitsPerSector)];
      if (sector === void 0) throw damaged("its mini stream ends early");
      return fat.position(sector) + unit % unitsPerSector * miniSectorBytes;
    },
    next: entryReader(file, header, tableSectors, "mini FAT")
  };
}
async function follow(table, start3, limit) {
  const units = /* @__PURE__ */ new Set();
  let unit = start3;
  while (units.size < limit && unit !== endOfChain) {
    if (unit >= table.unitCount)
      throw damaged(`its ${table.name} leads to unit ${unit}, but the file ends after ${table.unitCount}`);
    if (units.has(unit)) throw damaged(`a chain of its ${table.name} runs in a circle at unit ${unit}`);
    units.add(unit);
    if (units.size < limit) unit = await table.next(unit);
  }
  return [...units];
}
async function readUnits(file, table, units, length) {
  const runs = [];
  let left = length;
  for (const unit of units) {
    const position = table.position(unit);
    const bytes = Math.min(left, table.unitBytes);
    const last = runs.at(-1);
    if (last !== void 0 && last.position + last.bytes === position) last.bytes += bytes;
    else runs.push({ position, bytes });
    left -= bytes;
  }
  const pieces = [];
  for (const run of runs) pieces.push(await file.read(run.position, run.bytes));
  return Buffer.concat(pieces);
}
async function fatSectors(file, header) {
  const sectors = [...header.firstFatSectors];
  const visited = /* @__PURE__ */ new Set();
  const linkOffset = header.sectorBytes - entryBytes;
  let difatSector = header.firstDifatSector;
  while (sectors.length < header.fatSectorCount) {
    if (difatSector >= header.sectorCount) throw damaged("its DIFAT chain ends before all FAT sectors are named");
    if (visited.has(difatSector)) throw damaged(`its DIFAT chain runs in a circle at sector ${difatSector}`);
    visited.add(difatSector);
    const bytes = await file.read(sectorPosition(header, difatSector), header.sectorBytes);
    for (let offset = 0; offset < linkOffset && sectors.length < header.fatSectorCount; offset += entryBytes) {
      sectors.push(bytes.readUInt32LE(offset));
    }
    difatSector = bytes.readUInt32LE(linkOffset);
  }
  const beyond = sectors.find((sector) => sector >= header.sectorCount);
  if (beyond !== void 0)
    throw damaged(`its FAT is said to be in sector ${beyond}, but the file ends after ${header.sectorCount}`);
  return sectors;
}
function entryReader(file, header, sectors, name3) {
  const entriesPerSector = header.sectorBytes / entryBytes;
  const cache = /* @__PURE__ */ new Map();
  return async (unit) => {
    const sector = sectors[Math.floor(unit / entriesPerSector)];
    if (sector === void 0) throw damaged(`its ${name3} has no entry for unit ${unit}`);
    let bytes = cache.get(sector);
    if (bytes === void 0) {
      bytes = await file.read(sectorPosition(header, sector), header.sectorBytes);
      cache.set(sector, bytes);
    }
    return bytes.readUInt32LE(unit % entriesPerSector * entryBytes);
  };
}

// src/installer/msi/directory.ts
var entryBytes2 = 128;
var noEntry = 4294967295;
var streamKind = 2;
var rootKind = 5;
function readDirectory(bytes, hasWideSizes) {
  const entryCount = Math.floor(bytes.length / entryBytes2);
  const entryAt = (index) => bytes.subarray(index * entryBytes2, (index + 1) * entryBytes2);
  if (entryCount === 0 || kindOf(entryAt(0)) !== rootKind) throw damaged("its directory does not begin with a root entry");
  const streams = /* @__PURE__ */ new Map();
  const visited = /* @__PURE__ */ new Set();
  const pending = [childOf(entryAt(0))];
  for (let index = pending.pop(); index !== void 0; index = pending.pop()) {
    if (index === noEntry) continue;
    if (index >= entryCount) throw damaged(`its directory names entry ${index}, but has ${entryCount}`);
    if (visited.has(index)) throw damaged("the tree of its directory runs in a circle");
    visited.add(index);
    const entry = entryAt(index);
    pending.push(...siblingsOf(entry));
    if (kindOf(entry) !== streamKind) continue;
    const name3 = nameOf(entry);
    if (streams.has(name3)) throw damaged("its directory names a stream twice");
    streams.set(name3, streamOf(entry, hasWideSizes));
  }
  return { miniStream: streamOf(entryAt(0), hasWideSizes), streams };
}
function kindOf(entry) {
  return entry.readUInt8(66);
}
function siblingsOf(entry) {
  return [entry.readUInt32LE(68), entry.readUInt32LE(72)];
}
function childOf(entry) {
  return entry.readUInt32LE(76);
}
function nameOf(entry) {
  const lengthWithNul = entry.readUInt16LE(64);
  if (lengthWithNul < 2 || lengthWithNul > 64 || lengthWithNul % 2 !== 0)
    throw damaged("a name in its directory has an impossible length");
  return entry.toString("utf16le", 0, lengthWithNul - 2);
}
function streamOf(entry, hasWideSizes) {
  return {
    firstUnit: entry.readUInt32LE(116),
    sizeBytes: hasWideSizes ? Number(entry.readBigUInt64LE(120)) : entry.readUInt32LE(120)
  };
}

// src/installer/msi/compound-file.ts
var directoryLimitBytes = 4 << 20;
var miniStreamLimitBytes = 16 << 20;
async function openCompoundFile(file) {
  const header = await readCompoundHeader(file);
  const fat = await openFat(file, header);
  const directory = readDirectory(await readDirectoryBytes(file, fat, header.firstDirectorySector), header.sectorBytes === 4096);
  proveLength(file, directory);
  const { miniStream } = directory;
  proveSize("mini stream", miniStream.sizeBytes, miniStreamLimitBytes);
  const miniStreamSectors = await chainOf(fat, miniStream);
  const miniFat = await openMiniFat(file, header, fat, miniStreamSectors, miniStream.sizeBytes);
  return {
    streams: directory.streams,
    async read(stream, limitBytes2) {
      proveSize("table", stream.sizeBytes, limitBytes2);
      const table = stream.sizeBytes < miniCutoffBytes ? miniFat : fat;
      return readUnits(file, table, await chainOf(table, stream), stream.sizeBytes);
    }
  };
}
async function readDirectoryBytes(file, fat, firstSector) {
  const limit = directoryLimitBytes / fat.unitBytes;
  const sectors = await follow(fat, firstSector, limit + 1);
  if (sectors.length > limit) throw damaged(`its directory is larger than ${directoryLimitBytes} bytes`);
  return readUnits(file, fat, sectors, sectors.length * fat.unitBytes);
}
async function chainOf(table, stream) {
  const count = Math.ceil(stream.sizeBytes / table.unitBytes);
  const units = await follow(table, stream.firstUnit, count);
  if (units.length < count) throw damaged(`a chain of its ${table.name} ends after ${units.length} of ${count} units`);
  return units;
}
function proveLength(file, directory) {
  const needed = [...directory.streams.values()].reduce((sum, stream) => sum + stream.sizeBytes, 0);
  if (needed > file.sizeBytes) throw damaged(`it is truncated: it has ${file.sizeBytes} bytes, but its contents need ${needed}`);
}
function proveSize(what, sizeBytes, limitBytes2) {
  if (sizeBytes > limitBytes2) throw damaged(`its ${what} of ${sizeBytes} bytes is larger than the limit of ${limitBytes2}`);
}

// src/installer/msi/positional-file.ts
import { open } from "node:fs/promises";
var readBudgetBytes = 64 << 20;
async function withPositionalFile(path28, body) {
  const sizeBytes = await sizeOfInstaller(path28);
  const handle = await open(path28, "r");
  try {
    return await body(positionalFile(handle, sizeBytes));
  } finally {
    await handle.close();
  }
}
function positionalFile(handle, sizeBytes) {
  let bytesRead = 0;
  return {
    sizeBytes,
    bytesRead: () => bytesRead,
    async read(position, length) {
      if (position + length > sizeBytes) throw damaged(`it ends at byte ${sizeBytes}, in the middle of its tables`);
      if (bytesRead + length > readBudgetBytes) throw damaged("its tables are larger than those of any installer");
      bytesRead += length;
      const bytes = Buffer.alloc(length);
      await fill(handle, bytes, position);
      return bytes;
    }
  };
}
async function fill(handle, bytes, position) {
  let filled2 = 0;
  while (filled2 < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled2, bytes.length - filled2, position + filled2);
    if (bytesRead === 0) throw damaged("it became shorter while it was read");
    filled2 += bytesRead;
  }
}

// src/installer/msi/signature.ts
var signatureStreamName = "DigitalSignature";
var limitBytes = 1 << 20;
async function readMsiSignature(path28) {
  return withPositionalFile(path28, async (file) => {
    const container = await openCompoundFile(file);
    const stream = container.streams.get(signatureStreamName);
    return stream === void 0 ? void 0 : container.read(stream, limitBytes);
  });
}

// src/installer/msi/string-pool.ts
import { TextDecoder } from "node:util";
var slotBytes = 4;
var wideReferencesFlag = 32768;
function readStringPool(pool, data) {
  if (pool.length < slotBytes || pool.length % slotBytes !== 0) {
    throw damaged(`its string pool of ${pool.length} bytes is not a whole number of slots`);
  }
  const offsets = longLengths.map((longLength) => stringOffsets(pool, longLength)).find((candidate) => candidate.at(-1) === data.length);
  if (offsets === void 0) throw damaged("the lengths in its string pool do not add up to its string data");
  const flags = pool.readUInt16LE(2);
  const decoder = new TextDecoder(encodingOf(pool.readUInt16LE(0) | (flags & ~wideReferencesFlag) << 16));
  const decoded = /* @__PURE__ */ new Map();
  return {
    referenceBytes: (flags & wideReferencesFlag) === 0 ? 2 : 3,
    text: (id) => {
      const end = offsets[id + 1];
      if (end === void 0) throw damaged(`a table refers to string ${id}, but its pool ends before`);
      const text = decoded.get(id) ?? decode(decoder, data.subarray(offsets[id], end));
      decoded.set(id, text);
      return text;
    }
  };
}
var longLengths = [
  (_, second) => second.readUInt16LE(2) * 65536 + second.readUInt16LE(0),
  (useCount, second) => useCount * 65536 + second.readUInt16LE(0)
];
function stringOffsets(pool, longLength) {
  const offsets = [0, 0];
  let end = 0;
  for (let at = slotBytes; at < pool.length; at += slotBytes) {
    const length = pool.readUInt16LE(at);
    const useCount = pool.readUInt16LE(at + 2);
    const isLong = length === 0 && useCount !== 0;
    if (isLong) {
      at += slotBytes;
      if (at === pool.length) throw damaged("its string pool ends in the middle of a long string");
    }
    end += isLong ? longLength(useCount, pool.subarray(at, at + slotBytes)) : length;
    offsets.push(end);
  }
  return offsets;
}
var encodings = /* @__PURE__ */ new Map([
  [874, "windows-874"],
  [932, "shift_jis"],
  [936, "gbk"],
  [949, "euc-kr"],
  [950, "big5"],
  [65001, "utf-8"]
]);
function encodingOf(codePage) {
  if (codePage >= 1250 && codePage <= 1258) return `windows-${codePage}`;
  return encodings.get(codePage) ?? "windows-1252";
}
function decode(decoder, bytes) {
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}

// src/installer/msi/table-names.ts
var alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";
var tableMark = "䡀";
var pairBase = 14336;
var singleBase = 18432;
function tableStreamName(table) {
  const codes = [...table].map((character) => alphabet.indexOf(character));
  const packed = codes.flatMap((code, index) => {
    if (index % 2 === 1) return [];
    const second = codes[index + 1];
    return [second === void 0 ? singleBase + code : pairBase + code + second * alphabet.length];
  });
  return tableMark + String.fromCharCode(...packed);
}

// src/installer/msi/properties.ts
var tableLimits = {
  _StringPool: 4 << 20,
  _StringData: 32 << 20,
  Property: 1 << 20
};
async function readMsiProperties(path28) {
  return withPositionalFile(path28, async (file) => {
    const container = await openCompoundFile(file);
    const property = await readTable(container, "Property");
    const strings = readStringPool(await readTable(container, "_StringPool"), await readTable(container, "_StringData"));
    return {
      values: propertyValues(property, strings),
      hasSignature: container.streams.has(signatureStreamName),
      bytesRead: file.bytesRead()
    };
  });
}
async function readTable(container, table) {
  const stream = container.streams.get(tableStreamName(table));
  if (stream === void 0) throw otherDocument(`${table} table`);
  return container.read(stream, tableLimits[table]);
}
function propertyValues(table, strings) {
  const { referenceBytes } = strings;
  const columnBytes = table.length / 2;
  if (columnBytes % referenceBytes !== 0)
    throw damaged(`its Property table of ${table.length} bytes is not a whole number of rows`);
  const values = /* @__PURE__ */ new Map();
  for (let at = 0; at < columnBytes; at += referenceBytes) {
    const name3 = strings.text(table.readUIntLE(at, referenceBytes));
    if (name3 === "" || values.has(name3)) throw damaged("its Property table names a property twice or not at all");
    values.set(name3, strings.text(table.readUIntLE(columnBytes + at, referenceBytes)));
  }
  return values;
}

// src/installer/product-version.ts
function proveVersion(product, asked, { fileName: fileName3, hashBy }) {
  if (asked !== void 0 && !agrees(product, asked)) throw mismatch(`is version ${product || "unknown"}`, asked);
  const whole = canonicalVersion(product);
  if (whole !== void 0) return { version: whole, proof: `ProductVersion ${product}` };
  const fourth = (version, by) => ({
    version,
    proof: `ProductVersion ${product}, and all of ${version} by ${by}`
  });
  if (asked !== void 0 && hashBy === "known") return fourth(asked, "its SHA-256");
  const named2 = versionInFileName(fileName3);
  if (asked !== void 0 && named2 !== void 0 && compareVersions(named2, asked) !== 0)
    throw mismatch(`says version ${product}, and its file’s name ${named2}`, asked);
  if (asked !== void 0 && hashBy !== void 0) return fourth(asked, "its SHA-256");
  if (named2 !== void 0 && agrees(product, named2)) return fourth(named2, "its file’s name");
  throw new StepError(
    "installer-version-unknown",
    `The installer says version ${product || "nothing"}, which is not all four parts of a SHIR version, and nothing else proves the fourth.`,
    {
      hint: "Keep the name that the file had, IntegrationRuntime_X.Y.Z.W.msi, or give its exact version and its SHA-256."
    }
  );
}
function mismatch(what, asked) {
  return new StepError("installer-version-mismatch", `The installer ${what}, but ${asked} was asked for.`, {
    hint: "Name the installer of the version that you want, or ask for the version that you have."
  });
}
function agrees(product, version) {
  const [left, right] = parseVersion(product) ? [product, version] : [`${product}.0`, `${version.split(".").slice(0, 3).join(".")}.0`];
  return parseVersion(left) !== void 0 && parseVersion(right) !== void 0 && compareVersions(left, right) === 0;
}

// src/installer/identify.ts
function identifyInstaller(host, known2 = knownVersions) {
  return async (wanted) => {
    const identity = await identityOf(
      wanted,
      host,
      known2,
      (word) => word === "stable" ? stableSource(host) : latestSource(host, known2)
    );
    tell2(identity, host, known2);
    return identity;
  };
}
function planIdentity(host, known2 = knownVersions) {
  return async (wanted) => {
    const identity = await identityOf(wanted, host, known2, async (word) => {
      const address = lookupAddress(word);
      host.log(`Would ask ${address} which version "${word}" is.`);
      return { version: void 0, url: "", shown: `the address of "${word}"` };
    });
    if (identity.version !== void 0) tell2(identity, host, known2);
    return identity;
  };
}
function isLocal(source) {
  return "path" in source;
}
async function identityOf(wanted, host, known2, lookUp) {
  const { shirVersion, msiPath, msiUrl } = wanted;
  const asked = parseVersion(shirVersion) ? shirVersion : void 0;
  if (msiPath !== void 0) {
    const file = path14.resolve(host.machine.workspace, msiPath);
    const source2 = { path: file, shown: `the file ${msiPath}` };
    return identifyFile({ version: asked, sha256: void 0, source: source2, wanted }, file, path14.basename(file), known2);
  }
  const source = msiUrl ? givenSource(msiUrl, asked) : asked === void 0 ? await lookUp(shirVersion) : exactSource(asked);
  return { version: source.version, sha256: expectedHash(wanted, source.version, known2), source, wanted };
}
async function identifyFile(identity, file, name3, known2) {
  await sizeOfInstaller(file);
  const { values } = await readMsiProperties(file);
  const hashBy = expectedHash(identity.wanted, identity.version, known2)?.by;
  const { version } = proveVersion(values.get("ProductVersion") ?? "", identity.version, { fileName: name3, hashBy });
  return { ...identity, version, sha256: expectedHash(identity.wanted, version, known2) };
}
function expectedHash({ msiSha256 }, version, known2) {
  if (msiSha256 !== void 0) return { value: msiSha256.toLowerCase(), by: "input" };
  const value = version && knownVersion(version, known2)?.sha256?.value;
  return value ? { value, by: "known" } : void 0;
}
function tell2({ version, sha256: sha2562, source, wanted }, host, known2) {
  const from = isLocal(source) || wanted.msiUrl ? source.shown : wanted.shirVersion;
  if (version === void 0) host.log(`Which version ${from} is, only its bytes tell: the installer is obtained first.`);
  else host.log(`Version ${version}${from === version ? "" : ` (${from})`}`);
  if (sha2562?.by === "known") host.log(`Its SHA-256 is known: ${sha2562.value}`);
  if (sha2562?.by === "input") host.log(`Its SHA-256 was given: ${sha2562.value}${otherThanKnown(version, sha2562.value, known2)}`);
  if (sha2562 === void 0 && version !== void 0)
    host.log(
      `No SHA-256 of it is known beforehand, so the installer is obtained first; ${host.spell("msiSha256")} would tell which file it must be.`
    );
}
function otherThanKnown(version, given, known2) {
  const value = version && knownVersion(version, known2)?.sha256?.value;
  return value && value !== given ? ` (the one that is known of this version is ${value})` : "";
}

// src/installer/bring.ts
import { access, mkdir as mkdir8 } from "node:fs/promises";
import path23 from "node:path";

// src/installer/cache-service.ts
import { link as link2, lstat as lstat4, mkdir as mkdir5 } from "node:fs/promises";
import path17 from "node:path";

// src/installer/parts.ts
import { createHash as createHash2, randomUUID as randomUUID3 } from "node:crypto";
import { lstat as lstat3, mkdir as mkdir4, readdir as readdir6, stat as stat6, writeFile as writeFile3 } from "node:fs/promises";
import path15 from "node:path";

// src/installer/unsigned.ts
function unsigned(address) {
  const { origin, pathname, searchParams } = new URL(address);
  const isShared = searchParams.has("sig");
  const rest = [...searchParams].filter(([name3]) => !isCredential(name3.toLowerCase(), isShared));
  return `${origin}${pathname}?${new URLSearchParams(rest)}`;
}
function isCredential(name3, isShared) {
  return /^x-(?:amz|goog)-/.test(name3) || credentials.has(name3) || isShared && sharedAccess.has(name3);
}
var credentials = /* @__PURE__ */ new Set([
  ...["awsaccesskeyid", "googleaccessid", "signature", "expires", "policy", "key-pair-id", "token", "access_token"]
]);
var sharedAccess = /* @__PURE__ */ new Set([
  ...["sig", "sv", "ss", "srt", "sr", "st", "se", "sp", "spr", "sip", "si", "sdd", "ses"],
  ...["skoid", "sktid", "skt", "ske", "sks", "skv", "saoid", "suoid", "scid"]
]);

// src/installer/parts.ts
var oldestMs = 24 * 60 * 60 * 1e3;
function partsFolder(root) {
  return path15.join(root, "parts");
}
function partKey({ version, sha256: sha2562 = "", url }) {
  const which = createHash2("sha256").update(`${unsigned(url)}
${sha2562}`).digest("hex");
  return `${version ?? "unknown"}-${which.slice(0, 16)}`;
}
async function claimPart(root, key, host, journal, untilMs) {
  const folder = partsFolder(root);
  await mkdir4(folder, { recursive: true });
  await sweep(folder, host);
  const turn = await takeTurn(folder, key, host, journal, {
    untilMs,
    waiting: "Another job on this machine is fetching the same installer: this one waits for it."
  });
  if (turn === "over") return void 0;
  if (turn === "late") host.log("Another job on this machine is still fetching the same installer: this one fetches it too.");
  if (turn === "late" || turn === "none") return unshared(folder, key);
  const part = await adopt(folder, key, turn.number, host) ?? path15.join(folder, `${key}.${randomUUID3()}.part`);
  return claimed(part, turn.end);
}
async function unshared(folder, key) {
  const part = path15.join(folder, `${key}.${randomUUID3()}.part`);
  await writeFile3(part, "", { flag: "wx" });
  return claimed(part, async () => {
  });
}
function claimed(part, end) {
  return {
    part,
    release: async (keepsPart) => {
      for (const file of keepsPart ? [] : [part, `${part}.json`]) await removeFile(file).catch(() => {
      });
      await end();
    }
  };
}
async function adopt(folder, key, number, host) {
  const left = Math.max(0, ...await numbersOf(folder, key, "part"));
  const [from, to] = [left, number].map((one) => path15.join(folder, `${key}.${one}.part`));
  if (!await isFree(from) || !await isFree(to)) return void 0;
  if (left === 0) return to;
  try {
    if (left !== number) {
      await renamePatiently(`${from}.json`, `${to}.json`, host);
      await renamePatiently(from, to, host);
    }
    host.log("An earlier download of this installer was left unfinished here.");
  } catch {
    await removeFile(from).catch(() => {
    });
  }
  return to;
}
async function isFree(part) {
  const found2 = await Promise.all([part, `${part}.json`, `${part}.json.new`].map((file) => lstat3(file).catch(() => void 0)));
  return found2.every((facts) => facts === void 0 || facts.isFile());
}
async function sweep(folder, host) {
  const names = await readdir6(folder).catch(() => []);
  for (const name3 of names) {
    const part = path15.join(folder, name3);
    const found2 = await stat6(part).catch(() => void 0);
    if (found2?.isFile() && host.clock.now() - found2.mtimeMs > oldestMs) await removeFile(part).catch(() => {
    });
  }
}

// src/installer/passing-folder.ts
import { randomUUID as randomUUID4 } from "node:crypto";
import path16 from "node:path";
async function passingFolder(parent, host, journal) {
  const folder = path16.join(parent, `shir-installer-${randomUUID4()}`);
  return { folder, ...await owePath(folder, folder, host, journal) };
}

// src/installer/cache-service.ts
var lookupLimitMs = 1e4;
var restoreLimitMs = 10 * 60 * 1e3;
var slowestBytesAMs = 2e3;
var innerName = "shir-installer";
function cacheKey(version, sha2562) {
  return `shir-${version}-${sha2562.slice(0, 16)}`;
}
async function restoreInstaller(service, { version, sha256: sha2562 }, root, prove2, host, journal) {
  const beginning = cacheKey(version, "");
  const exact = sha2562 === void 0 ? void 0 : cacheKey(version, sha2562);
  const own = await passingFolder(partsFolder(root), host, journal);
  const folder = path17.join(own.folder, innerName);
  const miss = async (end, sentence2) => {
    if (!host.signal.aborted) host.log(sentence2);
    await own.discard();
    host.signal.throwIfAborted();
    return end;
  };
  const trouble = await mkdir5(own.folder, { recursive: true }).then(() => void 0, whyOf);
  if (trouble !== void 0) return miss("unusable", `The cache service is not used: ${trouble}.`);
  const found2 = await limited(
    host,
    lookupLimitMs,
    (signal) => service.find(exact ?? beginning, exact === void 0 ? [beginning] : [], folder, signal)
  );
  if (found2.why !== void 0) return miss("unusable", `The cache service is not used: ${found2.why}.`);
  if (found2.key === void 0) return miss("absent", `The cache service has no installer of version ${version}.`);
  host.log(`Restoring ${found2.key} from the cache service`);
  const { key, why } = await limited(host, restoreLimitMs, (signal) => service.restore(String(found2.key), folder, signal));
  if (key === void 0) return miss("unusable", `The cache service’s ${found2.key} was not restored: ${why ?? "it is gone"}.`);
  try {
    const file = path17.join(folder, installerFileName(version));
    if (!(await lstat4(folder)).isDirectory()) throw new Error(`${innerName} is not a folder`);
    if (!(await lstat4(file)).isFile()) throw new Error(`${path17.basename(file)} is not a file`);
    const proven = await prove2(file);
    if (cacheKey(proven.version, proven.sha256) === key) return { key, file, proven, discard: own.discard };
    throw new Error(`its bytes are those of ${cacheKey(proven.version, proven.sha256)}`);
  } catch (error) {
    return miss("absent", `The cache service’s ${key} is not used: ${whyOf(error)}.`);
  }
}
async function saveInstaller(service, kept, root, host, journal) {
  const key = cacheKey(kept.version, kept.sha256);
  const own = await passingFolder(partsFolder(root), host, journal);
  const folder = path17.join(own.folder, innerName);
  try {
    await mkdir5(folder, { recursive: true });
    await link2(kept.path, path17.join(folder, installerFileName(kept.version)));
    const limitMs5 = 6e4 + kept.size / slowestBytesAMs;
    const saved = await limited(host, limitMs5, (signal) => service.save(key, folder, signal));
    host.log(
      saved.key ? `Saved as ${key} in the cache service` : `Not saved in the cache service: ${saved.why ?? "it did not say why"}.`
    );
  } catch (error) {
    host.log(`Not saved in the cache service: ${whyOf(error)}.`);
  }
  await own.discard();
  host.signal.throwIfAborted();
}
async function limited(host, ms, call) {
  return withinLimit(ms, host, async ({ signal }, limit) => {
    const found2 = await answered(() => call(signal));
    if (found2.key !== void 0 || !limit.aborted) return found2;
    return { key: void 0, why: `it did not end within ${Math.round(ms / 1e3)} s${found2.why ? ` (${found2.why})` : ""}` };
  });
}
async function answered(call) {
  try {
    return await call();
  } catch (error) {
    return { key: void 0, why: whyOf(error) };
  }
}

// src/installer/record.ts
import { mkdir as mkdir6 } from "node:fs/promises";
import path18 from "node:path";
var microsoft = "microsoft";
function isVouchedFor({ machine }) {
  return machine.isEphemeral !== true;
}
async function readRecord2(file, host) {
  try {
    const read = JSON.parse(await readText(file));
    const { version, sha256: sha2562, size, productVersion, origin, signer, proofs } = read;
    const canonical = typeof version === "string" ? canonicalVersion(version) : void 0;
    if (canonical === void 0) return void 0;
    if (typeof sha2562 !== "string" || !/^[0-9a-f]{64}$/i.test(sha2562)) return void 0;
    if (!Number.isSafeInteger(size) || Number(size) < 0) return void 0;
    return {
      version: canonical,
      sha256: sha2562.toLowerCase(),
      size: Number(size),
      productVersion: String(productVersion ?? canonical),
      origin: String(origin ?? microsoft),
      signer: typeof signer === "string" && isVouchedFor(host) ? signer : void 0,
      proofs: Array.isArray(proofs) && isVouchedFor(host) ? proofs.map(String) : []
    };
  } catch {
    return void 0;
  }
}
async function writeRecord(file, entry, host) {
  await mkdir6(path18.dirname(file), { recursive: true });
  await writeText(file, `${JSON.stringify(entry, null, 2)}
`, host);
}

// src/installer/store.ts
import { stat as stat8 } from "node:fs/promises";
import path22 from "node:path";

// src/installer/hit.ts
import { lstat as lstat5, stat as stat7 } from "node:fs/promises";
import path20 from "node:path";

// src/installer/store-layout.ts
import path19 from "node:path";
var tool = "shir";
var arch = "x64";
function toolVersion(version) {
  const at = version.lastIndexOf(".");
  return `${version.slice(0, at)}-${version.slice(at + 1)}`;
}
function versionFolder(root, version) {
  return path19.join(root, toolVersion(version), arch);
}
function markOf2(folder) {
  return `${folder}.complete`;
}
function places(folder, { version, sha256: sha2562 }) {
  const name3 = installerFileName(version);
  return [path19.join(folder, name3), path19.join(folder, sha2562, name3)];
}
function recordOf2(folder, sha2562 = "") {
  return path19.join(folder, sha2562, "installer.json");
}

// src/installer/hit.ts
async function hitIn(folder, version, wanted, host) {
  const mark = await look(markOf2(folder));
  if (mark === void 0) return void 0;
  const last = await readRecord2(recordOf2(folder), host);
  if (wanted !== void 0 && last?.sha256 !== wanted) {
    const other = await readRecord2(recordOf2(folder, wanted), host);
    if (other?.version === version && other.sha256 === wanted) return verified(folder, other, path20.join(folder, wanted), [], host);
  }
  if (last?.version !== version) return broken(folder, "its record cannot be read", [mark], host);
  if (wanted === void 0 || last.sha256 === wanted) return verified(folder, last, folder, [mark], host);
  host.log(`The store’s ${version} has another SHA-256 than the one that is asked for; it is fetched anew.`);
  return void 0;
}
async function verified(folder, record, shown, marks, host) {
  const [usual, own] = places(folder, record);
  const wrong = [];
  let isThere = false;
  for (const file of [own, usual]) {
    const seen = await look(file);
    if (seen === void 0) continue;
    const found2 = await stat7(file).catch(() => void 0);
    if (found2?.size === record.size && await readableSha256(file, host) === record.sha256) {
      if ((found2.mode & 146) !== 0) await makeReadOnly(file);
      return { ...record, path: file };
    }
    isThere ||= found2 !== void 0;
    if (file === own || !await isRecorded(folder, file, host)) wrong.push(seen);
  }
  return broken(shown, isThere ? "its bytes are not those that were kept" : "the file is gone", [...wrong, ...marks], host);
}
async function isRecorded(folder, file, host) {
  const sha2562 = await readableSha256(file, host);
  return sha2562 !== void 0 && (await readRecord2(recordOf2(folder, sha2562), host))?.sha256 === sha2562;
}
async function broken(shown, why, judged2, host) {
  host.log(`The store’s copy in ${shown} is not used: ${why}.`);
  for (const { file, traits } of judged2) if ((await look(file))?.traits === traits) await removeFile(file).catch(() => {
  });
  return void 0;
}
async function look(file) {
  const facts = await lstat5(file).catch(() => void 0);
  return facts && { file, traits: [facts.dev, facts.ino, facts.size, facts.mtimeMs].join() };
}

// src/installer/keep.ts
import { link as link3, mkdir as mkdir7 } from "node:fs/promises";
import path21 from "node:path";
async function keepIn(folder, part, entry, host) {
  const [, own] = places(folder, entry);
  await mkdir7(path21.dirname(own), { recursive: true });
  const { file, undo } = await place(part, folder, entry, host);
  try {
    await writeRecord(recordOf2(folder, entry.sha256), entry, host);
    await writeRecord(recordOf2(folder), entry, host);
    await writeText(markOf2(folder), "", host);
  } catch (error) {
    for (const back of undo ? [undo, () => removeFile(recordOf2(folder, entry.sha256))] : []) await back().catch(() => {
    });
    throw error;
  }
  await removeFile(part).catch(() => {
  });
  await makeReadOnly(file);
  return { ...entry, path: file };
}
async function place(part, folder, proven, host) {
  const [usual, own] = places(folder, proven);
  const placed = await placeAt(usual, part, proven, host) ?? await placeAt(own, part, proven, host);
  if (placed) return placed;
  throw new StepError("io-failed", `${own} is in the way: it is not what its name says.`, {
    hint: "Remove it, or name another cache folder."
  });
}
async function placeAt(file, part, { sha256: sha2562 }, host) {
  const isThere = async () => await readableSha256(file, host) === sha2562;
  try {
    await link3(part, file);
    return { file, undo: () => removeFile(file) };
  } catch (error) {
    if (error.code === "EEXIST") return await isThere() ? { file } : void 0;
  }
  try {
    await renamePatiently(part, file, host);
    return { file, undo: () => renamePatiently(file, part, host) };
  } catch (error) {
    if (await isThere()) return { file };
    throw error;
  }
}

// src/installer/store.ts
function installerStore(cacheDir, host) {
  const root = storeRoot(cacheDir, host);
  return {
    root,
    find: async (version, sha2562) => {
      const known2 = cacheDir === void 0 ? await host.findTool(tool, toolVersion(version), arch) : void 0;
      return hitIn(known2 ?? versionFolder(root, version), version, sha2562, host);
    },
    keep: (file, proven, origin) => keepIn(versionFolder(root, proven.version), file, { ...proven, origin }, host),
    remember: (kept) => remember(versionFolder(root, kept.version), kept, host).catch(() => {
    })
  };
}
async function remember(folder, { path: file, ...entry }, host) {
  if (!file.startsWith(folder + path22.sep)) return;
  const last = await readRecord2(recordOf2(folder), host);
  if (last?.sha256 === entry.sha256) await writeRecord(recordOf2(folder), entry, host);
  await writeRecord(recordOf2(folder, entry.sha256), entry, host);
}
function storeRoot(cacheDir, host) {
  return cacheDir === void 0 ? path22.join(host.machine.tools, tool) : path22.resolve(host.machine.workspace, cacheDir);
}
async function checkCacheDir(cacheDir, host) {
  if (cacheDir === void 0) return;
  const found2 = await stat8(storeRoot(cacheDir, host)).catch(({ code }) => ({
    isDirectory: () => code !== "ENOTDIR"
    // what is not there yet is made, and what cannot be seen is judged by who needs it
  }));
  if (found2.isDirectory()) return;
  throw new StepError("invalid-input", `${host.spell("cacheDir")}: ${cacheDir} is not a folder.`, {
    hint: "Name a folder, or one that can be made; nothing was done yet."
  });
}
function journalRoots(cacheDir, host) {
  const [first, ...others] = [storeRoot(cacheDir, host), storeRoot(void 0, host), path22.join(host.machine.temp, tool)];
  return [first, ...new Set(others.filter((other) => other !== first))];
}

// src/installer/bring.ts
var longestWaitMs = 15 * 60 * 1e3;
async function bringInstaller(wanted, asked, host, journal) {
  if (wanted.cache === "off") return passing(asked, host, journal);
  const store = installerStore(wanted.cacheDir, host);
  const untilMs = host.clock.now() + (asked.version === void 0 ? 0 : longestWaitMs);
  for (; ; ) {
    const hit = await found(store, asked, host);
    if (hit) return hit;
    const claim = await claimPart(store.root, partKey(asked), host, journal, untilMs).catch((error) => {
      if (!canDoWithout(error)) throw explained(error, store.root, host);
      host.log(`Nothing can be kept in ${store.root} (${whyOf(error)}): the installer is fetched for this run alone.`);
      return "none";
    });
    if (claim === "none") return passing(asked, host, journal);
    if (claim === void 0) continue;
    const late = await found(store, asked, host).catch(async (error) => {
      await claim.release(true);
      throw error;
    });
    if (late === void 0) return filled(wanted, store, claim, asked, host, journal);
    await claim.release(false);
    return late;
  }
}
function planBringing({ cache, cacheDir }, version, address, proofs, host) {
  if (cache === "off") {
    host.log(`Would fetch ${address} into ${host.machine.temp} for this run alone, and prove it (${proofs}).`);
    return;
  }
  const root = storeRoot(cacheDir, host);
  host.log(`Would take version ${version} from ${root}, if it is there and its bytes are intact.`);
  if (cache === "auto" && host.cacheService)
    host.log("Otherwise would look for it in the cache service, and prove what that has.");
  host.log(`Otherwise would fetch ${address}, prove it (${proofs}) and keep it there.`);
}
async function found(store, asked, host) {
  if (asked.version === void 0) return void 0;
  const kept = await store.find(asked.version, asked.sha256);
  if (kept === void 0) return void 0;
  const source = `the store ${store.root}${kept.origin === microsoft ? "" : `, where it was put from ${kept.origin}`}`;
  if (!asked.needsProof(kept))
    return { kept: { ...kept, proofs: [...kept.proofs, "The same bytes as when that was proven"] }, cacheHit: true, source };
  try {
    const proven = { ...kept, ...await asked.prove(kept.path, kept) };
    await store.remember(proven);
    return { kept: proven, cacheHit: true, source };
  } catch (error) {
    host.signal.throwIfAborted();
    host.log(`The store’s copy in ${path23.dirname(kept.path)} is not used: ${error.message}`);
    return void 0;
  }
}
async function filled({ cache }, store, claim, asked, host, journal) {
  const { version, sha256: sha2562 } = asked;
  const service = cache === "auto" && version !== void 0 ? host.cacheService : void 0;
  let kept;
  let restored = "unusable";
  let goesOn = false;
  try {
    if (service)
      restored = await restoreInstaller(service, { version: String(version), sha256: sha2562 }, store.root, asked.prove, host, journal);
    if (typeof restored === "object") {
      kept = await keptOrLent(store, restored.file, restored.proven, "the cache service", host, journal);
      await restored.discard();
      return { kept, cacheHit: true, source: `the cache service, ${restored.key}` };
    }
    const proven = await asked.fetch(claim.part);
    kept = await keptOrLent(store, claim.part, proven, asked.origin, host, journal);
  } catch (error) {
    goesOn = await canGoOn(error, claim.part);
    throw explained(error, store.root, host);
  } finally {
    await claim.release(goesOn);
  }
  if (service && restored === "absent") await saveInstaller(service, kept, store.root, host, journal);
  return { kept, cacheHit: false, source: asked.address };
}
async function keptOrLent(store, file, proven, origin, host, journal) {
  try {
    return await store.keep(file, proven, origin);
  } catch (error) {
    if (!canDoWithout(error)) throw error;
    host.log(`The installer cannot be kept in ${store.root} (${whyOf(error)}): it is used for this run alone.`);
  }
  const own = await passingFolder(partsFolder(store.root), host, journal);
  return lent(own, origin, host, async () => ({ file, proven }));
}
function canDoWithout(error) {
  return (isFileSystemError(error) || error instanceof StepError && error.code === "io-failed") && !isDiskFull(error);
}
async function passing(asked, host, journal) {
  const own = await passingFolder(host.machine.temp, host, journal);
  try {
    const file = path23.join(own.folder, "installer.part");
    const kept = await lent(own, asked.origin, host, async () => ({ file, proven: await asked.fetch(file) }));
    return { kept, cacheHit: false, source: asked.address };
  } catch (error) {
    throw explained(error, own.folder, host);
  }
}
async function lent({ folder, discard }, origin, host, bring) {
  try {
    await mkdir8(folder, { recursive: true });
    const { file, proven } = await bring();
    const place2 = path23.join(folder, installerFileName(proven.version));
    await renamePatiently(file, place2, host);
    return { ...proven, origin, path: place2 };
  } catch (error) {
    await discard();
    throw error;
  }
}
async function canGoOn(error, part) {
  return error instanceof StepError && error.code === "download-failed" && await access(`${part}.json`).then(
    () => true,
    () => false
  );
}
function explained(error, folder, host) {
  if (error instanceof StepError && error.code === "disk-full" || !isDiskFull(error)) return error;
  return diskFull(folder, host, { cause: error });
}

// src/installer/proof.ts
import path25 from "node:path";

// src/installer/msi/format.ts
async function proveFormat(path28) {
  await withPositionalFile(path28, readCompoundHeader);
}

// src/installer/product.ts
var shirUpgradeCode = "{49681305-13D3-47DE-95B3-90767D1F2148}";
function proveProduct(properties, hasExpectedHash, host) {
  const name3 = properties.get("ProductName") || "without a name";
  const code = properties.get("UpgradeCode") || void 0;
  if (code?.toUpperCase() === shirUpgradeCode) return `Product ${name3}, which is SHIR by its UpgradeCode`;
  if (hasExpectedHash)
    return `Product ${name3}, which is not SHIR by its UpgradeCode (${code ?? "it has none"}): the SHA-256 vouches for the file`;
  const why = code === void 0 ? "it has no UpgradeCode" : `its UpgradeCode is ${code}`;
  throw new StepError("installer-not-shir", `The installer of the product "${name3}" is not SHIR’s: ${why}.`, {
    hint: `Name SHIR’s own installer. If this file is meant, say so with ${host.spell("msiSha256")}.`
  });
}

// src/installer/signature/microsoft-roots.ts
var authority2010 = `-----BEGIN CERTIFICATE-----
MIIF7TCCA9WgAwIBAgIQKMw6Jb+6RKxEmptYa0M5qjANBgkqhkiG9w0BAQsFADCB
iDELMAkGA1UEBhMCVVMxEzARBgNVBAgTCldhc2hpbmd0b24xEDAOBgNVBAcTB1Jl
ZG1vbmQxHjAcBgNVBAoTFU1pY3Jvc29mdCBDb3Jwb3JhdGlvbjEyMDAGA1UEAxMp
TWljcm9zb2Z0IFJvb3QgQ2VydGlmaWNhdGUgQXV0aG9yaXR5IDIwMTAwHhcNMTAw
NjIzMjE1NzI0WhcNMzUwNjIzMjIwNDAxWjCBiDELMAkGA1UEBhMCVVMxEzARBgNV
BAgTCldhc2hpbmd0b24xEDAOBgNVBAcTB1JlZG1vbmQxHjAcBgNVBAoTFU1pY3Jv
c29mdCBDb3Jwb3JhdGlvbjEyMDAGA1UEAxMpTWljcm9zb2Z0IFJvb3QgQ2VydGlm
aWNhdGUgQXV0aG9yaXR5IDIwMTAwggIiMA0GCSqGSIb3DQEBAQUAA4ICDwAwggIK
AoICAQC5CJ4o5OTsBk5QaLNBxXvrrraOr4G6IkQfZTRpTL5wQBfyFnvief2G7Q05
9BuorZKQHss9do9a2bWREC48BY2KbSRU5x/tVq2DtFCcFaUXdIhZIPwIxYR202jU
byh4zly481CQRP/jY1++oZoslhUE1gf+HoQh4EIxEcQoNpTPUKRinsnWq3EAslsM
5pbUCiSW9f/G1bcb18u3IWKvEtyhXTfjGvsaRpjAm8DnYx8qCJMCfh5qjvKfGInk
IoWisYRXQP/1DthvnO3iRTEBzRfpf7CBReOqIUAmoXKqp088AQV+7oNYsV4GY5li
kXiCtw2TDCRqtBvbJ+xflQQ/k0ow9ZcYs6f5GaeTMx0ByNsiUlzXJclG+aL7h1lD
vptisY0thkQaRqx4YX4wCfquicRBKiJmA5E5RZzHiwyoyg0v+1LqDPdjMyOd/rAf
rWfWp1ADxgRwY7UssYZaQ7f7rvluKW4hIUEmBozJw+6wwoWTobmF2eYybEtMP9Zd
o+W1nXfDnMBVt3QA47g4q4OXUOGaQiQdxsCjMNEaWshSNPdz8ccYHzOteuzLQWDz
I5QgwkhFrFxRxi6AwuJ3Fb2Fh+02nZaR7gC1o3Dsn+ONgGiDdrqvXXBSIhbiZvu6
s8XC9z4vd6bK3sGmxkhMwzdRI9Mn17hOcJbwoUR2r3jPmuFmEwIDAQABo1EwTzAL
BgNVHQ8EBAMCAYYwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQU1fZWy4/oolxi
aNE9lJBb186aGMQwEAYJKwYBBAGCNxUBBAMCAQAwDQYJKoZIhvcNAQELBQADggIB
AKylloy/u66m9tdxh0MxVoj9HDJxWzW31PCR8q834hTx8wImBT4WFH8UurhP+4my
sufUCcxtuVs7ZGVwZrfysVrfGgLz9VG4Z215879We+SEuSsem0CcJjT5RxiYadgc
17bRv49hwmfEte9gQ44QGzZJ5CDKrafBsSdlCfjN9Vsq0IQz8+8f8vWcC1iTN6B1
oN5y3mx1KmYi9YwGMFafQLkwqkB3FYLXi+zA07K9g8V3DB6urxlToE15cZ8PrzDO
Z/nWLMwiQXoH8pdCGM5ZeRBV3m8Q5Ljag2ZAFgloI1uXLiaaArtXjMW4umliMoCJ
nqH9wJJ8eyszGYQqY8UAaGL6n0eNmXpFOqfp7e5pQrXzgZtHVhB7/HA2hBhz6u/5
l02eMyPdJgu6Krc/RNyDJ/+9YVkrEbfKT9vFiwwcMa4y+Pi5Qvd/3GGadrFaBOER
PWZFtxhxvskkhdbz1LpBNF0SLSW5jaYTSG1LsAd9mZMJYYF0VyaKq2nj5NnHiMwk
2OxSJFwevJEU4pbe6wrant1fs1vb1ILsxiBQhyVAOvvH7s3+M+Vuw4QJVQMlOcDp
NV1lMaj2v6AJzSnHszYyLtyV84PBWs+LjfbqsyH4pO0eMQ62TBGrYAukEiMiF6M2
ZIKRBBLgq28ey1AFYbRA/1mGcdHVM2l8qXOKONdkDPFp
-----END CERTIFICATE-----
`;
var authority2011 = `-----BEGIN CERTIFICATE-----
MIIF7TCCA9WgAwIBAgIQP4vItfyfspZDtWnWbELhRDANBgkqhkiG9w0BAQsFADCB
iDELMAkGA1UEBhMCVVMxEzARBgNVBAgTCldhc2hpbmd0b24xEDAOBgNVBAcTB1Jl
ZG1vbmQxHjAcBgNVBAoTFU1pY3Jvc29mdCBDb3Jwb3JhdGlvbjEyMDAGA1UEAxMp
TWljcm9zb2Z0IFJvb3QgQ2VydGlmaWNhdGUgQXV0aG9yaXR5IDIwMTEwHhcNMTEw
MzIyMjIwNTI4WhcNMzYwMzIyMjIxMzA0WjCBiDELMAkGA1UEBhMCVVMxEzARBgNV
BAgTCldhc2hpbmd0b24xEDAOBgNVBAcTB1JlZG1vbmQxHjAcBgNVBAoTFU1pY3Jv
c29mdCBDb3Jwb3JhdGlvbjEyMDAGA1UEAxMpTWljcm9zb2Z0IFJvb3QgQ2VydGlm
aWNhdGUgQXV0aG9yaXR5IDIwMTEwggIiMA0GCSqGSIb3DQEBAQUAA4ICDwAwggIK
AoICAQCygEGqNThNE3IyaCJNuLLx/9VSvGzH9dJKjDbu0cJcfoyKrq8TKG/Ac+M6
ztAlqFo6be+ouFmrEyNozQwph9FvgFyPRH9dkAFSWKxRxV8qh9zc2AodwQO5e7BW
6KPeZGHCnvjzfLnsDbVU/ky2ZU+I8JxImQxCCwl8MVkXeQZ4KI2JOkwDJb5xalwL
54RgpJki49KvhKSn+9GY7Qyp3pSJ4Q6g3MDOmT3qCFK7VnnkH4S6Hri0xElcTzFL
h93dBWcmmYDgcRGjuKVB4qRTufcyKYMME782XgSzS0NHL2vikR7TmE/dQgfI6B0S
/Jmpaz6SfsjWaTr8ZL22CZ3K/QwLopt3YEsDlKQwaRLWQi3BQUzK3Kr9j1uDRprZ
/LHR47PJf0h6zSTwQY9cdNCssBAgBkm3xy0hyFfj0IbzA2j70M5xwYmZSmQBbP3s
MJHPQTySx+W6hh1hhMdfgzlirrSSL0fzC/hV66AfWdC7dJse0Hbm8ukG1xDo+mTe
acY1logC8Ea4PyeZb8txiSk190gWAjWP1Xl8TQLPX+uKg09FcYj5qQ1OcunCnAfP
SRtOBA5jUYxe2ADBVSy2xuDCZU7JNDn1nLPEfuhhbhNfFcRf2X7tHc7uROzLLoax
7Dj2cO2rXBPB2Q8Nx4CyVe0096yb5MPa50c8prWPMd/FS6/r8QIDAQABo1EwTzAL
BgNVHQ8EBAMCAYYwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUci06AjGQQ7kU
BU7h6qfHMdEjiTQwEAYJKwYBBAGCNxUBBAMCAQAwDQYJKoZIhvcNAQELBQADggIB
AH9yzw+3xRXbm8BJyiZb/p4T5tPw0tuXX/JLP02zrhmu7deXoKzvqTqjwkGw5biR
nhOBJAPmCf0/V0A5ISRW0RAvS0CpNoZLtFNXmvvxfomPEf4YbFGq6O0JlbXlccmh
6Yd1phV/yX43VF50k8XDZ8wNT2uoFwxtCJJ+i92Bqi1wIcM9BhS7vyRep4TXPw8h
Ir1LAAbblxzYXtTFC1yHblCk6MM4pPvLLMWSZpuFXst6bJN8gClYW1e1QGm6CHmm
ZGIVnYeWRbVmIyADixxzoNOieTPgUFmG2y/lAiXqcyqfABTINseSO+lOAOzYVgm5
M0kS0lQLAausR7aRKX1MtHWAUgHoyoL2n8ysnI8X6i8msKtyrAv+nlEex0NVZ09R
s1fWtuzuUrc66U7h14GIvE+OdbtLqPA1qibUZ2dJsnBMO5PcHd94kIZysjik0dyS
TclY6ysSXNQ7roxrsIPlAT/4CTL2kzU0Iq/dNw13CYArzUgA8YyZGUcFAenRv9FO
0OYoQzeZpApKCNmacXPSqs0xE2N2oTdvkjgefRI8ZjLny23h/FKJ3crWZgWalmG+
oijHHKOnNlA8OqTfSm7mhzvO6/DggTedEzxSjr25HTTGHdUKaj2YKXCMiSrRq4IQ
SB/c9O+lxbtVGjhjhE63bK2VVOxlIhBJF7jAHscPrFRH
-----END CERTIFICATE-----
`;
var eccProduct2018 = `-----BEGIN CERTIFICATE-----
MIIDIzCCAqigAwIBAgIQFJgmZtx8zY9AU2d7uZnshTAKBggqhkjOPQQDAzCBlDEL
MAkGA1UEBhMCVVMxEzARBgNVBAgTCldhc2hpbmd0b24xEDAOBgNVBAcTB1JlZG1v
bmQxHjAcBgNVBAoTFU1pY3Jvc29mdCBDb3Jwb3JhdGlvbjE+MDwGA1UEAxM1TWlj
cm9zb2Z0IEVDQyBQcm9kdWN0IFJvb3QgQ2VydGlmaWNhdGUgQXV0aG9yaXR5IDIw
MTgwHhcNMTgwMjI3MjA0MjA4WhcNNDMwMjI3MjA1MDQ2WjCBlDELMAkGA1UEBhMC
VVMxEzARBgNVBAgTCldhc2hpbmd0b24xEDAOBgNVBAcTB1JlZG1vbmQxHjAcBgNV
BAoTFU1pY3Jvc29mdCBDb3Jwb3JhdGlvbjE+MDwGA1UEAxM1TWljcm9zb2Z0IEVD
QyBQcm9kdWN0IFJvb3QgQ2VydGlmaWNhdGUgQXV0aG9yaXR5IDIwMTgwdjAQBgcq
hkjOPQIBBgUrgQQAIgNiAATHERYqdh1Wjr65YmXUw8608MMw7I9t1245vMhJq6u4
40N41YEGXe/HfZ/O1rOQdd4MsJDeI7rI0T5n4BmpG4YxHl80Le4X/RX7fieKMqHq
yY/JfhjLLzssSHp9pvQBB6yjgbwwgbkwDgYDVR0PAQH/BAQDAgGGMA8GA1UdEwEB
/wQFMAMBAf8wHQYDVR0OBBYEFEPvcIe4nb/siBncxsRrdQ11NDMIMBAGCSsGAQQB
gjcVAQQDAgEAMGUGA1UdIAReMFwwBgYEVR0gADBSBgwrBgEEAYI3TIN9AQEwQjBA
BggrBgEFBQcCARY0aHR0cDovL3d3dy5taWNyb3NvZnQuY29tL3BraW9wcy9Eb2Nz
L1JlcG9zaXRvcnkuaHRtADAKBggqhkjOPQQDAwNpADBmAjEAocBJRF0yVSfMPpBu
JSKdJFubUTXHkUlJKqP5b08czd2c4bVXyZ7CIkWbBhVwHEW/AjEAxdMo63LHPrCs
Jwl/Yj1geeWS8UUquaUC5GC7/nornGCntZkU8rC+8LsFllZWj8Fo
-----END CERTIFICATE-----
`;
var timeStamp2014 = `-----BEGIN CERTIFICATE-----
MIIGAzCCA+ugAwIBAgIQL9Z6QyKTMpBF6VM0PuJ0ZjANBgkqhkiG9w0BAQsFADCB
kzELMAkGA1UEBhMCVVMxEzARBgNVBAgTCldhc2hpbmd0b24xEDAOBgNVBAcTB1Jl
ZG1vbmQxHjAcBgNVBAoTFU1pY3Jvc29mdCBDb3Jwb3JhdGlvbjE9MDsGA1UEAxM0
TWljcm9zb2Z0IFRpbWUgU3RhbXAgUm9vdCBDZXJ0aWZpY2F0ZSBBdXRob3JpdHkg
MjAxNDAeFw0xNDEwMjIyMjA4NTdaFw0zOTEwMjIyMjE1MTlaMIGTMQswCQYDVQQG
EwJVUzETMBEGA1UECBMKV2FzaGluZ3RvbjEQMA4GA1UEBxMHUmVkbW9uZDEeMBwG
A1UEChMVTWljcm9zb2Z0IENvcnBvcmF0aW9uMT0wOwYDVQQDEzRNaWNyb3NvZnQg
VGltZSBTdGFtcCBSb290IENlcnRpZmljYXRlIEF1dGhvcml0eSAyMDE0MIICIjAN
BgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEArgHUXaBYyu3ozOE3RkYQW3rEUrgL
WI8FPV2prVHiA4ngBhL4AnhrXgRQz7bWBAxUHnk3IDzjfmMdRXeYFB2+diLcWqo/
5G9AYiRjyDzATIcoPWt4a5g5lRpBf3NR/gf8FHzzj4QJ4fjCL6FOvTl9zGNniQyA
BM2wgskAiz4JhwOdwnlCxFwhkSuVGmw1R2zIvzwKTur2hXDVxV/BnkfbXMIyYVoI
1nGdLIGffri+baHYZkNpCuTzcvCRSyhgqNXj3YSuKGVVn4QrSnXtJKYsdTHUhXd0
8oBVAmNB8nAI9MjCU5HbFAdlIAmB5orXmw/KDNcbX/3R5XSFXBD7msmmK55Dlsxb
cnPQD1WZhxgbPfgpeLBv0XS85SC6Q4sUOGlkoXMPwRYpeU+bhSlosT6ZKo+y3EcG
zd/Q6yLcHlccflmQJaMDgr6Myx2buY0quKEQ5/qtFv7s5VPGrcCXfESbgfN6pvn/
rvqsF6mmYL1nPHlshQtVrzHEw1mQDqHVfEg5i63juw7k5frf/dqdnltvGzIOpjfT
qqosBBdl08ZORyStglCZQSvWs+cmWrE1m+ZxVeHIb6JEHchchPz5eAF2wT53k/Ki
lOHacDDsZAquoqEdP4NDc0DS4IlwWa+NLtTUIQphpPT3I4ZDgCiyHEMMRdr8Bvgl
QAd1aXjjphOD15cCAwEAAaNRME8wCwYDVR0PBAQDAgGGMA8GA1UdEwEB/wQFMAMB
Af8wHQYDVR0OBBYEFMvR8s5I/QGf6laqV9F+mVj4P//gMBAGCSsGAQQBgjcVAQQD
AgEAMA0GCSqGSIb3DQEBCwUAA4ICAQAT2NPko9gmzv07R++AvvujloXafZWcKQBi
Rr5ICsoU7B1Osh71zkavWQEQOP3iZQu/+A/mddncM8qD764gV30n+shcID4Lhiy8
EnYDXNMhU6DPPvdFGSIPbiE3xmiHxJwpVaOQ6KkevrNB549H6R00xWQkW0wy7Laa
DLhW4AbkQIvyEAf6jo5mIOYcS+Slo7suBulFe57J/5SKV8Fpo11lWN20wmNKpt1j
MRiv7RYY2sFqPx/Sqpa2YW/Vgym0eWbBwVADHNDqLsa6z8aYbdYbxs4QsMnxQxor
1/8VNIY72Uo8bT4juwI9zlTDSiXvRjx5W46zwiqCEkVSlsIJ1Ep4nt1vn/mfcEqa
o03vLfqqlvq0fdY2l87w2HzSL1ZUCgBg0DyOaOLNKao9LiCDy7JVRqDfuJF5KJJB
Dv4mOEN103el3YdS8U2dv9yjLfIeD0kspRGwijYTObD1G5J3tIPdmJ4Fr6CjCdDf
HXaYQkQBc7CyqTtS5bZvq4zy1Rcpf2/45aM0625FkkhNAlW2N6ECsTTfx7KSPQK9
NxoG4aGAjpIlMc72geeu5ZIXrFnEkqzfyCwnUkIeJh14h7lOi/dHescBcNWhyQui
Igg4/MqowjtT3As2O+Gjyq33tgjDE1WvAzpptOmk0S3NZ9TDQspjX56ApOxjbHLE
WOUH+pb4jQ==
-----END CERTIFICATE-----
`;
var eccTimeStamp2018 = `-----BEGIN CERTIFICATE-----
MIIDFzCCAp6gAwIBAgIQFTh14WR+0bBHtO+vQRKCRTAKBggqhkjOPQQDAzCBjzEL
MAkGA1UEBhMCVVMxEzARBgNVBAgTCldhc2hpbmd0b24xEDAOBgNVBAcTB1JlZG1v
bmQxHjAcBgNVBAoTFU1pY3Jvc29mdCBDb3Jwb3JhdGlvbjE5MDcGA1UEAxMwTWlj
cm9zb2Z0IEVDQyBUUyBSb290IENlcnRpZmljYXRlIEF1dGhvcml0eSAyMDE4MB4X
DTE4MDIyNzIwNTEzNFoXDTQzMDIyNzIxMDAxMlowgY8xCzAJBgNVBAYTAlVTMRMw
EQYDVQQIEwpXYXNoaW5ndG9uMRAwDgYDVQQHEwdSZWRtb25kMR4wHAYDVQQKExVN
aWNyb3NvZnQgQ29ycG9yYXRpb24xOTA3BgNVBAMTME1pY3Jvc29mdCBFQ0MgVFMg
Um9vdCBDZXJ0aWZpY2F0ZSBBdXRob3JpdHkgMjAxODB2MBAGByqGSM49AgEGBSuB
BAAiA2IABN7Nu3Ag8SUgtJTo17Q7D26H3ausz01AL4Eza1kJGNaHDSYjnLSNlZ12
n6W5BkLmrTayxLOuejwI1cudOl5FIWwL4yD1m8LdRDPjQrnq8ihCkqr+DAfKihOZ
O2IA7drzNaOBvDCBuTAOBgNVHQ8BAf8EBAMCAYYwDwYDVR0TAQH/BAUwAwEB/zAd
BgNVHQ4EFgQU6EfIQpqwna5vCyg7mBWP47HogLIwEAYJKwYBBAGCNxUBBAMCAQAw
ZQYDVR0gBF4wXDAGBgRVHSAAMFIGDCsGAQQBgjdMg30BATBCMEAGCCsGAQUFBwIB
FjRodHRwOi8vd3d3Lm1pY3Jvc29mdC5jb20vcGtpb3BzL0RvY3MvUmVwb3NpdG9y
eS5odG0AMAoGCCqGSM49BAMDA2cAMGQCMBSGUMAmGuvqoRR3OlvfYzmlM8dQQNVr
NWsPtN99VrnhpZ14GYKhQ24a11ijVQNC2wIwGJS0HjqNZPoMJxuHE0rStzoAlMby
5WO/r+P63JPV50aaa4FpPgLfUQ2PKHFBiZEv
-----END CERTIFICATE-----
`;
var identityVerification2020 = `-----BEGIN CERTIFICATE-----
MIIFzDCCA7SgAwIBAgIQVJjS0dRbGZVIE3nIEcCHmTANBgkqhkiG9w0BAQwFADB3
MQswCQYDVQQGEwJVUzEeMBwGA1UEChMVTWljcm9zb2Z0IENvcnBvcmF0aW9uMUgw
RgYDVQQDEz9NaWNyb3NvZnQgSWRlbnRpdHkgVmVyaWZpY2F0aW9uIFJvb3QgQ2Vy
dGlmaWNhdGUgQXV0aG9yaXR5IDIwMjAwHhcNMjAwNDE2MTgzNjE2WhcNNDUwNDE2
MTg0NDQwWjB3MQswCQYDVQQGEwJVUzEeMBwGA1UEChMVTWljcm9zb2Z0IENvcnBv
cmF0aW9uMUgwRgYDVQQDEz9NaWNyb3NvZnQgSWRlbnRpdHkgVmVyaWZpY2F0aW9u
IFJvb3QgQ2VydGlmaWNhdGUgQXV0aG9yaXR5IDIwMjAwggIiMA0GCSqGSIb3DQEB
AQUAA4ICDwAwggIKAoICAQCzkSoHgwZn/Z6d4MfAt6TmQgR/D6bbX/vVWtdFoPt3
C/CA86ZtWk15U9ighoRXRSDHolT7x6K/isduNfOiFcQvTuNKhZZJDf++mdgU9rwn
B+5Cmyv1C5IG5P1pE2WokXLymITrgz0O5NdxEkghyw3t9kdJt5v5yccXtoRP/7is
mtdzZ0mF44a9N0DQJYbU3rXCbWJq1al4vC1vSfnlbBQU/RTH02UWN97LbrxeKY39
YpsVLNYF5rmJMjOjYsfX1lJnCMQu9FYrnguHzOyntKaq6wXNGVelOgsEJxyRZ54t
Yi0vHr7awCDLBBnKM/uJvpjicqByNb554ZyDb+RtF2+Q8z0AhnU4jtDgSZq729P4
MMrVV4hoTXLTv21/cdj9vQ2ukmRIt1tveSa1zZuVIYTR7w8yPXtXjPNFB0x84F4Y
DjV2i22eyzZ0qwX44HNdMlaUZ5clCsY1PZSX58FEi4D9wfj0dBnlMPYG+yFXPgYc
i2sVhidJe4KTylnodUfoPzj0x1N5oLa04lxR771fOMET5ngMlVouxUBZKMwPJMDs
ugl3I5k4prYc2se6ILbXN9h/N68I4ztx225zG32ZcrDkhjNZdLUWAHtQbcaGE9r9
xDmCPSQAmmDaupTABVEsNKxQmROHu7MFgLJNMAJcuCaDXbRjc++uI5VPYCi+N9Vb
pQIDAQABo1QwUjAOBgNVHQ8BAf8EBAMCAYYwDwYDVR0TAQH/BAUwAwEB/zAdBgNV
HQ4EFgQUyH7SaoUqG8oZmAQHJ89QEE9oqKIwEAYJKwYBBAGCNxUBBAMCAQAwDQYJ
KoZIhvcNAQEMBQADggIBAK9q3eYZ5y2UQxlOy+lQlWSlA5ECi+I2gDsVolLCFhm2
alpddEMw9Jv/YHQJsSEekBZtxSSPXGaIY/RPzH3yEkxAEIsBn9qpyK7ylRvPnQXr
ST50oGhb5VYsZRyCflPaVtlGF3mSRcQQNghSKRfLL6byftRpJIoej7BzDcwcSquy
qu2nkWMBZCKoMrh+MiizZ3MtkbTcMQEL90cKpvHXSu1WYMQsCKN7QLC8dCdSh9a+
iN03ioluZ4gd9cldoP62qzqA1xqXPBc2IkEerE3Vg+Y8OL1PMOlUqdO2BMMydmG7
sBjFKxizwIDVt5WwXlFNIvzsWKro2JS0pS7tkt7nGHwhV91VY/e/bc0f0qZ3KHDH
4ls6WwjSW07IAJaz4YM2r4YKZVx09ursemp0oPBL7u+Uo6xQ8oft1zowg8n7fVe+
5eP4QcrlZK6zo+xY7IWazO+56vNWGLlcc5qvxXcXg1nbNxoYclSlQdK2I3WjQ5rl
d3yWebdBjb/s3ICgn9F3dVhfNRPgJRpnC33OJfoHCuRhIdjUHOUHxjaZ9JbQxhX+
Ts3Xroud2xb9BMaSvdSI5qmjqrv3ZDg7X8wM0DW+dBkDpsWqTKJhNoI+HfMrvJdd
20t4Oy31O+9gI+j17AsjNpWvmGa/U9N7uGlKKpZmacSUxvRfbqyYeIiABlyisu2i
-----END CERTIFICATE-----
`;

// src/installer/signature/trust.ts
var microsoftTrust = {
  organisation: "Microsoft Corporation",
  roots: [authority2010, authority2011, eccProduct2018],
  timestampRoots: [authority2010, timeStamp2014, eccTimeStamp2018, identityVerification2020]
};

// src/installer/signature/osslsigncode.ts
import { mkdtemp, rm as rm4, stat as stat9, writeFile as writeFile4 } from "node:fs/promises";
import path24 from "node:path";

// src/installer/signature/verdict.ts
var limitMs3 = 5 * 6e4;
function ended(program, timedOut) {
  return timedOut ? `${program} gave no answer in ${limitMs3 / 6e4} min` : `${program} was killed`;
}

// src/installer/signature/osslsigncode.ts
var name = "osslsigncode";
var install = "apt-get install osslsigncode on Debian and Ubuntu, dnf install osslsigncode on Fedora, brew install osslsigncode on macOS";
function verifyArguments(file, { roots, timestampRoots, signer }, version) {
  const leaf = signer.fingerprint256.replaceAll(":", "");
  return [
    ...["verify", "-in", file, "-CAfile", roots, "-TSA-CAfile", timestampRoots],
    ...["-require-leaf-hash", `sha256:${leaf}`],
    ...isAtLeast2(version, [2, 9]) ? ["-ignore-crl"] : []
  ];
}
async function checkByOsslsigncode(file, signed, trust, host) {
  const program = await findProgram(name, host);
  if (program === void 0) return unchecked(`there is no ${name} on this machine`, `Install it: ${install}.`);
  if (signed.isNested) return { kind: "invalid", why: "it carries several signatures, which Microsoft’s packages do not" };
  const version = await versionOf(program, host);
  if (version === void 0 || !isAtLeast2(version, [2, 5]))
    return unchecked(
      `${program} is ${version?.join(".") ?? "of no version that it tells"}, and 2.5 is needed`,
      `Install a newer one: ${install}.`
    );
  const folder = await mkdtemp(path24.join(host.machine.temp, "shir-roots-"));
  try {
    const check = {
      roots: path24.join(folder, "roots.pem"),
      timestampRoots: path24.join(folder, "timestamps.pem"),
      signer: signed.signer
    };
    await writeFile4(check.roots, trust.roots.join(""));
    await writeFile4(check.timestampRoots, trust.timestampRoots.join(""));
    const finished = await runProgram(program, verifyArguments(file, check, version), host, { limitMs: limitMs3 });
    host.signal.throwIfAborted();
    return await judged(finished, file, `${name} ${version.join(".")}`);
  } finally {
    await rm4(folder, { recursive: true, force: true });
  }
}
async function versionOf(program, host) {
  const { stdout } = await runProgram(program, ["--version"], host, { limitMs: limitMs3 });
  host.signal.throwIfAborted();
  const [, major, minor] = /^osslsigncode (\d+)\.(\d+)/m.exec(stdout) ?? [];
  return major === void 0 ? void 0 : [Number(major), Number(minor)];
}
function isAtLeast2([major, minor], [wantedMajor, wantedMinor]) {
  return major > wantedMajor || major === wantedMajor && minor >= wantedMinor;
}
async function judged({ code, stdout, stderr, timedOut }, file, by) {
  if (code === 0) return { kind: "valid", by };
  const text = `${stdout}
${stderr}`;
  if (timedOut)
    return unchecked(ended(by, timedOut), "Give the machine more time or a quicker disk, or name the installer’s SHA-256.");
  if (code === null || isMemory(text)) {
    const { size } = await stat9(file);
    const needed = `It needs about twice the file’s size in memory, ${(size * 2 / 1e9).toFixed(1)} GB here`;
    return unchecked(code === null ? ended(by, timedOut) : `${by} had not enough memory`, `${needed}: give the machine more.`);
  }
  if (/Use the "-(?:TSA-)?CRLfile" option/.test(text))
    return unchecked(
      `${by} wants lists of revoked certificates that it could not fetch`,
      "Install version 2.9 or newer, which can do without."
    );
  return { kind: "invalid", why: `${by} says: ${reasonIn(text)}` };
}
function isMemory(text) {
  return /out of memory|cannot allocate memory|malloc failure|Failed to (?:map|allocate)/i.test(text);
}
var reasons = [
  [
    /MISMATCH!!!|Corrupt(?:ed)?\b.*\b(?:file|header|entry)|Failed to (?:read|get|parse)/i,
    "its bytes are not those that were signed"
  ],
  [/Leaf hash match: failed/, "another certificate signed it"],
  [
    /certificate has expired|certificate is not yet valid/,
    "the signer’s certificate was not valid at that time, and no timestamp of a trusted authority vouches for an earlier one"
  ],
  [/unable to get (?:local )?issuer certificate|self[- ]signed certificate/, "the chain does not end at a trusted root"],
  [/signature failure|digest failure|bad signature/i, "the signature itself is broken"]
];
function reasonIn(text) {
  const known2 = reasons.find(([pattern]) => pattern.test(text));
  if (known2) return known2[1];
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "" && line !== "Failed");
  return lines.at(-1)?.slice(0, 200) ?? "nothing, but that it failed";
}
function unchecked(why, hint) {
  return { kind: "unchecked", why, hint };
}

// src/installer/signature/publisher.ts
import { X509Certificate } from "node:crypto";
function readPublisher({ signer, certificates }, trust) {
  const subject = subjectOf(signer);
  if (!isOf(signer, trust.organisation)) return { why: `it is signed by ${subject}, and not by O=${trust.organisation}` };
  const roots = trust.roots.map((pem) => new X509Certificate(pem));
  const root = rootOf(signer, certificates, roots);
  if (root === void 0) return { why: `the chain of ${subject} does not end at a root of ${trust.organisation}` };
  return { publisher: { subject, root: String(attribute(root, "CN") ?? subjectOf(root)) } };
}
function isOf(certificate, organisation) {
  return attribute(certificate, "O") === organisation;
}
function attribute(certificate, name3) {
  return certificate.toLegacyObject().subject?.[name3];
}
function subjectOf({ subject }) {
  return (subject ?? "").split("\n").reverse().join(", ");
}
function rootOf(signer, certificates, roots) {
  const seen = /* @__PURE__ */ new Set([signer.fingerprint256]);
  const pending = [signer];
  for (let one = pending.pop(); one !== void 0; one = pending.pop()) {
    const current = one;
    const root = roots.find((candidate) => isIssuedBy(current, candidate));
    if (root) return root;
    const issuers = certificates.filter((candidate) => !seen.has(candidate.fingerprint256) && isIssuedBy(current, candidate));
    for (const issuer of issuers) seen.add(issuer.fingerprint256);
    pending.push(...issuers);
  }
  return void 0;
}
function isIssuedBy(certificate, issuer) {
  try {
    return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

// src/installer/signature/signed-data.ts
import { X509Certificate as X509Certificate2 } from "node:crypto";

// src/installer/signature/der.ts
var tags = { integer: 2, octets: 4, oid: 6, sequence: 48, set: 49, first: 160, second: 161 };
function firstElement(bytes) {
  const [tag, head] = [bytes.at(0), bytes.at(1)];
  if (tag === void 0 || head === void 0 || (tag & 31) === 31) throw new RangeError("No element");
  const lengthBytes = head < 128 ? 0 : head & 127;
  if (head === 128 || lengthBytes > 4 || bytes.length < 2 + lengthBytes) throw new RangeError("A length of another form");
  const length = lengthBytes === 0 ? head : bytes.readUIntBE(2, lengthBytes);
  const start3 = 2 + lengthBytes;
  if (start3 + length > bytes.length) throw new RangeError("An element that is cut");
  return { tag, bytes: bytes.subarray(0, start3 + length), content: bytes.subarray(start3, start3 + length) };
}
function elementsOf(content) {
  const elements = [];
  for (let rest = content; rest.length > 0; ) {
    const element = firstElement(rest);
    elements.push(element);
    rest = rest.subarray(element.bytes.length);
  }
  return elements;
}
function contentOf(element, tag) {
  if (element?.tag !== tag) throw new RangeError("Another element was expected");
  return element.content;
}

// src/installer/signature/signed-data.ts
var oids = {
  signedData: "2a864886f70d010702",
  indirectData: "2b060104018237020104",
  nestedSignature: "2b060104018237020401"
};
var digestBytes = {
  "608648016503040201": 32,
  "608648016503040202": 48,
  "608648016503040203": 64
};
function readSignedData(bytes) {
  const [type, wrapped] = elementsOf(contentOf(firstElement(bytes), tags.sequence));
  if (hex(contentOf(type, tags.oid)) !== oids.signedData) throw new RangeError("Not signed data");
  const [, , content, ...rest] = elementsOf(contentOf(firstElement(contentOf(wrapped, tags.first)), tags.sequence));
  proveDigest(content);
  const carried = rest.find(({ tag }) => tag === tags.first);
  const certificates = elementsOf(contentOf(carried, tags.first)).filter(({ tag }) => tag === tags.sequence);
  const signers = elementsOf(contentOf(rest.at(-1), tags.set));
  if (signers.length !== 1) throw new RangeError(`${signers.length} signers`);
  const [, issued, , ...more] = elementsOf(contentOf(signers[0], tags.sequence));
  const name3 = hex(contentOf(issued, tags.sequence));
  const signer = certificates.find(({ bytes: bytes2 }) => issuerAndSerial(bytes2) === name3);
  if (signer === void 0) throw new RangeError("It lacks the certificate of its signer");
  return {
    signer: new X509Certificate2(signer.bytes),
    certificates: certificates.map((certificate) => new X509Certificate2(certificate.bytes)),
    isNested: isNested(more.find(({ tag }) => tag === tags.second))
  };
}
function proveDigest(content) {
  const [type, wrapped] = elementsOf(contentOf(content, tags.sequence));
  if (hex(contentOf(type, tags.oid)) !== oids.indirectData) throw new RangeError("Not signed as a file");
  const [, digestInfo] = elementsOf(contentOf(firstElement(contentOf(wrapped, tags.first)), tags.sequence));
  const [algorithm, digest] = elementsOf(contentOf(digestInfo, tags.sequence));
  const [name3] = elementsOf(contentOf(algorithm, tags.sequence));
  if (contentOf(digest, tags.octets).length !== digestBytes[hex(contentOf(name3, tags.oid))])
    throw new RangeError("Not a digest of SHA-2");
}
function issuerAndSerial(certificate) {
  const [body] = elementsOf(contentOf(firstElement(certificate), tags.sequence));
  const fields = elementsOf(contentOf(body, tags.sequence)).filter(({ tag }) => tag !== tags.first);
  const [serial, , issuer] = fields;
  if (serial?.tag !== tags.integer || issuer?.tag !== tags.sequence) throw new RangeError("A certificate of another form");
  return hex(Buffer.concat([issuer.bytes, serial.bytes]));
}
function isNested(attributes) {
  return elementsOf(attributes?.content ?? Buffer.alloc(0)).some(
    (attribute2) => hex(contentOf(elementsOf(contentOf(attribute2, tags.sequence))[0], tags.oid)) === oids.nestedSignature
  );
}
function hex(bytes) {
  return bytes.toString("hex");
}

// src/installer/signature/windows-powershell.ts
import { link as link4, rm as rm5 } from "node:fs/promises";
var name2 = "Get-AuthenticodeSignature";
var pathVariable = "SHIR_INSTALLER";
var signatureScript = [
  "$ErrorActionPreference = 'Stop'",
  "$ProgressPreference = 'SilentlyContinue'",
  `try { $found = ${name2} -LiteralPath $Env:${pathVariable}`,
  "$signer = ''; if ($found.SignerCertificate) { $signer = $found.SignerCertificate.RawData -join ' ' }",
  "$said = [int[]] [char[]] [string] $found.StatusMessage -join ' '",
  "ConvertTo-Json -Compress @{ status = [string] $found.Status; said = $said; signer = $signer } }"
].join("; ").concat(" catch { ConvertTo-Json -Compress @{ failed = [int[]] [char[]] [string] $_ -join ' ' } }");
function powerShellArguments(script) {
  return ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", script];
}
async function checkByWindows(file, { signer }, host) {
  const program = await findProgram("powershell", host) ?? await findProgram("pwsh", host);
  if (program === void 0)
    return {
      kind: "unchecked",
      why: "powershell.exe was not found",
      hint: "Put %SystemRoot%\\System32\\WindowsPowerShell\\v1.0 on PATH."
    };
  const { code, stdout, stderr, timedOut } = await underPackageName(
    file,
    (named2) => runProgram(program, powerShellArguments(signatureScript), host, { limitMs: limitMs3, variables: { [pathVariable]: named2 } })
  );
  host.signal.throwIfAborted();
  const answer = answerOf(stdout);
  if (answer === void 0) {
    const why = code === null ? ended(program, timedOut) : `${name2} gave no answer (exit code ${code}: ${firstLineOf(stderr)})`;
    return { kind: "unchecked", why, hint: `Run ${name2} on the file by hand: it says why.` };
  }
  if (answer.failed !== void 0)
    return { kind: "unchecked", why: `${name2} failed: ${textOf(answer.failed)}`, hint: "Windows’ own words say why." };
  if (answer.status !== "Valid") return { kind: "invalid", why: `Windows says ${String(answer.status)}: ${textOf(answer.said)}` };
  if (!bytesOf(answer.signer).equals(signer.raw))
    return { kind: "invalid", why: "Windows names another signer than the file itself" };
  return { kind: "valid", by: name2 };
}
async function underPackageName(file, body) {
  if (/\.msi$/i.test(file)) return body(file);
  const named2 = `${file}.msi`;
  const isLinked = await link4(file, named2).then(
    () => true,
    () => false
    // a disk that knows no links: the name as it is
  );
  try {
    return await body(isLinked ? named2 : file);
  } finally {
    if (isLinked) await rm5(named2, { force: true });
  }
}
function bytesOf(numbers) {
  return Buffer.from(numbersOf2(numbers));
}
function textOf(numbers) {
  return String.fromCharCode(...numbersOf2(numbers).slice(0, 1e3)).trim() || "it does not say why";
}
function numbersOf2(numbers) {
  return typeof numbers === "string" && numbers !== "" ? numbers.split(" ").map(Number) : [];
}
function firstLineOf(text) {
  return text.split(/\r?\n/).find((line) => line.trim() !== "")?.trim() ?? "it said nothing";
}

// src/installer/signature/signature.ts
async function checkSignature(file, signature, trust, host) {
  const signed = readable(signature);
  if (typeof signed === "string") return { kind: "invalid", why: signed };
  await import("node:tls");
  const read = readPublisher(signed, trust);
  if ("why" in read) return { kind: "invalid", why: read.why };
  const isWindows = host.machine.platform === "win32";
  const checking = isWindows ? checkByWindows(file, signed, host) : checkByOsslsigncode(file, signed, trust, host);
  const verdict = await checking.catch((error) => {
    host.signal.throwIfAborted();
    if (error.syscall?.startsWith("spawn") !== true) throw error;
    return {
      kind: "unchecked",
      why: `${error.path ?? "the program"} could not be started (${error.code})`,
      hint: "Start it by hand: this user must be able to run it."
    };
  });
  return verdict.kind === "valid" ? { ...verdict, publisher: read.publisher } : verdict;
}
function readable(signature) {
  try {
    return readSignedData(signature);
  } catch (error) {
    return `its signature is malformed (${error instanceof Error ? error.message : String(error)})`;
  }
}

// src/installer/signature-proof.ts
async function proveSignature(file, expected, trust, host) {
  const signature = await readMsiSignature(file);
  const spared = whySpared(expected, signature !== void 0, host);
  if (spared !== void 0) return { signer: void 0, proof: spared };
  if (signature === void 0) throw invalid("it carries none", host);
  host.log("Checking the installer’s signature");
  const verdict = await checkSignature(file, signature, trust, host);
  if (verdict.kind === "invalid") throw invalid(verdict.why, host);
  if (verdict.kind === "valid") {
    const { subject, root } = verdict.publisher;
    return { signer: subject, proof: `Signature of ${subject}, from ${root} (checked by ${verdict.by})` };
  }
  if (expected.sha256 === void 0)
    throw new StepError("installer-signature-unchecked", `The installer’s signature could not be checked: ${verdict.why}.`, {
      hint: `${verdict.hint} Or give ${host.spell("msiSha256")}, which is proof enough.`
    });
  return {
    signer: void 0,
    proof: `Signature not checked (${verdict.why}): the list of known versions vouches for the file`
  };
}
async function planSignature(file, expected, host) {
  const signature = await readMsiSignature(file);
  const proof = whySpared(expected, signature !== void 0, host) ?? `Signature: would be checked (the file carries ${signature ? "one" : "none"})`;
  return { signer: void 0, proof };
}
function whySpared({ sha256: sha2562, verifySignature }, isSigned, host) {
  const carries = `the file carries ${isSigned ? "one" : "none"}`;
  if (sha2562?.by === "input") return `Signature not checked (${carries}): the SHA-256 that was asked for is proof enough`;
  if (!verifySignature) return `SIGNATURE NOT CHECKED (${carries}): ${host.spell("verifySignature")} is false`;
  return void 0;
}
function invalid(why, host) {
  return new StepError(
    "installer-signature-invalid",
    `The installer’s signature does not prove that it is Microsoft’s: ${why}.`,
    {
      hint: `Do not use the file before you know why. One that you trust for a reason of your own is proven by ${host.spell("msiSha256")}.`
    }
  );
}

// src/installer/proof.ts
async function proveInstaller(file, expected, host, facts = {}, trust = microsoftTrust) {
  return prove(file, expected, host, facts, () => proveSignature(file, expected, trust, host));
}
async function proveContents(file, expected, host) {
  return prove(file, expected, host, {}, () => planSignature(file, expected, host));
}
async function prove(file, expected, host, facts, signature) {
  const size = await sizeOfInstaller(file);
  await proveFormat(file);
  const sha2562 = facts.sha256 ?? await sha256OfFile(file, host.signal);
  const hashProof = proveHash(sha2562, expected.sha256);
  const { values } = await readMsiProperties(file);
  const productProof = proveProduct(values, expected.sha256 !== void 0, host);
  const productVersion = values.get("ProductVersion") ?? "";
  const evidence = { fileName: facts.name ?? path25.basename(file), hashBy: expected.sha256?.by };
  const { version, proof } = proveVersion(productVersion, expected.version, evidence);
  if (compareVersions(version, oldestVersion) < 0)
    throw new StepError(
      "installer-too-old",
      `Version ${version} cannot run in a container; the first that can is ${oldestVersion}.`,
      {
        hint: "Take a newer installer."
      }
    );
  const { signer, proof: signatureProof } = await signature();
  return { version, sha256: sha2562, size, productVersion, signer, proofs: [productProof, proof, hashProof, signatureProof] };
}
var hashWords = { input: "the one that was asked for", known: "the one of the list of known versions" };
function proveHash(sha2562, expected) {
  if (expected === void 0) return `SHA-256 ${sha2562} (computed; none was given to compare it with)`;
  if (sha2562 === expected.value) return `SHA-256 ${sha2562} (${hashWords[expected.by]})`;
  const wanted = expected.by === "input" ? "was asked for" : "is that version’s in the list of known versions";
  throw new StepError("installer-hash-mismatch", `The installer’s SHA-256 is ${sha2562}, but ${expected.value} ${wanted}.`, {
    hint: "Either the file was changed on its way or the expected hash is another file’s. Do not use it before you know which."
  });
}

// src/installer/obtain.ts
function obtainInstaller(host, journal, known2 = knownVersions) {
  return async (identity) => {
    const { source, version, sha256: sha2562, wanted } = identity;
    if (isLocal(source)) return localInstaller(source, (file) => proveInstaller(file, expectedOf(identity), host), host);
    const name3 = fileName(source.url);
    const { kept, ...origin } = await bringInstaller(
      wanted,
      {
        ...{ version, sha256: sha2562?.value, url: source.url, address: source.shown },
        origin: wanted.msiUrl === void 0 ? microsoft : source.shown,
        // Its bytes were hashed just now: all but the signature costs nothing, and is then told as this run asked for it.
        needsProof: (record) => record.signer === void 0 || record.proofs.length === 0,
        prove: (file, record) => proveInstaller(file, expectedOf(identity), host, factsOf2(record, host)),
        fetch: async (part) => {
          host.log(`Fetching ${source.shown}`);
          const { download } = await import("./download-GCSEMP4Z.mjs");
          const { sha256: hash } = await download(source, part, host);
          const whole = version === void 0 ? await identifyFile(identity, part, name3, known2) : identity;
          return proveInstaller(part, expectedOf(whole), host, { name: name3, sha256: hash });
        }
      },
      host,
      journal
    );
    return told(kept, origin, host);
  };
}
function planInstaller(host) {
  return async (identity) => {
    const { source, wanted } = identity;
    if (isLocal(source)) return localInstaller(source, (file) => proveContents(file, expectedOf(identity), host), host);
    const version = identity.version ?? "<version>";
    planBringing(wanted, version, source.shown, `format, ProductVersion${proofsToCome(identity)}`, host);
    const sha2562 = identity.sha256?.value ?? "<sha256>";
    return {
      planned: true,
      version,
      sha256: sha2562,
      path: "<installer>",
      size: 0,
      cacheHit: false,
      cacheKey: cacheKey(version, sha2562),
      signer: void 0,
      proofs: [],
      source: source.shown
    };
  };
}
async function localInstaller({ path: path28, shown }, prove2, host) {
  return told({ ...await prove2(path28), path: path28 }, { source: shown, cacheHit: false }, host);
}
function expectedOf({ version, sha256: sha2562, wanted }) {
  return { version, sha256: sha2562, verifySignature: wanted.verifySignature };
}
function factsOf2(record, host) {
  if (record === void 0) return { name: "" };
  return { name: isVouchedFor(host) ? installerFileName(record.version) : "", sha256: record.sha256 };
}
function proofsToCome({ sha256: sha2562, wanted }) {
  const needsSignature = wanted.verifySignature && sha2562?.by !== "input";
  return `${sha2562 ? ", SHA-256" : ""}${needsSignature ? ", signature" : ""}`;
}
function told(found2, { source, cacheHit }, host) {
  const { version, sha256: sha2562, size, signer, proofs } = found2;
  host.log(`Installer ${version}, ${megabytes(size)}, from ${source}`);
  for (const proof of proofs) host.log(`  ${proof}`);
  return {
    planned: false,
    version,
    sha256: sha2562,
    size,
    path: found2.path,
    cacheHit,
    cacheKey: cacheKey(version, sha2562),
    signer,
    proofs,
    source
  };
}

// src/installer/support.ts
var dayMs = 864e5;
var firstBuild = 7713;
var soonDays = 60;
function tellSupport(version, record, host, known2 = knownVersions) {
  if (version === void 0 || parseVersion(version) === void 0 || record.result.support?.version === version) return;
  const nowMs = host.clock.now();
  const support = supportOf(version, nowMs, known2);
  record.note({ support });
  if (support.expires !== void 0)
    host.log(
      `Supported until ${support.expires}${support.isEstimate ? ", or some weeks longer (estimated from its number)" : ""}`
    );
  for (const { code, message } of warningsOf(support, nowMs, known2)) record.warn(code, message);
}
function supportOf(version, nowMs, known2 = knownVersions) {
  const published = knownVersion(version, known2)?.published?.date;
  const since = published ?? builtOn(version, nowMs);
  return { version, since, expires: since && oneYearAfter(since), isEstimate: since !== void 0 && published === void 0 };
}
function warningsOf(support, nowMs, known2 = knownVersions) {
  const withdrawn = knownVersion(support.version, known2)?.withdrawn;
  return [...withdrawn ? [takenBack(support.version, withdrawn)] : [], ...windowWarning(support, nowMs)];
}
function takenBack(version, { why, source }) {
  return { code: "withdrawn", message: `Microsoft withdrew version ${version}: ${why} (${source}). Take another version.` };
}
function windowWarning({ version, since, expires, isEstimate }, nowMs) {
  if (expires === void 0) return [];
  const daysLeft = Math.ceil((Date.parse(expires) - nowMs) / dayMs);
  const basis = isEstimate ? `one year after ${since}, when it was built by its number; it was published some weeks after that` : `one year after ${since}, when it was published`;
  if (daysLeft <= 0)
    return [
      {
        code: "expired",
        message: `The support of version ${version} ${isEstimate ? "probably " : ""}ended on ${expires} (${basis}). Nodes of an expired version go offline: take a newer one.`
      }
    ];
  if (daysLeft > soonDays) return [];
  return [
    {
      code: "expires-soon",
      message: `The support of version ${version} ends on ${expires}${isEstimate ? " at the earliest" : ""}, in ${daysLeft} ${daysLeft === 1 ? "day" : "days"} (${basis}). Build an image of a newer one before that.`
    }
  ];
}
function builtOn(version, nowMs) {
  const build = parseVersion(version)?.[2] ?? 0;
  const ms = Date.UTC(2e3, 0, 1) + build * dayMs;
  return build < firstBuild || ms > nowMs ? void 0 : dayOf(ms);
}
function oneYearAfter(day) {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return dayOf(Date.UTC(year + 1, month - 1, date));
}
function dayOf(ms) {
  return new Date(ms).toISOString().slice(0, 10);
}

// src/installer/wanted.ts
function wantedInstaller({ inputs, given }, inContext, spell) {
  if (inContext === void 0) return inputs;
  const isLookup = given.has("shirVersion") && !/^\d/.test(inputs.shirVersion);
  const other = ["msiPath", "msiUrl"].find((key) => given.has(key)) ?? (isLookup ? "shirVersion" : void 0);
  if (other === void 0) return { ...inputs, msiPath: inContext };
  throw new StepError(
    "installer-ambiguous",
    `${spell(other)} names an installer, but one lies in the build context already: ${inContext}.`,
    {
      hint: "Remove one of the two."
    }
  );
}

// src/journal/journal.ts
import { randomUUID as randomUUID5 } from "node:crypto";
import { mkdir as mkdir9, readdir as readdir7, rm as rm6, utimes } from "node:fs/promises";
import path26 from "node:path";
function openJournal(root, host, others = []) {
  const id = randomUUID5();
  const debts = ledger();
  const held = /* @__PURE__ */ new Set();
  let { file, account } = accountBelow(root, id, debts, host);
  let beginning;
  let hasBegun = () => {
  };
  const begun = new Promise((resolve) => {
    hasBegun = resolve;
  });
  const hold = (one) => {
    held.add(one);
    hasBegun();
    return () => void held.delete(one);
  };
  const begin = async (place2, [next, ...rest]) => {
    ;
    ({ file, account } = accountBelow(place2, id, debts, host));
    try {
      await mkdir9(path26.dirname(file), { recursive: true });
      host.state.save(file);
      const owner = { at: host.clock.now(), event: "owner", owner: await ownerOf(id, host) };
      await create(file, [owner]);
      hold(file);
    } catch (error) {
      if (next === void 0) throw error;
      host.log(`Nothing can be written in ${place2}: what this run owes is written down in ${next}.`);
      await begin(next, rest);
    }
  };
  return {
    id,
    hold,
    begun,
    intend: async (debt) => {
      beginning ??= begin(root, others).catch((error) => {
        beginning = void 0;
        throw error;
      });
      await beginning;
      await account.intend(debt);
    },
    settle: (debt) => account.settle(debt),
    defer: (debt) => account.defer(debt),
    owed: debts.owed,
    deferred: debts.deferred,
    touch: async () => {
      const now = new Date(host.clock.now());
      await Promise.allSettled([...held].map((one) => utimes(one, now, now)));
    },
    othersOwe: async (debt) => debt.run !== id && owesElsewhere([root, ...others].map(journalFolder), debt),
    close: async () => {
      if (beginning === void 0 || debts.owed().length + debts.deferred().length > 0) return;
      await rm6(file, { force: true, maxRetries: 5 }).catch(
        ({ code }) => host.log(`This run owes nothing, but its journal could not be removed (${code}).`)
      );
    }
  };
}
function accountBelow(root, id, debts, host) {
  const file = path26.join(journalFolder(root), fileName2(id));
  return { file, account: accountIn(file, debts, host.clock) };
}
async function owesElsewhere(folders, debt) {
  for (const folder of folders) {
    const names = await readdir7(folder).catch(() => []);
    const theirs = names.filter((name3) => readFileName(name3)?.run === debt.run);
    const read = await Promise.all(theirs.map((name3) => readJournal(path26.join(folder, name3)).catch(() => void 0)));
    if (read.some((journal) => journal?.records.debts.owed().some((one) => isSame(one, debt)))) return true;
  }
  return false;
}

// src/release/peers.ts
function peersOf(target, host) {
  const healthy = [];
  return {
    welcome: (plan) => void healthy.push(plan),
    prove: async (node, plan) => {
      const earlier = [...healthy];
      healthy.push(plan);
      if (earlier.length === 0) return void 0;
      const told2 = earlier.map(({ container, hostname }) => `${container} (${hostname})`);
      const answer = await target.resolve(
        node,
        earlier.map(({ hostname }) => hostname)
      );
      if (answer.kind === "unknown") {
        host.log(`${node.container}: whether it finds ${told2.join(", ")} could not be asked inside the container: ${answer.why}`);
        return void 0;
      }
      const lost = told2.filter((_, index) => answer.unresolved.includes(String(earlier[index]?.hostname)));
      if (lost.length === 0) {
        if (!node.planned) host.log(`${node.container}: finds ${told2.join(", ")}`);
        return void 0;
      }
      return {
        outcome: "failed",
        reason: "peer-unresolved",
        message: `inside the container the hostname of ${lost.join(", ")} does not resolve`
      };
    }
  };
}

// src/release/present.ts
function endsEarly({ container }, { spell }) {
  return `${container} is kept, but goes at the end of another job, which started it (${spell("cleanup")}). Start it from a job whose nodes stay, or under another ${spell("containerName")}.`;
}
function isSurplus(container, planned, { spell }) {
  return `${container} is of this set too and stays as it is, though ${spell("nodeCount")} is ${planned}. It goes with ${spell("mode")} remove and ${spell("containerName")} ${container}.`;
}

// src/release/unwatched.ts
var unwatched = { reason: void 0, hint: void 0, probes: [], lines: [] };

// src/release/add.ts
async function addNodes(plans, image, target, policy, host, listener) {
  const peers = peersOf(target, host);
  const present = await target.survey(plans, image);
  const missing = await keepStanding(plans, present, peers, host, listener);
  if (missing.length === 0) return;
  if (!image.hasHealthCheck)
    throw new StepError(
      "no-health-check",
      `The image ${image.reference} has no health check, so nothing could prove its nodes.`,
      { hint: String(advice["no-health-check"]) }
    );
  const addOne = async (plan) => {
    const started = await target.add(plan, image).catch((error) => notStarted(plan, image, error));
    const judged2 = "verdict" in started ? started : await gateNode(started, target, policy, host, () => peers.prove(started, plan));
    await listener.judged(judged2);
    return judged2;
  };
  await addMissing(missing, missing.length < plans.length, addOne, host);
}
async function keepStanding(plans, { standing, surplus }, peers, host, { judged: judged2, warn }) {
  const missing = [];
  for (const plan of plans) {
    const node = standing.find(({ container }) => container === plan.container);
    if (node === void 0) {
      missing.push(plan);
      continue;
    }
    host.log(`${node.container}: kept; it is healthy, and of this image and configuration.`);
    if (node.endsWithJob !== void 0 && node.endsWithJob !== host.run.job) warn("node-ends-early", endsEarly(node, host));
    peers.welcome(plan);
    await judged2({
      node,
      verdict: { ...unwatched, outcome: "healthy", message: "healthy", status: "running", health: "healthy" },
      isKept: true
    });
  }
  for (const { container } of surplus) warn("node-surplus", isSurplus(container, plans.length, host));
  return missing;
}
async function addMissing(missing, isOneProven, addOne, host) {
  const [first] = missing;
  const rest = isOneProven ? missing : missing.slice(1);
  if (!isOneProven && first !== void 0 && (await addOne(first)).verdict.outcome === "failed") {
    if (rest.length > 0)
      host.log(`${rest.map(({ container }) => container).join(", ")} not started, since the first node failed.`);
    return;
  }
  await allEnded(rest.map(async (plan) => void await addOne(plan)));
}
function notStarted(plan, image, error) {
  if (!(error instanceof StepError) || error.code === "cancelled") throw error;
  const node = { planned: false, name: plan.name, container: plan.container, id: "", version: image.shirVersion };
  const { code: reason, message, hint } = error;
  return { node, verdict: { ...unwatched, outcome: "failed", reason, message, hint, status: "not started", health: "none" } };
}

// src/release/selection.ts
function selectionOf({ inputs, given }) {
  const isByNode = given.has("nodeName") && !given.has("containerName");
  return { containerName: isByNode ? void 0 : inputs.containerName, nodeName: inputs.nodeName };
}
function describeSelection({ containerName, nodeName }) {
  return [containerName && `called ${containerName}`, nodeName && `of node ${nodeName}`].filter(Boolean).join(" and ");
}

// src/release/existing.ts
async function gateExisting(asked, target, policy, host, record) {
  const selection = selectionOf(asked);
  const found2 = await target.find(selection);
  if (found2.length === 0)
    throw new StepError("not-found", `There is no container ${describeSelection(selection)} on this engine.`, {
      hint: "docker ps --all lists what there is."
    });
  await allEnded(found2.map(async (node) => record.judged([await gateNode(node, target, policy, host)])));
}

// src/release/plan.ts
import { createHash as createHash3 } from "node:crypto";

// src/contract/environment.ts
function nodeVariables(inputs, given, nodeName) {
  const mapped = keys.flatMap((key) => {
    const name3 = entryOf(key).env;
    if (name3 === void 0) return [];
    if (key === "nodeName") return [{ name: name3, value: nodeName }];
    const value = inputs[key];
    if (!given.has(key) || value === void 0) return [];
    return [{ name: name3, value: typeof value === "object" ? value : String(value) }];
  });
  return [...mapped, ...(inputs.containerEnv ?? []).map(({ name: name3, value }) => ({ name: name3, value: secret(value) }))];
}

// src/release/configuration.ts
import { createHmac } from "node:crypto";
var format2 = 2;
function configurationHash(plan, key) {
  const variables = plan.variables.map(({ name: name3, value }) => [name3, typeof value === "string" ? value : value.reveal()]);
  const shape = {
    format: format2,
    name: plan.name,
    container: plan.container,
    hostname: plan.hostname,
    // Names are unique: their order says nothing.
    variables: variables.sort(([a = ""], [b = ""]) => a < b ? -1 : 1),
    restartPolicy: plan.restartPolicy,
    isolation: plan.isolation,
    memory: plan.memory,
    cpus: plan.cpus,
    network: plan.network,
    hasOwnNetwork: plan.ownNetwork !== void 0,
    volumes: [...plan.volumes].sort()
  };
  return createHmac("sha256", key.reveal()).update(JSON.stringify(shape)).digest("hex");
}

// src/release/plan.ts
var longestHostname = 15;
function planNodes(inputs, given, starter) {
  const ownNetwork = inputs.nodeCount > 1 && inputs.network === void 0 ? `${inputs.containerName}-network` : void 0;
  return Array.from({ length: inputs.nodeCount }, (_, index) => {
    const number = index + 1;
    const hostname = nodeHostname(inputs.containerName, starter.machineName, number);
    const name3 = inputs.nodeName === void 0 ? hostname : inputs.nodeCount === 1 ? inputs.nodeName : `${inputs.nodeName}-${number}`;
    const shape = {
      name: name3,
      container: `${inputs.containerName}-${number}`,
      hostname,
      variables: nodeVariables(inputs, given, name3),
      restartPolicy: inputs.restartPolicy,
      isolation: askedIsolation(inputs),
      memory: inputs.memory,
      cpus: inputs.cpus,
      network: inputs.network ?? ownNetwork,
      ownNetwork: ownNetwork === void 0 ? void 0 : { name: ownNetwork, labels: sharedLabels(inputs.containerName, starter) },
      volumes: inputs.volumes ?? []
    };
    const labels = [
      ...sharedLabels(inputs.containerName, starter),
      { name: labelNames.node, value: name3 },
      { name: labelNames.config, value: configurationHash(shape, inputs.authKey ?? secret("")) },
      ...starter.endsWithJob === void 0 ? [] : [{ name: labelNames.endsWithJob, value: starter.endsWithJob }]
    ];
    return { ...shape, labels };
  });
}
function nodeHostname(containerName, machineName, number) {
  const suffix = createHash3("sha256").update(`${machineName} ${containerName}`.toLowerCase()).digest("hex").slice(0, 4);
  const tail = `-${suffix}-${number}`;
  const head = containerName.toLowerCase().replace(/[^a-z0-9-]/g, "-").slice(0, longestHostname - tail.length).replace(/-+$/, "");
  return `${head}${tail}`;
}
function sharedLabels(containerName, starter) {
  return [
    { name: labelNames.set, value: containerName },
    { name: labelNames.run, value: starter.run },
    ...starter.page === void 0 ? [] : [{ name: labelNames.page, value: starter.page }]
  ];
}

// src/release/remove.ts
async function removeNodes(asked, target, host, record) {
  const selection = selectionOf(asked);
  const found2 = await target.find(selection);
  const chosen = found2.filter((node) => isMeant(node, asked));
  for (const { container } of found2.filter((node) => !isMeant(node, asked)))
    host.log(
      `${container} stays: no step started it. With ${host.spell("containerName")} ${container} it is removed all the same.`
    );
  if (chosen.length === 0) host.log(`There is no container ${describeSelection(selection)} on this engine: nothing to remove.`);
  const failures = [];
  for (const node of chosen)
    await removeNode(node, target, host, record).catch((error) => {
      if (!(error instanceof StepError) || error.code !== "engine-failed") throw error;
      host.log(`${node.container}: could not be removed: ${error.message}`);
      failures.push({ container: node.container, error });
    });
  const sets = [...chosen.map(({ set }) => set), selection.containerName].filter((set) => set !== void 0);
  for (const set of new Set(sets)) if (await target.removeNetworks(set)) record.note({ removed: true });
  if (failures.length > 0) throw failureOf2(failures);
}
function failureOf2(failures) {
  const [{ container, error }, ...others] = failures;
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  return new StepError(error.code, `${container} could not be removed${more}: ${error.message}`, {
    ...error.hint !== void 0 && { hint: error.hint },
    cause: error
  });
}
function isMeant({ planned, set }, { given }) {
  return planned || set !== void 0 || given.has("containerName");
}
async function removeNode(node, target, host, record) {
  const removal = await target.remove(node);
  if (node.planned) return;
  if (removal.kind === "gone") return host.log(`${node.container}: gone already; someone else removed it.`);
  record.judged([removedNode(node)]);
  record.note({ removed: true });
  if (removal.wasStarted) record.warn("node-record-left", recordLeft(node.name, host));
}
function removedNode(node) {
  return { node, verdict: { ...unwatched, outcome: "skipped", message: "removed", status: "removed", health: "none" } };
}

// src/release/takeover.ts
async function takeOver(root, host, cancel) {
  try {
    const { journals, remarks } = await findAbandoned(root, host);
    if (journals.length + remarks.length === 0) return;
    await host.group("What earlier runs left", async () => {
      for (const remark of remarks) host.log(remark);
      await tidying(host, jobEndLimitMs, cancel, async (bounded) => {
        for (const journal of journals) {
          if (host.signal.aborted || bounded.signal.aborted) return host.log("The rest is left for the next run.");
          await takeOne(journal, bounded);
        }
      });
    });
  } catch (error) {
    host.log(`What earlier runs left could not be looked at: ${messageOf(error)}`);
  }
}
async function takeOne({ file, run, isJobOver }, host) {
  try {
    const journal = await claimJournal(file, host);
    if (journal) await finish(journal, `The run ${run}`, isJobOver, host);
    else host.log(`Another run finishes what the run ${run} owes.`);
  } catch (error) {
    host.log(`What the run ${run} owes is left for the next run: ${messageOf(error)}`);
  }
}

// src/report/progress.ts
function withinStage(host, from, to) {
  return { ...host, progress: (percent, text) => host.progress(Math.round(from + percent * (to - from) / 100), text) };
}

// src/target/docker/docker-target.ts
import { randomUUID as randomUUID6 } from "node:crypto";
import { rm as rm7, writeFile as writeFile5 } from "node:fs/promises";
import path27 from "node:path";

// src/engine/logs.ts
var headStartMs = 100;
function shortlyBefore(startedAt) {
  return new Date(Date.parse(startedAt) - headStartMs).toISOString().replace("Z", "000000Z");
}
async function readLog(docker, container, since, options = {}) {
  const { code, stdout, stderr } = await docker.read(logArguments(container, since), options);
  if (code !== 0) return { lines: [], next: since };
  const stamped = inOrder(stdout, stderr).filter(({ stamp }) => stamp > since);
  return { lines: stamped.map(({ line }) => line), next: stamped.at(-1)?.stamp ?? since };
}
async function lastLines(docker, container, count) {
  const { code, stdout, stderr } = await docker.read(lastLogArguments(container, count));
  if (code !== 0) return [];
  return inOrder(stdout, stderr).map(({ line }) => line).slice(-count);
}
function inOrder(stdout, stderr) {
  const stamped = [...splitStamped(stdout), ...splitStamped(stderr)];
  return stamped.sort((a, b) => a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0);
}
function splitStamped(text) {
  return text.split("\n").flatMap((raw) => {
    const [, stamp, written] = /^(\d{4}-\d\d-\d\dT\S+) ?(.*)$/s.exec(raw) ?? [];
    if (stamp === void 0 || written === void 0) return [];
    return written.split(/\r|\u2028|\u2029/).flatMap((line, index) => line === "" && index > 0 ? [] : [{ stamp, line }]);
  });
}

// src/target/docker/network.ts
var agreementLimitMs = 1e4;
var lookAgainMs2 = 100;
async function ensureNetwork({ name: name3, labels }, engine, docker, host, journal) {
  const [own] = await networksOfRun(docker, journal.id);
  const existing = own ?? (await networksCalled(docker, name3))[0];
  if (existing !== void 0) return agreeOnOne(name3, own, existing, docker, host);
  await journal.intend({ kind: "network", name: name3, run: journal.id });
  const made = await makeNetwork(docker, name3, labels, engine.os).catch(async (error) => {
    const [others] = await networksCalled(docker, name3);
    if (others === void 0) throw error;
    return { others };
  });
  host.log(`The nodes find each other on the network ${name3}.`);
  return typeof made === "string" ? agreeOnOne(name3, made, made, docker, host) : made.others;
}
async function agreeOnOne(name3, own, known2, docker, host) {
  const beganMs = host.clock.now();
  while (true) {
    const ids = await networksCalled(docker, name3);
    if (ids.length < 2) return ids[0] ?? known2;
    const [oldest = known2] = await oldestFirst(docker, ids);
    if (own !== void 0 && own !== oldest && await removeUnusedNetwork(docker, own)) return oldest;
    if (host.clock.now() - beganMs > agreementLimitMs) return oldest;
    await host.clock.sleep(lookAgainMs2, host.signal);
  }
}
function isNetworkUnsettled(stderr) {
  return /network \S+ is ambiguous|network \S+ not found/i.test(stderr);
}

// src/target/docker/peers.ts
var limitMs4 = 6e4;
function resolveScript(hostnames) {
  const names = hostnames.map((name3) => `'${name3}'`).join(", ");
  return `$good = @(); $bad = @(); foreach ($name in ${names}) { foreach ($try in 1..3) { try { $null = [System.Net.Dns]::GetHostAddresses($name); $good += $name; break } catch { if ($try -lt 3) { Start-Sleep -Seconds 3 } else { $bad += $name } } } }; ConvertTo-Json -Compress @{ resolved = $good; unresolved = $bad }`;
}
async function resolveInside(docker, id, hostnames, host) {
  const { text, isTimeUp } = await runInside(docker, id, resolveScript(hostnames), limitMs4, host);
  const unresolved = answerOf(text)?.unresolved;
  if (!Array.isArray(unresolved))
    return { kind: "unknown", why: isTimeUp ? `it gave no answer in ${limitMs4 / 1e3} s` : firstLine(text) };
  return { kind: "known", unresolved: hostnames.filter((name3) => unresolved.includes(name3)) };
}

// src/target/docker/selection.ts
function isSelected(container, { containerName, nodeName }) {
  return (containerName === void 0 || isNumbered(container.name, containerName)) && // The service takes node names without regard to case, as Windows takes computers'; docker does not.
  (nodeName === void 0 || isNumbered(container.nodeName.toLowerCase(), nodeName.toLowerCase()));
}
function nodeNumber({ name: name3 }) {
  return Number(/-([1-4])$/.exec(name3)?.[1] ?? 0);
}
function isNumbered(name3, base) {
  const rest = name3.startsWith(base) ? name3.slice(base.length) : void 0;
  return rest !== void 0 && /^(?:-[1-4])?$/.test(rest);
}

// src/target/docker/taken.ts
var unproven = "not proven yet by the run that started it";
function isOurs({ labels }) {
  return labels[labelNames.set] !== void 0;
}
function differences({ facts, plan, isProven }, image) {
  if (!isOurs(facts)) return [facts.status, "not started by this step"];
  const configuration = plan.labels.find(({ name: name3 }) => name3 === labelNames.config)?.value;
  const isRunning = facts.status === "running";
  const reasons2 = [
    ...facts.health === "healthy" || !isRunning ? [] : [facts.health ?? "without a health check"],
    ...isProven ? [] : [unproven],
    ...facts.labels[labelNames.config] === configuration ? [] : ["another configuration"],
    // A removal that was cancelled has switched it off, and may still be ending the node.
    ...facts.restartPolicy === plan.restartPolicy ? [] : ["another restart policy"],
    ...image === void 0 || facts.imageId === image.id ? [] : ["another image"]
  ];
  return isRunning && reasons2.length === 0 ? [] : [facts.status, ...reasons2];
}
function alreadyExists(taken, image, host) {
  const refused = taken.map((one) => ({ facts: one.facts, reasons: differences(one, image) })).filter(({ reasons: reasons2 }) => reasons2.length > 0);
  if (refused.length === 0) return void 0;
  const names = refused.map(({ facts, reasons: reasons2 }) => `${facts.name} (${reasons2.join(", ")})`).join(", ");
  return new StepError(
    "already-exists",
    `${refused.length === 1 ? "A container of that name exists" : "Containers of those names exist"} already: ${names}.`,
    {
      hint: waysOut(refused, host)
    }
  );
}
function waysOut(refused, host) {
  const foreign = refused.map(({ facts }) => facts).filter((facts) => !isOurs(facts)).map(({ name: name3 }) => name3);
  const ours = foreign.length < refused.length;
  const isOnItsWay = refused.every(({ facts, reasons: reasons2 }) => facts.health === "starting" || reasons2.includes(unproven));
  const ways = [
    ...isOnItsWay ? [`wait until it is healthy (${host.spell("mode")} gate) and run the step again`] : [],
    ...ours ? [`remove the set (${host.spell("mode")} remove)`] : [],
    ...foreign.length > 0 ? [`remove what is not the step’s (docker rm -f ${foreign.join(" ")})`] : [],
    `choose another ${host.spell("containerName")}`
  ];
  const kept = ours ? "Only healthy nodes with the same image and configuration are kept. " : "";
  return `${kept}${sentence(ways)}`;
}
function sentence(ways) {
  const text = `${ways.slice(0, -1).join(", ")}, or ${ways.at(-1)}.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// src/target/docker/docker-target.ts
var shortestLookMs = 5e3;
var startLimitMs2 = 10 * 6e4;
var lastWordsLines = 50;
function dockerTarget(docker, engine, host, journal) {
  return {
    find: async (selection) => {
      const all = await everyContainer(docker, host);
      const chosen = all.filter((container) => isSelected(container, selection));
      const sorted2 = chosen.sort((a, b) => nodeNumber(a) - nodeNumber(b) || a.name.localeCompare(b.name));
      return sorted2.map((facts) => ({ ...nodeOf(facts), set: facts.labels[labelNames.set] }));
    },
    survey: async (plans, image) => {
      const all = await everyContainer(docker, host);
      const found2 = plans.flatMap((plan) => all.filter(({ name: name3 }) => name3 === plan.container).map((facts) => ({ facts, plan })));
      const taken = await Promise.all(found2.map(async (one) => ({ ...one, isProven: !await isOwed(one.facts, journal) })));
      const refusal = alreadyExists(taken, image, host);
      if (refusal) throw refusal;
      const sets = new Set(
        plans.flatMap(({ labels }) => labels).flatMap(({ name: name3, value }) => name3 === labelNames.set ? [value] : [])
      );
      const isSurplus2 = ({ name: name3, labels }) => sets.has(labels[labelNames.set] ?? "") && !plans.some(({ container }) => container === name3);
      return {
        standing: taken.map(({ facts }) => ({ ...nodeOf(facts), endsWithJob: facts.labels[labelNames.endsWithJob] })),
        surplus: all.filter(isSurplus2).map(nodeOf)
      };
    },
    add: async (plan, image) => {
      const debt = { kind: "container", name: plan.container, run: journal.id };
      let started = await start2(plan, image, engine, docker, host, journal);
      if (started.code !== 0 && plan.ownNetwork !== void 0 && isNetworkUnsettled(started.stderr)) {
        host.log(`${plan.container}: another job changed its network; once more.`);
        await takeBackContainer(debt, docker, host);
        await journal.settle(debt);
        started = await start2(plan, image, engine, docker, host, journal);
      }
      if (started.code !== 0) throw startFailed(plan, started.stderr);
      const id = started.stdout.trim().split("\n").at(-1) ?? "";
      host.log(`Started ${plan.container} (${id.slice(0, 12)}) as node ${plan.name}`);
      return { planned: false, name: plan.name, container: plan.container, id, version: image.shirVersion };
    },
    observe: (node, pollMs2, signal) => observe(node, pollMs2, signal, docker, host),
    resolve: (node, hostnames) => resolveInside(docker, node.id, hostnames, host),
    remove: (node) => removeContainer(node, docker, host),
    removeNetworks: async (set) => {
      if (idsOf(await docker.ask(listArguments(`label=${labelNames.set}=${set}`))).length > 0) return false;
      const removed = await Promise.all((await networksOfSet(docker, set)).map((id) => removeUnusedNetwork(docker, id)));
      if (removed.includes(true)) host.log(`Removed the network of ${set}.`);
      return removed.includes(true);
    },
    lastWords: (node) => lastLines(docker, node.id, lastWordsLines)
  };
}
async function start2(plan, image, engine, docker, host, journal) {
  const network = plan.ownNetwork === void 0 ? plan.network : await ensureNetwork(plan.ownNetwork, engine, docker, host, journal);
  await journal.intend({ kind: "container", name: plan.container, run: journal.id });
  const startInterval = isAtLeast(engine.apiVersion, "1.44");
  const memory = plan.memory ?? memoryUnder(effectiveIsolation(plan.isolation, engine), "node");
  if (memory !== plan.memory) host.log(`${plan.container} gets ${memory} of memory: under Hyper-V it would have 1 GB otherwise.`);
  return withEnvFile(
    fileVariables(plan),
    host,
    journal,
    (envFile) => docker.run(runArguments({ ...plan, network, memory }, image.reference, { startInterval, envFile }), {
      variables: secretVariables(plan),
      limitMs: startLimitMs2
    })
  );
}
async function* observe(node, pollMs2, signal, docker, host) {
  const bell = watchEvents(docker, node.id, host, signal);
  let since = "";
  const limitMs5 = Math.max(shortestLookMs, 12 * pollMs2);
  while (!signal.aborted) {
    try {
      const [facts] = await inspectContainers(docker, [node.id], host, { limitMs: limitMs5 });
      const atMs = host.clock.now();
      if (facts === void 0) {
        yield { kind: "gone", atMs };
        return;
      }
      if (since === "" && facts.status !== "created") since = shortlyBefore(facts.startedAt);
      const log = since === "" ? { lines: [], next: "" } : await readLog(docker, node.id, since, { limitMs: limitMs5 });
      since = log.next;
      const { status, exitCode, restartCount, health, probes } = facts;
      yield { kind: "seen", atMs, status, exitCode, restartCount, health, probes, lines: log.lines };
    } catch (error) {
      if (signal.aborted || error instanceof StepError && error.code === "cancelled") throw error;
      yield { kind: "silent", atMs: host.clock.now(), why: messageOf(error) };
    }
    await bell.rungWithin(pollMs2, signal);
  }
}
async function withEnvFile(lines, host, journal, use) {
  if (lines.length === 0) return use(void 0);
  const file = path27.join(host.machine.temp, `shir-env-${randomUUID6()}`);
  const debt = { kind: "path", path: file };
  await journal.intend(debt);
  await writeFile5(file, `${lines.join("\n")}
`, { mode: 384 });
  try {
    return await use(file);
  } finally {
    await rm7(file, { force: true });
    await journal.settle(debt);
  }
}
async function isOwed({ name: name3, labels }, journal) {
  const run = labels[labelNames.run];
  return run !== void 0 && journal.othersOwe({ kind: "container", name: name3, run });
}
async function everyContainer(docker, host) {
  const ids = idsOf(await docker.ask(listArguments()));
  return inspectContainers(docker, ids, host);
}
function startFailed(plan, stderr) {
  const why = firstLine(stderr);
  if (/is already in use by container/i.test(stderr))
    return new StepError("already-exists", `The container name ${plan.container} is in use: ${why}`, {
      hint: "Another job has just started it. Run the step again: a healthy node just as planned is kept."
    });
  if (/does not match the host operating system|0xc0370106|0xc0370101/i.test(stderr))
    return new StepError("os-mismatch", `The engine cannot run this image’s Windows build: ${why}`, {
      hint: "Build the image on a base that fits this machine."
    });
  return new StepError("start-failed", `${plan.container} could not be started: ${why}`, {
    hint: "Try docker run with the same image by hand; the step names the command with dry-run."
  });
}

// src/target/docker/planned-target.ts
function plannedDockerTarget(host) {
  const told2 = /* @__PURE__ */ new Set();
  const existing = /* @__PURE__ */ new Set();
  const say = (args, condition = "") => host.log(`Would run${condition && `, ${condition}`}: ${spellCommand(args)}`);
  return {
    find: async ({ containerName, nodeName }) => {
      const wanted = [
        containerName && `called ${containerName} or ${containerName}-1 to -4`,
        nodeName && `whose node name is ${nodeName} or ${nodeName}-1 to -4`
      ].filter(Boolean);
      host.log(`Would look for the containers ${wanted.join(" and ")}.`);
      for (const args of [listArguments(), inspectArguments(["<id>"])]) say(args);
      const [name3, container] = [nodeName ?? "<node>", containerName ?? "<container>"];
      const node = { planned: true, name: name3, container, id: "<id>", version: void 0, set: containerName ?? "<set>" };
      existing.add(node);
      return [node];
    },
    survey: async (plans, image) => {
      const names = plans.map(({ container }) => container).join(", ");
      host.log(
        image ? `Would keep each of ${names} that is there, healthy, and of this image and configuration.` : `Would check that the engine answers and has no container called ${names}, unless it is a healthy node of this configuration.`
      );
      return { standing: [], surplus: [] };
    },
    add: async (plan, image) => {
      const { ownNetwork } = plan;
      if (ownNetwork && !told2.has(ownNetwork.name)) {
        say(networkArguments(ownNetwork.name, ownNetwork.labels, "windows"), "if there is no such network");
        told2.add(ownNetwork.name);
      }
      const envFile = fileVariables(plan).length > 0 ? "<envfile>" : void 0;
      say(runArguments(plan, image.reference, { startInterval: true, envFile }));
      host.log("  (without --health-start-interval where the engine is older than API 1.44)");
      return { planned: true, name: plan.name, container: plan.container, id: "<id>", version: void 0 };
    },
    observe: async function* (node) {
      if (existing.has(node)) for (const args of [eventArguments("<id>"), logArguments("<id>", "<since>")]) say(args);
      yield { kind: "planned" };
    },
    resolve: async (_, hostnames) => {
      say(execArguments("<id>", powerShell(resolveScript(hostnames))), "once it is healthy");
      return { kind: "known", unresolved: [] };
    },
    remove: async () => {
      say(keepEndedArguments("<id>"));
      say(unpauseArguments("<id>"), "where it is paused");
      say(execArguments("<id>", powerShell(stopScript)), "where it is running");
      say(stopArguments("<id>"), "unless it has ended");
      say(removeEndedArguments("<id>"));
      return { kind: "removed", node: "<node>", wasStarted: true };
    },
    removeNetworks: async (set) => {
      say(listNetworksArguments(`label=${labelNames.set}=${set}`), "where no node of the set is left");
      say(removeNetworkArguments("<network>"), "for each that is found and unused");
      return false;
    },
    lastWords: async () => []
  };
}

// src/step.ts
async function runStep(anyHost, builtInContext) {
  const host = guard(anyHost);
  const record = recorder(host);
  const cancel = watchCancel(host);
  let failure2;
  try {
    maskInputs(host);
    const asked = await parseInputs(host.inputs, host.spell);
    const { mode, dryRun, summary, cacheDir } = asked.inputs;
    record.note({ mode, dryRun, summary, warnings: asked.warnings });
    for (const message of asked.warnings) host.annotate({ level: "warning", title: "SHIR Container", message });
    if (mode !== "gate") await checkCacheDir(cacheDir, host);
    const [root, ...others] = journalRoots(cacheDir, host);
    if (mode !== "gate" && !dryRun) for (const one of [root, ...others]) await takeOver(one, host, cancel);
    const journal = openJournal(root, host, others);
    try {
      await beating(journal, host, () => tell3(asked, builtInContext, host, record, journal));
    } finally {
      record.removed(await tidying(host, payLimitMs, cancel, (tidier) => payDebts(journal, tidier, cancel.cancelledAtMs)));
      await journal.close();
    }
    failure2 = failureOf(record.result.nodes ?? []);
  } catch (error) {
    failure2 = asStepError(error, host.signal.aborted);
  } finally {
    cancel.end();
  }
  await record.close(failure2);
}
async function tell3(asked, builtInContext, host, record, journal) {
  const { inputs, given } = asked;
  if (inputs.dryRun) host.log("A dry run: nothing is fetched, built or started. This is the plan, with each command.");
  const context = buildsImage(inputs, given) ? await readContext(inputs, builtInContext, host) : void 0;
  const cleanup = decideCleanup(inputs, host);
  const kept = journalFor(cleanup, journal);
  const order = context && imageOrder(inputs, context);
  const open2 = async () => {
    const rooms2 = inputs.dryRun ? plannedRooms(host) : await liveRooms(inputs, host, kept, record);
    return { rooms: rooms2, prepared: order && await rooms2.builder.prepare(order) };
  };
  const { rooms, prepared } = inputs.dryRun ? await open2() : await record.stage("Preflight", 2, open2);
  if (inputs.mode === "gate")
    return record.stage("Nodes", 30, () => gateExisting(asked, rooms.target, policyOf(asked), host, record));
  if (inputs.mode === "remove") return record.stage("Nodes", 30, () => removeNodes(asked, rooms.target, host, record));
  const starter = {
    machineName: host.machine.name,
    run: inputs.dryRun ? "<run>" : journal.id,
    page: host.run.url,
    endsWithJob: cleanup.endsWithJob ? host.run.job : void 0
  };
  const plans = inputs.mode === "run" ? planNodes(inputs, given, starter) : [];
  if (plans.length > 0) await rooms.target.survey(plans);
  if (plans.length > 0 && cleanup.sentence) host.log(cleanup.sentence);
  const image = order && prepared ? await findOrBuild(asked, order, prepared, rooms, host, record) : await useImage(asked, rooms, host, record);
  if (plans.length === 0) return;
  await record.stage(
    "Nodes",
    60,
    () => addNodes(plans, image, rooms.target, policyOf(asked), host, {
      warn: record.warn,
      judged: async (judged2) => {
        record.judged([judged2]);
        if (judged2.verdict.outcome === "healthy") await passed(judged2.node.container, cleanup, kept);
      }
    })
  );
}
async function findOrBuild(asked, order, prepared, rooms, host, record) {
  const { context } = order;
  record.note({ context: context.description, base: context.bases.at(-1)?.reference });
  const wanted = wantedInstaller(asked, context.installer, host.spell);
  const identity = await record.stage("Version", 3, () => rooms.identify(wanted));
  tellSupport(identity.version, record, host);
  const lookUp = async (percent, known2) => {
    const found2 = await record.stage("Fingerprint", percent, () => rooms.builder.lookUp(order, prepared, known2));
    record.note({ fingerprint: found2.fingerprint });
    return found2;
  };
  const { version, sha256: sha2562 } = identity;
  const early = sha2562 && await lookUp(4, { version, sha256: sha2562.value });
  const image = early?.image ?? await buildImage();
  record.note({ image });
  if (!order.isPushed) return image;
  const pushed = await record.stage("Push", 55, () => rooms.builder.push(image, order));
  record.note({ image: pushed.image, pushed: pushed.changed });
  return pushed.image;
  async function buildImage() {
    const installer = await record.stage("Installer", 5, () => rooms.obtain(identity));
    record.note({ installer });
    tellSupport(installer.version, record, host);
    const { fingerprint: fingerprint2, image: found2 } = early ?? await lookUp(25, installer);
    if (found2) return found2;
    const built = await record.stage("Image", 25, () => rooms.builder.build(order, prepared, installer, fingerprint2));
    record.note({ buildTimes: built.times });
    return built.image;
  }
}
function imageOrder(inputs, context) {
  return {
    context,
    references: inputs.image ?? [],
    labels: inputs.labels ?? [],
    isolation: askedIsolation(inputs),
    memory: inputs.memory,
    delivery: inputs.installerDelivery,
    isPushed: inputs.push,
    isRun: inputs.mode === "run",
    rebuild: inputs.rebuild
  };
}
async function useImage({ inputs }, rooms, host, record) {
  const image = await record.stage("Image", 25, () => rooms.builder.use(String(inputs.image?.[0]), askedIsolation(inputs)));
  record.note({ image });
  tellSupport(image.shirVersion, record, host);
  return image;
}
async function liveRooms({ mode, cacheDir }, host, journal, record) {
  const docker = await openDocker(host);
  const engine = await examineEngine(docker, host, mode !== "gate");
  return {
    identify: identifyInstaller(host),
    obtain: obtainInstaller(withinStage(host, 5, 25), journal),
    // as its stage and the next one are told
    builder: engineBuilder({ docker, engine, host, journal, turns: partsFolder(storeRoot(cacheDir, host)), warn: record.warn }),
    target: dockerTarget(docker, engine, host, journal)
  };
}
function plannedRooms(host) {
  return {
    identify: planIdentity(host),
    obtain: planInstaller(host),
    builder: plannedBuilder(host),
    target: plannedDockerTarget(host)
  };
}
function policyOf({ inputs }) {
  return { healthTimeoutMs: inputs.healthTimeout, soakMs: inputs.soak };
}

export {
  defaultInWords,
  spelled,
  runStep
};
