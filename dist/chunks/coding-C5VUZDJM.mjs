import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  decoded,
  isCoded
} from "./chunk-DCHTIQWW.mjs";
import "./chunk-DEDE73GY.mjs";
import "./chunk-56V33UBE.mjs";
export {
  decoded,
  isCoded
};
