import { StepError } from '../../contract/reasons.ts'
import type { Host } from '../../host/host.ts'

/**
 * Why the build did not get the installer.
 * @param why a clause without a full stop
 * @param lines the last ones of the step that would have fetched it
 */
export function deliveryFailed(
  why: string,
  host: Pick<Host, 'spell'>,
  { lines = [], cause }: { readonly lines?: readonly string[]; readonly cause?: unknown } = {},
): StepError {
  const said = lines.length > 0 ? ` The step’s last lines:\n${lines.join('\n')}` : ''
  return new StepError('delivery-failed', `The installer could not be delivered to the build: ${why}.`, {
    hint: `Let containers of the engine’s network reach this machine (a firewall rule for the NAT network, no proxy in between), or use ${host.spell('installerDelivery')}: copy, which makes the image larger by the installer.${said}`,
    cause,
  })
}
