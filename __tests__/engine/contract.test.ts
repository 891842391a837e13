/** What the `docker` command does: the same tests against the real engine and the rehearsal's, so that a rehearsal can be trusted. */
import { describeWith } from '../support/program.ts'
import { type Bench, createBench } from './bench.ts'
import { containersContract } from './contract-containers.ts'
import { imagesContract } from './contract-images.ts'
import { livesContract } from './contract-lives.ts'
import { type EngineUnderTest, realEngine, realEngineAnswers, rehearsalEngine } from './engines.ts'

function contract(makeEngine: () => Promise<EngineUnderTest>): void {
  let engine: EngineUnderTest | undefined
  let made: Bench | undefined
  const bench = () => {
    if (!made) throw new Error('the engine is not ready')
    return made
  }
  beforeAll(async () => {
    engine = await makeEngine()
    made = await createBench(engine)
  })
  afterAll(async () => {
    await engine?.close()
  })
  imagesContract(bench)
  livesContract(bench)
  containersContract(bench)
}

const realProgram = realEngineAnswers() ? 'docker' : 'a docker engine that runs Linux containers'

describeWith('busybox', 'the docker command', () => {
  describe('of the rehearsal’s engine', () => contract(rehearsalEngine))
  describeWith(realProgram, 'of the real engine', () => contract(realEngine))
})
