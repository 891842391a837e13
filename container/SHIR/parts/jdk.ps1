# The JDK that SHIR needs for Parquet, ORC and Avro.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'registry.ps1')

# Installs the JDK at $Url (a Windows Installer package that takes INSTALLDIR, as those of Microsoft and Adoptium do).
function Install-Jdk([string] $Url, [string] $Sha256) {
    $javaHome = Join-Path $Env:ProgramFiles 'OpenJDK'
    $package = Join-Path ([System.IO.Path]::GetTempPath()) 'jdk.msi'
    if ($Url -eq '') { Stop-Build 'INSTALL_JDK is true, but JDK_URL names no JDK.' }
    Assert-HashForm $Sha256 'JDK_SHA256'
    Write-Log 'Downloading the JDK from JDK_URL.'
    Save-Package $Url $package 'JDK_URL'
    Assert-Hash $package $Sha256 'JDK_SHA256'
    Install-Msi $package @("INSTALLDIR=$(Format-Argument $javaHome)")
    Remove-Item -LiteralPath $package
    # The file that SHIR loads.
    $library = Join-Path $javaHome 'bin\server\jvm.dll'
    if (-not (Test-Path -LiteralPath $library -PathType Leaf)) { Stop-Build "The JDK was installed, but there is no $library." }
    # SHIR runs as a service: it sees JAVA_HOME only there.
    Set-RegistryValue $MachineEnvironmentKey 'JAVA_HOME' 'String' $javaHome
    Write-Log "JAVA_HOME is $javaHome."
}
