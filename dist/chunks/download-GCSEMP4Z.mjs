import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  openClient,
  spread
} from "./chunk-2ICLZCKM.mjs";
import {
  decoded,
  isCoded
} from "./chunk-GHKOT5UA.mjs";
import {
  backoffMs,
  diskFull,
  explainDownload,
  failureOf,
  isMicrosoft,
  megabytes,
  persistently,
  progressOf
} from "./chunk-73BH6E2A.mjs";
import {
  limitTime
} from "./chunk-2NYDJVZ5.mjs";
import {
  HttpFailure,
  afterAttempts,
  isWorthAnotherTry
} from "./chunk-FWA7G6UZ.mjs";
import {
  patiently,
  removeFile,
  renamePatiently
} from "./chunk-PNNYL4PD.mjs";
import "./chunk-BNOLA3G2.mjs";
import "./chunk-DISHIYYY.mjs";
import {
  StepError,
  endOf,
  isDiskFull
} from "./chunk-YTMUZ7PI.mjs";
import "./chunk-56V33UBE.mjs";

// src/installer/download/ranges.ts
function union(ranges, added) {
  if (added.from >= added.to) return ranges;
  const touching = ranges.filter(({ from: from2, to: to2 }) => from2 <= added.to && to2 >= added.from);
  const rest = ranges.filter((range) => !touching.includes(range));
  const from = Math.min(added.from, ...touching.map((range) => range.from));
  const to = Math.max(added.to, ...touching.map((range) => range.to));
  return [...rest, { from, to }].sort((a, b) => a.from - b.from);
}
function firstGap(ranges, size) {
  const [first, second] = ranges;
  const gap = first?.from === 0 ? { from: first.to, to: second?.from ?? size } : { from: 0, to: first?.from ?? size };
  return gap.from < gap.to ? gap : void 0;
}
function bytesIn(ranges) {
  return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}

// src/installer/download/ledger.ts
function ledgerOf(size, before, { least, most }) {
  let done = before;
  let assigned = before;
  return {
    take: (segments) => {
      const gap = firstGap(assigned, size);
      if (gap === void 0) return void 0;
      const share = Math.ceil((size - bytesIn(assigned)) / (2 * segments));
      const piece = { from: gap.from, to: Math.min(gap.to, gap.from + Math.min(most, Math.max(least, share))) };
      assigned = union(assigned, piece);
      return piece;
    },
    claim: (piece) => {
      assigned = union(assigned, piece);
    },
    giveBack: (rest) => {
      if (rest.from < rest.to) assigned = without(assigned, rest);
    },
    written: (range) => {
      done = union(done, range);
    },
    prefix: () => done[0]?.from === 0 ? done[0].to : 0,
    done: () => done
  };
}
function without(ranges, removed) {
  return ranges.flatMap(({ from, to }) => [
    { from, to: Math.min(to, removed.from) },
    { from: Math.max(from, removed.to), to }
  ]).filter(({ from, to }) => from < to);
}

// src/installer/download/offer.ts
var strongAfterMs = 6e4;
function offerOf(answer, asked, expected) {
  if (answer.status !== 206) return { by: "stream", size: wholeLength(answer) };
  const size = sizeIn(answer, asked);
  if (size === void 0 || isCoded(answer)) return { by: "nothing", why: "The server gave another range than was asked for" };
  const validator = expected !== void 0 && isOf(answer, expected) ? expected : validatorOf(answer);
  if (validator === void 0)
    return { by: "nothing", why: "The server does not say for certain which state of the file its ranges are of" };
  return { by: "ranges", size, validator };
}
function isOf({ headers }, { header, value }) {
  return headers[header] === value || header === "last-modified" && headers[header] === void 0;
}
function isStrong(etag) {
  return /^"[^"]*"$/.test(etag);
}
function validatorOf({ headers }) {
  const { etag, date, "last-modified": modified } = headers;
  if (etag !== void 0) return isStrong(etag) ? { header: "etag", value: etag } : void 0;
  if (modified === void 0 || !(Date.parse(date ?? "") - Date.parse(modified) >= strongAfterMs)) return void 0;
  return { header: "last-modified", value: modified };
}
function sizeIn({ headers }, asked) {
  const [, from, last, size] = (/^bytes (\d+)-(\d+)\/(\d+)$/i.exec(headers["content-range"]?.trim() ?? "") ?? []).map(Number);
  if (size === void 0 || from !== asked.from || last !== Math.min(asked.to, size) - 1) return void 0;
  return size;
}
function wholeLength(answer) {
  const length = answer.headers["content-length"];
  return length !== void 0 && /^\d+$/.test(length) && !isCoded(answer) ? Number(length) : void 0;
}

// src/installer/download/order.ts
var mostBytes = 4 * 1024 ** 3;
function checkSize(size) {
  if (size > mostBytes) throw new HttpFailure(`The file of ${megabytes(size)} is larger than any installer`, { isFinal: true });
}
async function hasherFor({ file, host, tuning }, size) {
  const { hasherOf, plainHasher } = await import("./hasher-ROE7EXLS.mjs");
  return size !== void 0 && size < tuning.largeBytes ? plainHasher(file, host.signal) : hasherOf(file, host.signal);
}

// src/installer/download/part.ts
import { open, statfs } from "node:fs/promises";
import path from "node:path";
async function openPart(file, isResumed, size, missing, host) {
  const handle = await (isResumed ? open(file, "r+") : openAnew(file, host)).catch(refused(file, host));
  try {
    await checkRoom(path.dirname(file), missing, host);
    if (size !== void 0 && !isResumed) await handle.truncate(size).catch(refused(file, host));
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    path: file,
    write: async (bytes, position) => {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written).catch(refused(file, host));
        written += bytesWritten;
      }
    },
    sync: async () => {
      const own = await open(file, "r+");
      await own.datasync().finally(() => own.close());
    },
    close: () => handle.close().catch(refused(file, host))
  };
}
function openAnew(file, host) {
  return patiently(host, async () => {
    await removeFile(file);
    return open(file, "wx");
  });
}
async function checkRoom(folder, missing, host) {
  const { bavail, bsize, blocks } = await statfs(folder).catch(() => ({ bavail: 0, bsize: 0, blocks: 0 }));
  if (blocks === 0) return;
  const free = bavail * bsize;
  if (free < missing) throw diskFull(folder, host, { bytes: { free, missing } });
}
function refused(file, host) {
  return (cause) => {
    if (isDiskFull(cause)) throw diskFull(path.dirname(file), host, { cause });
    throw new StepError("io-failed", `The file system refused: ${cause.message}.`, {
      hint: "Check that path, and the rights of this user.",
      cause
    });
  };
}

// src/installer/download/restart.ts
var Restart = class extends Error {
  how;
  /** Whether what is kept became more since the download began, or began again: then it may do so once more. */
  hasGained;
  /** @param message a sentence for the log, without its full stop */
  constructor(how, message, hasGained = false) {
    super(message);
    this.name = "Restart";
    this.how = how;
    this.hasGained = hasGained;
  }
};

// src/installer/download/resumption.ts
import { open as open2, readFile, stat } from "node:fs/promises";
function resumptionFile(part) {
  return `${part}.json`;
}
async function readResumption(part) {
  try {
    const { size, validator, done } = JSON.parse(await readFile(resumptionFile(part), "utf8"));
    if (!isCount(size) || (await stat(part)).size !== size) return void 0;
    if (!isValidator(validator)) return void 0;
    if (!Array.isArray(done) || !done.every((range, index) => isAfter(done[index - 1], range, size))) return void 0;
    return { size, validator, done };
  } catch {
    return void 0;
  }
}
function isValidator(found) {
  const { header, value } = found ?? {};
  if (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]+$/.test(value)) return false;
  return header === "last-modified" || header === "etag" && isStrong(value);
}
function isCount(value) {
  return Number.isSafeInteger(value) && value >= 0;
}
function isAfter(before, { from, to }, size) {
  return isCount(from) && isCount(to) && from < to && to <= size && (before === void 0 || before.to < from);
}
async function writeResumption(part, resumption, host) {
  const draft = `${resumptionFile(part)}.new`;
  const handle = await open2(draft, "w");
  try {
    await handle.writeFile(JSON.stringify(resumption));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await renamePatiently(draft, resumptionFile(part), host);
}
async function removeResumption(part, host) {
  for (const file of [resumptionFile(part), `${resumptionFile(part)}.new`])
    await patiently(host, () => removeFile(file)).catch(refused(file, host));
}
function resumptionKeeper(part, everyMs, host, read) {
  let savedAtMs = host.clock.now();
  let saving;
  let writing;
  let isStopped = false;
  const write = async () => {
    const resumption = read();
    await part.sync();
    if (isStopped) return;
    writing = writeResumption(part.path, resumption, host);
    await writing;
  };
  const save = async () => {
    await saving;
    saving = write().catch(() => {
    }).finally(() => {
      savedAtMs = host.clock.now();
      saving = void 0;
    });
    await saving;
  };
  return {
    consider: () => {
      if (!isStopped && saving === void 0 && host.clock.now() - savedAtMs >= everyMs) void save();
    },
    save,
    stop: async () => {
      isStopped = true;
      await writing?.catch(() => {
      });
    }
  };
}

// src/installer/download/gain.ts
function gainOf({ segments: { first, step, most }, measureMs }, beganMs) {
  let count = first;
  let before;
  let isSettled = count >= most;
  let isDoubted = false;
  let [sinceMs, sinceBytes] = [beganMs, 0];
  return (nowMs, bytes) => {
    if (isSettled || nowMs - sinceMs < measureMs) return count;
    const rate = (bytes - sinceBytes) / (nowMs - sinceMs);
    [sinceMs, sinceBytes] = [nowMs, bytes];
    const hoped = before === void 0 ? 0 : count / before.count - 1;
    if (before !== void 0 && rate < before.rate * (1 + hoped / 3)) {
      if (isDoubted) {
        isSettled = true;
        count = before.count;
      }
      isDoubted = !isSettled;
      return count;
    }
    isDoubted = false;
    if (count >= most) isSettled = true;
    else {
      before = { count, rate };
      count = Math.min(most, count + step);
    }
    return count;
  };
}

// src/installer/download/pace.ts
function paceOf({ windowMs, least, behind }, average, beganMs) {
  let came = 0;
  let [sinceMs, sinceAverage] = [beganMs, average()];
  const restart = (nowMs) => {
    ;
    [came, sinceMs, sinceAverage] = [0, nowMs, average()];
  };
  return {
    came: (bytes, nowMs) => {
      came += bytes;
      const ms = nowMs - sinceMs;
      if (ms < windowMs) return;
      const [rate, usual] = [came * 1e3 / ms, (average() - sinceAverage) * 1e3 / ms];
      if (rate < least || rate < usual / behind)
        throw new HttpFailure(`The server sends too slowly (${megabytes(rate)}/s over ${Math.round(ms / 1e3)} s)`);
      restart(nowMs);
    },
    waited: restart
  };
}

// src/installer/download/sink.ts
import { finished } from "node:stream";
var bufferBytes = 512 * 1024;
function newBuffers() {
  const one = () => Buffer.allocUnsafeSlow(bufferBytes);
  return [one(), one(), one()];
}
function sinkOf(part, position, buffers, { arrived, written, waited }, sender) {
  const free = [...buffers];
  let filling = free.pop();
  let filled = 0;
  let at = position;
  let isWaiting = false;
  let writing = Promise.resolve();
  const swap = () => {
    const [full, bytes, from] = [filling, filling.subarray(0, filled), at];
    at += filled;
    filled = 0;
    const next = free.pop();
    if (next === void 0) throw new Error("A connection does not wait when it is told to.");
    filling = next;
    writing = writing.then(async () => {
      await part.write(bytes, from);
      written({ from, to: from + bytes.length });
      free.push(full);
      if (!isWaiting) return;
      isWaiting = false;
      waited();
      sender.resume();
    });
    writing.catch((error) => sender.destroy(error));
  };
  return {
    next: () => filling.subarray(filled),
    took: (bytes) => {
      arrived(bytes);
      filled += bytes;
      if (filled === filling.length) swap();
      isWaiting = free.length === 0;
      return !isWaiting;
    },
    end: async () => {
      if (filled > 0) {
        await writing;
        swap();
      }
      await writing;
    }
  };
}
async function pourDirect(direct, url, headers, check2, into) {
  let sink;
  try {
    return await direct.fetch(url, headers, (head) => {
      check2(head);
      sink = into(direct);
      return sink;
    });
  } finally {
    await sink?.end();
  }
}
function pour(body, into) {
  const sink = into({ resume: () => body.resume(), destroy: (error) => body.destroy(error) });
  return new Promise((resolve, reject) => {
    body.on("data", (chunk) => {
      if (body.destroyed) return;
      try {
        if (!spread(chunk, sink.next, (place) => sink.took(place.length))) body.pause();
      } catch (error) {
        body.destroy(error);
      }
    });
    finished(body, (broken) => {
      sink.end().then(() => broken ? reject(broken) : resolve(), reject);
    });
  });
}

// src/installer/download/segments.ts
function rangeHeaders({ from, to }, validator) {
  return { range: `bytes=${from}-${to - 1}`, ...validator && { "if-range": validator.value } };
}
async function fetchSegments(job, first) {
  const { client, host, ledger, heard, tuning } = job;
  const over = new AbortController();
  const signal = AbortSignal.any([host.signal, over.signal]);
  const gain = gainOf(tuning, host.clock.now());
  const lanes = [];
  let wanted = tuning.segments.first;
  let open3 = 0;
  let most = 0;
  let came = 0;
  let failed;
  const start = (opened) => {
    open3++;
    most = Math.max(most, open3);
    const ended = lane(opened).catch((error) => {
      failed ??= { error };
      over.abort();
    });
    lanes.push(ended);
  };
  const lane = async (opened) => {
    const buffers = newBuffers();
    const direct = client.direct(signal);
    let failures = 0;
    try {
      for (let next = opened; ; next = void 0) {
        if (next === void 0 && open3 > wanted) return;
        const piece = next?.piece ?? ledger.take(wanted);
        if (piece === void 0) return;
        let at = piece.from;
        const hears = hearing(piece, (range) => {
          at = range.to;
        });
        const into = (sender) => sinkOf(job.part, piece.from, buffers, hears, sender);
        try {
          if (next) await pour(next.answer.body, into);
          else await fetchPiece(job, direct, piece, into, signal);
          if (at < piece.to) throw new HttpFailure(`The answer broke off, ${piece.to - at} bytes before its end`);
          failures = 0;
        } catch (error) {
          ledger.giveBack({ from: at, to: piece.to });
          if (over.signal.aborted) return;
          if (error instanceof Restart) throw error;
          const failure = failureOf(error, host);
          if (!isWorthAnotherTry(failure) && !failure.isForeign)
            throw isStale(failure, job.remote) ? new Restart("resume", failure.message) : failure;
          failures = at - piece.from >= tuning.pieceBytes.least ? 1 : failures + 1;
          if (failures >= tuning.tries) {
            if (open3 > 1) return;
            throw afterAttempts(failure, failures);
          }
          const waitMs = backoffMs(failure, failures);
          host.log(
            `${failure.message}; that connection goes on at byte ${at} in ${Math.ceil(waitMs / 1e3)} s (${failures} of ${tuning.tries})`
          );
          await host.clock.sleep(waitMs, signal);
        }
      }
    } finally {
      open3--;
      direct.close();
    }
  };
  const hearing = (piece, wrote) => {
    const pace = paceOf(tuning.pace, () => came / wanted, host.clock.now());
    let missing = piece.to - piece.from;
    return {
      arrived: (bytes) => {
        missing -= bytes;
        if (missing < 0) throw new HttpFailure("The server sends more than was asked for");
        came += bytes;
        const nowMs = host.clock.now();
        pace.came(bytes, nowMs);
        wanted = gain(nowMs, came);
        while (lanes.length < wanted) start();
        heard.arrived(bytes);
      },
      written: (range) => {
        ledger.written(range);
        wrote(range);
        heard.written(range);
      },
      waited: () => pace.waited(host.clock.now())
    };
  };
  start(first);
  while (lanes.length < wanted) start();
  for (let index = 0; index < lanes.length; index++) await lanes[index];
  if (failed) throw failed.error;
  if (ledger.prefix() !== job.remote.size) throw new Error("A download ended although bytes are missing.");
  return most;
}
async function fetchPiece(job, direct, piece, into, signal) {
  const { client, remote } = job;
  const headers = rangeHeaders(piece, remote.validator);
  try {
    if (await pourDirect(direct, remote.url, headers, (head) => check(head, piece, remote), into)) return;
    const answer = await client.get(remote.url, { headers, signal });
    check(answer, piece, remote);
    await pour(answer.body, into);
  } catch (error) {
    if (error instanceof HttpFailure && error.status === 416) throw new Restart("anew", "The file on the server became shorter");
    throw error;
  }
}
function check(answer, piece, { size, validator }) {
  const offer = offerOf(answer, piece, validator);
  if (offer.by === "ranges" && offer.size === size && offer.validator === validator) return;
  if (offer.by === "nothing") throw new Restart("stream", offer.why);
  const isSame = offer.by === "stream" && answer.headers[validator.header] === validator.value;
  throw isSame ? new Restart("stream", "The server gives no ranges any more") : new Restart("anew", "The file on the server changed while it was fetched");
}
function isStale({ status = 0 }, { isRedirected }) {
  return status >= 300 && status < 400 || isRedirected && [401, 403, 404, 410].includes(status);
}

// src/installer/download/whole.ts
async function takeWhole(answer, size, order) {
  const { file, host, tuning } = order;
  checkSize(size ?? 0);
  await removeResumption(file, host);
  const part = await openPart(file, false, size, size ?? 0, host);
  const hasher = await hasherFor(order, size);
  const progress = progressOf(host, 0, size);
  let [came, written] = [0, 0];
  const pace = paceOf(tuning.pace, () => came, host.clock.now());
  const heard = {
    arrived: (bytes) => {
      came += bytes;
      if (came > mostBytes) throw new HttpFailure("The server sends more than any installer has", { isFinal: true });
      pace.came(bytes, host.clock.now());
      progress.came(bytes);
    },
    written: ({ to }) => {
      written = to;
      hasher.advance(to);
    },
    waited: () => pace.waited(host.clock.now())
  };
  try {
    await pour(decoded(answer), (sender) => sinkOf(part, 0, newBuffers(), heard, sender));
    if (size !== void 0 && written !== size) throw new HttpFailure(`${written} of ${size} bytes came`);
    const sha256 = await hasher.digest(written).catch(refused(file, host));
    host.log(`${progress.told()}, as one stream`);
    return { size: written, sha256 };
  } finally {
    hasher.close();
    await part.close();
  }
}
async function fetchWhole(order) {
  const { url, client, host, tuning } = order;
  return persistently(host, tuning.tries, async () => {
    const answer = await client.get(url);
    if (answer.status !== 206) return takeWhole(answer, wholeLength(answer), order);
    answer.body.destroy();
    throw new HttpFailure("The server gave a part where the whole was asked for");
  });
}

// src/installer/download/by-ranges.ts
async function fetchByRanges(order, isAgain) {
  const kept = await readResumption(order.file);
  const begun = await persistently(order.host, order.tuning.tries, () => begin(order, kept));
  if (begun instanceof Restart) throw begun;
  if ("sha256" in begun) return begun;
  if (kept && !isAgain) order.host.log(`An earlier run has fetched ${shareOf(kept)}: they are kept.`);
  return fetchRest(order, kept, begun);
}
function shareOf({ done, size }) {
  return `${megabytes(bytesIn(done))} of ${megabytes(size)}`;
}
async function begin(order, kept) {
  const { url, client, tuning } = order;
  const asked = firstPiece(kept, tuning.pieceBytes.most);
  const unfit = (why) => kept ? new Restart("anew", "The server has another file now than the one that was begun") : new Restart("stream", why);
  const answer = await client.get(url, { headers: rangeHeaders(asked, kept?.validator) }).catch((error) => {
    if (error instanceof HttpFailure && error.status === 416) return void 0;
    throw error;
  });
  if (answer === void 0) return unfit("The server does not give the range that was asked for");
  const offer = offerOf(answer, asked, kept?.validator);
  const isFit = kept === void 0 || offer.by === "ranges" && offer.size === kept.size && offer.validator === kept.validator;
  if (isFit && offer.by === "stream") return takeWhole(answer, offer.size, order);
  if (isFit && offer.by === "ranges") {
    const remote = { ...offer, url: answer.url, isRedirected: answer.url.href !== url.href };
    return { remote, first: { answer, piece: { from: asked.from, to: Math.min(asked.to, offer.size) } } };
  }
  answer.body.destroy();
  return unfit(offer.by === "nothing" ? offer.why : "");
}
function firstPiece(kept, bytes) {
  if (kept === void 0) return { from: 0, to: bytes };
  const { from, to } = firstGap(kept.done, kept.size) ?? { from: kept.size - 1, to: kept.size };
  return { from, to: Math.min(to, from + bytes) };
}
async function fetchRest(order, kept, { remote, first }) {
  const { file, client, host, tuning } = order;
  const { size, validator } = remote;
  const before = kept?.done ?? [];
  checkSize(size);
  if (kept === void 0) await removeResumption(file, host);
  const part = await openPart(file, kept !== void 0, size, size - bytesIn(before), host);
  const hasher = await hasherFor(order, size);
  const ledger = ledgerOf(size, before, tuning.pieceBytes);
  ledger.claim(first.piece);
  const progress = progressOf(host, bytesIn(before), size);
  const keeper = resumptionKeeper(part, tuning.resumptionEveryMs, host, () => ({ size, validator, done: ledger.done() }));
  const heard = {
    arrived: (bytes) => progress.came(bytes),
    written: () => {
      hasher.advance(ledger.prefix());
      keeper.consider();
    }
  };
  try {
    const segments = await fetchSegments({ client, remote, part, ledger, heard, host, tuning }, first);
    const sha256 = await hasher.digest(size);
    await keeper.stop();
    await removeResumption(file, host).catch(() => {
    });
    host.log(`${progress.told()}, over ${segments} connections`);
    return { size, sha256 };
  } catch (error) {
    const isCancelled = host.signal.aborted && endOf(host.signal).code === "cancelled";
    if (!isCancelled && !(error instanceof Restart && error.how !== "resume")) await keeper.save();
    if (!(error instanceof Restart)) throw error;
    throw new Restart(error.how, error.message, bytesIn(ledger.done()) > bytesIn(before));
  } finally {
    first.answer.body.destroy();
    hasher.close();
    await keeper.stop();
    await part.close();
  }
}

// src/installer/download/tuning.ts
var MiB = 1024 * 1024;
var usualTuning = {
  // Servers that live answer within seconds; the platforms' own downloaders would wait for three minutes, or for ever.
  idleMs: 3e4,
  // Twice that: one that is slow in its connection as in its answer, and silent for long in neither, has time for both.
  headMs: 6e4,
  // With backoffs of up to 30 s, full jitter, this survives an outage of about a minute: a firewall or a Wi-Fi that starts anew.
  tries: 8,
  // Four make most lines full; more than eight are rude, and servers begin to refuse them.
  segments: { first: 4, step: 2, most: 8 },
  // The pieces are taken in the file's order. Large ones cost few requests; small ones keep the unhashed rest short, let all connections
  // end together, and spare NTFS from filling with zeros what lies before a write far behind the file's written part.
  pieceBytes: { least: 4 * MiB, most: 16 * MiB },
  // Long enough for a new connection's handshake and slow start over an ocean, short enough to matter within a minute's download.
  measureMs: 1e3,
  // A modem's rate is not worth waiting for; a neighbour's twentieth is a connection that went a bad way: a new one may go a better.
  pace: { windowMs: 15e3, least: 1024, behind: 20 },
  // 1 GB in two hours is 1.1 Mbit/s. A slower line is better served by its own copy of the file, and hosted jobs end after six hours.
  overallMs: 2 * 60 * 60 * 1e3,
  // A resumption costs a flush of what was written since; what came in less time is fetched again soon enough.
  resumptionEveryMs: 5e3,
  // Hashing this takes 20 ms, as long as a thread takes to start.
  largeBytes: 32 * MiB
};

// src/installer/download/download.ts
var restarts = { byRanges: 5, most: 10 };
async function download(source, part, host, tuning = usualTuning) {
  const time = new AbortController();
  const lift = limitTime(host.clock, tuning.overallMs, () => time.abort(tookTooLong(source, tuning)));
  try {
    return await fetched(source, part, { ...host, signal: AbortSignal.any([host.signal, time.signal]) }, tuning);
  } catch (error) {
    if (time.signal.aborted && !host.signal.aborted) throw time.signal.reason;
    return explainDownload(source.shown, isMicrosoft(new URL(source.url)) ? "microsoft" : "own")(error);
  } finally {
    lift();
  }
}
function tookTooLong({ shown }, { overallMs }) {
  const minutes = Math.round(overallMs / 6e4);
  return new StepError("download-failed", `${shown} could not be downloaded: It did not end within ${minutes} minutes.`, {
    hint: "What has come is kept: the next run goes on from there, where the server gives ranges. Or name a server that is nearer."
  });
}
async function fetched({ url }, file, host, tuning) {
  const client = openClient(host, tuning);
  const order = { url: new URL(url), file, client, host, tuning };
  try {
    for (let restarted = 0, byRanges = true, isAgain = false; ; isAgain = true) {
      try {
        return await (byRanges ? fetchByRanges(order, isAgain) : fetchWhole(order));
      } catch (error) {
        if (!(error instanceof Restart)) throw error;
        if (error.how !== "resume" || !error.hasGained) restarted++;
        if (restarted > restarts.most) throw new HttpFailure(`${error.message}, again and again`, { isFinal: true });
        host.log(`${error.message}; ${nextStep[error.how]}.`);
        if (error.how !== "resume") await removeResumption(file, host);
        byRanges = byRanges && error.how !== "stream" && (error.how === "resume" || restarted <= restarts.byRanges);
      }
    }
  } finally {
    client.close();
  }
}
var nextStep = {
  resume: "its address is asked for anew, and what has come is kept",
  anew: "it is fetched from the beginning",
  stream: "it is fetched from the beginning, as one stream"
};
export {
  download
};
