import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);

// src/contract/reasons.ts
var StepError = class extends Error {
  code;
  hint;
  constructor(code, message, details = {}) {
    super(message, details.cause === void 0 ? void 0 : { cause: details.cause });
    this.name = "StepError";
    this.code = code;
    this.hint = details.hint;
  }
};
function endOf({ reason }) {
  return reason instanceof StepError ? reason : new StepError("cancelled", "The run was cancelled.", { hint: "Run the step again." });
}
function isFileSystemError(error) {
  const { code } = error ?? {};
  return typeof code === "string" && /^(?:E[A-Z0-9]+|ERR_FS_[A-Z_]+)$/.test(code);
}
function isDiskFull(error) {
  const { code, cause } = error ?? {};
  return code === "ENOSPC" || code === "EDQUOT" || cause !== void 0 && isDiskFull(cause);
}
function messageOf(error) {
  const { message } = error ?? {};
  return typeof message === "string" ? message : String(error);
}
function whyOf(error) {
  return messageOf(error).replace(/\.$/, "");
}

export {
  StepError,
  endOf,
  isFileSystemError,
  isDiskFull,
  messageOf,
  whyOf
};
