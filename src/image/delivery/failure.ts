import { StepError } from '../../contract/reasons.ts'

/** Why the build did not get the installer. @param why a clause without a full stop */
export function deliveryFailed(why: string, cause?: unknown): StepError {
  return new StepError('delivery-failed', `The installer could not be delivered to the build: ${why}.`, {
    hint: 'Let containers of the engine’s network reach this machine (a firewall rule for the NAT network, no proxy in between), or use installerDelivery: copy, which makes the image larger by the installer.',
    cause,
  })
}
