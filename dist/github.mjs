import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  githubHost
} from "./chunks/chunk-L5VMNJBC.mjs";
import {
  runStep
} from "./chunks/chunk-P5EIFST6.mjs";
import "./chunks/chunk-E7RKJTGW.mjs";
import "./chunks/chunk-44K7W2TR.mjs";
import "./chunks/chunk-DEDE73GY.mjs";
import "./chunks/chunk-QSNHM76R.mjs";
import "./chunks/chunk-OGFJTVP5.mjs";
import "./chunks/chunk-7OFNOLD5.mjs";
import "./chunks/chunk-FL6JODPL.mjs";
import "./chunks/chunk-56V33UBE.mjs";

// src/entry/github.ts
import { fileURLToPath } from "node:url";
var at = (place) => fileURLToPath(new URL(place, import.meta.url));
await runStep(githubHost(at("./github-cache.mjs")), at("../container"));
