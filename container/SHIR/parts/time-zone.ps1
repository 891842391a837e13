# The container's time zone. Windows gives containers one of their own from Server 2022 on (and 2019 since 2021); before that
# Set-TimeZone changes nothing, and says nothing.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Applies the zone and returns $true where that changed something. As upstream means it, a zone that cannot be set is told, and
# keeps no node from running.
function Set-ContainerTimeZone([string] $Id) {
    if ($Id -eq '' -or (Get-TimeZone).Id -eq $Id) { return $false }
    $known = 'Get-TimeZone -ListAvailable lists what there is, such as W. Europe Standard Time.'
    if ($Id.Contains('/')) {
        Write-Log "WARNING: TZ: $Id is an IANA name, Windows will not know it; $known"
        return $false
    }
    try { Set-TimeZone -Id $Id }
    catch {
        Write-Log "WARNING: TZ: $Id was not applied: $($_.Exception.Message) $known"
        return $false
    }
    if ((Get-TimeZone).Id -ne $Id) {
        Write-Log "WARNING: TZ: $Id was not applied: this machine's Windows is too old to give a container a time zone of its own."
        return $false
    }
    Write-Log "Time zone: $Id"
    return $true
}
