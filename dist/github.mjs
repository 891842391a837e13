import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  githubHost
} from "./chunks/chunk-BR64K7VA.mjs";
import {
  runStep
} from "./chunks/chunk-34GCTYV3.mjs";
import "./chunks/chunk-NRQQPWO2.mjs";
import "./chunks/chunk-FL6JODPL.mjs";
import "./chunks/chunk-56V33UBE.mjs";

// src/entry/github.ts
import { fileURLToPath } from "node:url";
await runStep(githubHost(), fileURLToPath(new URL("../container", import.meta.url)));
