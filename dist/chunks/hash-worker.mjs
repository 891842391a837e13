import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);

// src/installer/download/hash-worker.ts
import { createHash } from "node:crypto";
import { openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
var chunk = Buffer.allocUnsafeSlow(1024 * 1024);
function hashFile(file, port) {
  const hash = createHash("sha256");
  const handle = openSync(file, "r");
  let position = 0;
  port.on("message", ({ to, isLast }) => {
    while (position < to) {
      const read = readSync(handle, chunk, 0, Math.min(chunk.length, to - position), position);
      if (read === 0) throw new Error(`${file} ends at ${position}`);
      hash.update(read === chunk.length ? chunk : chunk.subarray(0, read));
      position += read;
    }
    if (isLast) port.postMessage(hash.digest("hex"));
  });
}
if (parentPort !== null && typeof workerData === "string") hashFile(workerData, parentPort);
