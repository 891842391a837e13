# Packages that an image is built from: fetched, proven, installed.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
# Windows PowerShell spends more time on drawing a download's progress than on the download.
$ProgressPreference = 'SilentlyContinue'

$Publisher = 'Microsoft Corporation'
# Seconds before each further attempt at a download.
$DownloadPauses = @(5, 15, 45)
$OfferPauses = @(2)
# Seconds in which an offer must begin to answer.
$OfferLimit = 10

# Ends the build, with an exit code that is not 0.
function Stop-Build([string] $Message, [int] $ExitCode = 1) {
    $failure = New-Object System.InvalidOperationException $Message
    $failure.Data['exitCode'] = $ExitCode
    throw $failure
}

# Runs a script's work and returns its exit code.
function Invoke-Build([scriptblock] $Work) {
    try {
        $null = & $Work
        return 0
    }
    catch {
        Write-Log "ERROR: $($_.Exception.Message)"
        # Never 0: that would make a good image of a failed build.
        if ($_.Exception.Data['exitCode']) { return $_.Exception.Data['exitCode'] }
        return 1
    }
}

function Read-BuildFlag([string] $Name) {
    $value = "$([Environment]::GetEnvironmentVariable($Name))".Trim()
    if ($value -notin '', 'true', 'false') { Stop-Build "${Name}: `"$value`" is not allowed; allowed is true or false." }
    return $value -eq 'true'
}

# Fetches a file, with further attempts. $Name is the build argument that holds the address, which is not repeated: people put more
# into addresses than they should.
function Save-Package([string] $Url, [string] $Path, [string] $Name) {
    Invoke-Download { Invoke-WebRequest -Uri $Url -OutFile $Path -UseBasicParsing } $Name $DownloadPauses
}

# The same from a machine nearby, by its number and without TLS: so the step offers the installer while it builds. Where a firewall is in
# the way nothing answers at all, and the step has another way; so this is soon given up.
function Save-OfferedPackage([string] $Url, [string] $Path, [string] $Name) {
    Invoke-Download { Copy-Offered $Url $Path } $Name $OfferPauses
}

function Test-Offered([string] $Url) {
    return $Url -match '^http://(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])(:\d+)?/'
}

# Invoke-WebRequest of Windows PowerShell cannot go past a proxy, which leads to no container's host.
function Copy-Offered([string] $Url, [string] $Path) {
    $request = [System.Net.WebRequest]::Create($Url)
    $request.Proxy = $null
    $request.Timeout = $OfferLimit * 1000
    $request.ReadWriteTimeout = 60000
    $request.AllowAutoRedirect = $false
    $response = $file = $null
    try {
        $response = $request.GetResponse()
        if ([int] $response.StatusCode -ne 200) { throw "The answer is $([int] $response.StatusCode)" }
        $file = [System.IO.File]::Create($Path)
        $response.GetResponseStream().CopyTo($file, 1MB)
        $length = $response.ContentLength # -1 where it is not told
        if ($length -ge 0 -and $file.Length -ne $length) { throw "Only $($file.Length) of $length bytes came" }
    }
    catch { throw "$($_.Exception.GetBaseException().Message.TrimEnd('.'))." }
    finally {
        if ($null -ne $file) { $file.Dispose() }
        if ($null -ne $response) { $response.Close() }
    }
}

function Invoke-Download([scriptblock] $Fetch, [string] $Name, [int[]] $Pauses) {
    foreach ($pause in $Pauses + 0) {
        try {
            & $Fetch
            return
        }
        catch {
            if ($pause -eq 0) { Stop-Build "The download from $Name failed: $($_.Exception.Message)" }
            Write-Log "The download from $Name failed: $($_.Exception.Message) Trying again in $pause s."
            Start-Sleep -Seconds $pause
        }
    }
}

# $Name is the build argument that holds the expected hash.
function Assert-HashForm([string] $Expected, [string] $Name) {
    if ($Expected -cnotmatch '^[0-9A-Fa-f]{64}\z') { Stop-Build "${Name}: `"$Expected`" is not allowed; allowed is 64 hexadecimal digits." }
}

function Assert-Hash([string] $Path, [string] $Expected, [string] $Name) {
    Assert-HashForm $Expected $Name
    $actual = (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash
    if ($actual -ne $Expected) { Stop-Build "The SHA-256 of $(Split-Path -Leaf $Path) is $actual, but $Name is $Expected." }
    Write-Log "The SHA-256 of $(Split-Path -Leaf $Path) is $actual, as asked."
}

# What keeps a file from being Microsoft's, in one sentence; '' where nothing does. The subject is read one name a line: in one line, a
# quoted name could pretend to be another.
function Find-SignatureFault([string] $Path) {
    $signature = Get-AuthenticodeSignature -LiteralPath $Path
    if ($signature.Status -ne 'Valid') { return "It has no valid signature: $($signature.Status). $($signature.StatusMessage)" }
    $subject = @($signature.SignerCertificate.SubjectName.Format($true) -split '\r?\n')
    if ($subject -ccontains "O=$Publisher") { return '' }
    return "It is not signed by $Publisher, but by: $($subject -join ' ')"
}

# The lines of an msiexec log that tell why: errors, and what was done just before the action that failed.
function Get-TellingLine([string] $LogPath) {
    if (-not (Test-Path -LiteralPath $LogPath -PathType Leaf)) { return @('msiexec wrote no log.') }
    $lines = @(Get-Content -LiteralPath $LogPath)
    $telling = for ($i = 0; $i -lt $lines.Count; $i++) {
        $next = @($lines[$i..([Math]::Min($i + 3, $lines.Count - 1))])
        $isTelling = $lines[$i] -match '\bError \d{4}\b|-- Installation .*failed|MainEngineThread is returning'
        if ($isTelling -or $next -match 'return value 3') { $lines[$i] }
    }
    return @($telling | Where-Object { $_ -and $_.Trim() } | Select-Object -Last 40)
}

# Windows Installer keeps a copy of each package, as large as the package, for a repair that no container makes.
function Get-CachedPackage {
    $folder = Join-Path $Env:SystemRoot 'Installer'
    return @(Get-ChildItem -Path $folder -Filter '*.msi' -File -ErrorAction SilentlyContinue | ForEach-Object { $_.FullName })
}

# Installs without a word, and ends the build with msiexec's own exit code where that fails. 3010 means installed, and that Windows would
# like a restart, which a container being built cannot have.
function Install-Msi([string] $Path, [string[]] $Properties = @()) {
    $name = Split-Path -Leaf $Path
    $log = "$Path.log"
    Write-Log "Installing $name."
    $cached = @(Get-CachedPackage)
    $arguments = @('/i', (Format-Argument $Path)) + $Properties + @('/qn', '/norestart', '/l*v', (Format-Argument $log))
    $code = (Start-Process -FilePath msiexec.exe -ArgumentList $arguments -PassThru -Wait).ExitCode
    if ($code -ne 0 -and $code -ne 3010) {
        Get-TellingLine $log | ForEach-Object { Write-Log "msiexec: $_" }
        Stop-Build "The installation of $name failed: msiexec ended with exit code $code." $code
    }
    Write-Log "msiexec ended with exit code $code."
    Remove-Item -LiteralPath $log -ErrorAction SilentlyContinue
    foreach ($copy in Get-CachedPackage) { if ($copy -notin $cached) { Remove-Item -LiteralPath $copy -Force } }
}
