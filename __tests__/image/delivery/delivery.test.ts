import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { decideDelivery } from '../../../src/image/delivery/delivery.ts'
import { parseDockerfile } from '../../../src/image/dockerfile.ts'
import type { ImageOrder } from '../../../src/image/order.ts'
import type { Workshop } from '../../../src/image/workshop.ts'
import { testMachine } from '../../support/machine.ts'
import { stepErrorOf } from '../../support/rejection.ts'

test('an ARG that no stage sees serves nothing: a copy, or a refusal where it must be served', async () => {
  const bench = await testMachine()
  try {
    const [dockerfile, text] = [path.join(bench.folder, 'Dockerfile'), 'ARG INSTALLER_URL\nFROM a\nRUN b $INSTALLER_URL']
    await writeFile(dockerfile, text)
    const host = bench.host()
    const order = (delivery: 'auto' | 'serve') =>
      ({ delivery, context: { declares: parseDockerfile(text), args: [], dockerfile } }) as unknown as ImageOrder
    const shop = { host } as unknown as Workshop
    expect(await decideDelivery(order('auto'), shop)).toEqual({ kind: 'copy' })
    expect(host.lines).toEqual([expect.stringContaining('no RUN of the Dockerfile sees ARG INSTALLER_URL')])
    const error = await stepErrorOf(decideDelivery(order('serve'), shop))
    expect(error).toMatchObject({ code: 'delivery-failed', message: expect.stringContaining('no RUN') })
  } finally {
    await bench.remove()
  }
})
