import { asksTooOften, isUnavailable } from '../engine/registry-words.ts'

/** What to do about a push that a registry refuses, by its words; the first that fits counts. */
const hints: readonly (readonly [RegExp, string])[] = [
  [asksTooOften, 'The registry limits how often it is asked: push fewer tags at once, or use a tier with a higher limit.'],
  // harbor #3270, ttl.sh #104: the body is the page of a proxy.
  [
    /413 Request Entity Too Large|HTTP 413/i,
    'A proxy in front of the registry takes no layer of that size: raise its limit (nginx: client_max_body_size 0).',
  ],
  // Azure/acr #84: a locked tag or repository.
  [
    /operation is disallowed|tag is immutable|cannot be overwritten/i,
    'The registry keeps that tag as it is: push another one, or unlock it (az acr repository update --write-enabled true).',
  ],
  [
    /x509: certificate signed by unknown authority/i,
    'The engine does not know who signed the registry’s certificate: give it that authority in its certs.d folder.',
  ],
  [
    /server gave HTTP response to HTTPS client/i,
    'The registry speaks plain HTTP, which the engine allows on this machine alone: name it in the engine’s insecure-registries, or better give it TLS.',
  ],
  [
    /name unknown|repository .*not found|does not exist in the registry/i,
    'Make the repository first, or check its name: this registry makes none by itself.',
  ],
  [
    /quota|no space left on device|insufficient storage/i,
    'The registry is full: delete what is old, or let a retention rule do it.',
  ],
  [/connection refused|no such host/i, 'Check the registry’s name, and that this machine’s engine reaches it.'],
  // A login that ran out during a long push says the same: Azure/acr #103, #214.
  [
    /denied|unauthorized|authentication required|no basic auth credentials|insufficient_scope|forbidden|HTTP 40[13]/i,
    'Log in to the registry right before this step, with the right to push: docker login, az acr login, Docker@2. A login of az acr lasts three hours.',
  ],
  [isUnavailable, 'Where it fails again and again, look at the registry’s own state, and at the proxy and the firewall between.'],
]

const otherwise =
  'These are the registry’s own words. Log in to it before this step (docker login, az acr login, Docker@2), with the right to push.'

/** @param words all that docker said of the failure */
export function pushHint(words: string): string {
  return hints.find(([text]) => text.test(words))?.[1] ?? otherwise
}
