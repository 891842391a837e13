# Ends the node from outside: docker exec CONTAINER powershell -File C:/SHIR/stop.ps1. SHIR takes its leave from the service, and the
# container's entry point then ends with exit code 0. Exit code 0 when SHIR has ended. A restart policy other than "no" starts the
# container again: switch it off first.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
foreach ($part in 'log', 'dmgcmd', 'key', 'node') { . (Join-Path $PSScriptRoot "parts/$part.ps1") }

# Less than the minute that `docker stop -t 60` and the image's registry give.
$AllSeconds = 55
$CommandSeconds = 40
$EndSeconds = 5

# Whether SHIR has ended. Asked again while there is time: an entry point that was just about to start SHIR does so once more.
function Stop-Shir([string] $Dmgcmd) {
    $until = (Get-Now).AddSeconds($AllSeconds)
    do {
        $null = Invoke-Step $Dmgcmd @('-Stop') $CommandSeconds
        if (Wait-ShirGone $EndSeconds) { return $true }
        $left = ($until - (Get-Now)).TotalSeconds - $EndSeconds
        $CommandSeconds = [int] [Math]::Min($CommandSeconds, $left)
    } while ($left -ge $EndSeconds)
    return $false
}

function Invoke-Main {
    try {
        $null = Read-Key
        Set-Marker $StopMarker
        $hasEnded = Stop-Shir (Find-Dmgcmd)
        if ($hasEnded) { Write-Log 'SHIR has stopped.' } else { Write-Log 'ERROR: SHIR still runs.' }
        return [int] (-not $hasEnded)
    }
    catch {
        Write-Log "ERROR: $($_.Exception.Message)"
        return 1
    }
    finally { Set-Marker $StoppedMarker }
}

if ($MyInvocation.InvocationName -ne '.') { exit (Invoke-Main) }
