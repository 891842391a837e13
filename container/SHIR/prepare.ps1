# Prepares Windows while the image is built, before the installer comes into play: what is here is not done again for a new installer.
# Environment (build arguments): INSTALL_CERT, INSTALL_JDK, JDK_URL, JDK_SHA256. Every failure ends the build.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
foreach ($part in 'log', 'dmgcmd', 'package', 'certificates', 'jdk') { . (Join-Path $PSScriptRoot "parts/$part.ps1") }

$ShutdownSeconds = 60

# Windows ends a container's processes and services 5 s after `docker stop`, whatever its --time says, unless the image says more.
function Set-ShutdownTime([int] $Seconds) {
    Set-RegistryValue 'HKLM:\SYSTEM\CurrentControlSet\Services\cexecsvc' 'ProcessShutdownTimeoutSeconds' 'DWord' $Seconds
    Set-RegistryValue 'HKLM:\SYSTEM\CurrentControlSet\Control' 'WaitToKillServiceTimeout' 'String' "$($Seconds * 1000)"
}

function Initialize-Image {
    $hasCertificates = Read-BuildFlag 'INSTALL_CERT'
    $hasJdk = Read-BuildFlag 'INSTALL_JDK'
    Set-ShutdownTime $ShutdownSeconds
    # Certificates first: the JDK's address may need them.
    if ($hasCertificates) { Install-Certificates $PSScriptRoot }
    if ($hasJdk) { Install-Jdk "$Env:JDK_URL" "$Env:JDK_SHA256" }
    Write-Log 'Windows is prepared.'
}

if ($MyInvocation.InvocationName -ne '.') { exit (Invoke-Build { Initialize-Image }) }
