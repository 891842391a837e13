# dmgcmd.exe, SHIR's own command line: where it is, and the one way to run it.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'registry.ps1')

$script:ConfigurationKey = 'HKLM:\SOFTWARE\Microsoft\DataTransfer\DataManagementGateway\ConfigurationManager'
$script:HostServiceKey = 'HKLM:\SOFTWARE\Microsoft\DataTransfer\DataManagementGateway\HostService'

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
    # It gets the key as an argument, where it gets it at all.
    $variables = [Environment]::GetEnvironmentVariables()
    foreach ($name in @($variables.Keys | Where-Object { Test-Secret $variables[$_] })) { $start.EnvironmentVariables.Remove($name) }
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        # Both pipes are drained at once: reading one to its end first could block on the other.
        $streams = @($process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync())
        Wait-Process -InputObject $process -Timeout $TimeoutSeconds -ErrorAction SilentlyContinue
        $timedOut = -not $process.HasExited
        if ($timedOut) { try { $process.Kill() } catch { $null = $_ } } # it may be ending by itself
        # Bounded, since a child that dmgcmd.exe left behind would keep the pipes open.
        $null = [System.Threading.Tasks.Task]::WaitAll([System.Threading.Tasks.Task[]] $streams, 5000)
        $texts = foreach ($stream in $streams) { if ($stream.IsCompleted) { $stream.Result } }
        $exitCode = $null
        if (-not $timedOut) { $exitCode = $process.ExitCode }
        return [pscustomobject]@{ ExitCode = $exitCode; Text = @($texts) -join "`n"; TimedOut = $timedOut }
    }
    finally { $process.Dispose() }
}

# The lines of a text that hold anything, without blanks around them.
function Split-Line([string] $Text) {
    return @($Text -split '\r\n|\r|\n' | ForEach-Object { $_.Trim() } | Where-Object { $_ -ne '' })
}
