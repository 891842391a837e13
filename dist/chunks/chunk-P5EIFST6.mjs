import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  removeFile,
  renamePatiently,
  sha256OfFile,
  sizeOfInstaller
} from "./chunk-E7RKJTGW.mjs";
import {
  explainLookup,
  lookupFailed,
  megabytes,
  persistently
} from "./chunk-44K7W2TR.mjs";
import {
  HttpFailure
} from "./chunk-DEDE73GY.mjs";
import {
  accountIn,
  answerOf,
  asStepError,
  beating,
  buildArguments,
  buildsImage,
  claimJournal,
  compareVersions,
  create,
  decideCleanup,
  entryOf,
  eventArguments,
  execArguments,
  fileName,
  fileVariables,
  findAbandoned,
  findProgram,
  finish,
  firstLine,
  guard,
  idsOf,
  inputArguments,
  inspectArguments,
  inspectContainers,
  inspectImage,
  installerFileName,
  isDead,
  isInside,
  isSame,
  jobEndLimitMs,
  journalFolder,
  journalFor,
  keepEndedArguments,
  keys,
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
  oldestVersion,
  openDocker,
  ownerOf,
  parseInputs,
  parseVersion,
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
  removeContainer,
  removeEndedArguments,
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
  takeBackContainer,
  tellForeign,
  tidying,
  unpauseArguments,
  versionInFileName,
  watchCancel,
  watchEvents,
  withinLimit
} from "./chunk-QSNHM76R.mjs";
import {
  address,
  addressSecrets,
  percentDecoded,
  secret,
  spellDuration
} from "./chunk-OGFJTVP5.mjs";
import {
  StepError,
  messageOf
} from "./chunk-7OFNOLD5.mjs";

// src/engine/preflight.ts
var oldestApi = "1.41";
async function examineEngine(docker, host) {
  const version = JSON.parse(await docker.ask(["version", "--format", "{{json .}}"]));
  if (!version.Server)
    throw new StepError("engine-unreachable", "The docker command works, but its engine does not answer.", {
      hint: "Start the engine."
    });
  const info = JSON.parse(await docker.ask(["info", "--format", "{{json .}}"]));
  const { Version, ApiVersion, Os } = version.Server;
  if (!isAtLeast(ApiVersion, oldestApi))
    throw new StepError(
      "engine-too-old",
      `The engine is version ${Version} (API ${ApiVersion}); the oldest supported one is 20.10 (API ${oldestApi}).`,
      {
        hint: "Update Docker on this machine."
      }
    );
  const os = Os === "windows" ? "windows" : "linux";
  const build2 = /^10\.0\.(\d+)/.exec(info.OSVersion ?? "")?.[1];
  const description = `Docker ${Version} (API ${ApiVersion}) for ${os} containers on ${info.OperatingSystem ?? "an unknown system"}`;
  host.log(`Command: ${docker.program} ${version.Client?.Version ?? ""}`.trim());
  host.log(`Engine: ${description}${info.Isolation ? `, ${info.Isolation} isolation` : ""}`);
  return {
    os,
    version: Version,
    apiVersion: ApiVersion,
    windowsBuild: os === "windows" && build2 !== void 0 ? Number(build2) : void 0,
    isolation: os === "windows" ? info.Isolation === "hyperv" ? "hyperv" : "process" : void 0,
    description
  };
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
  if (seen.kind === "gone") return { watch, ruling: failed("gone", "the container is gone: someone else removed it") };
  if (seen.kind === "silent") {
    const silentSinceMs = watch.silentSinceMs ?? seen.atMs;
    const isTooLong = seen.atMs - silentSinceMs >= Math.min(longestSilenceMs, policy.healthTimeoutMs);
    return { watch: { ...watch, silentSinceMs }, ruling: isTooLong ? failed("engine-unreachable", seen.why) : void 0 };
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
  if (finding) return failed(finding.code, `the container’s log says: ${finding.line.replace(/[.\s]+$/, "")}`);
  if (seen.restartCount > (watch.restartsBefore ?? 0) || seen.status === "restarting")
    return failed(
      "restart-loop",
      `the container ended (exit code ${seen.exitCode}) and was restarted ${times(seen.restartCount)}`
    );
  if (seen.status === "exited" || seen.status === "dead")
    return failed("exited", `the container ended with exit code ${seen.exitCode}`);
  if (seen.status === "removing") return failed("gone", "someone else is removing the container");
  if (seen.status === "created") return failed("start-failed", "the container was made, but never started");
  if (seen.health === void 0) return failed("no-health-check", "the image has no health check");
  if (seen.health === "unhealthy" && seen.status !== "paused")
    return failed("unhealthy", `its health check fails${watch.lastProbe && `: ${watch.lastProbe}`}`);
  if (!isHealthy && seen.atMs - watch.beganMs >= policy.healthTimeoutMs)
    return failed(
      "timeout",
      `it was not healthy in time (${seen.status}, ${watch.health}${watch.lastProbe && `: ${watch.lastProbe}`})`
    );
  return void 0;
}
function success(watch, nowMs, { soakMs }) {
  return nowMs - (watch.healthySinceMs ?? nowMs) >= soakMs ? { outcome: "healthy", reason: void 0, message: "healthy" } : void 0;
}
function failed(reason, message) {
  return { outcome: "failed", reason, message };
}
function times(count) {
  return count === 1 ? "once" : `${count} times`;
}

// src/gate/gate.ts
var quickestPollMs = 250;
var slowestPollMs = 5e3;
async function gateNode(node, target, policy, host, lastProof = async () => void 0) {
  const pollMs = Math.min(slowestPollMs, Math.max(quickestPollMs, policy.healthTimeoutMs / 120));
  const over = new AbortController();
  let watch = beginWatch(host.clock.now());
  let probes = [];
  let told2 = "";
  try {
    for await (const seen of target.observe(node, pollMs, AbortSignal.any([host.signal, over.signal]))) {
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
import { readdir as readdir2, readFile } from "node:fs/promises";
import path3 from "node:path";

// src/image/additions.ts
import { readdir, readlink, realpath as realpath2, stat as stat2 } from "node:fs/promises";
import path2 from "node:path";

// src/image/folder.ts
import { realpath, stat } from "node:fs/promises";
import path from "node:path";
var shirFolder = "SHIR";
async function namedFolder(key, given, host) {
  const folder = path.resolve(host.machine.workspace, given);
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
  const names = await readdir(path2.join(context, shirFolder)).catch(() => []);
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
  const names = found2.map(({ to }) => path2.posix.basename(to));
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
    const from = await realpath2(path2.join(folder, name3)).catch(() => void 0);
    if (from === void 0 || !isInside(from, folder)) throw leadsOut("certificates", name3, folder, host);
    if (await isFile(from)) found2.push({ from, to: `${shirFolder}/${name3.slice(0, -".cer".length)}.cer` });
  }
  return found2;
}
async function extrasOf({ extras }, taken, host) {
  if (extras === void 0) return [];
  const folder = await namedFolder("extras", extras, host);
  const script = (await readdir(folder)).find((name3) => name3.toLowerCase() === extraScript);
  if (script === void 0 || !await isFile(path2.join(folder, script)))
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
    if (!await staysInside(link5, folder)) throw leadsOut("extras", path2.relative(folder, link5), folder, host);
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
    const file = path2.join(folder, entry.name);
    if (entry.isSymbolicLink()) return [file];
    return entry.isDirectory() ? linksIn(file) : [];
  });
  return (await Promise.all(found2)).flat();
}
async function staysInside(link5, folder) {
  const target = await readlink(link5);
  const written = path2.normalize(path2.join(path2.relative(folder, path2.dirname(link5)), target));
  if (path2.isAbsolute(target) || written.split(path2.sep)[0] === "..") return false;
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
var server2022 = 20348;
var windows11 = 22e3;
function readBase(reference) {
  const [, name3 = "", tag = ""] = /^([^@]*?)(?::([^:/@]+))?(?:@.*)?$/.exec(reference) ?? [];
  const isNamedWindows = /^mcr\.microsoft\.com\/windows(?:\/|$)/.test(name3) || /(?:^|\/)(?:windowsservercore|servercore|nanoserver)$/.test(name3);
  const words2 = tag.split(/[-_]/);
  const named = Object.entries(namedBuilds).find(([word]) => words2.includes(word))?.[1] ?? // Four digits are a Windows release in a Windows image's tag alone.
  (isNamedWindows && words2.includes("1809") ? namedBuilds.ltsc2019 : void 0);
  const numbered = /(?:^|-)10\.0\.(\d{5})(?:\.|$)/.exec(tag)?.[1];
  const isWindows = isNamedWindows || named !== void 0 || numbered !== void 0;
  return { reference, isWindows, windowsBuild: numbered === void 0 ? named : Number(numbered) };
}
function checkBase(base, engine) {
  if (!base.isWindows) return;
  if (engine.os !== "windows")
    throw new StepError(
      "engine-os-mismatch",
      `The base image ${base.reference} is for Windows, but this engine runs ${engine.os} containers.`,
      {
        hint: 'Use a Windows machine (GitHub: runs-on: windows-2022); in Docker Desktop: "Switch to Windows containers".'
      }
    );
  if (base.windowsBuild === void 0 || engine.windowsBuild === void 0) return;
  if (canRun(engine.windowsBuild, base.windowsBuild, engine.isolation)) return;
  const fitting = Object.entries({ ltsc2025: 26100, ltsc2022: 20348, ltsc2019: 17763 }).filter(
    ([, build2]) => canRun(engine.windowsBuild ?? 0, build2, engine.isolation)
  );
  throw new StepError(
    "os-mismatch",
    `The base image ${base.reference} is Windows build ${base.windowsBuild}, which this engine (build ${engine.windowsBuild}, ${engine.isolation} isolation) cannot run.`,
    {
      hint: fitting.length > 0 ? `Use a base that ends in :${fitting.map(([tag]) => tag).join(" or :")}, or another machine.` : "Use a newer machine."
    }
  );
}
function canRun(hostBuild, imageBuild, isolation) {
  if (imageBuild >= hostBuild) return imageBuild === hostBuild;
  return isolation === "hyperv" || hostBuild >= windows11 && imageBuild >= server2022;
}

// src/image/dockerfile.ts
var predefined = new Set(
  ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"].flatMap((name3) => [name3, name3.toLowerCase()])
);
function parseDockerfile(text) {
  const globalArgs = /* @__PURE__ */ new Map();
  const args = /* @__PURE__ */ new Set();
  const bases = [];
  const stages = /* @__PURE__ */ new Set();
  for (const instruction of instructions(text)) {
    const [word = "", ...rest] = words(instruction);
    if (word.toUpperCase() === "ARG") {
      for (const declaration of rest) {
        const [name3 = "", value] = splitOnce(declaration);
        args.add(name3);
        if (bases.length === 0 && stages.size === 0) globalArgs.set(name3, value);
      }
    }
    if (word.toUpperCase() === "FROM") {
      const [image = "", as, stage] = rest.filter((part) => !part.startsWith("--"));
      if (!stages.has(image.toLowerCase())) bases.push(image);
      if (as?.toUpperCase() === "AS" && stage) stages.add(stage.toLowerCase());
    }
  }
  return { globalArgs, args, bases };
}
function takesArgument(dockerfile, name3) {
  return dockerfile.args.has(name3) || predefined.has(name3);
}
function resolvedBases({ bases, globalArgs }, given) {
  const values = /* @__PURE__ */ new Map();
  for (const [name3, otherwise] of globalArgs) values.set(name3, given.get(name3) ?? expand(otherwise ?? "", values));
  return bases.map((base) => expand(base, values));
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
  const continuation = escapeCharacter(lines);
  const joined = [];
  let current = "";
  for (const line of lines) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    if (trimmed.endsWith(continuation)) {
      current += `${trimmed.slice(0, -1)} `;
      continue;
    }
    joined.push((current + trimmed).trim());
    current = "";
  }
  if (current !== "") joined.push(current.trim());
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
  const text = await readFile(dockerfile, "utf8").catch(() => {
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
    args,
    additions: await readAdditions(inputs, folder, host),
    installer: await installerIn(folder),
    description: inputs.buildContext === void 0 ? "the built-in context" : folder
  };
}
function locateDockerfile(inputs, folder, host) {
  if (inputs.dockerfile === void 0) return path3.join(folder, "Dockerfile");
  if (inputs.buildContext === void 0) return path3.resolve(host.machine.workspace, inputs.dockerfile);
  const file = path3.resolve(folder, inputs.dockerfile);
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
    hint: declares.args.size > 0 ? `It declares ${[...declares.args].join(", ")}.` : "It declares no ARG at all."
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
  const entries = await readdir2(path3.join(folder, shirFolder)).catch(() => []);
  const found2 = entries.filter((name3) => installerPattern.test(name3)).sort();
  if (found2.length > 1)
    throw new StepError(
      "installer-ambiguous",
      `${shirFolder} in the build context holds ${found2.length} installers: ${found2.join(", ")}.`,
      { hint: "Leave one." }
    );
  return found2[0] === void 0 ? void 0 : path3.join(folder, shirFolder, found2[0]);
}

// src/image/engine-builder.ts
import { readFile as readFile3 } from "node:fs/promises";

// src/image/labels.ts
function imageLabels(installer, bases, own) {
  const base = bases.at(-1);
  const ours = [
    { name: "org.opencontainers.image.title", value: "Self-Hosted Integration Runtime" },
    { name: "org.opencontainers.image.version", value: installer.version },
    ...base ? [{ name: "org.opencontainers.image.base.name", value: base.reference }] : [],
    { name: labelNames.version, value: installer.version },
    { name: labelNames.sha256, value: installer.sha256 }
  ];
  const names = new Set(own.map(({ name: name3 }) => name3));
  return [...ours.filter(({ name: name3 }) => !names.has(name3)), ...own];
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
import { constants, createReadStream, createWriteStream } from "node:fs";
import { copyFile, cp, link, mkdir, readFile as readFile2, realpath as realpath3, rm as rm2, writeFile } from "node:fs/promises";
import path4 from "node:path";
import { pipeline } from "node:stream/promises";

// src/journal/owed-path.ts
import { rm } from "node:fs/promises";
async function owePath(path14, what, host, journal) {
  const debt = { kind: "path", path: path14 };
  await journal.intend(debt);
  return {
    discard: async () => {
      const isGone = await rm(path14, { recursive: true, force: true, maxRetries: 5 }).then(
        () => true,
        () => false
      );
      if (isGone) await journal.settle(debt);
      else host.log(`${what} could not be removed yet.`);
    }
  };
}

// src/image/staging.ts
async function stageContext(context, installer, host, journal) {
  const root = path4.join(host.machine.temp, `shir-build-${randomUUID()}`);
  const folder = path4.join(root, "context");
  const { discard } = await owePath(root, `The staging folder ${root}`, host, journal);
  await copyContext(context, folder, host.signal);
  const name3 = installerFileName(installer.version);
  await linkOrCopy(installer.path, path4.join(await folderToFill(folder), name3), host.signal);
  for (const { from, to } of context.additions) {
    host.log(`Adding ${from} as ${to}`);
    await copy(from, path4.join(folder, to), from, host.signal);
  }
  await admit(folder, [`${shirFolder}/${name3}`, ...context.additions.map(({ to }) => to)]);
  const isWithin = isInside(context.dockerfile, context.folder);
  const dockerfile = path4.join(folder, isWithin ? path4.relative(context.folder, context.dockerfile) : "Dockerfile");
  if (!isWithin) await copyFile(context.dockerfile, dockerfile);
  return {
    folder,
    dockerfile,
    idFile: path4.join(root, "image-id"),
    discard
  };
}
async function copyContext(context, folder, signal) {
  const { installer } = context;
  const isInstaller = (source) => installer !== void 0 && path4.toNamespacedPath(source) === path4.toNamespacedPath(installer);
  await copy(context.folder, folder, "The build context", signal, (source) => !isInstaller(source));
}
async function copy(from, to, what, signal, isWanted = () => true) {
  const filter = (source) => {
    signal.throwIfAborted();
    return isWanted(source);
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
  const inside = path4.join(folder, shirFolder);
  await mkdir(inside, { recursive: true }).catch(() => void 0);
  const real = await realpath3(inside).catch(() => void 0);
  if (real !== void 0 && isInside(real, await realpath3(folder))) return real;
  throw new StepError("context-invalid", `${shirFolder} in the build context is a link that leads out of it.`, {
    hint: "Docker could not copy from there either; make it a folder of the context."
  });
}
async function admit(folder, names) {
  const file = path4.join(folder, ".dockerignore");
  const rules = await readFile2(file, "utf8").catch(() => void 0);
  if (rules === void 0) return;
  await rm2(file);
  await writeFile(file, [rules.trimEnd(), ...names.map((name3) => `!${patternOf(name3)}`), ""].join("\n"));
}
function patternOf(name3) {
  return name3.replace(/[^\w./ -]/gu, "?");
}
async function linkOrCopy(from, to, signal) {
  await link(await realpath3(from), to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE_FORCE)).catch(() => pipeline(createReadStream(from, { highWaterMark: 1024 * 1024 }), createWriteStream(to), { signal }));
}

// src/image/engine-builder.ts
var tailLines = 15;
function engineBuilder(docker, engine, host, journal) {
  return {
    prepare: async (context) => {
      for (const base of context.bases) checkBase(base, engine);
    },
    build: (order) => build(order, docker, host, journal),
    push: async (image, references) => {
      for (const reference of references) await push(reference, docker, host);
      const digest = digestOf(await factsOf(image.reference, docker), image.reference);
      return { ...image, digest, reference: digest === void 0 ? image.reference : `${withoutTag(image.reference)}@${digest}` };
    },
    use: async (reference) => {
      const facts = await inspectImage(docker, reference) ?? await pull(reference, docker, host);
      const image = imageOf(reference, facts, { built: false, isNew: false });
      host.log(`Using ${reference} (${facts.id})`);
      checkBase({ reference, isWindows: facts.os === "windows", windowsBuild: windowsBuild(facts.osVersion) }, engine);
      return image;
    }
  };
}
async function build(order, docker, host, journal) {
  const staged = await stageContext(order.context, order.installer, host, journal);
  try {
    const args = buildArguments({
      context: staged.folder,
      dockerfile: staged.dockerfile,
      references: order.references,
      args: installerArguments(order.installer, order.context.declares.args, order.context.args),
      labels: imageLabels(order.installer, order.context.bases, order.labels),
      idFile: staged.idFile
    });
    const before = new Set(idsOf(await docker.ask(listImagesArguments())));
    const lines = [];
    const { code } = await docker.run(args, {
      onLine: (line) => {
        if (line.trim() === "") return;
        tellForeign(host, line);
        tellStep(line, host);
        lines.push(line);
        if (lines.length > tailLines) lines.shift();
      }
    });
    if (code !== 0) throw buildFailed(lines);
    const id = (await readFile3(staged.idFile, "utf8")).trim();
    if (before.has(id)) host.log(`Nothing was built anew: the image ${id} was there before.`);
    return imageOf(String(order.references[0]), await factsOf(id, docker), { built: true, isNew: !before.has(id) });
  } finally {
    await staged.discard();
  }
}
function tellStep(line, host) {
  const [, step, of, instruction = ""] = /^Step (\d+)\/(\d+) : (.*)$/.exec(line) ?? [];
  if (step !== void 0 && of !== void 0)
    host.progress(25 + Math.round(35 * Number(step) / Number(of)), `Building: step ${step} of ${of}, ${instruction}`);
}
function buildFailed(lines) {
  const step = lines.findLast((line) => /^Step \d+\/\d+ : /.test(line));
  const why = firstLine(lines.findLast((line) => !/^\s*(?:$|--->|Removing intermediate)/.test(line)) ?? "");
  return new StepError("build-failed", `docker build failed${step ? ` at ${step}` : ""}: ${why}`, {
    hint: `The build’s last lines:
${lines.join("\n")}`
  });
}
async function pull(reference, docker, host) {
  host.log(`${reference} is not on this engine; pulling it.`);
  const { code, stderr } = await docker.run(pullArguments(reference), { onLine: (line) => tellPull(line, host) });
  const facts = code === 0 ? await inspectImage(docker, reference) : void 0;
  if (facts) return facts;
  throw new StepError(
    "image-missing",
    `The image ${reference} is not on this engine and could not be pulled: ${firstLine(stderr)}`,
    {
      hint: `Check the reference, log in to its registry, or build the image with ${host.spell("mode")} build.`
    }
  );
}
function tellPull(line, host) {
  if (/complete|^Digest|^Status|error|denied/i.test(line)) tellForeign(host, line);
}
async function push(reference, docker, host) {
  host.log(`Pushing ${reference}`);
  const { code, stderr } = await docker.run(pushArguments(reference), { onLine: (line) => tellPush(line, host) });
  if (code === 0) return;
  throw new StepError("push-failed", `${reference} could not be pushed: ${firstLine(stderr)}`, {
    hint: "Log in to the registry before this step (docker login, az acr login, Docker@2), with the right to push."
  });
}
function tellPush(line, host) {
  if (/: (?:Pushed|Layer already exists|Mounted)|digest:|error|denied/i.test(line)) tellForeign(host, line);
}
async function factsOf(reference, docker) {
  const facts = await inspectImage(docker, reference);
  if (facts) return facts;
  throw new StepError("engine-failed", `The engine does not know the image ${reference}, which it has just made.`, {
    hint: "Was it removed by another job?"
  });
}
function imageOf(reference, facts, how) {
  return {
    planned: false,
    reference,
    id: facts.id,
    digest: digestOf(facts, reference),
    ...how,
    os: facts.os,
    osVersion: facts.osVersion,
    hasHealthCheck: facts.hasHealthCheck,
    shirVersion: facts.labels[labelNames.version]
  };
}
function digestOf(facts, reference) {
  const repository = withoutTag(reference).replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, "");
  return facts.repoDigests.find((entry) => entry.startsWith(`${repository}@`))?.slice(repository.length + 1);
}
function withoutTag(reference) {
  return reference.replace(/@.*$/, "").replace(/:[^:/]*$/, "");
}
function windowsBuild(osVersion) {
  const build2 = /^10\.0\.(\d+)/.exec(osVersion ?? "")?.[1];
  return build2 === void 0 ? void 0 : Number(build2);
}

// src/image/planned-builder.ts
function plannedBuilder(host) {
  return {
    prepare: async ({ bases }) => {
      for (const base of bases) host.log(`Would check that the engine answers and can run ${base.reference}.`);
    },
    build: async ({ context, installer, references, labels }) => {
      host.log(
        `Would copy ${context.description} to a fresh folder and put the installer at ${shirFolder}/${installerFileName(installer.version)} there.`
      );
      for (const { from, to } of context.additions) host.log(`Would copy ${from} to ${to} there.`);
      const args = buildArguments({
        context: "<context>",
        dockerfile: "<context>/Dockerfile",
        references,
        args: installerArguments(installer, context.declares.args, context.args),
        labels: imageLabels(installer, context.bases, labels),
        idFile: "<idfile>"
      });
      host.log(`Would run: ${spellCommand(args)}`);
      return plannedImage(String(references[0]), installer.version);
    },
    push: async (image, references) => {
      for (const reference of references) host.log(`Would run: ${spellCommand(pushArguments(reference))}`);
      return image;
    },
    use: async (reference) => {
      host.log(`Would use ${reference}; if the engine does not have it, would run: ${spellCommand(pullArguments(reference))}`);
      return plannedImage(reference, void 0);
    }
  };
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
    shirVersion
  };
}

// src/installer/identify.ts
import path5 from "node:path";

// src/installer/known.json
var known_default = {
  versions: [
    {
      version: "5.55.9306.2",
      sha256: {
        value: "0979942df417a396b33538396b2af57f7d93bbc15162ac0894f9945c8717368a",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.55.9306.2/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2025-07-11",
        source: "https://github.com/microsoft/winget-pkgs/pull/273430"
      }
    },
    {
      version: "5.61.9466.1",
      sha256: {
        value: "0e0de0e0777fb7469dc2f9151a472ad0e8d3c5a4427e514c699dcba88ccedb75",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.61.9466.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2025-12-17",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20251230T061318Z.yaml"
      }
    },
    {
      version: "5.61.9481.1",
      sha256: {
        value: "209fc9ab45b50b06e91d9f244fdaa8921e0a4e80d1453fb951d105edf4e5af02",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.61.9481.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-01-09",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260109T091543Z.yaml"
      }
    },
    {
      version: "5.62.9514.1",
      sha256: {
        value: "d35ee7769f4c1c9e6f49607df8fed2ec90465e05562a021b3382ed98e526fdd2",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.62.9514.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-01-28",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260128T111713Z.yaml"
      },
      withdrawn: {
        why: "on 2026-02-16 the Download Center had 5.61.9481.1 as its newest again",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260217T142834Z.yaml"
      }
    },
    {
      version: "5.62.9517.2",
      sha256: {
        value: "696a9bd7ff8e1ec3e656087262c16d1cdf3f4ba6ada8957232c12151da9369bf",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.62.9517.2/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-03-13",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260313T112241Z.yaml"
      }
    },
    {
      version: "5.64.9558.1",
      sha256: {
        value: "f346c76ba38f7414f6590dfb2b18a9ebc67bbc02b5d50a3e6de6e23e228704b0",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.64.9558.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-03-23",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260323T050132Z.yaml"
      }
    },
    {
      version: "5.65.9593.1",
      sha256: {
        value: "b19c165dca597d5dbc2aa51f78007decd24b4153ef1e965272158fb2da8c8ca3",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.65.9593.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-04-20",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260420T094335Z.yaml"
      }
    },
    {
      version: "5.65.9600.3",
      sha256: {
        value: "30e4308556fcb99426e3f8b23013daaa90356cf056f467efca4d5e00ccc07050",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.65.9600.3/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-05-08",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260508T055511Z.yaml"
      }
    },
    {
      version: "5.66.9620.1",
      sha256: {
        value: "d5b4adc95de08a98020ff264c42eabe9b0cae68cecde394e7fd1f9c6a2ada3d3",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.66.9620.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-05-18",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260518T031603Z.yaml"
      }
    },
    {
      version: "5.68.9705.1",
      sha256: {
        value: "d22a783be4a9e1367ed83bc8c01734f054ad63aef3105ab96029d2ef21a404a8",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.68.9705.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-08-12",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260812T090811Z.yaml"
      }
    },
    {
      version: "5.69.9720.1",
      sha256: {
        value: "0a4c071029b4828e00a8b91c96f47f3caa1f2f92a06b6b516ee548631e845e9f",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.69.9720.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-08-27",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260827T134212Z.yaml"
      }
    },
    {
      version: "5.70.9748.2",
      published: {
        date: "2026-10-01",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20261001T170344Z.yaml"
      }
    }
  ]
};

// src/installer/known.ts
var knownVersions = known_default.versions;
function knownVersion(version, known = knownVersions) {
  return known.find((one) => one.version === version);
}

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
function notCompound(start2) {
  const text = start2.toString("utf8").replace(/^\uFEFF/, "").trimStart();
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
function provenShift(unit, shift, known) {
  if (!known.includes(shift)) throw damaged(`its ${unit} size of 2^${shift} bytes is none of the format’s`);
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
async function follow(table, start2, limit) {
  const units = /* @__PURE__ */ new Set();
  let unit = start2;
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
async function withPositionalFile(path14, body) {
  const sizeBytes = await sizeOfInstaller(path14);
  const handle = await open(path14, "r");
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
async function readMsiSignature(path14) {
  return withPositionalFile(path14, async (file) => {
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
async function readMsiProperties(path14) {
  return withPositionalFile(path14, async (file) => {
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
  if (parseVersion(product)) return { version: product, proof: `ProductVersion ${product}` };
  const fourth = (version, by) => ({
    version,
    proof: `ProductVersion ${product}, and all of ${version} by ${by}`
  });
  if (asked !== void 0 && hashBy === "known") return fourth(asked, "its SHA-256");
  const named = versionInFileName(fileName3);
  if (asked !== void 0 && named !== void 0 && compareVersions(named, asked) !== 0)
    throw mismatch(`says version ${product}, and its file’s name ${named}`, asked);
  if (asked !== void 0 && hashBy !== void 0) return fourth(asked, "its SHA-256");
  if (named !== void 0 && agrees(product, named)) return fourth(named, "its file’s name");
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

// src/net/http.ts
var tries = 5;
var usualLimits = { idleMs: 3e4 };
var longestText = 16 * 1024 * 1024;
async function httpGet(url, host, consume, particulars = {}, limits = usualLimits) {
  const [{ openClient }, { decoded }] = await Promise.all([import("./client-VLLUGPMD.mjs"), import("./coding-C5VUZDJM.mjs")]);
  return persistently(host, tries, async () => {
    const client = openClient(host, limits);
    try {
      const answer = await client.get(new URL(url), particulars);
      return await consume({ ...answer, text: () => textOf(decoded(answer)) }, answer.url.href);
    } finally {
      client.close();
    }
  });
}
async function textOf(body) {
  const parts = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > longestText) throw new HttpFailure(`The server sends more than ${longestText} bytes`, { isFinal: true });
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

// src/installer/source.ts
var stableAddress = "https://go.microsoft.com/fwlink/?linkid=839822&clcid=0x409";
var latestAddress = "https://www.microsoft.com/en-us/download/details.aspx?id=39717";
var exactFolder = "https://download.microsoft.com/download/e/4/7/e4771905-1079-445b-8bf9-8a1a075d8a10/";
function exactSource(version) {
  const url = `${exactFolder}${installerFileName(version)}`;
  return { version, url, shown: url };
}
function givenSource({ shown, whole }, version, host) {
  const url = whole.reveal();
  for (const part of addressSecrets(url)) host.mask(part);
  return { version: version ?? versionInFileName(fileName2(url)), url, shown };
}
function lookupAddress(version) {
  return version === "stable" ? stableAddress : latestAddress;
}
async function stableSource(host) {
  const isInstaller = (url2) => versionInFileName(fileName2(url2)) !== void 0;
  const url = await httpGet(stableAddress, host, async (_, finalUrl) => finalUrl, { isGoal: isInstaller }).catch(
    explainLookup("stable", stableAddress)
  );
  const version = versionInFileName(fileName2(url));
  if (version === void 0) throw lookupFailed("stable", `its address leads to "${fileName2(url)}"`);
  return { version, url, shown: address(new URL(url)).shown };
}
async function latestSource(host, known = knownVersions) {
  const page = await httpGet(latestAddress, host, (answer) => answer.text()).catch(explainLookup("latest", latestAddress));
  const offered = offeredFiles(page);
  const good = offered.filter(({ version }) => knownVersion(version, known)?.withdrawn === void 0);
  for (const { version } of offered.filter((one) => !good.includes(one)))
    host.log(`Version ${version} is offered too, but Microsoft withdrew it before: it is not taken.`);
  const newest = good.toSorted((a, b) => compareVersions(a.version, b.version)).at(-1);
  if (newest) return newest;
  throw lookupFailed(
    "latest",
    `the Download Center’s page lists ${offered.length > 0 ? "withdrawn versions only" : "no installer"}`
  );
}
function offeredFiles(page) {
  const data = /window\.__DLCDetails__\s*=\s*(\{[\s\S]*?\})\s*;?\s*<\/script>/.exec(page)?.[1];
  const files = data === void 0 ? [] : filesIn(data);
  return files.flatMap((url) => {
    const version = URL.canParse(url) && isMicrosoft(new URL(url)) ? versionInFileName(fileName2(url)) : void 0;
    return version === void 0 ? [] : [{ version, url, shown: address(new URL(url)).shown }];
  });
}
function filesIn(data) {
  try {
    const parsed = JSON.parse(data);
    const files = parsed.dlcDetailsView?.downloadFile;
    return Array.isArray(files) ? files.flatMap((file) => typeof file?.url === "string" ? [file.url] : []) : [];
  } catch {
    return [];
  }
}
function isMicrosoft(url) {
  return url.protocol === "https:" && /(^|\.)microsoft\.com$/i.test(url.hostname);
}
function fileName2(url) {
  return percentDecoded(new URL(url).pathname.split("/").at(-1) ?? "");
}

// src/installer/identify.ts
function identifyInstaller(host, known = knownVersions) {
  return async (wanted) => {
    const identity = await identityOf(
      wanted,
      host,
      known,
      (word) => word === "stable" ? stableSource(host) : latestSource(host, known)
    );
    tell2(identity, host, known);
    return identity;
  };
}
function planIdentity(host, known = knownVersions) {
  return async (wanted) => {
    const identity = await identityOf(wanted, host, known, async (word) => {
      const address2 = lookupAddress(word);
      host.log(`Would ask ${address2} which version "${word}" is.`);
      return { version: void 0, url: "", shown: `the address of "${word}"` };
    });
    if (identity.version !== void 0) tell2(identity, host, known);
    return identity;
  };
}
function isLocal(source) {
  return "path" in source;
}
async function identityOf(wanted, host, known, lookUp) {
  const { shirVersion, msiPath, msiUrl } = wanted;
  const asked = parseVersion(shirVersion) ? shirVersion : void 0;
  if (msiPath !== void 0) {
    const file = path5.resolve(host.machine.workspace, msiPath);
    const source2 = { path: file, shown: `the file ${msiPath}` };
    return identifyFile({ version: asked, sha256: void 0, source: source2, wanted }, file, path5.basename(file), known);
  }
  const source = msiUrl ? givenSource(msiUrl, asked, host) : asked === void 0 ? await lookUp(shirVersion) : exactSource(asked);
  return { version: source.version, sha256: expectedHash(wanted, source.version, known), source, wanted };
}
async function identifyFile(identity, file, name3, known) {
  await sizeOfInstaller(file);
  const { values } = await readMsiProperties(file);
  const hashBy = expectedHash(identity.wanted, identity.version, known)?.by;
  const { version } = proveVersion(values.get("ProductVersion") ?? "", identity.version, { fileName: name3, hashBy });
  return { ...identity, version, sha256: expectedHash(identity.wanted, version, known) };
}
function expectedHash({ msiSha256 }, version, known) {
  if (msiSha256 !== void 0) return { value: msiSha256.toLowerCase(), by: "input" };
  const value = version && knownVersion(version, known)?.sha256?.value;
  return value ? { value, by: "known" } : void 0;
}
function tell2({ version, sha256, source, wanted }, host, known) {
  const from = isLocal(source) || wanted.msiUrl ? source.shown : wanted.shirVersion;
  if (version === void 0) host.log(`Which version ${from} is, only its bytes tell: the installer is obtained first.`);
  else host.log(`Version ${version}${from === version ? "" : ` (${from})`}`);
  if (sha256?.by === "known") host.log(`Its SHA-256 is known: ${sha256.value}`);
  if (sha256?.by === "input") host.log(`Its SHA-256 was given: ${sha256.value}${otherThanKnown(version, sha256.value, known)}`);
  if (sha256 === void 0 && version !== void 0)
    host.log(
      `No SHA-256 of it is known beforehand, so the installer is obtained first; ${host.spell("msiSha256")} would tell which file it must be.`
    );
}
function otherThanKnown(version, given, known) {
  const value = version && knownVersion(version, known)?.sha256?.value;
  return value && value !== given ? ` (the one that is known of this version is ${value})` : "";
}

// src/installer/bring.ts
import { randomUUID as randomUUID5 } from "node:crypto";
import { access, mkdir as mkdir5, rm as rm3 } from "node:fs/promises";
import path9 from "node:path";

// src/journal/read-only.ts
function isReadOnly(error) {
  return ["EROFS", "EACCES", "EPERM", "ENOENT"].includes(error.code ?? "");
}

// src/installer/cache-service.ts
import { randomUUID as randomUUID2 } from "node:crypto";
import { link as link2, lstat, mkdir as mkdir2 } from "node:fs/promises";
import path6 from "node:path";
var lookupLimitMs = 1e4;
var restoreLimitMs = 10 * 60 * 1e3;
var slowestBytesAMs = 2e3;
function cacheKey(version, sha256) {
  return `shir-${version}-${sha256.slice(0, 16)}`;
}
async function restoreInstaller(service, { version, sha256 }, root, prove2, host, journal) {
  const beginning = cacheKey(version, "");
  const exact = sha256 === void 0 ? void 0 : cacheKey(version, sha256);
  const { folder, discard } = await passingFolder(root, host, journal);
  const miss = async (end, sentence2) => {
    host.log(sentence2);
    await discard();
    host.signal.throwIfAborted();
    return end;
  };
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
    const file = path6.join(folder, installerFileName(version));
    if (!(await lstat(file)).isFile()) throw new Error(`${path6.basename(file)} is not a file`);
    const proven = await prove2(file);
    if (cacheKey(proven.version, proven.sha256) === key) return { key, file, proven, discard };
    throw new Error(`its bytes are those of ${cacheKey(proven.version, proven.sha256)}`);
  } catch (error) {
    const { message } = error;
    return miss("absent", `The cache service’s ${key} is not used: ${message.replace(/\.$/, "")}.`);
  }
}
async function saveInstaller(service, kept, root, host, journal) {
  const key = cacheKey(kept.version, kept.sha256);
  const { folder, discard } = await passingFolder(root, host, journal);
  try {
    await mkdir2(folder);
    await link2(kept.path, path6.join(folder, installerFileName(kept.version)));
    const limitMs3 = 6e4 + kept.size / slowestBytesAMs;
    const saved = await limited(host, limitMs3, (signal) => service.save(key, folder, signal));
    host.log(
      saved.key ? `Saved as ${key} in the cache service` : `Not saved in the cache service: ${saved.why ?? "it did not say why"}.`
    );
  } catch (error) {
    host.log(`Not saved in the cache service: ${error.message}.`);
  }
  await discard();
  host.signal.throwIfAborted();
}
async function passingFolder(root, host, journal) {
  const own = path6.join(root, "parts", `shir-installer-${randomUUID2()}`);
  const { discard } = await owePath(own, own, host, journal);
  await mkdir2(own, { recursive: true });
  return { folder: path6.join(own, "shir-installer"), discard };
}
async function limited(host, ms, call) {
  return withinLimit(ms, host, async ({ signal }, limit) => {
    const found2 = await call(signal);
    if (found2.key !== void 0 || !limit.aborted) return found2;
    return { key: void 0, why: `it did not end within ${Math.round(ms / 1e3)} s${found2.why ? ` (${found2.why})` : ""}` };
  });
}

// src/installer/parts.ts
import { createHash, randomUUID as randomUUID3 } from "node:crypto";
import { mkdir as mkdir3, readdir as readdir3, readFile as readFile4, stat as stat3, writeFile as writeFile2 } from "node:fs/promises";
import path7 from "node:path";
var oldestMs = 24 * 60 * 60 * 1e3;
var lookAgainMs = 500;
function partKey(version, address2) {
  return `${version ?? "unknown"}-${createHash("sha256").update(address2).digest("hex").slice(0, 16)}`;
}
async function claimPart(root, key, host, journal, untilMs) {
  const folder = path7.join(root, "parts");
  await mkdir3(folder, { recursive: true });
  await sweep(folder, host);
  const watch = watcher(host);
  for (let waited = false; ; ) {
    host.signal.throwIfAborted();
    const top = await highest(folder, key, "claim");
    if (waited && top === 0) return void 0;
    const life = top === 0 ? "dead" : await watch(path7.join(folder, `${key}.${top}.claim`));
    if (life === "dead") {
      const made = await makeClaim(folder, key, top + 1, host, journal);
      if (made !== "taken") return made;
    } else if (life === "alive") {
      if (host.clock.now() >= untilMs) {
        host.log("Another job on this machine is still fetching the same installer: this one fetches it too.");
        return unshared(folder, key);
      }
      if (!waited) host.log("Another job on this machine is fetching the same installer: this one waits for it.");
      waited = true;
      await host.clock.sleep(lookAgainMs, host.signal);
    }
  }
}
async function makeClaim(folder, key, number, host, journal) {
  const file = path7.join(folder, `${key}.${number}.claim`);
  const owner = await ownerOf(journal.id, host);
  const error = await writeFile2(file, JSON.stringify(owner), { flag: "wx" }).then(
    () => void 0,
    (cause) => cause
  );
  if (error?.code === "EEXIST") return "taken";
  if (error) return unshared(folder, key);
  const part = path7.join(folder, `${key}.${number}.part`);
  await adopt(folder, key, number, host);
  for (let earlier = 1; earlier < number; earlier++)
    await removeFile(path7.join(folder, `${key}.${earlier}.claim`)).catch(() => {
    });
  return claimed(part, file, journal.hold(file));
}
async function unshared(folder, key) {
  const part = path7.join(folder, `${key}.${randomUUID3()}.part`);
  await writeFile2(part, "", { flag: "wx" });
  return claimed(part, void 0, () => {
  });
}
function claimed(part, claim, letGo) {
  return {
    part,
    release: async (keepsPart) => {
      letGo();
      const files = [...keepsPart ? [] : [part, `${part}.json`], ...claim === void 0 ? [] : [claim]];
      for (const file of files) await removeFile(file).catch(() => {
      });
    }
  };
}
async function adopt(folder, key, number, host) {
  const left = await highest(folder, key, "part");
  if (left === 0) return;
  const [from, to] = [left, number].map((one) => path7.join(folder, `${key}.${one}.part`));
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
}
async function highest(folder, key, ending) {
  const numbers = (await readdir3(folder)).flatMap((name3) => {
    const [, number] = name3.startsWith(`${key}.`) && /^(\d{1,9})\.(?:claim|part)$/.exec(name3.slice(key.length + 1)) || [];
    return number !== void 0 && name3.endsWith(ending) ? [Number(number)] : [];
  });
  return Math.max(0, ...numbers);
}
function watcher(host) {
  let here;
  let last;
  return async (claim) => {
    const touchedMs = await stat3(claim).then(
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
  return readFile4(file, "utf8").then(JSON.parse).catch(() => void 0);
}
async function sweep(folder, host) {
  const names = await readdir3(folder).catch(() => []);
  for (const name3 of names) {
    const part = path7.join(folder, name3);
    const found2 = await stat3(part).catch(() => void 0);
    if (found2?.isFile() && host.clock.now() - found2.mtimeMs > oldestMs) await removeFile(part).catch(() => {
    });
  }
}

// src/installer/record.ts
import { randomUUID as randomUUID4 } from "node:crypto";
import { readFile as readFile5, writeFile as writeFile3 } from "node:fs/promises";
var microsoft = "microsoft";
async function readRecord(file, host) {
  try {
    const read = JSON.parse(await readFile5(file, "utf8"));
    const { version, sha256, size, productVersion, origin, signer, proofs } = read;
    if (typeof version !== "string" || typeof sha256 !== "string" || typeof size !== "number") return void 0;
    return {
      version,
      sha256,
      size,
      productVersion: String(productVersion ?? version),
      origin: String(origin ?? microsoft),
      signer: typeof signer === "string" && !host.machine.isEphemeral ? signer : void 0,
      proofs: Array.isArray(proofs) && !host.machine.isEphemeral ? proofs.map(String) : []
    };
  } catch {
    return void 0;
  }
}
async function writeRecord(file, entry, host) {
  const draft = `${file}.${randomUUID4()}`;
  try {
    await writeFile3(draft, `${JSON.stringify(entry, null, 2)}
`);
    await renamePatiently(draft, file, host);
  } catch (error) {
    await removeFile(draft).catch(() => {
    });
    throw error;
  }
}

// src/installer/store.ts
import { chmod, link as link3, mkdir as mkdir4, readFile as readFile6, stat as stat4, writeFile as writeFile4 } from "node:fs/promises";
import path8 from "node:path";
var tool = "shir";
var arch = "x64";
function installerStore(cacheDir, host) {
  const root = storeRoot(cacheDir, host);
  return {
    root,
    find: async (version, sha256) => {
      const known = cacheDir === void 0 ? await host.findTool(tool, toolVersion(version), arch) : void 0;
      const folder = known ?? path8.join(root, toolVersion(version), arch);
      return verified(folder, version, sha256, host);
    },
    keep: (file, proven, origin) => keepIn(root, file, { ...proven, origin }, host),
    remember: async ({ path: file, ...entry }) => {
      const folder = path8.join(root, toolVersion(entry.version), arch);
      if (file.startsWith(folder + path8.sep)) await writeRecord(path8.join(folder, "installer.json"), entry, host).catch(() => {
      });
    }
  };
}
function storeRoot(cacheDir, host) {
  return cacheDir === void 0 ? path8.join(host.machine.tools, tool) : path8.resolve(host.machine.workspace, cacheDir);
}
function journalRoots(cacheDir, host) {
  const [first, ...others] = [storeRoot(cacheDir, host), storeRoot(void 0, host), path8.join(host.machine.temp, tool)];
  return [first, ...new Set(others.filter((other) => other !== first))];
}
function toolVersion(version) {
  const at = version.lastIndexOf(".");
  return `${version.slice(0, at)}-${version.slice(at + 1)}`;
}
function places(folder, { version, sha256 }) {
  return [path8.join(folder, installerFileName(version)), path8.join(folder, sha256, installerFileName(version))];
}
async function keepIn(root, part, entry, host) {
  const folder = path8.join(root, toolVersion(entry.version), arch);
  await mkdir4(folder, { recursive: true });
  const { file, isNew } = await place(part, folder, entry, host);
  try {
    await makeReadOnly(file);
    await writeRecord(path8.join(folder, "installer.json"), entry, host);
    await writeFile4(`${folder}.complete`, "");
  } catch (error) {
    if (isNew) await removeFile(file).catch(() => {
    });
    throw error;
  }
  return { ...entry, path: file };
}
async function makeReadOnly(file) {
  await chmod(file, 292).catch(() => {
  });
}
async function place(part, folder, proven, host) {
  const [usual, own] = places(folder, proven);
  for (const file of [usual, own]) {
    await mkdir4(path8.dirname(file), { recursive: true });
    const error = await link3(part, file).then(
      () => void 0,
      (cause) => cause
    );
    let isNew = error?.code !== "EEXIST";
    if (error && isNew)
      await renamePatiently(part, file, host).catch(async (cause) => {
        isNew = false;
        if (await readableSha256(file, host) !== proven.sha256) throw cause;
      });
    if (error?.code === "EEXIST" && await readableSha256(file, host) !== proven.sha256) continue;
    await removeFile(part);
    return { file, isNew };
  }
  throw new StepError("io-failed", `${own} is in the way: it is not what its name says.`, {
    hint: "Remove it, or name another cache folder."
  });
}
async function verified(folder, version, wanted, host) {
  const isComplete = await readFile6(`${folder}.complete`).then(
    () => true,
    () => false
  );
  if (!isComplete) return void 0;
  const record = await readRecord(path8.join(folder, "installer.json"), host);
  if (record?.version !== version) return broken(folder, void 0, host);
  if (wanted !== void 0 && record.sha256 !== wanted) {
    host.log(`The store’s ${version} has another SHA-256 than the one that is asked for; it is fetched anew.`);
    return void 0;
  }
  for (const file of places(folder, record).toReversed()) {
    const found2 = await stat4(file).catch(() => void 0);
    if (found2?.size !== record.size || await readableSha256(file, host) !== record.sha256) continue;
    if ((found2.mode & 146) !== 0) await makeReadOnly(file);
    return { ...record, path: file };
  }
  return broken(folder, record, host);
}
async function readableSha256(file, host) {
  return sha256OfFile(file, host.signal).catch((error) => {
    if (host.signal.aborted) throw error;
    return void 0;
  });
}
async function broken(folder, record, host) {
  const found2 = record && (await Promise.all(places(folder, record).map((file) => stat4(file).catch(() => void 0)))).some(Boolean);
  const why = record === void 0 ? "its record cannot be read" : found2 ? "its bytes are not those that were kept" : "the file is gone";
  host.log(`The store’s copy in ${folder} is not used: ${why}.`);
  for (const file of [`${folder}.complete`, ...record ? places(folder, record) : []]) await removeFile(file).catch(() => {
  });
  return void 0;
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
    const claim = await claimPart(store.root, partKey(asked.version, asked.address), host, journal, untilMs).catch((error) => {
      if (!isReadOnly(error)) throw explained(error, store.root, host);
      host.log(`Nothing can be written in ${store.root} (${error.code}): the installer is fetched for this run alone.`);
      return "read-only";
    });
    if (claim === "read-only") return passing(asked, host, journal);
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
function planBringing({ cache, cacheDir }, version, address2, proofs, host) {
  if (cache === "off") {
    host.log(`Would fetch ${address2} into ${host.machine.temp} for this run alone, and prove it (${proofs}).`);
    return;
  }
  const root = storeRoot(cacheDir, host);
  host.log(`Would take version ${version} from ${root}, if it is there and its bytes are intact.`);
  if (cache === "auto" && host.cacheService)
    host.log("Otherwise would look for it in the cache service, and prove what that has.");
  host.log(`Otherwise would fetch ${address2}, prove it (${proofs}) and keep it there.`);
}
async function found(store, asked, host) {
  if (asked.version === void 0) return void 0;
  const kept = await store.find(asked.version, asked.sha256);
  if (kept === void 0) return void 0;
  const source = `the store ${store.root}${kept.origin === microsoft ? "" : `, where it was put from ${kept.origin}`}`;
  if (!asked.needsProof(kept))
    return { kept: { ...kept, proofs: [...kept.proofs, "The same bytes as when that was proven"] }, cacheHit: true, source };
  try {
    const proven = { ...kept, ...await asked.prove(kept.path, kept.sha256) };
    await store.remember(proven);
    return { kept: proven, cacheHit: true, source };
  } catch (error) {
    host.signal.throwIfAborted();
    host.log(`The store’s copy in ${path9.dirname(kept.path)} is not used: ${error.message}`);
    return void 0;
  }
}
async function filled({ cache }, store, claim, asked, host, journal) {
  const { version, sha256 } = asked;
  const service = cache === "auto" && version !== void 0 ? host.cacheService : void 0;
  let kept;
  let restored = "unusable";
  let goesOn = false;
  try {
    if (service)
      restored = await restoreInstaller(service, { version: String(version), sha256 }, store.root, asked.prove, host, journal);
    if (typeof restored === "object") {
      kept = await store.keep(restored.file, restored.proven, "the cache service");
      await restored.discard();
      return { kept, cacheHit: true, source: `the cache service, ${restored.key}` };
    }
    kept = await store.keep(claim.part, await asked.fetch(claim.part), asked.origin);
  } catch (error) {
    goesOn = await canGoOn(error, claim.part);
    throw explained(error, store.root, host);
  } finally {
    await claim.release(goesOn);
  }
  if (service && restored === "absent") await saveInstaller(service, kept, store.root, host, journal);
  return { kept, cacheHit: false, source: asked.address };
}
async function passing(asked, host, journal) {
  const folder = path9.join(host.machine.temp, `shir-installer-${randomUUID5()}`);
  const debt = { kind: "path", path: folder };
  await journal.intend(debt);
  try {
    await mkdir5(folder);
    const part = path9.join(folder, "installer.part");
    const kept = await installerStore(folder, host).keep(part, await asked.fetch(part), asked.origin);
    return { kept, cacheHit: false, source: asked.address };
  } catch (error) {
    await rm3(folder, { recursive: true, force: true }).then(
      () => journal.settle(debt),
      () => {
      }
      // it stays owed
    );
    throw explained(error, folder, host);
  }
}
async function canGoOn(error, part) {
  return error instanceof StepError && error.code === "download-failed" && await access(`${part}.json`).then(
    () => true,
    () => false
  );
}
function explained(error, folder, host) {
  if (error instanceof StepError && error.code === "disk-full" || !isFull(error)) return error;
  return new StepError("disk-full", `There is no room left in ${folder} for the installer.`, {
    hint: `An installer takes about 1 GB, and its image several. Make room, or name a folder on another disk in ${host.spell("cacheDir")}.`,
    cause: error
  });
}
function isFull(error) {
  const { code, cause } = error ?? {};
  return code === "ENOSPC" || code === "EDQUOT" || cause !== void 0 && isFull(cause);
}

// src/installer/proof.ts
import path11 from "node:path";

// src/installer/msi/format.ts
async function proveFormat(path14) {
  await withPositionalFile(path14, readCompoundHeader);
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
import { mkdtemp, rm as rm4, stat as stat5, writeFile as writeFile5 } from "node:fs/promises";
import path10 from "node:path";

// src/installer/signature/verdict.ts
var limitMs = 5 * 6e4;
function ended(program, timedOut) {
  return timedOut ? `${program} gave no answer in ${limitMs / 6e4} min` : `${program} was killed`;
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
  const folder = await mkdtemp(path10.join(host.machine.temp, "shir-roots-"));
  try {
    const check = {
      roots: path10.join(folder, "roots.pem"),
      timestampRoots: path10.join(folder, "timestamps.pem"),
      signer: signed.signer
    };
    await writeFile5(check.roots, trust.roots.join(""));
    await writeFile5(check.timestampRoots, trust.timestampRoots.join(""));
    const finished = await runProgram(program, verifyArguments(file, check, version), host, { limitMs });
    host.signal.throwIfAborted();
    return await judged(finished, file, `${name} ${version.join(".")}`);
  } finally {
    await rm4(folder, { recursive: true, force: true });
  }
}
async function versionOf(program, host) {
  const { stdout } = await runProgram(program, ["--version"], host, { limitMs });
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
    const { size } = await stat5(file);
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
  const known = reasons.find(([pattern]) => pattern.test(text));
  if (known) return known[1];
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
  const start2 = 2 + lengthBytes;
  if (start2 + length > bytes.length) throw new RangeError("An element that is cut");
  return { tag, bytes: bytes.subarray(0, start2 + length), content: bytes.subarray(start2, start2 + length) };
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
    (named) => runProgram(program, powerShellArguments(signatureScript), host, { limitMs, variables: { [pathVariable]: named } })
  );
  host.signal.throwIfAborted();
  const answer = answerOf(stdout);
  if (answer === void 0) {
    const why = code === null ? ended(program, timedOut) : `${name2} gave no answer (exit code ${code}: ${firstLineOf(stderr)})`;
    return { kind: "unchecked", why, hint: `Run ${name2} on the file by hand: it says why.` };
  }
  if (answer.failed !== void 0)
    return { kind: "unchecked", why: `${name2} failed: ${textOf2(answer.failed)}`, hint: "Windows’ own words say why." };
  if (answer.status !== "Valid") return { kind: "invalid", why: `Windows says ${String(answer.status)}: ${textOf2(answer.said)}` };
  if (!bytesOf(answer.signer).equals(signer.raw))
    return { kind: "invalid", why: "Windows names another signer than the file itself" };
  return { kind: "valid", by: name2 };
}
async function underPackageName(file, body) {
  if (/\.msi$/i.test(file)) return body(file);
  const named = `${file}.msi`;
  const isLinked = await link4(file, named).then(
    () => true,
    () => false
    // a disk that knows no links: the name as it is
  );
  try {
    return await body(isLinked ? named : file);
  } finally {
    if (isLinked) await rm5(named, { force: true });
  }
}
function bytesOf(numbers) {
  return Buffer.from(numbersOf(numbers));
}
function textOf2(numbers) {
  return String.fromCharCode(...numbersOf(numbers).slice(0, 1e3)).trim() || "it does not say why";
}
function numbersOf(numbers) {
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
function whySpared({ sha256, verifySignature }, isSigned, host) {
  const carries = `the file carries ${isSigned ? "one" : "none"}`;
  if (sha256?.by === "input") return `Signature not checked (${carries}): the SHA-256 that was asked for is proof enough`;
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
  const sha256 = facts.sha256 ?? await sha256OfFile(file, host.signal);
  const hashProof = proveHash(sha256, expected.sha256);
  const productVersion = (await readMsiProperties(file)).values.get("ProductVersion") ?? "";
  const evidence = { fileName: facts.name ?? path11.basename(file), hashBy: expected.sha256?.by };
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
  return { version, sha256, size, productVersion, signer, proofs: [proof, hashProof, signatureProof] };
}
var hashWords = { input: "the one that was asked for", known: "the one of the list of known versions" };
function proveHash(sha256, expected) {
  if (expected === void 0) return `SHA-256 ${sha256} (computed; none was given to compare it with)`;
  if (sha256 === expected.value) return `SHA-256 ${sha256} (${hashWords[expected.by]})`;
  const wanted = expected.by === "input" ? "was asked for" : "is that version’s in the list of known versions";
  throw new StepError("installer-hash-mismatch", `The installer’s SHA-256 is ${sha256}, but ${expected.value} ${wanted}.`, {
    hint: "Either the file was changed on its way or the expected hash is another file’s. Do not use it before you know which."
  });
}

// src/installer/obtain.ts
function obtainInstaller(host, journal, known = knownVersions) {
  return async (identity) => {
    const { source, version, sha256, wanted } = identity;
    if (isLocal(source)) return localInstaller(source, (file) => proveInstaller(file, expectedOf(identity), host), host);
    const name3 = fileName2(source.url);
    const { kept, ...origin } = await bringInstaller(
      wanted,
      {
        ...{ version, sha256: sha256?.value, address: source.shown },
        origin: wanted.msiUrl === void 0 ? microsoft : source.shown,
        // Its bytes were hashed just now: all but the signature costs nothing, and is then told as this run asked for it.
        needsProof: (record) => record.signer === void 0 || record.proofs.length === 0,
        prove: (file, hash) => proveInstaller(file, expectedOf(identity), host, { name: name3, ...hash && { sha256: hash } }),
        fetch: async (part) => {
          host.log(`Fetching ${source.shown}`);
          const { download } = await import("./download-MCRX4Z4E.mjs");
          const { sha256: hash } = await download(source, part, host);
          const whole = version === void 0 ? await identifyFile(identity, part, name3, known) : identity;
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
    const sha256 = identity.sha256?.value ?? "<sha256>";
    return {
      planned: true,
      version,
      sha256,
      path: "<installer>",
      size: 0,
      cacheHit: false,
      cacheKey: cacheKey(version, sha256),
      proofs: [],
      source: source.shown
    };
  };
}
async function localInstaller({ path: path14, shown }, prove2, host) {
  return told({ ...await prove2(path14), path: path14 }, { source: shown, cacheHit: false }, host);
}
function expectedOf({ version, sha256, wanted }) {
  return { version, sha256, verifySignature: wanted.verifySignature };
}
function proofsToCome({ sha256, wanted }) {
  const needsSignature = wanted.verifySignature && sha256?.by !== "input";
  return `${sha256 ? ", SHA-256" : ""}${needsSignature ? ", signature" : ""}`;
}
function told(found2, { source, cacheHit }, host) {
  const { version, sha256, size, proofs } = found2;
  host.log(`Installer ${version}, ${megabytes(size)}, from ${source}`);
  for (const proof of proofs) host.log(`  ${proof}`);
  return {
    planned: false,
    version,
    sha256,
    size,
    path: found2.path,
    cacheHit,
    cacheKey: cacheKey(version, sha256),
    proofs,
    source
  };
}

// src/installer/support.ts
var dayMs = 864e5;
var firstBuild = 7713;
var soonDays = 60;
function tellSupport(version, record, host, known = knownVersions) {
  if (version === void 0 || parseVersion(version) === void 0 || record.result.support?.version === version) return;
  const nowMs = host.clock.now();
  const support = supportOf(version, nowMs, known);
  record.note({ support });
  if (support.expires !== void 0)
    host.log(
      `Supported until ${support.expires}${support.isEstimate ? ", or some weeks longer (estimated from its number)" : ""}`
    );
  for (const { code, message } of warningsOf(support, nowMs, known)) record.warn(code, message);
}
function supportOf(version, nowMs, known = knownVersions) {
  const published = knownVersion(version, known)?.published?.date;
  const since = published ?? builtOn(version, nowMs);
  return { version, since, expires: since && oneYearAfter(since), isEstimate: since !== void 0 && published === void 0 };
}
function warningsOf(support, nowMs, known = knownVersions) {
  const withdrawn = knownVersion(support.version, known)?.withdrawn;
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
  const build2 = parseVersion(version)?.[2] ?? 0;
  const ms = Date.UTC(2e3, 0, 1) + build2 * dayMs;
  return build2 < firstBuild || ms > nowMs ? void 0 : dayOf(ms);
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
import { randomUUID as randomUUID6 } from "node:crypto";
import { mkdir as mkdir6, readdir as readdir4, rm as rm6, utimes } from "node:fs/promises";
import path12 from "node:path";
function openJournal(root, host, others = []) {
  const id = randomUUID6();
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
      await mkdir6(path12.dirname(file), { recursive: true });
      host.state.save(file);
      const owner = { at: host.clock.now(), event: "owner", owner: await ownerOf(id, host) };
      await create(file, [owner]);
      hold(file);
    } catch (error) {
      if (next === void 0 || !isReadOnly(error)) throw error;
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
    othersOwe: async (debt) => debt.run !== id && owesElsewhere(path12.dirname(file), debt),
    close: async () => {
      if (beginning && debts.owed().length + debts.deferred().length === 0) await rm6(file, { force: true });
    }
  };
}
function accountBelow(root, id, debts, host) {
  const file = path12.join(journalFolder(root), fileName(id));
  return { file, account: accountIn(file, debts, host.clock) };
}
async function owesElsewhere(folder, debt) {
  const names = await readdir4(folder).catch(() => []);
  const theirs = names.filter((name3) => readFileName(name3)?.run === debt.run);
  const read = await Promise.all(theirs.map((name3) => readJournal(path12.join(folder, name3)).catch(() => void 0)));
  return read.some((journal) => journal?.records.debts.owed().some((one) => isSame(one, debt)));
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
import { createHash as createHash2 } from "node:crypto";

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
var format = 2;
function configurationHash(plan, key) {
  const variables = plan.variables.map(({ name: name3, value }) => [name3, typeof value === "string" ? value : value.reveal()]);
  const shape = {
    format,
    name: plan.name,
    container: plan.container,
    hostname: plan.hostname,
    // Names are unique: their order says nothing.
    variables: variables.sort(([a = ""], [b = ""]) => a < b ? -1 : 1),
    restartPolicy: plan.restartPolicy,
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
  const suffix = createHash2("sha256").update(`${machineName} ${containerName}`.toLowerCase()).digest("hex").slice(0, 4);
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
  for (const node of chosen) await removeNode(node, target, host, record);
  const sets = [...chosen.map(({ set }) => set), selection.containerName].filter((set) => set !== void 0);
  for (const set of new Set(sets)) if (await target.removeNetworks(set)) record.note({ removed: true });
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
import { randomUUID as randomUUID7 } from "node:crypto";
import { rm as rm7, writeFile as writeFile6 } from "node:fs/promises";
import path13 from "node:path";

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
async function agreeOnOne(name3, own, known, docker, host) {
  const beganMs = host.clock.now();
  while (true) {
    const ids = await networksCalled(docker, name3);
    if (ids.length < 2) return ids[0] ?? known;
    const [oldest = known] = await oldestFirst(docker, ids);
    if (own !== void 0 && own !== oldest && await removeUnusedNetwork(docker, own)) return oldest;
    if (host.clock.now() - beganMs > agreementLimitMs) return oldest;
    await host.clock.sleep(lookAgainMs2, host.signal);
  }
}
function isNetworkUnsettled(stderr) {
  return /network \S+ is ambiguous|network \S+ not found/i.test(stderr);
}

// src/target/docker/peers.ts
var limitMs2 = 6e4;
function resolveScript(hostnames) {
  const names = hostnames.map((name3) => `'${name3}'`).join(", ");
  return `$good = @(); $bad = @(); foreach ($name in ${names}) { foreach ($try in 1..3) { try { $null = [System.Net.Dns]::GetHostAddresses($name); $good += $name; break } catch { if ($try -lt 3) { Start-Sleep -Seconds 3 } else { $bad += $name } } } }; ConvertTo-Json -Compress @{ resolved = $good; unresolved = $bad }`;
}
async function resolveInside(docker, id, hostnames, host) {
  const { text, isTimeUp } = await runInside(docker, id, resolveScript(hostnames), limitMs2, host);
  const unresolved = answerOf(text)?.unresolved;
  if (!Array.isArray(unresolved))
    return { kind: "unknown", why: isTimeUp ? `it gave no answer in ${limitMs2 / 1e3} s` : firstLine(text) };
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
var lastWordsLines = 50;
function dockerTarget(docker, engine, host, journal) {
  return {
    find: async (selection) => {
      const all = await everyContainer(docker, host);
      const chosen = all.filter((container) => isSelected(container, selection));
      const sorted = chosen.sort((a, b) => nodeNumber(a) - nodeNumber(b) || a.name.localeCompare(b.name));
      return sorted.map((facts) => ({ ...nodeOf(facts), set: facts.labels[labelNames.set] }));
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
      let started = await start(plan, image, engine, docker, host, journal);
      if (started.code !== 0 && plan.ownNetwork !== void 0 && isNetworkUnsettled(started.stderr)) {
        host.log(`${plan.container}: another job changed its network; once more.`);
        await takeBackContainer(debt, docker, host);
        await journal.settle(debt);
        started = await start(plan, image, engine, docker, host, journal);
      }
      if (started.code !== 0) throw startFailed(plan, started.stderr);
      const id = started.stdout.trim().split("\n").at(-1) ?? "";
      host.log(`Started ${plan.container} (${id.slice(0, 12)}) as node ${plan.name}`);
      return { planned: false, name: plan.name, container: plan.container, id, version: image.shirVersion };
    },
    observe: (node, pollMs, signal) => observe(node, pollMs, signal, docker, host),
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
async function start(plan, image, engine, docker, host, journal) {
  const network = plan.ownNetwork === void 0 ? plan.network : await ensureNetwork(plan.ownNetwork, engine, docker, host, journal);
  await journal.intend({ kind: "container", name: plan.container, run: journal.id });
  const startInterval = isAtLeast(engine.apiVersion, "1.44");
  return withEnvFile(
    fileVariables(plan),
    host,
    journal,
    (envFile) => docker.run(runArguments({ ...plan, network }, image.reference, { startInterval, envFile }), {
      variables: secretVariables(plan)
    })
  );
}
async function* observe(node, pollMs, signal, docker, host) {
  const bell = watchEvents(docker, node.id, host, signal);
  let since = "";
  const limitMs3 = Math.max(shortestLookMs, 12 * pollMs);
  while (!signal.aborted) {
    try {
      const [facts] = await inspectContainers(docker, [node.id], host, { limitMs: limitMs3 });
      const atMs = host.clock.now();
      if (facts === void 0) {
        yield { kind: "gone", atMs };
        return;
      }
      if (since === "" && facts.status !== "created") since = shortlyBefore(facts.startedAt);
      const log = since === "" ? { lines: [], next: "" } : await readLog(docker, node.id, since, { limitMs: limitMs3 });
      since = log.next;
      const { status, exitCode, restartCount, health, probes } = facts;
      yield { kind: "seen", atMs, status, exitCode, restartCount, health, probes, lines: log.lines };
    } catch (error) {
      if (signal.aborted || error instanceof StepError && error.code === "cancelled") throw error;
      yield { kind: "silent", atMs: host.clock.now(), why: messageOf(error) };
    }
    await bell.rungWithin(pollMs, signal);
  }
}
async function withEnvFile(lines, host, journal, use) {
  if (lines.length === 0) return use(void 0);
  const file = path13.join(host.machine.temp, `shir-env-${randomUUID7()}`);
  const debt = { kind: "path", path: file };
  await journal.intend(debt);
  await writeFile6(file, `${lines.join("\n")}
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
  const rooms = inputs.dryRun ? plannedRooms(host) : await record.stage("Engine", 2, () => liveRooms(host, kept));
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
  const image = context ? await buildImage(asked, context, rooms, host, record) : await useImage(asked, rooms, host, record);
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
async function buildImage(asked, context, rooms, host, record) {
  const { inputs } = asked;
  record.note({ context: context.description, base: context.bases.at(-1)?.reference });
  const wanted = wantedInstaller(asked, context.installer, host.spell);
  await rooms.builder.prepare(context);
  const identity = await record.stage("Version", 3, () => rooms.identify(wanted));
  tellSupport(identity.version, record, host);
  const installer = await record.stage("Installer", 5, () => rooms.obtain(identity));
  record.note({ installer });
  tellSupport(installer.version, record, host);
  const references = inputs.image ?? [`shir:${installer.version}`];
  const image = await record.stage(
    "Image",
    25,
    () => rooms.builder.build({ context, installer, references, labels: inputs.labels ?? [] })
  );
  record.note({ image });
  if (!inputs.push) return image;
  const pushed = await record.stage("Push", 55, () => rooms.builder.push(image, references));
  record.note({ image: pushed, pushed: !image.planned });
  return pushed;
}
async function useImage({ inputs }, rooms, host, record) {
  const image = await record.stage("Image", 25, () => rooms.builder.use(String(inputs.image?.[0])));
  record.note({ image });
  tellSupport(image.shirVersion, record, host);
  return image;
}
async function liveRooms(host, journal) {
  const docker = await openDocker(host);
  const engine = await examineEngine(docker, host);
  return {
    identify: identifyInstaller(host),
    obtain: obtainInstaller(withinStage(host, 5, 25), journal),
    // as its stage and the next one are told
    builder: engineBuilder(docker, engine, host, journal),
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
