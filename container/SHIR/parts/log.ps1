# What the scripts of this image print. Everything goes through Write-Log or Hide-Secret, so that no key can reach the output.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$script:Secrets = @()

# Hides an authentication key from now on: whole, its last '@' part (the secret itself), and that part without its padding, each as it
# is and as addresses and JSON write it.
function Add-Secret([string] $Key) {
    $last = $Key.Split('@')[-1]
    # Shorter pieces are no secrets, and would garble every line. The longest goes first, else its rest would stay.
    $plain = @($Key, $last, $last.TrimEnd('=')) | Where-Object { $_.Length -ge 4 }
    $forms = foreach ($text in $plain) {
        $address = [Uri]::EscapeDataString($text)
        $text, $address, [regex]::Replace($address, '%..', { param($hex) $hex.Value.ToLowerInvariant() })
        # Some write a plus so, some an equals sign as well, some a slash.
        $text.Replace('/', '\/')
        foreach ($digits in '\u002B', '\u002b') { $text.Replace('+', $digits) }
        $text.Replace('+', '\u002B').Replace('=', '\u003D')
        $text.Replace('+', '\u002b').Replace('=', '\u003d')
    }
    $script:Secrets = @(@($script:Secrets) + @($forms) | Select-Object -Unique | Sort-Object -Property Length -Descending)
}

function Hide-Secret([string] $Text) {
    foreach ($secret in $script:Secrets) { $Text = $Text.Replace($secret, '***') }
    return $Text
}

# True where a text holds the key, a part of it that must not be shown, or what looks like any key.
function Test-Secret([string] $Text) {
    return (Hide-Secret $Text) -cne $Text -or $Text -match '(?<![a-z])IR@[^@]+@[^@]+@'
}

function Get-Now { return (Get-Date).ToUniversalTime() }

# One message is one line: foreign text can neither start a line of its own nor move the cursor.
function Write-Log([string] $Message) {
    $now = (Get-Now).ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
    Write-Host ('[{0}] {1}' -f $now, ((Hide-Secret $Message) -replace '[\x00-\x1f\x7f\x85\u2028\u2029]+', ' '))
}
