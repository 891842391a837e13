import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);

// src/net/failure.ts
var HttpFailure = class extends Error {
  /** What the server answered; `undefined` where no answer came, or none that counts. */
  status;
  /** The server's own wish for when to ask again. */
  retryAfterMs;
  /** True where asking again would change nothing, whatever the status. */
  isFinal;
  /** What to do, where the failure itself tells. */
  hint;
  /** @param message a sentence without its full stop */
  constructor(message, details = {}) {
    super(message, { cause: details.cause });
    this.name = "HttpFailure";
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.isFinal = details.isFinal ?? false;
    this.hint = details.hint;
  }
};
function refusalOf(status, text = "", retryAfter, clock) {
  return new HttpFailure(`The server answered ${status} ${text}`.trim(), { status, ...wishOf(retryAfter, clock) });
}
function wishOf(header, clock) {
  if (header === void 0) return {};
  const ms = /^\d+$/.test(header) ? Number(header) * 1e3 : Date.parse(header) - clock.now();
  return ms > 0 ? { retryAfterMs: ms } : {};
}
function classify(error) {
  if (error instanceof HttpFailure) return error;
  const { code, message } = innermost(error);
  const why = typeof code === "string" && /^E[A-Z]+$/.test(code) ? code : message ?? String(error);
  const isUntrusted = typeof code === "string" && /CERT|VERIFY_LEAF/.test(code);
  return new HttpFailure(`The connection failed (${why})`, {
    isFinal: isUntrusted,
    hint: isUntrusted ? "Nobody whom this machine trusts vouches for that server. If a proxy here opens TLS, name its certificate in NODE_EXTRA_CA_CERTS." : void 0,
    cause: error
  });
}
function innermost(error) {
  const { cause } = error;
  return typeof cause === "object" && cause !== null ? innermost(cause) : error;
}
function isWorthAnotherTry({ status, isFinal }) {
  return !isFinal && (status === void 0 || status === 408 || status === 429 || status >= 500);
}
function afterAttempts(failure, attempts) {
  if (attempts === 1) return failure;
  return new HttpFailure(`${failure.message} (${attempts} attempts)`, { ...failure, cause: failure });
}

export {
  HttpFailure,
  refusalOf,
  classify,
  isWorthAnotherTry,
  afterAttempts
};
