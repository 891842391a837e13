# What a container can be told by environment variables, besides the key: the step's contract, with its limits and its words
# (src/contract/inputs; a test holds the two together).

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$SettingRules = @(
    @{ Name = 'NODE_NAME'; Kind = 'text'; Default = ''; Pattern = '^[A-Za-z0-9][A-Za-z0-9_-]{0,149}\z'
       Allowed = '1 to 150 letters, digits, dashes and underscores, starting with a letter or digit' }
    @{ Name = 'ENABLE_HA'; Kind = 'flag'; Default = 'false'; Allowed = 'true or false' }
    @{ Name = 'HA_PORT'; Kind = 'whole'; Default = '8060'; Least = 1; Most = 65535; Allowed = 'a whole number from 1 to 65535' }
    @{ Name = 'ENABLE_AE'; Kind = 'flag'; Default = 'false'; Allowed = 'true or false' }
    @{ Name = 'AE_TIME'; Kind = 'whole'; Default = '600'; Least = 600; Most = 999999999
       Allowed = 'a whole number from 600 to 999999999 (seconds)' }
    @{ Name = 'TZ'; Kind = 'text'; Default = 'UTC'; Pattern = '^[A-Za-z0-9 ()+.:/_-]{1,64}\z'
       Allowed = 'a Windows time zone id such as W. Europe Standard Time' }
    @{ Name = 'LOCAL_FOLDERS'; Kind = 'flag'; Default = 'false'; Allowed = 'true or false' }
)

# A variable's text; an empty one counts as absent.
function Read-Variable([string] $Name) { return "$([Environment]::GetEnvironmentVariable($Name))".Trim() }

function Test-Allowed($Rule, [string] $Text) {
    switch ($Rule.Kind) {
        'flag' { return $Text -in 'true', 'false' }
        'whole' { return $Text -cmatch '^[0-9]{1,10}\z' -and [long] $Text -ge $Rule.Least -and [long] $Text -le $Rule.Most }
        default { return $Text -cmatch $Rule.Pattern }
    }
}

# What is wrong with a variable, as one sentence, or ''.
function Find-SettingFault($Rule, [string] $Text) {
    if ($Text -eq '') { return '' }
    if (Test-Secret $Text) { return "$($Rule.Name) holds an authentication key, which belongs to AUTH_KEY alone." }
    if (Test-Allowed $Rule $Text) { return '' }
    $shown = $Text
    if ($shown.Length -gt 80) { $shown = $shown.Substring(0, 80) + '...' }
    return "$($Rule.Name): `"$shown`" is not allowed; allowed is $($Rule.Allowed)."
}

# Every fault of the environment, a sentence each.
function Find-SettingFaults {
    return @($SettingRules | ForEach-Object { Find-SettingFault $_ (Read-Variable $_.Name) } | Where-Object { $_ -ne '' })
}

# The settings of an environment without faults. Read before anything else happens: what is wrong is told all at once.
function Read-Settings {
    $values = @{}
    foreach ($rule in $SettingRules) {
        $text = Read-Variable $rule.Name
        if ($text -eq '') { $text = $rule.Default }
        $values[$rule.Name] = $text
    }
    if ($values.NODE_NAME -eq '') { $values.NODE_NAME = $Env:COMPUTERNAME }
    return [pscustomobject]@{
        NodeName     = $values.NODE_NAME
        EnableHa     = $values.ENABLE_HA -eq 'true'
        HaPort       = [int] $values.HA_PORT
        EnableAe     = $values.ENABLE_AE -eq 'true'
        AeTime       = [int] $values.AE_TIME
        TimeZone     = $values.TZ
        LocalFolders = $values.LOCAL_FOLDERS -eq 'true'
    }
}

# What is allowed, and still worth a word.
function Get-SettingWarnings($Settings) {
    if ((Read-Variable 'AE_TIME') -ne '' -and -not $Settings.EnableAe) { 'AE_TIME has no effect without ENABLE_AE true.' }
    if ((Read-Variable 'HA_PORT') -ne '' -and -not $Settings.EnableHa) { 'HA_PORT has no effect without ENABLE_HA true.' }
    if ($Settings.EnableAe -and -not $Settings.EnableHa) {
        'ENABLE_AE without ENABLE_HA: Microsoft documents offline expiry only with high availability.'
    }
    $proxies = @([Environment]::GetEnvironmentVariables().Keys | Where-Object { $_ -match '^(?:https?|no|all)_proxy$' } | Sort-Object)
    foreach ($name in $proxies) {
        "$name is set: Microsoft does not support an HTTP proxy for SHIR in containers."
    }
}
