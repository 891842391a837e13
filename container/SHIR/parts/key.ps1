# The authentication key: AUTH_KEY, or the file that AUTH_KEY_FILE names.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Takes the key out of the environment, so that no child inherits it, and out of everything that is printed from now on.
# Returns { Value; Code; Problem }: with a problem there is no value, which matters only where a key is needed.
function Read-Key {
    $value = "$Env:AUTH_KEY".Trim()
    $file = "$Env:AUTH_KEY_FILE".Trim()
    foreach ($name in 'AUTH_KEY', 'AUTH_KEY_FILE') { Remove-Item -Path "Env:$name" -ErrorAction SilentlyContinue }
    if ($value -ne '') { Add-Secret $value }
    if ($file -eq '') { return New-Key $value }
    if ($value -ne '') { return New-Key '' 'invalid-input' 'AUTH_KEY and AUTH_KEY_FILE exclude each other; give one.' }
    if (Test-Secret $file) {
        Add-Secret $file
        return New-Key '' 'invalid-input' 'AUTH_KEY_FILE holds an authentication key; it takes the path of a file.'
    }
    try { $value = [System.IO.File]::ReadAllText($file).Trim() }
    catch { return New-Key '' 'missing-key' "AUTH_KEY_FILE: $file could not be read: $($_.Exception.GetBaseException().Message)" }
    if ($value -eq '') { return New-Key '' 'missing-key' "AUTH_KEY_FILE: $file is empty." }
    Add-Secret $value
    return New-Key $value
}

function New-Key([string] $Value, [string] $Code = '', [string] $Problem = '') {
    return [pscustomobject]@{ Value = $Value; Code = $Code; Problem = $Problem }
}

# What is wrong with a key, as { Code; Problem }, or $null. Only what can never be a key is refused, as the step does: the service
# alone knows its exact grammar.
function Find-KeyFault($Key) {
    if ($Key.Problem -ne '') { return $Key }
    if ($Key.Value -eq '') {
        return New-Key '' 'missing-key' 'AUTH_KEY is missing: a node that is not registered needs the key of its integration runtime.'
    }
    $why = ''
    if ($Key.Value -cmatch '[\r\n]') { $why = 'it holds a line break' }
    elseif ($Key.Value -cmatch '["''`]') { $why = 'it holds a quote' }
    elseif ($Key.Value -cmatch '[\s\p{Cc}]') { $why = 'it holds white space' }
    elseif ($Key.Value -cnotmatch '^IR@[^@]+@[^@]+@[^@]+@[^@]+\z') { $why = 'it has not the five parts IR@...@...@...@... of a key' }
    if ($why -eq '') { return $null }
    $allowed = 'the key as the portal shows it, on one line and without quotes'
    return New-Key '' 'invalid-key' "AUTH_KEY: what was given is not allowed ($why); allowed is $allowed."
}

# The forms that Microsoft publishes; others may exist.
function Test-UsualKey([string] $Value) {
    return $Value -match '^IR@[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[^@\s]+@(?:ServiceEndpoint=)?[A-Za-z0-9.-]+@[A-Za-z0-9+/]{42,}={0,2}\z'
}
