// The rehearsal's `docker` program. It stands alone: engine.ts writes it under the name `docker`, with a first line that names
// Node, into a folder outside the repository. It sends its command line to the engine at DOCKER_HOST and relays the answer.
//   to the engine:   one line of JSON {argv, cwd, environment}
//   from the engine: lines `o<JSON text>` for stdout, `e<JSON text>` for stderr, `x<exit code>` at the end
const net = require('node:net')

/** What `docker version` says of the client; engine.ts puts its own words here. */
const client = JSON.parse('{"Version":"0"}')

const argv = process.argv.slice(2)
const host = process.env.DOCKER_HOST || 'unix:///var/run/docker.sock'
const [, name, port] = /^tcp:\/\/([^:/]+):(\d+)\/?$/.exec(host) ?? []

for (const [signal, exitCode] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }))
  process.on(signal, () => process.exit(exitCode))
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(1))

if (name === undefined) unreachable()
else relay(net.connect({ host: name, port: Number(port) }))

function relay(socket) {
  let isConnected = false
  let isDone = false
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('connect', () => {
    isConnected = true
    socket.write(`${JSON.stringify({ argv, cwd: process.cwd(), environment: namedVariables() })}\n`)
  })
  socket.on('data', text => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line[0], JSON.parse(line.slice(1)))
  })
  const take = (kind, value) => {
    if (kind === 'o') process.stdout.write(value)
    if (kind === 'e') process.stderr.write(value)
    if (kind !== 'x') return
    isDone = true
    process.exitCode = value
    socket.end()
  }
  socket.on('error', () => undefined)
  socket.on('close', () => {
    if (isDone) return
    if (!isConnected) return unreachable()
    process.stderr.write('error during connect: unexpected EOF\n')
    process.exitCode = 1
  })
}

/** The variables that the command line names without a value: `-e NAME`, `--env=NAME`, `--build-arg NAME`; and DOCKER_BUILDKIT. */
function namedVariables() {
  const named = argv.flatMap((word, index) => {
    if (['-e', '--env', '--build-arg'].includes(argv[index - 1] ?? '')) return [word]
    const match = /^(?:-e|--env=|--build-arg=)(.+)$/.exec(word)
    return match?.[1] === undefined ? [] : [match[1]]
  })
  const names = [...named, 'DOCKER_BUILDKIT'].filter(one => process.env[one] !== undefined)
  return Object.fromEntries(names.map(one => [one, process.env[one]]))
}

/** No engine answers: what the real CLI prints, command by command (measured, 28.2.2). */
function unreachable() {
  const text = `Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?\n`
  const [command, second] = argv
  const os = process.platform === 'win32' ? 'windows' : process.platform
  if (command === 'version') process.stdout.write(`${JSON.stringify({ Client: { ...client, Os: os }, Server: null })}\n`)
  if (command === 'info')
    process.stdout.write(
      `${JSON.stringify({ ID: '', Containers: 0, OSType: '', NCPU: 0, ServerErrors: [text.trim()], ClientInfo: { ...client, Os: os } })}\n`,
    )
  if (command === 'inspect' || (second === 'inspect' && command !== 'manifest')) process.stdout.write('[]\n')
  process.stderr.write(command === 'run' ? `docker: ${text}\nRun 'docker run --help' for more information\n` : text)
  process.exitCode = command === 'run' ? 125 : 1
}
