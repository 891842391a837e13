import { StepError } from '../../contract/reasons.ts'

const downloadAgain =
  'Delete the file and download the installer again; where it was copied or cached, compare its size with the source’s.'

/** The refusal of a file that begins like an installer. `what` completes the sentence “The installer is damaged: …”. */
export function damaged(what: string): StepError {
  return new StepError('installer-not-msi', `The installer is damaged: ${what}.`, { hint: downloadAgain })
}

/** The refusal of a file that holds no bytes at all. */
export function empty(): StepError {
  return new StepError('installer-not-msi', 'The installer is an empty file.', { hint: downloadAgain })
}

/** The refusal of a sound compound file that lacks what every Windows Installer package has. `what` names the missing part. */
export function otherDocument(what: string): StepError {
  return new StepError(
    'installer-not-msi',
    `The installer is a compound file, but no Windows Installer package: it has no ${what}.`,
    {
      hint: 'Office documents and installer patches share this format; name the .msi file of the integration runtime.',
    },
  )
}

interface Likeness {
  readonly start: RegExp
  readonly name: string
  readonly hint: string
}

const pageHint =
  'A page was saved in place of the file: check that the address leads to the file itself, and that no proxy or sign-in page answers for it.'
const answerHint = 'A service’s answer was saved in place of the file: read it, it usually says what was refused.'
const fileHint = 'Name the .msi file of the integration runtime itself.'

/** What is found at byte 0 in place of an installer, most telling first. Text is matched without case and leading space. */
const likenesses: readonly Likeness[] = [
  { start: /^<(!doctype html|html|head|body|script|!--)/i, name: 'an HTML page', hint: pageHint },
  { start: /^</, name: 'an XML document', hint: answerHint },
  { start: /^[{[]/, name: 'a JSON document', hint: answerHint },
  {
    start: /^version https:\/\/git-lfs/,
    name: 'a Git LFS pointer',
    hint: 'Fetch the file itself: check out with LFS (`lfs: true`), or run `git lfs pull`.',
  },
  // Some downloaders reserve the file’s room first, and a crash leaves it as it was reserved.
  { start: /^\0+$/, name: 'an unfinished download, all zeros', hint: downloadAgain },
  { start: /^PK/, name: 'a ZIP archive', hint: fileHint },
  { start: /^MZ/, name: 'a Windows program', hint: fileHint },
  { start: /^MSCF/, name: 'a cabinet file', hint: fileHint },
]

/** The refusal of a file without the magic of a compound file; says what `start`, its first bytes, look like. */
export function notCompound(start: Buffer): StepError {
  const text = start
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  const likeness = likenesses.find(candidate => candidate.start.test(text))
  if (likeness === undefined) {
    return new StepError(
      'installer-not-msi',
      'The installer is not a Windows Installer package: its first bytes are another format’s.',
      {
        hint: fileHint,
      },
    )
  }
  return new StepError('installer-not-msi', `The installer is not a Windows Installer package: it looks like ${likeness.name}.`, {
    hint: likeness.hint,
  })
}
