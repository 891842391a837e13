import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  openClient,
  spread
} from "./chunk-CTIOXJVM.mjs";
import {
  decoded,
  isCoded
} from "./chunk-DCHTIQWW.mjs";
import {
  backoffMs,
  explainDownload,
  failureOf,
  megabytes,
  persistently,
  progressOf
} from "./chunk-44K7W2TR.mjs";
import {
  HttpFailure,
  afterAttempts,
  isWorthAnotherTry
} from "./chunk-DEDE73GY.mjs";
import "./chunk-OGFJTVP5.mjs";
import {
  StepError
} from "./chunk-7OFNOLD5.mjs";
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
function validatorOf({ headers }) {
  const { etag, date, "last-modified": modified } = headers;
  if (etag !== void 0) return /^"[^"]*"$/.test(etag) ? { header: "etag", value: etag } : void 0;
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
function checkTime({ endsAtMs, host, tuning }) {
  if (host.clock.now() < endsAtMs) return;
  throw new HttpFailure(`It did not end within ${Math.round(tuning.overallMs / 6e4)} minutes`, {
    isFinal: true,
    hint: "What has come is kept: the next run goes on from there, where the server gives ranges. Or name a server that is nearer."
  });
}
async function hasherFor({ file, host, tuning }, size) {
  const { hasherOf, plainHasher } = await import("./hasher-QHRI4B65.mjs");
  return size !== void 0 && size < tuning.largeBytes ? plainHasher(file, host.signal) : hasherOf(file, host.signal);
}

// src/installer/download/part.ts
import { open, statfs } from "node:fs/promises";
import path from "node:path";
async function openPart(file, isResumed, size, missing) {
  const handle = await open(file, isResumed ? "r+" : "w").catch(refused(file));
  try {
    await checkRoom(path.dirname(file), missing);
    if (size !== void 0 && !isResumed) await handle.truncate(size).catch(refused(file));
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    path: file,
    write: async (bytes, position) => {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written).catch(refused(file));
        written += bytesWritten;
      }
    },
    sync: async () => {
      const own = await open(file, "r+");
      await own.datasync().finally(() => own.close());
    },
    close: () => handle.close()
  };
}
async function checkRoom(folder, missing) {
  const { bavail, bsize, blocks } = await statfs(folder).catch(() => ({ bavail: 0, bsize: 0, blocks: 0 }));
  if (blocks === 0) return;
  if (bavail * bsize >= missing) return;
  throw diskFull(`${folder} has room for ${megabytes(bavail * bsize)}, but the installer needs ${megabytes(missing)}.`);
}
function refused(file) {
  return (cause) => {
    if (cause.code === "ENOSPC" || cause.code === "EDQUOT")
      throw diskFull(`The disk became full while the installer was written to ${file}.`, cause);
    throw new StepError("io-failed", `The file system refused: ${cause.message}.`, {
      hint: "Check that path, and the rights of this user.",
      cause
    });
  };
}
function diskFull(message, cause) {
  return new StepError("disk-full", message, {
    hint: "Make room there, or name a folder on another disk as the store.",
    cause
  });
}

// src/installer/download/record.ts
import { open as open2, readFile, rename, rm, stat } from "node:fs/promises";
function recordFile(part) {
  return `${part}.json`;
}
async function readRecord(part) {
  try {
    const { size, validator, done } = JSON.parse(await readFile(recordFile(part), "utf8"));
    if (!isCount(size) || (await stat(part)).size !== size) return void 0;
    if (validator === void 0 || !/^(?:etag|last-modified)$/.test(validator.header) || typeof validator.value !== "string")
      return void 0;
    if (!Array.isArray(done) || !done.every((range, index) => isAfter(done[index - 1], range, size))) return void 0;
    return { size, validator, done };
  } catch {
    return void 0;
  }
}
function isCount(value) {
  return Number.isSafeInteger(value) && value >= 0;
}
function isAfter(before, { from, to }, size) {
  return isCount(from) && isCount(to) && from < to && to <= size && (before === void 0 || before.to < from);
}
async function writeRecord(part, record) {
  const draft = `${recordFile(part)}.new`;
  const handle = await open2(draft, "w");
  try {
    await handle.writeFile(JSON.stringify(record));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(draft, recordFile(part));
}
async function removeRecord(part) {
  for (const file of [recordFile(part), `${recordFile(part)}.new`]) await rm(file, { force: true });
}
function recorderOf(part, everyMs, clock, read) {
  let savedAtMs = clock.now();
  let saving;
  let recording;
  let isStopped = false;
  const write = async () => {
    const record = read();
    await part.sync();
    if (isStopped) return;
    recording = writeRecord(part.path, record);
    await recording;
  };
  const save = async () => {
    await saving;
    saving = write().catch(() => {
    }).finally(() => {
      savedAtMs = clock.now();
      saving = void 0;
    });
    await saving;
  };
  return {
    consider: () => {
      if (!isStopped && saving === void 0 && clock.now() - savedAtMs >= everyMs) void save();
    },
    save,
    stop: async () => {
      isStopped = true;
      await recording?.catch(() => {
      });
    }
  };
}

// src/installer/download/restart.ts
var Restart = class extends Error {
  how;
  /** @param message a sentence for the log, without its full stop */
  constructor(how, message) {
    super(message);
    this.name = "Restart";
    this.how = how;
  }
};

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
  return (bytes, nowMs) => {
    came += bytes;
    const ms = nowMs - sinceMs;
    if (ms < windowMs) return;
    const [rate, usual] = [came * 1e3 / ms, (average() - sinceAverage) * 1e3 / ms];
    if (rate < least || rate < usual / behind)
      throw new HttpFailure(`The server sends too slowly (${megabytes(rate)}/s over ${Math.round(ms / 1e3)} s)`);
    [came, sinceMs, sinceAverage] = [0, nowMs, average()];
  };
}

// src/installer/download/sink.ts
import { finished } from "node:stream";
var bufferBytes = 512 * 1024;
function newBuffers() {
  const one = () => Buffer.allocUnsafeSlow(bufferBytes);
  return [one(), one(), one()];
}
function sinkOf(part, position, buffers, { arrived, written }, sender) {
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
      sender.resume();
    });
    writing.catch((error) => sender.destroy(error));
  };
  return {
    next: () => filling.subarray(filled),
    took: (bytes) => {
      filled += bytes;
      arrived(bytes);
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
          if (!isWorthAnotherTry(failure)) throw isStale(failure, job.remote) ? new Restart("resume", failure.message) : failure;
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
        pace(bytes, nowMs);
        wanted = gain(nowMs, came);
        while (lanes.length < wanted) start();
        heard.arrived(bytes);
      },
      written: (range) => {
        ledger.written(range);
        wrote(range);
        heard.written(range);
      }
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
  await removeRecord(file);
  const part = await openPart(file, false, size, size ?? 0);
  const hasher = await hasherFor(order, size);
  const progress = progressOf(host, 0, size);
  let [came, written] = [0, 0];
  const pace = paceOf(tuning.pace, () => came, host.clock.now());
  const heard = {
    arrived: (bytes) => {
      came += bytes;
      if (came > mostBytes) throw new HttpFailure("The server sends more than any installer has", { isFinal: true });
      checkTime(order);
      pace(bytes, host.clock.now());
      progress.came(bytes);
    },
    written: ({ to }) => {
      written = to;
      hasher.advance(to);
    }
  };
  try {
    await pourWhole(answer, size, (sender) => sinkOf(part, 0, newBuffers(), heard, sender), order);
    if (size !== void 0 && written !== size) throw new HttpFailure(`${written} of ${size} bytes came`);
    const sha256 = await hasher.digest(written);
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
    checkTime(order);
    const answer = await client.get(url);
    if (answer.status !== 206) return takeWhole(answer, wholeLength(answer), order);
    answer.body.destroy();
    throw new HttpFailure("The server gave a part where the whole was asked for");
  });
}
async function pourWhole(answer, size, into, order) {
  const { client, host, tuning } = order;
  if (size === void 0 || size < tuning.largeBytes) return pour(decoded(answer), into);
  answer.body.destroy();
  const direct = client.direct(host.signal);
  const check2 = (head) => {
    if (wholeLength(head) !== size) throw new HttpFailure("The file on the server changed");
  };
  try {
    if (!await pourDirect(direct, answer.url, {}, check2, into)) await pour(decoded(await client.get(answer.url)), into);
  } finally {
    direct.close();
  }
}

// src/installer/download/by-ranges.ts
async function fetchByRanges(order) {
  const kept = await readRecord(order.file);
  const begun = await persistently(order.host, order.tuning.tries, async () => {
    checkTime(order);
    return begin(order, kept);
  });
  if (begun instanceof Restart) throw begun;
  return "sha256" in begun ? begun : fetchRest(order, kept, begun);
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
  if (size > mostBytes) throw new HttpFailure(`The file of ${megabytes(size)} is larger than any installer`, { isFinal: true });
  if (kept) host.log(`An earlier run has fetched ${megabytes(bytesIn(before))} of ${megabytes(size)}: they are kept.`);
  else await removeRecord(file);
  const part = await openPart(file, kept !== void 0, size, size - bytesIn(before));
  const hasher = await hasherFor(order, size);
  const ledger = ledgerOf(size, before, tuning.pieceBytes);
  ledger.claim(first.piece);
  const progress = progressOf(host, bytesIn(before), size);
  const recorder = recorderOf(part, tuning.recordEveryMs, host.clock, () => ({ size, validator, done: ledger.done() }));
  const heard = {
    arrived: (bytes) => {
      checkTime(order);
      progress.came(bytes);
    },
    written: () => {
      hasher.advance(ledger.prefix());
      recorder.consider();
    }
  };
  try {
    const segments = await fetchSegments({ client, remote, part, ledger, heard, host, tuning }, first);
    const sha256 = await hasher.digest(size);
    await recorder.stop();
    await removeRecord(file).catch(() => {
    });
    host.log(`${progress.told()}, over ${segments} connections`);
    return { size, sha256 };
  } catch (error) {
    if (!host.signal.aborted && !(error instanceof Restart && error.how !== "resume")) await recorder.save();
    throw error;
  } finally {
    first.answer.body.destroy();
    hasher.close();
    await recorder.stop();
    await part.close();
  }
}

// src/installer/download/tuning.ts
var MiB = 1024 * 1024;
var usualTuning = {
  // Servers that live answer within seconds; the platforms' own downloaders would wait for three minutes, or for ever.
  idleMs: 3e4,
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
  // A record costs a flush of what was written since; what came in less time is fetched again soon enough.
  recordEveryMs: 5e3,
  // Hashing this takes 20 ms, as long as a thread takes to start; and it is little enough for Node's own client to hold in memory.
  largeBytes: 32 * MiB
};

// src/installer/download/download.ts
var restarts = { byRanges: 5, most: 10 };
async function download(source, part, host, tuning = usualTuning) {
  return fetched(source, part, host, tuning).catch(explainDownload(source.shown));
}
async function fetched({ url }, file, host, tuning) {
  const client = openClient(host, tuning);
  const order = { url: new URL(url), file, client, host, tuning, endsAtMs: host.clock.now() + tuning.overallMs };
  try {
    for (let restarted = 0, byRanges = true; ; restarted++) {
      try {
        return await (byRanges ? fetchByRanges(order) : fetchWhole(order));
      } catch (error) {
        if (!(error instanceof Restart)) throw error;
        if (restarted === restarts.most) throw new HttpFailure(`${error.message}, again and again`, { isFinal: true });
        host.log(`${error.message}; ${nextStep[error.how]}.`);
        if (error.how !== "resume") await removeRecord(file);
        byRanges = byRanges && error.how !== "stream" && (error.how === "resume" || restarted < restarts.byRanges);
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
