import { createRequire as createRequireForBundle } from 'node:module'; var require = createRequireForBundle(import.meta.url);
import {
  HttpFailure
} from "./chunk-FWA7G6UZ.mjs";

// src/net/limits.ts
function limitTime(clock, ms, end) {
  let isLifted = false;
  const forget = clock.alarm(ms, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    if (!isLifted) end();
  });
  return () => {
    isLifted = true;
    forget();
  };
}
function tooLate(what, ms) {
  return new HttpFailure(`${what} within ${ms / 1e3} s (timeout)`);
}

export {
  limitTime,
  tooLate
};
