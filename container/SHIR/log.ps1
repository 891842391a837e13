# What the scripts of this image print. Everything goes through Write-Log or Hide-Secret, so that no key can reach the output.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$script:Secrets = @()

# Hides an authentication key from now on: whole, its last '@' part (the secret itself), and that part without its padding.
function Add-Secret([string] $Key) {
    $last = $Key.Split('@')[-1]
    # Shorter pieces are no secrets, and would garble every line. The longest goes first, else its rest would stay.
    $forms = @($Key, $last, $last.TrimEnd('=')) | Where-Object { $_.Length -ge 4 }
    $script:Secrets = @(@($script:Secrets) + @($forms) | Sort-Object -Property Length -Descending)
}

function Hide-Secret([string] $Text) {
    foreach ($secret in $script:Secrets) { $Text = $Text.Replace($secret, '***') }
    return $Text
}

# One message is one line: foreign text can neither start a line of its own nor move the cursor.
function Write-Log([string] $Message) {
    $now = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
    Write-Host ('[{0}] {1}' -f $now, ((Hide-Secret $Message) -replace '[\x00-\x1f\x7f]+', ' '))
}
