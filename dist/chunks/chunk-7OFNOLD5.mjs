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
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

export {
  StepError,
  endOf,
  messageOf
};
