# Windows as the image's scripts see it, faked: dot-source this before a script of container/SHIR. Nothing is decided here: each
# command posts its name and its arguments to the world ($Env:WORLD, see wire.ts), which owns all state, and returns the value or
# writes the error that the reply names. A parameter or a command that is not here makes the test fail.

& {
    $handler = [System.Net.Http.HttpClientHandler]::new()
    $handler.UseProxy = $false
    $global:Wire = [System.Net.Http.HttpClient]::new($handler)
    $global:Wire.Timeout = [System.Threading.Timeout]::InfiniteTimeSpan
    $global:WireAddress = $Env:WORLD
    # .NET reads TZ for the machine's own zone. Containers mean something else by it, so it is put in place after that.
    $null = [TimeZoneInfo]::Local
    $Env:TZ = $Env:WORLD_TZ
    # A container has no variables of ours, nor of this machine.
    foreach ($name in "$Env:WORLD_HIDES,WORLD_TZ,WORLD_HIDES".Split(',')) {
        if ($name) { [Environment]::SetEnvironmentVariable($name, [NullString]::Value) }
    }
}

function Send-ToWorld([string] $Command, $Arguments, $Extra) {
    $call = Microsoft.PowerShell.Utility\ConvertTo-Json -Compress -Depth 5 @{ command = $Command; args = $Arguments; extra = $Extra }
    try { $response = $global:Wire.PostAsync($global:WireAddress, [System.Net.Http.StringContent]::new($call)).GetAwaiter().GetResult() }
    catch { Stop-ForGood }
    return $response.Content.ReadAsStringAsync().GetAwaiter().GetResult() | Microsoft.PowerShell.Utility\ConvertFrom-Json
}

# The world has been taken away, as from a killed script: it does nothing more.
function Stop-ForGood {
    $gone = Get-Variable -Name WorldGone -Scope Global -ValueOnly -ErrorAction Ignore # see player.ps1
    if ($null -ne $gone) { $null = $gone.Set() }
    [System.Threading.Thread]::Sleep(-1)
}

# Numbers and lists as Windows PowerShell has them, not as JSON does.
function ConvertFrom-World($Value) {
    if ($Value -is [long] -and $Value -ge [int]::MinValue -and $Value -le [int]::MaxValue) { return [int] $Value }
    if ($Value -is [array] -and @($Value | Where-Object { $_ -isnot [string] }).Count -eq 0) { return , [string[]] $Value }
    if ($Value -isnot [System.Management.Automation.PSCustomObject]) { return $Value }
    foreach ($property in $Value.PSObject.Properties) { $property.Value = ConvertFrom-World $property.Value }
    return $Value
}

# Makes the call of a faked cmdlet. An error is written as that cmdlet's own, so that its -ErrorAction decides.
function Invoke-World($Cmdlet, $Bound, $Extra = @{}) {
    $arguments = @{}
    foreach ($name in $Bound.Keys) {
        if ($name -eq 'Unknown') { $Extra['Unknown'] = "$($Bound[$name])" }
        elseif ($name -in [System.Management.Automation.PSCmdlet]::CommonParameters) { continue }
        elseif ($Bound[$name] -is [switch]) { $arguments[$name] = [bool] $Bound[$name] }
        else { $arguments[$name] = $Bound[$name] }
    }
    $reply = Send-ToWorld $Cmdlet.MyInvocation.MyCommand.Name $arguments $Extra
    foreach ($file in $reply.files) {
        $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($file.path))
        [System.IO.File]::WriteAllBytes($file.path, [Convert]::FromBase64String($file.base64))
        if ($file.isProgram) { [System.IO.File]::SetUnixFileMode($file.path, 'UserRead, UserWrite, UserExecute') }
    }
    if ($null -eq $reply.error) {
        foreach ($one in @($reply.value)) { if ($null -ne $one) { ConvertFrom-World $one } }
        return
    }
    Write-WorldError $Cmdlet $reply.error.message $reply.error.id $reply.error.exception $reply.error.isTerminating
}

function Write-WorldError($Cmdlet, [string] $Message, [string] $Id, [string] $Exception, [bool] $IsTerminating) {
    $type = $Exception -as [type]
    if ($null -eq $type) { $type = [System.InvalidOperationException] }
    $record = [System.Management.Automation.ErrorRecord]::new($type::new($Message), $Id, 'NotSpecified', $null)
    if ($IsTerminating) { $Cmdlet.ThrowTerminatingError($record) }
    $Cmdlet.WriteError($record)
}

function Test-Registry([string] $Path) { return $Path -like 'HKLM:*' }

# Called for every command that is neither here nor anywhere.
$ExecutionContext.InvokeCommand.CommandNotFoundAction = {
    param($Name)
    $null = Send-ToWorld $Name @{} @{}
}

# ---- the registry ----

function Get-ItemProperty {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $Path, [string] $Name, [Parameter(ValueFromRemainingArguments)] $Unknown)
    Invoke-World $PSCmdlet $PSBoundParameters
}

function New-ItemProperty {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $Path, [string] $Name, [string] $PropertyType, $Value, [switch] $Force, [Parameter(ValueFromRemainingArguments)] $Unknown)
    Invoke-World $PSCmdlet $PSBoundParameters
}

function Remove-ItemProperty {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $Path, [string] $Name, [Parameter(ValueFromRemainingArguments)] $Unknown)
    Invoke-World $PSCmdlet $PSBoundParameters
}

function New-Item {
    [CmdletBinding(PositionalBinding = $false)]
    param([Parameter(Position = 0)] [string] $Path, [string] $ItemType, $Value, [switch] $Force, [Parameter(ValueFromRemainingArguments)] $Unknown)
    if ($Unknown -or (Test-Registry $Path)) { return Invoke-World $PSCmdlet $PSBoundParameters }
    Microsoft.PowerShell.Management\New-Item @PSBoundParameters
}

function Test-Path {
    [CmdletBinding(PositionalBinding = $false)]
    param([Parameter(Position = 0)] [string] $Path, [string] $LiteralPath, [string] $PathType, [Parameter(ValueFromRemainingArguments)] $Unknown)
    if ($Unknown -or (Test-Registry "$Path$LiteralPath")) { return Invoke-World $PSCmdlet $PSBoundParameters }
    Microsoft.PowerShell.Management\Test-Path @PSBoundParameters
}

# ---- files ----

# A library's version is its text.
function Get-Item {
    [CmdletBinding(PositionalBinding = $false)]
    param([Parameter(Position = 0)] [string] $Path, [string] $LiteralPath, [switch] $Force, [Parameter(ValueFromRemainingArguments)] $Unknown)
    $file = "$Path$LiteralPath"
    if ($Unknown -or (Test-Registry $file)) { return Invoke-World $PSCmdlet $PSBoundParameters @{ Unknown = $file } }
    $item = Microsoft.PowerShell.Management\Get-Item @PSBoundParameters
    if ($file -notlike '*.dll' -or $null -eq $item) { return $item }
    $info = Invoke-World $PSCmdlet $PSBoundParameters @{ Text = [System.IO.File]::ReadAllText($item.FullName) }
    return [pscustomobject]@{ Name = $item.Name; FullName = $item.FullName; Length = $item.Length; VersionInfo = $info }
}

function Get-AuthenticodeSignature {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $LiteralPath, [string] $FilePath, [Parameter(ValueFromRemainingArguments)] $Unknown)
    $file = "$LiteralPath$FilePath"
    $hash = $null
    if ([System.IO.File]::Exists($file)) { $hash = [Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([System.IO.File]::ReadAllBytes($file))) }
    $found = Invoke-World $PSCmdlet $PSBoundParameters @{ Sha256 = $hash }
    if ($null -eq $found) { return }
    $signer = $null
    if ($null -ne $found.Subject) {
        $name = [System.Security.Cryptography.X509Certificates.X500DistinguishedName]::new($found.Subject)
        $signer = [pscustomobject]@{ Subject = $found.Subject; SubjectName = $name }
    }
    return [pscustomobject]@{ Path = $file; Status = $found.Status; StatusMessage = $found.StatusMessage; SignerCertificate = $signer }
}

function Import-Certificate {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $FilePath, [string] $CertStoreLocation, [Parameter(ValueFromRemainingArguments)] $Unknown)
    $bytes = $null
    if ([System.IO.File]::Exists($FilePath)) { $bytes = [Convert]::ToBase64String([System.IO.File]::ReadAllBytes($FilePath)) }
    Invoke-World $PSCmdlet $PSBoundParameters @{ Bytes = $bytes }
}

function Invoke-WebRequest {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $Uri, [string] $OutFile, [switch] $UseBasicParsing, [Parameter(ValueFromRemainingArguments)] $Unknown)
    Invoke-World $PSCmdlet $PSBoundParameters
}

# Never the real one: no script of the image may speak to a network that the world does not know.
function Invoke-RestMethod {
    [CmdletBinding(PositionalBinding = $false)]
    param([Parameter(ValueFromRemainingArguments)] $Unknown)
    Invoke-World $PSCmdlet $PSBoundParameters
}

function Test-NetConnection {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $ComputerName, [int] $Port, [string] $InformationLevel, [Parameter(ValueFromRemainingArguments)] $Unknown)
    Invoke-World $PSCmdlet $PSBoundParameters
}

# ---- processes and services ----

# msiexec.exe alone. Without -Wait its exit code is not known, as in Windows PowerShell.
function Start-Process {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $FilePath, [string[]] $ArgumentList, [switch] $PassThru, [switch] $Wait, [Parameter(ValueFromRemainingArguments)] $Unknown)
    $ended = Invoke-World $PSCmdlet $PSBoundParameters @{ ProgramFiles = $Env:ProgramFiles; SystemRoot = $Env:SystemRoot }
    if (-not $PassThru -or $null -eq $ended) { return }
    if (-not $Wait) { $ended.ExitCode = $null }
    return $ended
}

function Get-Process {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $Name, [Parameter(ValueFromRemainingArguments)] $Unknown)
    Invoke-World $PSCmdlet $PSBoundParameters
}

# The time of a dmgcmd.exe is the world's, so the world tells what became of it. Any other process is waited for as it is.
function Wait-Process {
    [CmdletBinding(PositionalBinding = $false)]
    param($InputObject, [int] $Timeout, [Parameter(ValueFromRemainingArguments)] $Unknown)
    $extra = @{ ProcessId = $InputObject.Id }
    $bound = @{} + $PSBoundParameters
    $bound.Remove('InputObject')
    $began = [DateTime]::UtcNow
    do {
        $fate = Invoke-World $PSCmdlet $bound $extra
        if ($fate -eq 'ended') { $null = $InputObject.WaitForExit(30000) }
        $extra['isRepeated'] = $true
    } while ($fate -eq 'unknown' -and -not $InputObject.HasExited -and ([DateTime]::UtcNow - $began).TotalSeconds -lt 30)
    if ($InputObject.HasExited) { return }
    $message = "This command stopped operation because process `"$($InputObject.ProcessName) ($($InputObject.Id))`" is not stopped in the specified time-out."
    Write-WorldError $PSCmdlet $message 'ProcessNotTerminated,Microsoft.PowerShell.Commands.WaitProcessCommand' 'System.TimeoutException' $false
}

function Get-CimInstance {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $ClassName, [string] $Filter, [Parameter(ValueFromRemainingArguments)] $Unknown)
    Invoke-World $PSCmdlet $PSBoundParameters
}

function Add-LocalGroupMember {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $Group, [string] $Member, [Parameter(ValueFromRemainingArguments)] $Unknown)
    Invoke-World $PSCmdlet $PSBoundParameters
}

# ---- time ----

function Start-Sleep {
    [CmdletBinding(PositionalBinding = $false)]
    param([double] $Seconds, [int] $Milliseconds, [Parameter(ValueFromRemainingArguments)] $Unknown)
    Invoke-World $PSCmdlet $PSBoundParameters
}

function Get-Date {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $Format, [Parameter(ValueFromRemainingArguments)] $Unknown)
    $now = [DateTimeOffset]::FromUnixTimeMilliseconds((Invoke-World $PSCmdlet $PSBoundParameters)).LocalDateTime
    if ($Format) { return $now.ToString($Format, [Globalization.CultureInfo]::CurrentCulture) }
    return $now
}

function Set-TimeZone {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $Id, [Parameter(ValueFromRemainingArguments)] $Unknown)
    Invoke-World $PSCmdlet $PSBoundParameters
}

function Get-TimeZone {
    [CmdletBinding(PositionalBinding = $false)]
    param([string] $Id, [switch] $ListAvailable, [Parameter(ValueFromRemainingArguments)] $Unknown)
    Invoke-World $PSCmdlet $PSBoundParameters
}
