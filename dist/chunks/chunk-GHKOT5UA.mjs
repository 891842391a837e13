import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  HttpFailure
} from "./chunk-FWA7G6UZ.mjs";

// src/net/coding.ts
import { pipeline } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
function isCoded({ headers }) {
  return codingOf(headers) !== "identity";
}
function decoded({ headers, body }) {
  const coding = codingOf(headers);
  if (coding === "identity") return body;
  const decoder = /^(?:x-)?gzip$/.test(coding) ? createGunzip() : coding === "deflate" ? createInflate() : coding === "br" ? createBrotliDecompress() : void 0;
  if (decoder === void 0) throw new HttpFailure("The server codes its answer in an unknown way", { isFinal: true });
  return pipeline(body, decoder, () => {
  });
}
function codingOf(headers) {
  return headers["content-encoding"]?.trim().toLowerCase() || "identity";
}

export {
  isCoded,
  decoded
};
