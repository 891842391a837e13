# Watching over a node for as long as it runs. Only changes are logged.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# How often SHIR's process is looked for.
$LookSeconds = 5
# How often its connection is asked about: while there is none, and while there is one.
$AskSeconds = 15
$AskAgainSeconds = 60
# How long its process may be missing: SHIR restarts itself now and then.
$MissingSeconds = 180
# How long a node may be without a connection, after the start of its container, before somebody asks why.
$SilentSeconds = 300

# Returns when the container was asked to stop; fails when SHIR is gone for good. $WhenSilent, where one is given, is called with
# SHIR's word every five minutes until the node is connected for the first time, or until it returns $true.
function Watch-Shir([string] $Dmgcmd, [scriptblock] $WhenSilent = $null) {
    $watch = [pscustomobject]@{ Word = ''; MissingSince = $null; SilentSince = Get-Now; AskAt = Get-Now; WhenSilent = $WhenSilent }
    try {
        while (-not (Test-StopMarker)) {
            Watch-Process $watch
            if ((Get-Now) -ge $watch.AskAt) { Watch-Connection $watch $Dmgcmd }
            Start-Sleep -Seconds $LookSeconds
        }
        Wait-StopScript
    }
    finally {
        # Best effort: on `docker stop` Windows gives this process seconds, if it comes here at all. stop.ps1 is the sure way.
        if (Test-ShirRunning) { try { $null = Invoke-Dmgcmd $Dmgcmd @('-Stop') -TimeoutSeconds 10 } catch { Write-Log "$_" } }
    }
}

function Watch-Process($Watch) {
    $now = Get-Now
    if (Test-ShirRunning) {
        if ($null -ne $Watch.MissingSince) { Write-Log 'SHIR runs again.' }
        $Watch.MissingSince = $null
        return
    }
    if ($null -eq $Watch.MissingSince) {
        $Watch.MissingSince = $now
        Write-Log "SHIR does not run: diahost.exe has $MissingSeconds s to come back."
    }
    if (($now - $Watch.MissingSince).TotalSeconds -ge $MissingSeconds) { Stop-Setup 'exited' 'SHIR stopped running and did not come back.' }
}

function Watch-Connection($Watch, [string] $Dmgcmd) {
    $word = Get-ConnectionWord $Dmgcmd
    if ($word -ne $Watch.Word) { Write-Log "Connection: $(if ($word -eq '') { 'no answer' } else { $word })" }
    $Watch.Word = $word
    if ($word -eq 'Connected') {
        $Watch.WhenSilent = $null
        # A connection proves a registration, whether its answer was lost or it was made anew.
        if ((Get-Registration) -ne 'registered') { Set-Registration 'registered' }
    }
    if ($null -ne $Watch.WhenSilent -and ((Get-Now) - $Watch.SilentSince).TotalSeconds -ge $SilentSeconds) {
        if (& $Watch.WhenSilent $word) { $Watch.WhenSilent = $null }
        $Watch.SilentSince = Get-Now
    }
    $pause = if ($word -eq 'Connected') { $AskAgainSeconds } else { $AskSeconds }
    $Watch.AskAt = (Get-Now).AddSeconds($pause)
}
