import { image } from './image.ts'
import { installer } from './installer.ts'
import { coldStart } from './start.ts'

/** `npm run bench -- NAME`: figures of one run on one machine, told as ratios, since machines and their moods differ. */
const benches: Readonly<Record<string, () => Promise<void>>> = { start: coldStart, installer, image }

const [name = ''] = process.argv.slice(2)
const bench = benches[name]
if (bench) await bench()
else {
  console.error(`npm run bench -- ${Object.keys(benches).join('|')}`)
  process.exitCode = 2
}
