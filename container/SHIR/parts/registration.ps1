# Registering a node: at most once where it cannot be told whether an attempt came through, since each one that does is a record of
# its own in the integration runtime.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

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

# Refused in so many words: such an attempt registered nothing.
$Refusals = @('invalid-key', 'registration-forbidden', 'node-limit', 'ae-mismatch')
# The service is asked for a token before it is asked to register: what fails there registered nothing either.
$TokenStage = 'Failed to get service token'

# Seconds between attempts that certainly registered nothing because the service could not be reached.
$RetrySeconds = @(10, 20, 40, 60, 60)
# A restart policy brings a container back at once. Whoever was refused waits, so that it does not hammer the service.
$RefusedSeconds = 300

# What an answer of dmgcmd.exe means: { Code; IsCertain }. Code '' is success; IsCertain: nothing was registered, for sure.
function Get-Outcome($Result) {
    $code = ''
    foreach ($failure in $FailureTexts) { if ($Result.Text -match $failure[1]) { $code = $failure[0]; break } }
    if ($code -eq '' -and ($Result.TimedOut -or $Result.ExitCode -ne 0)) { $code = 'registration-failed' }
    $isTokenStage = $code -eq 'service-unreachable' -and $Result.Text -match $TokenStage
    return [pscustomobject]@{ Code = $code; IsCertain = -not $Result.TimedOut -and ($code -in $Refusals -or $isTokenStage) }
}

function Get-RegistrationArguments([string] $Key, $Settings) {
    if ($Settings.EnableAe) { return @('-RegisterNewNode', $Key, $Settings.NodeName, "$($Settings.AeTime)") }
    return @('-RegisterNewNode', $Key, $Settings.NodeName)
}

# Registers the node, trying again only after attempts that certainly registered nothing.
function Register-Node([string] $Dmgcmd, $Key, $Settings) {
    $fault = Find-KeyFault $Key
    if ($null -ne $fault) { Stop-Setup $fault.Code $fault.Problem }
    if (-not (Test-UsualKey $Key.Value)) {
        Write-Log 'WARNING: AUTH_KEY does not look like the usual key; if the service refuses it, copy it again.'
    }
    $name = $Settings.NodeName
    foreach ($pause in $RetrySeconds + 0) {
        $outcome = Invoke-Registration $Dmgcmd $Key $Settings
        if ($outcome.Code -eq '') { Write-Log "The node $name is registered."; return }
        $why = "The node $name could not be registered ($($outcome.Code))"
        if (-not $outcome.IsCertain) {
            Stop-Setup $outcome.Code "$why; whether the service has a record of it all the same cannot be told from here." $RefusedSeconds
        }
        if ($outcome.Code -ne 'service-unreachable' -or $pause -eq 0) { Stop-Setup $outcome.Code "$why." $RefusedSeconds }
        Write-Log "The service was not reached, so nothing was registered: trying again in $pause s."
        Wait-Seconds $pause
    }
}

# One attempt. What is known of it is written down before and after, for a container that is killed meanwhile.
function Invoke-Registration([string] $Dmgcmd, $Key, $Settings) {
    Assert-Wanted
    $before = Get-Registration
    $hadFlag = Test-ShirRegistered
    Set-Registration 'asked'
    Write-Log "Registering the node $($Settings.NodeName)."
    try { $result = Invoke-Step $Dmgcmd (Get-RegistrationArguments $Key.Value $Settings) }
    catch { Set-Registration $before; throw } # it was not even started
    $outcome = Get-Outcome $result
    if ($outcome.Code -ne '' -and -not $hadFlag -and (Test-ShirRegistered)) {
        Write-Log 'WARNING: dmgcmd.exe reports a failure, but SHIR says that it is registered, which counts.'
        $outcome.Code = ''
    }
    if ($outcome.Code -eq '') { Set-Registration $(if ($before -eq 'none') { 'registered' } else { 'renewed' }) }
    elseif ($outcome.IsCertain) { Set-Registration $before }
    return $outcome
}
