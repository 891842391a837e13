import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  githubHost
} from "./chunks/chunk-A4R4NN5J.mjs";
import {
  runStep
} from "./chunks/chunk-DCNNULKO.mjs";
import "./chunks/chunk-BXDUFTSH.mjs";
import "./chunks/chunk-FL6JODPL.mjs";
import "./chunks/chunk-56V33UBE.mjs";

// src/entry/github.ts
import { fileURLToPath } from "node:url";
await runStep(githubHost(), fileURLToPath(new URL("../container", import.meta.url)));
