import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  githubHost
} from "./chunks/chunk-D45ON4KV.mjs";
import {
  runStep
} from "./chunks/chunk-5O6WWMV6.mjs";
import "./chunks/chunk-T2ECL27C.mjs";
import "./chunks/chunk-FL6JODPL.mjs";
import "./chunks/chunk-56V33UBE.mjs";

// src/entry/github.ts
import { fileURLToPath } from "node:url";
await runStep(githubHost(), fileURLToPath(new URL("../container", import.meta.url)));
