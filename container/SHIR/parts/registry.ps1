# Windows' registry.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# The variables that every process of the machine gets, services included.
$MachineEnvironmentKey = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Environment'

# A value, or $null where the key or the value does not exist.
function Get-RegistryValue([string] $Key, [string] $Name) {
    $item = Get-ItemProperty -Path $Key -Name $Name -ErrorAction SilentlyContinue
    if ($null -eq $item) { return $null }
    return $item.$Name
}

# Makes the key where it is missing. $Type: DWord, String or MultiString.
function Set-RegistryValue([string] $Key, [string] $Name, [string] $Type, $Value) {
    if (-not (Test-Path -Path $Key)) { $null = New-Item -Path $Key }
    $null = New-ItemProperty -Path $Key -Name $Name -PropertyType $Type -Value $Value -Force
}
