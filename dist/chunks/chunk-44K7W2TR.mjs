import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  HttpFailure,
  afterAttempts,
  classify,
  isWorthAnotherTry
} from "./chunk-DEDE73GY.mjs";
import {
  StepError,
  endOf
} from "./chunk-7OFNOLD5.mjs";

// src/installer/explain.ts
var isAbsent = ({ status }) => status === 404 || status === 410;
var isForbidden = ({ status }) => status === 401 || status === 403;
function explainDownload(shown) {
  return (error) => {
    if (!(error instanceof HttpFailure)) throw error;
    if (isAbsent(error))
      throw new StepError("installer-not-found", `There is nothing at ${shown}: the server answered ${error.status}.`, {
        hint: "Microsoft keeps only the last few versions; take another version, or keep the installer yourself and name it.",
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
function explainLookup(version, address) {
  return (error) => {
    if (!(error instanceof HttpFailure)) throw error;
    if (isAbsent(error)) throw lookupFailed(version, `${address} leads to nothing (${error.status})`, error);
    const asked = `${address} could not be asked which version "${version}" is`;
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
  return { hint: failure.hint ?? "Check the network, the firewall and HTTPS_PROXY of this machine.", cause: failure };
}

// src/net/attempts.ts
var backoffBaseMs = 1e3;
var backoffCapMs = 3e4;
var longestWaitMs = 12e4;
async function persistently(host, tries, ask) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const failure = failureOf(error, host);
      if (attempt >= tries || !isWorthAnotherTry(failure)) throw afterAttempts(failure, attempt);
      const waitMs = backoffMs(failure, attempt);
      host.log(`${failure.message}; trying again in ${Math.ceil(waitMs / 1e3)} s (${attempt} of ${tries})`);
      await host.clock.sleep(waitMs, host.signal);
      if (host.signal.aborted) throw endOf(host.signal);
    }
  }
}
function failureOf(error, host) {
  if (host.signal.aborted) throw endOf(host.signal);
  if (error instanceof StepError) throw error;
  return classify(error);
}
function backoffMs({ retryAfterMs }, attempt) {
  return Math.min(retryAfterMs ?? Math.random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** attempt), longestWaitMs);
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
  const text = (nowMs) => {
    const rate = (fetched - rateSinceBytes) * 1e3 / Math.max(1, nowMs - rateSinceMs);
    const parts = [
      size === void 0 ? megabytes(have) : `${megabytes(have)} of ${megabytes(size)} (${percent()} %)`,
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
      const line = text(nowMs);
      if (size !== void 0 && percent() !== shownPercent) {
        shownPercent = percent();
        host.progress(shownPercent, `Installer: ${line}`);
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
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(0)} MB`;
}
function duration(ms) {
  const seconds = Math.ceil(ms / 1e3);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export {
  persistently,
  failureOf,
  backoffMs,
  explainDownload,
  explainLookup,
  lookupFailed,
  progressOf,
  megabytes
};
