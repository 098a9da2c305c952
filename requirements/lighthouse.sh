#!/bin/sh
# Installs Lighthouse (Apache-2.0), which judges pages in the tests; it stays in .venv and is never shipped.
# 12.8 is the last line that runs on the Node 18 of Debian 12.
set -eu
cd "$(dirname "$0")/.."
version=12.8.2
there=.venv/lighthouse/node_modules/lighthouse/package.json

grep -q "\"version\": \"$version\"" "$there" 2>/dev/null && exit 0
if ! command -v npm >/dev/null 2>&1; then
    root=""
    [ "$(id -u)" = 0 ] || root="sudo -n"
    $root env DEBIAN_FRONTEND=noninteractive apt-get -qq update </dev/null >/dev/null
    $root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends nodejs npm </dev/null >/dev/null
fi
printf 'Đang cài: lighthouse %s\n  Installing: lighthouse %s\n' "$version" "$version" >&2
mkdir -p .venv/lighthouse
cd .venv/lighthouse
npm install --no-save --no-package-lock --no-audit --no-fund --silent "lighthouse@$version" </dev/null
