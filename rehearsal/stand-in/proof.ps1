# What the steps of .github/workflows/windows.yml share. Each begins with: . ./rehearsal/stand-in/proof.ps1

$ErrorActionPreference = 'Stop'

# Fails the step unless the claim holds. What holds is printed, so that the log tells what was proven.
function Assert-That([string] $Claim, [bool] $Holds) {
    if (-not $Holds) { throw "Not so: $Claim." }
    Write-Host "Proven: $Claim."
}

function Assert-Equal([string] $What, [string] $Expected, [string] $Actual) {
    if ($Actual -cne $Expected) { throw "$What should be '$Expected', but is '$Actual'." }
    Write-Host "Proven: $What is '$Actual'."
}

function Wait-Until([string] $Claim, [int] $Seconds, [scriptblock] $Condition) {
    $until = (Get-Date).AddSeconds($Seconds)
    while (-not (& $Condition)) {
        if ((Get-Date) -ge $until) { throw "Not so within $Seconds s: $Claim." }
        Start-Sleep -Seconds 2
    }
    Write-Host "Proven: $Claim."
}

# Runs docker and returns the lines that it prints; fails where docker does.
function Invoke-Docker {
    $lines = & docker @args
    if ($LASTEXITCODE -ne 0) { throw "docker $($args[0]) ended with exit code $LASTEXITCODE." }
    return $lines
}

# Everything that a container has printed, as one text. Not by Out-String, which may break long lines.
function Get-ContainerLog([string] $Container) {
    $lines = & docker logs $Container 2>&1
    if ($LASTEXITCODE -ne 0) { throw "docker logs ended with exit code $LASTEXITCODE." }
    return @($lines | ForEach-Object { "$_" }) -join "`n"
}

# Runs Windows PowerShell code inside a container. Without double quotes, which each shell on the way reads in its own way.
function Invoke-Inside([string] $Container, [string] $Code) {
    return Invoke-Docker exec $Container powershell -NoProfile -NonInteractive -Command $Code
}

# On some hosted machines the engine's service is stopped when a job begins (actions/runner-images#13729).
function Start-Engine {
    foreach ($try in 1..30) {
        & docker version --format '{{.Server.Version}}'
        if ($LASTEXITCODE -eq 0) { return }
        if ((Get-Service -Name docker).Status -ne 'Running') { Start-Service -Name docker -ErrorAction Continue }
        Start-Sleep -Seconds 2
    }
    throw 'The engine does not answer.'
}

# A key that opens nothing, another one each time. The stand-in refuses those of the factory "bad-key".
function New-Key([string] $Factory) {
    $secret = New-Object byte[] 32
    [System.Security.Cryptography.RandomNumberGenerator]::Create().GetBytes($secret)
    $address = "ServiceEndpoint=$Factory.westeurope.datafactory.azure.net"
    return ('IR', [guid]::NewGuid(), $Factory, $address, [Convert]::ToBase64String($secret)) -join '@'
}

# How often a container has asked for its registration, by the stand-in's own record.
function Get-RegistrationCount([string] $Container) {
    $calls = Invoke-Docker exec $Container cmd /c type 'C:\ProgramData\shir-stand-in\dmgcmd.log'
    return @($calls | Where-Object { $_ -match '-RegisterNewNode' }).Count
}
