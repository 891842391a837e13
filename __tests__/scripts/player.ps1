# Plays one script after another, each in a runspace and with variables of its own: a process that has played one has compiled all
# that the next needs, and plays it in a twentieth of the time. See player.ts, which speaks to it by lines on standard input.

$orders = [System.IO.StreamReader]::new([Console]::OpenStandardInput())
$own = [Environment]::GetEnvironmentVariables()

function Set-Environment($Variables) {
    foreach ($name in @([Environment]::GetEnvironmentVariables().Keys)) {
        if (-not $own.ContainsKey($name)) { [Environment]::SetEnvironmentVariable($name, [NullString]::Value) }
    }
    foreach ($name in $own.Keys) { [Environment]::SetEnvironmentVariable($name, $own[$name]) }
    foreach ($variable in $Variables) { [Environment]::SetEnvironmentVariable($variable[0], $variable[1]) }
}

# The exit code of a script that has come to its end.
function Complete-Script($Shell, $Playing) {
    try { $null = $Shell.EndInvoke($Playing) }
    catch {
        $Host.UI.WriteErrorLine($_.Exception.GetBaseException().Message)
        return 1
    }
    return [int] $Shell.Runspace.SessionStateProxy.GetVariable('LASTEXITCODE')
}

$order = $orders.ReadLineAsync()
while ($null -ne ($line = $order.GetAwaiter().GetResult())) {
    $order = $orders.ReadLineAsync()
    if ($line -eq 'kill') { continue } # the script had just ended by itself
    $asked = $line | ConvertFrom-Json
    Set-Environment $asked.environment
    $runspace = [runspacefactory]::CreateRunspace($Host, [runspace]::DefaultRunspace.InitialSessionState)
    $runspace.Open()
    $gone = [System.Threading.ManualResetEvent]::new($false)
    $runspace.SessionStateProxy.SetVariable('WorldGone', $gone)
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    $playing = $shell.AddScript($asked.code, $false).AddCommand('Out-Default').BeginInvoke()
    $null = [System.Threading.WaitHandle]::WaitAny(@($playing.AsyncWaitHandle, ([IAsyncResult] $order).AsyncWaitHandle))
    # A killed script does nothing more, not even its finally blocks: it is left where it is, for good, at its first word to a world
    # that is gone.
    if (-not $playing.IsCompleted) { $null = [System.Threading.WaitHandle]::WaitAny(@($playing.AsyncWaitHandle, $gone)) }
    $exitCode = 0
    if ($playing.IsCompleted) {
        $exitCode = Complete-Script $shell $playing
        $runspace.Dispose()
    }
    foreach ($stream in [Console]::Out, [Console]::Error) { $stream.Write("`0$exitCode`0"); $stream.Flush() }
}
[Environment]::Exit(0)
