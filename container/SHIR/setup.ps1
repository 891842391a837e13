# The container's entry point: registers this node once, then watches over SHIR for as long as it runs.
#
# Environment: AUTH_KEY (required until registered), NODE_NAME (the computer's name), ENABLE_HA (false), HA_PORT (8060),
# ENABLE_AE (false), AE_TIME (600 seconds, and no less), TZ (the Id of a Windows time zone).
#
# A failure ends the container at once: a line that says why, the line SHIR-EVENT {"code":"<code>"}, and an exit code.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'log.ps1')
. (Join-Path $PSScriptRoot 'dmgcmd.ps1')

$ExitCodes = @{
    'internal'               = 1   # something unforeseen, SHIR missing from the image included
    'missing-key'            = 10  # AUTH_KEY is not set
    'invalid-key'            = 11  # the key is malformed, or the service refused it
    'registration-forbidden' = 12  # another node has no remote access
    'node-limit'             = 13  # the integration runtime has four nodes
    'ae-mismatch'            = 14  # AE_TIME differs from that of the other nodes
    'service-unreachable'    = 15  # the service could not be reached
    'registration-failed'    = 16  # any other reason
    'invalid-input'          = 17  # a variable's value is not allowed
    'exited'                 = 20  # SHIR does not run, or stopped running
}

# What dmgcmd.exe says when a registration fails; the first that matches counts. "Failed to get service token" opens the message
# of a refused key and that of a broken connection alike, so it stands after both.
$FailureTexts = @(
    @('service-unreachable', 'Client IP address is not valid private ip'),
    @('invalid-key', 'InvalidGatewayKey'),
    @('registration-forbidden', 'Registration of new node is forbidden'),
    @('ae-mismatch', 'error ?code( is)?\W{0,3}1847\b'),
    @('node-limit', 'error ?code( is)?\W{0,3}1500\b'),
    @('service-unreachable', 'remote name could not be resolved|No such host is known|Unable to connect to the remote server'),
    @('service-unreachable', 'connection attempt failed|actively refused|underlying connection was closed|operation has timed out'),
    @('service-unreachable', 'Could not establish (a )?(trust relationship|secure channel)|Proxy Authentication Required'),
    @('invalid-key', 'Failed to get service token from ADF service with key'),
    @('registration-failed', 'error ?code( is)?:\s*[^0\s]')
)

# Upstream's numbers: a look at SHIR a minute, five misses in a row allowed, and time for SHIR to apply remote access.
$CheckSeconds = 60
$AllowedMisses = 5
$RemoteAccessSeconds = 15

function Stop-Setup([string] $Code, [string] $Message) {
    $failure = New-Object System.InvalidOperationException $Message
    $failure.Data['code'] = $Code
    throw $failure
}

function Read-Setting([string] $Name, [string] $Default) {
    $value = [Environment]::GetEnvironmentVariable($Name)
    if ([string]::IsNullOrEmpty($value)) { return $Default }
    return $value
}

function Read-Flag([string] $Name) {
    $value = Read-Setting $Name 'false'
    if ($value -notin 'true', 'false') { Stop-Setup 'invalid-input' "$Name must be true or false, not '$value'." }
    return $value -eq 'true'
}

function Read-WholeNumber([string] $Name, [int] $Default, [int] $Least, [int] $Most) {
    $value = Read-Setting $Name "$Default"
    if ($value -notmatch '^[0-9]{1,9}\z' -or [int] $value -lt $Least -or [int] $value -gt $Most) {
        Stop-Setup 'invalid-input' "$Name must be a whole number from $Least to $Most, not '$value'."
    }
    return [int] $value
}

# Takes the key out of the environment, so that no child inherits it, and out of everything that is printed from now on.
function Read-Key {
    $key = Read-Setting 'AUTH_KEY' ''
    Remove-Item -Path Env:AUTH_KEY -ErrorAction SilentlyContinue
    if ($key -ne '') { Add-Secret $key }
    return $key
}

function Read-Settings {
    $settings = [pscustomobject]@{
        NodeName = Read-Setting 'NODE_NAME' $Env:COMPUTERNAME
        EnableHa = Read-Flag 'ENABLE_HA'
        HaPort   = Read-WholeNumber 'HA_PORT' 8060 1 65535
        EnableAe = Read-Flag 'ENABLE_AE'
        AeTime   = Read-WholeNumber 'AE_TIME' 600 600 999999999
        TimeZone = Read-Setting 'TZ' ''
    }
    # The service's own rule for node names.
    if ($settings.NodeName -notmatch '^[A-Za-z0-9][A-Za-z0-9_-]{0,149}\z') {
        Stop-Setup 'invalid-input' "NODE_NAME must be 1 to 150 letters, digits, '-' and '_', starting with a letter or digit, not '$($settings.NodeName)'."
    }
    if ($settings.EnableAe -and -not $settings.EnableHa) {
        Write-Log 'WARNING: ENABLE_AE is documented to work only together with ENABLE_HA=true.'
    }
    return $settings
}

# Refuses what cannot be a key. Quotes are the usual slip: docker's --env-file keeps them.
function Assert-Key([string] $Key) {
    if ($Key -eq '') { Stop-Setup 'missing-key' 'AUTH_KEY is missing: a node that is not yet registered needs an authentication key of its integration runtime.' }
    if ($Key -notmatch '^IR@[^\s"'']+\z') {
        Stop-Setup 'invalid-key' "AUTH_KEY is no authentication key: it must start with IR@ and hold no blanks, line breaks or quotes."
    }
}

# As upstream means it, a time zone that cannot be set is told, and keeps no node from running.
function Set-ContainerTimeZone([string] $Id) {
    if ($Id -eq '') { return }
    try {
        Set-TimeZone -Id $Id
        Write-Log "Time zone: $Id"
    }
    catch {
        Write-Log "WARNING: the time zone '$Id' was not applied: $($_.Exception.Message) TZ takes an Id that Get-TimeZone -ListAvailable prints, such as 'W. Europe Standard Time', and no IANA name."
    }
}

function Test-Registered { return (Get-RegistryValue $script:ConfigurationKey 'HaveRun') -eq 'Mdw' }

function Test-ShirRunning { return $null -ne (Get-Process -Name diahost -ErrorAction SilentlyContinue) }

# Runs dmgcmd.exe, prints what it says, and returns the reason code of its failure, or '' when there is none.
function Invoke-Step([string] $Dmgcmd, [string[]] $Arguments) {
    $result = Invoke-Dmgcmd $Dmgcmd $Arguments
    foreach ($line in Split-Line $result.Text) { Write-Log "dmgcmd: $line" }
    if ($result.TimedOut) { $end = 'gave no answer and was ended' } else { $end = "ended with exit code $($result.ExitCode)" }
    Write-Log "dmgcmd $($Arguments[0]) $end."
    foreach ($failure in $FailureTexts) { if ($result.Text -match $failure[1]) { return $failure[0] } }
    if ($result.TimedOut -or $result.ExitCode -ne 0) { return 'registration-failed' }
    return ''
}

# The Windows service starts with the container, and dmgcmd.exe may call it a failure that it runs already: SHIR's process decides.
function Start-Shir([string] $Dmgcmd) {
    $failure = Invoke-Step $Dmgcmd @('-Start')
    if ($failure -ne '' -and -not (Test-ShirRunning)) { Stop-Setup 'exited' 'SHIR could not be started.' }
}

function Enable-RemoteAccess([string] $Dmgcmd, [int] $Port) {
    Write-Log "Enabling remote access on port $Port for high availability."
    $failure = Invoke-Step $Dmgcmd @('-EnableRemoteAccessInContainer', "$Port")
    if ($failure -ne '') { Stop-Setup $failure 'Remote access could not be enabled.' }
    Start-Sleep -Seconds $RemoteAccessSeconds
}

function Register-Node([string] $Dmgcmd, [string] $Key, $Settings) {
    $arguments = @('-RegisterNewNode', $Key, $Settings.NodeName)
    if ($Settings.EnableAe) { $arguments += "$($Settings.AeTime)" }
    Write-Log "Registering the node $($Settings.NodeName)."
    $failure = Invoke-Step $Dmgcmd $arguments
    if ($failure -ne '') { Stop-Setup $failure "The node $($Settings.NodeName) could not be registered." }
    Write-Log "The node $($Settings.NodeName) is registered."
}

# In upstream's order: remote access before registration, since the first node of a set must have it when it registers.
function Start-Node {
    $key = Read-Key
    $registered = Test-Registered
    if (-not $registered) { Assert-Key $key }
    $settings = Read-Settings
    Set-ContainerTimeZone $settings.TimeZone
    $dmgcmd = Find-Dmgcmd
    if ($registered) {
        Write-Log 'This container is registered already: starting its node again.'
        if ($settings.EnableHa) { Enable-RemoteAccess $dmgcmd $settings.HaPort }
        Start-Shir $dmgcmd
        return
    }
    Start-Shir $dmgcmd
    if ($settings.EnableHa) { Enable-RemoteAccess $dmgcmd $settings.HaPort }
    Register-Node $dmgcmd $key $settings
}

function Watch-Shir {
    $misses = 0
    while ($misses -le $AllowedMisses) {
        Start-Sleep -Seconds $CheckSeconds
        if (Test-ShirRunning) { $misses = 0; continue }
        $misses += 1
        Write-Log "diahost.exe is not running: miss $misses, and $AllowedMisses in a row are allowed."
    }
    Stop-Setup 'exited' 'SHIR stopped running and did not come back.'
}

function Invoke-Main {
    try {
        Start-Node
        Watch-Shir
    }
    catch {
        $code = [string] $_.Exception.Data['code']
        if ($code -eq '') { $code = 'internal' }
        Write-Log "ERROR: $($_.Exception.Message)"
        Write-Host ('SHIR-EVENT {"code":"' + $code + '"}')
        return $ExitCodes[$code]
    }
}

if ($MyInvocation.InvocationName -ne '.') { exit (Invoke-Main) }
