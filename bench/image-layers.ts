import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { EngineUnderTest } from '../__tests__/engine/engines.ts'
import { answerOf } from './image-stage.ts'

/** How often `mark` stands in what makes up an image: in each of its layers, also where a later one deletes it. */
export async function marksIn(image: string, mark: Buffer, { docker }: EngineUnderTest): Promise<number> {
  const child = spawn(docker.program, ['save', '--', image], { env: docker.environment, stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  let found = 0
  let rest = Buffer.alloc(0)
  for await (const chunk of child.stdout) {
    const seen = Buffer.concat([rest, chunk])
    for (let at = seen.indexOf(mark); at >= 0; at = seen.indexOf(mark, at + mark.length)) found++
    rest = seen.subarray(1 - mark.length) // too short for a whole one, which would count twice
  }
  const [code] = await closed
  if (code !== 0) throw new Error(`docker save ended with ${code}.`)
  return found
}

/** Bytes of an image beyond the files that a container of it sees. */
export async function excessOf(image: string, { docker, prefix }: EngineUnderTest): Promise<number> {
  const whole = Number(answerOf(await docker('image', 'inspect', '--format', '{{.Size}}', '--', image)))
  const list = 'find bin C: -type f -exec stat -c %s {} +'
  const sizes = answerOf(await docker('run', '--rm', '--label', prefix, '--', image, 'sh', '-c', list))
  const seen = sizes.split('\n').reduce((sum, size) => sum + Number(size), 0)
  return whole - seen
}
