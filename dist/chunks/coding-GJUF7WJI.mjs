import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  decoded,
  isCoded
} from "./chunk-GHKOT5UA.mjs";
import "./chunk-FWA7G6UZ.mjs";
import "./chunk-56V33UBE.mjs";
export {
  decoded,
  isCoded
};
