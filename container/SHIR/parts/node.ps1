# The node in this container: SHIR's process, its connection, and what this container knows of its own registration.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Lies in the container's layer, so that it outlives a restart of the container.
$StateFolder = Join-Path $Env:ProgramData 'shir-container'
# Left by stop.ps1: while it is at work, and when it is done. Their being there says it all, since nobody can read a file on Windows
# while another writes it.
$StopMarker = Join-Path $StateFolder 'stop'
$StoppedMarker = Join-Path $StateFolder 'stopped'
$RegistrationFile = Join-Path $StateFolder 'registration'
# How long stop.ps1 may take.
$StopScriptSeconds = 60

# Ends the container with the exit code of a reason code, unless `stop.ps1` ended it: then with 0.
function Stop-Setup([string] $Code, [string] $Message, [int] $WaitSeconds = 0) {
    $failure = New-Object System.InvalidOperationException $Message
    $failure.Data['code'] = $Code
    $failure.Data['wait'] = $WaitSeconds
    throw $failure
}

function Test-ShirRunning { return $null -ne (Get-Process -Name diahost -ErrorAction SilentlyContinue) }

# Whether SHIR's process is gone in time.
function Wait-ShirGone([int] $Seconds) {
    $until = (Get-Now).AddSeconds($Seconds)
    while (Test-ShirRunning) {
        if ((Get-Now) -ge $until) { return $false }
        Start-Sleep -Seconds 1
    }
    return $true
}

# Waits for SHIR's process, and ends the container where it does not come.
function Wait-ShirRunning([int] $Seconds, [string] $Otherwise) {
    $until = (Get-Now).AddSeconds($Seconds)
    while (-not (Test-ShirRunning)) {
        Assert-Wanted
        if ((Get-Now) -ge $until) { Stop-Setup 'exited' $Otherwise }
        Start-Sleep -Seconds 1
    }
}

# Whether the service of a key of the usual form answers on its port.
function Test-ServiceReachable($Key) {
    if ($Key.Value -notmatch '@ServiceEndpoint=([A-Za-z0-9.-]+)@[^@]*$') { return $false }
    return Test-NetConnection -ComputerName $Matches[1] -Port 443 -InformationLevel Quiet -WarningAction SilentlyContinue
}

# Runs dmgcmd.exe, prints what it says, and returns its answer.
function Invoke-Step([string] $Dmgcmd, [string[]] $Arguments, [int] $TimeoutSeconds = 300) {
    $result = Invoke-Dmgcmd $Dmgcmd $Arguments $TimeoutSeconds
    foreach ($line in Split-Line $result.Text) { Write-Log "dmgcmd: $line" }
    if ($result.TimedOut) { $end = 'gave no answer and was ended' } else { $end = "ended with exit code $($result.ExitCode)" }
    Write-Log "dmgcmd $($Arguments[0]) $end."
    return $result
}

# SHIR's own word for its connection, such as Connected or Connecting; '' where it gives none. A quick question, for a loop: that it
# could not be asked says nothing about the node.
function Get-ConnectionWord([string] $Dmgcmd) {
    if (-not (Test-ShirRunning)) { return '' }
    try { $result = Invoke-Dmgcmd $Dmgcmd @('-cgc') -TimeoutSeconds 20 } catch { return '' }
    if ($result.TimedOut) { return '' }
    $lines = @(Split-Line $result.Text)
    if ($lines -contains 'Connected') { return 'Connected' }
    $words = @($lines | Where-Object { $_ -cmatch '^[A-Za-z]{1,40}\z' })
    if ($words.Count -gt 0) { return $words[-1] }
    return ''
}

# ---- what stop.ps1 asks for ----

# Markers of an earlier start of the container. One that came while this start got under way is meant for it.
function Clear-StopMarker {
    $began = [System.Diagnostics.Process]::GetCurrentProcess().StartTime.ToUniversalTime()
    foreach ($marker in $StopMarker, $StoppedMarker) {
        if ([System.IO.File]::GetLastWriteTimeUtc($marker) -lt $began) { Remove-Item -LiteralPath $marker -Force -ErrorAction SilentlyContinue }
    }
}

function Test-StopMarker { return Test-Path -LiteralPath $StopMarker -PathType Leaf }

function Set-Marker([string] $Path) {
    $null = New-Item -ItemType Directory -Path $StateFolder -Force
    $null = New-Item -ItemType File -Path $Path -Force
}

# The container ends with its entry point, and Windows ends whatever else runs in it: stop.ps1 must have told how it went.
function Wait-StopScript {
    $until = (Get-Now).AddSeconds($StopScriptSeconds)
    while ((Get-Now) -lt $until -and -not (Test-Path -LiteralPath $StoppedMarker -PathType Leaf)) { Start-Sleep -Seconds 1 }
    Start-Sleep -Seconds 2
}

# Ends the container where it was asked to stop: nothing may be started any more.
function Assert-Wanted { if (Test-StopMarker) { Stop-Setup 'stopped' 'This container was asked to stop.' } }

# Sleeps, and ends the container at once when it is asked to stop meanwhile.
function Wait-Seconds([int] $Seconds) {
    $until = (Get-Now).AddSeconds($Seconds)
    while ($true) {
        Assert-Wanted
        $left = ($until - (Get-Now)).TotalSeconds
        if ($left -le 0) { return }
        Start-Sleep -Seconds ([int] [Math]::Ceiling([Math]::Min($left, 5)))
    }
}

# ---- what this container knows of its registration ----

# 'none', 'asked' (an attempt whose outcome is not known: the service may have a node of ours), 'registered', or 'renewed' (registered
# again after its record was lost, and not connected since). SHIR's own flag counts where we wrote nothing: upstream's scripts write
# nothing.
function Get-Registration {
    if (Test-Path -LiteralPath $RegistrationFile -PathType Leaf) {
        $state = [System.IO.File]::ReadAllText($RegistrationFile)
        # A container that was ended while it wrote leaves an empty file.
        if ($state -in 'registered', 'renewed') { return $state }
        return 'asked'
    }
    if (Test-ShirRegistered) { return 'registered' }
    return 'none'
}

function Set-Registration([string] $State) {
    if ($State -eq 'none') { Remove-Item -LiteralPath $RegistrationFile -Force -ErrorAction SilentlyContinue; return }
    $null = New-Item -ItemType Directory -Path $StateFolder -Force
    [System.IO.File]::WriteAllText($RegistrationFile, $State)
}

# SHIR's own flag, the one that upstream goes by.
function Test-ShirRegistered { return (Get-RegistryValue $script:ConfigurationKey 'HaveRun') -eq 'Mdw' }
