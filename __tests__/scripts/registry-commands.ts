/** PowerShell's registry provider: what *-ItemProperty, New-Item and Test-Path do with `HKLM:` paths, and their errors. */
import type { Registry, RegistryData, RegistryType } from './registry.ts'
import { failure, type Reply, UnknownCall } from './reply.ts'

interface Arguments {
  readonly Path: string
  readonly Name?: string
}

/** With `\*` at the end of the path, the keys just below that have values; there may be none. */
export function getItemProperty(registry: Registry, { Path, Name }: Arguments): Reply {
  if (Path.endsWith('\\*')) {
    const found = registry.children(Path.slice(0, -2)).filter(key => registry.values(key).length > 0)
    return { value: found.flatMap(key => getItemProperty(registry, { Path: key, ...(Name && { Name }) }).value ?? []) }
  }
  if (!registry.has(Path)) return notFound(Path, 'GetItemProperty')
  const all = Object.fromEntries(registry.values(Path).map(({ name, type, data }) => [name, expanded(type, data)]))
  if (Name === undefined) return { value: { ...all, ...provided(Path) } }
  const found = Object.entries(all).find(([name]) => name.toLowerCase() === Name.toLowerCase())
  if (!found) return noProperty(Path, Name, 'GetItemProperty')
  return { value: { [found[0]]: found[1], ...provided(Path) } }
}

/** The provider's own properties, which whoever lists the values of a key must leave out. */
function provided(path: string): Readonly<Record<string, string>> {
  return {
    PSPath: `Microsoft.PowerShell.Core\\Registry::${full(path)}`,
    PSParentPath: `Microsoft.PowerShell.Core\\Registry::${full(path).replace(/\\[^\\]*$/, '')}`,
    PSChildName: full(path).replace(/^.*\\/, ''),
    PSDrive: 'HKLM',
    PSProvider: 'Microsoft.PowerShell.Core\\Registry',
  }
}

/** As the real one, -Force makes an existing key anew, and with that removes its values and all keys below. */
export function newItem(registry: Registry, { Path, Force }: Arguments & { readonly Force?: boolean }): Reply {
  if (registry.has(Path) && !Force)
    return failure('A key in this path already exists.', 'System.IO.IOException,NewItem', 'System.IO.IOException')
  if (!Force && !registry.has(Path.replace(/\\[^\\]*$/, ''))) {
    return failure(
      'The registry key at the specified path does not exist.',
      'System.ArgumentException,NewItem',
      'System.ArgumentException',
    )
  }
  registry.remove(Path)
  registry.add(Path)
  return { value: { Name: full(Path), PSChildName: full(Path).replace(/^.*\\/, '') } }
}

export interface NewProperty extends Arguments {
  readonly Name: string
  readonly PropertyType?: string
  readonly Value?: unknown
  readonly Force?: boolean
}

/** Converts the value to its type, as the real one does, or refuses it. */
export function newItemProperty(registry: Registry, { Path, Name, PropertyType = 'String', Value, Force }: NewProperty): Reply {
  if (!registry.has(Path)) return notFound(Path, 'NewItemProperty')
  if (registry.get(Path, Name) !== undefined && !Force)
    return failure('The property already exists.', 'System.IO.IOException,NewItemProperty', 'System.IO.IOException')
  const type = types.find(one => one.toLowerCase() === PropertyType.toLowerCase())
  if (!type) throw new UnknownCall(`New-ItemProperty -PropertyType ${PropertyType}`)
  const data = converted(type, Value)
  if (data === undefined) {
    const message = `Cannot convert the value to the type ${type}.`
    return failure(message, 'System.ArgumentException,NewItemProperty', 'System.ArgumentException')
  }
  registry.set(Path, Name, data, type)
  return { value: { [Name]: data, PSPath: `Microsoft.PowerShell.Core\\Registry::${full(Path)}` } }
}

/** Removes one value. */
export function removeItemProperty(registry: Registry, { Path, Name = '' }: Arguments): Reply {
  if (!registry.has(Path)) return notFound(Path, 'RemoveItemProperty')
  if (registry.get(Path, Name) === undefined) return noProperty(Path, Name, 'RemoveItemProperty')
  registry.remove(Path, Name)
  return {}
}

const types: readonly RegistryType[] = ['String', 'ExpandString', 'Binary', 'DWord', 'MultiString', 'QWord']

/** undefined where the real one would say that the value cannot be converted. */
function converted(type: RegistryType, value: unknown): RegistryData | undefined {
  const list = Array.isArray(value) ? value : [value]
  switch (type) {
    case 'DWord':
    case 'QWord':
      return Number.isInteger(Number(value)) && value !== '' && list.length === 1 ? Number(value) : undefined
    case 'MultiString':
      return value === undefined || value === null ? [] : list.map(String)
    case 'Binary':
      return list.every(byte => Number.isInteger(byte) && byte >= 0 && byte < 256) ? list : undefined
    default:
      return Array.isArray(value) ? value.join(' ') : String(value ?? '')
  }
}

const variables: Readonly<Record<string, string>> = { SYSTEMROOT: 'C:\\Windows', PROGRAMFILES: 'C:\\Program Files' }

/** The provider expands the variables of an ExpandString when it is read. */
function expanded(type: RegistryType, data: RegistryData): RegistryData {
  if (type !== 'ExpandString' || typeof data !== 'string') return data
  return data.replace(/%(\w+)%/g, (text, name: string) => variables[name.toUpperCase()] ?? text)
}

function full(path: string): string {
  return path.replace(/^HKLM:\\?/i, 'HKEY_LOCAL_MACHINE\\')
}

function notFound(path: string, cmdlet: string): Reply {
  return failure(
    `Cannot find path '${path}' because it does not exist.`,
    `PathNotFound,Microsoft.PowerShell.Commands.${cmdlet}Command`,
    'System.Management.Automation.ItemNotFoundException',
  )
}

function noProperty(path: string, name: string, cmdlet: string): Reply {
  return failure(
    `Property ${name} does not exist at path ${full(path)}.`,
    `System.Management.Automation.PSArgumentException,Microsoft.PowerShell.Commands.${cmdlet}Command`,
    'System.Management.Automation.PSArgumentException',
  )
}
