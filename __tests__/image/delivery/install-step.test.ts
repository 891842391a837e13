import { readFileSync } from 'node:fs'
import path from 'node:path'
import { installStep } from '../../../src/image/delivery/install-step.ts'

test.each<[string, readonly string[], number | undefined]>([
  ['no declaration', ['FROM a', 'RUN curl $INSTALLER_URL'], undefined],
  ['a declaration and no RUN', ['FROM a', 'ARG INSTALLER_URL', 'COPY a b'], undefined],
  ['the first RUN after it', ['FROM a', 'RUN x', 'ARG INSTALLER_URL', 'RUN y', 'RUN z'], 4],
  ['the first RUN after the last one', ['FROM a', 'ARG INSTALLER_URL', 'RUN x', 'ARG INSTALLER_URL=b', 'RUN y'], 5],
  ['a RUN that names it, before others that do not', ['FROM a', 'ARG INSTALLER_URL', 'RUN jdk', 'RUN wget $INSTALLER_URL'], 4],
  ['another argument’s name that holds it', ['FROM a', 'ARG INSTALLER_URL', 'RUN a', 'RUN $MY_INSTALLER_URLS'], 3],
  ['declarations of others', ['FROM a', 'ARG MY_INSTALLER_URL', 'ARG INSTALLER_URLS', 'RUN a'], undefined],
  ['several in one ARG', ['FROM a', 'ARG A=1 INSTALLER_URL=b C', 'RUN a'], 3],
  ['one before the first FROM alone, which no stage sees', ['ARG INSTALLER_URL', 'FROM a', 'RUN a $INSTALLER_URL'], undefined],
  ['a later stage that does not declare it', ['FROM a', 'ARG INSTALLER_URL', 'RUN a', 'FROM b', 'RUN b $INSTALLER_URL'], 3],
  ['a later stage alone', ['FROM a', 'RUN a', 'FROM b', 'ARG INSTALLER_URL', 'RUN b'], 5],
  ['an ADD by the engine', ['FROM a', 'ARG INSTALLER_URL', 'ADD b c', 'ADD $INSTALLER_URL d', 'RUN e'], 4],
  [
    'continued lines and comments, which are no steps',
    ['# c', '', 'FROM a', 'arg INSTALLER_URL', 'LABEL \\', '# d', ' a=b', 'run c'],
    4,
  ],
])('%s', (_, lines, step) => expect(installStep(lines.join('\n'))).toBe(step))

test('the built-in Dockerfile’s is the one that runs build.ps1', () => {
  const text = readFileSync(path.resolve('container/Dockerfile'), 'utf8')
  const steps = text
    .replace(/^#.*\n|^\n/gm, '')
    .replace(/\\\n/g, '')
    .trim()
    .split('\n')
  expect(steps[(installStep(text) ?? 0) - 1]).toContain('build.ps1')
})
