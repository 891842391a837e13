import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  openClient
} from "./chunk-CTIOXJVM.mjs";
import "./chunk-DEDE73GY.mjs";
import "./chunk-OGFJTVP5.mjs";
import "./chunk-56V33UBE.mjs";
export {
  openClient
};
