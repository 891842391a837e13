import { copyOutArguments, createArguments, runOnceArguments } from '../../src/engine/look-arguments.ts'

const labels = [
  { name: 'run', value: 'r' },
  { name: 'look', value: 'sha256:0' },
]

test.each<[string, readonly string[], string]>([
  [
    'a container that is never started, with a command for images that have none',
    createArguments('shir-look-1', labels, 'sha256:0'),
    'create --name shir-look-1 --label run=r --label look=sha256:0 --network none -- sha256:0 never-started',
  ],
  [
    'a command in an image, instead of its own and without its health check',
    runOnceArguments('shir-look-1', labels, 'sha256:0', ['powershell', '-NoProfile', '-Command', 'x']),
    'run --rm --name shir-look-1 --label run=r --label look=sha256:0 --network none --no-healthcheck --entrypoint powershell -- sha256:0 -NoProfile -Command x',
  ],
  [
    'a file out of a container, by a path of Windows',
    copyOutArguments('shir-look-1', 'C:/SHIR/installed.json', 'C:\\temp\\copy'),
    'cp -- shir-look-1:C:/SHIR/installed.json C:\\temp\\copy',
  ],
])('%s', (_, args, command) => expect(args.join(' ')).toBe(command))

test('an image that is called like an option is none', () => {
  expect(createArguments('n', [], '--help').slice(-3, -1)).toEqual(['--', '--help'])
  expect(runOnceArguments('n', [], '--help', ['x']).slice(-2)).toEqual(['--', '--help'])
})
