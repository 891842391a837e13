import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  StepError
} from "./chunk-7OFNOLD5.mjs";

// src/installer/file.ts
import { createHash } from "node:crypto";
import { chmod, open, rename, rm, stat } from "node:fs/promises";
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
async function renamePatiently(from, to, host) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to);
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

export {
  sha256OfFile,
  sizeOfInstaller,
  renamePatiently,
  removeFile
};
