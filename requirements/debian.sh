#!/bin/sh
# Installs the Debian packages that the tests need: a browser, gettext, readers of PDFs and signatures, a token in software, a scanner.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
# The same browser without its windows takes half the time; the tests do without it where it cannot be had.
wished=""
command -v chromium-headless-shell >/dev/null 2>&1 || wished=chromium-headless-shell
command -v msgfmt >/dev/null 2>&1 || missing="$missing gettext"
command -v softhsm2-util >/dev/null 2>&1 || missing="$missing softhsm2"
command -v openssl >/dev/null 2>&1 || missing="$missing openssl"
# A scanner of files: only its daemon, which tests start with a few signatures of their own; no list is fetched.
command -v clamd >/dev/null 2>&1 || [ -x /usr/sbin/clamd ] || missing="$missing clamav-daemon"
command -v pdfsig >/dev/null 2>&1 || missing="$missing poppler-utils"
[ -n "$missing$wished" ] || exit 0

root=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1; then root="sudo -n"; else root="none"; fi
fi
if [ "$root" = none ] || ! command -v apt-get >/dev/null 2>&1; then
    [ -n "$missing" ] || exit 0
    printf 'Cần cài:%s\n  These are needed for the tests; please install:%s\n' "$missing" "$missing" >&2
    exit 1
fi
printf 'Đang cài:%s\n  Installing:%s\n' "$missing $wished" "$missing $wished" >&2
$root env DEBIAN_FRONTEND=noninteractive apt-get -qq update </dev/null >/dev/null
install() {
    # shellcheck disable=SC2068 # several names
    $root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $@ </dev/null >/dev/null
}
[ -z "$missing" ] || install "$missing"
[ -z "$wished" ] || install "$wished" || true
