import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  githubHost
} from "./chunks/chunk-MAPZF7G4.mjs";
import {
  runStep
} from "./chunks/chunk-JNZ5UG7Z.mjs";
import "./chunks/chunk-L3PA3PZN.mjs";
import "./chunks/chunk-FL6JODPL.mjs";
import "./chunks/chunk-56V33UBE.mjs";

// src/entry/github.ts
import { fileURLToPath } from "node:url";
await runStep(githubHost(), fileURLToPath(new URL("../container", import.meta.url)));
