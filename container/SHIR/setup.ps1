# The container's entry point: registers this node once, then watches over SHIR for as long as it runs.
#
# Environment: AUTH_KEY or AUTH_KEY_FILE (required until registered), and the variables of parts/settings.ps1.
#
# A failure prints why, then the line SHIR-EVENT {"code":"<code>"}, and ends the container with the code's own exit code: at once, or
# after five minutes where another start would ask the service again.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
foreach ($part in 'log', 'dmgcmd', 'key', 'settings', 'time-zone', 'service-environment', 'node', 'registration', 'supervision') {
    . (Join-Path $PSScriptRoot "parts/$part.ps1")
}

$ExitCodes = @{
    'internal'               = 1   # something unforeseen, SHIR missing from the image included
    'missing-key'            = 10  # a key is needed, and there is none
    'invalid-key'            = 11  # the key is malformed, or the service refused it
    'registration-forbidden' = 12  # another node has no remote access
    'node-limit'             = 13  # the integration runtime has four nodes
    'ae-mismatch'            = 14  # AE_TIME differs from that of the other nodes
    'service-unreachable'    = 15  # the service could not be reached
    'registration-failed'    = 16  # any other reason
    'invalid-input'          = 17  # a variable's value is not allowed
    'exited'                 = 20  # SHIR does not run, or stopped running
}

# Upstream's number: SHIR needs a while to apply remote access.
$RemoteAccessSeconds = 15
$StartSeconds = 60
$AgainSeconds = 60

# Everything that is wrong is told, then the container ends: nothing has been touched yet.
function Read-Environment {
    $faults = @(Find-SettingFaults)
    if ($faults.Count -gt 1) { Stop-Setup 'invalid-input' "$($faults.Count) variables are wrong: $($faults -join ' ')" }
    if ($faults.Count -eq 1) { Stop-Setup 'invalid-input' $faults[0] }
    $settings = Read-Settings
    # The computer's own name may be none that the service takes.
    $fault = Find-SettingFault ($SettingRules | Where-Object { $_.Name -eq 'NODE_NAME' }) $settings.NodeName
    if ($fault -ne '') { Stop-Setup 'invalid-input' $fault }
    foreach ($warning in @(Get-SettingWarnings $settings)) { Write-Log "WARNING: $warning" }
    return $settings
}

# Windows starts SHIR's service with the container, and dmgcmd.exe may call it a failure that it runs already: SHIR's process decides.
function Start-Shir([string] $Dmgcmd, [bool] $MustRestart) {
    Assert-Wanted
    $verb = if ($MustRestart -and (Test-ShirRunning)) { '-Restart' } else { '-Start' }
    $null = Invoke-Step $Dmgcmd @($verb)
    Wait-ShirRunning $StartSeconds 'SHIR could not be started.'
}

# Whether it was enabled.
function Enable-RemoteAccess([string] $Dmgcmd, [int] $Port) {
    Write-Log "Enabling remote access on port $Port for high availability."
    $outcome = Get-Outcome (Invoke-Step $Dmgcmd @('-EnableRemoteAccessInContainer', "$Port"))
    if ($outcome.Code -ne '') { return $false }
    Wait-Seconds $RemoteAccessSeconds
    return $true
}

# SHIR refuses folders of its own machine as data stores since 5.22, and restarts when it is told otherwise.
function Enable-LocalFolders([string] $Dmgcmd) {
    Write-Log 'Allowing access to folders of this container.'
    $result = Invoke-Step $Dmgcmd @('-DisableLocalFolderPathValidation')
    if ($result.ExitCode -ne 0) { Stop-Setup 'internal' 'Access to folders of this container could not be allowed.' }
    Wait-ShirRunning $StartSeconds 'SHIR did not come back after its restart.'
}

# In upstream's order: remote access before registration, since the first node of a set must have it when it registers.
function Start-NewNode([string] $Dmgcmd, $Key, $Settings, [bool] $MustRestart) {
    Start-Shir $Dmgcmd $MustRestart
    if ($Settings.LocalFolders) { Enable-LocalFolders $Dmgcmd }
    if ($Settings.EnableHa -and -not (Enable-RemoteAccess $Dmgcmd $Settings.HaPort)) {
        Stop-Setup 'registration-failed' 'Remote access could not be enabled, so the node was not registered.' $RefusedSeconds
    }
    Register-Node $Dmgcmd $Key $Settings
    Watch-Shir $Dmgcmd
}

# In upstream's order again. Windows may still be starting SHIR, so that remote access is tried once more after the start; a node that
# is registered runs without it rather than not at all.
function Start-Registered([string] $Dmgcmd, $Settings, [bool] $MustRestart) {
    $hasAccess = -not $Settings.EnableHa -or (Enable-RemoteAccess $Dmgcmd $Settings.HaPort)
    Start-Shir $Dmgcmd $MustRestart
    if ($hasAccess -or (Enable-RemoteAccess $Dmgcmd $Settings.HaPort)) { return }
    Write-Log 'WARNING: remote access could not be enabled: the other nodes cannot reach this one.'
}

# A container that registered before, in an earlier start.
function Restart-Node([string] $Dmgcmd, $Key, $Settings, [bool] $MustRestart) {
    Write-Log 'This container is registered already: starting its node again.'
    Start-Registered $Dmgcmd $Settings $MustRestart
    Watch-Shir $Dmgcmd {
        param($word)
        if (-not (Test-Forgotten $word $Dmgcmd $Key)) {
            Write-Log 'The node is not connected yet. Nothing proves that the service has forgotten it, so it is not registered again.'
            return $false
        }
        if ((Get-Registration) -eq 'renewed') {
            Write-Log 'The service no longer knows this node, which was registered again before and never connected: not once more.'
            return $true
        }
        Write-Log 'The service no longer knows this node: registering it again, once.'
        Register-Node $Dmgcmd $Key $Settings
        return $true
    }
}

# SHIR tells in three ways that its record is gone: it drops its own flag, it says so, or it has stopped trying to connect although the
# service can be reached. Any other word proves nothing, and a second registration could make a second record.
function Test-Forgotten([string] $Word, [string] $Dmgcmd, $Key) {
    if (-not (Test-ShirRegistered) -or $Word -in 'NotRegistered', 'NeedRegistration') { return $true }
    if ($Word -ne 'Disconnected' -or -not (Test-ServiceReachable $Key)) { return $false }
    Wait-Seconds $AgainSeconds # a network that has just come back
    return (Get-ConnectionWord $Dmgcmd) -eq 'Disconnected' -and (Test-ServiceReachable $Key)
}

# A container that was ended before its registration had an answer, or got none: the service may have a record of it.
function Resume-Node([string] $Dmgcmd, [bool] $MustRestart, $Settings) {
    Write-Log 'An earlier registration of this container got no answer: waiting whether its node connects.'
    Start-Registered $Dmgcmd $Settings $MustRestart
    Watch-Shir $Dmgcmd {
        $way = "Remove the node $($Settings.NodeName) from the integration runtime if it is there, and start a new container."
        Stop-Setup 'registration-failed' "An earlier registration got no answer, and the node does not connect. $way" $RefusedSeconds
    }
}

function Start-Node {
    Clear-StopMarker
    $key = Read-Key
    $settings = Read-Environment
    $registration = Get-Registration
    $fault = Find-KeyFault $key # before anything is touched
    if ($registration -eq 'none' -and $null -ne $fault) { Stop-Setup $fault.Code $fault.Problem }
    # Both reach SHIR's service only when it starts.
    $hasZone = Set-ContainerTimeZone $settings.TimeZone
    $hasVariables = Set-ServiceEnvironment
    $mustRestart = $hasZone -or $hasVariables
    $dmgcmd = Find-Dmgcmd
    switch ($registration) {
        'none' { Start-NewNode $dmgcmd $key $settings $mustRestart }
        'asked' { Resume-Node $dmgcmd $mustRestart $settings }
        default { Restart-Node $dmgcmd $key $settings $mustRestart }
    }
    Write-Log 'SHIR was asked to stop: this container ends.'
}

# Says why it ends, and returns the exit code.
function Stop-Container($Exception) {
    $code = [string] $Exception.Data['code']
    # Whatever went wrong while it was being stopped is no crash.
    if (Test-StopMarker) {
        Write-Log $Exception.Message
        Wait-StopScript
        return 0
    }
    if ($code -eq '') { $code = 'internal' }
    Write-Log "ERROR: $($Exception.Message)"
    Write-Host ('SHIR-EVENT {"code":"' + $code + '"}')
    $seconds = [int] $Exception.Data['wait']
    if ($seconds -eq 0) { return $ExitCodes[$code] }
    Write-Log "This container ends in $seconds s, so that a restart policy does not ask the service again at once."
    try { Wait-Seconds $seconds }
    catch { return Stop-Container $_.Exception }
    return $ExitCodes[$code]
}

function Invoke-Main {
    try {
        Start-Node
        return 0
    }
    catch { return Stop-Container $_.Exception }
}

if ($MyInvocation.InvocationName -ne '.') { exit (Invoke-Main) }
