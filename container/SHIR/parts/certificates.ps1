# Certificates that the container's Windows trusts: those of a proxy that opens TLS, or of a company's own authority.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$BasicConstraints = '2.5.29.19'
$SubjectKeyId = '2.5.29.14'
$AuthorityKeyId = '2.5.29.35'

# The certificates of one file, as DER: it is DER itself, or PEM with one or several.
function Read-CertificateFile([string] $Path) {
    $bytes = [System.IO.File]::ReadAllBytes($Path)
    $text = [System.Text.Encoding]::ASCII.GetString($bytes)
    $blocks = [regex]::Matches($text, '-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----')
    $name = Split-Path -Leaf $Path
    $begun = [regex]::Matches($text, '-----BEGIN CERTIFICATE-----').Count
    if ($bytes.Length -eq 0 -or $begun -ne $blocks.Count) { Stop-Build "$name is no certificate: it is empty, or not whole." }
    $contents = @(if ($begun -eq 0) { , $bytes } else { foreach ($block in $blocks) { $block.Groups[1].Value } })
    foreach ($content in $contents) {
        try {
            [byte[]] $der = if ($content -is [string]) { [Convert]::FromBase64String($content) } else { $content }
            New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $der)
        }
        catch { Stop-Build "$name is no certificate: $($_.Exception.GetBaseException().Message)" }
    }
}

function Get-ExtensionHex($Certificate, [string] $Oid) {
    $extension = $Certificate.Extensions[$Oid]
    if ($null -eq $extension) { return '' }
    return [BitConverter]::ToString($extension.RawData)
}

# A root is signed by itself: it names itself as its issuer, and its own key as the issuer's where it names one.
function Test-Root($Certificate) {
    $names = @($Certificate.SubjectName, $Certificate.IssuerName) | ForEach-Object { [BitConverter]::ToString($_.RawData) }
    if ($names[0] -ne $names[1]) { return $false }
    $own = Get-ExtensionHex $Certificate $SubjectKeyId
    $issuers = Get-ExtensionHex $Certificate $AuthorityKeyId
    # Without a key's name (tag 80, the first of its parts) there is nothing to compare.
    if ($own -eq '' -or $issuers -notmatch '^30-(81-..-|82-..-..-|..-)80-') { return $true }
    return $issuers.Contains($own.Substring(6)) # without the two bytes that say "octets, so many"
}

# Windows' store for a certificate: Root or CA. A server's own certificate belongs into neither.
function Get-CertificateStore($Certificate) {
    if (Test-Root $Certificate) { return 'Root' }
    $constraints = $Certificate.Extensions[$BasicConstraints]
    if ($null -ne $constraints -and $constraints.CertificateAuthority) { return 'CA' }
    Stop-Build "$($Certificate.Subject) is a server's certificate: trust the authority that issued it, $($Certificate.Issuer)."
}

# Trusts every *.cer of a folder.
function Install-Certificates([string] $Folder) {
    $files = @(Get-ChildItem -LiteralPath $Folder -File | Where-Object { $_.Name -like '*.cer' } | Sort-Object -Property Name)
    if ($files.Count -eq 0) { Stop-Build 'INSTALL_CERT is true, but no *.cer lies in SHIR.' }
    foreach ($file in $files) {
        foreach ($certificate in @(Read-CertificateFile $file.FullName)) { Install-Certificate $certificate $file.Name }
    }
}

function Install-Certificate($Certificate, [string] $FileName) {
    $store = Get-CertificateStore $Certificate
    $path = Join-Path ([System.IO.Path]::GetTempPath()) "$($Certificate.Thumbprint).cer"
    [System.IO.File]::WriteAllBytes($path, $Certificate.RawData)
    $null = Import-Certificate -FilePath $path -CertStoreLocation "Cert:\LocalMachine\$store"
    Remove-Item -LiteralPath $path
    $kind = if ($store -eq 'Root') { 'root' } else { 'intermediate' }
    Write-Log "Trusted as ${kind}: $($Certificate.Subject), $($Certificate.Thumbprint), from $FileName."
    $end = $Certificate.NotAfter.ToUniversalTime()
    if ($end -lt (Get-Now)) { Write-Log "WARNING: it expired on $($end.ToString('yyyy-MM-dd'))." }
}
