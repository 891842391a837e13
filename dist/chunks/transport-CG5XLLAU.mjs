import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  require_undici
} from "./chunk-WOHQIK6B.mjs";
import {
  __toESM
} from "./chunk-56V33UBE.mjs";

// src/net/transport.ts
var import_undici = __toESM(require_undici(), 1);
var export_Agent = import_undici.Agent;
var export_EnvHttpProxyAgent = import_undici.EnvHttpProxyAgent;
var export_Pool = import_undici.Pool;
var export_buildConnector = import_undici.buildConnector;
var export_fetch = import_undici.fetch;
export {
  export_Agent as Agent,
  export_EnvHttpProxyAgent as EnvHttpProxyAgent,
  export_Pool as Pool,
  export_buildConnector as buildConnector,
  export_fetch as fetch
};
