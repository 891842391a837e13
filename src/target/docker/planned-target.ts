import {
  eventArguments,
  fileVariables,
  inspectArguments,
  listArguments,
  logArguments,
  networkArguments,
  runArguments,
  spellCommand,
} from '../../engine/arguments.ts'
import type { Host } from '../../host/host.ts'
import type { Target } from '../target.ts'

/** What finds and watches containers, again and again until there is a verdict. */
const watchCommands = [listArguments(), inspectArguments(['<id>']), eventArguments('<id>'), logArguments('<id>', '<since>')]

/** The target of a dry run: prints each command and asks nobody. */
export function plannedDockerTarget(host: Host): Target {
  const told = new Set<string>()
  return {
    find: async ({ containerName, nodeName }) => {
      const wanted = [
        containerName && `called ${containerName} or ${containerName}-1 to -4`,
        nodeName && `whose node name is ${nodeName} or ${nodeName}-1 to -4`,
      ].filter(Boolean)
      host.log(`Would watch the containers ${wanted.join(' and ')}.`)
      for (const args of watchCommands) host.log(`Would run: ${spellCommand(args)}`)
      return [
        { planned: true, name: nodeName ?? '<node>', container: containerName ?? '<container>', id: '<id>', version: undefined },
      ]
    },
    prepare: async plans => {
      host.log(
        `Would check that the engine answers and has no container called ${plans.map(({ container }) => container).join(', ')}.`,
      )
    },
    add: async (plan, image) => {
      const { ownNetwork } = plan
      if (ownNetwork && !told.has(ownNetwork.name)) {
        host.log(
          `Would run, if there is no such network: ${spellCommand(networkArguments(ownNetwork.name, ownNetwork.labels, 'windows'))}`,
        )
        told.add(ownNetwork.name)
      }
      host.log(
        `Would run: ${spellCommand(runArguments(plan, image.reference, { startInterval: true, envFile: fileVariables(plan).length > 0 ? '<envfile>' : undefined }))}`,
      )
      host.log('  (without --health-start-interval where the engine is older than API 1.44)')
      return { planned: true, name: plan.name, container: plan.container, id: '<id>', version: undefined }
    },
    observe: async function* () {
      yield { kind: 'planned' }
    },
    lastWords: async () => [],
  }
}
