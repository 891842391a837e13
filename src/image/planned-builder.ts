import type { Image } from '../contract/values.ts'
import { installerFileName } from '../contract/version.ts'
import {
  buildArguments,
  inspectManifestArguments,
  pullArguments,
  pushArguments,
  spellCommand,
  tagArguments,
} from '../engine/arguments.ts'
import type { Host } from '../host/host.ts'
import type { Builder } from './builder.ts'
import { addressArgument, refusalOf } from './delivery/delivery.ts'
import { deliveryFailed } from './delivery/failure.ts'
import { shirFolder } from './folder.ts'
import { imageLabels, installerArguments } from './labels.ts'
import { metadataOf } from './metadata.ts'
import { type ImageOrder, namesOf } from './order.ts'
import { fingerprintReference } from './reference.ts'

const unknown = '<fingerprint>'

/** The builder of a dry run: prints each command and asks nobody. */
export function plannedBuilder(host: Host): Builder {
  return {
    prepare: async order => {
      const refusal = order.delivery === 'serve' ? await refusalOf(order, host) : undefined
      if (refusal !== undefined) throw deliveryFailed(refusal, host)
      for (const { reference } of order.context.bases) host.log(`Would check that the engine answers and can run ${reference}.`)
      return { bases: [], delivery: { kind: 'copy' } }
    },
    lookUp: async (order, _, { version }) => {
      const [first] = namesOf(order, version ?? '<version>')
      const name = markOf(first)
      if (order.rebuild) host.log(`Would build in any case, as ${host.spell('rebuild')} asks for.`)
      else
        host.log(
          `Would use the image ${name} where there is one, here or in its registry (${spellCommand(inspectManifestArguments(name, false))}), and build otherwise.`,
        )
      return { fingerprint: unknown, image: undefined }
    },
    build: async (order, _, installer, fingerprint) => {
      const { context } = order
      host.log(`Would copy ${context.description} to a fresh folder.`)
      const isServed = order.delivery !== 'copy' && (await refusalOf(order, host)) === undefined
      host.log(howDelivered(order, isServed, installer.version))
      for (const { from, to } of context.additions) host.log(`Would copy ${from} to ${to} there.`)
      const args = buildArguments({
        context: '<context>',
        dockerfile: '<context>/Dockerfile',
        args: [
          ...installerArguments(installer, context.declares.args, context.args),
          ...(isServed ? [{ name: addressArgument, value: '<address>' }] : []),
        ],
        labels: imageLabels(context, { installer, fingerprint, run: host.run }, order.labels),
        idFile: '<idfile>',
        isolation: order.isolation,
        isFresh: order.rebuild,
      })
      host.log(`Would run: ${spellCommand(args)}`)
      const names = namesOf(order, installer.version)
      for (const name of [...names, markOf(names[0])]) host.log(`Would run: ${spellCommand(tagArguments('<id>', name))}`)
      return { image: plannedImage(names[0], installer.version), times: [] }
    },
    push: async (image, { references }) => {
      const marks = new Set(references.map(markOf))
      for (const reference of [...references, ...marks]) host.log(`Would run: ${spellCommand(pushArguments(reference))}`)
      return { image, changed: false }
    },
    use: async reference => {
      host.log(`Would use ${reference}; if the engine does not have it, would run: ${spellCommand(pullArguments(reference))}`)
      return plannedImage(reference, undefined)
    },
  }
}

/** The name that an image has by its fingerprint. */
function markOf(reference: string): string {
  return `${fingerprintReference(reference, '')}${unknown}`
}

function howDelivered({ delivery }: ImageOrder, isServed: boolean, version: string): string {
  const copied = `put the installer at ${shirFolder}/${installerFileName(version)} there`
  if (!isServed) return `Would ${copied}.`
  const served = 'offer the installer to the build over HTTP on this machine'
  return delivery === 'serve' ? `Would ${served}.` : `Would ${served}, or ${copied} where containers cannot reach it.`
}

function plannedImage(reference: string, shirVersion: string | undefined): Image {
  return {
    planned: true,
    reference,
    id: '<id>',
    digest: undefined,
    built: false,
    isNew: false,
    os: '<os>',
    osVersion: undefined,
    hasHealthCheck: true,
    shirVersion,
    metadata: metadataOf({}, { os: '<os>', osVersion: undefined }),
  }
}
