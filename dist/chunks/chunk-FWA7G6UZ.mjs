import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);

// src/net/failure.ts
var HttpFailure = class extends Error {
  /** What the server answered; `undefined` where no answer came, or none that counts. */
  status;
  /** The server's own wish for when to ask again. */
  retryAfterMs;
  /** True where asking again would change nothing, whatever the status. */
  isFinal;
  /** True where the answer was none of HTTP's: final from whoever has not given another one. */
  isForeign;
  /** What to do, where the failure itself tells. */
  hint;
  /** @param message a sentence without its full stop */
  constructor(message, details = {}) {
    super(message, { cause: details.cause });
    this.name = "HttpFailure";
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.isFinal = details.isFinal ?? false;
    this.isForeign = details.isForeign ?? false;
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
function classify(error, connection = "The connection") {
  if (error instanceof HttpFailure) return error;
  const { code, message } = innermost(error);
  const why = typeof code === "string" && /^E[A-Z]+$/.test(code) ? code : message ?? String(error);
  const isUntrusted = typeof code === "string" && /CERT|VERIFY_LEAF/.test(code);
  const isForeign = typeof code === "string" && foreign.test(code);
  return new HttpFailure(`${connection} failed (${why})`, {
    isFinal: isUntrusted || isForeign,
    isForeign,
    hint: isUntrusted ? hints.untrusted : isForeign ? hints.foreign : void 0,
    cause: error
  });
}
var foreign = /^(?:EPROTO|ERR_SSL_(?:WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL)|HPE_(?:INVALID_(?:CONSTANT|VERSION|STATUS|HEADER_TOKEN|CONTENT_LENGTH|TRANSFER_ENCODING)|UNEXPECTED_CONTENT_LENGTH|HEADER_OVERFLOW))$/;
var hints = {
  untrusted: "Nobody whom this machine trusts vouches for that server. If a proxy here opens TLS, name its certificate in NODE_EXTRA_CA_CERTS.",
  foreign: "What answers there does not speak HTTP as it should: check the address, whether it is https, and its port."
};
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
