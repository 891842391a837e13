# Installs SHIR while the image is built. Environment (build arguments): INSTALLER_URL, MSI_SHA256, SHIR_VERSION.
# Every failure ends the build: a failed installation with msiexec's own exit code, anything else with 1.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
# Windows PowerShell spends more time on drawing a download's progress than on the download.
$ProgressPreference = 'SilentlyContinue'
. (Join-Path $PSScriptRoot 'log.ps1')
. (Join-Path $PSScriptRoot 'dmgcmd.ps1')

$Publisher = 'Microsoft Corporation'
$ShutdownSeconds = 60

function Stop-Build([string] $Message, [int] $ExitCode = 1) {
    $failure = New-Object System.InvalidOperationException $Message
    $failure.Data['exitCode'] = $ExitCode
    throw $failure
}

# The one installer in this folder, its path; '' when there is none.
function Find-Installer {
    $found = @(Get-ChildItem -LiteralPath $PSScriptRoot -File | Where-Object { $_.Name -like 'IntegrationRuntime*.msi' } | Sort-Object -Property Name)
    if ($found.Count -eq 0) { return '' }
    if ($found.Count -gt 1) { Stop-Build "Exactly one installer may lie in SHIR, but there are $($found.Count): $($found.Name -join ', ')." }
    Write-Log "Using the installer $($found[0].Name)."
    return $found[0].FullName
}

function Save-Installer {
    if ([string]::IsNullOrEmpty($Env:INSTALLER_URL)) { Stop-Build 'There is no installer in SHIR, and INSTALLER_URL names none.' }
    $path = Join-Path $PSScriptRoot 'IntegrationRuntime.download.msi'
    Write-Log 'There is no installer in SHIR: downloading it from INSTALLER_URL.'
    Invoke-WebRequest -Uri $Env:INSTALLER_URL -OutFile $path -UseBasicParsing
    return $path
}

# Requires Microsoft's signature. The subject is read one name a line: in one line, a quoted name could pretend to be another.
function Assert-Signature([string] $Path) {
    $signature = Get-AuthenticodeSignature -LiteralPath $Path
    if ($signature.Status -ne 'Valid') { Stop-Build "The downloaded installer has no valid signature: $($signature.Status). $($signature.StatusMessage)" }
    $subject = @($signature.SignerCertificate.SubjectName.Format($true) -split '\r?\n')
    if ($subject -cnotcontains "O=$Publisher") { Stop-Build "The downloaded installer is not signed by $($Publisher), but by: $($subject -join ' ')" }
    Write-Log "The installer is signed by $Publisher."
}

function Assert-Hash([string] $Path, [string] $Expected) {
    if ($Expected -notmatch '^[0-9A-Fa-f]{64}\z') { Stop-Build "MSI_SHA256 must be 64 hexadecimal digits, not '$Expected'." }
    $actual = (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash
    if ($actual -ne $Expected) { Stop-Build "The installer's SHA-256 is $actual, but MSI_SHA256 is $Expected." }
    Write-Log "The installer's SHA-256 is $actual, as asked."
}

# The lines of an msiexec log that tell why: errors, and what was done just before the action that failed.
function Get-TellingLine([string] $LogPath) {
    if (-not (Test-Path -LiteralPath $LogPath -PathType Leaf)) { return @('msiexec wrote no log.') }
    $lines = @(Get-Content -LiteralPath $LogPath)
    $telling = for ($i = 0; $i -lt $lines.Count; $i++) {
        $next = @($lines[$i..([Math]::Min($i + 3, $lines.Count - 1))])
        if ($lines[$i] -match '\bError \d{4}\b|-- Installation .*failed|MainEngineThread is returning' -or $next -match 'return value 3') { $lines[$i] }
    }
    return @($telling | Where-Object { $_ -and $_.Trim() } | Select-Object -Last 40)
}

# 3010 means installed, and that Windows would like a restart, which a container being built cannot have.
function Install-Shir([string] $Path, [string] $LogPath) {
    Write-Log 'Installing SHIR.'
    $arguments = @('/i', (Format-Argument $Path), '/qn', '/norestart', '/l*v', (Format-Argument $LogPath))
    $code = (Start-Process -FilePath msiexec.exe -ArgumentList $arguments -PassThru -Wait).ExitCode
    if ($code -ne 0 -and $code -ne 3010) {
        Get-TellingLine $LogPath | ForEach-Object { Write-Log "msiexec: $_" }
        Stop-Build "The installation of SHIR failed: msiexec ended with exit code $code." $code
    }
    Write-Log "msiexec ended with exit code $code."
}

# Microsoft's own update script reads the installed version from this library.
function Assert-Version([string] $Dmgcmd, [string] $Expected) {
    $library = Join-Path (Split-Path -Parent $Dmgcmd) 'Microsoft.DataTransfer.GatewayManagement.dll'
    $info = (Get-Item -LiteralPath $library).VersionInfo
    $actual = '{0}.{1}.{2}.{3}' -f $info.FileMajorPart, $info.FileMinorPart, $info.FileBuildPart, $info.FilePrivatePart
    if ($actual -ne $Expected) { Stop-Build "SHIR $actual was installed, but SHIR_VERSION is $Expected." }
    Write-Log "SHIR $actual is installed, as asked."
}

# Upstream's memberships: without them SHIR cannot read performance counters. A build goes on without one, but says so.
function Add-PerformanceUser([string] $User) {
    foreach ($group in 'Performance Monitor Users', 'Performance Log Users') {
        try {
            Add-LocalGroupMember -Group $group -Member $User
            Write-Log "$User is now in the group $group."
        }
        catch {
            if ($_.FullyQualifiedErrorId -like 'MemberExists*') { Write-Log "$User was in the group $group already." }
            else { Write-Log "WARNING: $User could not be added to the group $($group): $($_.Exception.Message)" }
        }
    }
}

function Set-RegistryValue([string] $Key, [string] $Name, [string] $Type, $Value) {
    if (-not (Test-Path -Path $Key)) { $null = New-Item -Path $Key }
    $null = New-ItemProperty -Path $Key -Name $Name -PropertyType $Type -Value $Value -Force
}

# Windows ends a container's processes and services 5 s after `docker stop`, whatever its --time says, unless the image says more.
function Set-ShutdownTime([int] $Seconds) {
    Set-RegistryValue 'HKLM:\SYSTEM\CurrentControlSet\Services\cexecsvc' 'ProcessShutdownTimeoutSeconds' 'DWord' $Seconds
    Set-RegistryValue 'HKLM:\SYSTEM\CurrentControlSet\Control' 'WaitToKillServiceTimeout' 'String' "$($Seconds * 1000)"
}

function Build-Image {
    $installer = Find-Installer
    if ($installer -eq '') {
        $installer = Save-Installer
        Assert-Signature $installer
    }
    if (-not [string]::IsNullOrEmpty($Env:MSI_SHA256)) { Assert-Hash $installer $Env:MSI_SHA256 }
    $log = Join-Path $PSScriptRoot 'install.log'
    Install-Shir $installer $log
    $dmgcmd = Find-Dmgcmd
    Write-Log "SHIR's command line is $dmgcmd."
    if (-not [string]::IsNullOrEmpty($Env:SHIR_VERSION)) { Assert-Version $dmgcmd $Env:SHIR_VERSION }
    Add-PerformanceUser 'User Manager\ContainerAdministrator'
    Add-PerformanceUser 'NT SERVICE\DIAHostService'
    Set-ShutdownTime $ShutdownSeconds
    Remove-Item -LiteralPath $installer
    Remove-Item -LiteralPath $log -ErrorAction SilentlyContinue
}

function Invoke-Main {
    try {
        Build-Image
        Write-Log 'SHIR is installed.'
        return 0
    }
    catch {
        Write-Log "ERROR: $($_.Exception.Message)"
        # Never 0: that would make a good image of a failed build.
        if ($_.Exception.Data['exitCode']) { return $_.Exception.Data['exitCode'] }
        return 1
    }
}

if ($MyInvocation.InvocationName -ne '.') { exit (Invoke-Main) }
