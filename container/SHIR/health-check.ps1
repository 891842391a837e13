# The container's health check: prints SHIR's own word for its connection; exit code 0 only when that word is "Connected".

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
foreach ($part in 'log', 'dmgcmd', 'key') { . (Join-Path $PSScriptRoot "parts/$part.ps1") }

# Shorter than Docker's limit of 30 s, so that a check that hangs still says so.
$LimitSeconds = 20

function Invoke-Main {
    try {
        # A probe is started with the container's own environment, the key included; dmgcmd.exe does not need it.
        $null = Read-Key
        $result = Invoke-Dmgcmd (Find-Dmgcmd) @('-cgc') -TimeoutSeconds $LimitSeconds
        $lines = @(Split-Line $result.Text)
        foreach ($line in $lines) { Write-Host (Hide-Secret $line) }
        if ($result.TimedOut) {
            Write-Host "dmgcmd -cgc gave no answer within $LimitSeconds seconds."
            return 1
        }
        if ($lines -contains 'Connected') { return 0 }
        if ($lines.Count -eq 0) { Write-Host "dmgcmd -cgc said nothing and ended with exit code $($result.ExitCode)." }
        return 1
    }
    catch {
        Write-Host (Hide-Secret "The health check failed: $($_.Exception.Message)")
        return 1
    }
}

if ($MyInvocation.InvocationName -ne '.') { exit (Invoke-Main) }
