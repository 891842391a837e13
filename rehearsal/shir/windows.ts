/** Windows in one container, as far as the image's entry point reads and changes it. */
export interface Windows {
  /** The id of the container's time zone. */
  timeZone(): string
  /** May change nothing and say nothing (before Server 2022). @throws where Windows does not know the id */
  setTimeZone(id: string): void
  /** A variable that every process of the machine gets. */
  machineVariable(name: string): string | undefined
  /** The registry value Environment of SHIR's Windows service: `NAME=value`. */
  serviceEnvironment(): readonly string[]
  setServiceEnvironment(variables: readonly string[]): void
  /** @throws where there is no such file */
  readFile(path: string): string
}

/** A rehearsal has no list of Windows' time zones; by their form nearly all can be told. */
const timeZoneForm = /^UTC([+-]\d\d)?$| Standard Time$/

/** Windows Server 2022 in a new container. Nothing is mounted into it. */
export function createWindows(): Windows {
  let zone = 'UTC'
  let variables: readonly string[] = []
  return {
    timeZone: () => zone,
    setTimeZone(id) {
      if (!timeZoneForm.test(id)) throw new Error(`The time zone ID '${id}' was not found on the local computer.`)
      zone = id
    },
    machineVariable: () => undefined,
    serviceEnvironment: () => variables,
    setServiceEnvironment(changed) {
      variables = changed
    },
    readFile(path) {
      throw new Error(`Could not find file '${path}'.`)
    },
  }
}
