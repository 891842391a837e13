import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  StepError
} from "./chunk-YTMUZ7PI.mjs";

// src/installer/file.ts
import { createHash, randomUUID } from "node:crypto";
import { chmod, open, rename, rm, stat, writeFile } from "node:fs/promises";
var chunkBytes = 1024 * 1024;
async function sha256OfFile(path, signal) {
  const hash = createHash("sha256");
  const file = await open(path, "r");
  let [current, spare] = [Buffer.allocUnsafeSlow(chunkBytes), Buffer.allocUnsafeSlow(chunkBytes)];
  let reading = file.read(current, 0, chunkBytes, 0);
  try {
    for (let position = 0; ; ) {
      signal.throwIfAborted();
      const { bytesRead } = await reading;
      if (bytesRead === 0) return hash.digest("hex");
      position += bytesRead;
      reading = file.read(spare, 0, chunkBytes, position);
      hash.update(current.subarray(0, bytesRead));
      [current, spare] = [spare, current];
    }
  } finally {
    await reading.catch(() => {
    });
    await file.close();
  }
}
async function readableSha256(path, host) {
  try {
    await sizeOfInstaller(path);
    return await sha256OfFile(path, host.signal);
  } catch (error) {
    if (host.signal.aborted) throw error;
    return void 0;
  }
}
async function sizeOfInstaller(path) {
  const facts = await stat(path).catch((cause) => {
    if (!["ENOENT", "ENOTDIR", "ENAMETOOLONG"].includes(cause.code ?? "")) throw cause;
    throw new StepError("installer-missing", `There is no file ${path}.`, {
      hint: "Check the path; relative paths start at the workspace.",
      cause
    });
  });
  if (!facts.isFile()) throw new StepError("installer-missing", `${path} is not a file.`, { hint: "Name the .msi file itself." });
  return facts.size;
}
async function writeText(path, text, host) {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { flag: "wx" });
    await renamePatiently(draft, path, host);
  } catch (error) {
    await removeFile(draft).catch(() => {
    });
    throw error;
  }
}
function renamePatiently(from, to, host) {
  return patiently(host, () => rename(from, to));
}
async function patiently(host, change) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await change();
    } catch (error) {
      const isHeld = ["EPERM", "EACCES", "EBUSY"].includes(error.code ?? "");
      if (!isHeld || attempt >= 10 || host.machine.platform !== "win32") throw error;
      await host.clock.sleep(50 * attempt, host.signal);
    }
  }
}
async function removeFile(path) {
  await rm(path, { force: true }).catch(async (error) => {
    if (error.code !== "EPERM" && error.code !== "EACCES") throw error;
    await chmod(path, 384);
    await rm(path, { force: true });
  });
}
async function makeReadOnly(path) {
  await chmod(path, 292).catch(() => {
  });
}

export {
  sha256OfFile,
  readableSha256,
  sizeOfInstaller,
  writeText,
  renamePatiently,
  patiently,
  removeFile,
  makeReadOnly
};
