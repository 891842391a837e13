# Windows as the image's scripts see it, faked: dot-source this before a script of container/SHIR. What the fakes answer is in
# $Env:FAKES (JSON, see world.ts); each call with its arguments becomes a line of the file $Env:FAKE_JOURNAL.

$global:Fakes = $Env:FAKES | ConvertFrom-Json
$global:Looks = 0
$global:Sleeps = 0

function Get-Fake([string] $Name) {
    if ($global:Fakes.PSObject.Properties[$Name]) { return $global:Fakes.$Name }
}

function Write-Journal([string] $Command, $Arguments) {
    Add-Content -LiteralPath $Env:FAKE_JOURNAL -Value (ConvertTo-Json -Compress -Depth 4 @{ command = $Command; args = $Arguments })
}

# ---- both ----

function Get-ItemProperty {
    [CmdletBinding()] param($Path, $Name)
    $value = (Get-Fake registry).PSObject.Properties["$Path\$Name"]
    if ($value) { return [pscustomobject]@{ $Name = $value.Value } }
    Write-Error "Property $Name does not exist at path $Path."
}

# Where dmgcmd is to hang, its time is up as soon as it says that it does.
function Wait-Process {
    [CmdletBinding()] param($InputObject, $Timeout)
    # Noted when the wait is over: until then the process writes into the same journal, and one would overwrite the other.
    if (-not (Get-Fake hangs)) {
        Microsoft.PowerShell.Management\Wait-Process -InputObject $InputObject -Timeout 30
        Write-Journal 'Wait-Process' @{ Timeout = $Timeout }
        return
    }
    while (-not (Test-Path -LiteralPath "$Env:FAKE_JOURNAL.hanging")) {
        if ($InputObject.HasExited) { Write-Journal 'Wait-Process' @{ Timeout = $Timeout }; return }
        Microsoft.PowerShell.Utility\Start-Sleep -Milliseconds 10
    }
    Write-Journal 'Wait-Process' @{ Timeout = $Timeout }
    Write-Error 'This command stopped because process was not stopped in the specified time-out.'
}

# ---- setup.ps1 ----

function Start-Sleep {
    [CmdletBinding()] param($Seconds)
    Write-Journal 'Start-Sleep' @{ Seconds = $Seconds }
    $global:Sleeps += 1
    if ($global:Sleeps -gt 100) { [Environment]::Exit(99) }
}

# diahost.exe runs as the string `diahost` says, a digit a look; when that has run out it does not.
function Get-Process {
    [CmdletBinding()] param($Name)
    $looks = "$(Get-Fake diahost)"
    $runs = $global:Looks -lt $looks.Length -and $looks[$global:Looks] -eq '1'
    $global:Looks += 1
    if ($runs) { return [pscustomobject]@{ ProcessName = $Name } }
    Write-Error "Cannot find a process with the name `"$Name`"."
}

function Set-TimeZone {
    [CmdletBinding()] param($Id)
    Write-Journal 'Set-TimeZone' $PSBoundParameters
    if ($Id -ne 'W. Europe Standard Time') { Write-Error "The time zone ID '$Id' was not found on the local computer." }
}

# ---- build.ps1 ----

function Invoke-WebRequest {
    [CmdletBinding()] param($Uri, $OutFile, [switch] $UseBasicParsing)
    Write-Journal 'Invoke-WebRequest' @{ Uri = $Uri }
    if (Get-Fake downloadError) { throw (Get-Fake downloadError) }
    Set-Content -LiteralPath $OutFile -Value 'downloaded' -NoNewline
}

function Get-AuthenticodeSignature {
    [CmdletBinding()] param($LiteralPath)
    $fake = Get-Fake signature
    $certificate = $null
    if ($fake.PSObject.Properties['subject']) {
        $certificate = [pscustomobject]@{ SubjectName = [System.Security.Cryptography.X509Certificates.X500DistinguishedName]::new($fake.subject) }
    }
    return [pscustomobject]@{ Status = $fake.status; StatusMessage = 'said by Windows'; SignerCertificate = $certificate }
}

# msiexec: writes its log (UTF-16, as it does), and installs dmgcmd.exe and its library when it succeeds.
function Start-Process {
    [CmdletBinding()] param($FilePath, $ArgumentList, [switch] $PassThru, [switch] $Wait)
    Write-Journal 'Start-Process' @{ FilePath = $FilePath; ArgumentList = @($ArgumentList); PassThru = [bool] $PassThru; Wait = [bool] $Wait }
    if (Get-Fake msiLog) { Set-Content -LiteralPath ($ArgumentList[-1].Trim('"')) -Value (Get-Fake msiLog) -Encoding unicode }
    if (Get-Fake installs) {
        $null = New-Item -ItemType Directory -Force -Path (Get-Fake installs)
        foreach ($name in 'dmgcmd.exe', 'Microsoft.DataTransfer.GatewayManagement.dll') { Set-Content -LiteralPath (Join-Path (Get-Fake installs) $name) -Value '' }
    }
    if ($PassThru) { return [pscustomobject]@{ ExitCode = (Get-Fake msiexec) } }
}

function Get-Item {
    [CmdletBinding()] param($LiteralPath)
    $item = Microsoft.PowerShell.Management\Get-Item -LiteralPath $LiteralPath
    if ($item.Name -notlike '*.dll') { return $item }
    $v = [version] (Get-Fake version)
    $info = [pscustomobject]@{ FileMajorPart = $v.Major; FileMinorPart = $v.Minor; FileBuildPart = $v.Build; FilePrivatePart = $v.Revision }
    return [pscustomobject]@{ VersionInfo = $info }
}

function Add-LocalGroupMember {
    [CmdletBinding()] param($Group, $Member)
    Write-Journal 'Add-LocalGroupMember' $PSBoundParameters
    switch (Get-Fake groups) {
        'already' { Write-Error -Message "$Member is already a member of group $Group." -ErrorId 'MemberExists' }
        'refused' { Write-Error -Message "Principal $Member was not found." -ErrorId 'PrincipalNotFound' }
    }
}

# In the registry any key exists but the container agent's, which New-Item makes.
function Test-Path {
    [CmdletBinding()] param($Path, $LiteralPath, $PathType = 'Any')
    if ($LiteralPath) { return (Microsoft.PowerShell.Management\Test-Path -LiteralPath $LiteralPath -PathType $PathType) }
    return $Path -notlike '*\cexecsvc'
}

function New-Item {
    [CmdletBinding()] param($Path, $ItemType, [switch] $Force)
    if ($Path -notlike 'HKLM:*') { return (Microsoft.PowerShell.Management\New-Item -Path $Path -ItemType $ItemType -Force:$Force) }
    Write-Journal 'New-Item' $PSBoundParameters
}

function New-ItemProperty {
    [CmdletBinding()] param($Path, $Name, $PropertyType, $Value, [switch] $Force)
    Write-Journal 'New-ItemProperty' @{ Path = $Path; Name = $Name; PropertyType = $PropertyType; Value = $Value; Force = [bool] $Force }
    return 'what New-ItemProperty prints'
}
