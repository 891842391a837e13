import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  StepError,
  endOf,
  messageOf
} from "./chunk-7OFNOLD5.mjs";
import {
  __export
} from "./chunk-56V33UBE.mjs";

// src/contract/input.ts
var modes = ["build", "run", "gate", "remove"];
var groups = {
  step: "Step",
  installer: "Installer",
  image: "Image",
  node: "Node",
  containers: "Containers",
  gate: "Gate"
};
function input(entry) {
  return { ...entry, default: entry.default };
}

// node_modules/zod/v4/core/util.js
var util_exports = {};
__export(util_exports, {
  BIGINT_FORMAT_RANGES: () => BIGINT_FORMAT_RANGES,
  CONSTANT_CATCH: () => CONSTANT_CATCH,
  Class: () => Class,
  NUMBER_FORMAT_RANGES: () => NUMBER_FORMAT_RANGES,
  aborted: () => aborted,
  allowsEval: () => allowsEval,
  assert: () => assert,
  assertEqual: () => assertEqual,
  assertIs: () => assertIs,
  assertNever: () => assertNever,
  assertNotEqual: () => assertNotEqual,
  assignProp: () => assignProp,
  attachSchema: () => attachSchema,
  base64ToUint8Array: () => base64ToUint8Array,
  base64urlToUint8Array: () => base64urlToUint8Array,
  cached: () => cached,
  captureStackTrace: () => captureStackTrace,
  cleanEnum: () => cleanEnum,
  cleanRegex: () => cleanRegex,
  clone: () => clone,
  cloneDef: () => cloneDef,
  codePointLength: () => codePointLength,
  constantCatch: () => constantCatch,
  createTransparentProxy: () => createTransparentProxy,
  defineLazy: () => defineLazy,
  defineLazyInternal: () => defineLazyInternal,
  derived: () => derived,
  esc: () => esc,
  escapeRegex: () => escapeRegex,
  explicitlyAborted: () => explicitlyAborted,
  extend: () => extend,
  finalizeIssue: () => finalizeIssue,
  floatSafeRemainder: () => floatSafeRemainder,
  getElementAtPath: () => getElementAtPath,
  getEnumValues: () => getEnumValues,
  getLengthableOrigin: () => getLengthableOrigin,
  getParsedType: () => getParsedType,
  getSizableOrigin: () => getSizableOrigin,
  hexToUint8Array: () => hexToUint8Array,
  hide: () => hide,
  installLazyProp: () => installLazyProp,
  isObject: () => isObject,
  isPlainObject: () => isPlainObject,
  issue: () => issue,
  joinValues: () => joinValues,
  jsonStringifyReplacer: () => jsonStringifyReplacer,
  members: () => members,
  merge: () => merge,
  mergeDefs: () => mergeDefs,
  normalizeParams: () => normalizeParams,
  nullish: () => nullish,
  numKeys: () => numKeys,
  objectClone: () => objectClone,
  omit: () => omit,
  optionalKeys: () => optionalKeys,
  own: () => own,
  parsedType: () => parsedType,
  partial: () => partial,
  pick: () => pick,
  prefixIssues: () => prefixIssues,
  primitiveTypes: () => primitiveTypes,
  promiseAllObject: () => promiseAllObject,
  propertyKeyTypes: () => propertyKeyTypes,
  randomString: () => randomString,
  rawShape: () => rawShape,
  required: () => required,
  safeExtend: () => safeExtend,
  shallowClone: () => shallowClone,
  sizeCaps: () => sizeCaps,
  slugify: () => slugify,
  stringifyPrimitive: () => stringifyPrimitive,
  toZod: () => toZod,
  uint8ArrayToBase64: () => uint8ArrayToBase64,
  uint8ArrayToBase64url: () => uint8ArrayToBase64url,
  uint8ArrayToHex: () => uint8ArrayToHex,
  unwrapMessage: () => unwrapMessage
});
function assertEqual(val) {
  return val;
}
function assertNotEqual(val) {
  return val;
}
function toZod() {
  return (schema) => schema;
}
function assertIs(_arg) {
}
function assertNever(_x) {
  throw new Error("Unexpected value in exhaustive check");
}
function assert(_) {
}
function getEnumValues(entries) {
  const numericValues = Object.values(entries).filter((v) => typeof v === "number");
  const values = Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
  return values;
}
function joinValues(array2, separator = "|") {
  return array2.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
  if (typeof value === "bigint")
    return value.toString();
  return value;
}
var Cached = class {
  constructor(getter) {
    this._getter = getter;
    this._value = void 0;
  }
  get value() {
    const getter = this._getter;
    if (getter !== void 0) {
      this._value = getter();
      this._getter = void 0;
    }
    return this._value;
  }
};
function cached(getter) {
  return new Cached(getter);
}
function nullish(input2) {
  return input2 === null || input2 === void 0;
}
function cleanRegex(source) {
  const start = source.startsWith("^") ? 1 : 0;
  const end = source.endsWith("$") ? source.length - 1 : source.length;
  return source.slice(start, end);
}
function floatSafeRemainder(val, step) {
  const ratio = val / step;
  const roundedRatio = Math.round(ratio);
  const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
  if (Math.abs(ratio - roundedRatio) < tolerance)
    return 0;
  return ratio - roundedRatio;
}
var EVALUATING = /* @__PURE__ */ Symbol("evaluating");
function defineLazy(object, key, getter) {
  let value = void 0;
  Object.defineProperty(object, key, {
    get() {
      if (value === EVALUATING) {
        return void 0;
      }
      if (value === void 0) {
        value = EVALUATING;
        value = getter();
      }
      return value;
    },
    set(v) {
      Object.defineProperty(object, key, {
        value: v
        // configurable: true,
      });
    },
    configurable: true
  });
}
function objectClone(obj) {
  return Object.create(Object.getPrototypeOf(obj), Object.getOwnPropertyDescriptors(obj));
}
function assignProp(target, prop, value) {
  Object.defineProperty(target, prop, {
    value,
    writable: true,
    enumerable: true,
    configurable: true
  });
}
function rawShape(def) {
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
  return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
  Object.defineProperty(target, key, {
    get() {
      const value = getter();
      assignProp(this, key, value);
      return value;
    },
    enumerable: true,
    configurable: true
  });
}
function putProp(target, key, value) {
  if (key in target)
    assignProp(target, key, value);
  else
    target[key] = value;
}
function mirrorShape(target, source, keys2, wrap) {
  const raw = sourceShape(source);
  for (const key of keys2) {
    const desc = Object.getOwnPropertyDescriptor(raw, key);
    if (!desc.enumerable)
      continue;
    if (desc.get) {
      deferProp(target, key, () => {
        const value = source._zod.def.shape[key];
        return wrap ? wrap(value, key) : value;
      });
    } else
      putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
  }
}
function mirrorProps(target, source) {
  for (const key of Reflect.ownKeys(source)) {
    const desc = Object.getOwnPropertyDescriptor(source, key);
    if (!desc.enumerable)
      continue;
    if (desc.get)
      deferProp(target, key, () => source[key]);
    else
      putProp(target, key, desc.value);
  }
}
function mergeDefs(...defs) {
  const mergedDescriptors = {};
  for (const def of defs) {
    const descriptors = Object.getOwnPropertyDescriptors(def);
    Object.assign(mergedDescriptors, descriptors);
  }
  return Object.defineProperties({}, mergedDescriptors);
}
function cloneDef(schema) {
  return mergeDefs(schema._zod.def);
}
function getElementAtPath(obj, path9) {
  if (!path9)
    return obj;
  return path9.reduce((acc, key) => acc?.[key], obj);
}
function promiseAllObject(promisesObj) {
  const keys2 = Object.keys(promisesObj);
  const promises = keys2.map((key) => promisesObj[key]);
  return Promise.all(promises).then((results) => {
    const resolvedObj = {};
    for (let i = 0; i < keys2.length; i++) {
      resolvedObj[keys2[i]] = results[i];
    }
    return resolvedObj;
  });
}
function randomString(length = 10) {
  const chars = "abcdefghijklmnopqrstuvwxyz";
  let str = "";
  for (let i = 0; i < length; i++) {
    str += chars[Math.floor(Math.random() * chars.length)];
  }
  return str;
}
function esc(str) {
  return JSON.stringify(str);
}
function slugify(input2) {
  return input2.toLowerCase().trim().replace(/[^\w\s-]/g, "").replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "");
}
var captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {
};
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
var allowsEval = /* @__PURE__ */ cached(() => {
  if (globalConfig.jitless) {
    return false;
  }
  if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) {
    return false;
  }
  try {
    const F = Function;
    new F("");
    return true;
  } catch (_) {
    return false;
  }
});
function isPlainObject(o) {
  if (isObject(o) === false)
    return false;
  const ctor = o.constructor;
  if (ctor === void 0)
    return true;
  if (typeof ctor !== "function")
    return true;
  const prot = ctor.prototype;
  if (isObject(prot) === false)
    return false;
  if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) {
    return false;
  }
  return true;
}
function shallowClone(o) {
  if (isPlainObject(o))
    return { ...o };
  if (Array.isArray(o))
    return [...o];
  if (o instanceof Map)
    return new Map(o);
  if (o instanceof Set)
    return new Set(o);
  return o;
}
function numKeys(data) {
  let keyCount = 0;
  for (const key in data) {
    if (Object.prototype.hasOwnProperty.call(data, key)) {
      keyCount++;
    }
  }
  return keyCount;
}
var getParsedType = (data) => {
  const t = typeof data;
  switch (t) {
    case "undefined":
      return "undefined";
    case "string":
      return "string";
    case "number":
      return Number.isNaN(data) ? "nan" : "number";
    case "boolean":
      return "boolean";
    case "function":
      return "function";
    case "bigint":
      return "bigint";
    case "symbol":
      return "symbol";
    case "object":
      if (Array.isArray(data)) {
        return "array";
      }
      if (data === null) {
        return "null";
      }
      if (data.then && typeof data.then === "function" && data.catch && typeof data.catch === "function") {
        return "promise";
      }
      if (typeof Map !== "undefined" && data instanceof Map) {
        return "map";
      }
      if (typeof Set !== "undefined" && data instanceof Set) {
        return "set";
      }
      if (typeof Date !== "undefined" && data instanceof Date) {
        return "date";
      }
      if (typeof File !== "undefined" && data instanceof File) {
        return "file";
      }
      return "object";
    default:
      throw new Error(`Unknown data type: ${t}`);
  }
};
var propertyKeyTypes = /* @__PURE__ */ new Set(["string", "number", "symbol"]);
var primitiveTypes = /* @__PURE__ */ new Set([
  "string",
  "number",
  "bigint",
  "boolean",
  "symbol",
  "undefined"
]);
function escapeRegex(str) {
  return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
  const cl = new inst._zod.constr(def ?? inst._zod.def);
  if (!def || params?.parent)
    cl._zod.parent = inst;
  return cl;
}
function normalizeParams(_params) {
  const params = _params;
  if (!params)
    return {};
  if (typeof params === "string")
    return { error: () => params };
  if (params?.message !== void 0) {
    if (params?.error !== void 0)
      throw new Error("Cannot specify both `message` and `error` params");
    params.error = params.message;
  }
  delete params.message;
  if (typeof params.error === "string")
    return { ...params, error: () => params.error };
  return params;
}
function createTransparentProxy(getter) {
  let target;
  return new Proxy({}, {
    get(_, prop, receiver) {
      target ?? (target = getter());
      return Reflect.get(target, prop, receiver);
    },
    set(_, prop, value, receiver) {
      target ?? (target = getter());
      return Reflect.set(target, prop, value, receiver);
    },
    has(_, prop) {
      target ?? (target = getter());
      return Reflect.has(target, prop);
    },
    deleteProperty(_, prop) {
      target ?? (target = getter());
      return Reflect.deleteProperty(target, prop);
    },
    ownKeys(_) {
      target ?? (target = getter());
      return Reflect.ownKeys(target);
    },
    getOwnPropertyDescriptor(_, prop) {
      target ?? (target = getter());
      return Reflect.getOwnPropertyDescriptor(target, prop);
    },
    defineProperty(_, prop, descriptor) {
      target ?? (target = getter());
      return Reflect.defineProperty(target, prop, descriptor);
    }
  });
}
function stringifyPrimitive(value) {
  if (typeof value === "bigint")
    return value.toString() + "n";
  if (typeof value === "string")
    return `"${value}"`;
  return `${value}`;
}
function optionalKeys(shape) {
  return Object.keys(shape).filter((k) => {
    return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
  });
}
var NUMBER_FORMAT_RANGES = /* @__PURE__ */ (() => ({
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  float32: [-34028234663852886e22, 34028234663852886e22],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
var BIGINT_FORMAT_RANGES = {
  int64: [/* @__PURE__ */ BigInt("-9223372036854775808"), /* @__PURE__ */ BigInt("9223372036854775807")],
  uint64: [/* @__PURE__ */ BigInt(0), /* @__PURE__ */ BigInt("18446744073709551615")]
};
function pick(schema, mask) {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(".pick() cannot be used on object schemas containing refinements");
  }
  const newShape = {};
  mirrorShape(newShape, schema, maskedKeys(schema, mask));
  return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function maskedKeys(schema, mask) {
  const raw = sourceShape(schema);
  const keys2 = [];
  for (const key of Reflect.ownKeys(mask)) {
    if (!Object.getOwnPropertyDescriptor(raw, key)?.enumerable) {
      throw new Error(`Unrecognized key: "${String(key)}"`);
    }
    if (mask[key])
      keys2.push(key);
  }
  return keys2;
}
function omit(schema, mask) {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(".omit() cannot be used on object schemas containing refinements");
  }
  const omitted = new Set(maskedKeys(schema, mask));
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
  return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function extend(schema, shape) {
  if (!isPlainObject(shape)) {
    throw new Error("Invalid input to extend: expected a plain object");
  }
  const checks = schema._zod.def.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    const existingShape = sourceShape(schema);
    for (const key of Reflect.ownKeys(shape)) {
      if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) {
        throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
      }
    }
  }
  return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
  mirrorProps(newShape, shape);
  return newShape;
}
function safeExtend(schema, shape) {
  if (!isPlainObject(shape)) {
    throw new Error("Invalid input to safeExtend: expected a plain object");
  }
  return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
  if (!b?._zod?.def) {
    throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
  }
  if (a._zod.def.checks?.length) {
    throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
  }
  const newShape = {};
  mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
  mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
  const def = mergeDefs(a._zod.def, {
    shape: newShape,
    get catchall() {
      return b._zod.def.catchall;
    },
    checks: b._zod.def.checks ?? []
  });
  return clone(a, def);
}
function partial(Class2, schema, mask, name = "partial") {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(`.${name}() cannot be used on object schemas containing refinements`);
  }
  const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class2 && ((value, key) => selected && !selected.has(key) ? value : new Class2({ type: "optional", innerType: value })));
  return clone(schema, mergeDefs(schema._zod.def, { shape: newShape, checks: [] }));
}
function required(Class2, schema, mask) {
  const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) => (
    // overwrite with non-optional
    selected && !selected.has(key) ? value : new Class2({ type: "nonoptional", innerType: value })
  ));
  return clone(schema, mergeDefs(schema._zod.def, { shape: newShape }));
}
function aborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue !== true) {
      return true;
    }
  }
  return false;
}
function explicitlyAborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue === false) {
      return true;
    }
  }
  return false;
}
function prefixIssues(path9, issues) {
  return issues.map((iss) => {
    var _a3;
    (_a3 = iss).path ?? (_a3.path = []);
    iss.path.unshift(path9);
    return iss;
  });
}
function unwrapMessage(message) {
  return typeof message === "string" ? message : message?.message;
}
function sizeCaps(defChecks) {
  const caps = [];
  for (const ch of defChecks ?? []) {
    const d = ch._zod.def;
    if (!/_(length|size)$|_equals$/.test(d.check))
      break;
    const max = d.maximum ?? d.length ?? d.size;
    if (max >= 0)
      caps.push([max, ch]);
  }
  return caps;
}
function attachSchema(issues, start, inst) {
  var _a3;
  for (let i = start; i < issues.length; i++) {
    (_a3 = issues[i]).schema ?? (_a3.schema = inst);
  }
}
function finalizeIssue(iss, ctx, config2) {
  var _a3;
  const traits = iss.inst?._zod?.traits;
  if (traits?.has("$ZodType")) {
    if (traits.has("$ZodCheck"))
      (_a3 = iss).schema ?? (_a3.schema = iss.inst);
    else
      iss.schema = iss.inst;
  }
  const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
  const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config2.customError?.(iss)) ?? unwrapMessage(config2.localeError?.(iss)) ?? "Invalid input";
  const full = {};
  for (const k of Object.keys(iss)) {
    if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__")
      continue;
    full[k] = iss[k];
  }
  full.path ?? (full.path = []);
  full.message = message;
  if (ctx?.reportInput) {
    full.input = iss.input;
  }
  return full;
}
function getSizableOrigin(input2) {
  if (input2 instanceof Set)
    return "set";
  if (input2 instanceof Map)
    return "map";
  if (input2 instanceof File)
    return "file";
  return "unknown";
}
var highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
  const units = str.length;
  if (!highSurrogate.test(str))
    return units;
  let count = units;
  for (let i = 0; i < units - 1; i++) {
    if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
      count--;
      i++;
    }
  }
  return count;
}
function getLengthableOrigin(input2) {
  if (Array.isArray(input2))
    return "array";
  if (typeof input2 === "string")
    return "string";
  return "unknown";
}
function parsedType(data) {
  const t = typeof data;
  switch (t) {
    case "number": {
      return Number.isNaN(data) ? "nan" : "number";
    }
    case "object": {
      if (data === null) {
        return "null";
      }
      if (Array.isArray(data)) {
        return "array";
      }
      const obj = data;
      if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) {
        return obj.constructor.name;
      }
    }
  }
  return t;
}
function issue(...args) {
  const [iss, input2, inst] = args;
  if (typeof iss === "string") {
    return {
      message: iss,
      code: "custom",
      input: input2,
      inst
    };
  }
  return { ...iss };
}
function cleanEnum(obj) {
  return Object.entries(obj).filter(([k, _]) => {
    return Number.isNaN(Number.parseInt(k, 10));
  }).map((el) => el[1]);
}
function base64ToUint8Array(base642) {
  const binaryString = atob(base642);
  const bytes = new Uint8Array(binaryString.length);
  for (let i = 0; i < binaryString.length; i++) {
    bytes[i] = binaryString.charCodeAt(i);
  }
  return bytes;
}
function uint8ArrayToBase64(bytes) {
  let binaryString = "";
  for (let i = 0; i < bytes.length; i++) {
    binaryString += String.fromCharCode(bytes[i]);
  }
  return btoa(binaryString);
}
function base64urlToUint8Array(base64url2) {
  const base642 = base64url2.replace(/-/g, "+").replace(/_/g, "/");
  const padding = "=".repeat((4 - base642.length % 4) % 4);
  return base64ToUint8Array(base642 + padding);
}
function uint8ArrayToBase64url(bytes) {
  return uint8ArrayToBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
function hexToUint8Array(hex) {
  const cleanHex = hex.replace(/^0x/, "");
  if (cleanHex.length % 2 !== 0) {
    throw new Error("Invalid hex string length");
  }
  const bytes = new Uint8Array(cleanHex.length / 2);
  for (let i = 0; i < cleanHex.length; i += 2) {
    bytes[i / 2] = Number.parseInt(cleanHex.slice(i, i + 2), 16);
  }
  return bytes;
}
function uint8ArrayToHex(bytes) {
  return Array.from(bytes).map((b) => b.toString(16).padStart(2, "0")).join("");
}
var Class = class {
  constructor(..._args) {
  }
};
function members(proto, table2) {
  for (const key in table2) {
    const desc = Object.getOwnPropertyDescriptor(table2, key);
    if (desc.get)
      Object.defineProperty(proto, key, { ...desc, enumerable: false });
    else
      defineBound(proto, key, desc.value);
  }
}
function own(inst, key, value, enumerable = true) {
  Object.defineProperty(inst, key, { configurable: true, writable: true, enumerable, value });
  return value;
}
function hide(inst, key, value) {
  return own(inst, key, value, false);
}
// @__NO_SIDE_EFFECTS__
function derived(computes, table2) {
  for (const key in computes) {
    const compute = computes[key];
    Object.defineProperty(table2, key, {
      configurable: true,
      enumerable: true,
      get() {
        return own(this, key, compute(this));
      },
      set(value) {
        own(this, key, value);
      }
    });
  }
  return table2;
}
function defineBound(proto, key, fn) {
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      return this == null ? fn : own(this, key, fn.bind(this));
    },
    set(value) {
      own(this, key, value);
    }
  });
}
function claim(inst, sentinel) {
  const proto = Object.getPrototypeOf(inst);
  return sentinel in proto ? void 0 : proto;
}
var installing;
var broke = false;
var breaker = {
  configurable: true,
  get() {
    broke = true;
    return void 0;
  }
};
function defineLazyInternal(inst, key, compute) {
  const proto = Object.getPrototypeOf(inst._zod);
  if (key in proto && installing !== inst._zod) {
    installing = void 0;
    return;
  }
  installing = inst._zod;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      Object.defineProperty(this, key, breaker);
      const outer = broke;
      broke = false;
      try {
        const value = compute(this);
        if (broke)
          delete this[key];
        else
          Object.defineProperty(this, key, { configurable: true, writable: true, value });
        broke = broke || outer;
        return value;
      } catch (err) {
        delete this[key];
        broke = broke || outer;
        throw err;
      }
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, value });
    }
  });
}
function installLazyProp(inst, key, make, enumerable) {
  const proto = claim(inst, key);
  if (!proto)
    return;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      const desc = { configurable: true, writable: true, enumerable, value: void 0 };
      Object.defineProperty(this, key, desc);
      desc.value = make(this);
      Object.defineProperty(this, key, desc);
      return desc.value;
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, enumerable, value });
    }
  });
}
var CONSTANT_CATCH = "~constantCatch";
function constantCatch(value) {
  const fn = () => value;
  fn[CONSTANT_CATCH] = true;
  return fn;
}

// node_modules/zod/v4/core/core.js
var _a;
var NEVER = /* @__PURE__ */ Object.freeze({
  status: "aborted"
});
var _zodDesc = { value: void 0, enumerable: false };
var _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
  const E = _E;
  if (E) {
    const saved = E.stackTraceLimit;
    if (typeof saved === "number") {
      try {
        E.stackTraceLimit = 0;
      } catch {
        _E = null;
        return new Definition();
      }
      try {
        return new Definition();
      } finally {
        E.stackTraceLimit = saved;
      }
    }
  }
  return new Definition();
}
// @__NO_SIDE_EFFECTS__
function $constructor(name, initializer3, proto, params) {
  const zodProto = {};
  function Internals(def) {
    this.def = def;
    this.constr = _;
    this.traits = /* @__PURE__ */ new Set();
  }
  Internals.prototype = zodProto;
  const protoMembers = proto;
  const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
  function init(inst, def) {
    if (!inst._zod) {
      _zodDesc.value = new Internals(def);
      try {
        Object.defineProperty(inst, "_zod", _zodDesc);
      } finally {
        _zodDesc.value = void 0;
      }
    } else if (inst._zod.traits.has(name)) {
      return;
    }
    inst._zod.traits.add(name);
    initializer3(inst, def);
    if (initialized) {
      const own2 = Object.getPrototypeOf(inst);
      const ctorProto = inst._zod.constr.prototype;
      let up = own2;
      while (up && up !== ctorProto)
        up = Object.getPrototypeOf(up);
      const target = up ?? own2;
      if (!initialized.has(target)) {
        initialized.add(target);
        members(target, protoMembers);
      }
    }
    const proto2 = _.prototype;
    for (const k in proto2) {
      if (!Object.prototype.hasOwnProperty.call(proto2, k))
        continue;
      if (!(k in inst)) {
        inst[k] = proto2[k].bind(inst);
      }
    }
  }
  const Parent = params?.Parent ?? Object;
  class Definition extends Parent {
  }
  Object.defineProperty(Definition, "name", { value: name });
  function _(def) {
    const inst = params?.Parent ? newError(Definition) : this;
    init(inst, def);
    const deferred = inst._zod.deferred;
    if (deferred) {
      for (const fn of deferred) {
        fn();
      }
      inst._zod.deferred = void 0;
    }
    const pp = globalThis.__zod_globalConfig?.postProcessor;
    if (pp)
      pp(inst);
    return inst;
  }
  Object.defineProperty(_, "init", { value: init });
  Object.defineProperty(_, Symbol.hasInstance, {
    value: (inst) => {
      if (params?.Parent && inst instanceof params.Parent)
        return true;
      return inst?._zod?.traits?.has(name);
    }
  });
  Object.defineProperty(_, "name", { value: name });
  return _;
}
var $ZodAsyncError = class extends Error {
  constructor() {
    super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
  }
};
var $ZodEncodeError = class extends Error {
  constructor(name) {
    super(`Encountered unidirectional transform during encode: ${name}`);
    this.name = "ZodEncodeError";
  }
};
(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});
var globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
  if (newConfig)
    Object.assign(globalConfig, newConfig);
  return globalConfig;
}

// node_modules/zod/v4/core/errors.js
function _getMessage() {
  const internals = this._zod;
  internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
  return internals.message;
}
function _setMessage(value) {
  this._zod.message = value;
}
var _messageDesc = {
  get: _getMessage,
  set: _setMessage,
  enumerable: true,
  configurable: true
};
var _issuesDesc = { value: void 0, enumerable: false };
var _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
var initializer = (inst, def) => {
  inst.name = "$ZodError";
  _issuesDesc.value = def;
  Object.defineProperty(inst, "issues", _issuesDesc);
  _issuesDesc.value = void 0;
  Object.defineProperty(inst, "message", _messageDesc);
  const proto = Object.getPrototypeOf(inst);
  if (!_installedToString.has(proto)) {
    _installedToString.add(proto);
    Object.defineProperty(proto, "toString", {
      configurable: true,
      enumerable: false,
      get() {
        const value = () => this.message;
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
        return value;
      },
      set(value) {
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
      }
    });
  }
};
var $ZodError = $constructor("$ZodError", initializer);
var $ZodRealError = $constructor("$ZodError", initializer, void 0, {
  Parent: Error
});
function node(obj, key, make) {
  if (!Object.prototype.hasOwnProperty.call(obj, key)) {
    if (key === "__proto__") {
      Object.defineProperty(obj, key, { value: make(), writable: true, enumerable: true, configurable: true });
    } else {
      obj[key] = make();
    }
  }
  return obj[key];
}
function flattenError(error2, mapper = (issue2) => issue2.message) {
  const fieldErrors = {};
  const formErrors = [];
  for (const sub of error2.issues) {
    if (sub.path.length > 0) {
      node(fieldErrors, sub.path[0], () => []).push(mapper(sub));
    } else {
      formErrors.push(mapper(sub));
    }
  }
  return { formErrors, fieldErrors };
}
function formatError(error2, mapper = (issue2) => issue2.message) {
  const fieldErrors = { _errors: [] };
  const processError = (error3, path9 = []) => {
    for (const issue2 of error3.issues) {
      if (issue2.code === "invalid_union" && issue2.errors.length) {
        issue2.errors.map((issues) => processError({ issues }, [...path9, ...issue2.path]));
      } else if (issue2.code === "invalid_key") {
        processError({ issues: issue2.issues }, [...path9, ...issue2.path]);
      } else if (issue2.code === "invalid_element") {
        processError({ issues: issue2.issues }, [...path9, ...issue2.path]);
      } else {
        const fullpath = [...path9, ...issue2.path];
        if (fullpath.length === 0) {
          fieldErrors._errors.push(mapper(issue2));
        } else {
          let curr = fieldErrors;
          let i = 0;
          while (i < fullpath.length) {
            const el = fullpath[i];
            const terminal = i === fullpath.length - 1;
            if (el === "_errors") {
              if (terminal)
                curr._errors.push(mapper(issue2));
              i++;
              continue;
            }
            if (!Object.prototype.hasOwnProperty.call(curr, el)) {
              Object.defineProperty(curr, el, {
                value: { _errors: [] },
                enumerable: true,
                writable: true,
                configurable: true
              });
            }
            const node2 = curr[el];
            if (terminal) {
              node2._errors.push(mapper(issue2));
            }
            curr = node2;
            i++;
          }
        }
      }
    }
  };
  processError(error2);
  return fieldErrors;
}

// node_modules/zod/v4/core/parse.js
function finalizeParams(callee, params) {
  return { callee: params?.callee ?? callee, Err: params?.Err };
}
var _parse = (_Err) => {
  const fn = (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
    const result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise) {
      throw new $ZodAsyncError();
    }
    if (result.issues.length) {
      const e = new (_params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, _params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var _parseAsync = (_Err) => {
  const fn = async (schema, value, _ctx, params) => {
    const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
    let result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise)
      result = await result;
    if (result.issues.length) {
      const e = new (params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var _safeParse = (_Err) => (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
  const result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise) {
    throw new $ZodAsyncError();
  }
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
function failure(Err, issues, ctx) {
  let error2;
  return {
    success: false,
    get error() {
      if (!error2) {
        error2 = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
        issues = void 0;
        ctx = void 0;
      }
      return error2;
    },
    set error(e) {
      error2 = e;
      issues = void 0;
      ctx = void 0;
    }
  };
}
var _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
  let result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise)
    result = await result;
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
var COMPILE_INVALID = /* @__PURE__ */ Symbol.for("zod.compile.invalid");
var COMPILE_FALLBACK = /* @__PURE__ */ Symbol.for("zod.compile.fallback");
var validate = ((schema, value, _ctx) => {
  const validator = schema._zod.bag.validator;
  if (validator !== void 0) {
    if (validator(value) !== COMPILE_INVALID)
      return true;
    if (validator.definite === true && _ctx === void 0)
      return false;
  }
  return validateFallback(schema, value, _ctx);
});
function validateFallback(schema, value, _ctx) {
  const ctx = _ctx ? { ..._ctx, async: false, abortEarly: true } : { async: false, abortEarly: true };
  const fallbackRun = schema._zod.bag.fallbackRun;
  let result;
  if (fallbackRun) {
    ctx[COMPILE_FALLBACK] = true;
    result = fallbackRun({ value, issues: [] }, ctx);
  } else {
    result = schema._zod.run({ value, issues: [] }, ctx);
  }
  if (result instanceof Promise) {
    throw new $ZodAsyncError();
  }
  return result.issues.length === 0;
}
var validateAsync = async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: true, abortEarly: true } : { async: true, abortEarly: true };
  let result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise)
    result = await result;
  return result.issues.length === 0;
};
var _encode = (_Err) => {
  const parse2 = _parse(_Err);
  const fn = (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
    return parse2(schema, value, ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _decode = (_Err) => {
  const parse2 = _parse(_Err);
  const fn = (schema, value, _ctx, _params) => {
    return parse2(schema, value, _ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _encodeAsync = (_Err) => {
  const parseAsync2 = _parseAsync(_Err);
  const fn = async (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
    return await parseAsync2(schema, value, ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _decodeAsync = (_Err) => {
  const parseAsync2 = _parseAsync(_Err);
  const fn = async (schema, value, _ctx, _params) => {
    return await parseAsync2(schema, value, _ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _safeEncode = (_Err) => (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
  return _safeParse(_Err)(schema, value, ctx);
};
var _safeDecode = (_Err) => (schema, value, _ctx) => {
  return _safeParse(_Err)(schema, value, _ctx);
};
var _safeEncodeAsync = (_Err) => async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
  return _safeParseAsync(_Err)(schema, value, ctx);
};
var _safeDecodeAsync = (_Err) => async (schema, value, _ctx) => {
  return _safeParseAsync(_Err)(schema, value, _ctx);
};

// node_modules/zod/v4/core/regexes.js
var cuid = /^[cC][0-9a-z]{6,}$/;
var cuid2 = /^[0-9a-z]+$/;
var ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
var xid = /^[0-9a-vA-V]{20}$/;
var ksuid = /^[A-Za-z0-9]{27}$/;
var nanoid = /^[a-zA-Z0-9_-]{21}$/;
function nanoidOfLength(length) {
  return new RegExp(`^[a-zA-Z0-9_-]{${length}}$`);
}
var duration = /^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/;
var guid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;
var uuid = (version2) => {
  if (!version2)
    return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
  return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version2}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
var email = /^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$/;
var _emoji = `^(?=[\\s\\S]*[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3])[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$`;
function emoji() {
  return new RegExp(_emoji, "u");
}
var ipv4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/;
var ipv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))$/;
var cidrv4 = /^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\/([0-9]|[1-2][0-9]|3[0-2])$/;
var cidrv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$/;
var base64 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
var base64url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
var httpProtocol = /^https?$/;
var e164 = /^\+[1-9]\d{6,14}$/;
var dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
function anchor(source) {
  return new RegExp(`^${source}$`);
}
var date = /* @__PURE__ */ anchor(dateSource);
function timeSource(args) {
  const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
  const regex = typeof args.precision === "number" ? args.precision === -1 ? `${hhmm}` : args.precision === 0 ? `${hhmm}:[0-5]\\d` : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}` : args.seconds ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?` : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
  return regex;
}
function time(args) {
  return new RegExp(`^${timeSource(args)}$`);
}
function datetime(args) {
  const opts = ["Z"];
  if (args.offset)
    opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
  const qualified = `${timeSource({ precision: args.precision, seconds: true })}(?:${opts.join("|")})`;
  const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
  return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
var anyString = /^[\s\S]{0,}$/;
var number = /^-?\d+(?:\.\d+)?$/;
var boolean = /^(?:true|false)$/i;
var lowercase = /^[^A-Z]*$/;
var uppercase = /^[^a-z]*$/;

// node_modules/zod/v4/core/checks.js
var $ZodCheck = /* @__PURE__ */ $constructor("$ZodCheck", (inst, def) => {
  var _a3;
  inst._zod ?? (inst._zod = {});
  inst._zod.def = def;
  (_a3 = inst._zod).onattach ?? (_a3.onattach = []);
});
var _whenHasLength = (payload) => {
  const val = payload.value;
  return !nullish(val) && val.length !== void 0;
};
var numericOriginMap = {
  number: "number",
  bigint: "bigint",
  object: "date"
};
var $ZodCheckLessThan = /* @__PURE__ */ $constructor("$ZodCheckLessThan", (inst, def) => {
  $ZodCheck.init(inst, def);
  const origin = numericOriginMap[typeof def.value];
  inst._zod.check = (payload) => {
    if (def.inclusive ? payload.value <= def.value : payload.value < def.value) {
      return;
    }
    payload.issues.push({
      origin: numericOriginMap[typeof payload.value] ?? origin,
      code: "too_big",
      maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
      input: payload.value,
      inclusive: def.inclusive,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckGreaterThan = /* @__PURE__ */ $constructor("$ZodCheckGreaterThan", (inst, def) => {
  $ZodCheck.init(inst, def);
  const origin = numericOriginMap[typeof def.value];
  inst._zod.check = (payload) => {
    if (def.inclusive ? payload.value >= def.value : payload.value > def.value) {
      return;
    }
    payload.issues.push({
      origin: numericOriginMap[typeof payload.value] ?? origin,
      code: "too_small",
      minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
      input: payload.value,
      inclusive: def.inclusive,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckMultipleOf = /* @__PURE__ */ $constructor("$ZodCheckMultipleOf", (inst, def) => {
  $ZodCheck.init(inst, def);
  inst._zod.check = (payload) => {
    if (typeof payload.value !== typeof def.value)
      throw new Error("Cannot mix number and bigint in multiple_of check.");
    const isMultiple = typeof payload.value === "bigint" ? (
      // `value % 0n` throws, and nothing is a multiple of zero — the number branch already fails this way via NaN
      def.value !== BigInt(0) && payload.value % def.value === BigInt(0)
    ) : floatSafeRemainder(payload.value, def.value) === 0;
    if (isMultiple)
      return;
    payload.issues.push({
      origin: typeof payload.value,
      code: "not_multiple_of",
      divisor: def.value,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckNumberFormat = /* @__PURE__ */ $constructor("$ZodCheckNumberFormat", (inst, def) => {
  $ZodCheck.init(inst, def);
  def.format = def.format || "float64";
  const isInt = def.format?.includes("int");
  const origin = isInt ? "int" : "number";
  const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
  inst._zod.check = (payload) => {
    const input2 = payload.value;
    if (isInt) {
      if (!Number.isInteger(input2)) {
        payload.issues.push({
          expected: origin,
          format: def.format,
          code: "invalid_type",
          continue: false,
          input: input2,
          inst
        });
        return;
      }
      if (!Number.isSafeInteger(input2)) {
        if (input2 > 0) {
          payload.issues.push({
            input: input2,
            code: "too_big",
            maximum: Number.MAX_SAFE_INTEGER,
            note: "Integers must be within the safe integer range.",
            inst,
            origin,
            inclusive: true,
            continue: !def.abort
          });
        } else {
          payload.issues.push({
            input: input2,
            code: "too_small",
            minimum: Number.MIN_SAFE_INTEGER,
            note: "Integers must be within the safe integer range.",
            inst,
            origin,
            inclusive: true,
            continue: !def.abort
          });
        }
        return;
      }
    }
    if (input2 < minimum) {
      payload.issues.push({
        origin: "number",
        input: input2,
        code: "too_small",
        minimum,
        inclusive: true,
        inst,
        continue: !def.abort
      });
    }
    if (input2 > maximum) {
      payload.issues.push({
        origin: "number",
        input: input2,
        code: "too_big",
        maximum,
        inclusive: true,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodCheckMaxLength = /* @__PURE__ */ $constructor("$ZodCheckMaxLength", (inst, def) => {
  var _a3;
  $ZodCheck.init(inst, def);
  (_a3 = inst._zod.def).when ?? (_a3.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input2 = payload.value;
    const units = input2.length;
    const length = typeof input2 === "string" && units > def.maximum ? codePointLength(input2) : units;
    if (length <= def.maximum)
      return;
    const origin = getLengthableOrigin(input2);
    payload.issues.push({
      origin,
      code: "too_big",
      maximum: def.maximum,
      inclusive: true,
      input: input2,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckMinLength = /* @__PURE__ */ $constructor("$ZodCheckMinLength", (inst, def) => {
  var _a3;
  $ZodCheck.init(inst, def);
  (_a3 = inst._zod.def).when ?? (_a3.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input2 = payload.value;
    const units = input2.length;
    const length = typeof input2 === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input2) : units;
    if (length >= def.minimum)
      return;
    const origin = getLengthableOrigin(input2);
    payload.issues.push({
      origin,
      code: "too_small",
      minimum: def.minimum,
      inclusive: true,
      input: input2,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckLengthEquals = /* @__PURE__ */ $constructor("$ZodCheckLengthEquals", (inst, def) => {
  var _a3;
  $ZodCheck.init(inst, def);
  (_a3 = inst._zod.def).when ?? (_a3.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input2 = payload.value;
    const units = input2.length;
    const length = typeof input2 === "string" && units >= def.length && units <= def.length * 2 ? codePointLength(input2) : units;
    if (length === def.length)
      return;
    const origin = getLengthableOrigin(input2);
    const tooBig = length > def.length;
    payload.issues.push({
      origin,
      ...tooBig ? { code: "too_big", maximum: def.length } : { code: "too_small", minimum: def.length },
      inclusive: true,
      exact: true,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckStringFormat = /* @__PURE__ */ $constructor("$ZodCheckStringFormat", (inst, def) => {
  var _a3, _b;
  $ZodCheck.init(inst, def);
  if (def.pattern)
    (_a3 = inst._zod).check ?? (_a3.check = (payload) => {
      def.pattern.lastIndex = 0;
      if (def.pattern.test(payload.value))
        return;
      payload.issues.push({
        origin: "string",
        code: "invalid_format",
        format: def.format,
        input: payload.value,
        ...def.pattern ? { pattern: def.pattern.toString() } : {},
        inst,
        continue: !def.abort
      });
    });
  else
    (_b = inst._zod).check ?? (_b.check = () => {
    });
});
var $ZodCheckRegex = /* @__PURE__ */ $constructor("$ZodCheckRegex", (inst, def) => {
  $ZodCheckStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    def.pattern.lastIndex = 0;
    if (def.pattern.test(payload.value))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "regex",
      input: payload.value,
      pattern: def.pattern.toString(),
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckLowerCase = /* @__PURE__ */ $constructor("$ZodCheckLowerCase", (inst, def) => {
  def.pattern ?? (def.pattern = lowercase);
  $ZodCheckStringFormat.init(inst, def);
});
var $ZodCheckUpperCase = /* @__PURE__ */ $constructor("$ZodCheckUpperCase", (inst, def) => {
  def.pattern ?? (def.pattern = uppercase);
  $ZodCheckStringFormat.init(inst, def);
});
var $ZodCheckIncludes = /* @__PURE__ */ $constructor("$ZodCheckIncludes", (inst, def) => {
  $ZodCheck.init(inst, def);
  const escapedRegex = escapeRegex(def.includes);
  const pattern2 = new RegExp(typeof def.position === "number" ? `^.{${def.position},}${escapedRegex}` : escapedRegex);
  def.pattern = pattern2;
  inst._zod.check = (payload) => {
    if (payload.value.includes(def.includes, def.position))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "includes",
      includes: def.includes,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckStartsWith = /* @__PURE__ */ $constructor("$ZodCheckStartsWith", (inst, def) => {
  $ZodCheck.init(inst, def);
  const pattern2 = new RegExp(`^${escapeRegex(def.prefix)}.*`);
  def.pattern ?? (def.pattern = pattern2);
  inst._zod.check = (payload) => {
    if (payload.value.startsWith(def.prefix))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "starts_with",
      prefix: def.prefix,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckEndsWith = /* @__PURE__ */ $constructor("$ZodCheckEndsWith", (inst, def) => {
  $ZodCheck.init(inst, def);
  const pattern2 = new RegExp(`.*${escapeRegex(def.suffix)}$`);
  def.pattern ?? (def.pattern = pattern2);
  inst._zod.check = (payload) => {
    if (payload.value.endsWith(def.suffix))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "ends_with",
      suffix: def.suffix,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckOverwrite = /* @__PURE__ */ $constructor("$ZodCheckOverwrite", (inst, def) => {
  $ZodCheck.init(inst, def);
  inst._zod.check = (payload) => {
    payload.value = def.tx(payload.value);
  };
});

// node_modules/zod/v4/core/versions.js
var version = {
  major: 4,
  minor: 6,
  patch: 7
};

// node_modules/zod/v4/core/schemas.js
var $ZodType = /* @__PURE__ */ $constructor("$ZodType", (inst, def) => {
  var _a3;
  inst ?? (inst = {});
  inst._zod.def = def;
  inst._zod.bag = inst._zod.bag || {};
  inst._zod.version = version;
  const defChecks = inst._zod.def.checks;
  const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
  for (const ch of checks) {
    for (const fn of ch._zod.onattach) {
      fn(inst);
    }
  }
  if (checks.length === 0) {
    (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
    inst._zod.deferred?.push(() => {
      inst._zod.run = inst._zod.parse;
    });
  } else {
    const runChecks = (payload, checks2, ctx) => {
      if (payload.memo)
        return payload;
      let isAborted = aborted(payload);
      let asyncResult;
      for (const ch of checks2) {
        if (ch._zod.def.when) {
          if (explicitlyAborted(payload))
            continue;
          const shouldRun = ch._zod.def.when(payload);
          if (!shouldRun)
            continue;
        } else if (isAborted) {
          continue;
        }
        const currLen = payload.issues.length;
        const _ = ch._zod.check(payload);
        if (_ instanceof Promise && ctx?.async === false) {
          throw new $ZodAsyncError();
        }
        if (asyncResult || _ instanceof Promise) {
          asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
            await _;
            const nextLen = payload.issues.length;
            if (nextLen === currLen)
              return;
            attachSchema(payload.issues, currLen, inst);
            if (!isAborted)
              isAborted = aborted(payload, currLen);
          });
        } else {
          const nextLen = payload.issues.length;
          if (nextLen === currLen)
            continue;
          attachSchema(payload.issues, currLen, inst);
          if (!isAborted)
            isAborted = aborted(payload, currLen);
        }
      }
      if (asyncResult) {
        return asyncResult.then(() => {
          return payload;
        });
      }
      return payload;
    };
    const handleCanaryResult = (canary, payload, ctx) => {
      if (aborted(canary)) {
        canary.aborted = true;
        return canary;
      }
      const checkResult = runChecks(payload, checks, ctx);
      if (checkResult instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return checkResult.then((checkResult2) => inst._zod.parse(checkResult2, ctx));
      }
      return inst._zod.parse(checkResult, ctx);
    };
    inst._zod.run = (payload, ctx) => {
      if (ctx.skipChecks) {
        return inst._zod.parse(payload, ctx);
      }
      if (ctx.direction === "backward") {
        const canary = inst._zod.parse({ value: payload.value, issues: [] }, { ...ctx, skipChecks: true });
        if (canary instanceof Promise) {
          return canary.then((canary2) => {
            return handleCanaryResult(canary2, payload, ctx);
          });
        }
        return handleCanaryResult(canary, payload, ctx);
      }
      const result = inst._zod.parse(payload, ctx);
      if (result instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return result.then((result2) => runChecks(result2, checks, ctx));
      }
      return runChecks(result, checks, ctx);
    };
  }
}, {
  // Wrappers extend this by installing a richer factory over it; reading it eagerly would defeat the laziness.
  get "~standard"() {
    return hide(this, "~standard", standardProps(this));
  },
  set "~standard"(value) {
    own(this, "~standard", value);
  }
});
var toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync2(inst, value) {
  const ctx = { async: true };
  return toStandardResult(await inst._zod.run({ value, issues: [] }, ctx), ctx);
}
function standardProps(inst) {
  return {
    validate: (value) => {
      const ctx = { async: false };
      try {
        const r = inst._zod.run({ value, issues: [] }, ctx);
        if (!(r instanceof Promise))
          return toStandardResult(r, ctx);
      } catch (_) {
      }
      return validateAsync2(inst, value);
    },
    vendor: "zod",
    version: 1
  };
}
var $ZodString = /* @__PURE__ */ $constructor("$ZodString", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = def.pattern ?? anyString;
  inst._zod.parse = (payload, _) => {
    if (def.coerce)
      try {
        payload.value = String(payload.value);
      } catch (_2) {
      }
    if (typeof payload.value === "string")
      return payload;
    payload.issues.push({
      expected: "string",
      code: "invalid_type",
      input: payload.value,
      inst
    });
    return payload;
  };
});
var $ZodStringFormat = /* @__PURE__ */ $constructor("$ZodStringFormat", (inst, def) => {
  $ZodCheckStringFormat.init(inst, def);
  $ZodString.init(inst, def);
});
var $ZodGUID = /* @__PURE__ */ $constructor("$ZodGUID", (inst, def) => {
  def.pattern ?? (def.pattern = guid);
  $ZodStringFormat.init(inst, def);
});
var $ZodUUID = /* @__PURE__ */ $constructor("$ZodUUID", (inst, def) => {
  if (def.version) {
    const versionMap = {
      v1: 1,
      v2: 2,
      v3: 3,
      v4: 4,
      v5: 5,
      v6: 6,
      v7: 7,
      v8: 8
    };
    const v = versionMap[def.version];
    if (v === void 0)
      throw new Error(`Invalid UUID version: "${def.version}"`);
    def.pattern ?? (def.pattern = uuid(v));
  } else
    def.pattern ?? (def.pattern = uuid());
  $ZodStringFormat.init(inst, def);
});
var $ZodEmail = /* @__PURE__ */ $constructor("$ZodEmail", (inst, def) => {
  def.pattern ?? (def.pattern = email);
  $ZodStringFormat.init(inst, def);
});
var URL_BAD_FORMAT = 1;
var URL_UNPARSEABLE = 2;
function canParseURL(input2) {
  try {
    if (typeof URL !== "undefined" && typeof URL.canParse === "function")
      return URL.canParse(input2);
    new URL(input2);
    return true;
  } catch {
    return false;
  }
}
function validateURL(trimmed, def) {
  if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) {
    return canParseURL(trimmed) || URL_UNPARSEABLE;
  }
  return parseURLObject(trimmed, def);
}
function parseURLObject(trimmed, def) {
  if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) {
    return URL_BAD_FORMAT;
  }
  try {
    if (typeof URL !== "undefined") {
      const URLStatic = URL;
      if (typeof URLStatic.parse === "function")
        return URLStatic.parse(trimmed) ?? URL_UNPARSEABLE;
    }
    return new URL(trimmed);
  } catch {
    return URL_UNPARSEABLE;
  }
}
var asciiTabOrNewline = /[\t\n\r]/g;
function stripTabAndNewline(value) {
  return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url, hostname) {
  hostname.lastIndex = 0;
  return hostname.test(url.hostname);
}
function urlProtocolOk(url, protocol) {
  protocol.lastIndex = 0;
  return protocol.test(url.protocol.endsWith(":") ? url.protocol.slice(0, -1) : url.protocol);
}
var $ZodURL = /* @__PURE__ */ $constructor("$ZodURL", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    try {
      const trimmed = payload.value.trim();
      const url = validateURL(trimmed, def);
      if (url === URL_BAD_FORMAT) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid URL format",
          input: payload.value,
          inst,
          continue: !def.abort
        });
        return;
      }
      if (url === URL_UNPARSEABLE) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          input: payload.value,
          inst,
          continue: !def.abort
        });
        return;
      }
      if (url === true) {
        payload.value = stripTabAndNewline(trimmed);
        return;
      }
      if (def.hostname && !urlHostnameOk(url, def.hostname)) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid hostname",
          pattern: def.hostname.source,
          input: payload.value,
          inst,
          continue: !def.abort
        });
      }
      if (def.protocol && !urlProtocolOk(url, def.protocol)) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid protocol",
          pattern: def.protocol.source,
          input: payload.value,
          inst,
          continue: !def.abort
        });
      }
      payload.value = def.normalize ? url.href : stripTabAndNewline(trimmed);
      return;
    } catch (_) {
      payload.issues.push({
        code: "invalid_format",
        format: "url",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodEmoji = /* @__PURE__ */ $constructor("$ZodEmoji", (inst, def) => {
  def.pattern ?? (def.pattern = emoji());
  $ZodStringFormat.init(inst, def);
});
var $ZodNanoID = /* @__PURE__ */ $constructor("$ZodNanoID", (inst, def) => {
  if (def.length !== void 0 && (!Number.isInteger(def.length) || def.length < 1))
    throw new Error(`Invalid nanoid length: ${def.length}`);
  def.pattern ?? (def.pattern = def.length === void 0 ? nanoid : nanoidOfLength(def.length));
  $ZodStringFormat.init(inst, def);
});
var $ZodCUID = /* @__PURE__ */ $constructor("$ZodCUID", (inst, def) => {
  def.pattern ?? (def.pattern = cuid);
  $ZodStringFormat.init(inst, def);
});
var $ZodCUID2 = /* @__PURE__ */ $constructor("$ZodCUID2", (inst, def) => {
  def.pattern ?? (def.pattern = cuid2);
  $ZodStringFormat.init(inst, def);
});
var $ZodULID = /* @__PURE__ */ $constructor("$ZodULID", (inst, def) => {
  def.pattern ?? (def.pattern = ulid);
  $ZodStringFormat.init(inst, def);
});
var $ZodXID = /* @__PURE__ */ $constructor("$ZodXID", (inst, def) => {
  def.pattern ?? (def.pattern = xid);
  $ZodStringFormat.init(inst, def);
});
var $ZodKSUID = /* @__PURE__ */ $constructor("$ZodKSUID", (inst, def) => {
  def.pattern ?? (def.pattern = ksuid);
  $ZodStringFormat.init(inst, def);
});
var $ZodISODateTime = /* @__PURE__ */ $constructor("$ZodISODateTime", (inst, def) => {
  def.pattern ?? (def.pattern = datetime(def));
  $ZodStringFormat.init(inst, def);
});
var $ZodISODate = /* @__PURE__ */ $constructor("$ZodISODate", (inst, def) => {
  def.pattern ?? (def.pattern = date);
  $ZodStringFormat.init(inst, def);
});
var $ZodISOTime = /* @__PURE__ */ $constructor("$ZodISOTime", (inst, def) => {
  def.pattern ?? (def.pattern = time(def));
  $ZodStringFormat.init(inst, def);
});
var $ZodISODuration = /* @__PURE__ */ $constructor("$ZodISODuration", (inst, def) => {
  def.pattern ?? (def.pattern = duration);
  $ZodStringFormat.init(inst, def);
});
var $ZodIPv4 = /* @__PURE__ */ $constructor("$ZodIPv4", (inst, def) => {
  def.pattern ?? (def.pattern = ipv4);
  $ZodStringFormat.init(inst, def);
});
var ipv6Alphabet = /^[0-9a-fA-F:.]+$/;
function isValidIPv6(value) {
  if (!ipv6Alphabet.test(value))
    return false;
  return canParseURL(`http://[${value}]`);
}
var $ZodIPv6 = /* @__PURE__ */ $constructor("$ZodIPv6", (inst, def) => {
  def.pattern ?? (def.pattern = ipv6);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (!isValidIPv6(payload.value)) {
      payload.issues.push({
        code: "invalid_format",
        format: "ipv6",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodCIDRv4 = /* @__PURE__ */ $constructor("$ZodCIDRv4", (inst, def) => {
  def.pattern ?? (def.pattern = cidrv4);
  $ZodStringFormat.init(inst, def);
});
function isValidCIDRv6(value) {
  const parts = value.split("/");
  if (parts.length !== 2)
    return false;
  const [address2, prefix2] = parts;
  if (!prefix2)
    return false;
  const prefixNum = Number(prefix2);
  if (`${prefixNum}` !== prefix2)
    return false;
  if (prefixNum < 0 || prefixNum > 128)
    return false;
  return isValidIPv6(address2);
}
var $ZodCIDRv6 = /* @__PURE__ */ $constructor("$ZodCIDRv6", (inst, def) => {
  def.pattern ?? (def.pattern = cidrv6);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (!isValidCIDRv6(payload.value)) {
      payload.issues.push({
        code: "invalid_format",
        format: "cidrv6",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
function isValidBase64(data) {
  if (data === "")
    return true;
  if (/\s/.test(data))
    return false;
  if (data.length % 4 !== 0)
    return false;
  try {
    atob(data);
    return true;
  } catch {
    return false;
  }
}
var base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
var $ZodBase64 = /* @__PURE__ */ $constructor("$ZodBase64", (inst, def) => {
  def.pattern ?? (def.pattern = base64Charset);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidBase64(payload.value))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "base64",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var base64urlCharset = /^[A-Za-z0-9_-]*$/;
function isValidBase64URL(data) {
  if (!base64urlCharset.test(data))
    return false;
  const base642 = data.replace(/[-_]/g, (c) => c === "-" ? "+" : "/");
  const padded = base642.padEnd(Math.ceil(base642.length / 4) * 4, "=");
  return isValidBase64(padded);
}
var $ZodBase64URL = /* @__PURE__ */ $constructor("$ZodBase64URL", (inst, def) => {
  def.pattern ?? (def.pattern = base64urlCharset);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidBase64URL(payload.value))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "base64url",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodE164 = /* @__PURE__ */ $constructor("$ZodE164", (inst, def) => {
  def.pattern ?? (def.pattern = e164);
  $ZodStringFormat.init(inst, def);
});
function isValidJWT(token, algorithm = null) {
  try {
    const tokensParts = token.split(".");
    if (tokensParts.length !== 3)
      return false;
    const [header] = tokensParts;
    if (!header)
      return false;
    const parsedHeader = JSON.parse(atob(header));
    if ("typ" in parsedHeader && parsedHeader?.typ !== "JWT")
      return false;
    if (!parsedHeader.alg)
      return false;
    if (algorithm && (!("alg" in parsedHeader) || parsedHeader.alg !== algorithm))
      return false;
    return true;
  } catch {
    return false;
  }
}
var $ZodJWT = /* @__PURE__ */ $constructor("$ZodJWT", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidJWT(payload.value, def.alg))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "jwt",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodNumber = /* @__PURE__ */ $constructor("$ZodNumber", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = number;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = Number(payload.value);
      } catch (_) {
      }
    const input2 = payload.value;
    if (typeof input2 === "number" && !Number.isNaN(input2) && Number.isFinite(input2)) {
      return payload;
    }
    const received = typeof input2 === "number" ? Number.isNaN(input2) ? "NaN" : !Number.isFinite(input2) ? String(input2) : void 0 : void 0;
    payload.issues.push({
      expected: "number",
      code: "invalid_type",
      input: input2,
      inst,
      ...received ? { received } : {}
    });
    return payload;
  };
});
var $ZodNumberFormat = /* @__PURE__ */ $constructor("$ZodNumberFormat", (inst, def) => {
  $ZodCheckNumberFormat.init(inst, def);
  $ZodNumber.init(inst, def);
});
var $ZodBoolean = /* @__PURE__ */ $constructor("$ZodBoolean", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = boolean;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = Boolean(payload.value);
      } catch (_) {
      }
    const input2 = payload.value;
    if (typeof input2 === "boolean")
      return payload;
    payload.issues.push({
      expected: "boolean",
      code: "invalid_type",
      input: input2,
      inst
    });
    return payload;
  };
});
function capSize(inst, size) {
  const caps = sizeCaps(inst._zod.def.checks);
  if (!caps.length)
    return;
  const cap = Math.min(...caps.map((c) => c[0]));
  const parse2 = inst._zod.parse;
  inst._zod.parse = (payload, ctx) => {
    const n = size(payload.value);
    if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
      for (const [max, ch] of sizeCaps(inst._zod.def.checks)) {
        if (n > max && ch._zod.def.when(payload)) {
          const start = payload.issues.length;
          ch._zod.check(payload);
          payload.issues[start].continue = false;
          attachSchema(payload.issues, start, inst);
          return payload;
        }
      }
    }
    return parse2(payload, ctx);
  };
}
var arraySize = (input2) => Array.isArray(input2) ? input2.length : -1;
function handleArrayResult(result, final, index) {
  if (result.issues.length) {
    final.issues.push(...prefixIssues(index, result.issues));
  }
  final.value[index] = result.value;
}
var $ZodArray = /* @__PURE__ */ $constructor("$ZodArray", (inst, def) => {
  $ZodType.init(inst, def);
  const memo2 = globalConfig.memoizer;
  memo2?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    const input2 = payload.value;
    if (!Array.isArray(input2)) {
      payload.issues.push({
        expected: "array",
        code: "invalid_type",
        input: input2,
        inst
      });
      return payload;
    }
    payload.value = memo2 ? memo2.alloc(inst, payload, Array(input2.length), ctx) : Array(input2.length);
    const proms = [];
    const abortEarly = ctx?.abortEarly;
    for (let i = 0; i < input2.length; i++) {
      const item = input2[i];
      const result = def.element._zod.run({
        value: item,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        proms.push(result.then((result2) => handleArrayResult(result2, payload, i)));
      } else {
        handleArrayResult(result, payload, i);
        if (abortEarly && result.issues.length !== 0 && aborted(result))
          break;
      }
    }
    if (proms.length) {
      return Promise.all(proms).then(() => payload);
    }
    return payload;
  };
  capSize(inst, arraySize);
});
function handleUnionResults(results, final, inst, ctx) {
  for (const result of results) {
    if (result.issues.length === 0) {
      final.value = result.value;
      return final;
    }
  }
  const nonaborted = results.filter((r) => !aborted(r));
  if (nonaborted.length === 1) {
    final.value = nonaborted[0].value;
    return nonaborted[0];
  }
  final.issues.push({
    code: "invalid_union",
    input: final.value,
    inst,
    errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
  });
  return final;
}
var $ZodUnion = /* @__PURE__ */ $constructor("$ZodUnion", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
  defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
  defineLazyInternal(inst, "values", (zod) => {
    if (zod.def.options.every((o) => o._zod.values)) {
      return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
    }
    return void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    if (zod.def.options.every((o) => o._zod.pattern)) {
      const patterns = zod.def.options.map((o) => o._zod.pattern);
      return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
    }
    return void 0;
  });
  const first = def.options.length === 1 ? def.options[0]._zod.run : null;
  inst._zod.parse = (payload, ctx) => {
    if (first) {
      return first(payload, ctx);
    }
    let async = false;
    const results = [];
    for (const option of def.options) {
      const result = option._zod.run({
        value: payload.value,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        results.push(result);
        async = true;
      } else {
        if (result.issues.length === 0)
          return result;
        results.push(result);
      }
    }
    if (!async)
      return handleUnionResults(results, payload, inst, ctx);
    return Promise.all(results).then((results2) => {
      return handleUnionResults(results2, payload, inst, ctx);
    });
  };
});
var $ZodIntersection = /* @__PURE__ */ $constructor("$ZodIntersection", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, ctx) => {
    const input2 = payload.value;
    const left = def.left._zod.run({ value: input2, issues: [] }, ctx);
    const right = def.right._zod.run({ value: input2, issues: [] }, ctx);
    const async = left instanceof Promise || right instanceof Promise;
    if (async) {
      return Promise.all([left, right]).then(([left2, right2]) => {
        return handleIntersectionResults(payload, left2, right2);
      });
    }
    return handleIntersectionResults(payload, left, right);
  };
});
function mergeValues(a, b) {
  if (a === b) {
    return { valid: true, data: a };
  }
  if (a instanceof Date && b instanceof Date && +a === +b) {
    return { valid: true, data: a };
  }
  if (isPlainObject(a) && isPlainObject(b)) {
    const bKeys = Object.keys(b);
    const sharedKeys = Object.keys(a).filter((key) => bKeys.indexOf(key) !== -1);
    const newObj = { ...a, ...b };
    if (Object.prototype.hasOwnProperty.call(newObj, "__proto__"))
      delete newObj.__proto__;
    for (const key of sharedKeys) {
      if (key === "__proto__")
        continue;
      const sharedValue = mergeValues(a[key], b[key]);
      if (!sharedValue.valid) {
        return {
          valid: false,
          mergeErrorPath: [key, ...sharedValue.mergeErrorPath]
        };
      }
      newObj[key] = sharedValue.data;
    }
    return { valid: true, data: newObj };
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) {
      return { valid: false, mergeErrorPath: [] };
    }
    const newArray = [];
    for (let index = 0; index < a.length; index++) {
      const itemA = a[index];
      const itemB = b[index];
      const sharedValue = mergeValues(itemA, itemB);
      if (!sharedValue.valid) {
        return {
          valid: false,
          mergeErrorPath: [index, ...sharedValue.mergeErrorPath]
        };
      }
      newArray.push(sharedValue.data);
    }
    return { valid: true, data: newArray };
  }
  return { valid: false, mergeErrorPath: [] };
}
function handleIntersectionResults(result, left, right) {
  const unrecKeys = /* @__PURE__ */ new Map();
  let unrecIssue;
  const keyIssues = /* @__PURE__ */ new Map();
  const collect = (iss, side) => {
    let keys2;
    if (iss.code === "unrecognized_keys" && !iss.path?.length) {
      unrecIssue ?? (unrecIssue = iss);
      keys2 = iss.keys;
    } else if (iss.code === "invalid_key" && iss.origin === "record" && iss.path?.length === 1) {
      const k = String(iss.path[0]);
      if (!keyIssues.has(k))
        keyIssues.set(k, iss);
      keys2 = [k];
    } else {
      return false;
    }
    for (const k of keys2) {
      if (!unrecKeys.has(k))
        unrecKeys.set(k, {});
      unrecKeys.get(k)[side] = true;
    }
    return true;
  };
  for (const iss of left.issues) {
    if (!collect(iss, "l"))
      result.issues.push(iss);
  }
  for (const iss of right.issues) {
    if (!collect(iss, "r"))
      result.issues.push(iss);
  }
  const bothKeys = [...unrecKeys].filter(([, f]) => f.l && f.r).map(([k]) => k);
  if (bothKeys.length) {
    const aggregated = unrecIssue ? bothKeys.filter((k) => unrecIssue.keys.includes(k)) : [];
    if (aggregated.length)
      result.issues.push({ ...unrecIssue, keys: aggregated });
    for (const k of bothKeys) {
      if (!aggregated.includes(k) && keyIssues.has(k))
        result.issues.push(keyIssues.get(k));
    }
  }
  const merged = mergeValues(left.value, right.value);
  if (!merged.valid) {
    if (aborted(result))
      return result;
    throw new Error(`Unmergable intersection. Error path: ${JSON.stringify(merged.mergeErrorPath)}`);
  }
  result.value = merged.data;
  return result;
}
var $ZodEnum = /* @__PURE__ */ $constructor("$ZodEnum", (inst, def) => {
  $ZodType.init(inst, def);
  const values = getEnumValues(def.entries);
  const valuesSet = new Set(values);
  inst._zod.values = valuesSet;
  defineLazyInternal(inst, "pattern", (zod) => {
    const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
    return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
  });
  inst._zod.parse = (payload, _ctx) => {
    const input2 = payload.value;
    if (valuesSet.has(input2)) {
      return payload;
    }
    payload.issues.push({
      code: "invalid_value",
      values,
      input: input2,
      inst
    });
    return payload;
  };
});
var $ZodTransform = /* @__PURE__ */ $constructor("$ZodTransform", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "optional";
  globalConfig.memoizer?.guard(inst);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      throw new $ZodEncodeError(inst.constructor.name);
    }
    const _out = def.transform(payload.value, payload);
    if (ctx.async) {
      const output = _out instanceof Promise ? _out : Promise.resolve(_out);
      return output.then((output2) => {
        payload.value = output2;
        return payload;
      });
    }
    if (_out instanceof Promise) {
      throw new $ZodAsyncError();
    }
    payload.value = _out;
    return payload;
  };
});
function handleOptionalResult(payload, result) {
  payload.value = result.issues.length ? void 0 : result.value;
  return payload;
}
var $ZodOptional = /* @__PURE__ */ $constructor("$ZodOptional", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
  inst._zod.optout = "optional";
  defineLazyInternal(inst, "values", (zod) => {
    const values = zod.def.innerType._zod.values;
    return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern2 = zod.def.innerType._zod.pattern;
    return pattern2 ? new RegExp(`^(${cleanRegex(pattern2.source)})?$`) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    if (payload.value === void 0) {
      if (def.innerType._zod.optin !== "defaulted")
        return payload;
      const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
      if (result instanceof Promise)
        return result.then((result2) => handleOptionalResult(payload, result2));
      return handleOptionalResult(payload, result);
    }
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodExactOptional = /* @__PURE__ */ $constructor("$ZodExactOptional", (inst, def) => {
  $ZodOptional.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
  inst._zod.parse = (payload, ctx) => {
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodNullable = /* @__PURE__ */ $constructor("$ZodNullable", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern2 = zod.def.innerType._zod.pattern;
    return pattern2 ? new RegExp(`^(${cleanRegex(pattern2.source)}|null)$`) : void 0;
  });
  defineLazyInternal(inst, "values", (zod) => {
    return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    if (payload.value === null)
      return payload;
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodDefault = /* @__PURE__ */ $constructor("$ZodDefault", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "defaulted";
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    if (payload.value === void 0) {
      payload.value = def.defaultValue;
      return payload;
    }
    const result = def.innerType._zod.run(payload, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleDefaultResult(result2, def));
    }
    return handleDefaultResult(result, def);
  };
});
function handleDefaultResult(payload, def) {
  if (payload.value === void 0) {
    payload.value = def.defaultValue;
  }
  return payload;
}
var $ZodPrefault = /* @__PURE__ */ $constructor("$ZodPrefault", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "defaulted";
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    if (payload.value === void 0) {
      payload.value = def.defaultValue;
    }
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodNonOptional = /* @__PURE__ */ $constructor("$ZodNonOptional", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => {
    const v = zod.def.innerType._zod.values;
    return v ? new Set([...v].filter((x) => x !== void 0)) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    const result = def.innerType._zod.run(payload, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleNonOptionalResult(result2, inst));
    }
    return handleNonOptionalResult(result, inst);
  };
});
function handleNonOptionalResult(payload, inst) {
  if (!payload.issues.length && payload.value === void 0) {
    payload.issues.push({
      code: "invalid_type",
      expected: "nonoptional",
      input: payload.value,
      inst
    });
  }
  return payload;
}
function handleCatchResult(payload, result, def, ctx) {
  if (!result.issues.length) {
    payload.value = result.value;
    if (result.memo)
      payload.memo = true;
    return payload;
  }
  payload.value = def.catchValue({
    ...result,
    value: payload.value,
    error: {
      issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config()))
    },
    input: payload.value
  });
  return payload;
}
var $ZodCatch = /* @__PURE__ */ $constructor("$ZodCatch", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleCatchResult(payload, result2, def, ctx));
    }
    return handleCatchResult(payload, result, def, ctx);
  };
});
var $ZodPipe = /* @__PURE__ */ $constructor("$ZodPipe", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
  defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
  defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      const right = def.out._zod.run(payload, ctx);
      if (right instanceof Promise) {
        return right.then((right2) => handlePipeResult(right2, def.in, ctx));
      }
      return handlePipeResult(right, def.in, ctx);
    }
    const left = def.in._zod.run(payload, ctx);
    if (left instanceof Promise) {
      return left.then((left2) => handlePipeResult(left2, def.out, ctx));
    }
    return handlePipeResult(left, def.out, ctx);
  };
});
function handlePipeResult(left, next, ctx) {
  if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
    left.aborted = true;
    return left;
  }
  return next._zod.run({ value: left.value, issues: left.issues }, ctx);
}
var $ZodCodec = /* @__PURE__ */ $constructor("$ZodCodec", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
  defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
  defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
  inst._zod.parse = (payload, ctx) => {
    const direction = ctx.direction || "forward";
    if (direction === "forward") {
      const left = def.in._zod.run(payload, ctx);
      if (left instanceof Promise) {
        return left.then((left2) => handleCodecAResult(left2, def, ctx));
      }
      return handleCodecAResult(left, def, ctx);
    } else {
      const right = def.out._zod.run(payload, ctx);
      if (right instanceof Promise) {
        return right.then((right2) => handleCodecAResult(right2, def, ctx));
      }
      return handleCodecAResult(right, def, ctx);
    }
  };
});
function handleCodecAResult(result, def, ctx) {
  if (result.issues.length) {
    result.aborted = true;
    return result;
  }
  const direction = ctx.direction || "forward";
  if (direction === "forward") {
    const transformed = def.transform(result.value, result);
    if (transformed instanceof Promise) {
      return transformed.then((value) => handleCodecTxResult(result, value, def.out, ctx));
    }
    return handleCodecTxResult(result, transformed, def.out, ctx);
  } else {
    const transformed = def.reverseTransform(result.value, result);
    if (transformed instanceof Promise) {
      return transformed.then((value) => handleCodecTxResult(result, value, def.in, ctx));
    }
    return handleCodecTxResult(result, transformed, def.in, ctx);
  }
}
function handleCodecTxResult(left, value, nextSchema, ctx) {
  if (left.issues.length) {
    left.aborted = true;
    return left;
  }
  return nextSchema._zod.run({ value, issues: left.issues }, ctx);
}
var $ZodReadonly = /* @__PURE__ */ $constructor("$ZodReadonly", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "propValues", (zod) => zod.def.innerType._zod.propValues);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType?._zod?.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType?._zod?.optout);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    const result = def.innerType._zod.run(payload, ctx);
    if (result instanceof Promise) {
      return result.then(handleReadonlyResult);
    }
    return handleReadonlyResult(result);
  };
});
function handleReadonlyResult(payload) {
  if (!payload.memo)
    payload.value = Object.freeze(payload.value);
  return payload;
}
var $ZodCustom = /* @__PURE__ */ $constructor("$ZodCustom", (inst, def) => {
  $ZodCheck.init(inst, def);
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, _) => {
    return payload;
  };
  inst._zod.check = (payload) => {
    const input2 = payload.value;
    const r = def.fn(input2);
    if (r instanceof Promise) {
      return r.then((r2) => handleRefineResult(r2, payload, input2, inst));
    }
    handleRefineResult(r, payload, input2, inst);
    return;
  };
});
function handleRefineResult(result, payload, input2, inst) {
  if (!result) {
    const _iss = {
      code: "custom",
      input: input2,
      inst,
      // incorporates params.error into issue reporting
      path: [...inst._zod.def.path ?? []],
      // incorporates params.error into issue reporting
      continue: !inst._zod.def.abort
      // params: inst._zod.def.params,
    };
    if (inst._zod.def.params)
      _iss.params = inst._zod.def.params;
    payload.issues.push(issue(_iss));
  }
}

// node_modules/zod/v4/core/memoizer.js
var $ZodCyclicError = class extends Error {
  constructor() {
    super(`Cannot parse a reference cycle that closes through a transform`);
    this.name = "ZodCyclicError";
  }
};
var STATE = "~memo";
var NO_ISSUES = [];
function isRef(value) {
  return value !== null && typeof value === "object";
}
function cloneIssues(issues) {
  return issues.map((iss) => iss.path ? { ...iss, path: iss.path.slice() } : { ...iss });
}
var recursive = /* @__PURE__ */ new WeakMap();
var NONE = 0;
var ASSUMED = 1;
var PROVEN = 2;
function isRecursive(inst, stack, resolve) {
  const cached2 = recursive.get(inst);
  if (cached2 !== void 0)
    return cached2 ? PROVEN : NONE;
  if (stack.has(inst))
    return PROVEN;
  stack.add(inst);
  let result = NONE;
  const check = (child) => {
    if (result !== PROVEN && child?._zod) {
      const answer = isRecursive(child, stack, resolve);
      if (answer > result)
        result = answer;
    }
  };
  const shape = (sh, spread) => {
    let answer = NONE;
    for (const key of Reflect.ownKeys(sh)) {
      const desc = Object.getOwnPropertyDescriptor(sh, key);
      if (spread && !desc.enumerable)
        continue;
      const child = desc.get ? ASSUMED : desc.value?._zod ? isRecursive(desc.value, stack, resolve) : NONE;
      if (child > answer)
        answer = child;
    }
    return answer;
  };
  const merge2 = (answer) => {
    if (answer > result)
      result = answer;
  };
  const def = inst._zod.def;
  const kind = def.type;
  switch (kind) {
    case "object": {
      const raw = rawShape(def);
      merge2(raw ? shape(raw, true) : ASSUMED);
      check(def.catchall);
      break;
    }
    case "array":
      check(def.element);
      break;
    case "tuple":
      for (const el of def.items)
        check(el);
      check(def.rest);
      break;
    case "record":
    case "map":
      check(def.keyType);
      check(def.valueType);
      break;
    case "set":
      check(def.valueType);
      break;
    case "union":
      for (const el of def.options)
        check(el);
      break;
    case "intersection":
      check(def.left);
      check(def.right);
      break;
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "catch":
    case "readonly":
    case "nonoptional":
    case "promise":
    case "success":
      check(def.innerType);
      break;
    case "pipe":
      check(def.in);
      check(def.out);
      break;
    case "function":
      check(def.input);
      check(def.output);
      break;
    // `$ZodLazy` caches its inner on the def, so a resolved edge is followed exactly
    case "lazy": {
      const inner = def._cachedInner ?? (resolve ? inst._zod.innerType : void 0);
      merge2(inner ? isRecursive(inner, stack, false) : ASSUMED);
      break;
    }
    // a leaf by choice: `parts` are regex fragments, not data positions
    case "template_literal":
    // leaves
    case "string":
    case "number":
    case "int":
    case "boolean":
    case "bigint":
    case "symbol":
    case "undefined":
    case "null":
    case "void":
    case "never":
    case "any":
    case "unknown":
    case "date":
    case "nan":
    case "enum":
    case "literal":
    case "file":
    case "transform":
    case "custom":
      break;
    default: {
      kind;
      for (const key in def) {
        const desc = Object.getOwnPropertyDescriptor(def, key);
        if (!desc || desc.get)
          continue;
        const value = desc.value;
        if (!value || typeof value !== "object")
          continue;
        if (value._zod)
          check(value);
        else if (Array.isArray(value))
          for (const el of value)
            check(el);
      }
    }
  }
  stack.delete(inst);
  return settle(inst, result);
}
function settle(inst, answer) {
  if (answer !== ASSUMED)
    recursive.set(inst, answer === PROVEN);
  return answer;
}
function bucketFor(state, inst) {
  let bucket = state.buckets.get(inst);
  if (!bucket) {
    bucket = /* @__PURE__ */ new WeakMap();
    state.buckets.set(inst, bucket);
  }
  return bucket;
}
var handoff;
var open = [];
var memo = {
  alloc(_inst, payload, empty) {
    const bucket = handoff;
    if (!bucket)
      return empty;
    handoff = void 0;
    const entry = { value: empty, issues: null };
    bucket.set(payload.value, entry);
    open.push(entry);
    return empty;
  },
  guard(inst) {
    var _a3;
    (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
    inst._zod.deferred.push(() => {
      const base = inst._zod.parse;
      const wrapped2 = (payload, ctx) => {
        if (ctx.direction !== "backward" && isBackEdge(ctx, payload.value))
          throw new $ZodCyclicError();
        return base(payload, ctx);
      };
      inst._zod.parse = wrapped2;
      if (inst._zod.run === base)
        inst._zod.run = wrapped2;
    });
  },
  attach(inst) {
    var _a3;
    let isRecursiveInst;
    let rechecked = false;
    let lastCtx;
    let lastBucket;
    (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
    inst._zod.deferred.push(() => {
      const base = inst._zod.parse;
      const wrapped2 = (payload, ctx) => {
        if (isRecursiveInst === void 0) {
          const walked = isRecursive(inst, /* @__PURE__ */ new Set(), false);
          if (walked === NONE) {
            inst._zod.parse = base;
            if (inst._zod.run === wrapped2)
              inst._zod.run = base;
            return base(payload, ctx);
          }
          if (walked === PROVEN || rechecked)
            isRecursiveInst = true;
          else
            rechecked = true;
        }
        const input2 = payload.value;
        if (!isRef(input2))
          return base(payload, ctx);
        let state = ctx[STATE];
        if (!state) {
          state = { buckets: /* @__PURE__ */ new WeakMap(), backEdges: void 0 };
          ctx[STATE] = state;
        }
        let bucket;
        if (lastCtx === ctx) {
          bucket = lastBucket;
        } else {
          bucket = bucketFor(state, inst);
          lastCtx = ctx;
          lastBucket = bucket;
        }
        const hit = bucket.get(input2);
        if (hit) {
          payload.value = hit.value;
          if (hit.issues) {
            if (hit.issues.length)
              payload.issues.push(...cloneIssues(hit.issues));
          } else {
            payload.memo = true;
            state.backEdges ?? (state.backEdges = /* @__PURE__ */ new WeakSet());
            state.backEdges.add(hit.value);
          }
          return payload;
        }
        handoff = bucket;
        const depth = open.length;
        const result = base(payload, ctx);
        handoff = void 0;
        const entry = open.length > depth ? open.pop() : void 0;
        if (result instanceof Promise) {
          return result.then((r) => {
            if (entry)
              entry.issues = r.issues.length ? cloneIssues(r.issues) : NO_ISSUES;
            return r;
          });
        }
        if (entry)
          entry.issues = result.issues.length ? cloneIssues(result.issues) : NO_ISSUES;
        return result;
      };
      inst._zod.parse = wrapped2;
      if (inst._zod.run === base)
        inst._zod.run = wrapped2;
    });
  }
};
function memoizer() {
  return memo;
}
function isBackEdge(ctx, value) {
  const backEdges = ctx[STATE]?.backEdges;
  return backEdges !== void 0 && isRef(value) && backEdges.has(value);
}

// node_modules/zod/v4/locales/en.js
var error = () => {
  const Sizable = {
    string: { unit: "characters", verb: "to have" },
    file: { unit: "bytes", verb: "to have" },
    array: { unit: "items", verb: "to have" },
    set: { unit: "items", verb: "to have" },
    map: { unit: "entries", verb: "to have" }
  };
  function getSizing(origin) {
    return Sizable[origin] ?? null;
  }
  const FormatDictionary = {
    regex: "input",
    email: "email address",
    url: "URL",
    emoji: "emoji",
    uuid: "UUID",
    uuidv4: "UUIDv4",
    uuidv6: "UUIDv6",
    nanoid: "nanoid",
    guid: "GUID",
    cuid: "cuid",
    cuid2: "cuid2",
    ulid: "ULID",
    xid: "XID",
    ksuid: "KSUID",
    datetime: "ISO datetime",
    date: "ISO date",
    time: "ISO time",
    duration: "ISO duration",
    ipv4: "IPv4 address",
    ipv6: "IPv6 address",
    mac: "MAC address",
    cidrv4: "IPv4 range",
    cidrv6: "IPv6 range",
    base64: "base64-encoded string",
    base64url: "base64url-encoded string",
    json_string: "JSON string",
    e164: "E.164 number",
    currency_code: "currency code",
    credit_card: "credit card number",
    iban: "IBAN",
    jwt: "JWT",
    template_literal: "input"
  };
  const TypeDictionary = {
    // Compatibility: "nan" -> "NaN" for display
    nan: "NaN"
    // All other type names omitted - they fall back to raw values via ?? operator
  };
  function getTypeName(type, input2) {
    if (type === "number" && typeof input2 === "number" && !Number.isFinite(input2)) {
      return String(input2);
    }
    return TypeDictionary[type] ?? type;
  }
  return (issue2) => {
    switch (issue2.code) {
      case "invalid_type": {
        const expected = getTypeName(issue2.expected);
        const receivedType = parsedType(issue2.input);
        const received = getTypeName(receivedType, issue2.input);
        return `Invalid input: expected ${expected}, received ${received}`;
      }
      case "invalid_value":
        if (issue2.values.length === 1)
          return `Invalid input: expected ${stringifyPrimitive(issue2.values[0])}`;
        return `Invalid option: expected one of ${joinValues(issue2.values, "|")}`;
      case "too_big": {
        const adj = issue2.exact ? "exactly " : issue2.inclusive ? "<=" : "<";
        const sizing = getSizing(issue2.origin);
        if (sizing)
          return `Too big: expected ${issue2.origin ?? "value"} to have ${adj}${issue2.maximum.toString()} ${sizing.unit ?? "elements"}`;
        return `Too big: expected ${issue2.origin ?? "value"} to be ${adj}${issue2.maximum.toString()}`;
      }
      case "too_small": {
        const adj = issue2.exact ? "exactly " : issue2.inclusive ? ">=" : ">";
        const sizing = getSizing(issue2.origin);
        if (sizing) {
          return `Too small: expected ${issue2.origin} to have ${adj}${issue2.minimum.toString()} ${sizing.unit}`;
        }
        return `Too small: expected ${issue2.origin} to be ${adj}${issue2.minimum.toString()}`;
      }
      case "invalid_format": {
        const _issue = issue2;
        if (_issue.format === "starts_with") {
          return `Invalid string: must start with "${_issue.prefix}"`;
        }
        if (_issue.format === "ends_with")
          return `Invalid string: must end with "${_issue.suffix}"`;
        if (_issue.format === "includes")
          return `Invalid string: must include "${_issue.includes}"`;
        if (_issue.format === "regex")
          return `Invalid string: must match pattern ${_issue.pattern}`;
        return `Invalid ${FormatDictionary[_issue.format] ?? issue2.format}`;
      }
      case "not_multiple_of":
        return `Invalid number: must be a multiple of ${issue2.divisor}`;
      case "unrecognized_keys":
        return `Unrecognized key${issue2.keys.length > 1 ? "s" : ""}: ${joinValues(issue2.keys, ", ")}`;
      case "invalid_key":
        return `Invalid key in ${issue2.origin}`;
      case "invalid_union":
        if (issue2.options && Array.isArray(issue2.options) && issue2.options.length > 0) {
          const opts = issue2.options.map((o) => `'${o}'`).join(" | ");
          return `Invalid discriminator value. Expected ${opts}`;
        }
        if (issue2.inclusive === false) {
          return "Invalid input: more than one option matched";
        }
        return "Invalid input";
      case "invalid_element":
        return `Invalid value in ${issue2.origin}`;
      default:
        return `Invalid input`;
    }
  };
};
function en_default() {
  return {
    localeError: error()
  };
}

// node_modules/zod/v4/core/registries.js
var _a2;
var $ZodRegistry = class {
  constructor() {
    this._map = /* @__PURE__ */ new WeakMap();
    this._idmap = /* @__PURE__ */ new Map();
  }
  add(schema, ..._meta) {
    const meta2 = _meta[0];
    this._map.set(schema, meta2);
    if (meta2 && typeof meta2 === "object" && "id" in meta2) {
      this._idmap.set(meta2.id, schema);
    }
    return this;
  }
  clear() {
    this._map = /* @__PURE__ */ new WeakMap();
    this._idmap = /* @__PURE__ */ new Map();
    return this;
  }
  remove(schema) {
    const meta2 = this._map.get(schema);
    if (meta2 && typeof meta2 === "object" && "id" in meta2) {
      this._idmap.delete(meta2.id);
    }
    this._map.delete(schema);
    return this;
  }
  get(schema) {
    const p = schema._zod.parent;
    if (p) {
      const pm = { ...this.get(p) ?? {} };
      delete pm.id;
      const f = { ...pm, ...this._map.get(schema) };
      return Object.keys(f).length ? f : void 0;
    }
    return this._map.get(schema);
  }
  has(schema) {
    return this._map.has(schema);
  }
};
function registry() {
  return new $ZodRegistry();
}
(_a2 = globalThis).__zod_globalRegistry ?? (_a2.__zod_globalRegistry = registry());
var globalRegistry = globalThis.__zod_globalRegistry;

// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
  if (def.checks)
    def.checks = [...def.checks];
  return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class2, params) {
  return new Class2(snapshotChecks({ type: "string", ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _email(Class2, params) {
  return new Class2({
    type: "string",
    format: "email",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _guid(Class2, params) {
  return new Class2({
    type: "string",
    format: "guid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuid(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuidv4(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    version: "v4",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuidv6(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    version: "v6",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuidv7(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    version: "v7",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _url(Class2, params) {
  return new Class2({
    type: "string",
    format: "url",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _emoji2(Class2, params) {
  return new Class2({
    type: "string",
    format: "emoji",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _nanoid(Class2, params) {
  return new Class2({
    type: "string",
    format: "nanoid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cuid(Class2, params) {
  return new Class2({
    type: "string",
    format: "cuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cuid2(Class2, params) {
  return new Class2({
    type: "string",
    format: "cuid2",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ulid(Class2, params) {
  return new Class2({
    type: "string",
    format: "ulid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _xid(Class2, params) {
  return new Class2({
    type: "string",
    format: "xid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ksuid(Class2, params) {
  return new Class2({
    type: "string",
    format: "ksuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ipv4(Class2, params) {
  return new Class2({
    type: "string",
    format: "ipv4",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ipv6(Class2, params) {
  return new Class2({
    type: "string",
    format: "ipv6",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cidrv4(Class2, params) {
  return new Class2({
    type: "string",
    format: "cidrv4",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cidrv6(Class2, params) {
  return new Class2({
    type: "string",
    format: "cidrv6",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _base64(Class2, params) {
  return new Class2({
    type: "string",
    format: "base64",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _base64url(Class2, params) {
  return new Class2({
    type: "string",
    format: "base64url",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _e164(Class2, params) {
  return new Class2({
    type: "string",
    format: "e164",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _jwt(Class2, params) {
  return new Class2({
    type: "string",
    format: "jwt",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoDateTime(Class2, params) {
  return new Class2({
    type: "string",
    format: "datetime",
    check: "string_format",
    offset: false,
    local: false,
    precision: null,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoDate(Class2, params) {
  return new Class2({
    type: "string",
    format: "date",
    check: "string_format",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoTime(Class2, params) {
  return new Class2({
    type: "string",
    format: "time",
    check: "string_format",
    precision: null,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoDuration(Class2, params) {
  return new Class2({
    type: "string",
    format: "duration",
    check: "string_format",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _number(Class2, params) {
  return new Class2(snapshotChecks({ type: "number", checks: [], ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _int(Class2, params) {
  return new Class2({
    type: "number",
    check: "number_format",
    abort: false,
    format: "safeint",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _lt(value, params) {
  return new $ZodCheckLessThan({
    check: "less_than",
    ...normalizeParams(params),
    value,
    inclusive: false
  });
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
  return new $ZodCheckLessThan({
    check: "less_than",
    ...normalizeParams(params),
    value,
    inclusive: true
  });
}
// @__NO_SIDE_EFFECTS__
function _gt(value, params) {
  return new $ZodCheckGreaterThan({
    check: "greater_than",
    ...normalizeParams(params),
    value,
    inclusive: false
  });
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
  return new $ZodCheckGreaterThan({
    check: "greater_than",
    ...normalizeParams(params),
    value,
    inclusive: true
  });
}
// @__NO_SIDE_EFFECTS__
function _multipleOf(value, params) {
  return new $ZodCheckMultipleOf({
    check: "multiple_of",
    ...normalizeParams(params),
    value
  });
}
// @__NO_SIDE_EFFECTS__
function _maxLength(maximum, params) {
  const ch = new $ZodCheckMaxLength({
    check: "max_length",
    ...normalizeParams(params),
    maximum
  });
  return ch;
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
  return new $ZodCheckMinLength({
    check: "min_length",
    ...normalizeParams(params),
    minimum
  });
}
// @__NO_SIDE_EFFECTS__
function _length(length, params) {
  return new $ZodCheckLengthEquals({
    check: "length_equals",
    ...normalizeParams(params),
    length
  });
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern2, params) {
  return new $ZodCheckRegex({
    check: "string_format",
    format: "regex",
    ...normalizeParams(params),
    pattern: pattern2
  });
}
// @__NO_SIDE_EFFECTS__
function _lowercase(params) {
  return new $ZodCheckLowerCase({
    check: "string_format",
    format: "lowercase",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uppercase(params) {
  return new $ZodCheckUpperCase({
    check: "string_format",
    format: "uppercase",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _includes(includes, params) {
  return new $ZodCheckIncludes({
    check: "string_format",
    format: "includes",
    ...normalizeParams(params),
    includes
  });
}
// @__NO_SIDE_EFFECTS__
function _startsWith(prefix2, params) {
  return new $ZodCheckStartsWith({
    check: "string_format",
    format: "starts_with",
    ...normalizeParams(params),
    prefix: prefix2
  });
}
// @__NO_SIDE_EFFECTS__
function _endsWith(suffix, params) {
  return new $ZodCheckEndsWith({
    check: "string_format",
    format: "ends_with",
    ...normalizeParams(params),
    suffix
  });
}
// @__NO_SIDE_EFFECTS__
function _overwrite(tx) {
  return new $ZodCheckOverwrite({
    check: "overwrite",
    tx
  });
}
// @__NO_SIDE_EFFECTS__
function _normalize(form) {
  return /* @__PURE__ */ _overwrite((input2) => input2.normalize(form));
}
// @__NO_SIDE_EFFECTS__
function _trim() {
  return /* @__PURE__ */ _overwrite((input2) => input2.trim());
}
// @__NO_SIDE_EFFECTS__
function _toLowerCase() {
  return /* @__PURE__ */ _overwrite((input2) => input2.toLowerCase());
}
// @__NO_SIDE_EFFECTS__
function _toUpperCase() {
  return /* @__PURE__ */ _overwrite((input2) => input2.toUpperCase());
}
// @__NO_SIDE_EFFECTS__
function _slugify() {
  return /* @__PURE__ */ _overwrite((input2) => slugify(input2));
}
// @__NO_SIDE_EFFECTS__
function _array(Class2, element, params) {
  return new Class2({
    type: "array",
    element,
    // get element() {
    //   return element;
    // },
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _refine(Class2, fn, _params) {
  const schema = new Class2({
    type: "custom",
    check: "custom",
    fn,
    ...normalizeParams(_params)
  });
  return schema;
}
// @__NO_SIDE_EFFECTS__
function _superRefine(fn, params) {
  const ch = /* @__PURE__ */ _check((payload) => {
    payload.addIssue = (issue2) => {
      if (typeof issue2 === "string") {
        payload.issues.push(issue(issue2, payload.value, ch._zod.def));
      } else {
        const _issue = issue2;
        if (_issue.fatal)
          _issue.continue = false;
        _issue.code ?? (_issue.code = "custom");
        if (!("input" in _issue))
          _issue.input = payload.value;
        _issue.inst ?? (_issue.inst = ch);
        _issue.continue ?? (_issue.continue = !ch._zod.def.abort);
        payload.issues.push(issue(_issue));
      }
    };
    return fn(payload.value, payload);
  }, params);
  return ch;
}
// @__NO_SIDE_EFFECTS__
function _check(fn, params) {
  const ch = new $ZodCheck({
    check: "custom",
    ...normalizeParams(params)
  });
  ch._zod.check = fn;
  return ch;
}
// @__NO_SIDE_EFFECTS__
function _stringbool(Classes, _params) {
  const params = normalizeParams(_params);
  let truthyArray = params.truthy ?? ["true", "1", "yes", "on", "y", "enabled"];
  let falsyArray = params.falsy ?? ["false", "0", "no", "off", "n", "disabled"];
  if (params.case !== "sensitive") {
    truthyArray = truthyArray.map((v) => typeof v === "string" ? v.toLowerCase() : v);
    falsyArray = falsyArray.map((v) => typeof v === "string" ? v.toLowerCase() : v);
  }
  const truthySet = new Set(truthyArray);
  const falsySet = new Set(falsyArray);
  const _Codec = Classes.Codec ?? $ZodCodec;
  const _Boolean = Classes.Boolean ?? $ZodBoolean;
  const _String = Classes.String ?? $ZodString;
  const stringSchema = new _String({ type: "string", error: params.error });
  const booleanSchema = new _Boolean({ type: "boolean", error: params.error });
  const codec = new _Codec({
    type: "pipe",
    in: stringSchema,
    out: booleanSchema,
    transform: ((input2, payload) => {
      let data = input2;
      if (params.case !== "sensitive")
        data = data.toLowerCase();
      if (truthySet.has(data)) {
        return true;
      } else if (falsySet.has(data)) {
        return false;
      } else {
        payload.issues.push({
          code: "invalid_value",
          expected: "stringbool",
          values: [...truthySet, ...falsySet],
          input: payload.value,
          inst: codec,
          continue: false
        });
        return {};
      }
    }),
    reverseTransform: ((input2, _payload) => {
      if (input2 === true) {
        return truthyArray[0] || "true";
      } else {
        return falsyArray[0] || "false";
      }
    }),
    error: params.error
  });
  codec._zod.bag.truthy = truthyArray;
  codec._zod.bag.falsy = falsyArray;
  codec._zod.bag.case = params.case ?? "insensitive";
  return codec;
}

// node_modules/zod/v4/core/to-json-schema.js
function assignProps(target, ...sources) {
  for (const source of sources) {
    for (const key of Reflect.ownKeys(source)) {
      if (Object.prototype.propertyIsEnumerable.call(source, key)) {
        assignProp(target, key, source[key]);
      }
    }
  }
  return target;
}
function initializeContext(params) {
  let target = params?.target ?? "draft-2020-12";
  if (target === "draft-4")
    target = "draft-04";
  if (target === "draft-7")
    target = "draft-07";
  return {
    processors: params.processors ?? {},
    metadataRegistry: params?.metadata ?? globalRegistry,
    target,
    unrepresentable: params?.unrepresentable ?? "throw",
    override: params?.override ?? (() => {
    }),
    io: params?.io ?? "output",
    counter: 0,
    seen: /* @__PURE__ */ new Map(),
    sharedDefsExtractedFor: void 0,
    sharedEmitDoneFor: void 0,
    cycles: params?.cycles ?? "ref",
    reused: params?.reused ?? "inline",
    intersections: [],
    deferred: [],
    external: params?.external ?? void 0
  };
}
function handleUnrepresentable(schema, ctx, json, params, message) {
  const result = typeof ctx.unrepresentable === "function" ? ctx.unrepresentable({ zodSchema: schema, path: params.path, message }) : ctx.unrepresentable;
  if (result === "any")
    return false;
  if (result === void 0 || result === "throw")
    throw new Error(message);
  Object.assign(json, result);
  return true;
}
function processSchema(schema, ctx, _params = { path: [], schemaPath: [] }) {
  var _a3;
  const def = schema._zod.def;
  const seen = ctx.seen.get(schema);
  if (seen) {
    seen.count++;
    const isCycle = _params.schemaPath.includes(schema);
    if (isCycle) {
      seen.cycle = _params.path;
    }
    return seen.schema;
  }
  const result = { schema: {}, count: 1, cycle: void 0, path: _params.path };
  ctx.seen.set(schema, result);
  ctx.sharedDefsExtractedFor = void 0;
  ctx.sharedEmitDoneFor = void 0;
  const overrideSchema = schema._zod.toJSONSchema?.();
  if (overrideSchema) {
    result.schema = overrideSchema;
  } else {
    const params = {
      ..._params,
      schemaPath: [..._params.schemaPath, schema],
      path: _params.path
    };
    if (schema._zod.processJSONSchema) {
      schema._zod.processJSONSchema(ctx, result.schema, params);
    } else {
      const _json = result.schema;
      const processor = ctx.processors[def.type];
      if (!processor) {
        throw new Error(`[toJSONSchema]: Non-representable type encountered: ${def.type}`);
      }
      processor(schema, ctx, _json, params);
    }
    const parent = schema._zod.parent;
    if (parent) {
      if (!result.ref)
        result.ref = parent;
      processSchema(parent, ctx, params);
      ctx.seen.get(parent).isParent = true;
    }
  }
  const meta2 = ctx.metadataRegistry.get(schema);
  if (meta2)
    assignProps(result.schema, meta2);
  if (ctx.io === "input" && isTransforming(schema)) {
    delete result.schema.examples;
    delete result.schema.default;
  }
  if (ctx.io === "input" && "_prefault" in result.schema)
    (_a3 = result.schema).default ?? (_a3.default = result.schema._prefault);
  delete result.schema._prefault;
  const _result = ctx.seen.get(schema);
  return _result.schema;
}
function encodeJSONPointerSegment(segment) {
  return segment.replace(/~/g, "~0").replace(/\//g, "~1");
}
function extractDefs(ctx, schema) {
  const root = ctx.seen.get(schema);
  if (!root)
    throw new Error("Unprocessed schema. This is a bug in Zod.");
  if (ctx.external && ctx.sharedDefsExtractedFor === ctx.external)
    return;
  const idToSchema = /* @__PURE__ */ new Map();
  for (const entry of ctx.seen.entries()) {
    const id = ctx.metadataRegistry.get(entry[0])?.id;
    if (id) {
      const existing = idToSchema.get(id);
      if (existing && existing !== entry[0]) {
        throw new Error(`Duplicate schema id "${id}" detected during JSON Schema conversion. Two different schemas cannot share the same id when converted together.`);
      }
      idToSchema.set(id, entry[0]);
    }
  }
  const makeURI = (entry) => {
    const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
    if (ctx.external) {
      const externalId = ctx.external.registry.get(entry[0])?.id;
      const uriGenerator = ctx.external.uri ?? ((id2) => id2);
      if (externalId) {
        return { ref: uriGenerator(externalId) };
      }
      const id = entry[1].defId ?? entry[1].schema.id ?? `schema${ctx.counter++}`;
      entry[1].defId = id;
      return { defId: id, ref: `${uriGenerator("__shared")}#/${defsSegment}/${encodeJSONPointerSegment(id)}` };
    }
    const uriPrefix = `#`;
    const defUriPrefix = `${uriPrefix}/${defsSegment}/`;
    if (entry[1] === root && !entry[1].schema.id) {
      return { ref: uriPrefix };
    }
    const defId = entry[1].schema.id ?? `__schema${ctx.counter++}`;
    return { defId, ref: defUriPrefix + encodeJSONPointerSegment(defId) };
  };
  const extractToDef = (entry) => {
    if (entry[1].schema.$ref) {
      return;
    }
    const seen = entry[1];
    const { ref, defId } = makeURI(entry);
    seen.def = { ...seen.schema };
    if (defId)
      seen.defId = defId;
    const schema2 = seen.schema;
    for (const key in schema2) {
      delete schema2[key];
    }
    schema2.$ref = ref;
  };
  if (ctx.cycles === "throw") {
    for (const entry of ctx.seen.entries()) {
      const seen = entry[1];
      if (seen.cycle) {
        throw new Error(`Cycle detected: #/${seen.cycle?.join("/")}/<root>

Set the \`cycles\` parameter to \`"ref"\` to resolve cyclical schemas with defs.`);
      }
    }
  }
  for (const entry of ctx.seen.entries()) {
    const seen = entry[1];
    if (schema === entry[0]) {
      extractToDef(entry);
      continue;
    }
    if (ctx.external) {
      const ext = ctx.external.registry.get(entry[0])?.id;
      if (schema !== entry[0] && ext) {
        extractToDef(entry);
        continue;
      }
    }
    const id = ctx.metadataRegistry.get(entry[0])?.id;
    if (id) {
      extractToDef(entry);
      continue;
    }
    if (seen.cycle) {
      extractToDef(entry);
      continue;
    }
    if (seen.count > 1) {
      if (ctx.reused === "ref") {
        extractToDef(entry);
      }
    }
  }
  if (ctx.external)
    ctx.sharedDefsExtractedFor = ctx.external;
}
function compactTypeUnion(schema) {
  const options = schema.anyOf;
  if (!Array.isArray(options) || options.length === 0 || schema.type !== void 0)
    return;
  const types = [];
  for (const option of options) {
    if (!option || typeof option !== "object")
      return;
    compactTypeUnion(option);
    const keys2 = Object.keys(option);
    if (keys2.length !== 1 || keys2[0] !== "type")
      return;
    const type = option.type;
    for (const member of Array.isArray(type) ? type : [type]) {
      if (typeof member !== "string")
        return;
      if (!types.includes(member))
        types.push(member);
    }
  }
  delete schema.anyOf;
  schema.type = types.length === 1 ? types[0] : types;
}
var FOLDABLE_KEYS = /* @__PURE__ */ new Set(["type", "properties", "required", "additionalProperties"]);
var UNION_KEYS = ["oneOf", "anyOf"];
function undeclaredConstraint(member) {
  const extra = member.additionalProperties;
  if (extra === void 0 || extra === false || typeof extra !== "object" || extra === null)
    return null;
  return Object.keys(extra).length ? extra : null;
}
function foldObjects(members2) {
  const objects = [];
  for (const member of members2) {
    if (typeof member !== "object" || member.type !== "object")
      return null;
    for (const key in member) {
      if (!FOLDABLE_KEYS.has(key))
        return null;
    }
    objects.push(member);
  }
  const properties = {};
  const required2 = /* @__PURE__ */ new Set();
  for (const object of objects) {
    for (const key in object.properties) {
      if (Object.prototype.hasOwnProperty.call(properties, key))
        continue;
      const parts = [];
      for (const other of objects) {
        const part = other.properties?.[key] ?? undeclaredConstraint(other);
        if (part === null || part === void 0)
          continue;
        if (!parts.some((seen) => JSON.stringify(seen) === JSON.stringify(part)))
          parts.push(part);
      }
      const merged = parts.length === 1 ? parts[0] : foldObjects(parts) ?? { allOf: parts };
      assignProp(properties, key, merged);
    }
    for (const key of object.required ?? [])
      required2.add(key);
  }
  const folded = { type: "object", properties };
  if (required2.size)
    folded.required = [...required2];
  if (objects.every((object) => object.additionalProperties === false)) {
    folded.additionalProperties = false;
  } else {
    const constraints = [];
    for (const object of objects) {
      const constraint = undeclaredConstraint(object);
      if (constraint && !constraints.some((seen) => JSON.stringify(seen) === JSON.stringify(constraint)))
        constraints.push(constraint);
    }
    if (constraints.length === 1)
      folded.additionalProperties = constraints[0];
    else if (constraints.length > 1)
      folded.additionalProperties = { allOf: constraints };
  }
  return folded;
}
function foldIntersection(json) {
  const allOf = json.allOf;
  if (!Array.isArray(allOf) || allOf.length < 2)
    return;
  for (const key of FOLDABLE_KEYS)
    if (key in json)
      return;
  const unions = allOf.filter((m) => UNION_KEYS.some((k) => Array.isArray(m[k])));
  let folded = null;
  if (!unions.length) {
    folded = foldObjects(allOf);
  } else {
    const union2 = unions[0];
    const keyword = UNION_KEYS.find((k) => Array.isArray(union2[k]));
    if (Object.keys(union2).length !== 1)
      return;
    const rest = allOf.filter((m) => m !== union2);
    const branches = union2[keyword].map((branch) => foldObjects([...rest, branch]));
    if (branches.some((b) => !b))
      return;
    folded = { [keyword]: branches };
  }
  if (!folded)
    return;
  delete json.allOf;
  assignProps(json, folded);
}
function finalize(ctx, schema) {
  const root = ctx.seen.get(schema);
  if (!root)
    throw new Error("Unprocessed schema. This is a bug in Zod.");
  const flattenRef = (zodSchema) => {
    const seen = ctx.seen.get(zodSchema);
    if (seen.ref === null)
      return;
    const schema2 = seen.def ?? seen.schema;
    const _cached = { ...schema2 };
    const ref = seen.ref;
    seen.ref = null;
    if (ref) {
      flattenRef(ref);
      const refSeen = ctx.seen.get(ref);
      const refSchema = refSeen.schema;
      if (refSchema.$ref && (ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0")) {
        schema2.allOf = schema2.allOf ?? [];
        schema2.allOf.push(refSchema);
      } else {
        assignProps(schema2, refSchema);
      }
      assignProps(schema2, _cached);
      const isParentRef = zodSchema._zod.parent === ref;
      if (isParentRef) {
        for (const key in schema2) {
          if (key === "$ref" || key === "allOf")
            continue;
          if (!(key in _cached)) {
            delete schema2[key];
          }
        }
      }
      if (refSchema.$ref && refSeen.def) {
        for (const key in schema2) {
          if (key === "$ref" || key === "allOf")
            continue;
          if (key in refSeen.def && JSON.stringify(schema2[key]) === JSON.stringify(refSeen.def[key])) {
            delete schema2[key];
          }
        }
      }
    }
    const parent = zodSchema._zod.parent;
    if (parent && parent !== ref) {
      flattenRef(parent);
      const parentSeen = ctx.seen.get(parent);
      if (parentSeen?.schema.$ref) {
        schema2.$ref = parentSeen.schema.$ref;
        if (parentSeen.def) {
          for (const key in schema2) {
            if (key === "$ref" || key === "allOf")
              continue;
            if (key in parentSeen.def && JSON.stringify(schema2[key]) === JSON.stringify(parentSeen.def[key])) {
              delete schema2[key];
            }
          }
        }
      }
    }
    ctx.override({
      zodSchema,
      jsonSchema: schema2,
      path: seen.path ?? []
    });
  };
  if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
    for (const entry of [...ctx.seen.entries()].reverse()) {
      flattenRef(entry[0]);
    }
    if (ctx.target !== "openapi-3.0") {
      for (const entry of ctx.seen.entries()) {
        compactTypeUnion(entry[1].def ?? entry[1].schema);
      }
    }
    for (const rewrite of ctx.deferred)
      rewrite();
    if (ctx.intersections.length) {
      const carriers = /* @__PURE__ */ new Map();
      for (const seen of ctx.seen.values()) {
        for (const json of [seen.schema, seen.def]) {
          const allOf = json?.allOf;
          if (!Array.isArray(allOf))
            continue;
          const existing = carriers.get(allOf);
          if (existing)
            existing.push(json);
          else
            carriers.set(allOf, [json]);
        }
      }
      for (const allOf of ctx.intersections) {
        for (const json of carriers.get(allOf) ?? [])
          foldIntersection(json);
      }
    }
  }
  const result = {};
  if (ctx.target === "draft-2020-12") {
    result.$schema = "https://json-schema.org/draft/2020-12/schema";
  } else if (ctx.target === "draft-07") {
    result.$schema = "http://json-schema.org/draft-07/schema#";
  } else if (ctx.target === "draft-04") {
    result.$schema = "http://json-schema.org/draft-04/schema#";
  } else if (ctx.target === "openapi-3.0") {
  } else {
  }
  if (ctx.external?.uri) {
    const id = ctx.external.registry.get(schema)?.id;
    if (!id)
      throw new Error("Schema is missing an `id` property");
    result.$id = ctx.external.uri(id);
  }
  assignProps(result, root.defId ? root.schema : root.def ?? root.schema);
  const rootMetaId = ctx.metadataRegistry.get(schema)?.id;
  if (rootMetaId !== void 0 && result.id === rootMetaId)
    delete result.id;
  const defs = ctx.external?.defs ?? {};
  if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
    for (const entry of ctx.seen.entries()) {
      const seen = entry[1];
      if (seen.def && seen.defId) {
        if (seen.def.id === seen.defId)
          delete seen.def.id;
        assignProp(defs, seen.defId, seen.def);
      }
    }
  }
  if (ctx.external)
    ctx.sharedEmitDoneFor = ctx.external;
  if (ctx.external) {
  } else {
    if (Object.keys(defs).length > 0) {
      if (ctx.target === "draft-2020-12") {
        result.$defs = defs;
      } else {
        result.definitions = defs;
      }
    }
  }
  try {
    const finalized = JSON.parse(JSON.stringify(result));
    Object.defineProperty(finalized, "~standard", {
      value: {
        ...schema["~standard"],
        jsonSchema: {
          input: createStandardJSONSchemaMethod(schema, "input", ctx.processors),
          output: createStandardJSONSchemaMethod(schema, "output", ctx.processors)
        }
      },
      enumerable: false,
      writable: false
    });
    return finalized;
  } catch (_err) {
    throw new Error("Error converting schema to JSON.");
  }
}
function isTransforming(_schema, _ctx) {
  const ctx = _ctx ?? { seen: /* @__PURE__ */ new Set() };
  if (ctx.seen.has(_schema))
    return false;
  ctx.seen.add(_schema);
  const def = _schema._zod.def;
  if (def.type === "transform")
    return true;
  if (def.type === "array")
    return isTransforming(def.element, ctx);
  if (def.type === "set")
    return isTransforming(def.valueType, ctx);
  if (def.type === "lazy")
    return isTransforming(def.getter(), ctx);
  if (def.type === "promise" || def.type === "optional" || def.type === "nonoptional" || def.type === "nullable" || def.type === "readonly" || def.type === "default" || def.type === "prefault" || def.type === "catch") {
    return isTransforming(def.innerType, ctx);
  }
  if (def.type === "intersection") {
    return isTransforming(def.left, ctx) || isTransforming(def.right, ctx);
  }
  if (def.type === "record" || def.type === "map") {
    return isTransforming(def.keyType, ctx) || isTransforming(def.valueType, ctx);
  }
  if (def.type === "pipe") {
    if (_schema._zod.traits.has("$ZodCodec"))
      return true;
    return isTransforming(def.in, ctx) || isTransforming(def.out, ctx);
  }
  if (def.type === "object") {
    for (const key in def.shape) {
      if (isTransforming(def.shape[key], ctx))
        return true;
    }
    return false;
  }
  if (def.type === "union") {
    for (const option of def.options) {
      if (isTransforming(option, ctx))
        return true;
    }
    return false;
  }
  if (def.type === "tuple") {
    for (const item of def.items) {
      if (isTransforming(item, ctx))
        return true;
    }
    if (def.rest && isTransforming(def.rest, ctx))
      return true;
    return false;
  }
  return false;
}
var createToJSONSchemaMethod = (schema, processors = {}) => (params) => {
  const ctx = initializeContext({ ...params, processors });
  processSchema(schema, ctx);
  extractDefs(ctx, schema);
  return finalize(ctx, schema);
};
var createStandardJSONSchemaMethod = (schema, io, processors = {}) => (params) => {
  const { libraryOptions, target } = params ?? {};
  const ctx = initializeContext({ ...libraryOptions ?? {}, target, io, processors });
  processSchema(schema, ctx);
  extractDefs(ctx, schema);
  return finalize(ctx, schema);
};

// node_modules/zod/v4/core/json-schema-processors.js
var narrowMin = (agg, key, value) => {
  if (agg[key] === void 0 || value > agg[key])
    agg[key] = value;
};
var narrowMax = (agg, key, value) => {
  if (agg[key] === void 0 || value < agg[key])
    agg[key] = value;
};
var narrowBoth = (agg, value) => {
  narrowMin(agg, "minimum", value);
  narrowMax(agg, "maximum", value);
};
var addDivisor = (agg, value) => {
  agg.multipleOf ?? (agg.multipleOf = []);
  if (!agg.multipleOf.includes(value))
    agg.multipleOf.push(value);
};
var addPattern = (agg, pattern2) => {
  agg.patterns ?? (agg.patterns = /* @__PURE__ */ new Set());
  agg.patterns.add(pattern2);
};
var intersectMime = (agg, mime) => {
  agg.mime = agg.mime ? agg.mime.filter((m) => mime.includes(m)) : [...mime];
};
var setFormat = (agg, format) => {
  agg.format = format;
  if (format.includes("int"))
    agg.isInt = true;
};
var minContributor = (agg, def) => narrowMin(agg, "minimum", def.minimum);
var maxContributor = (agg, def) => narrowMax(agg, "maximum", def.maximum);
var formatContributor = (ranges) => (agg, def) => {
  setFormat(agg, def.format);
  const [minimum, maximum] = ranges[def.format];
  narrowMin(agg, "minimum", minimum);
  narrowMax(agg, "maximum", maximum);
};
var contributors = {
  greater_than: (agg, def) => narrowMin(agg, def.inclusive ? "minimum" : "exclusiveMinimum", def.value),
  less_than: (agg, def) => narrowMax(agg, def.inclusive ? "maximum" : "exclusiveMaximum", def.value),
  multiple_of: (agg, def) => addDivisor(agg, def.value),
  number_format: formatContributor(NUMBER_FORMAT_RANGES),
  bigint_format: formatContributor(BIGINT_FORMAT_RANGES),
  min_length: minContributor,
  max_length: maxContributor,
  length_equals: (agg, def) => narrowBoth(agg, def.length),
  min_size: minContributor,
  max_size: maxContributor,
  size_equals: (agg, def) => narrowBoth(agg, def.size),
  string_format: (agg, def) => {
    setFormat(agg, def.format);
    if (def.pattern)
      addPattern(agg, def.pattern);
    if (def.format === "base64" || def.format === "base64url")
      agg.contentEncoding = def.format;
    if (def.local || def.precision === -1)
      agg.laxFormat = true;
  },
  mime_type: (agg, def) => intersectMime(agg, def.mime)
};
function aggregateChecks(schema) {
  const agg = {};
  const def = schema._zod.def;
  const list = schema._zod.traits.has("$ZodCheck") ? [schema, ...def.checks ?? []] : def.checks ?? [];
  for (const ch of list)
    contributors[ch._zod.def.check]?.(agg, ch._zod.def);
  const bag = schema._zod.bag;
  if (bag.minimum !== void 0)
    narrowMin(agg, "minimum", bag.minimum);
  if (bag.exclusiveMinimum !== void 0)
    narrowMin(agg, "exclusiveMinimum", bag.exclusiveMinimum);
  if (bag.maximum !== void 0)
    narrowMax(agg, "maximum", bag.maximum);
  if (bag.exclusiveMaximum !== void 0)
    narrowMax(agg, "exclusiveMaximum", bag.exclusiveMaximum);
  if (bag.multipleOf !== void 0)
    addDivisor(agg, bag.multipleOf);
  if (bag.format !== void 0) {
    agg.format ?? (agg.format = bag.format);
    if (bag.format.includes("int"))
      agg.isInt = true;
  }
  if (bag.mime)
    intersectMime(agg, bag.mime);
  for (const pattern2 of bag.patterns ?? [])
    addPattern(agg, pattern2);
  return agg;
}
var formatMap = {
  guid: "uuid",
  url: "uri",
  datetime: "date-time",
  json_string: "json-string",
  regex: ""
  // do not set
};
var exactPatterns = /* @__PURE__ */ new Map([
  [base64Charset, base64],
  [base64urlCharset, base64url]
]);
var exactPattern = (p) => exactPatterns.get(p) ?? p;
var stringProcessor = (schema, ctx, _json, _params) => {
  const json = _json;
  json.type = "string";
  const { minimum, maximum, format, patterns, contentEncoding, laxFormat } = aggregateChecks(schema);
  if (typeof minimum === "number")
    json.minLength = minimum;
  if (typeof maximum === "number")
    json.maxLength = maximum;
  if (format) {
    json.format = formatMap[format] ?? format;
    if (json.format === "")
      delete json.format;
    if (format === "time" || laxFormat) {
      delete json.format;
    }
  }
  if (contentEncoding)
    json.contentEncoding = contentEncoding;
  if (patterns && patterns.size > 0) {
    const patternList = [...patterns].map(exactPattern);
    if (patternList.length === 1)
      json.pattern = patternList[0].source;
    else if (patternList.length > 1) {
      json.allOf = [
        ...patternList.map((regex) => ({
          ...ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0" ? { type: "string" } : {},
          pattern: regex.source
        }))
      ];
    }
  }
};
var numberProcessor = (schema, ctx, _json, params) => {
  const json = _json;
  const { minimum, maximum, multipleOf, exclusiveMaximum, exclusiveMinimum, isInt } = aggregateChecks(schema);
  json.type = isInt ? "integer" : "number";
  const exMin = typeof exclusiveMinimum === "number" && exclusiveMinimum >= (minimum ?? Number.NEGATIVE_INFINITY);
  const exMax = typeof exclusiveMaximum === "number" && exclusiveMaximum <= (maximum ?? Number.POSITIVE_INFINITY);
  const legacy = ctx.target === "draft-04" || ctx.target === "openapi-3.0";
  if (exMin) {
    if (legacy) {
      json.minimum = exclusiveMinimum;
      json.exclusiveMinimum = true;
    } else {
      json.exclusiveMinimum = exclusiveMinimum;
    }
  } else if (typeof minimum === "number") {
    json.minimum = minimum;
  }
  if (exMax) {
    if (legacy) {
      json.maximum = exclusiveMaximum;
      json.exclusiveMaximum = true;
    } else {
      json.exclusiveMaximum = exclusiveMaximum;
    }
  } else if (typeof maximum === "number") {
    json.maximum = maximum;
  }
  if (multipleOf) {
    const divisors = /* @__PURE__ */ new Set();
    for (const divisor of multipleOf) {
      if (Number.isFinite(divisor) && divisor !== 0)
        divisors.add(Math.abs(divisor));
      else
        handleUnrepresentable(schema, ctx, json, params, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
    }
    const [first, ...rest] = divisors;
    if (first !== void 0)
      json.multipleOf = first;
    if (rest.length)
      json.allOf = [...json.allOf ?? [], ...rest.map((m) => ({ multipleOf: m }))];
  }
};
var booleanProcessor = (_schema, _ctx, json, _params) => {
  json.type = "boolean";
};
var enumProcessor = (schema, _ctx, json, _params) => {
  const def = schema._zod.def;
  const values = getEnumValues(def.entries);
  if (values.length === 0) {
    json.not = {};
    return;
  }
  if (values.every((v) => typeof v === "number"))
    json.type = "number";
  if (values.every((v) => typeof v === "string"))
    json.type = "string";
  json.enum = values;
};
var customProcessor = (schema, ctx, json, params) => {
  handleUnrepresentable(schema, ctx, json, params, "Custom types cannot be represented in JSON Schema");
};
var transformProcessor = (schema, ctx, json, params) => {
  handleUnrepresentable(schema, ctx, json, params, "Transforms cannot be represented in JSON Schema");
};
var arrayProcessor = (schema, ctx, _json, params) => {
  const json = _json;
  const def = schema._zod.def;
  const { minimum, maximum } = aggregateChecks(schema);
  if (typeof minimum === "number")
    json.minItems = minimum;
  if (typeof maximum === "number")
    json.maxItems = maximum;
  json.type = "array";
  json.items = processSchema(def.element, ctx, {
    ...params,
    path: [...params.path, "items"]
  });
};
var unionProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  const isExclusive = def.inclusive === false;
  const options = def.options.map((x, i) => processSchema(x, ctx, {
    ...params,
    path: [...params.path, isExclusive ? "oneOf" : "anyOf", i]
  }));
  if (isExclusive) {
    json.oneOf = options;
  } else {
    json.anyOf = options;
  }
};
var intersectionProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  const a = processSchema(def.left, ctx, {
    ...params,
    path: [...params.path, "allOf", 0]
  });
  const b = processSchema(def.right, ctx, {
    ...params,
    path: [...params.path, "allOf", 1]
  });
  const isSimpleIntersection = (val) => "allOf" in val && Object.keys(val).length === 1;
  const allOf = [
    ...isSimpleIntersection(a) ? a.allOf : [a],
    ...isSimpleIntersection(b) ? b.allOf : [b]
  ];
  json.allOf = allOf;
  ctx.intersections.push(allOf);
};
var nullableProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  const inner = processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  if (ctx.target === "openapi-3.0") {
    seen.ref = def.innerType;
    json.nullable = true;
  } else {
    json.anyOf = [inner, { type: "null" }];
  }
};
var nonoptionalProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
};
var UNREPRESENTABLE_DEFAULT = /* @__PURE__ */ Symbol();
function serializeDefaultValue(value, schema, ctx, json, params) {
  let unrepresentable = false;
  const serialized = JSON.stringify(value, (_, val) => {
    if (typeof val !== "bigint")
      return val;
    unrepresentable = true;
    return null;
  });
  if (!unrepresentable)
    return JSON.parse(serialized);
  handleUnrepresentable(schema, ctx, json, params, "BigInt defaults cannot be represented in JSON Schema");
  return UNREPRESENTABLE_DEFAULT;
}
var defaultProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
  if (value !== UNREPRESENTABLE_DEFAULT)
    json.default = value;
};
var prefaultProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  if (ctx.io !== "input")
    return;
  const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
  if (value !== UNREPRESENTABLE_DEFAULT)
    json._prefault = value;
};
var catchProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  let catchValue;
  try {
    catchValue = def.catchValue(void 0);
  } catch {
    handleUnrepresentable(schema, ctx, json, params, "Dynamic catch values are not supported in JSON Schema");
    return;
  }
  json.default = catchValue;
};
var pipeProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  const inIsTransform = def.in._zod.traits.has("$ZodTransform");
  const innerType = ctx.io === "input" ? inIsTransform ? def.out : def.in : def.out;
  processSchema(innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = innerType;
};
var readonlyProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  json.readOnly = true;
};
var optionalProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
};

// node_modules/zod/v4/classic/errors.js
var _installedErrorProtos = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
function _lazyMethod(proto, key, make) {
  Object.defineProperty(proto, key, {
    configurable: true,
    enumerable: false,
    get() {
      const value = make(this);
      Object.defineProperty(this, key, { value, configurable: true, writable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(this, key, { value, configurable: true, writable: true });
    }
  });
}
var initializer2 = (inst, issues) => {
  $ZodError.init(inst, issues);
  inst.name = "ZodError";
  const proto = Object.getPrototypeOf(inst);
  if (_installedErrorProtos.has(proto))
    return;
  _installedErrorProtos.add(proto);
  _lazyMethod(proto, "format", (self) => (mapper) => formatError(self, mapper));
  _lazyMethod(proto, "flatten", (self) => (mapper) => flattenError(self, mapper));
  _lazyMethod(proto, "addIssue", (self) => (issue2) => {
    self.issues.push(issue2);
    self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
  });
  _lazyMethod(proto, "addIssues", (self) => (issues2) => {
    self.issues.push(...issues2);
    self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
  });
  Object.defineProperty(proto, "isEmpty", {
    configurable: true,
    enumerable: false,
    get() {
      return this.issues.length === 0;
    }
  });
};
var ZodRealError = /* @__PURE__ */ $constructor("ZodError", initializer2, void 0, {
  Parent: Error
});

// node_modules/zod/v4/classic/parse.js
var parse = /* @__PURE__ */ _parse(ZodRealError);
var parseAsync = /* @__PURE__ */ _parseAsync(ZodRealError);
var safeParse = /* @__PURE__ */ _safeParse(ZodRealError);
var safeParseAsync = /* @__PURE__ */ _safeParseAsync(ZodRealError);
var encode = /* @__PURE__ */ _encode(ZodRealError);
var decode = /* @__PURE__ */ _decode(ZodRealError);
var encodeAsync = /* @__PURE__ */ _encodeAsync(ZodRealError);
var decodeAsync = /* @__PURE__ */ _decodeAsync(ZodRealError);
var safeEncode = /* @__PURE__ */ _safeEncode(ZodRealError);
var safeDecode = /* @__PURE__ */ _safeDecode(ZodRealError);
var safeEncodeAsync = /* @__PURE__ */ _safeEncodeAsync(ZodRealError);
var safeDecodeAsync = /* @__PURE__ */ _safeDecodeAsync(ZodRealError);

// node_modules/zod/v4/classic/schemas.js
function _ensureDefaultLocale() {
  if (!globalConfig.localeError)
    config(en_default());
}
function _ensureDefaultMemoizer() {
  if (!globalConfig.memoizer)
    config({ memoizer: memoizer() });
}
var ZodType = /* @__PURE__ */ $constructor("ZodType", (inst, def) => {
  _ensureDefaultLocale();
  $ZodType.init(inst, def);
  inst.def = def;
  inst.type = def.type;
  return inst;
}, {
  check(...chks) {
    const def = this.def;
    return this.clone(util_exports.mergeDefs(def, {
      checks: [
        ...def.checks ?? [],
        ...chks.map((ch) => typeof ch === "function" ? { _zod: { check: ch, def: { check: "custom" }, onattach: [] } } : ch)
      ]
    }), { parent: true });
  },
  with(...chks) {
    return this.check(...chks);
  },
  clone(def, params) {
    return clone(this, def, params);
  },
  brand() {
    return this;
  },
  register(reg, meta2) {
    reg.add(this, meta2);
    return this;
  },
  refine(check, params) {
    return this.check(refine(check, params));
  },
  superRefine(refinement, params) {
    return this.check(superRefine(refinement, params));
  },
  overwrite(fn) {
    return this.check(_overwrite(fn));
  },
  optional() {
    return optional(this);
  },
  exactOptional() {
    return exactOptional(this);
  },
  nullable() {
    return nullable(this);
  },
  nullish() {
    return optional(nullable(this));
  },
  nonoptional(params) {
    return nonoptional(this, params);
  },
  array() {
    return array(this);
  },
  or(arg) {
    return union([this, arg]);
  },
  and(arg) {
    return intersection(this, arg);
  },
  transform(tx) {
    return pipe(this, transform(tx));
  },
  default(d) {
    return _default(this, d);
  },
  prefault(d) {
    return prefault(this, d);
  },
  catch(params) {
    return _catch(this, params);
  },
  pipe(target) {
    return pipe(this, target);
  },
  readonly() {
    return readonly(this);
  },
  describe(description) {
    const cl = this.clone();
    globalRegistry.add(cl, { description });
    return cl;
  },
  meta(...args) {
    if (args.length === 0)
      return globalRegistry.get(this);
    const cl = this.clone();
    globalRegistry.add(cl, args[0]);
    return cl;
  },
  isOptional() {
    return this.safeParse(void 0).success;
  },
  isNullable() {
    return this.safeParse(null).success;
  },
  apply(fn, ...args) {
    return args.length === 0 ? fn(this) : fn(this, ...args);
  },
  // Overrides core's `~standard` to add `jsonSchema`. Must stay a prototype entry: redefining it per instance demotes instances to dictionary mode.
  get "~standard"() {
    return util_exports.hide(this, "~standard", {
      ...standardProps(this),
      jsonSchema: {
        input: createStandardJSONSchemaMethod(this, "input"),
        output: createStandardJSONSchemaMethod(this, "output")
      }
    });
  },
  set "~standard"(value) {
    util_exports.own(this, "~standard", value);
  },
  parse: function _parse2(data, params) {
    return parse(this, data, params, { callee: _parse2 });
  },
  parseAsync: async function _parseAsync2(data, params) {
    return await parseAsync(this, data, params, { callee: _parseAsync2 });
  },
  safeParse(data, params) {
    return safeParse(this, data, params);
  },
  async safeParseAsync(data, params) {
    return safeParseAsync(this, data, params);
  },
  // `spa` is an alias: same function object as `safeParseAsync`, as before.
  get spa() {
    return this?.safeParseAsync;
  },
  set spa(value) {
    util_exports.own(this, "spa", value);
  },
  validate(data, params) {
    return validate(this, data, params);
  },
  validateAsync(data, params) {
    return validateAsync(this, data, params);
  },
  encode: function _encode2(data, params) {
    return encode(this, data, params, { callee: _encode2 });
  },
  decode: function _decode2(data, params) {
    return decode(this, data, params, { callee: _decode2 });
  },
  encodeAsync: async function _encodeAsync2(data, params) {
    return await encodeAsync(this, data, params, { callee: _encodeAsync2 });
  },
  decodeAsync: async function _decodeAsync2(data, params) {
    return await decodeAsync(this, data, params, { callee: _decodeAsync2 });
  },
  safeEncode(data, params) {
    return safeEncode(this, data, params);
  },
  safeDecode(data, params) {
    return safeDecode(this, data, params);
  },
  async safeEncodeAsync(data, params) {
    return safeEncodeAsync(this, data, params);
  },
  async safeDecodeAsync(data, params) {
    return safeDecodeAsync(this, data, params);
  },
  toJSONSchema(params) {
    return createToJSONSchemaMethod(this, {})(params);
  },
  // Reads through to the registry on every access, so it must not cache.
  get description() {
    return globalRegistry.get(this)?.description;
  },
  // No setter: `schema._def = x` throws, as it did when `_def` was a non-writable own property.
  get _def() {
    return this._zod.def;
  }
});
var _ZodString = /* @__PURE__ */ $constructor(
  "_ZodString",
  (inst, def) => {
    $ZodString.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => stringProcessor(inst, ctx, json, params);
  },
  /* @__PURE__ */ util_exports.derived({
    format: (inst) => aggregateChecks(inst).format ?? null,
    minLength: (inst) => aggregateChecks(inst).minimum ?? null,
    maxLength: (inst) => aggregateChecks(inst).maximum ?? null
  }, {
    regex(...args) {
      return this.check(_regex(...args));
    },
    includes(...args) {
      return this.check(_includes(...args));
    },
    startsWith(...args) {
      return this.check(_startsWith(...args));
    },
    endsWith(...args) {
      return this.check(_endsWith(...args));
    },
    min(...args) {
      return this.check(_minLength(...args));
    },
    max(...args) {
      return this.check(_maxLength(...args));
    },
    length(...args) {
      return this.check(_length(...args));
    },
    nonempty(...args) {
      return this.check(_minLength(1, ...args));
    },
    lowercase(params) {
      return this.check(_lowercase(params));
    },
    uppercase(params) {
      return this.check(_uppercase(params));
    },
    trim() {
      return this.check(_trim());
    },
    normalize(...args) {
      return this.check(_normalize(...args));
    },
    toLowerCase() {
      return this.check(_toLowerCase());
    },
    toUpperCase() {
      return this.check(_toUpperCase());
    },
    slugify() {
      return this.check(_slugify());
    }
  })
);
var ZodString = /* @__PURE__ */ $constructor("ZodString", (inst, def) => {
  $ZodString.init(inst, def);
  _ZodString.init(inst, def);
}, {
  email(params) {
    return this.check(_email(ZodEmail, params));
  },
  url(params) {
    return this.check(_url(ZodURL, params));
  },
  jwt(params) {
    return this.check(_jwt(ZodJWT, params));
  },
  emoji(params) {
    return this.check(_emoji2(ZodEmoji, params));
  },
  guid(params) {
    return this.check(_guid(ZodGUID, params));
  },
  uuid(params) {
    return this.check(_uuid(ZodUUID, params));
  },
  uuidv4(params) {
    return this.check(_uuidv4(ZodUUID, params));
  },
  uuidv6(params) {
    return this.check(_uuidv6(ZodUUID, params));
  },
  uuidv7(params) {
    return this.check(_uuidv7(ZodUUID, params));
  },
  nanoid(params) {
    return this.check(_nanoid(ZodNanoID, params));
  },
  cuid(params) {
    return this.check(_cuid(ZodCUID, params));
  },
  cuid2(params) {
    return this.check(_cuid2(ZodCUID2, params));
  },
  ulid(params) {
    return this.check(_ulid(ZodULID, params));
  },
  base64(params) {
    return this.check(_base64(ZodBase64, params));
  },
  base64url(params) {
    return this.check(_base64url(ZodBase64URL, params));
  },
  xid(params) {
    return this.check(_xid(ZodXID, params));
  },
  ksuid(params) {
    return this.check(_ksuid(ZodKSUID, params));
  },
  ipv4(params) {
    return this.check(_ipv4(ZodIPv4, params));
  },
  ipv6(params) {
    return this.check(_ipv6(ZodIPv6, params));
  },
  cidrv4(params) {
    return this.check(_cidrv4(ZodCIDRv4, params));
  },
  cidrv6(params) {
    return this.check(_cidrv6(ZodCIDRv6, params));
  },
  e164(params) {
    return this.check(_e164(ZodE164, params));
  },
  datetime(params) {
    return this.check(_isoDateTime(ZodISODateTime, params));
  },
  date(params) {
    return this.check(_isoDate(ZodISODate, params));
  },
  time(params) {
    return this.check(_isoTime(ZodISOTime, params));
  },
  duration(params) {
    return this.check(_isoDuration(ZodISODuration, params));
  }
});
function string2(params) {
  return _string(ZodString, params);
}
var ZodStringFormat = /* @__PURE__ */ $constructor("ZodStringFormat", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  _ZodString.init(inst, def);
});
var ZodISODateTime = /* @__PURE__ */ $constructor("ZodISODateTime", (inst, def) => {
  $ZodISODateTime.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodISODate = /* @__PURE__ */ $constructor("ZodISODate", (inst, def) => {
  $ZodISODate.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodISOTime = /* @__PURE__ */ $constructor("ZodISOTime", (inst, def) => {
  $ZodISOTime.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodISODuration = /* @__PURE__ */ $constructor("ZodISODuration", (inst, def) => {
  $ZodISODuration.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodEmail = /* @__PURE__ */ $constructor("ZodEmail", (inst, def) => {
  $ZodEmail.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodGUID = /* @__PURE__ */ $constructor("ZodGUID", (inst, def) => {
  $ZodGUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodUUID = /* @__PURE__ */ $constructor("ZodUUID", (inst, def) => {
  $ZodUUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodURL = /* @__PURE__ */ $constructor("ZodURL", (inst, def) => {
  $ZodURL.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodEmoji = /* @__PURE__ */ $constructor("ZodEmoji", (inst, def) => {
  $ZodEmoji.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodNanoID = /* @__PURE__ */ $constructor("ZodNanoID", (inst, def) => {
  $ZodNanoID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCUID = /* @__PURE__ */ $constructor("ZodCUID", (inst, def) => {
  $ZodCUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCUID2 = /* @__PURE__ */ $constructor("ZodCUID2", (inst, def) => {
  $ZodCUID2.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodULID = /* @__PURE__ */ $constructor("ZodULID", (inst, def) => {
  $ZodULID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodXID = /* @__PURE__ */ $constructor("ZodXID", (inst, def) => {
  $ZodXID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodKSUID = /* @__PURE__ */ $constructor("ZodKSUID", (inst, def) => {
  $ZodKSUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodIPv4 = /* @__PURE__ */ $constructor("ZodIPv4", (inst, def) => {
  $ZodIPv4.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodIPv6 = /* @__PURE__ */ $constructor("ZodIPv6", (inst, def) => {
  $ZodIPv6.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCIDRv4 = /* @__PURE__ */ $constructor("ZodCIDRv4", (inst, def) => {
  $ZodCIDRv4.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCIDRv6 = /* @__PURE__ */ $constructor("ZodCIDRv6", (inst, def) => {
  $ZodCIDRv6.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodBase64 = /* @__PURE__ */ $constructor("ZodBase64", (inst, def) => {
  $ZodBase64.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodBase64URL = /* @__PURE__ */ $constructor("ZodBase64URL", (inst, def) => {
  $ZodBase64URL.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodE164 = /* @__PURE__ */ $constructor("ZodE164", (inst, def) => {
  $ZodE164.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodJWT = /* @__PURE__ */ $constructor("ZodJWT", (inst, def) => {
  $ZodJWT.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodNumber = /* @__PURE__ */ $constructor(
  "ZodNumber",
  (inst, def) => {
    $ZodNumber.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => numberProcessor(inst, ctx, json, params);
    inst.isFinite = true;
  },
  /* @__PURE__ */ util_exports.derived({
    minValue: (inst) => {
      const { minimum, exclusiveMinimum } = aggregateChecks(inst);
      return Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
    },
    maxValue: (inst) => {
      const { maximum, exclusiveMaximum } = aggregateChecks(inst);
      return Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
    },
    isInt: (inst) => {
      const { isInt, multipleOf } = aggregateChecks(inst);
      return !!isInt || !!multipleOf?.some(Number.isSafeInteger);
    },
    format: (inst) => aggregateChecks(inst).format ?? null
  }, {
    gt(value, params) {
      return this.check(_gt(value, params));
    },
    gte(value, params) {
      return this.check(_gte(value, params));
    },
    min(value, params) {
      return this.check(_gte(value, params));
    },
    lt(value, params) {
      return this.check(_lt(value, params));
    },
    lte(value, params) {
      return this.check(_lte(value, params));
    },
    max(value, params) {
      return this.check(_lte(value, params));
    },
    int(params) {
      return this.check(int(params));
    },
    safe(params) {
      return this.check(int(params));
    },
    positive(params) {
      return this.check(_gt(0, params));
    },
    nonnegative(params) {
      return this.check(_gte(0, params));
    },
    negative(params) {
      return this.check(_lt(0, params));
    },
    nonpositive(params) {
      return this.check(_lte(0, params));
    },
    multipleOf(value, params) {
      return this.check(_multipleOf(value, params));
    },
    step(value, params) {
      return this.check(_multipleOf(value, params));
    },
    finite() {
      return this;
    }
  })
);
function number2(params) {
  return _number(ZodNumber, params);
}
var ZodNumberFormat = /* @__PURE__ */ $constructor("ZodNumberFormat", (inst, def) => {
  $ZodNumberFormat.init(inst, def);
  ZodNumber.init(inst, def);
});
function int(params) {
  return _int(ZodNumberFormat, params);
}
var ZodBoolean = /* @__PURE__ */ $constructor("ZodBoolean", (inst, def) => {
  $ZodBoolean.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => booleanProcessor(inst, ctx, json, params);
});
var ZodArray = /* @__PURE__ */ $constructor("ZodArray", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodArray.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => arrayProcessor(inst, ctx, json, params);
  inst.element = def.element;
}, {
  min(n, params) {
    return this.check(_minLength(n, params));
  },
  nonempty(params) {
    return this.check(_minLength(1, params));
  },
  max(n, params) {
    return this.check(_maxLength(n, params));
  },
  length(n, params) {
    return this.check(_length(n, params));
  },
  unwrap() {
    return this.element;
  }
});
function array(element, params) {
  return _array(ZodArray, element, params);
}
var ZodUnion = /* @__PURE__ */ $constructor("ZodUnion", (inst, def) => {
  $ZodUnion.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => unionProcessor(inst, ctx, json, params);
  inst.options = def.options;
});
function union(options, params) {
  return new ZodUnion({
    type: "union",
    options,
    ...util_exports.normalizeParams(params)
  });
}
var ZodIntersection = /* @__PURE__ */ $constructor("ZodIntersection", (inst, def) => {
  $ZodIntersection.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => intersectionProcessor(inst, ctx, json, params);
});
function intersection(left, right) {
  return new ZodIntersection({
    type: "intersection",
    left,
    right
  });
}
var ZodEnum = /* @__PURE__ */ $constructor("ZodEnum", (inst, def) => {
  $ZodEnum.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => enumProcessor(inst, ctx, json, params);
  inst.enum = def.entries;
  inst.options = [...inst._zod.values];
  const keys2 = new Set(Object.keys(def.entries));
  inst.extract = (values, params) => {
    const newEntries = {};
    for (const value of values) {
      if (keys2.has(value)) {
        newEntries[value] = def.entries[value];
      } else
        throw new Error(`Key ${value} not found in enum`);
    }
    return new ZodEnum({
      ...def,
      checks: [],
      ...util_exports.normalizeParams(params),
      entries: newEntries
    });
  };
  inst.exclude = (values, params) => {
    const newEntries = { ...def.entries };
    for (const value of values) {
      if (keys2.has(value)) {
        delete newEntries[value];
      } else
        throw new Error(`Key ${value} not found in enum`);
    }
    return new ZodEnum({
      ...def,
      checks: [],
      ...util_exports.normalizeParams(params),
      entries: newEntries
    });
  };
});
function _enum(values, params) {
  const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
  return new ZodEnum({
    type: "enum",
    entries,
    ...util_exports.normalizeParams(params)
  });
}
var ZodTransform = /* @__PURE__ */ $constructor("ZodTransform", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodTransform.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => transformProcessor(inst, ctx, json, params);
  inst._zod.parse = (payload, _ctx) => {
    if (_ctx.direction === "backward") {
      throw new $ZodEncodeError(inst.constructor.name);
    }
    payload.addIssue = (issue2) => {
      if (typeof issue2 === "string") {
        payload.issues.push(util_exports.issue(issue2, payload.value, def));
      } else {
        const _issue = issue2;
        if (_issue.fatal)
          _issue.continue = false;
        _issue.code ?? (_issue.code = "custom");
        if (!("input" in _issue))
          _issue.input = payload.value;
        _issue.inst ?? (_issue.inst = inst);
        payload.issues.push(util_exports.issue(_issue));
      }
    };
    const output = def.transform(payload.value, payload);
    if (output instanceof Promise) {
      return output.then((output2) => {
        payload.value = output2;
        return payload;
      });
    }
    payload.value = output;
    return payload;
  };
});
function transform(fn) {
  return new ZodTransform({
    type: "transform",
    transform: fn
  });
}
var ZodOptional = /* @__PURE__ */ $constructor("ZodOptional", (inst, def) => {
  $ZodOptional.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function optional(innerType) {
  return new ZodOptional({
    type: "optional",
    innerType
  });
}
var ZodExactOptional = /* @__PURE__ */ $constructor("ZodExactOptional", (inst, def) => {
  $ZodExactOptional.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function exactOptional(innerType) {
  return new ZodExactOptional({
    type: "optional",
    innerType
  });
}
var ZodNullable = /* @__PURE__ */ $constructor("ZodNullable", (inst, def) => {
  $ZodNullable.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => nullableProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function nullable(innerType) {
  return new ZodNullable({
    type: "nullable",
    innerType
  });
}
var ZodDefault = /* @__PURE__ */ $constructor("ZodDefault", (inst, def) => {
  $ZodDefault.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => defaultProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
  inst.removeDefault = inst.unwrap;
});
function _default(innerType, defaultValue) {
  return new ZodDefault({
    type: "default",
    innerType,
    get defaultValue() {
      return typeof defaultValue === "function" ? defaultValue() : util_exports.shallowClone(defaultValue);
    }
  });
}
var ZodPrefault = /* @__PURE__ */ $constructor("ZodPrefault", (inst, def) => {
  $ZodPrefault.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => prefaultProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function prefault(innerType, defaultValue) {
  return new ZodPrefault({
    type: "prefault",
    innerType,
    get defaultValue() {
      return typeof defaultValue === "function" ? defaultValue() : util_exports.shallowClone(defaultValue);
    }
  });
}
var ZodNonOptional = /* @__PURE__ */ $constructor("ZodNonOptional", (inst, def) => {
  $ZodNonOptional.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => nonoptionalProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function nonoptional(innerType, params) {
  return new ZodNonOptional({
    type: "nonoptional",
    innerType,
    ...util_exports.normalizeParams(params)
  });
}
var ZodCatch = /* @__PURE__ */ $constructor("ZodCatch", (inst, def) => {
  $ZodCatch.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => catchProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
  inst.removeCatch = inst.unwrap;
});
function _catch(innerType, catchValue) {
  return new ZodCatch({
    type: "catch",
    innerType,
    catchValue: typeof catchValue === "function" ? catchValue : util_exports.constantCatch(catchValue)
  });
}
var ZodPipe = /* @__PURE__ */ $constructor("ZodPipe", (inst, def) => {
  $ZodPipe.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => pipeProcessor(inst, ctx, json, params);
  inst.in = def.in;
  inst.out = def.out;
});
function pipe(in_, out) {
  return new ZodPipe({
    type: "pipe",
    in: in_,
    out
    // ...util.normalizeParams(params),
  });
}
var ZodCodec = /* @__PURE__ */ $constructor("ZodCodec", (inst, def) => {
  ZodPipe.init(inst, def);
  $ZodCodec.init(inst, def);
});
var ZodReadonly = /* @__PURE__ */ $constructor("ZodReadonly", (inst, def) => {
  $ZodReadonly.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => readonlyProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function readonly(innerType) {
  return new ZodReadonly({
    type: "readonly",
    innerType
  });
}
var ZodCustom = /* @__PURE__ */ $constructor("ZodCustom", (inst, def) => {
  $ZodCustom.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => customProcessor(inst, ctx, json, params);
});
function refine(fn, _params = {}) {
  return _refine(ZodCustom, fn, _params);
}
function superRefine(fn, params) {
  return _superRefine(fn, params);
}
var stringbool = (...args) => _stringbool({
  Codec: ZodCodec,
  Boolean: ZodBoolean,
  String: ZodString
}, ...args);

// src/contract/secret.ts
import { inspect } from "node:util";
var shown = "***";
function secret(value) {
  return Object.freeze({
    reveal: () => value,
    toString: () => shown,
    toJSON: () => shown,
    [inspect.custom]: () => shown
  });
}
function address(url) {
  return { shown: `${url.origin}${url.pathname}`, whole: secret(url.href) };
}
function addressSecrets(whole2) {
  const url = new URL(whole2);
  const parts = [url.search.slice(1), ...url.searchParams.values(), url.username, url.password];
  return [...new Set(parts.flatMap((part) => [part, percentDecoded(part)]))].filter((part) => part.length >= 6);
}
function percentDecoded(text2) {
  try {
    return decodeURIComponent(text2);
  } catch {
    return text2;
  }
}

// src/contract/kinds.ts
var oneLine = string2().refine((text2) => !/[\r\n\0]/.test(text2), "it holds a line break");
function text(allowed2, pattern2 = /^[^\r\n\0]+$/) {
  return { schema: oneLine.refine((value) => pattern2.test(value)), allowed: allowed2, editor: "string" };
}
function flag() {
  return { schema: stringbool({ truthy: ["true"], falsy: ["false"] }), allowed: "true or false", editor: "boolean" };
}
function choice(...options) {
  const allowed2 = options.length === 1 ? options[0] : `${options.slice(0, -1).join(", ")} or ${options.at(-1)}`;
  return { schema: string2().pipe(_enum(options)), allowed: allowed2, editor: "pickList", options };
}
function whole(min, max, unit = "") {
  const schema = string2().regex(/^\d{1,10}$/).transform(Number).pipe(number2().min(min).max(max));
  return { schema, allowed: `a whole number from ${min} to ${max}${unit && ` (${unit})`}`, editor: "string" };
}
var unitMs = { s: 1e3, m: 6e4, h: 36e5 };
function duration2(minMs, maxMs) {
  const schema = string2().regex(/^\d{1,6}[smh]$/).transform((value) => Number(value.slice(0, -1)) * unitMs[value.slice(-1)]).pipe(number2().min(minMs).max(maxMs));
  return {
    schema,
    allowed: `a duration such as 90s, 10m or 1h, from ${spellDuration(minMs)} to ${spellDuration(maxMs)}`,
    editor: "string",
    spell: spellDuration
  };
}
function spellDuration(ms) {
  if (ms > 0 && ms % unitMs.h === 0) return `${ms / unitMs.h}h`;
  if (ms > 0 && ms % unitMs.m === 0) return `${ms / unitMs.m}m`;
  return `${ms / unitMs.s}s`;
}
function lines(allowed2, pattern2) {
  const schema = string2().transform((value, context) => {
    const entries = splitLines(value);
    for (const [index, entry] of entries.entries()) if (!pattern2.test(entry)) context.addIssue(`line ${index + 1} is malformed`);
    if (new Set(entries).size !== entries.length) context.addIssue("a line is given twice");
    return entries;
  });
  return { schema, allowed: allowed2, editor: "multiLine" };
}
function pairs(allowed2, namePattern) {
  const schema = string2().transform((value, context) => {
    const entries = splitLines(value).map((line, index) => {
      const at = line.indexOf("=");
      const name = at < 0 ? line : line.slice(0, at).trim();
      const isPair = at >= 0 && namePattern.test(name);
      if (!isPair) context.addIssue(`line ${index + 1} is not NAME=value`);
      return { name, value: line.slice(at + 1), isPair };
    });
    const names = entries.flatMap(({ name, isPair }) => isPair ? [name] : []);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== void 0) context.addIssue(`${twice} is given twice`);
    return entries.map(({ name, value: text2 }) => ({ name, value: text2 }));
  });
  return { schema, allowed: allowed2, editor: "multiLine" };
}
function httpsAddress() {
  const schema = oneLine.transform((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : void 0;
    if (url && !isDecodable(url.pathname)) context.addIssue("its path holds a % that is no escape");
    else if (url?.pathname.includes("@"))
      context.addIssue("its path holds an @; in a password write / as %2F, elsewhere @ as %40");
    else if (url && (url.protocol === "https:" || url.protocol === "http:" && isLoopback(url.hostname))) return address(url);
    else context.addIssue("it is no https address");
    return NEVER;
  });
  return { schema, allowed: "an https:// address (http:// only for this machine itself)", editor: "string" };
}
function publicAddress() {
  const schema = oneLine.transform((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : void 0;
    if (url?.protocol !== "https:") context.addIssue("it is no https address");
    else if (url.username !== "" || url.password !== "") context.addIssue("it holds a user name or a password");
    else if (url.search !== "" || url.hash !== "") context.addIssue("it holds a query (?…) or a fragment (#…)");
    else if (url.pathname.includes("@")) context.addIssue("its path holds an @; write it as %40");
    else return url.href;
    return NEVER;
  });
  return {
    schema,
    allowed: "an https:// address without user name, password and query, since the image keeps it",
    editor: "string"
  };
}
function sha256() {
  return text("64 hexadecimal digits", /^[0-9a-fA-F]{64}$/);
}
function isDecodable(path9) {
  try {
    decodeURIComponent(path9);
    return true;
  } catch {
    return false;
  }
}
function isLoopback(hostname) {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}
function authenticationKey() {
  const schema = string2().transform((value, context) => {
    if (/[\r\n]/.test(value)) context.addIssue("it holds a line break");
    else if (/["'`]/.test(value)) context.addIssue("it holds a quote");
    else if (/\s|[\p{Cc}]/u.test(value)) context.addIssue("it holds white space");
    else if (!/^IR@[^@]+@[^@]+@[^@]+@[^@]+$/.test(value)) context.addIssue("it has not the five parts IR@…@…@…@… of a key");
    return secret(value);
  });
  return { schema, allowed: "the key as the portal shows it, on one line and without quotes", editor: "string" };
}
function looksLikeKey(text2) {
  return /(?<![a-z])IR@[^@]+@[^@]+@/i.test(text2);
}
function splitLines(value) {
  return value.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== "");
}

// src/contract/inputs/containers.ts
var containersInputs = {
  nodeCount: input({
    kind: whole(1, 4),
    default: 1,
    group: "containers",
    modes: ["run"],
    label: "Number of nodes",
    help: "How many nodes to start; 2 to 4 need `enableHa`."
  }),
  containerName: input({
    kind: text(
      "2 to 60 letters, digits, dots, dashes and underscores, starting with a letter or digit",
      /^[A-Za-z0-9][A-Za-z0-9_.-]{1,59}$/
    ),
    default: "shir",
    group: "containers",
    modes: ["run", "gate", "remove"],
    label: "Container name",
    help: "Containers are called this with `-1` to `-4`. In `gate` and `remove`: the containers that are meant (this very name counts too); `remove` takes containers that no step started only where this is given."
  }),
  memory: input({
    kind: text("a size such as 8g or 4096m", /^(?:[1-9]\d{0,9}[kmg]|[1-9]\d{7,}b?)$/i),
    otherwise: "no limit",
    group: "containers",
    modes: ["run"],
    label: "Memory",
    help: "The memory limit of each container. Microsoft recommends 8 GB."
  }),
  cpus: input({
    kind: text("a number such as 2 or 1.5", /^(?!0+(?:\.0*)?$)\d{1,3}(?:\.\d{1,2})?$/),
    otherwise: "no limit",
    group: "containers",
    modes: ["run"],
    label: "CPUs",
    help: "The processors of each container. Microsoft recommends 4."
  }),
  restartPolicy: input({
    kind: text(
      "no, always, unless-stopped, on-failure or on-failure:N",
      /^(?:no|always|unless-stopped|on-failure(?::[1-9]\d{0,3})?)$/
    ),
    default: "unless-stopped",
    group: "containers",
    modes: ["run"],
    label: "Restart policy",
    help: "What the engine does when a container ends. Upstream’s image ends with 0 on failure: `on-failure` would not restart it."
  }),
  network: input({
    kind: text("the name of a network", /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/),
    otherwise: "the engine’s; for 2 to 4 nodes one is made",
    group: "containers",
    modes: ["run"],
    label: "Network",
    help: "The engine’s network for the containers. Several nodes must be able to resolve each other’s names on it."
  }),
  volumes: input({
    kind: lines(
      "a volume a line, such as C:\\data:C:\\data or name:/data:ro",
      /^(?:[A-Za-z]:[\\/])?[^:]+:(?:[A-Za-z]:[\\/])?[^:]+(?::[a-z,]+)?$/
    ),
    group: "containers",
    modes: ["run"],
    label: "Volumes",
    help: "Volumes of each container, one a line, as `docker run -v` takes them."
  }),
  cleanup: input({
    hosts: ["github", "azure"],
    kind: choice("auto", "always", "never"),
    default: "auto",
    group: "containers",
    modes: ["run"],
    label: "Clean-up",
    help: "Whether nodes that passed their gate go at the end of the job: `auto` does so on machines that end with it. What did not pass goes in any case, except with `never`."
  })
};

// src/contract/inputs/gate.ts
var hours = 36e5;
var gateInputs = {
  healthTimeout: input({
    kind: duration2(1e3, 24 * hours),
    default: 6e5,
    group: "gate",
    modes: ["run", "gate"],
    label: "Health time-out",
    help: "How long a node may take to become healthy."
  }),
  soak: input({
    kind: duration2(0, 24 * hours),
    default: 3e4,
    group: "gate",
    modes: ["run", "gate"],
    label: "Soak",
    help: "How long a node must then stay healthy before it counts as proven."
  })
};

// src/contract/inputs/image.ts
var reference = /^(?=.{1,255}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::\d{1,5})?\/)?[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;
var imageInputs = {
  image: input({
    kind: lines("an image reference a line, such as registry.example/shir:5.70", reference),
    otherwise: "`shir:` and the version",
    group: "image",
    modes: ["build", "run"],
    label: "Image",
    help: "The references to build, one a line; the first is the output. In `run` without anything to build: the image to use."
  }),
  push: input({
    kind: flag(),
    default: false,
    group: "image",
    modes: ["build", "run"],
    label: "Push",
    help: "Pushes every reference after the build. Log in to the registry beforehand."
  }),
  baseImage: input({
    kind: text("an image reference", reference),
    otherwise: "what the Dockerfile says (built-in: `mcr.microsoft.com/windows/servercore:ltsc2022`)",
    group: "image",
    modes: ["build", "run"],
    label: "Base image",
    help: "The Windows base, by tag or digest. A Dockerfile of your own must declare `ARG BASE_IMAGE`."
  }),
  buildContext: input({
    kind: text("the path of a folder"),
    otherwise: "the built-in context",
    group: "image",
    modes: ["build", "run"],
    label: "Build context",
    help: "Your own Docker context instead of the built-in one. It is copied, never changed. An installer in its `SHIR` folder is used."
  }),
  dockerfile: input({
    kind: text("the path of a file"),
    otherwise: "`Dockerfile`",
    group: "image",
    modes: ["build", "run"],
    label: "Dockerfile",
    help: "Your own Dockerfile: a path inside `buildContext`, or, without one, a file that replaces the built-in Dockerfile."
  }),
  buildArgs: input({
    mayHoldSecret: true,
    kind: pairs("a NAME=value a line", /^[A-Za-z_][A-Za-z0-9_]*$/),
    group: "image",
    modes: ["build", "run"],
    label: "Build arguments",
    help: "Further build arguments, one `NAME=value` a line; each must be declared by an `ARG` of the Dockerfile. Never put a secret here: images keep them."
  }),
  labels: input({
    kind: pairs("a name=value a line", /^[A-Za-z0-9][A-Za-z0-9._/-]*$/),
    group: "image",
    modes: ["build", "run"],
    label: "Labels",
    help: "Further labels of the image, one `name=value` a line."
  }),
  installJdk: input({
    kind: flag(),
    default: false,
    group: "image",
    modes: ["build", "run"],
    label: "Install a JDK",
    help: "Puts a JDK into the image, which SHIR needs for Parquet, ORC and Avro. A Dockerfile of your own must declare `ARG INSTALL_JDK`."
  }),
  jdkUrl: input({
    // One that holds a credential is refused, and not repeated.
    mayHoldSecret: true,
    kind: publicAddress(),
    otherwise: "what the Dockerfile says",
    group: "image",
    modes: ["build", "run"],
    label: "JDK address",
    help: "Where the build fetches the JDK; needs `jdkSha256`. It stays readable in the image’s history. Passed as `JDK_URL`."
  }),
  jdkSha256: input({
    kind: sha256(),
    otherwise: "what the Dockerfile says",
    group: "image",
    modes: ["build", "run"],
    label: "JDK SHA-256",
    help: "The JDK at `jdkUrl` must have this hash. Passed as `JDK_SHA256`."
  }),
  certificates: input({
    kind: text("the path of a folder"),
    group: "image",
    modes: ["build", "run"],
    label: "Certificates",
    help: "A folder whose `.cer` files the image is to trust. A Dockerfile of your own must declare `ARG INSTALL_CERT` and copy `SHIR`."
  }),
  extras: input({
    kind: text("the path of a folder"),
    group: "image",
    modes: ["build", "run"],
    label: "Extras",
    help: "A folder that holds `extra.ps1`: all of it is copied into the image’s `SHIR` folder, and the script runs last in the build. Not with `buildContext`."
  })
};

// src/contract/version.ts
var oldestVersion = "5.2.7713.1";
function parseVersion(text2) {
  const match = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/.exec(text2);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4])] : void 0;
}
function compareVersions(a, b) {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  if (!left || !right) throw new RangeError(`Not a four-part version: ${left ? b : a}`);
  for (const [index, part] of left.entries()) {
    const difference = part - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
function installerFileName(version2) {
  return `IntegrationRuntime_${version2}.msi`;
}
function versionInFileName(name) {
  const version2 = /^IntegrationRuntime_(\d+\.\d+\.\d+\.\d+)\s*(?:\(\d+\))?\.msi$/i.exec(name)?.[1];
  return version2 && parseVersion(version2) ? version2 : void 0;
}
function isSupportedVersion(version2) {
  return parseVersion(version2) === void 0 || compareVersions(version2, oldestVersion) >= 0;
}

// src/contract/inputs/installer.ts
var installerInputs = {
  shirVersion: input({
    kind: text(
      `stable, latest, or a version such as 5.70.9748.2, not older than ${oldestVersion}`,
      /^(?:stable|latest|(?:0|[1-9]\d{0,4})(?:\.(?:0|[1-9]\d{0,4})){3})$/
    ),
    default: "stable",
    group: "installer",
    modes: ["build", "run"],
    label: "SHIR version",
    help: "`stable` is the version that Microsoft pushes to nodes, `latest` the newest in the Download Center that was not withdrawn; or an exact version."
  }),
  msiUrl: input({
    mayHoldSecret: true,
    kind: httpsAddress(),
    group: "installer",
    modes: ["build", "run"],
    label: "Installer address",
    help: "Where to fetch the installer instead of Microsoft’s servers. User name, password and query (a SAS token) are treated as secrets."
  }),
  msiPath: input({
    kind: text("the path of a file"),
    group: "installer",
    modes: ["build", "run"],
    label: "Installer file",
    help: "An installer that already lies on this machine."
  }),
  msiSha256: input({
    kind: sha256(),
    group: "installer",
    modes: ["build", "run"],
    label: "Installer SHA-256",
    help: "The installer must have this hash, which is proof enough: the signature is then not checked. Without it, the hash that is known of its version, where there is one."
  }),
  verifySignature: input({
    kind: flag(),
    default: true,
    group: "installer",
    modes: ["build", "run"],
    label: "Verify signature",
    help: "The installer must carry Microsoft’s signature. `false` takes what comes, and is warned of each time."
  }),
  cache: input({
    kind: choice("auto", "local", "off"),
    default: "auto",
    group: "installer",
    modes: ["build", "run"],
    label: "Cache",
    help: "Where a downloaded installer is kept: `auto` on this machine, and in GitHub’s cache service where GitHub hosts the machine; `local` on this machine alone; `off` nowhere."
  }),
  cacheDir: input({
    kind: text("the path of a folder"),
    otherwise: "the machine’s tool folder",
    group: "installer",
    modes: ["build", "run", "remove"],
    label: "Cache folder",
    help: "Where installers are kept between runs, and what killed runs left is written down. On Azure Pipelines name a folder that the task Cache@2 keeps."
  })
};

// src/contract/inputs/node.ts
var nodeInputs = {
  authKey: input({
    kind: authenticationKey(),
    group: "node",
    modes: ["run"],
    secret: true,
    env: "AUTH_KEY",
    label: "Authentication key",
    help: "The key of the integration runtime. It goes to the container by name only and is printed nowhere."
  }),
  nodeName: input({
    kind: text(
      "1 to 150 letters, digits, dashes and underscores, starting with a letter or digit",
      /^[A-Za-z0-9][A-Za-z0-9_-]{0,149}$/
    ),
    otherwise: "the container’s hostname",
    group: "node",
    modes: ["run", "gate", "remove"],
    env: "NODE_NAME",
    label: "Node name",
    help: "The node’s name in the integration runtime; several nodes get `-1` to `-4`. In `gate` and `remove`: the nodes that are meant."
  }),
  enableHa: input({
    kind: flag(),
    default: false,
    group: "node",
    modes: ["run"],
    env: "ENABLE_HA",
    label: "High availability",
    help: "Needed for more than one node on the same integration runtime (up to 4)."
  }),
  haPort: input({
    kind: whole(1, 65535),
    default: 8060,
    group: "node",
    modes: ["run"],
    env: "HA_PORT",
    label: "HA port",
    help: "The port on which nodes speak to each other."
  }),
  enableAe: input({
    kind: flag(),
    default: false,
    group: "node",
    modes: ["run"],
    env: "ENABLE_AE",
    label: "Offline expiry",
    help: "Lets the service remove nodes that have been offline for `aeTime`."
  }),
  aeTime: input({
    kind: whole(600, 999999999, "seconds"),
    default: 600,
    group: "node",
    modes: ["run"],
    env: "AE_TIME",
    label: "Offline expiry time",
    help: "Seconds after which an offline node expires; the same for all nodes of an integration runtime."
  }),
  timezone: input({
    kind: text("a Windows time zone id such as W. Europe Standard Time", /^[A-Za-z0-9 ()+.:/_-]{1,64}$/),
    otherwise: "UTC",
    group: "node",
    modes: ["run"],
    env: "TZ",
    label: "Time zone",
    help: "The container’s time zone, as a Windows id."
  }),
  localFolders: input({
    kind: flag(),
    default: false,
    group: "node",
    modes: ["run"],
    env: "LOCAL_FOLDERS",
    label: "Local folders",
    help: "Lets SHIR use folders inside the container (and mounted volumes) as data stores; SHIR refuses them by default since 5.22."
  }),
  containerEnv: input({
    mayHoldSecret: true,
    kind: pairs("a NAME=value a line", /^[A-Za-z_][A-Za-z0-9_().]*$/),
    group: "node",
    modes: ["run"],
    label: "Container environment",
    help: "Further environment variables of the container, one `NAME=value` a line; quotes are part of the value."
  })
};

// src/contract/inputs/step.ts
var stepInputs = {
  mode: input({
    kind: choice(...modes),
    group: "step",
    modes,
    required: true,
    label: "Mode",
    help: "`build` makes the image; `run` starts nodes from it on this machine and waits until they are proven; `gate` only waits for the verdict on nodes that exist; `remove` ends nodes and removes their containers."
  }),
  dryRun: input({
    kind: flag(),
    default: false,
    group: "step",
    modes,
    label: "Dry run",
    help: "Prints the plan and each command, and does nothing: no network, no engine, no change."
  }),
  summary: input({
    hosts: ["github", "azure"],
    kind: flag(),
    default: true,
    group: "step",
    modes,
    label: "Summary",
    help: "Adds a page to the run: what was built from what, the nodes, the timeline."
  })
};

// src/contract/inputs.ts
var inputs = {
  ...stepInputs,
  ...installerInputs,
  ...imageInputs,
  ...nodeInputs,
  ...containersInputs,
  ...gateInputs
};
var keys = Object.keys(inputs);
function entryOf(key) {
  return inputs[key];
}

// src/contract/spelling.ts
function kebab(key) {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
function camel(word) {
  return word.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}
function nearest(word, known2) {
  const plain = (text2) => text2.toLowerCase().replace(/[-_\s]/g, "");
  const scored = known2.map((name) => ({ name, distance: edits(plain(word), plain(name)) }));
  const best = scored.reduce((a, b) => b.distance < a.distance ? b : a, { name: "", distance: 3 });
  return best.distance <= 2 ? best.name : void 0;
}
function edits(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const cell = (row, column) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const replaced = cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(i - 2, j - 2) + 1 : replaced;
      row.push(Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, replaced, swapped));
    }
  }
  return cell(a.length, b.length);
}

// src/host/process-parts.ts
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { access } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
var systemClock = {
  now: () => Date.now(),
  sleep: (ms, signal) => new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener("abort", end, { once: true });
  })
};
function cancelSignal() {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"]) {
    if (name === "SIGBREAK" && process.platform !== "win32") continue;
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}
function machineId() {
  return createHash("sha256").update(JSON.stringify([os.hostname().toLowerCase(), installation()])).digest("hex").slice(0, 16);
}
function installation() {
  try {
    if (process.platform === "linux") return readFileSync("/etc/machine-id", "utf8").trim();
    return String(statSync(process.platform === "win32" ? `${process.env.SystemDrive ?? "C:"}\\` : "/").dev);
  } catch {
    return "";
  }
}
function takeInputVariables() {
  const taken = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!name.toUpperCase().startsWith("INPUT_")) continue;
    if (value !== void 0) taken[name.slice("INPUT_".length)] = value;
    delete process.env[name];
  }
  return taken;
}
async function findToolIn(root, name, version2, arch) {
  const folder = path.join(root, name, version2, arch);
  return access(`${folder}.complete`).then(
    () => folder,
    () => void 0
  );
}

// src/contract/building.ts
var buildingInputs = [
  "shirVersion",
  "msiUrl",
  "msiPath",
  "msiSha256",
  "buildContext",
  "dockerfile",
  "baseImage",
  "buildArgs",
  "installJdk",
  "jdkUrl",
  "jdkSha256",
  "certificates",
  "extras"
];
var onlyBuildingInputs = ["verifySignature", "labels", "push"];
function buildsImage(inputs2, given) {
  if (inputs2.mode === "gate" || inputs2.mode === "remove") return false;
  const shapes = (key) => given.has(key) && inputs2[key] !== false;
  return inputs2.mode === "build" || !given.has("image") || buildingInputs.some(shapes);
}

// src/contract/build-arguments.ts
var argumentNames = {
  installJdk: "INSTALL_JDK",
  jdkUrl: "JDK_URL",
  jdkSha256: "JDK_SHA256",
  certificates: "INSTALL_CERT"
};
var argumentKeys = Object.keys(argumentNames);
function inputArguments(inputs2) {
  const { installJdk, jdkUrl, jdkSha256, certificates } = inputs2;
  const values = {
    installJdk: installJdk ? "true" : void 0,
    jdkUrl: installJdk ? jdkUrl : void 0,
    jdkSha256: installJdk ? jdkSha256?.toLowerCase() : void 0,
    certificates: certificates === void 0 ? void 0 : "true"
  };
  return argumentKeys.flatMap((key) => {
    const value = values[key];
    return value === void 0 ? [] : [{ key, name: argumentNames[key], value }];
  });
}

// src/contract/rules/image.ts
var imageRules = [
  {
    reads: ["push", "image"],
    level: "fault",
    check: ({ inputs: inputs2, given, spell: spell2 }) => inputs2.push && !given.has("image") ? `${spell2("push")} needs ${spell2("image")}: the references to push to.` : void 0
  },
  {
    reads: ["mode", "image"],
    level: "fault",
    check: ({ inputs: inputs2, given, spell: spell2 }) => inputs2.mode === "run" && !buildsImage(inputs2, given) && (inputs2.image?.length ?? 0) > 1 ? `${spell2("image")} names several images; ${spell2("mode")} run uses one.` : void 0
  },
  {
    reads: ["image"],
    level: "fault",
    check: ({ inputs: inputs2, given, spell: spell2 }) => buildsImage(inputs2, given) && inputs2.image?.some((reference2) => reference2.includes("@")) ? `${spell2("image")} holds a digest; an image to be built has no digest yet, give a tag.` : void 0
  },
  {
    reads: ["jdkUrl", "jdkSha256"],
    level: "fault",
    check: ({ given, spell: spell2 }) => {
      if (given.has("jdkUrl") === given.has("jdkSha256")) return void 0;
      const [one, other] = given.has("jdkUrl") ? ["jdkUrl", "jdkSha256"] : ["jdkSha256", "jdkUrl"];
      return `${spell2(one)} needs ${spell2(other)}: the default hash belongs to the default address.`;
    }
  },
  {
    reads: ["jdkUrl", "jdkSha256", "installJdk"],
    level: "warning",
    check: ({ inputs: inputs2, given, spell: spell2 }) => given.has("jdkUrl") && !inputs2.installJdk ? `${spell2("jdkUrl")} and ${spell2("jdkSha256")} have no effect without ${spell2("installJdk")} true.` : void 0
  },
  {
    reads: ["buildArgs", ...argumentKeys],
    level: "fault",
    check: ({ inputs: inputs2, given, spell: spell2 }) => {
      const names = new Set(inputs2.buildArgs?.map(({ name }) => name));
      const taken = argumentKeys.find(
        (key) => names.has(argumentNames[key]) && given.has(key) && inputs2[key] !== entryOf(key).default
      );
      return taken && `${spell2("buildArgs")} sets ${argumentNames[taken]}, and so does ${spell2(taken)}; they exclude each other, use one.`;
    }
  },
  {
    reads: ["extras", "buildContext"],
    level: "fault",
    check: ({ given, spell: spell2 }) => given.has("extras") && given.has("buildContext") ? `${spell2("extras")} and ${spell2("buildContext")} exclude each other: the built-in scripts run the extras; a context of your own runs what it wants from its Dockerfile.` : void 0
  }
];

// src/contract/rules/installer.ts
var installerRules = [
  {
    reads: ["shirVersion"],
    level: "fault",
    check: ({ inputs: inputs2, spell: spell2 }) => isSupportedVersion(inputs2.shirVersion) ? void 0 : `${spell2("shirVersion")}: ${inputs2.shirVersion} cannot run in a container; the first version that can is ${oldestVersion}.`
  },
  {
    reads: ["msiUrl", "msiPath"],
    level: "fault",
    check: ({ given, spell: spell2 }) => given.has("msiUrl") && given.has("msiPath") ? `${spell2("msiUrl")} and ${spell2("msiPath")} exclude each other; name one installer.` : void 0
  },
  {
    reads: ["shirVersion", "msiUrl", "msiPath"],
    level: "fault",
    check: ({ inputs: inputs2, given, spell: spell2 }) => {
      const other = given.has("msiUrl") ? "msiUrl" : given.has("msiPath") ? "msiPath" : void 0;
      return other && given.has("shirVersion") && /^(?:stable|latest)$/.test(inputs2.shirVersion) ? `${spell2("shirVersion")}: ${inputs2.shirVersion} says where to look and ${spell2(other)} says it too; give an exact version or none.` : void 0;
    }
  },
  {
    reads: ["verifySignature"],
    level: "warning",
    check: ({ inputs: inputs2, given, spell: spell2 }) => !inputs2.verifySignature && buildsImage(inputs2, given) ? `${spell2("verifySignature")} is false: nothing proves that the installer is Microsoft’s, unless ${spell2("msiSha256")} does.` : void 0
  }
];

// src/contract/rules/node.ts
var ownVariables = keys.flatMap((key) => entryOf(key).env ?? []).concat("AUTH_KEY_FILE");
var usualKey = /^IR@[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[^@\s]+@(?:ServiceEndpoint=)?[A-Za-z0-9.-]+@[A-Za-z0-9+/]{42,}={0,2}$/i;
var nodeRules = [
  {
    reads: ["mode", "authKey"],
    level: "fault",
    check: ({ inputs: inputs2, given, spell: spell2 }) => inputs2.mode === "run" && !given.has("authKey") ? `${spell2("authKey")} is missing; ${spell2("mode")} run needs the key of the integration runtime.` : void 0
  },
  {
    reads: ["nodeCount", "enableHa"],
    level: "fault",
    check: ({ inputs: inputs2, spell: spell2 }) => inputs2.nodeCount > 1 && !inputs2.enableHa ? `${spell2("nodeCount")} ${inputs2.nodeCount} needs ${spell2("enableHa")} true: without it the service takes one node only.` : void 0
  },
  {
    reads: ["nodeName", "nodeCount"],
    level: "fault",
    check: ({ inputs: inputs2, spell: spell2 }) => inputs2.nodeCount > 1 && (inputs2.nodeName?.length ?? 0) > 148 ? `${spell2("nodeName")} may have 148 characters at most here, since -1 to -${inputs2.nodeCount} are added.` : void 0
  },
  {
    reads: ["containerEnv"],
    level: "fault",
    check: ({ inputs: inputs2, spell: spell2 }) => {
      const taken = inputs2.containerEnv?.find(({ name }) => ownVariables.includes(name.toUpperCase()));
      const key = taken && keys.find((candidate) => entryOf(candidate).env === taken.name.toUpperCase());
      return taken && `${spell2("containerEnv")} sets ${taken.name}, which has an input of its own${key ? `: ${spell2(key)}` : ""}.`;
    }
  },
  {
    reads: ["containerEnv"],
    level: "fault",
    check: ({ inputs: inputs2, spell: spell2 }) => {
      const names = inputs2.containerEnv?.map(({ name }) => name) ?? [];
      const isAgain = (name, index) => names.findIndex((other) => other.toUpperCase() === name.toUpperCase()) < index;
      const again = names.find(isAgain);
      return again && `${spell2("containerEnv")} sets ${again} twice: Windows does not tell upper case from lower case in names.`;
    }
  },
  {
    reads: ["aeTime", "enableAe"],
    level: "warning",
    check: ({ inputs: inputs2, given, spell: spell2 }) => given.has("aeTime") && !inputs2.enableAe ? `${spell2("aeTime")} has no effect without ${spell2("enableAe")} true.` : void 0
  },
  {
    reads: ["haPort", "enableHa"],
    level: "warning",
    check: ({ inputs: inputs2, given, spell: spell2 }) => given.has("haPort") && !inputs2.enableHa ? `${spell2("haPort")} has no effect without ${spell2("enableHa")} true.` : void 0
  },
  {
    reads: ["enableAe", "enableHa"],
    level: "warning",
    check: ({ inputs: inputs2, spell: spell2 }) => inputs2.enableAe && !inputs2.enableHa ? `${spell2("enableAe")} without ${spell2("enableHa")}: Microsoft documents offline expiry only with high availability.` : void 0
  },
  {
    reads: ["timezone"],
    level: "warning",
    check: async ({ inputs: inputs2, spell: spell2 }) => {
      if (!inputs2.timezone?.includes("/")) return void 0;
      const { findWindows } = await import("./windows-iana.esm-K4HSK322.mjs");
      const [windows] = findWindows(inputs2.timezone);
      return `${spell2("timezone")}: ${inputs2.timezone} is an IANA name, Windows will not know it${windows ? `; use ${windows}` : ""}.`;
    }
  },
  {
    reads: ["containerEnv"],
    level: "warning",
    check: ({ inputs: inputs2, spell: spell2 }) => {
      const proxy = inputs2.containerEnv?.find(({ name }) => /^(?:https?|no|all)_proxy$/i.test(name));
      return proxy && `${spell2("containerEnv")} sets ${proxy.name}: Microsoft does not support an HTTP proxy for SHIR in containers.`;
    }
  },
  {
    reads: ["authKey"],
    level: "warning",
    check: ({ inputs: inputs2, spell: spell2 }) => inputs2.authKey && !usualKey.test(inputs2.authKey.reveal()) ? `${spell2("authKey")} does not look like the usual key; if the service refuses it, copy it again.` : void 0
  }
];

// src/contract/rules.ts
var rules = [...installerRules, ...imageRules, ...nodeRules];
async function checkRules(facts) {
  const faults = [];
  const warnings = [];
  for (const rule of rules) {
    if (rule.reads.some((key) => facts.unparsed.has(key)) || !isServed(rule, facts)) continue;
    const sentence = await rule.check(facts);
    if (sentence) (rule.level === "fault" ? faults : warnings).push(sentence);
  }
  return { faults, warnings: [...warnings, ...unusedInputs(facts)] };
}
function isServed({ reads }, { inputs: inputs2, unparsed }) {
  if (unparsed.has("mode") || inputs2.mode === void 0) return true;
  return reads.some((key) => key !== "mode" && entryOf(key).modes.includes(inputs2.mode));
}
function unusedInputs({ inputs: inputs2, given, unparsed, spell: spell2 }) {
  if (unparsed.has("mode") || inputs2.mode === void 0) return [];
  const unused = keys.filter(
    (key) => given.has(key) && inputs2[key] !== entryOf(key).default && !entryOf(key).modes.includes(inputs2.mode)
  );
  const idle = inputs2.mode === "run" && !buildsImage(inputs2, given) ? onlyBuildingInputs.filter((key) => given.has(key) && inputs2[key] !== entryOf(key).default) : [];
  return [
    ...unused.map((key) => `${spell2(key)} is not used in ${spell2("mode")} ${inputs2.mode}.`),
    ...idle.map((key) => `${spell2(key)} is not used, since the image is not built here.`)
  ];
}

// src/contract/parse.ts
var shortestSecret = 12;
async function parseInputs(raw, spell2) {
  const faults = [];
  const values = /* @__PURE__ */ new Map();
  const given = /* @__PURE__ */ new Set();
  const secrets = keys.flatMap((key) => entryOf(key).secret && raw[key]?.trim() || []).filter((text2) => text2.length >= shortestSecret);
  const unknown = Object.keys(raw).filter((name) => !keys.includes(name) && raw[name]?.trim());
  for (const name of unknown) {
    const meant = nearest(name, keys);
    if (meant) faults.push(`${name} is no input; did you mean ${spell2(meant)}?`);
  }
  for (const key of keys) {
    const text2 = raw[key]?.trim() ?? "";
    if (text2 === "") {
      values.set(key, entryOf(key).default);
      if (entryOf(key).required) faults.push(`${spell2(key)} is missing; allowed is ${entryOf(key).kind.allowed}.`);
      continue;
    }
    given.add(key);
    if (/^\$\([^()]*\)$/.test(text2)) {
      faults.push(`${spell2(key)} is the unresolved text of a pipeline variable: that variable is not defined.`);
      continue;
    }
    if (!entryOf(key).secret && (looksLikeKey(text2) || secrets.some((secret2) => text2.includes(secret2)))) {
      faults.push(`${spell2(key)} holds an authentication key, which belongs to ${spell2("authKey")} alone.`);
      continue;
    }
    const result = entryOf(key).kind.schema.safeParse(text2);
    if (result.success) values.set(key, result.data);
    else faults.push(faultOf(key, text2, customIssues(result.error.issues), spell2));
  }
  const unparsed = new Set(keys.filter((key) => !values.has(key)));
  const inputs2 = Object.fromEntries(values);
  const verdict = await checkRules({ inputs: inputs2, given, unparsed, spell: spell2 });
  faults.push(...verdict.faults);
  if (faults.length > 0) throw invalid(faults);
  return { inputs: inputs2, given, warnings: [...unknown.map((name) => `${name} is no input and is not used.`), ...verdict.warnings] };
}
function invalid(faults) {
  const message = faults.length === 1 ? String(faults[0]) : `${faults.length} things are wrong with the inputs:
${faults.map((fault) => `- ${fault}`).join("\n")}`;
  return new StepError("invalid-input", message, { hint: "Correct the inputs and run the step again; nothing was done yet." });
}
function faultOf(key, text2, issues, spell2) {
  const entry = entryOf(key);
  const shown3 = entry.secret || entry.mayHoldSecret ? "what was given" : JSON.stringify(text2.length > 80 ? `${text2.slice(0, 80)}…` : text2);
  const meant = entry.kind.options && nearest(text2, entry.kind.options);
  const why = issues.length > 0 ? ` (${issues.join("; ")})` : "";
  return `${spell2(key)}: ${shown3} is not allowed${why}; allowed is ${entry.kind.allowed}.${meant ? ` Did you mean ${meant}?` : ""}`;
}
function customIssues(issues) {
  return issues.filter((issue2) => issue2.code === "custom" && issue2.message !== "Invalid input").map((issue2) => issue2.message);
}

// src/process/program.ts
import { access as access2, constants, realpath, stat } from "node:fs/promises";
import path2 from "node:path";
async function findProgram(name, host) {
  const { platform, workspace } = host.machine;
  const isWindows = platform === "win32";
  const names = isWindows && path2.extname(name) === "" ? [`${name}.exe`, `${name}.com`] : [name];
  const home = await realpath(workspace).catch(() => workspace);
  const isAtRoot = home === path2.parse(home).root;
  for (const folder of searchPath(host)) {
    for (const file of names.map((candidate) => path2.join(folder, candidate))) {
      if (!path2.isAbsolute(file) || !await isRunnable(file)) continue;
      if (isAtRoot || !isInside(await realpath(file), home) && !isInside(file, workspace)) return file;
    }
  }
  return void 0;
}
function isInside(file, folder) {
  const relative = path2.relative(folder, file);
  return relative === "" || !relative.startsWith(`..${path2.sep}`) && relative !== ".." && !path2.isAbsolute(relative);
}
function searchPath(host) {
  const entry = Object.entries(host.environment).find(
    ([name]) => (host.machine.platform === "win32" ? name.toUpperCase() : name) === "PATH"
  );
  return (entry?.[1] ?? "").split(path2.delimiter).map((folder) => folder.replace(/^"(.*)"$/, "$1")).filter((folder) => folder !== "");
}
async function isRunnable(file) {
  return access2(file, constants.X_OK).then(() => stat(file)).then(
    (facts) => facts.isFile(),
    () => false
  );
}

// src/process/run.ts
import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
var allowed = /* @__PURE__ */ new Set([
  // How programs are found, and where they may write.
  "PATH",
  "PATHEXT",
  "SYSTEMROOT",
  "SYSTEMDRIVE",
  "WINDIR",
  "COMSPEC",
  "TEMP",
  "TMP",
  "TMPDIR",
  "PROGRAMFILES",
  "PROGRAMFILES(X86)",
  "PROGRAMW6432",
  // Who runs them, and where their settings lie.
  "HOME",
  "HOMEDRIVE",
  "HOMEPATH",
  "USERPROFILE",
  "USERNAME",
  "USER",
  "APPDATA",
  "LOCALAPPDATA",
  "PROGRAMDATA",
  "ALLUSERSPROFILE",
  "XDG_RUNTIME_DIR",
  "LANG",
  "LC_ALL",
  "TZ",
  // The network.
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "ALL_PROXY",
  // The runners find what a job left running by these.
  "RUNNER_TRACKING_ID",
  "VSTS_PROCESS_LOOKUP_ID"
]);
function isChildVariable(name) {
  return allowed.has(name.toUpperCase()) || name.toUpperCase().startsWith("DOCKER_");
}
function childEnvironment(environment) {
  const entries = Object.entries(environment).filter(([name]) => isChildVariable(name));
  return Object.fromEntries(entries.filter((entry) => entry[1] !== void 0));
}
var mostCollected = 4 * 1024 * 1024;
var forceAfterMs = 2e3;
function runProgram(program, args, host, options = {}) {
  const signal = options.signal ?? host.signal;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: host.machine.temp,
      env: { ...childEnvironment(host.environment), ...options.variables },
      stdio: ["ignore", "pipe", "pipe"]
    });
    const stdout = collector((line) => options.onLine?.(line, "stdout"));
    const stderr = collector((line) => options.onLine?.(line, "stderr"));
    child.stdout.on("data", stdout.take);
    child.stderr.on("data", stderr.take);
    const over = new AbortController();
    let timedOut = false;
    const force = () => {
      child.kill("SIGKILL");
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const stop = () => {
      child.kill("SIGINT");
      void host.clock.sleep(forceAfterMs, over.signal).then(() => over.signal.aborted || force());
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
    if (options.limitMs !== void 0) {
      void host.clock.sleep(options.limitMs, over.signal).then(() => {
        if (over.signal.aborted) return;
        timedOut = true;
        force();
      });
    }
    const finish2 = () => {
      over.abort();
      signal.removeEventListener("abort", stop);
    };
    child.once("error", (error2) => {
      finish2();
      reject(error2);
    });
    child.once("close", (code2) => {
      finish2();
      resolve({ code: code2, stdout: stdout.end(), stderr: stderr.end(), timedOut });
    });
  });
}
var longestLine = 64 * 1024;
function collector(onLine) {
  const decoder = new StringDecoder("utf8");
  const kept = [];
  let size = 0;
  let line = "";
  let held = "";
  const take = (text2) => {
    if (size < mostCollected) kept.push(text2);
    size += text2.length;
    const whole2 = held + text2;
    held = whole2.endsWith("\r") ? "\r" : "";
    const [first = "", ...others] = whole2.slice(0, whole2.length - held.length).split(/\r\n|\n|\r/);
    line = (line + first).slice(0, longestLine);
    for (const next of others) {
      onLine(line);
      line = next.slice(0, longestLine);
    }
  };
  return {
    take: (chunk) => take(decoder.write(chunk)),
    end: () => {
      take(decoder.end());
      if (line !== "" || held !== "") onLine(line);
      return kept.join("");
    }
  };
}

// src/engine/docker.ts
var readLimitMs = 6e4;
var always = { DOCKER_BUILDKIT: "0", DOCKER_CLI_HINTS: "false" };
async function openDocker(host) {
  const program = await findProgram("docker", host);
  if (program === void 0)
    throw new StepError("docker-missing", "There is no docker command on this machine.", {
      hint: "Install Docker and put it on PATH; programs inside the workspace are not used. On GitHub: runs-on: windows-2022 or windows-2025."
    });
  const run = async (args, options = {}) => {
    const finished = await runProgram(program, args, host, { ...options, variables: { ...options.variables, ...always } }).catch(
      (error2) => {
        throw new StepError("engine-failed", `docker could not be started (${error2.code ?? error2.message}).`, {
          hint: `Check ${program}.`,
          cause: error2
        });
      }
    );
    if (host.signal.aborted && options.signal === void 0) throw endOf(host.signal);
    if (finished.code !== 0 && isUnreachable(finished.stderr)) throw unreachable(firstLine(finished.stderr));
    if (finished.timedOut) throw unreachable(`"docker ${args[0]}" did not answer in ${(options.limitMs ?? 0) / 1e3} s`);
    return finished;
  };
  const read = (args, options) => run(args, { limitMs: readLimitMs, ...options });
  return {
    program,
    run,
    read,
    ask: async (args, options) => {
      const finished = await read(args, options);
      if (finished.code === 0) return finished.stdout;
      throw engineFailed(String(args[0]), finished.stderr);
    }
  };
}
function engineFailed(command, stderr) {
  return new StepError("engine-failed", `docker ${command} failed: ${firstLine(stderr)}`, {
    hint: "These are the engine’s own words; its log (on Windows: the event log) says more."
  });
}
function idsOf(text2) {
  return text2.split(/\s+/).filter((id) => id !== "");
}
function firstLine(text2) {
  const lines2 = text2.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "" && !/^(?:DEPRECATED:|WARNING:|Install the buildx|https:)/.test(line));
  return lines2[0]?.replace(/^(?:docker: )?Error response from daemon: /, "") ?? "it said nothing";
}
function isUnreachable(stderr) {
  return /cannot connect to the docker daemon|error during connect|failed to connect to the docker API|permission denied while trying to connect|is the docker daemon running/i.test(
    stderr
  );
}
function unreachable(why) {
  return new StepError("engine-unreachable", `The docker command works, but its engine does not answer: ${why}`, {
    hint: "Start the engine (on Windows: Start-Service docker) and check DOCKER_HOST and the rights of this user."
  });
}

// src/report/redact.ts
var shown2 = "***";
var shortestSecret2 = 6;
function redactor() {
  const forms = /* @__PURE__ */ new Set();
  let pattern2;
  return {
    add: (value) => {
      for (const form of formsOf(value)) forms.add(form);
      const longestFirst = [...forms].sort((a, b) => b.length - a.length);
      pattern2 = longestFirst.length > 0 ? new RegExp(longestFirst.map(escapeRegExp).join("|"), "g") : void 0;
    },
    redact: (text2) => pattern2 ? text2.replace(pattern2, shown2) : text2
  };
}
function formsOf(value) {
  const parts = [...value.split(/\r\n|\r|\n/), value].filter((part) => part.length >= shortestSecret2);
  const lastPart = value.includes("@") ? value.slice(value.lastIndexOf("@") + 1) : "";
  const pieces = [...parts, lastPart].filter((piece) => piece.length >= shortestSecret2);
  return [...new Set(pieces.flatMap(encodings))].filter((form) => form.length >= shortestSecret2);
}
function encodings(text2) {
  const json = JSON.stringify(text2).slice(1, -1);
  const xml = text2.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  const namedXml = text2.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&apos;");
  const dotnet = text2.replace(
    /[+<>&'"`]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`
  );
  const xmlPlus = text2.replaceAll("+", "&#x2B;");
  const url = encodeURIComponent(text2);
  const escaped = [
    url,
    lowerEscapes(url),
    json,
    json.replaceAll("/", "\\/"),
    dotnet,
    lowerEscapes(dotnet),
    xml,
    namedXml,
    xmlPlus
  ];
  return [text2, ...escaped, ...everySymbol(text2), ...base64Forms(Buffer.from(text2)), ...base64Forms(Buffer.from(text2, "utf16le"))];
}
function everySymbol(text2) {
  const each = (escaped) => text2.replace(/[^A-Za-z0-9]/g, (symbol) => escaped(symbol.charCodeAt(0)));
  const hex = (code2) => code2.toString(16).padStart(2, "0");
  const unicode = each((code2) => `\\u00${hex(code2)}`);
  const entities = [each((code2) => `&#${code2};`), each((code2) => `&#x${hex(code2)};`), each((code2) => `&#x${hex(code2).toUpperCase()};`)];
  const plus = [
    text2.replaceAll("+", "&#43;"),
    text2.replaceAll("=", "\\u003d"),
    text2.replaceAll("+", " "),
    text2.replaceAll("+", "-").replaceAll("/", "_")
  ];
  return [unicode, lowerEscapes(unicode), ...entities, ...plus, text2.replace(/=+$/, "")];
}
function base64Forms(bytes) {
  const forms = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    return encoded.slice(shift === 0 ? 0 : 4).replace(/.?=+$/, "");
  });
  return forms.flatMap((form) => [form, ...wrapped(form)]);
}
function wrapped(text2) {
  const linesOf = (width) => text2.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
  return [76, 64].flatMap(linesOf).filter((line) => line.length >= 16);
}
function lowerEscapes(text2) {
  return text2.replace(/\\u[0-9A-F]{4}|%[0-9A-F]{2}/g, (code2) => code2.toLowerCase());
}
function escapeRegExp(text2) {
  return text2.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

// src/report/sanitize.ts
var longestLine2 = 8192;
var control = new RegExp("(?!\\t)\\p{Cc}", "gu");
var escapeSequence = new RegExp("(?!\\t)\\p{Cc}(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\p{Cc}]*)", "gu");
var invisible = new RegExp("\\p{Default_Ignorable_Code_Point}|[\\u2028\\u2029]", "gu");
function splitLines2(text2) {
  return text2.split(/\r\n|\r|\n/);
}
function sanitizeLine(line) {
  const visible = line.replace(escapeSequence, "").replace(control, "").replace(invisible, "");
  return visible.replace(/##(?=\[)/g, "# #").replace(/##(?=vso)/gi, "**").replace(/^(\s*):(?=:)/, "$1: ");
}
function cutLine(line) {
  return line.length > longestLine2 ? `${line.slice(0, longestLine2)}… (${line.length - longestLine2} more characters)` : line;
}

// src/report/guard.ts
var longestProgress = 100;
var longestPage = 1e6;
function cutPage(page) {
  const bytes = Buffer.from(page);
  return bytes.length <= longestPage ? page : `${bytes.subarray(0, longestPage).toString().replace(/\uFFFD$/, "")}
~~~

… the rest was cut: a page holds 1 MB.
`;
}
function guard(host) {
  const secrets = redactor();
  const masked = /* @__PURE__ */ new Set();
  const line = (text2) => cutLine(secrets.redact(sanitizeLine(text2)));
  const block = (text2) => splitLines2(text2).map(line).join("\n");
  return {
    ...host,
    log: (text2) => {
      for (const part of splitLines2(text2)) host.log(line(part));
    },
    group: (title, body) => host.group(line(title), body),
    annotate: ({ level, title, message }) => host.annotate({ level, title: line(title), message: block(message) }),
    progress: (percent, text2) => host.progress(percent, line(text2).slice(0, longestProgress)),
    mask: (value) => {
      if (masked.has(value)) return;
      masked.add(value);
      secrets.add(value);
      const lastPart = value.includes("@") ? value.slice(value.lastIndexOf("@") + 1) : "";
      for (const part of [...splitLines2(value), lastPart]) if (part.length >= shortestSecret2) host.mask(part);
    },
    // Outputs are data for other steps: secrets go, the rest stays as it is.
    output: (name, value) => host.output(name, secrets.redact(value)),
    summary: (markdown) => host.summary(cutPage(block(markdown))),
    state: { load: host.state.load, save: (value) => host.state.save(secrets.redact(value)) }
  };
}
function maskInputs(host) {
  for (const key of keys) {
    const text2 = host.inputs[key]?.trim() ?? "";
    if (entryOf(key).secret && text2.length >= shortestSecret2) host.mask(text2);
  }
  const address2 = host.inputs.msiUrl?.trim() ?? "";
  if (URL.canParse(address2)) for (const part of addressSecrets(address2)) host.mask(part);
}
function tellForeign(host, text2) {
  for (const part of splitLines2(text2)) host.log(`│ ${part}`);
}

// src/journal/heartbeat.ts
var beatMs = 3e4;
async function beating(journal, host, body) {
  const over = new AbortController();
  const ended = new Promise((resolve) => over.signal.addEventListener("abort", () => resolve(), { once: true }));
  const beat = async () => {
    await Promise.race([journal.begun, ended]);
    while (!over.signal.aborted) {
      await host.clock.sleep(beatMs, over.signal);
      if (!over.signal.aborted) await journal.touch().catch(() => {
      });
    }
  };
  const beats = beat();
  try {
    return await body();
  } finally {
    over.abort();
    await beats;
  }
}

// src/release/cleanup.ts
function decideCleanup({ cleanup }, { machine, spell: spell2 }) {
  if (cleanup === "never")
    return { endsWithJob: false, keepsFailed: true, sentence: `Nodes stay, proven or not, since ${spell2("cleanup")} is never.` };
  const endsWithJob = cleanup === "always" || machine.isEphemeral === true;
  const why = cleanup === "always" ? `since ${spell2("cleanup")} is always` : `since this machine ${machine.isEphemeral ? "ends with it" : "outlives the job"} (${spell2("cleanup")} auto)`;
  const what = endsWithJob ? "Nodes that this step starts and that pass their gate go at the end of the job" : "Nodes that pass their gate stay";
  return { endsWithJob, keepsFailed: false, sentence: machine.isEphemeral === void 0 ? void 0 : `${what}, ${why}.` };
}
function journalFor({ keepsFailed }, journal) {
  if (!keepsFailed) return journal;
  return { ...journal, intend: async (debt) => debt.kind === "path" ? journal.intend(debt) : void 0 };
}
async function passed(container, { endsWithJob }, journal) {
  const debt = { kind: "container", name: container, run: journal.id };
  await (endsWithJob ? journal.defer(debt) : journal.settle(debt));
}

// src/release/debts.ts
import { rm } from "node:fs/promises";

// src/journal/debt.ts
import path3 from "node:path";
function spellDebt(debt) {
  return `${debt.kind} ${debt.kind === "path" ? debt.path : debt.name}`;
}
function isSame(a, b) {
  return a.kind === "path" ? b.kind === "path" && a.path === b.path : b.kind === a.kind && a.name === b.name && a.run === b.run;
}
var uuid2 = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
var ownName = new RegExp(`^shir-(?:build|env|installer)-${uuid2}$`);
function readDebt(value) {
  const { kind, path: place, name, run } = value ?? {};
  if (kind === "path")
    return typeof place === "string" && path3.isAbsolute(place) && ownName.test(path3.basename(place)) ? { kind, path: place } : void 0;
  if (kind !== "container" && kind !== "network" || typeof name !== "string" || typeof run !== "string") return void 0;
  return run === "" ? void 0 : { kind, name, run };
}
function ledger() {
  const items = [];
  const find = (debt) => items.findIndex((item) => isSame(item.debt, debt));
  const listed = (isDeferred) => items.filter((item) => item.isDeferred === isDeferred).map(({ debt }) => debt);
  return {
    add: (debt) => void items.unshift({ debt, isDeferred: false }),
    has: (debt) => find(debt) >= 0,
    remove: (debt) => {
      const at = find(debt);
      if (at >= 0) items.splice(at, 1);
    },
    defer: (debt) => {
      const item = items[find(debt)];
      if (item) item.isDeferred = true;
    },
    owed: () => listed(false),
    deferred: () => listed(true)
  };
}

// src/contract/labels.ts
var prefix = "io.github.shir-container.";
var labelNames = {
  /** On images: the installer's version and hash. */
  version: `${prefix}shir-version`,
  sha256: `${prefix}msi-sha256`,
  /** On containers and networks: the set they belong to (`containerName`), the run that made them, and its page. */
  set: `${prefix}name`,
  run: `${prefix}run`,
  page: `${prefix}page`,
  /** On containers: the node's name, and a keyed hash of all that it was started with. */
  node: `${prefix}node`,
  config: `${prefix}config`,
  /** On containers that go at the end of the job which started them: as the host names that. */
  endsWithJob: `${prefix}ends-with`
};

// src/engine/arguments.ts
function buildArguments(order) {
  return [
    "build",
    "--force-rm",
    // a failed step leaves its container behind otherwise
    ...["--iidfile", order.idFile],
    ...["--file", order.dockerfile],
    ...order.references.flatMap((reference2) => ["--tag", reference2]),
    ...order.args.flatMap(({ name, value }) => ["--build-arg", `${name}=${value}`]),
    ...order.labels.flatMap(({ name, value }) => ["--label", `${name}=${value}`]),
    // Whatever follows is no option, even when it looks like one.
    ...["--", order.context]
  ];
}
var startInterval = "20s";
function runArguments(node2, image, setting) {
  return [
    ...["run", "--detach"],
    ...["--name", node2.container],
    ...["--hostname", node2.hostname],
    ...node2.labels.flatMap(({ name, value }) => ["--label", `${name}=${value}`]),
    ...node2.variables.flatMap(variableArguments),
    ...setting.envFile === void 0 ? [] : ["--env-file", setting.envFile],
    ...["--restart", node2.restartPolicy],
    ...node2.memory === void 0 ? [] : ["--memory", node2.memory],
    ...node2.cpus === void 0 ? [] : ["--cpus", node2.cpus],
    ...joinArguments(node2),
    ...node2.volumes.flatMap((volume) => ["--volume", volume]),
    ...setting.startInterval ? ["--health-start-interval", startInterval] : [],
    ...["--", image]
  ];
}
var builtInNetworks = ["bridge", "default", "host", "nat", "none"];
function joinArguments({ network, hostname }) {
  if (network === void 0) return [];
  return ["--network", network, ...builtInNetworks.includes(network) ? [] : ["--network-alias", hostname]];
}
function networkArguments(name, labels, os2) {
  return [
    "network",
    "create",
    "--driver",
    os2 === "windows" ? "nat" : "bridge",
    ...labels.flatMap((label) => ["--label", `${label.name}=${label.value}`]),
    "--",
    name
  ];
}
function secretVariables(node2) {
  return Object.fromEntries(
    node2.variables.flatMap(
      ({ name, value }) => typeof value === "string" || isChildVariable(name) ? [] : [[name, value.reveal()]]
    )
  );
}
function fileVariables(node2) {
  return node2.variables.flatMap(
    ({ name, value }) => typeof value !== "string" && isChildVariable(name) ? [`${name}=${value.reveal()}`] : []
  );
}
function variableArguments({ name, value }) {
  if (typeof value === "string") return ["--env", `${name}=${value}`];
  return isChildVariable(name) ? [] : ["--env", name];
}
function pullArguments(reference2) {
  return ["pull", "--", reference2];
}
function pushArguments(reference2) {
  return ["push", "--", reference2];
}
function inspectImageArguments(reference2) {
  return ["image", "inspect", "--", reference2];
}
function listImagesArguments() {
  return ["image", "ls", "--all", "--quiet", "--no-trunc"];
}
function inspectNetworkArguments(id) {
  return ["network", "inspect", "--", id];
}
function listNetworksArguments(filter) {
  return ["network", "ls", "--quiet", "--no-trunc", "--filter", filter];
}
function keepEndedArguments(id) {
  return ["update", "--restart=no", "--", id];
}
function unpauseArguments(id) {
  return ["unpause", "--", id];
}
function stopArguments(id) {
  return ["stop", "-t", "60", "--", id];
}
function removeEndedArguments(id) {
  return ["rm", "--volumes", "--", id];
}
function removeArguments(id) {
  return ["rm", "--force", "--volumes", "--", id];
}
function removeNetworkArguments(id) {
  return ["network", "rm", id];
}
function listArguments(filter) {
  return ["ps", "--all", "--quiet", "--no-trunc", ...filter === void 0 ? [] : ["--filter", filter]];
}
function inspectArguments(ids) {
  return ["container", "inspect", "--", ...ids];
}
function execArguments(id, command) {
  return ["exec", id, ...command];
}
var tellingEvents = ["health_status", "die", "oom", "start", "destroy"];
function eventArguments(id) {
  const events = tellingEvents.flatMap((event) => ["--filter", `event=${event}`]);
  return ["events", "--filter", "type=container", "--filter", `container=${id}`, ...events, "--format", "{{json .}}"];
}
var mostLogLines = 400;
function logArguments(id, since) {
  return ["logs", "--timestamps", "--since", since, "--tail", String(mostLogLines), "--", id];
}
function lastLogArguments(id, count) {
  return ["logs", "--timestamps", "--tail", String(count), "--", id];
}
function spellCommand(args) {
  return ["docker", ...args].map((word) => /^[\w@%+=:,./\\<>-]+$/.test(word) ? word : JSON.stringify(word)).join(" ");
}

// src/engine/inspect.ts
async function inspectImage(docker, reference2) {
  const { code: code2, stdout, stderr } = await docker.read(inspectImageArguments(reference2));
  if (code2 !== 0) {
    if (/no such image/i.test(stderr)) return void 0;
    throw engineFailed("image inspect", stderr);
  }
  const [image] = JSON.parse(stdout);
  if (!image) return void 0;
  const test = image.Config?.Healthcheck?.Test ?? [];
  return {
    id: image.Id,
    os: image.Os,
    osVersion: image.OsVersion,
    repoDigests: image.RepoDigests ?? [],
    labels: image.Config?.Labels ?? {},
    hasHealthCheck: test.length > 0 && test[0] !== "NONE"
  };
}
var mostAtOnce = 50;
async function inspectContainers(docker, ids, host, options = {}) {
  const facts = [];
  for (let from = 0; from < ids.length; from += mostAtOnce) {
    const { stdout, stderr, code: code2 } = await docker.read(inspectArguments(ids.slice(from, from + mostAtOnce)), options);
    if (code2 !== 0 && !/no such container/i.test(stderr)) throw engineFailed("container inspect", stderr);
    facts.push(...JSON.parse(stdout || "[]").map((raw) => containerFacts(raw, host)));
  }
  return facts;
}
function containerFacts(raw, host) {
  const variables = new Map(
    (raw.Config.Env ?? []).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)])
  );
  const key = variables.get("AUTH_KEY");
  if (key) host.mask(key);
  const { State: state } = raw;
  return {
    id: raw.Id,
    name: raw.Name.replace(/^\//, ""),
    labels: raw.Config.Labels ?? {},
    imageId: raw.Image ?? "",
    // As in the container itself: an empty variable says nothing.
    nodeName: variables.get("NODE_NAME") || raw.Config.Hostname,
    status: state.Status,
    exitCode: state.ExitCode,
    restartCount: raw.RestartCount ?? 0,
    startedAt: state.StartedAt,
    removesItself: raw.HostConfig?.AutoRemove ?? false,
    restartPolicy: spellRestartPolicy(raw.HostConfig?.RestartPolicy),
    health: state.Health && state.Health.Status !== "none" ? state.Health.Status : void 0,
    // Docker keeps the log of an earlier start: only probes of this one tell something.
    probes: (state.Health?.Log ?? []).filter((probe) => Date.parse(probe.Start) >= Date.parse(state.StartedAt)).map((probe) => ({ startedAt: probe.Start, exitCode: probe.ExitCode, output: probe.Output.trim() }))
  };
}
function spellRestartPolicy({ Name, MaximumRetryCount = 0 } = { Name: "no" }) {
  return MaximumRetryCount > 0 ? `${Name}:${MaximumRetryCount}` : Name || "no";
}

// src/engine/networks.ts
async function networksCalled(docker, name) {
  return idsOf(await docker.ask(listNetworksArguments(`name=^${name.replaceAll(".", "\\.")}$`)));
}
async function oldestFirst(docker, ids) {
  const networks = (await Promise.all(ids.map((id) => inspectNetwork(docker, id)))).filter((facts) => facts !== void 0);
  const age = ({ Id, Created }) => `${Created.replace(/Z$|[+-]\d\d:\d\d$/, "")} ${Id}`;
  return networks.sort((a, b) => age(a) < age(b) ? -1 : 1).map(({ Id }) => Id);
}
async function inspectNetwork(docker, id) {
  const { code: code2, stdout } = await docker.read(inspectNetworkArguments(id));
  return code2 === 0 ? JSON.parse(stdout)[0] : void 0;
}
function containersOn({ Containers }) {
  return Object.keys(Containers ?? {}).length;
}
async function networksOfRun(docker, run) {
  return idsOf(await docker.ask(listNetworksArguments(`label=${labelNames.run}=${run}`)));
}
async function networksOfSet(docker, set) {
  return idsOf(await docker.ask(listNetworksArguments(`label=${labelNames.set}=${set}`)));
}
async function makeNetwork(docker, name, labels, os2) {
  return String(idsOf(await docker.ask(networkArguments(name, labels, os2)))[0]);
}
async function removeUnusedNetwork(docker, id) {
  const network = await inspectNetwork(docker, id);
  if (network === void 0 || containersOn(network) > 0) return false;
  if (idsOf(await docker.ask(listArguments(`network=${id}`))).length > 0) return false;
  const removal = await docker.read(removeNetworkArguments(id));
  if (removal.code !== 0 && !/not found|no such network|active endpoints/i.test(removal.stderr))
    throw engineFailed("network rm", removal.stderr);
  return removal.code === 0;
}

// src/process/limit.ts
async function withinLimit(limitMs3, host, body) {
  const limit = new AbortController();
  const over = new AbortController();
  void host.clock.sleep(limitMs3, over.signal).then(() => over.signal.aborted || limit.abort(timeIsUp(limitMs3)));
  try {
    return await body({ ...host, signal: AbortSignal.any([host.signal, limit.signal]) }, limit.signal);
  } finally {
    over.abort();
  }
}
function timeIsUp(limitMs3) {
  return new StepError("engine-failed", `It was not done in ${limitMs3 / 1e3} s.`, {
    hint: "docker ps tells whether the engine still answers; restarting it frees what hangs."
  });
}

// src/target/docker/node.ts
function nodeOf({ id, name, nodeName, labels }) {
  return { planned: false, name: nodeName, container: name, id, version: labels[labelNames.version] };
}

// src/engine/events.ts
function watchEvents(docker, container, host, signal) {
  let isRung = false;
  let wake;
  const ring = () => {
    isRung = true;
    wake?.();
  };
  void docker.run(eventArguments(container), { signal, onLine: ring }).catch(() => host.log("The engine’s events broke off; the node is watched by polling alone."));
  const rung = async (signal2) => {
    if (!isRung && !signal2.aborted) {
      await new Promise((resolve) => {
        wake = resolve;
        signal2.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    if (!signal2.aborted) isRung = false;
    wake = void 0;
  };
  return {
    rung,
    rungWithin: async (limitMs3, signal2) => {
      const pause = new AbortController();
      const over = AbortSignal.any([signal2, pause.signal]);
      await Promise.race([rung(over), host.clock.sleep(limitMs3, over)]);
      pause.abort();
    }
  };
}

// src/engine/inside.ts
function powerShell(script) {
  return ["powershell", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command", script];
}
async function runInside(docker, id, script, limitMs3, host) {
  return withinLimit(limitMs3, host, async ({ signal }, limit) => {
    const { code: code2, stdout, stderr } = await docker.run(execArguments(id, powerShell(script)), { signal });
    if (host.signal.aborted) throw endOf(host.signal);
    return { code: code2, isTimeUp: limit.aborted, text: [stdout, stderr].filter((text2) => text2 !== "").join("\n") };
  });
}
function answerOf(text2) {
  for (const line of text2.split(/\r?\n/).reverse()) {
    const answer = line.trimStart().startsWith("{") ? parsed(line) : void 0;
    if (typeof answer === "object" && answer !== null) return answer;
  }
  return void 0;
}
function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return void 0;
  }
}

// src/target/docker/farewell.ts
var limitMs = 9e4;
var stopScript = [
  "if (Test-Path C:/SHIR/stop.ps1) { ConvertTo-Json -Compress @{ by = 'SHIR/stop.ps1' }; & C:/SHIR/stop.ps1; exit $LASTEXITCODE }",
  "$key = 'HKLM:\\SOFTWARE\\Microsoft\\DataTransfer\\DataManagementGateway\\ConfigurationManager'",
  "$diacmd = (Get-ItemProperty -Path $key -ErrorAction SilentlyContinue).DiacmdPath",
  "$places = @($(if ($diacmd) { Join-Path (Split-Path -Parent $diacmd) 'dmgcmd.exe' }), 'C:/Program Files/Microsoft Integration Runtime/*/Shared/dmgcmd.exe')",
  "$dmgcmd = Get-ChildItem -Path ($places | Where-Object { $_ }) -ErrorAction SilentlyContinue | Select-Object -First 1",
  "if (-not $dmgcmd) { ConvertTo-Json -Compress @{ by = 'nothing' }; exit 1 }",
  "ConvertTo-Json -Compress @{ by = 'dmgcmd -Stop' }",
  "$ended = Start-Process -FilePath $dmgcmd.FullName -ArgumentList '-Stop' -Wait -PassThru -NoNewWindow",
  "exit $ended.ExitCode"
].join("; ");
async function endShir(docker, id, host) {
  const { code: code2, isTimeUp, text: text2 } = await runInside(docker, id, stopScript, limitMs, host);
  const by = answerOf(text2)?.by;
  if (by === "nothing") return { why: "its image has neither SHIR/stop.ps1 nor dmgcmd.exe" };
  if (typeof by === "string" && code2 === 0) return { by };
  const [facts] = await inspectContainers(docker, [id], host);
  const hasEnded = facts?.status !== "running";
  if (typeof by === "string" && hasEnded && facts?.exitCode === 0) return { by };
  if (isTimeUp) return { why: `${by ?? "PowerShell"} was not done in ${limitMs / 1e3} s` };
  if (typeof by !== "string") return { why: hasEnded ? "it has just ended" : `PowerShell did not run in it: ${firstLine(text2)}` };
  return { why: `${by} ended with exit code ${code2}` };
}

// src/target/docker/removal.ts
var limitMs2 = 15e4;
var mostTries = 10;
async function removeContainer({ id, name, container }, docker, host) {
  const [before2] = await inspectContainers(docker, [id], host);
  if (before2 === void 0) return { kind: "gone" };
  if (before2.status === "removing") {
    await untilGone(id, container, docker, host);
    return { kind: "gone" };
  }
  if (before2.status !== "dead" && !await keepEnded(id, docker, host)) return { kind: "gone" };
  const [now] = await inspectContainers(docker, [id], host);
  if (now === void 0) return { kind: "gone" };
  const { status } = now;
  const change = async (args) => isDone(await docker.read(args, { limitMs: limitMs2 }), String(args[0]));
  const isAlive = ["running", "paused", "restarting"].includes(status);
  if (status === "paused" && !await change(unpauseArguments(id))) return { kind: "gone" };
  host.log(`${container}: ${await endInside(id, status, docker, host)}`);
  const isRemoved = (!isAlive || await change(stopArguments(id))) && await change(removeEndedArguments(id));
  if (!isRemoved) {
    await untilGone(id, container, docker, host);
    if (!before2.removesItself) return { kind: "gone" };
  }
  host.log(`${container}: removed`);
  return { kind: "removed", node: name, wasStarted: status !== "created" };
}
async function endInside(id, status, docker, host) {
  if (status === "created") return "was never started";
  if (status !== "running" && status !== "paused") return `is ${status}, so that there is no SHIR to end`;
  const ending = await endShir(docker, id, host);
  return "by" in ending ? `SHIR was ended (${ending.by})` : `is stopped without ending SHIR before: ${ending.why}`;
}
async function keepEnded(id, docker, host) {
  for (let tries = 1; ; tries++) {
    const update = await docker.read(keepEndedArguments(id), { limitMs: limitMs2 });
    const isEnding = /cannot update a stopped container/i.test(update.stderr);
    if (!isEnding || tries === mostTries) return isDone(update, "update");
    await host.clock.sleep(100, host.signal);
  }
}
function isDone({ code: code2, stderr }, command) {
  if (code2 === 0 || /is not paused|AutoRemove is enabled/i.test(stderr)) return true;
  if (/no such container|marked for removal|removal of container .* in progress/i.test(stderr)) return false;
  throw engineFailed(command, stderr);
}
async function untilGone(id, container, docker, host) {
  const over = new AbortController();
  const signal = AbortSignal.any([host.signal, over.signal]);
  const bell = watchEvents(docker, id, host, signal);
  const beganMs = host.clock.now();
  try {
    while (host.clock.now() - beganMs < limitMs2) {
      if ((await inspectContainers(docker, [id], host)).length === 0) return;
      await bell.rungWithin(1e3, signal);
    }
  } finally {
    over.abort();
  }
  throw new StepError("engine-failed", `${container} is being removed by someone else, and is still there.`, {
    hint: "docker inspect tells its state; restarting the engine frees a container that hangs so."
  });
}

// src/target/docker/owed.ts
var endLimitMs = 12e4;
async function ownContainer({ name, run }, docker, host) {
  const [container] = await inspectContainers(docker, [name], host);
  return container?.labels[labelNames.run] === run ? container : void 0;
}
async function takeBackContainer(debt, docker, host) {
  const container = await ownContainer(debt, docker, host);
  if (container === void 0) return { kind: "gone" };
  await removeByForce(container, docker, host);
  return { kind: "removed", node: container.nodeName, wasStarted: container.status !== "created" };
}
async function takeBackNetworks({ name, run }, docker, host) {
  const removed = await Promise.all((await networksOfRun(docker, run)).map((id) => removeUnusedNetwork(docker, id)));
  if (removed.includes(true)) host.log(`Removed the network ${name}.`);
  return removed.length > 0 && !removed.includes(false);
}
async function removeByForce({ id, name }, docker, host) {
  if (!isDone(await docker.read(removeArguments(id)), "rm")) await untilGone(id, name, docker, host);
}
async function endNode(debt, docker, host) {
  const container = await ownContainer(debt, docker, host);
  if (container === void 0) return { kind: "gone" };
  const removing = withinLimit(
    endLimitMs,
    host,
    async (bounded) => removeContainer(nodeOf(container), await openDocker(bounded), bounded)
  );
  return removing.catch(async (error2) => {
    if (host.signal.aborted) throw error2;
    await removeByForce(container, docker, host);
    host.log(`${debt.name}: removed by force: ${messageOf(error2)}`);
    return { kind: "removed", node: container.nodeName, wasStarted: true };
  });
}

// src/release/record-left.ts
function recordLeft(node2, { spell: spell2 }) {
  return `The container of node ${node2} is removed. If the node had registered, its record stays in the integration runtime and counts as one of its nodes: delete it on the runtime’s page (Nodes), or let it expire (${spell2("enableAe")}).`;
}

// src/release/debts.ts
var payLimitMs = 6e4;
var engineLagMs = 1e4;
var lookAgainMs = 250;
async function payDebts(journal, host, lastSignMs) {
  const removed = [];
  const failed = /* @__PURE__ */ new Set();
  const certainAtMs = lastSignMs === void 0 ? 0 : Math.min(lastSignMs, host.clock.now()) + engineLagMs;
  let docker;
  const pay = async (debt, isCertain) => {
    if (debt.kind === "path") {
      await rm(debt.path, { recursive: true, force: true, maxRetries: 5 });
      return journal.settle(debt);
    }
    docker ??= openDocker(host);
    if (debt.kind === "container") {
      const isRemoved = await takeBack(debt, await docker, host);
      if (isRemoved) removed.push(debt.name);
      return isRemoved || isCertain ? journal.settle(debt) : void 0;
    }
    if (journal.deferred().some(({ kind }) => kind === "container")) return journal.defer(debt);
    const isGone = await takeBackNetworks(debt, await docker, host);
    return isGone || isCertain ? journal.settle(debt) : void 0;
  };
  for (; ; ) {
    const isCertain = host.clock.now() >= certainAtMs;
    for (const debt of journal.owed()) {
      if (failed.has(debt) || host.signal.aborted) continue;
      await pay(debt, isCertain).catch((error2) => {
        failed.add(debt);
        host.log(`Could not take back the ${spellDebt(debt)}: ${messageOf(error2)}`);
      });
    }
    const open3 = journal.owed().filter((debt) => !failed.has(debt));
    if (open3.length === 0) return removed;
    await host.clock.sleep(lookAgainMs, host.signal);
    if (host.signal.aborted) {
      for (const debt of open3)
        host.log(`The engine may still be making the ${spellDebt(debt)}: the post step or the next run looks again.`);
      return removed;
    }
  }
}
async function takeBack(debt, docker, host) {
  const removal = await takeBackContainer(debt, docker, host);
  if (removal.kind === "gone") return false;
  host.log(`Removed ${debt.name}, which never passed its gate.`);
  if (removal.wasStarted) host.log(recordLeft(removal.node, host));
  return true;
}

// src/journal/claim.ts
import { randomUUID } from "node:crypto";
import { readdir as readdir3, rename, rm as rm3 } from "node:fs/promises";
import path8 from "node:path";

// src/journal/abandoned.ts
import { readdir, rm as rm2 } from "node:fs/promises";
import path6 from "node:path";

// src/journal/file-name.ts
import path4 from "node:path";
var uuid3 = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
var pattern = new RegExp(`^(${uuid3})(?:\\.(${uuid3}))?\\.jsonl$`);
function journalFolder(root) {
  return path4.join(root, "journal");
}
function fileName(run, claim2) {
  return claim2 === void 0 ? `${run}.jsonl` : `${run}.${claim2}.jsonl`;
}
function readFileName(file) {
  const [, run, claim2] = pattern.exec(path4.basename(file)) ?? [];
  return run === void 0 ? void 0 : { run, claim: claim2 };
}

// src/journal/owner.ts
import { createHash as createHash2 } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";
import path5 from "node:path";
async function ownerOf(run, host) {
  return { run, ...await placeOf(host) };
}
async function placeOf(host) {
  return {
    machine: host.machine.id,
    engine: await engineMark(host),
    process: { pid: process.pid, started: (await look(process.pid))?.started },
    job: { pid: process.ppid, started: (await look(process.ppid))?.started },
    boot: await readFile("/proc/sys/kernel/random/boot_id", "utf8").then(
      (text2) => text2.trim(),
      () => void 0
    ),
    namespace: await readlink("/proc/self/ns/pid").catch(() => void 0)
  };
}
var defaults = ["unix:///var/run/docker.sock", "npipe:////./pipe/docker_engine", "default", ""];
async function engineMark({ environment }) {
  const said = (name) => defaults.includes(environment[name] ?? "") ? void 0 : environment[name];
  const [DOCKER_HOST, DOCKER_CONTEXT] = [said("DOCKER_HOST"), said("DOCKER_CONTEXT")];
  const isNamed = Boolean(environment.DOCKER_HOST || environment.DOCKER_CONTEXT);
  const told = [DOCKER_HOST, DOCKER_CONTEXT, isNamed ? void 0 : await chosenContext(environment)];
  return createHash2("sha256").update(JSON.stringify(told)).digest("hex").slice(0, 16);
}
async function chosenContext({ DOCKER_CONFIG, HOME, USERPROFILE }) {
  const folder = DOCKER_CONFIG || path5.join(HOME || USERPROFILE || "", ".docker");
  try {
    const { currentContext } = JSON.parse(await readFile(path5.join(folder, "config.json"), "utf8"));
    return typeof currentContext === "string" && currentContext !== "default" ? currentContext : void 0;
  } catch {
    return void 0;
  }
}
var staleMs = 12e4;
async function isDead(owner, here, silentMs) {
  const life = await lifeOf(owner.process, owner, here);
  return life === "dead" || life === "unknown" && silentMs > staleMs;
}
async function isJobOver(owner, here) {
  return await lifeOf(owner.job, owner, here) === "dead";
}
async function lifeOf(mark, owner, here) {
  if (owner.boot !== void 0 && here.boot !== void 0 && owner.boot !== here.boot) return "dead";
  if (owner.namespace !== here.namespace || mark.pid <= 1) return "unknown";
  const found = await look(mark.pid);
  if (found === void 0) return "dead";
  if (mark.started === void 0 || found.started === void 0) return "unknown";
  return mark.started === found.started ? "alive" : "dead";
}
async function look(pid) {
  const text2 = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => void 0);
  const words = text2?.slice(text2.lastIndexOf(")") + 2).split(" ");
  if (words) return words[0] === "Z" || words[0] === "X" ? void 0 : { started: words[19] };
  try {
    process.kill(pid, 0);
  } catch (error2) {
    if (error2.code === "ESRCH") return void 0;
  }
  return { started: void 0 };
}
function readOwner(value) {
  const owner = value ?? {};
  const isWhole = [owner.run, owner.machine, owner.engine].every((text2) => typeof text2 === "string" && text2 !== "") && [owner.process?.pid, owner.job?.pid].every(Number.isSafeInteger);
  return isWhole ? owner : void 0;
}

// src/journal/records.ts
import { constants as constants2 } from "node:fs";
import { appendFile, open as open2, readFile as readFile2, stat as stat2 } from "node:fs/promises";
function readRecords(text2) {
  const owners = [];
  const debts = ledger();
  let unread = 0;
  for (const line of text2.split("\n").filter((part) => part.trim() !== "")) {
    const entry = readEntry(line);
    if (entry === void 0) unread++;
    else if (entry.event === "owner") owners.push(entry.owner);
    else if (entry.event === "intend") debts.add(entry.debt);
    else if (entry.event === "settled") debts.remove(entry.debt);
    else debts.defer(entry.debt);
  }
  return { owners, debts, unread };
}
async function readJournal(file) {
  const facts = await stat2(file);
  if (!facts.isFile()) throw Object.assign(new Error(`${file} is no file.`), { code: "it is no file" });
  const text2 = await readFile2(file, "utf8");
  return { records: readRecords(text2), isEmpty: text2 === "", touchedMs: facts.mtimeMs };
}
function readEntry(line) {
  try {
    const { at, event, owner, debt } = JSON.parse(line) ?? {};
    if (typeof at !== "number") return void 0;
    if (event === "owner") {
      const read2 = readOwner(owner);
      return read2 && { at, event, owner: read2 };
    }
    if (event !== "intend" && event !== "settled" && event !== "deferred") return void 0;
    const read = readDebt(debt);
    return read && { at, event, debt: read };
  } catch {
    return void 0;
  }
}
async function create(file, entries) {
  await write(file, "wx", entries.map(spell).join(""));
}
async function append(file, entry) {
  await write(file, constants2.O_WRONLY | constants2.O_APPEND, `${before(entry)}${spell(entry)}`);
}
function before({ event }) {
  return event === "owner" ? "\n" : "";
}
function spell(entry) {
  return `${JSON.stringify(entry)}
`;
}
async function write(file, flags, text2) {
  const handle = await open2(file, flags, 384);
  try {
    await appendFile(handle, text2);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

// src/journal/abandoned.ts
async function findAbandoned(root, host) {
  const folder = journalFolder(root);
  const names = await readdir(folder).catch(
    (error2) => error2.code === "ENOENT" ? [] : Promise.reject(error2)
  );
  const here = await placeOf(host);
  const journals = [];
  const remarks = [];
  for (const name of names.sort()) {
    const finding = await examine(path6.join(folder, name), here, host);
    if (finding.kind === "strange") remarks.push(`${name} ${finding.why}; it is left as it is.`);
    else if (finding.kind === "abandoned") journals.push(finding.journal);
  }
  return { journals, remarks };
}
async function examine(file, here, host) {
  const named = readFileName(file);
  if (named === void 0) return { kind: "strange", why: "is no journal" };
  const { run, claim: claim2 } = named;
  const read = await readJournal(file).catch(({ code: code2 }) => ({ code: code2 }));
  if ("code" in read) return read.code === "ENOENT" ? { kind: "none" } : { kind: "strange", why: `cannot be read (${read.code})` };
  const { records, isEmpty, touchedMs } = read;
  const silentMs = host.clock.now() - touchedMs;
  if (isEmpty) {
    if (silentMs > staleMs) await rm2(file, { force: true });
    return { kind: "none" };
  }
  const began = records.owners.find((owner2) => owner2.run === run);
  const owner = records.owners.find((one) => one.run === (claim2 ?? run));
  if (began === void 0 || owner === void 0) return { kind: "strange", why: "does not say whose it is" };
  if (began.machine !== here.machine || began.engine !== here.engine) return { kind: "none" };
  if (!await isDead(owner, here, silentMs)) return { kind: "none" };
  const isOver = await isJobOver(began, here);
  const waitsForJob = claim2 === void 0 && records.debts.owed().length === 0 && records.debts.deferred().length > 0;
  if (waitsForJob && !isOver) return { kind: "none" };
  return { kind: "abandoned", journal: { file, run, isJobOver: isOver } };
}

// src/journal/account.ts
import { readdir as readdir2, utimes } from "node:fs/promises";
import path7 from "node:path";
function accountIn(file, debts, clock) {
  const write2 = (event, debt) => append(file, { at: clock.now(), event, debt });
  const writeIfThere = (event, debt) => write2(event, debt).catch(async (error2) => {
    if (error2.code !== "ENOENT" || await isTakenOver(file)) throw error2;
  });
  return {
    intend: async (debt) => {
      await write2("intend", debt);
      debts.add(debt);
    },
    settle: async (debt) => {
      if (!debts.has(debt)) return;
      await writeIfThere("settled", debt);
      debts.remove(debt);
    },
    defer: async (debt) => {
      if (!debts.has(debt)) return;
      await writeIfThere("deferred", debt);
      debts.defer(debt);
    },
    owed: debts.owed,
    deferred: debts.deferred,
    touch: async () => {
      const now = new Date(clock.now());
      await utimes(file, now, now);
    }
  };
}
async function isTakenOver(file) {
  const names = await readdir2(path7.dirname(file)).catch(() => []);
  return names.some((name) => readFileName(name)?.run === readFileName(file)?.run);
}

// src/journal/claim.ts
async function claimJournal(file, host) {
  const named = readFileName(file);
  if (named === void 0) return void 0;
  const claim2 = randomUUID();
  const place = (name) => path8.join(path8.dirname(file), name);
  const [given, own2] = [place(fileName(named.run)), place(fileName(named.run, claim2))];
  try {
    const { touchedMs } = await readJournal(file);
    await append(file, { at: host.clock.now(), event: "owner", owner: await ownerOf(claim2, host) });
    await rename(file, own2);
    const { debts, unread } = (await readJournal(own2)).records;
    const account = accountIn(own2, debts, host.clock);
    return {
      ...account,
      run: named.run,
      // An earlier claim's signs of life are its own: what the run itself began was over before that.
      lastSignMs: named.claim === void 0 ? touchedMs : 0,
      unread,
      close: () => account.owed().length + account.deferred().length === 0 ? rm3(own2, { force: true }) : rename(own2, given)
    };
  } catch (error2) {
    if (error2.code === "ENOENT") return void 0;
    throw error2;
  }
}
async function claimOwn(file, host) {
  const folder = path8.dirname(file);
  const run = readFileName(file)?.run;
  const names = await readdir3(folder).catch(() => []);
  const name = names.find((one) => run !== void 0 && readFileName(one)?.run === run);
  if (name === void 0) return void 0;
  const place = path8.join(folder, name);
  const isFree = place === file || (await examine(place, await placeOf(host), host)).kind === "abandoned";
  return (isFree ? await claimJournal(place, host) : void 0) ?? "taken";
}

// src/contract/outputs.ts
var outputs = {
  image: "The first image reference; after a push with its digest (`name@sha256:…`).",
  imageId: "The image’s id.",
  digest: "The digest that the registry gave to the first reference; only after a push.",
  built: "`true` when an image was built.",
  changed: "`true` when the step changed something: built an image that was not there before, pushed one, or started or removed a node.",
  shirVersion: "The four-part version of the installer, or of the image that was used.",
  expires: "The day on which Microsoft’s support of that version ends (`YYYY-MM-DD`), one year after its publication; estimated from its build where that day is not known, and empty where nothing is.",
  msiSha256: "The SHA-256 of the installer.",
  cacheHit: "`true` when the installer was taken from the cache.",
  cacheKey: "A key for the pipeline’s own cache of the installer: version and hash.",
  nodes: "JSON: an array with `name`, `container`, `id`, `health`, `status` and `version` of each node; in `remove` those that were removed.",
  verdict: "`healthy` when every node passed its gate, `failed` when the step failed, `skipped` where nothing was gated.",
  reason: "Why it failed: a stable reason code. Empty on success."
};
var outputNames = Object.keys(outputs);

// src/report/outputs.ts
function tellOutputs(result, host) {
  const values = serialise(result);
  for (const name of outputNames) host.output(name, values[name]);
}
function serialise({
  installer,
  support,
  image,
  pushed,
  started,
  removed,
  nodes,
  verdict,
  reason
}) {
  return {
    image: known(image?.reference),
    imageId: known(image?.id),
    digest: image?.digest ?? "",
    built: String(image?.built ?? false),
    changed: String((image?.isNew ?? false) || (pushed ?? false) || (started ?? false) || (removed ?? false)),
    shirVersion: known(installer?.version) || known(image?.shirVersion),
    expires: support?.expires ?? "",
    msiSha256: known(installer?.sha256),
    cacheHit: String(installer?.cacheHit ?? false),
    cacheKey: known(installer?.cacheKey),
    nodes: JSON.stringify((nodes ?? []).filter(({ node: node2 }) => !node2.planned).map(described)),
    verdict: verdict ?? "skipped",
    reason: reason ?? ""
  };
}
function known(text2) {
  return text2 === void 0 || /<\w+>/.test(text2) ? "" : text2;
}
function described({ node: node2, verdict }) {
  return {
    name: node2.name,
    container: node2.container,
    id: node2.id,
    health: verdict.health,
    status: verdict.status,
    version: node2.version ?? ""
  };
}

// src/report/summary.ts
function renderSummary(story) {
  const { failure: failure2 } = story;
  const title = failure2 ? `## SHIR Container: failed (${failure2.code})` : `## SHIR Container: ${story.dryRun ? "dry run" : outcome(story)}`;
  return [
    title,
    ...failureSection(story),
    ...warningSection(story),
    ...builtSection(story),
    ...nodeSection(story),
    ...timelineSection(story),
    ""
  ].join("\n\n");
}
function outcome({ mode, nodes, image }) {
  if (mode === "remove")
    return nodes.length === 0 ? "nothing to remove" : nodes.length === 1 ? "the node is removed" : `${nodes.length} nodes are removed`;
  if (mode === "build") return `image ${image?.built ? "built" : "ready"}`;
  return nodes.length === 1 ? "the node passed its gate" : `${nodes.length} nodes passed their gate`;
}
function failureSection({ failure: failure2, nodes }) {
  if (failure2 === void 0) return [];
  const evidence = nodes.filter(({ verdict }) => verdict.outcome === "failed").flatMap(({ node: node2, verdict }) => [
    ...evidenceBlock(
      `Last answers of ${node2.container}’s health check`,
      verdict.probes.map(({ exitCode, output }) => `exit ${exitCode}: ${output || "(nothing)"}`)
    ),
    ...evidenceBlock(`Last log lines of ${node2.container}`, verdict.lines)
  ]);
  const [hint = "", ...more] = failure2.hint?.split("\n") ?? [];
  return [
    `**${escapeText(failure2.message)}**`,
    ...hint ? [escapeText(hint)] : [],
    ...more.length > 0 ? [codeBlock(more)] : [],
    ...evidence
  ];
}
function warningSection({ warnings }) {
  return warnings.length > 0 ? [warnings.map((warning) => `- Warning: ${escapeText(warning)}`).join("\n")] : [];
}
function builtSection({ installer, support, image, context, base }) {
  const rows = [
    installer && [
      "Installer",
      `${code(installer.version)}, from ${installer.cacheHit ? "the cache: " : ""}${escapeText(installer.source)}`
    ],
    installer && ["SHA-256", code(installer.sha256)],
    installer && installer.proofs.length > 0 && ["Proven by", installer.proofs.map(escapeText).join("<br>")],
    support?.expires && ["Supported until", supportedUntil(support)],
    context && ["Built from", escapeText(context)],
    base && ["Base image", code(base)],
    image && ["Image", code(image.reference)],
    image && ["Image id", code(image.id)],
    image?.digest && ["Digest", code(image.digest)]
  ].filter((row) => Array.isArray(row));
  return rows.length > 0 ? ["### Image", table(["What", "Value"], rows)] : [];
}
function supportedUntil({ since, expires, isEstimate }) {
  const sure = `${expires}, one year after its publication on ${since}`;
  return isEstimate ? `${expires} or some weeks longer: estimated from its build on ${since}` : sure;
}
function nodeSection({ nodes }) {
  if (nodes.length === 0) return [];
  const rows = nodes.map(({ node: node2, verdict, isKept }) => [
    code(node2.name),
    code(node2.container),
    isKept ? `${verdict.outcome} (kept)` : verdict.outcome,
    escapeText(verdict.reason ?? ""),
    `${verdict.status}, ${verdict.health}`
  ]);
  return ["### Nodes", table(["Node", "Container", "Verdict", "Reason", "Container state"], rows)];
}
var chartWidth = 40;
function timelineSection({ spans }) {
  const totalMs = Math.max(1, ...spans.map(({ fromMs, ms }) => fromMs + ms));
  const widest = Math.max(0, ...spans.map(({ title }) => title.length));
  const lines2 = spans.map(({ title, fromMs, ms }) => {
    const from = Math.min(chartWidth - 1, Math.floor(fromMs / totalMs * chartWidth));
    const length = Math.max(1, Math.min(chartWidth - from, Math.round(ms / totalMs * chartWidth)));
    return `${title.padEnd(widest)}  ${" ".repeat(from)}${"█".repeat(length)}${" ".repeat(chartWidth - from - length)}  ${(ms / 1e3).toFixed(1)} s`;
  });
  return spans.length > 0 ? ["### Timeline", codeBlock(lines2)] : [];
}
function evidenceBlock(title, lines2) {
  return lines2.length > 0 ? [`${escapeText(title)}:`, codeBlock(lines2)] : [];
}
function table(head, rows) {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
function code(text2) {
  return `\`${text2.replace(/[`|\r\n]/g, " ")}\``;
}
function codeBlock(texts) {
  const lines2 = texts.flatMap(splitLines2).map(sanitizeLine);
  return ["~~~text", ...lines2.map((line) => line.replace(/^(\s*)~~~/, "$1~ ~~")), "~~~"].join("\n");
}
function escapeText(text2) {
  return text2.replace(/[\\`*_{}[\]<>|#~]/g, (character) => `\\${character}`).replace(/\r\n|\r|\n/g, " ");
}

// src/report/recorder.ts
function recorder(host) {
  const beganMs = host.clock.now();
  const spans = [];
  let record = {};
  return {
    get result() {
      return record;
    },
    note: (part) => {
      record = { ...record, ...part };
    },
    judged: (added) => {
      const nodes = [...record.nodes ?? [], ...added].sort((a, b) => a.node.container.localeCompare(b.node.container));
      const isStarted = record.mode === "run" && nodes.some(({ verdict, isKept }) => verdict.outcome === "healthy" && !isKept);
      record = { ...record, nodes, verdict: overallVerdict(nodes), started: isStarted };
    },
    removed: (containers) => {
      const isGone = ({ node: node2 }) => containers.includes(node2.container);
      record = { ...record, nodes: (record.nodes ?? []).map((judged) => isGone(judged) ? asRemoved(judged) : judged) };
    },
    warn: (code2, message) => {
      record = { ...record, warnings: [...record.warnings ?? [], message] };
      annotateWarning(code2, message, host);
    },
    stage: async (title, percent, body) => {
      const fromMs = host.clock.now();
      host.progress(percent, title);
      try {
        return await host.group(title, body);
      } finally {
        spans.push({ title, fromMs: fromMs - beganMs, ms: host.clock.now() - fromMs });
      }
    },
    close: async (failure2) => {
      if (failure2) record = { ...record, verdict: "failed", reason: failure2.code };
      await telling("What the nodes said last", host, async () => {
        for (const judged of record.nodes ?? []) await tellEvidence(judged, host);
      });
      await telling("The outputs", host, async () => tellOutputs(record, host));
      if (record.summary !== false)
        await telling("The summary", host, () => host.summary(renderSummary(storyOf(record, spans, failure2))));
      if (!failure2) return host.progress(100, "Done");
      host.annotate({
        level: "error",
        title: `SHIR Container: ${failure2.code}`,
        message: [failure2.message, failure2.hint].filter(Boolean).join("\n")
      });
      host.fail();
    }
  };
}
function annotateWarning(code2, message, host) {
  host.annotate({ level: "warning", title: `SHIR Container: ${code2}`, message });
}
async function telling(what, host, body) {
  try {
    await body();
  } catch (error2) {
    host.log(`${what} could not be told: ${messageOf(error2)}`);
  }
}
function storyOf(record, spans, failure2) {
  const { mode, dryRun = false, context, base, warnings = [], installer, support, image, nodes = [] } = record;
  return { mode, dryRun, context, base, warnings, installer, support, image, nodes, spans, failure: failure2 };
}
function overallVerdict(nodes) {
  return ["failed", "skipped"].find((outcome2) => nodes.some(({ verdict }) => verdict.outcome === outcome2)) ?? "healthy";
}
function asRemoved({ node: node2, verdict }) {
  return { node: node2, verdict: { ...verdict, status: "removed", health: "none" } };
}
async function tellEvidence({ node: node2, verdict }, host) {
  if (verdict.outcome !== "failed" || node2.id === "") return;
  await host.group(`What ${node2.container} said last`, async () => {
    host.log(verdict.probes.length > 0 ? "Health check:" : "The health check gave no answer yet.");
    for (const { exitCode, output } of verdict.probes) tellForeign(host, `exit ${exitCode}: ${output || "(nothing)"}`);
    host.log(verdict.lines.length > 0 ? "Log:" : "The log is empty.");
    for (const line of verdict.lines) tellForeign(host, line);
  });
}
function asStepError(error2, isCancelled) {
  if (isCancelled) return new StepError("cancelled", "The run was cancelled.", { hint: "Run the step again.", cause: error2 });
  if (error2 instanceof StepError) return error2;
  const { message, code: code2 } = error2;
  if (typeof code2 === "string" && /^E[A-Z]+$/.test(code2))
    return new StepError("io-failed", `The file system refused: ${message}.`, {
      hint: "Check that path, the room on the disk and the rights of this user.",
      cause: error2
    });
  return new StepError("internal", `Something unexpected happened: ${message ?? String(error2)}.`, {
    hint: "This is a defect of SHIR Container; please report it with the log.",
    cause: error2
  });
}

// src/release/job-end.ts
var jobEndLimitMs = 15e4;
async function endJob(journal, host) {
  const debts = journal.deferred();
  if (debts.length === 0) return;
  const docker = openDocker(host);
  const pay = async (debt, body) => {
    try {
      await body(await docker);
      await journal.settle(debt);
    } catch (error2) {
      host.log(`Could not take back the ${spellDebt(debt)}: ${messageOf(error2)}`);
    }
  };
  const containers = debts.filter((debt) => debt.kind === "container");
  const networks = debts.filter((debt) => debt.kind === "network");
  await Promise.all(
    containers.map(
      (debt) => pay(debt, async (docker2) => {
        host.log(`${debt.name} goes at the end of its job.`);
        const removal = await endNode(debt, docker2, host);
        if (removal.kind === "gone") return host.log(`${debt.name} is gone already.`);
        annotateWarning("node-record-left", recordLeft(removal.node, host), host);
      })
    )
  );
  for (const debt of networks) await pay(debt, async (docker2) => void await takeBackNetworks(debt, docker2, host));
}

// src/release/finish.ts
async function finish(journal, who, endsJob, host) {
  const owed = journal.owed().length;
  if (owed + journal.deferred().length === 0) host.log(`${who} owes nothing any more.`);
  if (owed > 0) host.log(`${who} ended early and owes ${owed} ${owed === 1 ? "thing" : "things"}.`);
  if (journal.unread > 0) host.log(`Passed over in its journal: ${journal.unread} lines that cannot be read.`);
  await beating({ begun: Promise.resolve(), touch: journal.touch }, host, async () => {
    await payDebts(journal, host, journal.lastSignMs);
    if (endsJob) await endJob(journal, host);
  });
  await journal.close();
}

// src/release/tidying.ts
var cancelledLimitMs = 4e3;
function watchCancel(host) {
  let cancelledAtMs = host.signal.aborted ? host.clock.now() : void 0;
  const note = () => {
    cancelledAtMs ??= host.clock.now();
  };
  host.signal.addEventListener("abort", note);
  return {
    end: () => host.signal.removeEventListener("abort", note),
    get cancelledAtMs() {
      return cancelledAtMs;
    }
  };
}
async function tidying(host, limitMs3, cancel, body) {
  const secondsUp = new AbortController();
  const over = new AbortController();
  const hurry = () => {
    const leftMs = (cancel.cancelledAtMs ?? host.clock.now()) + cancelledLimitMs - host.clock.now();
    void host.clock.sleep(Math.max(leftMs, 0), over.signal).then(() => over.signal.aborted || secondsUp.abort());
  };
  if (host.signal.aborted) hurry();
  else host.signal.addEventListener("abort", hurry, { once: true, signal: over.signal });
  try {
    return await withinLimit(limitMs3, { ...host, signal: secondsUp.signal }, body);
  } finally {
    over.abort();
  }
}

export {
  modes,
  groups,
  secret,
  address,
  addressSecrets,
  percentDecoded,
  spellDuration,
  isLoopback,
  looksLikeKey,
  oldestVersion,
  parseVersion,
  compareVersions,
  installerFileName,
  versionInFileName,
  keys,
  entryOf,
  kebab,
  camel,
  nearest,
  systemClock,
  cancelSignal,
  machineId,
  takeInputVariables,
  findToolIn,
  buildsImage,
  inputArguments,
  parseInputs,
  findProgram,
  isInside,
  runProgram,
  openDocker,
  idsOf,
  firstLine,
  labelNames,
  buildArguments,
  runArguments,
  networkArguments,
  secretVariables,
  fileVariables,
  pullArguments,
  pushArguments,
  listImagesArguments,
  listNetworksArguments,
  keepEndedArguments,
  unpauseArguments,
  stopArguments,
  removeEndedArguments,
  removeNetworkArguments,
  listArguments,
  inspectArguments,
  execArguments,
  eventArguments,
  logArguments,
  lastLogArguments,
  spellCommand,
  inspectImage,
  inspectContainers,
  guard,
  maskInputs,
  tellForeign,
  withinLimit,
  ownerOf,
  placeOf,
  staleMs,
  isDead,
  readOwner,
  powerShell,
  runInside,
  answerOf,
  beating,
  journalFolder,
  fileName,
  readFileName,
  isSame,
  ledger,
  readJournal,
  create,
  accountIn,
  decideCleanup,
  journalFor,
  passed,
  networksCalled,
  oldestFirst,
  networksOfRun,
  networksOfSet,
  makeNetwork,
  removeUnusedNetwork,
  nodeOf,
  watchEvents,
  stopScript,
  removeContainer,
  takeBackContainer,
  recordLeft,
  payLimitMs,
  payDebts,
  findAbandoned,
  claimJournal,
  claimOwn,
  recorder,
  asStepError,
  jobEndLimitMs,
  finish,
  watchCancel,
  tidying
};
