import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  limitTime,
  tooLate
} from "./chunk-2NYDJVZ5.mjs";
import {
  HttpFailure,
  afterAttempts,
  classify,
  isWorthAnotherTry
} from "./chunk-FWA7G6UZ.mjs";
import {
  compareVersions,
  installerFileName,
  versionInFileName
} from "./chunk-BNOLA3G2.mjs";
import {
  address,
  fileName
} from "./chunk-DISHIYYY.mjs";
import {
  StepError,
  endOf
} from "./chunk-YTMUZ7PI.mjs";

// src/installer/explain.ts
var isAbsent = ({ status }) => status === 404 || status === 410;
var isForbidden = ({ status }) => status === 401 || status === 403;
function explainDownload(shown, whose) {
  return (error) => {
    if (!(error instanceof HttpFailure)) throw error;
    if (isAbsent(error))
      throw new StepError("installer-not-found", `There is nothing at ${shown}: the server answered ${error.status}.`, {
        hint: whose === "microsoft" ? "Microsoft keeps only the last few versions; take another version, or keep the installer yourself and name it." : "Check that address; some servers say so, too, of what they do not let us see.",
        cause: error
      });
    if (isForbidden(error))
      throw new StepError("download-failed", `The server does not give ${shown} to us: it answered ${error.status}.`, {
        hint: "If the address holds a SAS token, it may have expired.",
        cause: error
      });
    throw new StepError("download-failed", `${shown} could not be downloaded: ${error.message}.`, explained(error));
  };
}
function explainLookup(version, address2) {
  return (error) => {
    if (!(error instanceof HttpFailure)) throw error;
    if (isAbsent(error)) throw lookupFailed(version, `${address2} leads to nothing (${error.status})`, error);
    const asked = `${address2} could not be asked which version "${version}" is`;
    throw new StepError("download-failed", `${asked}: ${error.message}.`, explained(error));
  };
}
function lookupFailed(version, why, cause) {
  return new StepError("version-lookup-failed", `The version that "${version}" means could not be found: ${why}.`, {
    hint: "Give an exact version such as 5.70.9748.2, or the installer’s own address.",
    cause
  });
}
function explained(failure) {
  return { hint: failure.hint ?? hintOn(failure), cause: failure };
}
function hintOn(failure) {
  if (failure.status === void 0) return "Check the network, the firewall and HTTPS_PROXY of this machine.";
  return isWorthAnotherTry(failure) ? "The server, or something before it, is busy or broken: try again later." : "Check that address: its server answers, but gives no file there.";
}

// src/net/attempts.ts
var backoffBaseMs = 1e3;
var backoffCapMs = 3e4;
var longestWaitMs = 12e4;
async function persistently(host, tries2, ask) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const failure = failureOf(error, host);
      if (attempt >= tries2 || !isWorthAnotherTry(failure)) throw afterAttempts(failure, attempt);
      await waitForNext(failure.message, backoffMs(failure, attempt), attempt, tries2, host);
    }
  }
}
async function waitForNext(why, waitMs, attempt, tries2, host) {
  host.log(`${why}; trying again in ${Math.ceil(waitMs / 1e3)} s (${attempt} of ${tries2})`);
  await host.clock.sleep(waitMs, host.signal);
  if (host.signal.aborted) throw endOf(host.signal);
}
function failureOf(error, host) {
  if (host.signal.aborted) throw endOf(host.signal);
  if (error instanceof StepError) throw error;
  return classify(error);
}
function backoffMs({ retryAfterMs = 0 }, attempt) {
  const jitterMs = Math.random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** attempt);
  return Math.min(retryAfterMs, longestWaitMs) + jitterMs;
}

// src/net/http.ts
var tries = 5;
var usualLimits = { idleMs: 3e4, headMs: 6e4, textMs: 12e4 };
var MiB = 1024 * 1024;
var longestText = 16 * MiB;
async function httpGet(url, host, consume, particulars = {}, limits = usualLimits) {
  const [{ openClient }, { decoded }] = await Promise.all([import("./client-XXLRDKUX.mjs"), import("./coding-GJUF7WJI.mjs")]);
  return persistently(host, tries, async () => {
    const client = openClient(host, limits);
    try {
      const answer = await client.get(new URL(url), particulars);
      return await consume({ ...answer, text: () => textOf(decoded(answer), host, limits) }, answer.url.href);
    } finally {
      client.close();
    }
  });
}
async function textOf(body, host, { textMs }) {
  const lift = limitTime(host.clock, textMs, () => body.destroy(tooLate("The page did not come", textMs)));
  const parts = [];
  let bytes = 0;
  try {
    for await (const part of body) {
      bytes += part.length;
      if (bytes > longestText) throw new HttpFailure(`The server sends more than ${longestText / MiB} MB`, { isFinal: true });
      parts.push(part);
    }
    return Buffer.concat(parts).toString();
  } finally {
    lift();
  }
}

// src/installer/known.json
var known_default = {
  versions: [
    {
      version: "5.55.9306.2",
      sha256: {
        value: "0979942df417a396b33538396b2af57f7d93bbc15162ac0894f9945c8717368a",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.55.9306.2/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2025-07-11",
        source: "https://github.com/microsoft/winget-pkgs/pull/273430"
      }
    },
    {
      version: "5.61.9466.1",
      sha256: {
        value: "0e0de0e0777fb7469dc2f9151a472ad0e8d3c5a4427e514c699dcba88ccedb75",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.61.9466.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2025-12-17",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20251230T061318Z.yaml"
      }
    },
    {
      version: "5.61.9481.1",
      sha256: {
        value: "209fc9ab45b50b06e91d9f244fdaa8921e0a4e80d1453fb951d105edf4e5af02",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.61.9481.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-01-09",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260109T091543Z.yaml"
      }
    },
    {
      version: "5.62.9514.1",
      sha256: {
        value: "d35ee7769f4c1c9e6f49607df8fed2ec90465e05562a021b3382ed98e526fdd2",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.62.9514.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-01-28",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260128T111713Z.yaml"
      },
      withdrawn: {
        why: "on 2026-02-16 the Download Center had 5.61.9481.1 as its newest again",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260217T142834Z.yaml"
      }
    },
    {
      version: "5.62.9517.2",
      sha256: {
        value: "696a9bd7ff8e1ec3e656087262c16d1cdf3f4ba6ada8957232c12151da9369bf",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.62.9517.2/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-03-13",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260313T112241Z.yaml"
      }
    },
    {
      version: "5.64.9558.1",
      sha256: {
        value: "f346c76ba38f7414f6590dfb2b18a9ebc67bbc02b5d50a3e6de6e23e228704b0",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.64.9558.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-03-23",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260323T050132Z.yaml"
      }
    },
    {
      version: "5.65.9593.1",
      sha256: {
        value: "b19c165dca597d5dbc2aa51f78007decd24b4153ef1e965272158fb2da8c8ca3",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.65.9593.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-04-20",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260420T094335Z.yaml"
      }
    },
    {
      version: "5.65.9600.3",
      sha256: {
        value: "30e4308556fcb99426e3f8b23013daaa90356cf056f467efca4d5e00ccc07050",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.65.9600.3/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-05-08",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260508T055511Z.yaml"
      }
    },
    {
      version: "5.66.9620.1",
      sha256: {
        value: "d5b4adc95de08a98020ff264c42eabe9b0cae68cecde394e7fd1f9c6a2ada3d3",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.66.9620.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-05-18",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260518T031603Z.yaml"
      }
    },
    {
      version: "5.68.9705.1",
      sha256: {
        value: "d22a783be4a9e1367ed83bc8c01734f054ad63aef3105ab96029d2ef21a404a8",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.68.9705.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-08-12",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260812T090811Z.yaml"
      }
    },
    {
      version: "5.69.9720.1",
      sha256: {
        value: "0a4c071029b4828e00a8b91c96f47f3caa1f2f92a06b6b516ee548631e845e9f",
        source: "https://github.com/microsoft/winget-pkgs/blob/master/manifests/m/Microsoft/IntegrationRuntime/5.69.9720.1/Microsoft.IntegrationRuntime.installer.yaml"
      },
      published: {
        date: "2026-08-27",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20260827T134212Z.yaml"
      }
    },
    {
      version: "5.70.9748.2",
      published: {
        date: "2026-10-01",
        source: "https://github.com/SpecterShell/Dumplings/blob/main/Tasks/Microsoft.IntegrationRuntime/Log_20261001T170344Z.yaml"
      }
    }
  ]
};

// src/installer/known.ts
var knownVersions = known_default.versions;
function knownVersion(version, known = knownVersions) {
  return known.find((one) => one.version === version);
}

// src/installer/source.ts
var stableAddress = "https://go.microsoft.com/fwlink/?linkid=839822&clcid=0x409";
var latestAddress = "https://www.microsoft.com/en-us/download/details.aspx?id=39717";
var exactFolder = "https://download.microsoft.com/download/e/4/7/e4771905-1079-445b-8bf9-8a1a075d8a10/";
function exactSource(version) {
  const url = `${exactFolder}${installerFileName(version)}`;
  return { version, url, shown: url };
}
function givenSource({ shown, whole }, version) {
  const url = whole.reveal();
  return { version: version ?? versionInFileName(fileName(url)), url, shown };
}
function lookupAddress(version) {
  return version === "stable" ? stableAddress : latestAddress;
}
async function stableSource(host) {
  const isInstaller = (url2) => versionInFileName(fileName(url2)) !== void 0;
  const url = await httpGet(stableAddress, host, async (_, finalUrl) => finalUrl, { isGoal: isInstaller }).catch(
    explainLookup("stable", stableAddress)
  );
  const version = versionInFileName(fileName(url));
  if (version === void 0) throw lookupFailed("stable", `its address leads to "${fileName(url)}"`);
  return { version, url, shown: address(new URL(url)).shown };
}
async function latestSource(host, known = knownVersions) {
  const page = await httpGet(latestAddress, host, (answer) => answer.text()).catch(explainLookup("latest", latestAddress));
  const offered = offeredFiles(page);
  const good = offered.filter(({ version }) => knownVersion(version, known)?.withdrawn === void 0);
  for (const { version } of offered.filter((one) => !good.includes(one)))
    host.log(`Version ${version} is offered too, but Microsoft withdrew it before: it is not taken.`);
  const newest = good.toSorted((a, b) => compareVersions(a.version, b.version)).at(-1);
  if (newest) return newest;
  throw lookupFailed(
    "latest",
    `the Download Center’s page lists ${offered.length > 0 ? "withdrawn versions only" : "no installer"}`
  );
}
function offeredFiles(page) {
  const data = /window\.__DLCDetails__\s*=\s*(\{[\s\S]*?\})\s*;?\s*<\/script>/.exec(page)?.[1];
  const files = data === void 0 ? [] : filesIn(data);
  return files.flatMap((url) => {
    const version = URL.canParse(url) && isMicrosoft(new URL(url)) ? versionInFileName(fileName(url)) : void 0;
    return version === void 0 ? [] : [{ version, url, shown: address(new URL(url)).shown }];
  });
}
function filesIn(data) {
  try {
    const parsed = JSON.parse(data);
    const files = parsed.dlcDetailsView?.downloadFile;
    return Array.isArray(files) ? files.flatMap((file) => typeof file?.url === "string" ? [file.url] : []) : [];
  } catch {
    return [];
  }
}
function isMicrosoft(url) {
  return url.protocol === "https:" && /(^|\.)microsoft\.com$/i.test(url.hostname);
}

// src/installer/download/progress.ts
var tellEveryMs = 5e3;
var showEveryMs = 1e3;
function progressOf(host, already, size) {
  const beganMs = host.clock.now();
  let have = already;
  let fetched = 0;
  let [lineAtMs, shownAtMs] = [beganMs, beganMs];
  let shownPercent = -1;
  let [rateSinceMs, rateSinceBytes] = [beganMs, 0];
  const text = (nowMs, share = "") => {
    const rate = (fetched - rateSinceBytes) * 1e3 / Math.max(1, nowMs - rateSinceMs);
    const parts = [
      size === void 0 ? megabytes(have) : `${megabytes(have)} of ${megabytes(size)}${share}`,
      `${megabytes(rate)}/s`
    ];
    if (size !== void 0 && rate > 0) parts.push(`${duration((size - have) * 1e3 / rate)} left`);
    return parts.join(", ");
  };
  const percent = () => size ? Math.min(100, Math.floor(have * 100 / size)) : 0;
  return {
    came: (bytes) => {
      have += bytes;
      fetched += bytes;
      const nowMs = host.clock.now();
      if (nowMs - shownAtMs < showEveryMs) return;
      shownAtMs = nowMs;
      const isLine = nowMs - lineAtMs >= tellEveryMs;
      const line = text(nowMs, ` (${percent()} %)`);
      if (size !== void 0 && percent() !== shownPercent) {
        shownPercent = percent();
        host.progress(shownPercent, `Installer: ${text(nowMs)}`);
      }
      if (!isLine) return;
      host.log(line);
      [lineAtMs, rateSinceMs, rateSinceBytes] = [nowMs, nowMs, fetched];
    },
    told: () => {
      const ms = host.clock.now() - beganMs;
      const rate = ms < 1e3 ? "" : `, ${megabytes(fetched * 1e3 / ms)}/s`;
      return `${megabytes(fetched)} in ${duration(ms)}${rate}`;
    }
  };
}
function megabytes(bytes) {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} KB`;
  return bytes < 1e10 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e9).toFixed(0)} GB`;
}
function duration(ms) {
  const seconds = Math.ceil(ms / 1e3);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

// src/installer/disk-full.ts
function diskFull(folder, host, { bytes, cause }) {
  const message = bytes ? `${folder} has room for ${megabytes(bytes.free)}, but the installer needs ${megabytes(bytes.missing)}.` : `There is no room left in ${folder} for the installer.`;
  return new StepError("disk-full", message, {
    hint: `An installer takes about 1 GB, and its image several. Make room, or name a folder on another disk in ${host.spell("cacheDir")}.`,
    cause
  });
}

export {
  persistently,
  waitForNext,
  failureOf,
  backoffMs,
  knownVersions,
  knownVersion,
  explainDownload,
  exactSource,
  givenSource,
  lookupAddress,
  stableSource,
  latestSource,
  isMicrosoft,
  progressOf,
  megabytes,
  diskFull
};
