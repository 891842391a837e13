/** Argument lists of containers that only serve to look into an image. */
import type { Pair } from '../contract/kinds.ts'
import { labelArguments } from './arguments.ts'

/** Makes a container that is never started. The command is there since an image may have none of its own, and then none is made. */
export function createArguments(name: string, labels: readonly Pair[], image: string): readonly string[] {
  return ['create', '--name', name, ...labelArguments(labels), '--network', 'none', '--', image, 'never-started']
}

/** Runs a command once in an image, whatever that would start by itself; its container goes with it. */
export function runOnceArguments(
  name: string,
  labels: readonly Pair[],
  image: string,
  [program = '', ...words]: readonly string[],
): readonly string[] {
  return [
    ...['run', '--rm', '--name', name],
    ...labelArguments(labels),
    ...['--network', 'none', '--no-healthcheck'],
    ...['--entrypoint', program, '--', image, ...words],
  ]
}

/** Copies a file out of a container, which need not run. @param to a path of this machine */
export function copyOutArguments(container: string, from: string, to: string): readonly string[] {
  return ['cp', '--', `${container}:${from}`, to]
}
