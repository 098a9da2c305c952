#!/bin/sh
# Installs the Debian packages that the tests need: a browser to drive, gettext to read the texts.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v msgfmt >/dev/null 2>&1 || missing="$missing gettext"
[ -n "$missing" ] || exit 0

root=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1; then root="sudo -n"; else root="none"; fi
fi
if [ "$root" = none ] || ! command -v apt-get >/dev/null 2>&1; then
    printf 'Cần cài:%s\n  These are needed for the tests; please install:%s\n' "$missing" "$missing" >&2
    exit 1
fi
printf 'Đang cài:%s\n  Installing:%s\n' "$missing" "$missing" >&2
$root env DEBIAN_FRONTEND=noninteractive apt-get -qq update </dev/null >/dev/null
# The same browser without its windows: the robot that files every procedure takes half the time with it.
if apt-cache show chromium-headless-shell >/dev/null 2>&1; then
    missing="$missing chromium-headless-shell"
fi
# shellcheck disable=SC2086 # several names
$root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq install -y --no-install-recommends $missing </dev/null >/dev/null
