import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);

// src/contract/version.ts
var oldestVersion = "5.2.7713.1";
function parseVersion(text) {
  const match = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4])] : void 0;
}
function canonicalVersion(text) {
  return parseVersion(text)?.join(".");
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
function installerFileName(version) {
  return `IntegrationRuntime_${version}.msi`;
}
function versionInFileName(name) {
  const version = /^IntegrationRuntime_(\d+\.\d+\.\d+\.\d+)\s*(?:\(\d+\))?\.msi$/i.exec(name)?.[1];
  return version && canonicalVersion(version);
}
function isSupportedVersion(version) {
  return parseVersion(version) === void 0 || compareVersions(version, oldestVersion) >= 0;
}

export {
  oldestVersion,
  parseVersion,
  canonicalVersion,
  compareVersions,
  installerFileName,
  versionInFileName,
  isSupportedVersion
};
