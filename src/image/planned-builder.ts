import type { Image } from '../contract/values.ts'
import { installerFileName } from '../contract/version.ts'
import { buildArguments, pullArguments, pushArguments, spellCommand } from '../engine/arguments.ts'
import type { Host } from '../host/host.ts'
import type { Builder } from './builder.ts'
import { shirFolder } from './folder.ts'
import { imageLabels, installerArguments } from './labels.ts'

/** The builder of a dry run: prints each command and asks nobody. */
export function plannedBuilder(host: Host): Builder {
  return {
    prepare: async ({ bases }) => {
      for (const base of bases) host.log(`Would check that the engine answers and can run ${base.reference}.`)
    },
    build: async ({ context, installer, references, labels }) => {
      host.log(
        `Would copy ${context.description} to a fresh folder and put the installer at ${shirFolder}/${installerFileName(installer.version)} there.`,
      )
      for (const { from, to } of context.additions) host.log(`Would copy ${from} to ${to} there.`)
      const args = buildArguments({
        context: '<context>',
        dockerfile: '<context>/Dockerfile',
        references,
        args: installerArguments(installer, context.declares.args, context.args),
        labels: imageLabels(installer, context.bases, labels),
        idFile: '<idfile>',
      })
      host.log(`Would run: ${spellCommand(args)}`)
      return plannedImage(String(references[0]), installer.version)
    },
    push: async (image, references) => {
      for (const reference of references) host.log(`Would run: ${spellCommand(pushArguments(reference))}`)
      return image
    },
    use: async reference => {
      host.log(`Would use ${reference}; if the engine does not have it, would run: ${spellCommand(pullArguments(reference))}`)
      return plannedImage(reference, undefined)
    },
  }
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
  }
}
