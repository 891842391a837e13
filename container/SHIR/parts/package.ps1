# Packages that an image is built from: fetched, proven, installed.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
# Windows PowerShell spends more time on drawing a download's progress than on the download.
$ProgressPreference = 'SilentlyContinue'

$Publisher = 'Microsoft Corporation'
# Seconds before each further attempt at a download.
$DownloadPauses = @(5, 15, 45)

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
    foreach ($pause in $DownloadPauses + 0) {
        try {
            Invoke-WebRequest -Uri $Url -OutFile $Path -UseBasicParsing
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
