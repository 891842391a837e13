# Off Windows: what the workflow's steps call of it. Time passes as soon as it is looked at.

$global:now = [datetime] '2026-11-25'
function Get-Date { $global:now = $global:now.AddSeconds(5); return $global:now }
function Start-Sleep { }
function Get-Service { return [pscustomobject] @{ Status = 'Stopped' } }
function Start-Service { Write-Host "Start-Service $args" }
