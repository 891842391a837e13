/** What the `docker` command does: the same tests against the real engine and the rehearsal's, so that a rehearsal can be trusted. */
import { describeWith } from '../support/program.ts'
import { type Bench, createBench } from './bench.ts'
import { containersContract } from './contract-containers.ts'
import { copiesContract } from './contract-copies.ts'
import { imagesContract } from './contract-images.ts'
import { livesContract } from './contract-lives.ts'
import { registryContract, tagsContract } from './contract-registry.ts'
import { type EngineUnderTest, realEngine, realEngineAnswers, rehearsalEngine } from './engines.ts'
import { type RegistryUnderTest, realRegistry, rehearsedRegistry } from './registry-under-test.ts'

interface Parts {
  engine(): Promise<EngineUnderTest>
  registry(folder: string): Promise<RegistryUnderTest>
  /** The program that the registry is. */
  readonly registryProgram: string
}

function contract({ engine: makeEngine, registry: makeRegistry, registryProgram }: Parts): void {
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
  tagsContract(bench)
  describeWith(registryProgram, 'with a registry', () => {
    let registry: RegistryUnderTest | undefined
    beforeAll(async () => {
      registry = await makeRegistry(bench().engine.folder)
    })
    afterAll(async () => {
      await registry?.close()
    })
    registryContract(bench, () => {
      if (!registry) throw new Error('the registry is not ready')
      return registry
    })
  })
  livesContract(bench)
  containersContract(bench)
  copiesContract(bench)
}

const realProgram = realEngineAnswers() ? 'docker' : 'a docker engine that runs Linux containers'
const rehearsed: Parts = { engine: rehearsalEngine, registry: rehearsedRegistry, registryProgram: 'busybox' }
const real: Parts = { engine: realEngine, registry: realRegistry, registryProgram: 'docker-registry' }

describeWith('busybox', 'the docker command', () => {
  describe('of the rehearsal’s engine', () => contract(rehearsed))
  describeWith(realProgram, 'of the real engine', () => contract(real))
})
