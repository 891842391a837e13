import type { Ended, World } from './world.ts'

/** Runs the entry point. The key and its secret must be nowhere but in the argument list of the registration itself. */
export async function startContainer(
  world: World,
  environment: Readonly<Record<string, string>> = {},
  until = 1200,
): Promise<Ended> {
  const ended = await world.run('setup.ps1', { AUTH_KEY: world.key, ...environment }, { until })
  expectNoKey(ended, world.key)
  return ended
}

export function expectNoKey(ended: Ended, key: string): void {
  const secret = key.split('@').at(-1) ?? key
  const elsewhere = ended.calls.map(call =>
    call.command === 'dmgcmd' && call.args[0] === '-RegisterNewNode' ? { ...call, args: call.args.toSpliced(1, 1) } : call,
  )
  for (const form of [key, secret, secret.replace(/=+$/, '')]) {
    expect(ended.output).not.toContain(form)
    expect(JSON.stringify(elsewhere)).not.toContain(form)
  }
  expect(ended.calls.filter(call => call.inheritsKey)).toEqual([])
  expect(ended.calls.filter(call => call.keyFile)).toEqual([])
}

/** The options that dmgcmd.exe was called with, less the questions about the connection. */
export function deeds(ended: Ended): readonly string[] {
  return ended.dmgcmd.map(([option]) => String(option)).filter(option => option !== '-cgc')
}
