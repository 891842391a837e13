import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  limitTime,
  tooLate
} from "./chunk-2NYDJVZ5.mjs";
import {
  HttpFailure,
  classify,
  refusalOf
} from "./chunk-FWA7G6UZ.mjs";
import {
  isLoopback,
  percentDecoded
} from "./chunk-DISHIYYY.mjs";

// src/net/client.ts
import { Agent as PlainAgent, request as request2 } from "node:http";
import { Agent as SecureAgent, request as secureRequest2 } from "node:https";

// src/net/credentials.ts
function basicOf({ username, password }) {
  if (username === "" && password === "") return void 0;
  return `Basic ${Buffer.from(`${percentDecoded(username)}:${percentDecoded(password)}`).toString("base64")}`;
}
function callOf(url) {
  const authorization = basicOf(url);
  if (authorization === void 0) return { href: url.href, headers: {} };
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  return { href: bare.href, headers: { authorization } };
}
function withCredentialsOf(from, to) {
  if (to.origin !== from.origin || to.username !== "" || to.password !== "") return to;
  const same = new URL(to);
  same.username = from.username;
  same.password = from.password;
  return same;
}

// src/net/direct.ts
import { connect as connectPlainly, isIP as isIP2 } from "node:net";
import { addAbortSignal } from "node:stream";
import { connect as connectSecurely } from "node:tls";

// src/net/head.ts
var longestHead = 16 * 1024;
function requestFor({ href, headers: own }, headers) {
  const { host, pathname, search } = new URL(href);
  const all = { host, ...baseHeaders, ...headers, ...own, connection: "keep-alive" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  if (lines.some((line) => /[\r\n]/.test(line))) throw new TypeError("A header holds a line break.");
  return [`GET ${pathname}${search} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}
var baseHeaders = { "user-agent": "shir-container", accept: "*/*", "accept-encoding": "identity" };
function parseHead(lines) {
  const [first = "", ...rest] = lines.split("\r\n");
  const [, status, text = ""] = /^HTTP\/1\.1 ([2-5]\d\d)(?: ([^\0\r\n]*))?$/.exec(first) ?? [];
  if (status === void 0) return void 0;
  const headers = {};
  for (const line of rest) {
    const [, name, value] = /^([!#$%&'*+.^`|~\w-]+):[ \t]*([^\0\r\n]*?)[ \t]*$/.exec(line) ?? [];
    if (name === void 0 || value === void 0) return void 0;
    const key = name.toLowerCase();
    if (single.has(key) && key in headers) return void 0;
    headers[key] = value;
  }
  const { "content-length": length = "", "transfer-encoding": coding, connection = "" } = headers;
  const head = { status: Number(status), text, headers, isKept: !/\bclose\b/i.test(connection) };
  if (head.status >= 300) return { ...head, length: 0, isKept: false };
  return coding === void 0 && /^\d{1,15}$/.test(length) ? { ...head, length: Number(length) } : void 0;
}
var single = /* @__PURE__ */ new Set([
  ...[
    "content-length",
    "content-range",
    "content-encoding",
    "transfer-encoding",
    "connection",
    "etag",
    "last-modified",
    "date",
    "location",
    "retry-after"
  ]
]);

// src/net/proxy.ts
import { request } from "node:http";
import { request as secureRequest } from "node:https";
import { isIP } from "node:net";
function authorityOf({ host, port }) {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
function proxiesOf(environment) {
  const read = (name) => environment[name.toLowerCase()] || environment[name] || "";
  const secure = () => proxyAt("HTTPS_PROXY", read("HTTPS_PROXY"));
  const plain = () => proxyAt("HTTP_PROXY", read("HTTP_PROXY"));
  const exceptions = read("NO_PROXY").toLowerCase().split(/[\s,]+/).filter(Boolean);
  return (url) => {
    if (isLoopback(url.hostname) || exceptions.some((exception) => covers(exception, url))) return void 0;
    return url.protocol === "https:" ? secure() ?? plain() : plain();
  };
}
function proxyAt(name, address) {
  if (address === "") return void 0;
  const whole = /^[^/]+:\d+\/?$/.test(address) ? `http://${address}` : address;
  const url = URL.canParse(whole) ? new URL(whole) : void 0;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new HttpFailure(`The proxy’s address in ${name} cannot be used`, { isFinal: true, hint: "Write it as http://host:port." });
}
function covers(exception, url) {
  if (exception === "*") return true;
  const [, pattern = exception, port] = /^(.*?)(?::(\d+))?$/.exec(isIP(exception) === 6 ? `[${exception}]` : exception) ?? [];
  if (port !== void 0 && port !== (url.port || (url.protocol === "https:" ? "443" : "80"))) return false;
  const name = pattern.replace(/^\*?\./, "");
  return url.hostname === name || isIP(url.hostname) === 0 && url.hostname.endsWith(`.${name}`);
}
function openTunnel(proxy, to, options) {
  const authority = authorityOf(to);
  const authorization = basicOf(proxy);
  return new Promise((resolve, reject) => {
    const ask = (proxy.protocol === "https:" ? secureRequest : request)({
      host: proxy.hostname.replace(/^\[|\]$/g, ""),
      port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: authority,
      headers: {
        host: authority,
        ...authorization === void 0 ? {} : { "proxy-authorization": authorization }
      },
      agent: false,
      timeout: options.idleMs,
      signal: options.signal
    });
    const lift = limitTime(options.clock, options.headMs, () => ask.destroy(tooLate("The proxy did not answer", options.headMs)));
    ask.once("close", lift);
    ask.on("timeout", () => ask.destroy(new HttpFailure("The proxy does not answer (timeout)")));
    ask.on("error", (error) => reject(options.signal.aborted ? error : unreached(error)));
    ask.on("response", (answer) => {
      answer.destroy();
      reject(refusal(answer.statusCode, authorization !== void 0));
    });
    ask.on("connect", (answer, socket) => {
      lift();
      const { statusCode: status = 0 } = answer;
      if (status >= 200 && status < 300) return resolve(socket);
      socket.destroy();
      reject(refusal(status, authorization !== void 0));
    });
    ask.end();
  });
}
function unreached(error) {
  if (error instanceof HttpFailure) return error;
  const failure = classify(error, "The connection to the proxy");
  const hint = failure.hint ?? "Check HTTPS_PROXY and HTTP_PROXY of this machine, and whether that proxy can be reached from it.";
  return new HttpFailure(failure.message, { ...failure, cause: error, hint });
}
function refusal(status, hasUser) {
  return new HttpFailure(`The proxy refuses the connection: it answered ${status}`, {
    // A proxy says 502 to 504 for a server that it cannot reach now; what else it refuses it will refuse again.
    isFinal: status === void 0 || status < 500,
    hint: status === 407 ? hintOnUser(hasUser) : "Let the proxy through to that server, or name the server in NO_PROXY."
  });
}
function hintOnUser(isGiven) {
  return isGiven ? "The proxy does not take the user name and password that stand in its address: correct them there." : "Give the proxy’s user name and password in HTTPS_PROXY, as in http://user:password@host:port.";
}

// src/net/silence.ts
function limitSilence(socket, idleMs, end) {
  const look = async () => {
    const { bytesRead, bytesWritten } = socket;
    await new Promise((resolve) => setImmediate(resolve));
    const isWaiting = socket.timeout === 0;
    if (!isWaiting && socket.bytesRead === bytesRead && socket.bytesWritten === bytesWritten)
      end(new HttpFailure(`The server sent nothing for ${idleMs / 1e3} s (timeout)`));
  };
  let isOurs = true;
  const limit = (ms) => {
    if (isOurs) socket.setTimeout(ms);
  };
  limit(idleMs);
  socket.on("timeout", look);
  return {
    wait: () => limit(0),
    listen: () => limit(idleMs),
    forget: () => {
      limit(0);
      isOurs = false;
      socket.off("timeout", look);
    }
  };
}

// src/net/direct.ts
var ClosedByServer = class extends HttpFailure {
  constructor() {
    super("The server closed the connection");
  }
};
function spread(chunk, next, took) {
  let mayCome = true;
  for (let at = 0; at < chunk.length; ) {
    const place = next();
    const copied = chunk.copy(place, 0, at);
    at += copied;
    mayCome = took(place.subarray(0, copied));
  }
  return mayCome;
}
function openDirect(options) {
  let connection;
  let origin = "";
  const idle = {
    next: () => Buffer.allocUnsafe(longestHead),
    took: () => {
      close();
      return false;
    },
    broke: () => {
    }
  };
  let heard = idle;
  const close = () => {
    heard = idle;
    connection?.socket.destroy();
    connection = void 0;
  };
  const listen = () => {
    connection?.silence.listen();
    connection?.socket.resume();
  };
  const limited = (mayCome) => {
    if (!mayCome) connection?.silence.wait();
    return mayCome;
  };
  const open = async (url) => {
    close();
    const onread = {
      buffer: () => heard.next(),
      callback: (count, at) => limited(heard.took(at.subarray(0, count)))
    };
    const opened = await connect(url, onread, options);
    const { socket } = opened;
    const broke = (error) => {
      if (connection === opened) heard.broke(error);
    };
    socket.on("data", (chunk) => {
      const mayCome = spread(
        chunk,
        () => heard.next(),
        (bytes) => heard.took(bytes)
      );
      if (!limited(mayCome)) socket.pause();
    });
    socket.on("error", broke);
    socket.on("end", () => broke(new ClosedByServer()));
    socket.on("close", () => broke(new ClosedByServer()));
    connection = opened;
    origin = url.origin;
    return socket;
  };
  const exchange = (on, text, accept) => new Promise((resolve, reject) => {
    const lift = limitTime(options.clock, options.headMs, () => broke(tooLate("The server did not answer", options.headMs)));
    const done = (isWhole, isKept) => {
      lift();
      heard = idle;
      if (!isKept) close();
      resolve(isWhole);
    };
    const broke = (error) => {
      lift();
      close();
      reject(error);
    };
    const accepting = (head) => {
      lift();
      return accept(succeeding(head, options.clock));
    };
    heard = answerListener(accepting, done, broke);
    on.write(text, "latin1");
    listen();
  });
  return {
    fetch: async (url, headers, accept) => {
      const text = requestFor(callOf(url), headers);
      const socket = connection?.socket;
      if (socket === void 0 || socket.destroyed || origin !== url.origin) return exchange(await open(url), text, accept);
      let isAnswered = false;
      const accepting = (head) => {
        isAnswered = true;
        return accept(head);
      };
      return exchange(socket, text, accepting).catch(async (error) => {
        if (isAnswered || !isClosing(error) || options.signal.aborted) throw error;
        return exchange(await open(url), text, accept);
      });
    },
    resume: listen,
    destroy: (error) => heard.broke(error),
    close: () => {
      heard.broke(new HttpFailure("The connection was closed"));
      close();
    }
  };
}
function isClosing(error) {
  return error instanceof ClosedByServer || ["ECONNRESET", "EPIPE"].includes(error.code ?? "");
}
function succeeding(head, clock) {
  if (head.status >= 200 && head.status < 300) return head;
  throw refusalOf(head.status, head.text, head.headers["retry-after"], clock);
}
function answerListener(accept, done, broke) {
  let top = Buffer.alloc(0);
  let room;
  let left = 0;
  let isKept = true;
  const tookBody = (body, count) => {
    left -= count;
    if (left < 0) throw new HttpFailure("The server sends more than was asked for");
    const isFree = body.took(count);
    if (left === 0) done(true, isKept);
    return left === 0 || isFree;
  };
  const tookHead = (bytes) => {
    top = Buffer.concat([top, bytes]);
    const end = top.indexOf("\r\n\r\n");
    if (end < 0 && top.length < longestHead) return true;
    const head = end < 0 ? void 0 : parseHead(top.toString("latin1", 0, end));
    if (head === void 0) {
      done(false, false);
      return false;
    }
    room = accept(head);
    left = head.length;
    isKept = head.isKept;
    let isFree = true;
    if (left === 0) done(true, isKept);
    for (let at = end + 4; at < top.length; ) {
      const copied = top.copy(room.next(), 0, at);
      at += copied;
      isFree = tookBody(room, copied);
    }
    return isFree;
  };
  return {
    next: () => room?.next() ?? Buffer.allocUnsafe(longestHead),
    took: (bytes) => {
      try {
        return room ? tookBody(room, bytes.length) : tookHead(bytes);
      } catch (error) {
        broke(error);
        return false;
      }
    },
    broke
  };
}
async function connect(url, onread, options) {
  const { clock, proxyFor, idleMs, headMs, signal } = options;
  const isSecure = url.protocol === "https:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port || (isSecure ? 443 : 80));
  const proxy = proxyFor(url);
  const tunnel = proxy && await openTunnel(proxy, { host, port }, options);
  const name = isIP2(host) === 0 ? { servername: host } : {};
  const how = { host, port, onread, ...name, ...tunnel && { socket: tunnel } };
  const socket = isSecure ? connectSecurely(how) : tunnel ?? connectPlainly(how);
  addAbortSignal(signal, socket);
  const silence = limitSilence(socket, idleMs, (failure) => socket.destroy(failure));
  if (socket === tunnel) return { socket, silence };
  const lift = limitTime(clock, headMs, () => socket.destroy(tooLate("The server did not answer", headMs)));
  return new Promise((resolve, reject) => {
    socket.once(isSecure ? "secureConnect" : "connect", () => resolve({ socket, silence }));
    socket.on("error", reject);
    socket.once("close", () => reject(new HttpFailure("The connection was closed")));
  }).finally(lift);
}

// src/net/client.ts
var mostRedirects = 10;
var pastRedirects = "Give the https address to which the redirects should lead.";
function openClient(host, limits) {
  const { idleMs, headMs } = limits;
  const over = new AbortController();
  const ends = AbortSignal.any([host.signal, over.signal]);
  const proxyFor = proxiesOf(host.environment);
  const tunnel = (proxy, to) => openTunnel(proxy, to, { ...limits, clock: host.clock, signal: ends });
  const options = { keepAlive: true };
  const [secure, plain] = [new SecureAgent(options), new PlainAgent(options)];
  leadThrough(secure, "https:", proxyFor, tunnel);
  leadThrough(plain, "http:", proxyFor, tunnel);
  const ask = (url, headers, signal) => new Promise((resolve, reject) => {
    const call = callOf(url);
    const isSecure = url.protocol === "https:";
    let answer;
    let silence;
    const sent = (isSecure ? secureRequest2 : request2)(call.href, {
      agent: isSecure ? secure : plain,
      headers: { ...baseHeaders, ...headers, ...call.headers },
      signal
    });
    sent.on("socket", (socket) => {
      const limit = limitSilence(socket, idleMs, (failure) => {
        if (answer && answer.readableLength > 0) limit.listen();
        else (answer ?? sent).destroy(failure);
      });
      const lift = limitTime(host.clock, headMs, () => sent.destroy(tooLate("The server did not answer", headMs)));
      sent.once("response", lift);
      sent.once("close", lift);
      sent.once("close", limit.forget);
      silence = limit;
    });
    sent.on("error", (error) => {
      const wasStale = sent.reusedSocket && answer === void 0 && error.code === "ECONNRESET";
      if (wasStale && !signal.aborted) resolve(ask(url, headers, signal));
      else reject(error);
    });
    sent.on("response", (response) => {
      answer = response;
      response.on("error", () => {
      });
      response.on("pause", () => silence?.wait());
      response.on("resume", () => silence?.listen());
      resolve(response);
    });
    sent.end();
  });
  return {
    get: async (url, { headers = {}, isGoal, signal = host.signal } = {}) => {
      const { authorization: _, ...elsewhere } = headers;
      let current = url;
      for (let redirects = 0; redirects <= mostRedirects; redirects++) {
        const body = await ask(current, current.origin === url.origin ? headers : elsewhere, signal);
        const { statusCode: status = 0, statusMessage } = body;
        const fields = body.headers;
        if (status >= 200 && status < 300) return { status, headers: fields, body, url: current };
        body.destroy();
        if (status < 300 || status >= 400 || fields.location === void 0)
          throw refusalOf(status, statusMessage, fields["retry-after"], host.clock);
        current = redirected(current, fields.location);
        if (isGoal?.(current.href)) return { status, headers: fields, body, url: current };
      }
      throw new HttpFailure(`The server redirects more than ${mostRedirects} times`, { isFinal: true, hint: pastRedirects });
    },
    direct: (signal) => openDirect({ ...limits, proxyFor, clock: host.clock, signal: AbortSignal.any([signal, over.signal]) }),
    close: () => {
      over.abort();
      secure.destroy();
      plain.destroy();
    }
  };
}
function leadThrough(agent, protocol, proxyFor, tunnel) {
  const connect2 = agent.createConnection.bind(agent);
  const connectThrough = (options, connected) => {
    const to = { host: String(options.host), port: Number(options.port) };
    const proxy = proxyFor(new URL(`${protocol}//${authorityOf(to)}`));
    if (proxy === void 0) return connect2(options, connected);
    tunnel(proxy, to).then(
      (socket) => connected(null, protocol === "https:" ? connect2({ ...options, socket }, () => {
      }) : socket),
      (error) => connected(error)
    );
    return void 0;
  };
  Object.assign(agent, { createConnection: connectThrough });
}
function redirected(from, header) {
  const location = asWritten(header);
  const refused = (what) => new HttpFailure(`The server redirects to ${what}`, { isFinal: true, hint: pastRedirects });
  if (!URL.canParse(location, from.href)) throw refused("something that is no address");
  const to = new URL(location, from.href);
  const isHere = to.protocol === "http:" && from.protocol === "http:" && isLoopback(to.hostname);
  if (to.protocol !== "https:" && !isHere) throw refused("an address that is not https");
  return withCredentialsOf(from, to);
}
function asWritten(header) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(header, "latin1"));
  } catch {
    return header;
  }
}

export {
  spread,
  openClient
};
