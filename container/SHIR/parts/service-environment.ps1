# SHIR runs as a Windows service, and services get the machine's variables, not the container's. What a container was given besides
# (docker run -e, ENV) reaches SHIR through the registry value Environment of its service.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'registry.ps1')

$ServiceKey = 'HKLM:\SYSTEM\CurrentControlSet\Services\DIAHostService'

# Read by these scripts, or by dmgcmd.exe.
$OwnVariables = @('AUTH_KEY', 'AUTH_KEY_FILE', 'NODE_NAME', 'ENABLE_HA', 'HA_PORT', 'ENABLE_AE', 'AE_TIME', 'TZ', 'LOCAL_FOLDERS',
    'SHIR_WINDOWS_CONTAINER_ENV')
# Made by Windows for each process, from the user it runs as: the service has its own.
$WindowsVariables = @('ALLUSERSPROFILE', 'APPDATA', 'CommonProgramFiles', 'CommonProgramFiles(x86)', 'CommonProgramW6432',
    'COMPUTERNAME', 'ComSpec', 'HOMEDRIVE', 'HOMEPATH', 'LOCALAPPDATA', 'LOGONSERVER', 'NUMBER_OF_PROCESSORS', 'OS', 'Path', 'PATHEXT',
    'PROCESSOR_ARCHITECTURE', 'PROCESSOR_IDENTIFIER', 'PROCESSOR_LEVEL', 'PROCESSOR_REVISION', 'ProgramData', 'ProgramFiles',
    'ProgramFiles(x86)', 'ProgramW6432', 'PROMPT', 'PSExecutionPolicyPreference', 'PSModulePath', 'PUBLIC', 'SystemDrive', 'SystemRoot',
    'TEMP', 'TMP', 'USERDOMAIN', 'USERDOMAIN_ROAMINGPROFILE', 'USERNAME', 'USERPROFILE', 'windir')

# The container's own variables, as NAME=value lines in order. None that holds the key.
function Get-FurtherVariables {
    $variables = [Environment]::GetEnvironmentVariables()
    foreach ($name in @($variables.Keys | Sort-Object)) {
        if ($name -in $OwnVariables -or $name -in $WindowsVariables) { continue }
        if ($variables[$name] -ceq (Get-RegistryValue $MachineEnvironmentKey $name)) { continue }
        if (Test-Secret $variables[$name]) {
            Write-Log "WARNING: $name holds an authentication key, which SHIR does not get in a variable."
            continue
        }
        "$name=$($variables[$name])"
    }
}

# Writes the variables for SHIR's service and returns $true where that changed something: the service reads them when it starts.
function Set-ServiceEnvironment {
    $further = @(Get-FurtherVariables)
    $names = @($further | ForEach-Object { $_.Split('=')[0] })
    $before = @(Get-RegistryValue $ServiceKey 'Environment' | Where-Object { $_ })
    $after = @($before | Where-Object { $_.Split('=')[0] -notin $names }) + $further
    if (($before -join "`0") -ceq ($after -join "`0")) { return $false }
    Set-RegistryValue $ServiceKey 'Environment' 'MultiString' ([string[]] $after)
    Write-Log "Variables for SHIR: $($names -join ', ')."
    return $true
}
