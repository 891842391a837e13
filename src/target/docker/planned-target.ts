import { labelNames } from '../../contract/labels.ts'
import type { Node } from '../../contract/values.ts'
import {
  eventArguments,
  execArguments,
  fileVariables,
  inspectArguments,
  keepEndedArguments,
  listArguments,
  listNetworksArguments,
  logArguments,
  networkArguments,
  removeEndedArguments,
  removeNetworkArguments,
  runArguments,
  spellCommand,
  stopArguments,
  unpauseArguments,
} from '../../engine/arguments.ts'
import { powerShell } from '../../engine/inside.ts'
import type { Host } from '../../host/host.ts'
import type { Target } from '../target.ts'
import { stopScript } from './farewell.ts'
import { resolveScript } from './peers.ts'

/** The target of a dry run: prints each command and asks nobody. */
export function plannedDockerTarget(host: Host): Target {
  const told = new Set<string>()
  const existing = new Set<Node>()
  const say = (args: readonly string[], condition = '') =>
    host.log(`Would run${condition && `, ${condition}`}: ${spellCommand(args)}`)
  return {
    find: async ({ containerName, nodeName }) => {
      const wanted = [
        containerName && `called ${containerName} or ${containerName}-1 to -4`,
        nodeName && `whose node name is ${nodeName} or ${nodeName}-1 to -4`,
      ].filter(Boolean)
      host.log(`Would look for the containers ${wanted.join(' and ')}.`)
      for (const args of [listArguments(), inspectArguments(['<id>'])]) say(args)
      const [name, container] = [nodeName ?? '<node>', containerName ?? '<container>']
      const node = { planned: true, name, container, id: '<id>', version: undefined, set: containerName ?? '<set>' }
      existing.add(node)
      return [node]
    },
    survey: async (plans, image) => {
      const names = plans.map(({ container }) => container).join(', ')
      host.log(
        image
          ? `Would keep each of ${names} that is there, healthy, and of this image and configuration.`
          : `Would check that the engine answers and has no container called ${names}, unless it is a healthy node of this configuration.`,
      )
      return { standing: [], surplus: [] }
    },
    add: async (plan, image) => {
      const { ownNetwork } = plan
      if (ownNetwork && !told.has(ownNetwork.name)) {
        say(networkArguments(ownNetwork.name, ownNetwork.labels, 'windows'), 'if there is no such network')
        told.add(ownNetwork.name)
      }
      const envFile = fileVariables(plan).length > 0 ? '<envfile>' : undefined
      say(runArguments(plan, image.reference, { startInterval: true, envFile }))
      host.log('  (without --health-start-interval where the engine is older than API 1.44)')
      return { planned: true, name: plan.name, container: plan.container, id: '<id>', version: undefined }
    },
    observe: async function* (node) {
      if (existing.has(node)) for (const args of [eventArguments('<id>'), logArguments('<id>', '<since>')]) say(args)
      yield { kind: 'planned' }
    },
    resolve: async (_, hostnames) => {
      say(execArguments('<id>', powerShell(resolveScript(hostnames))), 'once it is healthy')
      return { kind: 'known', unresolved: [] }
    },
    remove: async () => {
      say(keepEndedArguments('<id>'))
      say(unpauseArguments('<id>'), 'where it is paused')
      say(execArguments('<id>', powerShell(stopScript)), 'where it is running')
      say(stopArguments('<id>'), 'unless it has ended')
      say(removeEndedArguments('<id>'))
      return { kind: 'removed', node: '<node>', wasStarted: true }
    },
    removeNetworks: async set => {
      say(listNetworksArguments(`label=${labelNames.set}=${set}`), 'where no node of the set is left')
      say(removeNetworkArguments('<network>'), 'for each that is found and unused')
      return false
    },
    lastWords: async () => [],
  }
}
