import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { containerFolder } from './world.ts'

const text = readFileSync(join(containerFolder, 'Dockerfile'), 'utf8')
const page = readFileSync(join(containerFolder, '../docs/image.md'), 'utf8')

/** As the classic builder reads them: without comments, and with what a line's last `\` continues. */
const instructions = text
  .split('\n')
  .filter(line => !/^\s*(#|$)/.test(line))
  .join('\n')
  .replace(/\\\n\s*/g, '')
  .split('\n')
const of = (word: string) => instructions.filter(one => one.startsWith(`${word} `)).map(one => one.slice(word.length + 1))
const build = Object.fromEntries(of('ARG').map(one => [one.replace(/=.*/, ''), /=(.*)/.exec(one)?.[1]]))

const script = (name: string) => {
  const command = ['powershell', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', `C:/SHIR/${name}`]
  return JSON.stringify(command).replaceAll(',', ', ')
}

describe('the Dockerfile', () => {
  test('says this, from what seldom changes to the installer', () => {
    expect(instructions).toEqual([
      'ARG BASE_IMAGE=mcr.microsoft.com/windows/servercore:ltsc2022',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the Dockerfile's own syntax
      'FROM ${BASE_IMAGE}',
      'LABEL org.opencontainers.image.title="Self-Hosted Integration Runtime" org.opencontainers.image.description="A node of an Azure Data Factory or Synapse self-hosted integration runtime"',
      'COPY SHIR/parts C:/SHIR/parts/',
      'COPY SHIR/prepare.ps1 SHIR/*.[cC][eE][rR] C:/SHIR/',
      'ARG INSTALL_CERT=false',
      'ARG INSTALL_JDK=false',
      'ARG JDK_URL=https://aka.ms/download-jdk/microsoft-jdk-21.0.12.1-windows-x64.msi',
      'ARG JDK_SHA256=3A3F7E1A9FD9EDD1FCC0545FFBE7DC87787A8417DC1BF303E41C7A697C8490C1',
      `RUN ${script('prepare.ps1')}`,
      'COPY SHIR C:/SHIR/',
      'ARG INSTALLER_URL=https://go.microsoft.com/fwlink/?linkid=839822&clcid=0x409',
      'ARG MSI_SHA256=',
      'ARG SHIR_VERSION=',
      `RUN ${script('build.ps1')}`,
      'ENV SHIR_WINDOWS_CONTAINER_ENV=True',
      `HEALTHCHECK --start-period=120s --interval=30s --timeout=30s --retries=3 CMD ${script('health-check.ps1')}`,
      `ENTRYPOINT ${script('setup.ps1')}`,
    ])
  })

  test('is what every classic builder understands', () => {
    expect(text).not.toMatch(/<<|^\s*#\s*(syntax|escape|check)\s*=|--start-interval|\r/im)
    for (const one of instructions) expect(one).toMatch(/^(ARG|FROM|LABEL|COPY|ENV|ENTRYPOINT) [^-]|^RUN \["|^HEALTHCHECK --/)
    expect(text).toMatch(/^[\n\x20-\x7e]*\n$/)
  })

  test('a new installer pays for its own steps alone', () => {
    const prepare = instructions.findIndex(one => one.startsWith('RUN'))
    const everything = instructions.indexOf('COPY SHIR C:/SHIR/')
    const install = instructions.findLastIndex(one => one.startsWith('RUN'))
    const at = (argument: string) => instructions.findIndex(one => one.startsWith(`ARG ${argument}=`))
    // The installer may come with the copy of the whole folder; what describes it may change with it. Both come after the first RUN,
    // whose cache hangs on every argument that is declared before it.
    expect(prepare).toBeLessThan(everything)
    for (const argument of ['INSTALLER_URL', 'MSI_SHA256', 'SHIR_VERSION']) expect(at(argument)).toBeGreaterThan(everything)
    for (const argument of ['INSTALL_CERT', 'INSTALL_JDK', 'JDK_URL', 'JDK_SHA256']) expect(at(argument)).toBeLessThan(prepare)
    expect(instructions.slice(0, prepare).filter(one => /^(COPY|ADD)/.test(one))).toEqual([
      'COPY SHIR/parts C:/SHIR/parts/',
      'COPY SHIR/prepare.ps1 SHIR/*.[cC][eE][rR] C:/SHIR/',
    ])
    expect(instructions.slice(everything).filter(one => /^(COPY|ADD|RUN)/.test(one))).toHaveLength(2)
    expect(install).toBeGreaterThan(everything)
  })

  test('holds no secret, nor asks for one', () => {
    const names = [...of('ARG'), ...of('ENV'), ...of('LABEL').flatMap(one => one.match(/[\w.-]+(?==)/g) ?? [])]
    expect(names.filter(name => /key|token|secret|passw|credential|\bsas\b|auth/i.test(name.replace(/=.*/, '')))).toEqual([])
    expect(text).not.toMatch(/IR@|sig=|:\/\/[^/\s]*@/)
  })

  describe('and docs/image.md', () => {
    const section = page.slice(page.indexOf('\n## Build arguments\n')).split(/\n## /)[1] ?? ''
    const rows = section
      .split('\n')
      .filter(line => line.startsWith('| `'))
      .map(line => line.split('|').map(cell => cell.trim()))
    const documented = new Map(
      rows.flatMap(([, names = '', value = '']) => [...names.matchAll(/`(\w+)`/g)].map(([, name]) => [name, value] as const)),
    )

    test('tell the same build arguments', () => {
      expect([...documented.keys()].sort()).toEqual(Object.keys(build).sort())
    })

    test.each([...documented])('tell the same default of %s: %s', (name, value) => {
      const actual = build[name ?? '']
      if (value === 'none') expect(actual).toBe('')
      else if (name === 'INSTALLER_URL') expect(actual).toMatch(/^https:\/\/go\.microsoft\.com\/fwlink\/\?linkid=839822\b/)
      else if (name === 'JDK_SHA256') expect(actual).toMatch(/^[0-9A-F]{64}$/)
      else if (name === 'JDK_URL') expect(actual).toMatch(`-jdk-${value.replace('Microsoft’s OpenJDK ', '')}-windows-x64.msi`)
      else expect(`\`${actual}\``).toBe(value)
    })

    test('tell the same health check and variable', () => {
      const [check = ''] = of('HEALTHCHECK')
      expect(page).toContain(`\`HEALTHCHECK ${check.replace(/ CMD.*/, '')}\``)
      expect(of('ENV').map(one => page.includes(`\`${one}\``))).toEqual([true])
    })
  })
})
