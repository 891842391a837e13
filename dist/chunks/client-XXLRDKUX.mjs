import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  openClient
} from "./chunk-2ICLZCKM.mjs";
import "./chunk-2NYDJVZ5.mjs";
import "./chunk-FWA7G6UZ.mjs";
import "./chunk-DISHIYYY.mjs";
import "./chunk-56V33UBE.mjs";
export {
  openClient
};
