# Installs SHIR while the image is built. Environment (build arguments): INSTALLER_URL, MSI_SHA256, SHIR_VERSION.
# Every failure ends the build: a failed installation with msiexec's own exit code, anything else with 1.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
foreach ($part in 'log', 'dmgcmd', 'package') { . (Join-Path $PSScriptRoot "parts/$part.ps1") }

# The one installer in this folder, its path; '' when there is none.
function Find-Installer {
    $found = @(Get-ChildItem -LiteralPath $PSScriptRoot -File | Where-Object { $_.Name -like 'IntegrationRuntime*.msi' })
    if ($found.Count -eq 0) { return '' }
    $names = @($found.Name | Sort-Object) -join ', '
    if ($found.Count -gt 1) { Stop-Build "Exactly one installer may lie in SHIR, but there are $($found.Count): $names." }
    Write-Log "Using the installer $($found[0].Name)."
    return $found[0].FullName
}

function Save-Installer {
    if ([string]::IsNullOrEmpty($Env:INSTALLER_URL)) { Stop-Build 'There is no installer in SHIR, and INSTALLER_URL names none.' }
    if ($Env:INSTALLER_URL -notmatch '^https:' -and [string]::IsNullOrEmpty($Env:MSI_SHA256)) {
        Stop-Build 'INSTALLER_URL is not https: MSI_SHA256 must say what the installer is.'
    }
    $path = Join-Path $PSScriptRoot 'IntegrationRuntime.download.msi'
    # The step looks for this line: a request must come soon after it.
    Write-Log 'There is no installer in SHIR: downloading it from INSTALLER_URL.'
    if (Test-Offered $Env:INSTALLER_URL) { Save-OfferedPackage $Env:INSTALLER_URL $path 'INSTALLER_URL' }
    else { Save-Package $Env:INSTALLER_URL $path 'INSTALLER_URL' }
    return $path
}

# A hash that was given is proof enough; what was downloaded without one must be signed by Microsoft.
function Assert-Installer([string] $Path, [bool] $IsDownloaded) {
    $hasHash = -not [string]::IsNullOrEmpty($Env:MSI_SHA256)
    if ($hasHash) { Assert-Hash $Path $Env:MSI_SHA256 'MSI_SHA256' }
    if (-not $IsDownloaded) { return }
    $fault = Find-SignatureFault $Path
    if ($fault -eq '') { Write-Log "The installer is signed by $Publisher." }
    elseif ($hasHash) { Write-Log "The installer is known by its SHA-256 alone. $fault" }
    else { Stop-Build "The downloaded installer cannot be trusted. $fault" }
}

# Microsoft's own update script reads the installed version from this library.
function Get-InstalledVersion([string] $Dmgcmd) {
    $library = Join-Path (Split-Path -Parent $Dmgcmd) 'Microsoft.DataTransfer.GatewayManagement.dll'
    $info = (Get-Item -LiteralPath $library).VersionInfo
    return '{0}.{1}.{2}.{3}' -f $info.FileMajorPart, $info.FileMinorPart, $info.FileBuildPart, $info.FilePrivatePart
}

# The version that the installer itself names: Windows Installer's record of what it installed. It may have three parts.
function Get-RecordedVersion {
    $records = @(Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*' -ErrorAction SilentlyContinue)
    foreach ($record in $records) {
        $name = $record.PSObject.Properties['DisplayName']
        if ($null -ne $name -and $name.Value -like 'Microsoft Integration Runtime*') { return [string] $record.DisplayVersion }
    }
    return ''
}

# Everyone who says which version it is must say the same.
function Assert-Version([string] $Actual, [string] $InstallerName) {
    $says = @{ 'SHIR_VERSION' = "$Env:SHIR_VERSION"; 'the installer' = Get-RecordedVersion; "the installer's name" = '' }
    if ($InstallerName -match '_(\d+\.\d+\.\d+\.\d+)\.msi$') { $says["the installer's name"] = $Matches[1] }
    foreach ($sayer in @($says.Keys | Sort-Object)) {
        $said = $says[$sayer]
        $isShort = $sayer -eq 'the installer' -and $said -match '^\d+\.\d+\.\d+$'
        if ($said -eq '' -or $said -eq $Actual -or ($isShort -and $Actual.StartsWith("$said."))) { continue }
        Stop-Build "SHIR $Actual was installed, but $sayer says $said."
    }
    Write-Log "SHIR $Actual is installed."
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

# A container that updates itself falls back to the image's version at its next start. SHIR's service for that is stopped, and
# disabled (4), under whatever name this version installs it.
function Disable-Upgrade([string] $Dmgcmd) {
    $result = Invoke-Dmgcmd $Dmgcmd @('-StopUpgradeService')
    if ($result.ExitCode -ne 0) { Write-Log "dmgcmd -StopUpgradeService ended with exit code $($result.ExitCode): $($result.Text.Trim())" }
    $own = @(Get-CimInstance -ClassName Win32_Service | Where-Object { $_.PathName -like '*Microsoft Integration Runtime*' })
    $services = @($own | Where-Object { $_.Name -ne 'DIAHostService' -and "$($_.Name) $($_.DisplayName)" -match 'upgrade|update' })
    foreach ($service in $services) {
        Set-RegistryValue "HKLM:\SYSTEM\CurrentControlSet\Services\$($service.Name)" 'Start' 'DWord' 4
        Write-Log "The service $($service.Name) is disabled: an image is updated by building it anew."
    }
    if ($services.Count -eq 0) { Write-Log 'WARNING: SHIR has no upgrade service that could be disabled.' }
}

# For whoever asks the image what is in it.
function Write-Record([string] $Version, [string] $Sha256) {
    $record = "{`"shirVersion`":`"$Version`",`"msiSha256`":`"$($Sha256.ToLowerInvariant())`"}`n"
    [System.IO.File]::WriteAllText((Join-Path $PSScriptRoot 'installed.json'), $record)
}

# Runs in a PowerShell of its own, so that its settings and ours do not meet.
function Invoke-Extras {
    $folder = Join-Path $PSScriptRoot 'extras'
    $script = Join-Path $folder 'extra.ps1'
    if (-not (Test-Path -LiteralPath $folder)) { return }
    if (-not (Test-Path -LiteralPath $script -PathType Leaf)) { Stop-Build 'SHIR/extras holds no extra.ps1.' }
    Write-Log 'Running extras/extra.ps1.'
    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    $start.Arguments = "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File $(Format-Argument $script)"
    $start.WorkingDirectory = $folder
    $start.UseShellExecute = $false
    # Not through a pipe: a service that it leaves running would hold that open for ever.
    $process = [System.Diagnostics.Process]::Start($start)
    $process.WaitForExit()
    $code = $process.ExitCode
    if ($code -ne 0) { Stop-Build "extras/extra.ps1 ended with exit code $code." $code }
    Remove-Item -LiteralPath $folder -Recurse -Force
}

function Build-Image {
    $installer = Find-Installer
    $isDownloaded = $installer -eq ''
    if ($isDownloaded) { $installer = Save-Installer }
    Assert-Installer $installer $isDownloaded
    $sha256 = (Get-FileHash -LiteralPath $installer -Algorithm SHA256).Hash
    Install-Msi $installer
    $dmgcmd = Find-Dmgcmd
    Write-Log "SHIR's command line is $dmgcmd."
    $version = Get-InstalledVersion $dmgcmd
    Assert-Version $version (Split-Path -Leaf $installer)
    Write-Record $version $sha256
    Add-PerformanceUser 'User Manager\ContainerAdministrator'
    Add-PerformanceUser 'NT SERVICE\DIAHostService'
    Disable-Upgrade $dmgcmd
    Remove-Item -LiteralPath $installer -Force # it is read-only where the step keeps it
    Get-ChildItem -LiteralPath $PSScriptRoot -File | Where-Object { $_.Name -like '*.cer' } | Remove-Item
    Invoke-Extras
    Write-Log 'The image is ready.'
}

if ($MyInvocation.InvocationName -ne '.') { exit (Invoke-Build { Build-Image }) }
