/** What any program needs to find its way on a machine, in upper case. None of it is a secret of ours. */
const names = new Set([
  // How programs are found, and where they may write.
  'PATH',
  'PATHEXT',
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'TEMP',
  'TMP',
  'TMPDIR',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
  'PROGRAMW6432',
  // Who runs them, and where their settings lie.
  'HOME',
  'HOMEDRIVE',
  'HOMEPATH',
  'USERPROFILE',
  'USERNAME',
  'USER',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'ALLUSERSPROFILE',
  'XDG_RUNTIME_DIR',
  'LANG',
  'LC_ALL',
  'TZ',
  // The network.
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  // The runners find what a job left running by these.
  'RUNNER_TRACKING_ID',
  'VSTS_PROCESS_LOOKUP_ID',
])

/** True for a variable that every program may see that we start, whatever its letter case: Windows has none, and proxies have both. */
export function isMachineVariable(name: string): boolean {
  return names.has(name.toUpperCase())
}

/** The variables of an environment that have a value and are `allowed`. */
export function onlyVariables(
  environment: Readonly<Record<string, string | undefined>>,
  allowed: (name: string) => boolean,
): Record<string, string> {
  const entries = Object.entries(environment).filter(([name]) => allowed(name))
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}
