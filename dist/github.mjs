import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  githubHost
} from "./chunks/chunk-5E57BRJN.mjs";
import {
  runStep
} from "./chunks/chunk-CLEVBW2L.mjs";
import "./chunks/chunk-G5W7JWKC.mjs";
import "./chunks/chunk-FL6JODPL.mjs";
import "./chunks/chunk-56V33UBE.mjs";

// src/entry/github.ts
import { fileURLToPath } from "node:url";
var at = (place) => fileURLToPath(new URL(place, import.meta.url));
await runStep(githubHost(at("./github-cache.mjs")), at("../container"));
