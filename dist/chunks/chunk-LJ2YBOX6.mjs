import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  compareVersions,
  isSupportedVersion,
  oldestVersion,
  parseVersion,
  versionInFileName
} from "./chunk-BNOLA3G2.mjs";
import {
  authenticationKey,
  choice,
  duration,
  fileName,
  flag,
  httpsAddress,
  lines,
  localPath,
  looksLikeKey,
  pairs,
  percentDecoded,
  publicAddress,
  sha256,
  text,
  whole
} from "./chunk-DISHIYYY.mjs";
import {
  StepError,
  endOf,
  isDiskFull,
  isFileSystemError,
  messageOf
} from "./chunk-YTMUZ7PI.mjs";

// src/contract/input.ts
var modes = ["build", "run", "gate", "remove"];
var groups = {
  step: "Step",
  installer: "Installer",
  image: "Image",
  node: "Node",
  containers: "Containers",
  gate: "Gate"
};
function input(entry) {
  return { ...entry, default: entry.default };
}

// src/contract/inputs/containers.ts
var containersInputs = {
  nodeCount: input({
    kind: whole(1, 4),
    default: 1,
    group: "containers",
    modes: ["run"],
    label: "Number of nodes",
    help: "How many nodes to start; 2 to 4 need `enableHa`."
  }),
  containerName: input({
    kind: text(
      "2 to 60 letters, digits, dots, dashes and underscores, starting with a letter or digit",
      /^[A-Za-z0-9][A-Za-z0-9_.-]{1,59}$/
    ),
    default: "shir",
    group: "containers",
    modes: ["run", "gate", "remove"],
    label: "Container name",
    help: "Containers are called this with `-1` to `-4`. In `gate` and `remove`: the containers that are meant (this very name counts too); `remove` takes containers that no step started only where this is given."
  }),
  memory: input({
    kind: text("a size such as 8g or 4096m", /^(?:[1-9]\d{0,9}[kmg]|[1-9]\d{7,}b?)$/i),
    otherwise: "no limit",
    group: "containers",
    modes: ["run"],
    label: "Memory",
    help: "The memory limit of each container. Microsoft recommends 8 GB."
  }),
  cpus: input({
    kind: text("a number such as 2 or 1.5", /^(?!0+(?:\.0*)?$)\d{1,3}(?:\.\d{1,2})?$/),
    otherwise: "no limit",
    group: "containers",
    modes: ["run"],
    label: "CPUs",
    help: "The processors of each container. Microsoft recommends 4."
  }),
  restartPolicy: input({
    kind: text(
      "no, always, unless-stopped, on-failure or on-failure:N",
      /^(?:no|always|unless-stopped|on-failure(?::[1-9]\d{0,3})?)$/
    ),
    default: "unless-stopped",
    group: "containers",
    modes: ["run"],
    label: "Restart policy",
    help: "What the engine does when a container ends. Upstream’s image ends with 0 on failure: `on-failure` would not restart it."
  }),
  network: input({
    kind: text("the name of a network", /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/),
    otherwise: "the engine’s; for 2 to 4 nodes one is made",
    group: "containers",
    modes: ["run"],
    label: "Network",
    help: "The engine’s network for the containers. Several nodes must be able to resolve each other’s names on it."
  }),
  volumes: input({
    kind: lines(
      "a volume a line, such as C:\\data:C:\\data or name:/data:ro",
      /^(?:[A-Za-z]:[\\/])?[^:]+:(?:[A-Za-z]:[\\/])?[^:]+(?::[a-z,]+)?$/
    ),
    group: "containers",
    modes: ["run"],
    label: "Volumes",
    help: "Volumes of each container, one a line, as `docker run -v` takes them."
  }),
  cleanup: input({
    hosts: ["github", "azure"],
    kind: choice("auto", "always", "never"),
    default: "auto",
    group: "containers",
    modes: ["run"],
    label: "Clean-up",
    help: "Whether nodes that passed their gate go at the end of the job: `auto` does so on machines that end with it. What did not pass goes in any case, except with `never`."
  })
};

// src/contract/inputs/gate.ts
var hours = 36e5;
var gateInputs = {
  healthTimeout: input({
    kind: duration(1e3, 24 * hours),
    default: 6e5,
    group: "gate",
    modes: ["run", "gate"],
    label: "Health time-out",
    help: "How long a node may take to become healthy."
  }),
  soak: input({
    kind: duration(0, 24 * hours),
    default: 3e4,
    group: "gate",
    modes: ["run", "gate"],
    label: "Soak",
    help: "How long a node must then stay healthy before it counts as proven."
  })
};

// src/contract/inputs/image.ts
var reference = /^(?=.{1,255}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::\d{1,5})?\/)?[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;
var imageInputs = {
  image: input({
    kind: lines("an image reference a line, such as registry.example/shir:5.70", reference),
    otherwise: "`shir:` and the version",
    group: "image",
    modes: ["build", "run"],
    label: "Image",
    help: "The references to build, one a line; the first is the output. In `run` without anything to build: the image to use."
  }),
  push: input({
    kind: flag(),
    default: false,
    group: "image",
    modes: ["build", "run"],
    label: "Push",
    help: "Pushes every reference after the build. Log in to the registry beforehand."
  }),
  baseImage: input({
    kind: text("an image reference", reference),
    otherwise: "what the Dockerfile says (built-in: `mcr.microsoft.com/windows/servercore:ltsc2022`)",
    group: "image",
    modes: ["build", "run"],
    label: "Base image",
    help: "The Windows base, by tag or digest. A Dockerfile of your own must declare `ARG BASE_IMAGE`."
  }),
  buildContext: input({
    kind: localPath("a folder"),
    otherwise: "the built-in context",
    group: "image",
    modes: ["build", "run"],
    label: "Build context",
    help: "Your own Docker context instead of the built-in one. It is copied, never changed. An installer in its `SHIR` folder is used."
  }),
  dockerfile: input({
    kind: localPath("a file"),
    otherwise: "`Dockerfile`",
    group: "image",
    modes: ["build", "run"],
    label: "Dockerfile",
    help: "Your own Dockerfile: a path inside `buildContext`, or, without one, a file that replaces the built-in Dockerfile."
  }),
  buildArgs: input({
    mayHoldSecret: true,
    kind: pairs("a NAME=value a line", /^[A-Za-z_][A-Za-z0-9_]*$/),
    group: "image",
    modes: ["build", "run"],
    label: "Build arguments",
    help: "Further build arguments, one `NAME=value` a line; each must be declared by an `ARG` of the Dockerfile. Never put a secret here: images keep them."
  }),
  labels: input({
    kind: pairs("a name=value a line", /^[A-Za-z0-9][A-Za-z0-9._/-]*$/),
    group: "image",
    modes: ["build", "run"],
    label: "Labels",
    help: "Further labels of the image, one `name=value` a line."
  }),
  installJdk: input({
    kind: flag(),
    default: false,
    group: "image",
    modes: ["build", "run"],
    label: "Install a JDK",
    help: "Puts a JDK into the image, which SHIR needs for Parquet, ORC and Avro. A Dockerfile of your own must declare `ARG INSTALL_JDK`."
  }),
  jdkUrl: input({
    // One that holds a credential is refused, and not repeated.
    mayHoldSecret: true,
    kind: publicAddress(),
    otherwise: "what the Dockerfile says",
    group: "image",
    modes: ["build", "run"],
    label: "JDK address",
    help: "Where the build fetches the JDK; needs `jdkSha256`. It stays readable in the image’s history. Passed as `JDK_URL`."
  }),
  jdkSha256: input({
    kind: sha256(),
    otherwise: "what the Dockerfile says",
    group: "image",
    modes: ["build", "run"],
    label: "JDK SHA-256",
    help: "The JDK at `jdkUrl` must have this hash. Passed as `JDK_SHA256`."
  }),
  certificates: input({
    kind: localPath("a folder"),
    group: "image",
    modes: ["build", "run"],
    label: "Certificates",
    help: "A folder whose `.cer` files the image is to trust. A Dockerfile of your own must declare `ARG INSTALL_CERT` and copy `SHIR`."
  }),
  extras: input({
    kind: localPath("a folder"),
    group: "image",
    modes: ["build", "run"],
    label: "Extras",
    help: "A folder that holds `extra.ps1`: all of it is copied into the image’s `SHIR` folder, and the script runs last in the build. Not with `buildContext`."
  }),
  isolation: input({
    kind: choice("default", "process", "hyperv"),
    default: "default",
    group: "image",
    modes: ["build", "run"],
    label: "Isolation",
    help: "How Windows isolates the build and the nodes; `default` leaves it to the engine. Under Hyper-V the build gets 4 GB and each node 8 GB where `memory` says nothing."
  }),
  installerDelivery: input({
    kind: choice("auto", "serve", "copy"),
    default: "auto",
    group: "image",
    modes: ["build", "run"],
    label: "Installer delivery",
    help: "How the build gets the installer. `serve` offers it over HTTP on this machine to the one step that installs it, so that no layer holds it; the Dockerfile must declare `ARG INSTALLER_URL`. `copy` puts it into the context. `auto` serves where it can, and copies else."
  }),
  rebuild: input({
    kind: flag(),
    default: false,
    group: "image",
    modes: ["build", "run"],
    label: "Rebuild",
    help: "Builds even where an image of the same fingerprint is there already."
  })
};

// src/contract/inputs/installer.ts
var installerInputs = {
  shirVersion: input({
    kind: text(
      `stable, latest, or a version such as 5.70.9748.2, not older than ${oldestVersion}`,
      /^(?:stable|latest|(?:0|[1-9]\d{0,4})(?:\.(?:0|[1-9]\d{0,4})){3})$/
    ),
    default: "stable",
    group: "installer",
    modes: ["build", "run"],
    label: "SHIR version",
    help: "`stable` is the version that Microsoft pushes to nodes, `latest` the newest in the Download Center that was not withdrawn; or an exact version."
  }),
  msiUrl: input({
    mayHoldSecret: true,
    variable: { name: "SHIR_MSI_URL", help: "The same as --msi-url, for an address with a token: the process list shows flags." },
    kind: httpsAddress(),
    group: "installer",
    modes: ["build", "run"],
    label: "Installer address",
    help: "Where to fetch the installer instead of Microsoft’s servers. User name, password and query (a SAS token) are treated as secrets."
  }),
  msiPath: input({
    kind: localPath("a file"),
    group: "installer",
    modes: ["build", "run"],
    label: "Installer file",
    help: "An installer that already lies on this machine."
  }),
  msiSha256: input({
    kind: sha256(),
    group: "installer",
    modes: ["build", "run"],
    label: "Installer SHA-256",
    help: "The installer must have this hash, which is proof enough: the signature is then not checked. Without it, the hash that is known of its version, where there is one."
  }),
  verifySignature: input({
    kind: flag(),
    default: true,
    group: "installer",
    modes: ["build", "run"],
    label: "Verify signature",
    help: "The installer must carry Microsoft’s signature. `false` takes what comes, and is warned of each time."
  }),
  cache: input({
    kind: choice("auto", "local", "off"),
    default: "auto",
    group: "installer",
    modes: ["build", "run"],
    label: "Cache",
    help: "Where a downloaded installer is kept: `auto` on this machine, and in GitHub’s cache service where GitHub hosts the machine; `local` on this machine alone; `off` nowhere."
  }),
  cacheDir: input({
    kind: localPath("a folder"),
    otherwise: "the machine’s tool folder",
    group: "installer",
    modes: ["build", "run", "remove"],
    label: "Cache folder",
    help: "Where installers are kept between runs, and what killed runs left is written down. On Azure Pipelines name a folder that the task Cache@2 keeps."
  })
};

// src/contract/inputs/node.ts
var nodeInputs = {
  authKey: input({
    kind: authenticationKey(),
    group: "node",
    modes: ["run"],
    secret: true,
    env: "AUTH_KEY",
    variable: {
      name: "AUTH_KEY",
      help: "The authentication key; or --auth-key-stdin and the key on standard input."
    },
    label: "Authentication key",
    help: "The key of the integration runtime. It goes to the container by name only and is printed nowhere."
  }),
  nodeName: input({
    kind: text(
      "1 to 150 letters, digits, dashes and underscores, starting with a letter or digit",
      /^[A-Za-z0-9][A-Za-z0-9_-]{0,149}$/
    ),
    otherwise: "the container’s hostname",
    group: "node",
    modes: ["run", "gate", "remove"],
    env: "NODE_NAME",
    label: "Node name",
    help: "The node’s name in the integration runtime; several nodes get `-1` to `-4`. In `gate` and `remove`: the nodes that are meant."
  }),
  enableHa: input({
    kind: flag(),
    default: false,
    group: "node",
    modes: ["run"],
    env: "ENABLE_HA",
    label: "High availability",
    help: "Needed for more than one node on the same integration runtime (up to 4)."
  }),
  haPort: input({
    kind: whole(1, 65535),
    default: 8060,
    group: "node",
    modes: ["run"],
    env: "HA_PORT",
    label: "HA port",
    help: "The port on which nodes speak to each other."
  }),
  enableAe: input({
    kind: flag(),
    default: false,
    group: "node",
    modes: ["run"],
    env: "ENABLE_AE",
    label: "Offline expiry",
    help: "Lets the service remove nodes that have been offline for `aeTime`."
  }),
  aeTime: input({
    kind: whole(600, 999999999, "seconds"),
    default: 600,
    group: "node",
    modes: ["run"],
    env: "AE_TIME",
    label: "Offline expiry time",
    help: "Seconds after which an offline node expires; the same for all nodes of an integration runtime."
  }),
  timezone: input({
    kind: text("a Windows time zone id such as W. Europe Standard Time", /^[A-Za-z0-9 ()+.:/_-]{1,64}$/),
    otherwise: "UTC",
    group: "node",
    modes: ["run"],
    env: "TZ",
    label: "Time zone",
    help: "The container’s time zone, as a Windows id."
  }),
  localFolders: input({
    kind: flag(),
    default: false,
    group: "node",
    modes: ["run"],
    env: "LOCAL_FOLDERS",
    label: "Local folders",
    help: "Lets SHIR use folders inside the container (and mounted volumes) as data stores; SHIR refuses them by default since 5.22."
  }),
  containerEnv: input({
    mayHoldSecret: true,
    kind: pairs("a NAME=value a line", /^[A-Za-z_][A-Za-z0-9_().]*$/),
    group: "node",
    modes: ["run"],
    label: "Container environment",
    help: "Further environment variables of the container, one `NAME=value` a line; quotes are part of the value."
  })
};

// src/contract/inputs/step.ts
var stepInputs = {
  mode: input({
    kind: choice(...modes),
    group: "step",
    modes,
    required: true,
    label: "Mode",
    help: "`build` makes the image; `run` starts nodes from it on this machine and waits until they are proven; `gate` only waits for the verdict on nodes that exist; `remove` ends nodes and removes their containers."
  }),
  dryRun: input({
    kind: flag(),
    default: false,
    group: "step",
    modes,
    label: "Dry run",
    help: "Prints the plan and each command, and does nothing: no network, no engine, no change."
  }),
  summary: input({
    hosts: ["github", "azure"],
    kind: flag(),
    default: true,
    group: "step",
    modes,
    label: "Summary",
    help: "Adds a page to the run: what was built from what, the nodes, the timeline."
  })
};

// src/contract/inputs.ts
var inputs = {
  ...stepInputs,
  ...installerInputs,
  ...imageInputs,
  ...nodeInputs,
  ...containersInputs,
  ...gateInputs
};
var keys = Object.keys(inputs);
function entryOf(key) {
  return inputs[key];
}

// src/contract/spelling.ts
function kebab(key) {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
function camel(word2) {
  return word2.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}
function nearest(word2, known2) {
  const plain = (text2) => text2.toLowerCase().replace(/[-_\s]/g, "");
  const scored = known2.map((name) => ({ name, distance: edits(plain(word2), plain(name)) }));
  const best = scored.reduce((a, b) => b.distance < a.distance ? b : a, { name: "", distance: 3 });
  return best.distance <= 2 ? best.name : void 0;
}
function edits(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const cell = (row, column) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const replaced = cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(i - 2, j - 2) + 1 : replaced;
      row.push(Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, replaced, swapped));
    }
  }
  return cell(a.length, b.length);
}

// src/host/process-parts.ts
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { access } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
var systemClock = {
  now: () => Date.now(),
  sleep: (ms, signal) => new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener("abort", end, { once: true });
  }),
  alarm: (ms, ring) => {
    const timer = setTimeout(ring, ms);
    return () => clearTimeout(timer);
  }
};
function cancelSignal() {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"]) {
    if (name === "SIGBREAK" && process.platform !== "win32") continue;
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}
function machineId() {
  return createHash("sha256").update(JSON.stringify([os.hostname().toLowerCase(), installation()])).digest("hex").slice(0, 16);
}
function installation() {
  try {
    if (process.platform === "linux") return readFileSync("/etc/machine-id", "utf8").trim();
    return String(statSync(process.platform === "win32" ? `${process.env.SystemDrive ?? "C:"}\\` : "/").dev);
  } catch {
    return "";
  }
}
function takeInputVariables() {
  const taken = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!name.toUpperCase().startsWith("INPUT_")) continue;
    if (value !== void 0) taken[name.slice("INPUT_".length)] = value;
    delete process.env[name];
  }
  return taken;
}
async function findToolIn(root, name, version, arch) {
  const folder = path.join(root, name, version, arch);
  return access(`${folder}.complete`).then(
    () => folder,
    () => void 0
  );
}

// src/contract/building.ts
var buildingInputs = [
  "shirVersion",
  "msiUrl",
  "msiPath",
  "msiSha256",
  "buildContext",
  "dockerfile",
  "baseImage",
  "buildArgs",
  "installJdk",
  "jdkUrl",
  "jdkSha256",
  "certificates",
  "extras"
];
var onlyBuildingInputs = [
  "verifySignature",
  "labels",
  "push",
  "installerDelivery",
  "rebuild"
];
function buildsImage(inputs2, given) {
  if (inputs2.mode === "gate" || inputs2.mode === "remove") return false;
  const shapes = (key) => given.has(key) && inputs2[key] !== false;
  return inputs2.mode === "build" || !given.has("image") || buildingInputs.some(shapes);
}

// src/contract/build-arguments.ts
var argumentNames = {
  installJdk: "INSTALL_JDK",
  jdkUrl: "JDK_URL",
  jdkSha256: "JDK_SHA256",
  certificates: "INSTALL_CERT"
};
var argumentKeys = Object.keys(argumentNames);
function inputArguments(inputs2) {
  const { installJdk, jdkUrl, jdkSha256, certificates } = inputs2;
  const values = {
    installJdk: installJdk ? "true" : void 0,
    jdkUrl: installJdk ? jdkUrl : void 0,
    jdkSha256: installJdk ? jdkSha256?.toLowerCase() : void 0,
    certificates: certificates === void 0 ? void 0 : "true"
  };
  return argumentKeys.flatMap((key) => {
    const value = values[key];
    return value === void 0 ? [] : [{ key, name: argumentNames[key], value }];
  });
}

// src/contract/labels.ts
var labelPrefix = "io.github.shir-container.";
var prefix = labelPrefix;
var labelNames = {
  /** On images: the installer's version and hash. */
  version: `${prefix}shir-version`,
  sha256: `${prefix}msi-sha256`,
  /** On images: everything that shaped them, as one number; who signed the installer; which JDK was put in. */
  fingerprint: `${prefix}fingerprint`,
  signer: `${prefix}signer`,
  jdk: `${prefix}jdk`,
  /** On images: how the build got the installer, `serve` or `copy`; a copy stays in a layer. */
  delivery: `${prefix}delivery`,
  /** On containers and networks: the set they belong to (`containerName`), the run that made them, and its page. */
  set: `${prefix}name`,
  run: `${prefix}run`,
  page: `${prefix}page`,
  /** On containers: the node's name, and a keyed hash of all that it was started with. */
  node: `${prefix}node`,
  config: `${prefix}config`,
  /** On containers that only serve to look into an image: its id. No node ever has it. */
  look: `${prefix}look`,
  /** On containers that go at the end of the job which started them: as the host names that. */
  endsWithJob: `${prefix}ends-with`
};

// src/contract/rules/image.ts
var imageRules = [
  {
    reads: ["push", "image"],
    level: "fault",
    check: ({ inputs: inputs2, given, spell: spell2 }) => inputs2.push && !given.has("image") ? `${spell2("push")} needs ${spell2("image")}: the references to push to.` : void 0
  },
  {
    reads: ["mode", "image"],
    level: "fault",
    check: ({ inputs: inputs2, given, spell: spell2 }) => inputs2.mode === "run" && !buildsImage(inputs2, given) && (inputs2.image?.length ?? 0) > 1 ? `${spell2("image")} names several images; ${spell2("mode")} run uses one.` : void 0
  },
  {
    reads: ["image"],
    level: "fault",
    check: ({ inputs: inputs2, given, spell: spell2 }) => buildsImage(inputs2, given) && inputs2.image?.some((reference2) => reference2.includes("@")) ? `${spell2("image")} holds a digest; an image to be built has no digest yet, give a tag.` : void 0
  },
  {
    reads: ["labels"],
    level: "fault",
    check: ({ inputs: inputs2, spell: spell2 }) => {
      const taken = inputs2.labels?.find(({ name }) => name.startsWith(labelPrefix));
      return taken && `${spell2("labels")} sets ${taken.name}: names that begin with ${labelPrefix} are the step’s own; choose another.`;
    }
  },
  {
    reads: ["jdkUrl", "jdkSha256"],
    level: "fault",
    check: ({ given, spell: spell2 }) => {
      if (given.has("jdkUrl") === given.has("jdkSha256")) return void 0;
      const [one, other] = given.has("jdkUrl") ? ["jdkUrl", "jdkSha256"] : ["jdkSha256", "jdkUrl"];
      return `${spell2(one)} needs ${spell2(other)}: the default hash belongs to the default address.`;
    }
  },
  {
    reads: ["jdkUrl", "jdkSha256", "installJdk"],
    level: "warning",
    check: ({ inputs: inputs2, given, spell: spell2 }) => given.has("jdkUrl") && !inputs2.installJdk ? `${spell2("jdkUrl")} and ${spell2("jdkSha256")} have no effect without ${spell2("installJdk")} true.` : void 0
  },
  {
    reads: ["buildArgs", ...argumentKeys],
    level: "fault",
    check: ({ inputs: inputs2, given, spell: spell2 }) => {
      const names2 = new Set(inputs2.buildArgs?.map(({ name }) => name));
      const taken = argumentKeys.find(
        (key) => names2.has(argumentNames[key]) && given.has(key) && inputs2[key] !== entryOf(key).default
      );
      return taken && `${spell2("buildArgs")} sets ${argumentNames[taken]}, and so does ${spell2(taken)}; they exclude each other, use one.`;
    }
  },
  {
    reads: ["extras", "buildContext"],
    level: "fault",
    check: ({ given, spell: spell2 }) => given.has("extras") && given.has("buildContext") ? `${spell2("extras")} and ${spell2("buildContext")} exclude each other: the built-in scripts run the extras; a context of your own runs what it wants from its Dockerfile.` : void 0
  }
];

// src/contract/rules/installer.ts
var installerRules = [
  {
    reads: ["shirVersion"],
    level: "fault",
    check: ({ inputs: inputs2, spell: spell2 }) => isSupportedVersion(inputs2.shirVersion) ? void 0 : `${spell2("shirVersion")}: ${inputs2.shirVersion} cannot run in a container; the first version that can is ${oldestVersion}.`
  },
  {
    reads: ["msiUrl", "msiPath"],
    level: "fault",
    check: ({ given, spell: spell2 }) => given.has("msiUrl") && given.has("msiPath") ? `${spell2("msiUrl")} and ${spell2("msiPath")} exclude each other; name one installer.` : void 0
  },
  {
    reads: ["shirVersion", "msiUrl", "msiPath"],
    level: "fault",
    check: ({ inputs: inputs2, given, spell: spell2 }) => {
      const other = given.has("msiUrl") ? "msiUrl" : given.has("msiPath") ? "msiPath" : void 0;
      return other && given.has("shirVersion") && /^(?:stable|latest)$/.test(inputs2.shirVersion) ? `${spell2("shirVersion")}: ${inputs2.shirVersion} says where to look and ${spell2(other)} says it too; give an exact version or none.` : void 0;
    }
  },
  {
    reads: ["shirVersion", "msiUrl", "msiSha256"],
    level: "fault",
    check: (facts) => {
      const contradiction = otherVersionNamed(facts);
      return contradiction && !facts.given.has("msiSha256") ? `${contradiction}; give one of the two, or say with ${facts.spell("msiSha256")} which file is meant.` : void 0;
    }
  },
  {
    reads: ["shirVersion", "msiUrl", "msiSha256"],
    level: "warning",
    check: (facts) => {
      const contradiction = otherVersionNamed(facts);
      return contradiction && facts.given.has("msiSha256") ? `${contradiction}; ${facts.spell("msiSha256")} says which file is meant.` : void 0;
    }
  },
  {
    reads: ["verifySignature"],
    level: "warning",
    check: ({ inputs: inputs2, given, spell: spell2 }) => !inputs2.verifySignature && buildsImage(inputs2, given) ? `${spell2("verifySignature")} is false: nothing proves that the installer is Microsoft’s, unless ${spell2("msiSha256")} does.` : void 0
  }
];
function otherVersionNamed({ inputs: inputs2, spell: spell2 }) {
  const { shirVersion, msiUrl } = inputs2;
  const named = msiUrl && versionInFileName(fileName(msiUrl.whole.reveal()));
  if (!named || !parseVersion(shirVersion) || compareVersions(named, shirVersion) === 0) return void 0;
  return `${spell2("shirVersion")} is ${shirVersion}, but the file’s name in ${spell2("msiUrl")} says ${named}`;
}

// src/contract/rules/node.ts
var ownVariables = keys.flatMap((key) => entryOf(key).env ?? []).concat("AUTH_KEY_FILE");
var usualKey = /^IR@[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[^@\s]+@(?:ServiceEndpoint=)?[A-Za-z0-9.-]+@[A-Za-z0-9+/]{42,}={0,2}$/i;
var nodeRules = [
  {
    reads: ["mode", "authKey"],
    level: "fault",
    check: ({ inputs: inputs2, given, spell: spell2 }) => inputs2.mode === "run" && !given.has("authKey") ? `${spell2("authKey")} is missing; ${spell2("mode")} run needs the key of the integration runtime.` : void 0
  },
  {
    reads: ["nodeCount", "enableHa"],
    level: "fault",
    check: ({ inputs: inputs2, spell: spell2 }) => inputs2.nodeCount > 1 && !inputs2.enableHa ? `${spell2("nodeCount")} ${inputs2.nodeCount} needs ${spell2("enableHa")} true: without it the service takes one node only.` : void 0
  },
  {
    reads: ["nodeName", "nodeCount"],
    level: "fault",
    check: ({ inputs: inputs2, spell: spell2 }) => inputs2.nodeCount > 1 && (inputs2.nodeName?.length ?? 0) > 148 ? `${spell2("nodeName")} may have 148 characters at most here, since -1 to -${inputs2.nodeCount} are added.` : void 0
  },
  {
    reads: ["containerEnv"],
    level: "fault",
    check: ({ inputs: inputs2, spell: spell2 }) => {
      const taken = inputs2.containerEnv?.find(({ name }) => ownVariables.includes(name.toUpperCase()));
      const key = taken && keys.find((candidate) => entryOf(candidate).env === taken.name.toUpperCase());
      return taken && `${spell2("containerEnv")} sets ${taken.name}, which has an input of its own${key ? `: ${spell2(key)}` : ""}.`;
    }
  },
  {
    reads: ["containerEnv"],
    level: "fault",
    check: ({ inputs: inputs2, spell: spell2 }) => {
      const names2 = inputs2.containerEnv?.map(({ name }) => name) ?? [];
      const isAgain = (name, index) => names2.findIndex((other) => other.toUpperCase() === name.toUpperCase()) < index;
      const again = names2.find(isAgain);
      return again && `${spell2("containerEnv")} sets ${again} twice: Windows does not tell upper case from lower case in names.`;
    }
  },
  {
    reads: ["aeTime", "enableAe"],
    level: "warning",
    check: ({ inputs: inputs2, given, spell: spell2 }) => given.has("aeTime") && !inputs2.enableAe ? `${spell2("aeTime")} has no effect without ${spell2("enableAe")} true.` : void 0
  },
  {
    reads: ["haPort", "enableHa"],
    level: "warning",
    check: ({ inputs: inputs2, given, spell: spell2 }) => given.has("haPort") && !inputs2.enableHa ? `${spell2("haPort")} has no effect without ${spell2("enableHa")} true.` : void 0
  },
  {
    reads: ["enableAe", "enableHa"],
    level: "warning",
    check: ({ inputs: inputs2, spell: spell2 }) => inputs2.enableAe && !inputs2.enableHa ? `${spell2("enableAe")} without ${spell2("enableHa")}: Microsoft documents offline expiry only with high availability.` : void 0
  },
  {
    reads: ["timezone"],
    level: "warning",
    check: async ({ inputs: inputs2, spell: spell2 }) => {
      if (!inputs2.timezone?.includes("/")) return void 0;
      const { findWindows } = await import("./windows-iana.esm-K4HSK322.mjs");
      const [windows] = findWindows(inputs2.timezone);
      return `${spell2("timezone")}: ${inputs2.timezone} is an IANA name, Windows will not know it${windows ? `; use ${windows}` : ""}.`;
    }
  },
  {
    reads: ["containerEnv"],
    level: "warning",
    check: ({ inputs: inputs2, spell: spell2 }) => {
      const proxy = inputs2.containerEnv?.find(({ name }) => /^(?:https?|no|all)_proxy$/i.test(name));
      return proxy && `${spell2("containerEnv")} sets ${proxy.name}: Microsoft does not support an HTTP proxy for SHIR in containers.`;
    }
  },
  {
    reads: ["authKey"],
    level: "warning",
    check: ({ inputs: inputs2, spell: spell2 }) => inputs2.authKey && !usualKey.test(inputs2.authKey.reveal()) ? `${spell2("authKey")} does not look like the usual key; if the service refuses it, copy it again.` : void 0
  }
];

// src/contract/rules.ts
var rules = [...installerRules, ...imageRules, ...nodeRules];
async function checkRules(facts) {
  const faults = [];
  const warnings = [];
  for (const rule of rules) {
    if (rule.reads.some((key) => facts.unparsed.has(key)) || !isServed(rule, facts)) continue;
    const sentence = await rule.check(facts);
    if (sentence) (rule.level === "fault" ? faults : warnings).push(sentence);
  }
  return { faults, warnings: [...warnings, ...unusedInputs(facts)] };
}
function isServed({ reads }, { inputs: inputs2, unparsed }) {
  if (unparsed.has("mode") || inputs2.mode === void 0) return true;
  return reads.some((key) => key !== "mode" && entryOf(key).modes.includes(inputs2.mode));
}
function unusedInputs({ inputs: inputs2, given, unparsed, spell: spell2 }) {
  if (unparsed.has("mode") || inputs2.mode === void 0) return [];
  const unused = keys.filter(
    (key) => given.has(key) && inputs2[key] !== entryOf(key).default && !entryOf(key).modes.includes(inputs2.mode)
  );
  const idle = inputs2.mode === "run" && !buildsImage(inputs2, given) ? onlyBuildingInputs.filter((key) => given.has(key) && inputs2[key] !== entryOf(key).default) : [];
  return [
    ...unused.map((key) => `${spell2(key)} is not used in ${spell2("mode")} ${inputs2.mode}.`),
    ...idle.map((key) => `${spell2(key)} is not used, since the image is not built here.`)
  ];
}

// src/contract/parse.ts
var shortestSecret = 12;
async function parseInputs(raw, spell2) {
  const faults = [];
  const values = /* @__PURE__ */ new Map();
  const given = /* @__PURE__ */ new Set();
  const secrets = keys.flatMap((key) => entryOf(key).secret && raw[key]?.trim() || []).filter((text2) => text2.length >= shortestSecret);
  const unknown = Object.keys(raw).filter((name) => !keys.includes(name) && raw[name]?.trim());
  for (const name of unknown) {
    const meant = nearest(name, keys);
    if (meant) faults.push(`${name} is no input; did you mean ${spell2(meant)}?`);
  }
  for (const key of keys) {
    const text2 = raw[key]?.trim() ?? "";
    if (text2 === "") {
      values.set(key, entryOf(key).default);
      if (entryOf(key).required) faults.push(`${spell2(key)} is missing; allowed is ${entryOf(key).kind.allowed}.`);
      continue;
    }
    given.add(key);
    if (/^\$\([^()]*\)$/.test(text2)) {
      faults.push(`${spell2(key)} is the unresolved text of a pipeline variable: that variable is not defined.`);
      continue;
    }
    if (!entryOf(key).secret && (looksLikeKey(text2) || secrets.some((secret) => text2.includes(secret)))) {
      faults.push(`${spell2(key)} holds an authentication key, which belongs to ${spell2("authKey")} alone.`);
      continue;
    }
    const result = entryOf(key).kind.schema.safeParse(text2);
    if (result.success) values.set(key, result.data);
    else faults.push(faultOf(key, text2, customIssues(result.error.issues), spell2));
  }
  const unparsed = new Set(keys.filter((key) => !values.has(key)));
  const inputs2 = Object.fromEntries(values);
  const verdict = await checkRules({ inputs: inputs2, given, unparsed, spell: spell2 });
  faults.push(...verdict.faults);
  if (faults.length > 0) throw invalid(faults);
  return { inputs: inputs2, given, warnings: [...unknown.map((name) => `${name} is no input and is not used.`), ...verdict.warnings] };
}
function invalid(faults) {
  const message = faults.length === 1 ? String(faults[0]) : `${faults.length} things are wrong with the inputs:
${faults.map((fault) => `- ${fault}`).join("\n")}`;
  return new StepError("invalid-input", message, { hint: "Correct the inputs and run the step again; nothing was done yet." });
}
function faultOf(key, text2, issues, spell2) {
  const entry = entryOf(key);
  const shown2 = entry.secret || entry.mayHoldSecret ? "what was given" : JSON.stringify(text2.length > 80 ? `${text2.slice(0, 80)}…` : text2);
  const meant = entry.kind.options && nearest(text2, entry.kind.options);
  const why = issues.length > 0 ? ` (${issues.join("; ")})` : "";
  return `${spell2(key)}: ${shown2} is not allowed${why}; allowed is ${entry.kind.allowed}.${meant ? ` Did you mean ${meant}?` : ""}`;
}
function customIssues(issues) {
  return issues.filter((issue) => issue.code === "custom" && issue.message !== "Invalid input").map((issue) => issue.message);
}

// src/process/program.ts
import { access as access2, constants, realpath, stat } from "node:fs/promises";
import path2 from "node:path";

// src/process/variable.ts
function variable(name, { environment, machine }) {
  if (machine.platform !== "win32") return environment[name];
  const entry = Object.entries(environment).find(([other]) => other.toUpperCase() === name.toUpperCase());
  return entry?.[1];
}

// src/process/program.ts
async function findProgram(name, host) {
  const { platform, workspace } = host.machine;
  const isWindows = platform === "win32";
  const names2 = isWindows && path2.extname(name) === "" ? [`${name}.exe`, `${name}.com`] : [name];
  const home = await realpath(workspace).catch(() => workspace);
  const isAtRoot = home === path2.parse(home).root;
  for (const folder of searchPath(host)) {
    for (const file of names2.map((candidate) => path2.join(folder, candidate))) {
      if (!path2.isAbsolute(file) || !await isRunnable(file)) continue;
      if (isAtRoot || !isInside(await realpath(file), home) && !isInside(file, workspace)) return file;
    }
  }
  return void 0;
}
function isInside(file, folder) {
  const relative = path2.relative(folder, file);
  return relative === "" || !relative.startsWith(`..${path2.sep}`) && relative !== ".." && !path2.isAbsolute(relative);
}
function searchPath(host) {
  return (variable("PATH", host) ?? "").split(path2.delimiter).map((folder) => folder.replace(/^"(.*)"$/, "$1")).filter((folder) => folder !== "");
}
async function isRunnable(file) {
  return access2(file, constants.X_OK).then(() => stat(file)).then(
    (facts) => facts.isFile(),
    () => false
  );
}

// src/process/run.ts
import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";

// src/contract/machine-variables.ts
var names = /* @__PURE__ */ new Set([
  // How programs are found, and where they may write.
  "PATH",
  "PATHEXT",
  "SYSTEMROOT",
  "SYSTEMDRIVE",
  "WINDIR",
  "COMSPEC",
  "TEMP",
  "TMP",
  "TMPDIR",
  "PROGRAMFILES",
  "PROGRAMFILES(X86)",
  "PROGRAMW6432",
  // Who runs them, and where their settings lie.
  "HOME",
  "HOMEDRIVE",
  "HOMEPATH",
  "USERPROFILE",
  "USERNAME",
  "USER",
  "APPDATA",
  "LOCALAPPDATA",
  "PROGRAMDATA",
  "ALLUSERSPROFILE",
  "XDG_RUNTIME_DIR",
  "LANG",
  "LC_ALL",
  "TZ",
  // The network.
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "ALL_PROXY",
  // The runners find what a job left running by these.
  "RUNNER_TRACKING_ID",
  "VSTS_PROCESS_LOOKUP_ID"
]);
function isMachineVariable(name) {
  return names.has(name.toUpperCase());
}
function onlyVariables(environment, allowed) {
  const entries = Object.entries(environment).filter(([name]) => allowed(name));
  return Object.fromEntries(entries.filter((entry) => entry[1] !== void 0));
}

// src/process/run.ts
function isChildVariable(name) {
  return isMachineVariable(name) || name.toUpperCase().startsWith("DOCKER_");
}
function childEnvironment(environment) {
  return onlyVariables(environment, isChildVariable);
}
var mostCollected = 4 * 1024 * 1024;
var forceAfterMs = 2e3;
function runProgram(program, args, host, options = {}) {
  const signal = options.signal ?? host.signal;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: host.machine.temp,
      env: { ...childEnvironment(host.environment), ...options.variables },
      stdio: ["ignore", "pipe", "pipe"]
    });
    const stdout = collector((line) => options.onLine?.(line, "stdout"));
    const stderr = collector((line) => options.onLine?.(line, "stderr"));
    child.stdout.on("data", stdout.take);
    child.stderr.on("data", stderr.take);
    const over = new AbortController();
    let timedOut = false;
    const force = () => {
      child.kill("SIGKILL");
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const stop = () => {
      child.kill("SIGINT");
      void host.clock.sleep(forceAfterMs, over.signal).then(() => over.signal.aborted || force());
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
    if (options.limitMs !== void 0) {
      void host.clock.sleep(options.limitMs, over.signal).then(() => {
        if (over.signal.aborted) return;
        timedOut = true;
        force();
      });
    }
    const finish2 = () => {
      over.abort();
      signal.removeEventListener("abort", stop);
    };
    child.once("error", (error) => {
      finish2();
      reject(error);
    });
    child.once("close", (code2) => {
      finish2();
      resolve({ code: code2, stdout: stdout.end(), stderr: stderr.end(), timedOut });
    });
  });
}
var longestLine = 64 * 1024;
function collector(onLine) {
  const decoder = new StringDecoder("utf8");
  const kept = [];
  let size = 0;
  let line = "";
  let held = "";
  const take = (text2) => {
    if (size < mostCollected) kept.push(text2);
    size += text2.length;
    const whole2 = held + text2;
    held = whole2.endsWith("\r") ? "\r" : "";
    const [first = "", ...others] = whole2.slice(0, whole2.length - held.length).split(/\r\n|\n|\r/);
    line = (line + first).slice(0, longestLine);
    for (const next of others) {
      onLine(line);
      line = next.slice(0, longestLine);
    }
  };
  return {
    take: (chunk) => take(decoder.write(chunk)),
    end: () => {
      take(decoder.end());
      if (line !== "" || held !== "") onLine(line);
      return kept.join("");
    }
  };
}

// src/engine/docker.ts
var readLimitMs = 6e4;
var always = { DOCKER_BUILDKIT: "0", DOCKER_CLI_HINTS: "false" };
async function openDocker(host) {
  const program = await findProgram("docker", host);
  if (program === void 0)
    throw new StepError("docker-missing", "There is no docker command on this machine.", {
      hint: "Install Docker and put it on PATH; programs inside the workspace are not used. On GitHub: runs-on: windows-2022 or windows-2025."
    });
  const run = async (args, options = {}) => {
    const finished = await runProgram(program, args, host, { ...options, variables: { ...options.variables, ...always } }).catch(
      (error) => {
        throw new StepError("engine-failed", `docker could not be started (${error.code ?? error.message}).`, {
          hint: `Check ${program}.`,
          cause: error
        });
      }
    );
    if (host.signal.aborted && options.signal === void 0) throw endOf(host.signal);
    if (finished.code !== 0 && options.signal?.aborted !== true && isUnreachable(finished.stderr))
      throw unreachable(firstLine(finished.stderr));
    if (finished.timedOut) throw unreachable(`"docker ${args[0]}" did not answer in ${(options.limitMs ?? 0) / 1e3} s`);
    return finished;
  };
  const read = (args, options) => run(args, { limitMs: readLimitMs, ...options });
  return {
    program,
    run,
    read,
    ask: async (args, options) => {
      const finished = await read(args, options);
      if (finished.code === 0) return finished.stdout;
      throw engineFailed(String(args[0]), finished.stderr);
    }
  };
}
function engineFailed(command, stderr) {
  return new StepError("engine-failed", `docker ${command} failed: ${firstLine(stderr)}`, {
    hint: "These are the engine’s own words; its log (on Windows: the event log) says more."
  });
}
function idsOf(text2) {
  return text2.split(/\s+/).filter((id) => id !== "");
}
function firstLine(text2) {
  const lines2 = text2.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "" && !/^(?:DEPRECATED:|WARNING:|Install the buildx|https:)/.test(line));
  return lines2[0]?.replace(/^(?:docker: )?Error response from daemon: /, "") ?? "it said nothing";
}
function isUnreachable(stderr) {
  return /cannot connect to the docker daemon|error during connect|failed to connect to the docker API|permission denied while trying to connect|is the docker daemon running/i.test(
    stderr
  );
}
function unreachable(why) {
  return new StepError("engine-unreachable", `The docker command works, but its engine does not answer: ${why}`, {
    hint: "Start the engine (on Windows: Start-Service docker) and check DOCKER_HOST and the rights of this user."
  });
}

// src/contract/address-secrets.ts
var shortest = 6;
function addressSecrets(whole2, said = "") {
  const url = new URL(whole2);
  const isSaid = (text2) => said.toLowerCase().includes(text2.toLowerCase());
  const values = pairsOf(url).filter(({ name, value }) => isSecretName(name) || !formsOf(value).some((text2) => isPublic(text2, url) || isSaid(text2))).map(({ value }) => value);
  const query = pairsOf(url).every(({ name }) => name === "") ? [] : [url.search.slice(1)];
  const user = isSaid(url.username) ? [] : [url.username];
  const parts = [...query, ...values, ...user, url.password];
  return [...new Set(parts.flatMap(formsOf))].filter((part) => part.length >= shortest);
}
function pairsOf({ search }) {
  return search.slice(1).split("&").filter((text2) => text2 !== "").map((text2) => {
    const at = text2.indexOf("=");
    return at < 0 ? { name: "", value: text2 } : { name: percentDecoded(text2.slice(0, at)), value: text2.slice(at + 1) };
  });
}
function formsOf(text2) {
  return [text2, percentDecoded(text2), new URLSearchParams(`_=${text2.replaceAll("&", "%26")}`).get("_") ?? text2];
}
var secretName = /(?:sig|signature|hmac|token|jwt|key|secret|pass|passw(?:or)?d|passphrase|pwd|auth|authorization|credentials?|code|otp|pin|session|sid|cookie|bearer)[\W\d_]*$/i;
function isSecretName(name) {
  return secretName.test(name);
}
var publicForms = [
  /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?(?:Z|[ +-]\d\d:?\d\d)?)?$/i,
  // Also behind the name of what it is of: `shir-5.70.9748.2`, `v5.70`.
  /^(?:[a-z]{1,20}[-_:@. ])?v?\d{1,5}(?:[.-]\d{1,5}){1,3}$/i,
  /^[\w .()-]{1,100}\.msi$/i,
  /^\d{1,8}$/
];
var word = /^(?!.*[^aeiouy]{5})(?:[a-z]{1,12}|[A-Z][a-z]{1,11}|[A-Z]{1,12})$/;
function isPublic(text2, { host, hostname }) {
  return text2 === host || text2 === hostname || word.test(text2) || publicForms.some((form) => form.test(text2));
}

// src/report/redact.ts
var shown = "***";
var shortestSecret2 = 6;
function redactor() {
  const forms = /* @__PURE__ */ new Set();
  let pattern2;
  return {
    add: (value) => {
      for (const form of formsOf2(value)) forms.add(form);
      const longestFirst = [...forms].sort((a, b) => b.length - a.length);
      pattern2 = longestFirst.length > 0 ? new RegExp(longestFirst.map(escapeRegExp).join("|"), "g") : void 0;
    },
    redact: (text2) => pattern2 ? text2.replace(pattern2, shown) : text2
  };
}
function formsOf2(value) {
  const parts = [...value.split(/\r\n|\r|\n/), value].filter((part) => part.length >= shortestSecret2);
  const pieces = [...parts, lastPartOf(value)].filter((piece) => piece.length >= shortestSecret2);
  return [...new Set(pieces.flatMap(encodings))].filter((form) => form.length >= shortestSecret2);
}
function lastPartOf(value) {
  return looksLikeKey(value) ? value.slice(value.lastIndexOf("@") + 1) : "";
}
function encodings(text2) {
  const json = JSON.stringify(text2).slice(1, -1);
  const xml = text2.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  const namedXml = text2.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&apos;");
  const dotnet = text2.replace(
    /[+<>&'"`]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`
  );
  const xmlPlus = text2.replaceAll("+", "&#x2B;");
  const url = encodeURIComponent(text2);
  const escaped = [
    url,
    lowerEscapes(url),
    json,
    json.replaceAll("/", "\\/"),
    dotnet,
    lowerEscapes(dotnet),
    xml,
    namedXml,
    xmlPlus
  ];
  return [text2, ...escaped, ...everySymbol(text2), ...base64Forms(Buffer.from(text2)), ...base64Forms(Buffer.from(text2, "utf16le"))];
}
function everySymbol(text2) {
  const each = (escaped) => text2.replace(/[^A-Za-z0-9]/g, (symbol) => escaped(symbol.charCodeAt(0)));
  const hex = (code2) => code2.toString(16).padStart(2, "0");
  const unicode = each((code2) => `\\u00${hex(code2)}`);
  const entities = [each((code2) => `&#${code2};`), each((code2) => `&#x${hex(code2)};`), each((code2) => `&#x${hex(code2).toUpperCase()};`)];
  const plus = [
    text2.replaceAll("+", "&#43;"),
    text2.replaceAll("=", "\\u003d"),
    text2.replaceAll("+", " "),
    text2.replaceAll("+", "-").replaceAll("/", "_")
  ];
  return [unicode, lowerEscapes(unicode), ...entities, ...plus, text2.replace(/=+$/, "")];
}
function base64Forms(bytes) {
  const forms = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    return encoded.slice(shift === 0 ? 0 : 4).replace(/.?=+$/, "");
  });
  return forms.flatMap((form) => [form, ...wrapped(form)]);
}
function wrapped(text2) {
  const linesOf = (width) => text2.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
  return [76, 64].flatMap(linesOf).filter((line) => line.length >= 16);
}
function lowerEscapes(text2) {
  return text2.replace(/\\u[0-9A-F]{4}|%[0-9A-F]{2}/g, (code2) => code2.toLowerCase());
}
function escapeRegExp(text2) {
  return text2.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

// src/report/sanitize.ts
var longestLine2 = 8192;
var control = new RegExp("(?!\\t)\\p{Cc}", "gu");
var escapeSequence = new RegExp("(?!\\t)\\p{Cc}(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\p{Cc}]*)", "gu");
var invisible = new RegExp("\\p{Default_Ignorable_Code_Point}|[\\u2028\\u2029]", "gu");
function splitLines(text2) {
  return text2.split(/\r\n|\r|\n/);
}
function sanitizeLine(line) {
  const visible = line.replace(escapeSequence, "").replace(control, "").replace(invisible, "");
  return visible.replace(/##(?=\[)/g, "# #").replace(/##(?=vso)/gi, "**").replace(/^(\s*):(?=:)/, "$1: ");
}
function cutLine(line) {
  return line.length > longestLine2 ? `${line.slice(0, longestLine2)}… (${line.length - longestLine2} more characters)` : line;
}

// src/report/guard.ts
var longestProgress = 100;
var longestPage = 1e6;
function cutPage(page) {
  const bytes = Buffer.from(page);
  return bytes.length <= longestPage ? page : `${bytes.subarray(0, longestPage).toString().replace(/\uFFFD$/, "")}
~~~

… the rest was cut: a page holds 1 MB.
`;
}
function guard(host) {
  const secrets = redactor();
  const masked = /* @__PURE__ */ new Set();
  const line = (text2) => cutLine(secrets.redact(sanitizeLine(text2)));
  const block = (text2) => splitLines(text2).map(line).join("\n");
  return {
    ...host,
    log: (text2) => {
      for (const part of splitLines(text2)) host.log(line(part));
    },
    group: (title, body) => host.group(line(title), body),
    annotate: ({ level, title, message }) => host.annotate({ level, title: line(title), message: block(message) }),
    progress: (percent, text2) => host.progress(percent, line(text2).slice(0, longestProgress)),
    mask: (value) => {
      if (masked.has(value)) return;
      masked.add(value);
      secrets.add(value);
      for (const part of [...splitLines(value), lastPartOf(value)]) if (part.length >= shortestSecret2) host.mask(part);
    },
    // Outputs are data for other steps: secrets go, the rest stays as it is.
    output: (name, value) => host.output(name, secrets.redact(value)),
    summary: (markdown) => host.summary(cutPage(block(markdown))),
    state: { load: host.state.load, save: (value) => host.state.save(secrets.redact(value)) }
  };
}
var repeated = ["shirVersion", "msiSha256", "image", "nodeName", "containerName"];
function maskInputs(host) {
  for (const key of keys) {
    const text2 = host.inputs[key]?.trim() ?? "";
    if (entryOf(key).secret && text2.length >= shortestSecret2) host.mask(text2);
  }
  const address = host.inputs.msiUrl?.trim() ?? "";
  const said = repeated.map((key) => host.inputs[key] ?? "").join("\n");
  if (URL.canParse(address)) for (const part of addressSecrets(address, said)) host.mask(part);
}
function tellForeign(host, text2) {
  for (const part of splitLines(text2)) host.log(`│ ${part}`);
}

// src/journal/heartbeat.ts
var beatMs = 3e4;
async function beating(journal, host, body) {
  const over = new AbortController();
  const ended = new Promise((resolve) => over.signal.addEventListener("abort", () => resolve(), { once: true }));
  const beat = async () => {
    await Promise.race([journal.begun, ended]);
    while (!over.signal.aborted) {
      await host.clock.sleep(beatMs, over.signal);
      if (!over.signal.aborted) await journal.touch().catch(() => {
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const beats = beat();
  try {
    return await body();
  } finally {
    over.abort();
    await beats;
  }
}

// src/release/cleanup.ts
function decideCleanup({ cleanup }, { machine, spell: spell2 }) {
  if (cleanup === "never")
    return { endsWithJob: false, keepsFailed: true, sentence: `Nodes stay, proven or not, since ${spell2("cleanup")} is never.` };
  const endsWithJob = cleanup === "always" || machine.isEphemeral === true;
  const why = cleanup === "always" ? `since ${spell2("cleanup")} is always` : `since this machine ${machine.isEphemeral ? "ends with it" : "outlives the job"} (${spell2("cleanup")} auto)`;
  const what = endsWithJob ? "Nodes that this step starts and that pass their gate go at the end of the job" : "Nodes that pass their gate stay";
  return { endsWithJob, keepsFailed: false, sentence: machine.isEphemeral === void 0 ? void 0 : `${what}, ${why}.` };
}
function journalFor({ keepsFailed }, journal) {
  if (!keepsFailed) return journal;
  return { ...journal, intend: async (debt) => debt.kind === "path" ? journal.intend(debt) : void 0 };
}
async function passed(container, { endsWithJob }, journal) {
  const debt = { kind: "container", name: container, run: journal.id };
  await (endsWithJob ? journal.defer(debt) : journal.settle(debt));
}

// src/release/debts.ts
import { rm } from "node:fs/promises";

// src/journal/debt.ts
import path3 from "node:path";
function spellDebt(debt) {
  return `${debt.kind} ${debt.kind === "path" ? debt.path : debt.name}`;
}
function isSame(a, b) {
  return a.kind === "path" ? b.kind === "path" && a.path === b.path : b.kind === a.kind && a.name === b.name && a.run === b.run;
}
var uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
var ownName = new RegExp(`^shir-(?:build|env|look|installer)-${uuid}$`);
function readDebt(value) {
  const { kind, path: place, name, run } = value ?? {};
  if (kind === "path")
    return typeof place === "string" && path3.isAbsolute(place) && ownName.test(path3.basename(place)) ? { kind, path: place } : void 0;
  if (kind !== "container" && kind !== "network" || typeof name !== "string" || typeof run !== "string") return void 0;
  return run === "" ? void 0 : { kind, name, run };
}
function ledger() {
  const items = [];
  const find = (debt) => items.findIndex((item) => isSame(item.debt, debt));
  const listed = (isDeferred) => items.filter((item) => item.isDeferred === isDeferred).map(({ debt }) => debt);
  return {
    add: (debt) => void items.unshift({ debt, isDeferred: false }),
    has: (debt) => find(debt) >= 0,
    remove: (debt) => {
      const at = find(debt);
      if (at >= 0) items.splice(at, 1);
    },
    defer: (debt) => {
      const item = items[find(debt)];
      if (item) item.isDeferred = true;
    },
    owed: () => listed(false),
    deferred: () => listed(true)
  };
}

// src/engine/arguments.ts
function buildArguments(order) {
  return [
    "build",
    "--force-rm",
    // a failed step leaves its container behind otherwise
    ...["--iidfile", order.idFile],
    ...["--file", order.dockerfile],
    ...order.network === void 0 ? [] : ["--network", order.network],
    ...order.isolation === void 0 ? [] : ["--isolation", order.isolation],
    ...order.memory === void 0 ? [] : ["--memory", order.memory],
    ...order.isFresh ? ["--no-cache"] : [],
    ...order.args.flatMap(({ name, value }) => ["--build-arg", `${name}=${value}`]),
    ...labelArguments(order.labels),
    // Whatever follows is no option, even when it looks like one.
    ...["--", order.context]
  ];
}
var startInterval = "20s";
function runArguments(node, image, setting) {
  return [
    ...["run", "--detach"],
    ...["--name", node.container],
    ...["--hostname", node.hostname],
    ...labelArguments(node.labels),
    ...node.variables.flatMap(variableArguments),
    ...setting.envFile === void 0 ? [] : ["--env-file", setting.envFile],
    ...["--restart", node.restartPolicy],
    ...node.isolation === void 0 ? [] : ["--isolation", node.isolation],
    ...node.memory === void 0 ? [] : ["--memory", node.memory],
    ...node.cpus === void 0 ? [] : ["--cpus", node.cpus],
    ...joinArguments(node),
    ...node.volumes.flatMap((volume) => ["--volume", volume]),
    ...setting.startInterval ? ["--health-start-interval", startInterval] : [],
    ...["--", image]
  ];
}
var builtInNetworks = ["bridge", "default", "host", "nat", "none"];
function joinArguments({ network, hostname }) {
  if (network === void 0) return [];
  return ["--network", network, ...builtInNetworks.includes(network) ? [] : ["--network-alias", hostname]];
}
function networkArguments(name, labels, os2) {
  return [
    "network",
    "create",
    "--driver",
    os2 === "windows" ? "nat" : "bridge",
    ...labels.flatMap((label) => ["--label", `${label.name}=${label.value}`]),
    "--",
    name
  ];
}
function secretVariables(node) {
  return Object.fromEntries(
    node.variables.flatMap(
      ({ name, value }) => typeof value === "string" || isChildVariable(name) ? [] : [[name, value.reveal()]]
    )
  );
}
function fileVariables(node) {
  return node.variables.flatMap(
    ({ name, value }) => typeof value !== "string" && isChildVariable(name) ? [`${name}=${value.reveal()}`] : []
  );
}
function variableArguments({ name, value }) {
  if (typeof value === "string") return ["--env", `${name}=${value}`];
  return isChildVariable(name) ? [] : ["--env", name];
}
function pullArguments(reference2) {
  return ["pull", "--", reference2];
}
function pushArguments(reference2) {
  return ["push", "--", reference2];
}
function inspectManifestArguments(reference2, isInsecure) {
  return ["--debug", "manifest", "inspect", "--verbose", ...isInsecure ? ["--insecure"] : [], "--", reference2];
}
function removeImageArguments(id) {
  return ["image", "rm", "--", id];
}
function tagArguments(source, reference2) {
  return ["tag", "--", source, reference2];
}
function inspectImageArguments(reference2) {
  return ["image", "inspect", "--", reference2];
}
function listImagesArguments() {
  return ["image", "ls", "--all", "--quiet", "--no-trunc"];
}
function labelArguments(labels) {
  return labels.flatMap(({ name, value }) => ["--label", `${name}=${value}`]);
}
function inspectNetworkArguments(id) {
  return ["network", "inspect", "--", id];
}
function listNetworksArguments(filter) {
  return ["network", "ls", "--quiet", "--no-trunc", "--filter", filter];
}
function keepEndedArguments(id) {
  return ["update", "--restart=no", "--", id];
}
function unpauseArguments(id) {
  return ["unpause", "--", id];
}
function stopArguments(id) {
  return ["stop", "-t", "60", "--", id];
}
function removeEndedArguments(id) {
  return ["rm", "--volumes", "--", id];
}
function removeArguments(id) {
  return ["rm", "--force", "--volumes", "--", id];
}
function removeNetworkArguments(id) {
  return ["network", "rm", id];
}
function listArguments(filter) {
  return ["ps", "--all", "--quiet", "--no-trunc", ...filter === void 0 ? [] : ["--filter", filter]];
}
function inspectArguments(ids) {
  return ["container", "inspect", "--", ...ids];
}
function execArguments(id, command) {
  return ["exec", id, ...command];
}
var tellingEvents = ["health_status", "die", "oom", "start", "destroy"];
function eventArguments(id) {
  const events = tellingEvents.flatMap((event) => ["--filter", `event=${event}`]);
  return ["events", "--filter", "type=container", "--filter", `container=${id}`, ...events, "--format", "{{json .}}"];
}
var mostLogLines = 400;
function logArguments(id, since) {
  return ["logs", "--timestamps", "--since", since, "--tail", String(mostLogLines), "--", id];
}
function lastLogArguments(id, count) {
  return ["logs", "--timestamps", "--tail", String(count), "--", id];
}
function spellCommand(args) {
  return ["docker", ...args].map((word2) => /^[\w@%+=:,./\\<>-]+$/.test(word2) ? word2 : JSON.stringify(word2)).join(" ");
}

// src/engine/inspect.ts
async function inspectImage(docker, reference2) {
  const { code: code2, stdout, stderr } = await docker.read(inspectImageArguments(reference2));
  if (code2 !== 0) {
    if (/no such image/i.test(stderr)) return void 0;
    throw engineFailed("image inspect", stderr);
  }
  const [image] = JSON.parse(stdout);
  if (!image) return void 0;
  const test = image.Config?.Healthcheck?.Test ?? [];
  return {
    id: image.Id,
    os: image.Os,
    osVersion: image.OsVersion,
    repoDigests: image.RepoDigests ?? [],
    repoTags: image.RepoTags ?? [],
    labels: image.Config?.Labels ?? {},
    hasHealthCheck: test.length > 0 && test[0] !== "NONE"
  };
}
var mostAtOnce = 50;
async function inspectContainers(docker, ids, host, options = {}) {
  const facts = [];
  for (let from = 0; from < ids.length; from += mostAtOnce) {
    const { stdout, stderr, code: code2 } = await docker.read(inspectArguments(ids.slice(from, from + mostAtOnce)), options);
    if (code2 !== 0 && !/no such container/i.test(stderr)) throw engineFailed("container inspect", stderr);
    facts.push(...JSON.parse(stdout || "[]").map((raw) => containerFacts(raw, host)));
  }
  return facts;
}
function containerFacts(raw, host) {
  const variables = new Map(
    (raw.Config.Env ?? []).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)])
  );
  const key = variables.get("AUTH_KEY");
  if (key) host.mask(key);
  const { State: state } = raw;
  return {
    id: raw.Id,
    name: raw.Name.replace(/^\//, ""),
    labels: raw.Config.Labels ?? {},
    imageId: raw.Image ?? "",
    // As in the container itself: an empty variable says nothing.
    nodeName: variables.get("NODE_NAME") || raw.Config.Hostname,
    status: state.Status,
    exitCode: state.ExitCode,
    restartCount: raw.RestartCount ?? 0,
    startedAt: state.StartedAt,
    removesItself: raw.HostConfig?.AutoRemove ?? false,
    restartPolicy: spellRestartPolicy(raw.HostConfig?.RestartPolicy),
    health: state.Health && state.Health.Status !== "none" ? state.Health.Status : void 0,
    // Docker keeps the log of an earlier start: only probes of this one tell something.
    probes: (state.Health?.Log ?? []).filter((probe) => Date.parse(probe.Start) >= Date.parse(state.StartedAt)).map((probe) => ({ startedAt: probe.Start, exitCode: probe.ExitCode, output: probe.Output.trim() }))
  };
}
function spellRestartPolicy({ Name, MaximumRetryCount = 0 } = { Name: "no" }) {
  return MaximumRetryCount > 0 ? `${Name}:${MaximumRetryCount}` : Name || "no";
}

// src/engine/networks.ts
async function networksCalled(docker, name) {
  return idsOf(await docker.ask(listNetworksArguments(`name=^${name.replaceAll(".", "\\.")}$`)));
}
async function oldestFirst(docker, ids) {
  const networks = (await Promise.all(ids.map((id) => inspectNetwork(docker, id)))).filter((facts) => facts !== void 0);
  const age = ({ Id, Created }) => `${Created.replace(/Z$|[+-]\d\d:\d\d$/, "")} ${Id}`;
  return networks.sort((a, b) => age(a) < age(b) ? -1 : 1).map(({ Id }) => Id);
}
async function gatewaysOf(docker, name) {
  const configurations = (await inspectNetwork(docker, name))?.IPAM?.Config ?? [];
  return configurations.flatMap(({ Gateway }) => Gateway ? [Gateway] : []);
}
async function inspectNetwork(docker, id) {
  const { code: code2, stdout } = await docker.read(inspectNetworkArguments(id));
  return code2 === 0 ? JSON.parse(stdout)[0] : void 0;
}
function containersOn({ Containers }) {
  return Object.keys(Containers ?? {}).length;
}
async function networksOfRun(docker, run) {
  return idsOf(await docker.ask(listNetworksArguments(`label=${labelNames.run}=${run}`)));
}
async function networksOfSet(docker, set) {
  return idsOf(await docker.ask(listNetworksArguments(`label=${labelNames.set}=${set}`)));
}
async function makeNetwork(docker, name, labels, os2) {
  return String(idsOf(await docker.ask(networkArguments(name, labels, os2)))[0]);
}
async function removeUnusedNetwork(docker, id) {
  const network = await inspectNetwork(docker, id);
  if (network === void 0 || containersOn(network) > 0) return false;
  if (idsOf(await docker.ask(listArguments(`network=${id}`))).length > 0) return false;
  const removal = await docker.read(removeNetworkArguments(id));
  if (removal.code !== 0 && !/not found|no such network|active endpoints/i.test(removal.stderr))
    throw engineFailed("network rm", removal.stderr);
  return removal.code === 0;
}

// src/process/limit.ts
async function withinLimit(limitMs3, host, body) {
  const limit = new AbortController();
  const over = new AbortController();
  void host.clock.sleep(limitMs3, over.signal).then(() => over.signal.aborted || limit.abort(timeIsUp(limitMs3)));
  try {
    return await body({ ...host, signal: AbortSignal.any([host.signal, limit.signal]) }, limit.signal);
  } finally {
    over.abort();
  }
}
function timeIsUp(limitMs3) {
  return new StepError("engine-failed", `It was not done in ${limitMs3 / 1e3} s.`, {
    hint: "docker ps tells whether the engine still answers; restarting it frees what hangs."
  });
}

// src/target/docker/node.ts
function nodeOf({ id, name, nodeName, labels }) {
  return { planned: false, name: nodeName, container: name, id, version: labels[labelNames.version] };
}

// src/engine/events.ts
function watchEvents(docker, container, host, signal) {
  let isRung = false;
  let wake;
  const ring = () => {
    isRung = true;
    wake?.();
  };
  void docker.run(eventArguments(container), { signal, onLine: ring }).catch(() => host.log("The engine’s events broke off; the node is watched by polling alone."));
  const rung = async (signal2) => {
    if (!isRung && !signal2.aborted) {
      await new Promise((resolve) => {
        wake = resolve;
        signal2.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    if (!signal2.aborted) isRung = false;
    wake = void 0;
  };
  return {
    rung,
    rungWithin: async (limitMs3, signal2) => {
      const pause = new AbortController();
      const over = AbortSignal.any([signal2, pause.signal]);
      await Promise.race([rung(over), host.clock.sleep(limitMs3, over)]);
      pause.abort();
    }
  };
}

// src/engine/inside.ts
function powerShell(script) {
  return ["powershell", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command", script];
}
async function runInside(docker, id, script, limitMs3, host) {
  return withinLimit(limitMs3, host, async ({ signal }, limit) => {
    const { code: code2, stdout, stderr } = await docker.run(execArguments(id, powerShell(script)), { signal });
    if (host.signal.aborted) throw endOf(host.signal);
    return { code: code2, isTimeUp: limit.aborted, text: [stdout, stderr].filter((text2) => text2 !== "").join("\n") };
  });
}
function answerOf(text2) {
  for (const line of text2.split(/\r?\n/).reverse()) {
    const answer = line.trimStart().startsWith("{") ? parsed(line) : void 0;
    if (typeof answer === "object" && answer !== null) return answer;
  }
  return void 0;
}
function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return void 0;
  }
}

// src/target/docker/farewell.ts
var limitMs = 9e4;
var stopScript = [
  "if (Test-Path C:/SHIR/stop.ps1) { ConvertTo-Json -Compress @{ by = 'SHIR/stop.ps1' }; & C:/SHIR/stop.ps1; exit $LASTEXITCODE }",
  "$key = 'HKLM:\\SOFTWARE\\Microsoft\\DataTransfer\\DataManagementGateway\\ConfigurationManager'",
  "$diacmd = (Get-ItemProperty -Path $key -ErrorAction SilentlyContinue).DiacmdPath",
  "$places = @($(if ($diacmd) { Join-Path (Split-Path -Parent $diacmd) 'dmgcmd.exe' }), 'C:/Program Files/Microsoft Integration Runtime/*/Shared/dmgcmd.exe')",
  "$dmgcmd = Get-ChildItem -Path ($places | Where-Object { $_ }) -ErrorAction SilentlyContinue | Select-Object -First 1",
  "if (-not $dmgcmd) { ConvertTo-Json -Compress @{ by = 'nothing' }; exit 1 }",
  "ConvertTo-Json -Compress @{ by = 'dmgcmd -Stop' }",
  "$ended = Start-Process -FilePath $dmgcmd.FullName -ArgumentList '-Stop' -Wait -PassThru -NoNewWindow",
  "exit $ended.ExitCode"
].join("; ");
async function endShir(docker, id, host) {
  const { code: code2, isTimeUp, text: text2 } = await runInside(docker, id, stopScript, limitMs, host);
  const by = answerOf(text2)?.by;
  if (by === "nothing") return { why: "its image has neither SHIR/stop.ps1 nor dmgcmd.exe" };
  if (typeof by === "string" && code2 === 0) return { by };
  const [facts] = await inspectContainers(docker, [id], host);
  const hasEnded = facts?.status !== "running";
  if (typeof by === "string" && hasEnded && facts?.exitCode === 0) return { by };
  if (isTimeUp) return { why: `${by ?? "PowerShell"} was not done in ${limitMs / 1e3} s` };
  if (typeof by !== "string") return { why: hasEnded ? "it has just ended" : `PowerShell did not run in it: ${firstLine(text2)}` };
  return { why: `${by} ended with exit code ${code2}` };
}

// src/target/docker/removal.ts
var limitMs2 = 15e4;
var mostTries = 10;
async function removeContainer({ id, name, container }, docker, host) {
  const [before2] = await inspectContainers(docker, [id], host);
  if (before2 === void 0) return { kind: "gone" };
  if (before2.status === "removing") {
    await untilGone(id, container, docker, host);
    return { kind: "gone" };
  }
  if (before2.status !== "dead" && !await keepEnded(id, docker, host)) return { kind: "gone" };
  const [now] = await inspectContainers(docker, [id], host);
  if (now === void 0) return { kind: "gone" };
  const { status } = now;
  const change = async (args) => isDone(await docker.read(args, { limitMs: limitMs2 }), String(args[0]));
  const isAlive = ["running", "paused", "restarting"].includes(status);
  if (status === "paused" && !await change(unpauseArguments(id))) return { kind: "gone" };
  host.log(`${container}: ${await endInside(id, status, docker, host)}`);
  const isRemoved = (!isAlive || await change(stopArguments(id))) && await change(removeEndedArguments(id));
  if (!isRemoved) {
    await untilGone(id, container, docker, host);
    if (!before2.removesItself) return { kind: "gone" };
  }
  host.log(`${container}: removed`);
  return { kind: "removed", node: name, wasStarted: status !== "created" };
}
async function endInside(id, status, docker, host) {
  if (status === "created") return "was never started";
  if (status !== "running" && status !== "paused") return `is ${status}, so that there is no SHIR to end`;
  const ending = await endShir(docker, id, host);
  return "by" in ending ? `SHIR was ended (${ending.by})` : `is stopped without ending SHIR before: ${ending.why}`;
}
async function keepEnded(id, docker, host) {
  for (let tries = 1; ; tries++) {
    const update = await docker.read(keepEndedArguments(id), { limitMs: limitMs2 });
    const isEnding = /cannot update a stopped container/i.test(update.stderr);
    if (!isEnding || tries === mostTries) return isDone(update, "update");
    await host.clock.sleep(100, host.signal);
  }
}
function isDone({ code: code2, stderr }, command) {
  if (code2 === 0 || /is not paused|AutoRemove is enabled/i.test(stderr)) return true;
  if (/no such container|marked for removal|removal of container .* in progress/i.test(stderr)) return false;
  throw engineFailed(command, stderr);
}
async function untilGone(id, container, docker, host) {
  const over = new AbortController();
  const signal = AbortSignal.any([host.signal, over.signal]);
  const bell = watchEvents(docker, id, host, signal);
  const beganMs = host.clock.now();
  try {
    while (host.clock.now() - beganMs < limitMs2) {
      if ((await inspectContainers(docker, [id], host)).length === 0) return;
      await bell.rungWithin(1e3, signal);
    }
  } finally {
    over.abort();
  }
  throw new StepError("engine-failed", `${container} is being removed by someone else, and is still there.`, {
    hint: "docker inspect tells its state; restarting the engine frees a container that hangs so."
  });
}

// src/target/docker/owed.ts
var endLimitMs = 12e4;
async function ownContainer({ name, run }, docker, host) {
  const [container] = await inspectContainers(docker, [name], host);
  return container?.labels[labelNames.run] === run ? container : void 0;
}
async function takeBackContainer(debt, docker, host) {
  const container = await ownContainer(debt, docker, host);
  if (container === void 0) return { kind: "gone" };
  await removeByForce(container, docker, host);
  if (container.labels[labelNames.look] !== void 0) return { kind: "look-removed" };
  return { kind: "removed", node: container.nodeName, wasStarted: container.status !== "created" };
}
async function takeBackNetworks({ name, run }, docker, host) {
  const removed = await Promise.all((await networksOfRun(docker, run)).map((id) => removeUnusedNetwork(docker, id)));
  if (removed.includes(true)) host.log(`Removed the network ${name}.`);
  if (removed.includes(false)) return "used";
  return removed.length > 0 ? "removed" : "none";
}
var usedByOwed = "a container that could not be taken back is on it";
async function removeByForce({ id, name }, docker, host) {
  if (!isDone(await docker.read(removeArguments(id)), "rm")) await untilGone(id, name, docker, host);
}
async function endNode(debt, docker, host) {
  const container = await ownContainer(debt, docker, host);
  if (container === void 0) return { kind: "gone" };
  const removing = withinLimit(
    endLimitMs,
    host,
    async (bounded) => removeContainer(nodeOf(container), await openDocker(bounded), bounded)
  );
  return removing.catch(async (error) => {
    if (host.signal.aborted) throw error;
    await removeByForce(container, docker, host);
    host.log(`${debt.name}: removed by force: ${messageOf(error)}`);
    return { kind: "removed", node: container.nodeName, wasStarted: true };
  });
}

// src/release/record-left.ts
function recordLeft(node, { spell: spell2 }) {
  return `The container of node ${node} is removed. If the node had registered, its record stays in the integration runtime and counts as one of its nodes: delete it on the runtime’s page (Nodes), or let it expire (${spell2("enableAe")}).`;
}

// src/release/debts.ts
var payLimitMs = 6e4;
var engineLagMs = 3e4;
var lookAgainMs = 250;
var mostTries2 = 3;
async function payDebts(journal, host, lastSignMs) {
  const removed = [];
  const failures = /* @__PURE__ */ new Map();
  const isNode = ({ kind }) => kind === "container";
  const isGivenUp = (debt) => (failures.get(debt)?.tries ?? 0) >= mostTries2;
  const certainAtMs = lastSignMs === void 0 ? 0 : Math.min(lastSignMs, host.clock.now()) + engineLagMs;
  let docker;
  const pay = async (debt, isCertain) => {
    if (debt.kind === "path") {
      await rm(debt.path, { recursive: true, force: true, maxRetries: 5 });
      return journal.settle(debt);
    }
    docker ??= openDocker(host);
    if (debt.kind === "container") {
      const isRemoved = await takeBack(debt, await docker, host);
      if (isRemoved) removed.push(debt.name);
      return isRemoved || isCertain ? journal.settle(debt) : void 0;
    }
    if (journal.deferred().some(isNode)) return journal.defer(debt);
    const fate = await takeBackNetworks(debt, await docker, host);
    const containers = journal.owed().filter(isNode);
    if (fate === "used" && containers.length > 0) {
      if (containers.every(isGivenUp)) throw new Error(usedByOwed);
      return;
    }
    return fate !== "none" || isCertain ? journal.settle(debt) : void 0;
  };
  const attempt = async (debt, isCertain) => {
    if (isGivenUp(debt) || host.signal.aborted) return;
    await pay(debt, isCertain).catch((error) => {
      failures.set(debt, { tries: (failures.get(debt)?.tries ?? 0) + 1, why: messageOf(error) });
    });
  };
  while (true) {
    const isCertain = host.clock.now() >= certainAtMs;
    await Promise.all(
      journal.owed().filter(isNode).map((debt) => attempt(debt, isCertain))
    );
    for (const debt of journal.owed().filter((debt2) => !isNode(debt2))) await attempt(debt, isCertain);
    if (journal.owed().every(isGivenUp)) break;
    await host.clock.sleep(lookAgainMs, host.signal);
    if (host.signal.aborted) break;
  }
  for (const debt of journal.owed()) {
    const why = failures.get(debt)?.why;
    host.log(
      why === void 0 ? `The engine may still be making the ${spellDebt(debt)}: the post step or the next run looks again.` : `Could not take back the ${spellDebt(debt)}: ${why}`
    );
  }
  return removed;
}
async function takeBack(debt, docker, host) {
  const removal = await takeBackContainer(debt, docker, host);
  if (removal.kind === "gone") return false;
  if (removal.kind === "look-removed") {
    host.log(`Removed ${debt.name}, which only served to look into an image.`);
    return true;
  }
  host.log(`Removed ${debt.name}, which never passed its gate.`);
  if (removal.wasStarted) host.log(recordLeft(removal.node, host));
  return true;
}

// src/journal/claim.ts
import { randomUUID } from "node:crypto";
import { readdir as readdir3, rename, rm as rm3 } from "node:fs/promises";
import path8 from "node:path";

// src/journal/abandoned.ts
import { readdir, rm as rm2 } from "node:fs/promises";
import path6 from "node:path";

// src/journal/file-name.ts
import path4 from "node:path";
var uuid2 = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
var pattern = new RegExp(`^(${uuid2})(?:\\.(${uuid2}))?\\.jsonl$`);
function journalFolder(root) {
  return path4.join(root, "journal");
}
function fileName2(run, claim) {
  return claim === void 0 ? `${run}.jsonl` : `${run}.${claim}.jsonl`;
}
function readFileName(file) {
  const [, run, claim] = pattern.exec(path4.basename(file)) ?? [];
  return run === void 0 ? void 0 : { run, claim };
}

// src/journal/owner.ts
import { createHash as createHash2 } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";
import path5 from "node:path";
async function ownerOf(run, host) {
  return { run, ...await placeOf(host) };
}
async function placeOf(host) {
  return {
    machine: host.machine.id,
    engine: await engineMark(host),
    process: { pid: process.pid, started: (await look(process.pid))?.started },
    job: { pid: process.ppid, started: (await look(process.ppid))?.started },
    boot: await readFile("/proc/sys/kernel/random/boot_id", "utf8").then(
      (text2) => text2.trim(),
      () => void 0
    ),
    namespace: await readlink("/proc/self/ns/pid").catch(() => void 0)
  };
}
var defaults = ["unix:///var/run/docker.sock", "npipe:////./pipe/docker_engine", "default", ""];
async function engineMark({ environment }) {
  const said = (name) => defaults.includes(environment[name] ?? "") ? void 0 : environment[name];
  const [DOCKER_HOST, DOCKER_CONTEXT] = [said("DOCKER_HOST"), said("DOCKER_CONTEXT")];
  const isNamed = Boolean(environment.DOCKER_HOST || environment.DOCKER_CONTEXT);
  const told = [DOCKER_HOST, DOCKER_CONTEXT, isNamed ? void 0 : await chosenContext(environment)];
  return createHash2("sha256").update(JSON.stringify(told)).digest("hex").slice(0, 16);
}
async function chosenContext({ DOCKER_CONFIG, HOME, USERPROFILE }) {
  const folder = DOCKER_CONFIG || path5.join(HOME || USERPROFILE || "", ".docker");
  try {
    const { currentContext } = JSON.parse(await readFile(path5.join(folder, "config.json"), "utf8"));
    return typeof currentContext === "string" && currentContext !== "default" ? currentContext : void 0;
  } catch {
    return void 0;
  }
}
var staleMs = 12e4;
async function isDead(owner, here, silentMs) {
  const life = await lifeOf(owner.process, owner, here);
  return life === "dead" || life === "unknown" && silentMs > staleMs;
}
async function isJobOver(owner, here) {
  return await lifeOf(owner.job, owner, here) === "dead";
}
async function lifeOf(mark, owner, here) {
  if (owner.boot !== void 0 && here.boot !== void 0 && owner.boot !== here.boot) return "dead";
  if (owner.namespace !== here.namespace || mark.pid <= 1) return "unknown";
  const found = await look(mark.pid);
  if (found === void 0) return "dead";
  if (mark.started === void 0 || found.started === void 0) return "unknown";
  return mark.started === found.started ? "alive" : "dead";
}
async function look(pid) {
  const text2 = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => void 0);
  const words = text2?.slice(text2.lastIndexOf(")") + 2).split(" ");
  if (words) return words[0] === "Z" || words[0] === "X" ? void 0 : { started: words[19] };
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === "ESRCH") return void 0;
  }
  return { started: void 0 };
}
function readOwner(value) {
  const owner = value ?? {};
  const isWhole = [owner.run, owner.machine, owner.engine].every((text2) => typeof text2 === "string" && text2 !== "") && [owner.process?.pid, owner.job?.pid].every(Number.isSafeInteger);
  return isWhole ? owner : void 0;
}

// src/journal/records.ts
import { constants as constants2 } from "node:fs";
import { appendFile, open, readFile as readFile2, stat as stat2 } from "node:fs/promises";
function readRecords(text2) {
  const owners = [];
  const debts = ledger();
  let unread = 0;
  for (const line of text2.split("\n").filter((part) => part.trim() !== "")) {
    const entry = readEntry(line);
    if (entry === void 0) unread++;
    else if (entry.event === "owner") owners.push(entry.owner);
    else if (entry.event === "intend") debts.add(entry.debt);
    else if (entry.event === "settled") debts.remove(entry.debt);
    else debts.defer(entry.debt);
  }
  return { owners, debts, unread };
}
async function readJournal(file) {
  const facts = await stat2(file);
  if (!facts.isFile()) throw Object.assign(new Error(`${file} is no file.`), { code: "it is no file" });
  const text2 = await readFile2(file, "utf8");
  return { records: readRecords(text2), isEmpty: text2 === "", touchedMs: facts.mtimeMs };
}
function readEntry(line) {
  try {
    const { at, event, owner, debt } = JSON.parse(line) ?? {};
    if (typeof at !== "number") return void 0;
    if (event === "owner") {
      const read2 = readOwner(owner);
      return read2 && { at, event, owner: read2 };
    }
    if (event !== "intend" && event !== "settled" && event !== "deferred") return void 0;
    const read = readDebt(debt);
    return read && { at, event, debt: read };
  } catch {
    return void 0;
  }
}
async function create(file, entries) {
  await write(file, "wx", entries.map(spell).join(""));
}
async function append(file, entry) {
  await write(file, constants2.O_WRONLY | constants2.O_APPEND, `${before(entry)}${spell(entry)}`);
}
function before({ event }) {
  return event === "owner" ? "\n" : "";
}
function spell(entry) {
  return `${JSON.stringify(entry)}
`;
}
async function write(file, flags, text2) {
  const handle = await open(file, flags, 384);
  try {
    await appendFile(handle, text2);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

// src/journal/abandoned.ts
async function findAbandoned(root, host) {
  const folder = journalFolder(root);
  const names2 = await readdir(folder).catch(
    (error) => error.code === "ENOENT" ? [] : Promise.reject(error)
  );
  const here = await placeOf(host);
  const journals = [];
  const remarks = [];
  for (const name of names2.sort()) {
    const finding = await examine(path6.join(folder, name), here, host);
    if (finding.kind === "strange") remarks.push(`${name} ${finding.why}; it is left as it is.`);
    else if (finding.kind === "abandoned") journals.push(finding.journal);
  }
  return { journals, remarks };
}
async function examine(file, here, host) {
  const named = readFileName(file);
  if (named === void 0) return { kind: "strange", why: "is no journal" };
  const { run, claim } = named;
  const read = await readJournal(file).catch(({ code: code2 }) => ({ code: code2 }));
  if ("code" in read) return read.code === "ENOENT" ? { kind: "none" } : { kind: "strange", why: `cannot be read (${read.code})` };
  const { records, isEmpty, touchedMs } = read;
  const silentMs = host.clock.now() - touchedMs;
  if (isEmpty) {
    if (silentMs > staleMs) await rm2(file, { force: true });
    return { kind: "none" };
  }
  const began = records.owners.find((owner2) => owner2.run === run);
  const owner = records.owners.find((one) => one.run === (claim ?? run));
  if (began === void 0 || owner === void 0) return { kind: "strange", why: "does not say whose it is" };
  if (began.machine !== here.machine || began.engine !== here.engine) return { kind: "none" };
  if (!await isDead(owner, here, silentMs)) return { kind: "none" };
  const isOver = await isJobOver(began, here);
  const waitsForJob = claim === void 0 && records.debts.owed().length === 0 && records.debts.deferred().length > 0;
  if (waitsForJob && !isOver) return { kind: "none" };
  return { kind: "abandoned", journal: { file, run, isJobOver: isOver } };
}

// src/journal/account.ts
import { readdir as readdir2, utimes } from "node:fs/promises";
import path7 from "node:path";
function accountIn(file, debts, clock) {
  const write2 = (event, debt) => append(file, { at: clock.now(), event, debt });
  const writeIfThere = (event, debt) => write2(event, debt).catch(async (error) => {
    if (error.code !== "ENOENT" || await isTakenOver(file)) throw error;
  });
  return {
    intend: async (debt) => {
      await write2("intend", debt);
      debts.add(debt);
    },
    settle: async (debt) => {
      if (!debts.has(debt)) return;
      await writeIfThere("settled", debt);
      debts.remove(debt);
    },
    defer: async (debt) => {
      if (!debts.has(debt)) return;
      await writeIfThere("deferred", debt);
      debts.defer(debt);
    },
    owed: debts.owed,
    deferred: debts.deferred,
    touch: async () => {
      const now = new Date(clock.now());
      await utimes(file, now, now);
    }
  };
}
async function isTakenOver(file) {
  const names2 = await readdir2(path7.dirname(file)).catch(() => []);
  return names2.some((name) => readFileName(name)?.run === readFileName(file)?.run);
}

// src/journal/claim.ts
async function claimJournal(file, host) {
  const named = readFileName(file);
  if (named === void 0) return void 0;
  const claim = randomUUID();
  const place = (name) => path8.join(path8.dirname(file), name);
  const [given, own] = [place(fileName2(named.run)), place(fileName2(named.run, claim))];
  try {
    const { touchedMs } = await readJournal(file);
    await append(file, { at: host.clock.now(), event: "owner", owner: await ownerOf(claim, host) });
    await rename(file, own);
    const { debts, unread } = (await readJournal(own)).records;
    const account = accountIn(own, debts, host.clock);
    return {
      ...account,
      run: named.run,
      // An earlier claim's signs of life are its own: what the run itself began was over before that.
      lastSignMs: named.claim === void 0 ? touchedMs : 0,
      unread,
      close: () => account.owed().length + account.deferred().length === 0 ? rm3(own, { force: true }) : rename(own, given)
    };
  } catch (error) {
    if (error.code === "ENOENT") return void 0;
    throw error;
  }
}
async function claimOwn(file, host) {
  const folder = path8.dirname(file);
  const run = readFileName(file)?.run;
  const names2 = await readdir3(folder).catch(() => []);
  const name = names2.find((one) => run !== void 0 && readFileName(one)?.run === run);
  if (name === void 0) return void 0;
  const place = path8.join(folder, name);
  const isFree = place === file || (await examine(place, await placeOf(host), host)).kind === "abandoned";
  return (isFree ? await claimJournal(place, host) : void 0) ?? "taken";
}

// src/contract/outputs.ts
var outputs = {
  image: "The first image reference; after a push with its digest (`name@sha256:…`).",
  imageId: "The image’s id.",
  digest: "The digest that the registry gave to the first reference; only after a push.",
  built: "`true` when an image was built.",
  changed: "`true` when the step changed something: built an image that was not there before, pushed one, or started or removed a node.",
  fingerprint: "Names everything that shapes the image (64 hexadecimal digits): equal for equal inputs. Empty for an image that no step built.",
  imageMetadata: "JSON: what the image is made of, with `shirVersion`, `msiSha256`, `signer`, `jdk`, `base`, `baseDigest`, `os`, `osVersion` and `fingerprint`; what is not known is an empty text.",
  shirVersion: "The four-part version of the installer, or of the image that was used.",
  expires: "The day on which Microsoft’s support of that version ends (`YYYY-MM-DD`), one year after its publication; estimated from its build where that day is not known, and empty where nothing is.",
  msiSha256: "The SHA-256 of the installer.",
  cacheHit: "`true` when the installer was taken from the cache.",
  cacheKey: "A key for the pipeline’s own cache of the installer: version and hash.",
  nodes: "JSON: an array with `name`, `container`, `id`, `health`, `status` and `version` of each node; in `remove` those that were removed.",
  verdict: "`healthy` when every node passed its gate, `failed` when the step failed, `skipped` where nothing was gated.",
  reason: "Why it failed: a stable reason code. Empty on success."
};
var outputNames = Object.keys(outputs);

// src/report/outputs.ts
function tellOutputs(result, host) {
  const values = serialise(result);
  for (const name of outputNames) host.output(name, values[name]);
}
function serialise({
  installer,
  support,
  fingerprint,
  image,
  pushed,
  started,
  removed,
  nodes,
  verdict,
  reason
}) {
  const metadata = image?.planned ? void 0 : image?.metadata;
  return {
    image: known(image?.reference),
    imageId: known(image?.id),
    digest: image?.digest ?? "",
    built: String(image?.built ?? false),
    changed: String((image?.isNew ?? false) || (pushed ?? false) || (started ?? false) || (removed ?? false)),
    fingerprint: metadata?.fingerprint || known(fingerprint),
    imageMetadata: metadata ? JSON.stringify(metadata) : "",
    shirVersion: known(installer?.version) || known(image?.shirVersion),
    expires: support?.expires ?? "",
    msiSha256: known(installer?.sha256) || (metadata?.msiSha256 ?? ""),
    cacheHit: String(installer?.cacheHit ?? false),
    cacheKey: known(installer?.cacheKey),
    nodes: JSON.stringify((nodes ?? []).filter(({ node }) => !node.planned).map(described)),
    verdict: verdict ?? "skipped",
    reason: reason ?? ""
  };
}
function known(text2) {
  return text2 === void 0 || /<\w+>/.test(text2) ? "" : text2;
}
function described({ node, verdict }) {
  return {
    name: node.name,
    container: node.container,
    id: node.id,
    health: verdict.health,
    status: verdict.status,
    version: node.version ?? ""
  };
}

// src/report/summary.ts
function renderSummary(story) {
  const { failure } = story;
  const title = failure ? `## SHIR Container: failed (${failure.code})` : `## SHIR Container: ${story.dryRun ? "dry run" : outcome(story)}`;
  return [
    title,
    ...failureSection(story),
    ...warningSection(story),
    ...builtSection(story),
    ...buildSection(story),
    ...nodeSection(story),
    ...timelineSection(story),
    ""
  ].join("\n\n");
}
function outcome({ mode, nodes, image }) {
  if (mode === "remove")
    return nodes.length === 0 ? "nothing to remove" : nodes.length === 1 ? "the node is removed" : `${nodes.length} nodes are removed`;
  if (mode === "build") return `image ${image?.built ? "built" : "ready"}`;
  return nodes.length === 1 ? "the node passed its gate" : `${nodes.length} nodes passed their gate`;
}
function failureSection({ failure, nodes }) {
  if (failure === void 0) return [];
  const evidence = nodes.filter(({ verdict }) => verdict.outcome === "failed").flatMap(({ node, verdict }) => [
    ...evidenceBlock(
      `Last answers of ${node.container}’s health check`,
      verdict.probes.map(({ exitCode, output }) => `exit ${exitCode}: ${output || "(nothing)"}`)
    ),
    ...evidenceBlock(`Last log lines of ${node.container}`, verdict.lines)
  ]);
  const [hint = "", ...more] = failure.hint?.split("\n") ?? [];
  return [
    `**${escapeText(failure.message)}**`,
    ...hint ? [escapeText(hint)] : [],
    ...more.length > 0 ? [codeBlock(more)] : [],
    ...evidence
  ];
}
function warningSection({ warnings }) {
  return warnings.length > 0 ? [warnings.map((warning) => `- Warning: ${escapeText(warning)}`).join("\n")] : [];
}
function builtSection({ installer, support, image, context, base }) {
  const rows = [
    installer && [
      "Installer",
      `${code(installer.version)}, from ${installer.cacheHit ? "the cache: " : ""}${escapeText(installer.source)}`
    ],
    installer && ["SHA-256", code(installer.sha256)],
    installer && installer.proofs.length > 0 && ["Proven by", installer.proofs.map(escapeText).join("<br>")],
    support?.expires && ["Supported until", supportedUntil(support)],
    context && ["Built from", escapeText(context)],
    base && ["Base image", code(base)],
    image && ["Image", code(image.reference)],
    image && ["Image id", code(image.id)],
    image?.digest && ["Digest", code(image.digest)]
  ].filter((row) => Array.isArray(row));
  return rows.length > 0 ? ["### Image", table(["What", "Value"], rows)] : [];
}
var longestInstruction = 80;
function buildSection({ buildTimes }) {
  const rows = buildTimes.map(({ step, of, instruction, ms }) => [`${step}/${of}`, code(shortened(instruction)), inSeconds(ms)]);
  return rows.length > 0 ? ["### Build", table(["Step", "Instruction", "Time"], rows)] : [];
}
function shortened(instruction) {
  return instruction.length > longestInstruction ? `${instruction.slice(0, longestInstruction)}…` : instruction;
}
function inSeconds(ms) {
  return `${(ms / 1e3).toFixed(1)} s`;
}
function supportedUntil({ since, expires, isEstimate }) {
  const sure = `${expires}, one year after its publication on ${since}`;
  return isEstimate ? `${expires} or some weeks longer: estimated from its build on ${since}` : sure;
}
function nodeSection({ nodes }) {
  if (nodes.length === 0) return [];
  const rows = nodes.map(({ node, verdict, isKept }) => [
    code(node.name),
    code(node.container),
    isKept ? `${verdict.outcome} (kept)` : verdict.outcome,
    escapeText(verdict.reason ?? ""),
    `${verdict.status}, ${verdict.health}`
  ]);
  return ["### Nodes", table(["Node", "Container", "Verdict", "Reason", "Container state"], rows)];
}
var chartWidth = 40;
function timelineSection({ spans }) {
  const totalMs = Math.max(1, ...spans.map(({ fromMs, ms }) => fromMs + ms));
  const widest = Math.max(0, ...spans.map(({ title }) => title.length));
  const lines2 = spans.map(({ title, fromMs, ms }) => {
    const from = Math.min(chartWidth - 1, Math.floor(fromMs / totalMs * chartWidth));
    const length = Math.max(1, Math.min(chartWidth - from, Math.round(ms / totalMs * chartWidth)));
    return `${title.padEnd(widest)}  ${" ".repeat(from)}${"█".repeat(length)}${" ".repeat(chartWidth - from - length)}  ${inSeconds(ms)}`;
  });
  return spans.length > 0 ? ["### Timeline", codeBlock(lines2)] : [];
}
function evidenceBlock(title, lines2) {
  return lines2.length > 0 ? [`${escapeText(title)}:`, codeBlock(lines2)] : [];
}
function table(head, rows) {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
function code(text2) {
  return `\`${text2.replace(/[`|\r\n]/g, " ")}\``;
}
function codeBlock(texts) {
  const lines2 = texts.flatMap(splitLines).map(sanitizeLine);
  return ["~~~text", ...lines2.map((line) => line.replace(/^(\s*)~~~/, "$1~ ~~")), "~~~"].join("\n");
}
function escapeText(text2) {
  return text2.replace(/[\\`*_{}[\]<>|#~]/g, (character) => `\\${character}`).replace(/\r\n|\r|\n/g, " ");
}

// src/report/recorder.ts
function recorder(host) {
  const beganMs = host.clock.now();
  const spans = [];
  let record = {};
  return {
    get result() {
      return record;
    },
    note: (part) => {
      record = { ...record, ...part };
    },
    judged: (added) => {
      const nodes = [...record.nodes ?? [], ...added].sort((a, b) => a.node.container.localeCompare(b.node.container));
      const isStarted = record.mode === "run" && nodes.some(({ verdict, isKept }) => verdict.outcome === "healthy" && !isKept);
      record = { ...record, nodes, verdict: overallVerdict(nodes), started: isStarted };
    },
    removed: (containers) => {
      const isGone = ({ node }) => containers.includes(node.container);
      record = { ...record, nodes: (record.nodes ?? []).map((judged) => isGone(judged) ? asRemoved(judged) : judged) };
    },
    warn: (code2, message) => {
      record = { ...record, warnings: [...record.warnings ?? [], message] };
      annotateWarning(code2, message, host);
    },
    stage: async (title, percent, body) => {
      const fromMs = host.clock.now();
      host.progress(percent, title);
      try {
        return await host.group(title, body);
      } finally {
        spans.push({ title, fromMs: fromMs - beganMs, ms: host.clock.now() - fromMs });
      }
    },
    close: async (failure) => {
      if (failure) record = { ...record, verdict: "failed", reason: failure.code };
      await telling("What the nodes said last", host, async () => {
        for (const judged of record.nodes ?? []) await tellEvidence(judged, host);
      });
      await telling("The outputs", host, async () => tellOutputs(record, host));
      if (record.summary !== false)
        await telling("The summary", host, () => host.summary(renderSummary(storyOf(record, spans, failure))));
      if (!failure) return host.progress(100, "Done");
      host.annotate({
        level: "error",
        title: `SHIR Container: ${failure.code}`,
        message: [failure.message, failure.hint].filter(Boolean).join("\n")
      });
      host.fail();
    }
  };
}
function annotateWarning(code2, message, host) {
  host.annotate({ level: "warning", title: `SHIR Container: ${code2}`, message });
}
async function telling(what, host, body) {
  try {
    await body();
  } catch (error) {
    host.log(`${what} could not be told: ${messageOf(error)}`);
  }
}
function storyOf(record, spans, failure) {
  const { mode, dryRun = false, context, base, buildTimes = [], warnings = [], installer, support, image, nodes = [] } = record;
  return { mode, dryRun, context, base, buildTimes, warnings, installer, support, image, nodes, spans, failure };
}
function overallVerdict(nodes) {
  return ["failed", "skipped"].find((outcome2) => nodes.some(({ verdict }) => verdict.outcome === outcome2)) ?? "healthy";
}
function asRemoved({ node, verdict }) {
  return { node, verdict: { ...verdict, status: "removed", health: "none" } };
}
async function tellEvidence({ node, verdict }, host) {
  if (verdict.outcome !== "failed" || node.id === "") return;
  await host.group(`What ${node.container} said last`, async () => {
    host.log(verdict.probes.length > 0 ? "Health check:" : "The health check gave no answer yet.");
    for (const { exitCode, output } of verdict.probes) tellForeign(host, `exit ${exitCode}: ${output || "(nothing)"}`);
    host.log(verdict.lines.length > 0 ? "Log:" : "The log is empty.");
    for (const line of verdict.lines) tellForeign(host, line);
  });
}
function asStepError(error, isCancelled) {
  if (isCancelled) return new StepError("cancelled", "The run was cancelled.", { hint: "Run the step again.", cause: error });
  if (error instanceof StepError) return error;
  if (isFileSystemError(error) && isDiskFull(error))
    return new StepError("disk-full", `There is no room left: ${error.message}.`, {
      hint: "Make room on the disk of that path; the build context and what is built from it lie in the temp folder for a while.",
      cause: error
    });
  if (isFileSystemError(error))
    return new StepError("io-failed", `The file system refused: ${error.message}.`, {
      hint: "Check that path and the rights of this user.",
      cause: error
    });
  return new StepError("internal", `Something unexpected happened: ${messageOf(error)}.`, {
    hint: "This is a defect of SHIR Container; please report it with the log.",
    cause: error
  });
}

// src/release/job-end.ts
var jobEndLimitMs = 15e4;
async function endJob(journal, host) {
  const debts = journal.deferred();
  if (debts.length === 0) return;
  const docker = openDocker(host);
  const pay = async (debt, body) => {
    try {
      await body(await docker);
      await journal.settle(debt);
    } catch (error) {
      host.log(`Could not take back the ${spellDebt(debt)}: ${messageOf(error)}`);
    }
  };
  const containers = debts.filter((debt) => debt.kind === "container");
  const networks = debts.filter((debt) => debt.kind === "network");
  await Promise.all(
    containers.map(
      (debt) => pay(debt, async (docker2) => {
        host.log(`${debt.name} goes at the end of its job.`);
        const removal = await endNode(debt, docker2, host);
        if (removal.kind === "gone") return host.log(`${debt.name} is gone already.`);
        annotateWarning("node-record-left", recordLeft(removal.node, host), host);
      })
    )
  );
  for (const debt of networks)
    await pay(debt, async (docker2) => {
      const fate = await takeBackNetworks(debt, docker2, host);
      const isLeft = [...journal.owed(), ...journal.deferred()].some(({ kind }) => kind === "container");
      if (fate === "used" && isLeft) throw new Error(usedByOwed);
    });
}

// src/release/finish.ts
async function finish(journal, who, endsJob, host) {
  const owed = journal.owed().length;
  if (owed + journal.deferred().length === 0) host.log(`${who} owes nothing any more.`);
  if (owed > 0) host.log(`${who} ended early and owes ${owed} ${owed === 1 ? "thing" : "things"}.`);
  if (journal.unread > 0) host.log(`Passed over in its journal: ${journal.unread} lines that cannot be read.`);
  await beating({ begun: Promise.resolve(), touch: journal.touch }, host, async () => {
    await payDebts(journal, host, journal.lastSignMs);
    if (endsJob) await endJob(journal, host);
  });
  await journal.close();
}

// src/release/tidying.ts
var cancelledLimitMs = 4e3;
function watchCancel(host) {
  let cancelledAtMs = host.signal.aborted ? host.clock.now() : void 0;
  const note = () => {
    cancelledAtMs ??= host.clock.now();
  };
  host.signal.addEventListener("abort", note);
  return {
    end: () => host.signal.removeEventListener("abort", note),
    get cancelledAtMs() {
      return cancelledAtMs;
    }
  };
}
async function tidying(host, limitMs3, cancel, body) {
  const secondsUp = new AbortController();
  const over = new AbortController();
  const hurry = () => {
    const leftMs = (cancel.cancelledAtMs ?? host.clock.now()) + cancelledLimitMs - host.clock.now();
    void host.clock.sleep(Math.max(leftMs, 0), over.signal).then(() => over.signal.aborted || secondsUp.abort());
  };
  if (host.signal.aborted) hurry();
  else host.signal.addEventListener("abort", hurry, { once: true, signal: over.signal });
  try {
    return await withinLimit(limitMs3, { ...host, signal: secondsUp.signal }, body);
  } finally {
    over.abort();
  }
}

export {
  modes,
  groups,
  keys,
  entryOf,
  kebab,
  camel,
  nearest,
  isMachineVariable,
  onlyVariables,
  systemClock,
  cancelSignal,
  machineId,
  takeInputVariables,
  findToolIn,
  buildsImage,
  argumentNames,
  inputArguments,
  labelNames,
  parseInputs,
  variable,
  findProgram,
  isInside,
  runProgram,
  openDocker,
  idsOf,
  firstLine,
  buildArguments,
  runArguments,
  networkArguments,
  secretVariables,
  fileVariables,
  pullArguments,
  pushArguments,
  inspectManifestArguments,
  removeImageArguments,
  tagArguments,
  listImagesArguments,
  labelArguments,
  listNetworksArguments,
  keepEndedArguments,
  unpauseArguments,
  stopArguments,
  removeEndedArguments,
  removeArguments,
  removeNetworkArguments,
  listArguments,
  inspectArguments,
  execArguments,
  eventArguments,
  logArguments,
  lastLogArguments,
  spellCommand,
  inspectImage,
  inspectContainers,
  ownerOf,
  placeOf,
  staleMs,
  isDead,
  readOwner,
  guard,
  maskInputs,
  tellForeign,
  networksCalled,
  oldestFirst,
  gatewaysOf,
  networksOfRun,
  networksOfSet,
  makeNetwork,
  removeUnusedNetwork,
  withinLimit,
  powerShell,
  runInside,
  answerOf,
  beating,
  journalFolder,
  fileName2 as fileName,
  readFileName,
  isSame,
  ledger,
  readJournal,
  create,
  accountIn,
  decideCleanup,
  journalFor,
  passed,
  nodeOf,
  watchEvents,
  stopScript,
  removeContainer,
  takeBackContainer,
  recordLeft,
  payLimitMs,
  payDebts,
  findAbandoned,
  claimJournal,
  claimOwn,
  recorder,
  asStepError,
  jobEndLimitMs,
  finish,
  watchCancel,
  tidying
};
