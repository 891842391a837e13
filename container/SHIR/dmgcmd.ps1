# dmgcmd.exe, SHIR's own command line: where it is, and the one way to run it.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$script:ConfigurationKey = 'HKLM:\SOFTWARE\Microsoft\DataTransfer\DataManagementGateway\ConfigurationManager'
$script:HostServiceKey = 'HKLM:\SOFTWARE\Microsoft\DataTransfer\DataManagementGateway\HostService'

# A registry value, or $null where the key or the value does not exist.
function Get-RegistryValue([string] $Key, [string] $Name) {
    $item = Get-ItemProperty -Path $Key -Name $Name -ErrorAction SilentlyContinue
    if ($null -eq $item) { return $null }
    return $item.$Name
}

# The full path of dmgcmd.exe: beside the diacmd.exe that the registry names, else wherever it lies under Program Files.
# Microsoft's own scripts read DiacmdPath from ConfigurationManager.
function Find-Dmgcmd {
    foreach ($key in $script:ConfigurationKey, $script:HostServiceKey) {
        $diacmd = Get-RegistryValue $key 'DiacmdPath'
        if ([string]::IsNullOrEmpty($diacmd)) { continue }
        $path = Join-Path (Split-Path -Parent $diacmd) 'dmgcmd.exe'
        if (Test-Path -LiteralPath $path -PathType Leaf) { return $path }
    }
    $pattern = Join-Path $Env:ProgramFiles 'Microsoft Integration Runtime\*\Shared\dmgcmd.exe'
    $found = @(Get-ChildItem -Path $pattern -ErrorAction SilentlyContinue | Sort-Object -Property FullName -Descending)
    if ($found.Count -eq 0) { throw "dmgcmd.exe was not found, neither through the registry nor as $pattern. SHIR is not installed." }
    return $found[0].FullName
}

# One argument as Windows programs read it back (the rules of CommandLineToArgvW).
function Format-Argument([string] $Value) {
    if ($Value -ne '' -and $Value -notmatch '[\s"]') { return $Value }
    return '"' + (($Value -replace '(\\*)"', '$1$1\"') -replace '(\\+)$', '$1$1') + '"'
}

# Runs dmgcmd.exe and returns { ExitCode; Text; TimedOut }; a call that outlasts its limit is ended and has no exit code.
# The output is read from pipes: it may hold the key, and so must not lie in a file of the container's layer.
function Invoke-Dmgcmd([string] $Path, [string[]] $Arguments, [int] $TimeoutSeconds = 300) {
    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = $Path
    $start.Arguments = ($Arguments | ForEach-Object { Format-Argument $_ }) -join ' '
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        # Both pipes are drained at once: reading one to its end first could block on the other.
        $streams = @($process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync())
        Wait-Process -InputObject $process -Timeout $TimeoutSeconds -ErrorAction SilentlyContinue
        $timedOut = -not $process.HasExited
        if ($timedOut) { $process.Kill() }
        # Bounded, since a child that dmgcmd.exe left behind would keep the pipes open.
        $texts = foreach ($stream in $streams) { if ($stream.Wait(5000)) { $stream.Result } }
        $exitCode = $null
        if (-not $timedOut) { $exitCode = $process.ExitCode }
        return [pscustomobject]@{ ExitCode = $exitCode; Text = @($texts) -join "`n"; TimedOut = $timedOut }
    }
    finally { $process.Dispose() }
}

# The lines of a text that hold anything.
function Split-Line([string] $Text) {
    return @($Text -split '\r\n|\r|\n' | Where-Object { $_.Trim() -ne '' })
}
