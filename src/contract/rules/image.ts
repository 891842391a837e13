import { argumentKeys, argumentNames } from '../build-arguments.ts'
import { buildsImage } from '../building.ts'
import { entryOf } from '../inputs.ts'
import { labelPrefix } from '../labels.ts'
import type { Rule } from '../rule.ts'

/** Rules about the image: what it is called, what it is built from, what is added to it. */
export const imageRules: readonly Rule[] = [
  {
    reads: ['push', 'image'],
    level: 'fault',
    check: ({ inputs, given, spell }) =>
      inputs.push && !given.has('image') ? `${spell('push')} needs ${spell('image')}: the references to push to.` : undefined,
  },
  {
    reads: ['mode', 'image'],
    level: 'fault',
    check: ({ inputs, given, spell }) =>
      inputs.mode === 'run' && !buildsImage(inputs, given) && (inputs.image?.length ?? 0) > 1
        ? `${spell('image')} names several images; ${spell('mode')} run uses one.`
        : undefined,
  },
  {
    reads: ['image'],
    level: 'fault',
    check: ({ inputs, given, spell }) =>
      buildsImage(inputs, given) && inputs.image?.some(reference => reference.includes('@'))
        ? `${spell('image')} holds a digest; an image to be built has no digest yet, give a tag.`
        : undefined,
  },
  {
    reads: ['labels'],
    level: 'fault',
    check: ({ inputs, spell }) => {
      const taken = inputs.labels?.find(({ name }) => name.startsWith(labelPrefix))
      return (
        taken && `${spell('labels')} sets ${taken.name}: names that begin with ${labelPrefix} are the step’s own; choose another.`
      )
    },
  },
  {
    reads: ['jdkUrl', 'jdkSha256'],
    level: 'fault',
    check: ({ given, spell }) => {
      if (given.has('jdkUrl') === given.has('jdkSha256')) return undefined
      const [one, other] = given.has('jdkUrl') ? (['jdkUrl', 'jdkSha256'] as const) : (['jdkSha256', 'jdkUrl'] as const)
      return `${spell(one)} needs ${spell(other)}: the default hash belongs to the default address.`
    },
  },
  {
    reads: ['jdkUrl', 'jdkSha256', 'installJdk'],
    level: 'warning',
    check: ({ inputs, given, spell }) =>
      given.has('jdkUrl') && !inputs.installJdk
        ? `${spell('jdkUrl')} and ${spell('jdkSha256')} have no effect without ${spell('installJdk')} true.`
        : undefined,
  },
  {
    reads: ['buildArgs', ...argumentKeys],
    level: 'fault',
    check: ({ inputs, given, spell }) => {
      const names = new Set(inputs.buildArgs?.map(({ name }) => name))
      const taken = argumentKeys.find(
        key => names.has(argumentNames[key]) && given.has(key) && inputs[key] !== entryOf(key).default,
      )
      return (
        taken &&
        `${spell('buildArgs')} sets ${argumentNames[taken]}, and so does ${spell(taken)}; they exclude each other, use one.`
      )
    },
  },
  {
    reads: ['extras', 'buildContext'],
    level: 'fault',
    check: ({ given, spell }) =>
      given.has('extras') && given.has('buildContext')
        ? `${spell('extras')} and ${spell('buildContext')} exclude each other: the built-in scripts run the extras; a context of your own runs what it wants from its Dockerfile.`
        : undefined,
  },
]
