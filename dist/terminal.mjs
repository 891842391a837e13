#!/usr/bin/env node
import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  defaultInWords,
  runStep,
  spelled
} from "./chunks/chunk-PF7YO64I.mjs";
import "./chunks/chunk-73BH6E2A.mjs";
import "./chunks/chunk-2NYDJVZ5.mjs";
import "./chunks/chunk-FWA7G6UZ.mjs";
import "./chunks/chunk-PNNYL4PD.mjs";
import {
  camel,
  cancelSignal,
  entryOf,
  findToolIn,
  groups,
  kebab,
  keys,
  machineId,
  modes,
  nearest,
  systemClock
} from "./chunks/chunk-LJ2YBOX6.mjs";
import "./chunks/chunk-BNOLA3G2.mjs";
import {
  looksLikeKey
} from "./chunks/chunk-DISHIYYY.mjs";
import {
  StepError
} from "./chunks/chunk-YTMUZ7PI.mjs";
import "./chunks/chunk-56V33UBE.mjs";

// src/entry/terminal.ts
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

// package.json
var version = "0.1.0";

// src/host/command-line.ts
import { parseArgs } from "node:util";
var program = "shir-container";
var flagKeys = keys.filter((key) => key !== "mode" && !entryOf(key).secret && entryOf(key).hosts?.includes("terminal") !== false);
function spellFlag(key) {
  if (key === "mode") return key;
  const { secret, variable } = entryOf(key);
  return secret && variable ? variable.name : `--${kebab(key)}`;
}
function readCommandLine(argv, environment) {
  const options = Object.fromEntries(flagKeys.map((key) => [kebab(key), { type: "string", multiple: true }]));
  const { tokens } = parseArgs({ args: expandBooleans(argv), options, strict: false, tokens: true, allowPositionals: true });
  const inputs = {};
  let keyFromStdin = false;
  for (const token of tokens) {
    if (token.kind === "positional") {
      if (looksLikeKey(token.value)) throw keyTyped("A key has no place here");
      if (inputs.mode !== void 0)
        throw unknown(
          `"${token.value}" is one word too many`,
          `The first word is the mode; values belong to flags, as in --node-name ${token.value}.`
        );
      inputs.mode = token.value;
    }
    if (token.kind !== "option") continue;
    if (token.name === "help" || token.name === "h") return { kind: "help" };
    if (token.name === "version") return { kind: "version" };
    if (token.name === "auth-key-stdin") keyFromStdin = true;
    else {
      const key = flagKeys.find((candidate) => candidate === camel(token.name) && kebab(candidate) === token.name);
      if (key === void 0) throw unknownFlag(token);
      if (token.value === void 0) throw unknown(`--${token.name} has no value`, `Write --${token.name} <value>.`);
      inputs[key] = inputs[key] === void 0 ? token.value : `${inputs[key]}
${token.value}`;
    }
  }
  for (const key of keys) {
    const { variable, modes: served } = entryOf(key);
    const value = variable && environment[variable.name];
    const isTyped = inputs[key] !== void 0 || key === "authKey" && keyFromStdin;
    if (value && !isTyped && served.some((mode) => mode === inputs.mode)) inputs[key] = value;
  }
  return { kind: "step", inputs, keyFromStdin };
}
function expandBooleans(argv) {
  const booleans = new Set(flagKeys.filter((key) => entryOf(key).kind.editor === "boolean").map((key) => `--${kebab(key)}`));
  const isAlone = (next) => next === void 0 || next.startsWith("-") || modes.some((mode) => mode === next);
  return argv.map((word, index) => booleans.has(word) && isAlone(argv[index + 1]) ? `${word}=true` : word);
}
function unknownFlag({ name, rawName }) {
  if (camel(name) === "authKey") return keyTyped("--auth-key does not exist");
  if (name === "mode") return unknown("--mode is no flag", `The mode is the first word: ${program} ${modes.join(" | ")}.`);
  const meant = nearest(name, flagKeys);
  return unknown(
    `${rawName} is no flag${meant ? `; did you mean ${spellFlag(meant)}?` : ""}`,
    `${program} --help lists them.`
  );
}
function keyTyped(what) {
  return unknown(
    `${what}, since the process list would show the key`,
    "Put the key into the variable AUTH_KEY, or pass --auth-key-stdin and write it to standard input."
  );
}
function unknown(message, hint) {
  return new StepError("invalid-input", `${message}${/[?.]$/.test(message) ? "" : "."}`, { hint });
}
function helpText() {
  const flag = (key) => `  --${kebab(key)}`.padEnd(22);
  const sections = Object.entries(groups).flatMap(([group, title]) => {
    const members = flagKeys.filter((key) => entryOf(key).group === group);
    const lines = members.map(
      (key) => `${flag(key)} ${plain(spelled(entryOf(key).help, spellFlag))}
${" ".repeat(22)} Allowed: ${entryOf(key).kind.allowed}. Default: ${plain(defaultInWords(key))}.`
    );
    const variables = keys.flatMap((key) => entryOf(key).group === group && entryOf(key).variable || []);
    const notes = variables.map(({ name, help }) => `${`  ${name} (variable)`.padEnd(23)} ${help}`);
    return [`${title}:`, ...notes, ...lines, ""];
  });
  return [
    `Usage: ${program} <${modes.join("|")}> [flags]`,
    "",
    plain(entryOf("mode").help),
    "A flag that takes lines may be given several times. The outputs are printed to standard output as name=value.",
    "",
    ...sections,
    "Other:",
    "  --help                 This text.",
    "  --version              The version of this program."
  ].join("\n");
}
function plain(markdown) {
  return markdown.replaceAll("`", "");
}

// src/host/terminal.ts
import os from "node:os";
import path from "node:path";

// src/host/terminal-bar.ts
var width = 24;
var eraseLine = "\r\x1B[2K";
function terminalBar(stream) {
  let isDrawn = false;
  const erase = () => {
    if (isDrawn) stream.write(eraseLine);
    isDrawn = false;
  };
  return {
    erase,
    draw: (percent, text2) => {
      if (!stream.isTTY) return;
      if (percent >= 100) return erase();
      const filled = Math.round(percent * width / 100);
      const line = `${"#".repeat(filled)}${".".repeat(width - filled)} ${percent} %  ${text2}`;
      stream.write(`${eraseLine}${line.slice(0, Math.max(0, (stream.columns || 80) - 1))}`);
      isDrawn = true;
    }
  };
}

// src/host/terminal.ts
function terminalHost(inputs, spell) {
  const tools = path.join(dataFolder(), "shir-container");
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error) => {
      if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
    });
  const bar = terminalBar(process.stderr);
  const say = (line) => {
    bar.erase();
    process.stderr.write(`${line}
`);
  };
  return {
    inputs,
    spell,
    machine: {
      name: os.hostname(),
      id: machineId(),
      isEphemeral: void 0,
      platform: process.platform,
      temp: os.tmpdir(),
      tools,
      workspace: process.cwd()
    },
    run: { id: "terminal", job: "terminal", url: void 0, source: void 0, commit: void 0 },
    signal: cancelSignal(),
    clock: systemClock,
    environment: { ...process.env },
    log: (line) => say(`  ${line}`),
    group: (title, body) => {
      say(title);
      return body();
    },
    annotate: ({ level, title, message }) => say(`${level}: ${title.replace(/^SHIR Container:? ?/, "")}${message.startsWith("\n") ? "" : "\n"}${indent(message)}`),
    progress: bar.draw,
    mask: () => {
    },
    output: (name, value) => {
      bar.erase();
      process.stdout.write(`${kebab(name)}=${value}
`);
    },
    summary: async () => {
    },
    // A terminal has no post step: the step itself takes back what it owes.
    state: { load: () => void 0, save: () => {
    } },
    findTool: (name, version2, arch) => findToolIn(tools, name, version2, arch),
    cacheService: void 0,
    fail: () => {
      bar.erase();
      process.exitCode = 1;
    }
  };
}
function dataFolder() {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === "win32") return LOCALAPPDATA ?? path.join(os.homedir(), "AppData", "Local");
  return XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache");
}
function indent(text2) {
  return text2.split("\n").map((line) => `  ${line}`).join("\n");
}

// src/entry/terminal.ts
try {
  const asked = readCommandLine(process.argv.slice(2), process.env);
  if (asked.kind === "help") console.log(helpText());
  if (asked.kind === "version") console.log(version);
  if (asked.kind === "step") {
    const inputs = asked.keyFromStdin ? { ...asked.inputs, authKey: await text(process.stdin) } : asked.inputs;
    await runStep(terminalHost(inputs, spellFlag), fileURLToPath(new URL("../container", import.meta.url)));
  }
} catch (error) {
  if (!(error instanceof StepError)) throw error;
  console.error(`error: ${error.code}
  ${error.message}${error.hint ? `
  ${error.hint}` : ""}`);
  process.exitCode = 1;
}
