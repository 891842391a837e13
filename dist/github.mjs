import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  githubHost
} from "./chunks/chunk-7RGWL4U7.mjs";
import {
  runStep
} from "./chunks/chunk-Y5Y4BA4O.mjs";
import "./chunks/chunk-242EST7P.mjs";
import "./chunks/chunk-FL6JODPL.mjs";
import "./chunks/chunk-56V33UBE.mjs";

// src/entry/github.ts
import { fileURLToPath } from "node:url";
await runStep(githubHost(), fileURLToPath(new URL("../container", import.meta.url)));
