/** The installer in `installer/`. Nobody has signed it: its hash is what proves it to the step. */
export const rehearsedInstaller = {
  version: '5.70.9748.2',
  sha256: 'ee48fd6349f2b50b5dbc634c8fbabb0fd8db7aaa73f6e8a783fbb32f6672421a',
} as const
