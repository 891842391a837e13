import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  githubHost
} from "./chunks/chunk-W3JL2IHR.mjs";
import {
  runStep
} from "./chunks/chunk-PF7YO64I.mjs";
import "./chunks/chunk-73BH6E2A.mjs";
import "./chunks/chunk-2NYDJVZ5.mjs";
import "./chunks/chunk-FWA7G6UZ.mjs";
import "./chunks/chunk-PNNYL4PD.mjs";
import "./chunks/chunk-LJ2YBOX6.mjs";
import "./chunks/chunk-BNOLA3G2.mjs";
import "./chunks/chunk-DISHIYYY.mjs";
import "./chunks/chunk-YTMUZ7PI.mjs";
import "./chunks/chunk-FL6JODPL.mjs";
import "./chunks/chunk-56V33UBE.mjs";

// src/entry/github.ts
import { fileURLToPath } from "node:url";
var at = (place) => fileURLToPath(new URL(place, import.meta.url));
await runStep(githubHost(at("./github-cache.mjs")), at("../container"));
