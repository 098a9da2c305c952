#!/bin/sh
# Makes .venv from the pinned lists named as arguments (runtime, sandbox, develop); does nothing
# when they have not changed since. Says plainly what is missing and how to get it.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n  %s\n' "$1" "$2" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"
    else return 1; fi
}

apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    say "Đang cài bằng apt-get: $*" "Installing with apt-get: $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >/dev/null 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install -y --no-install-recommends "$@" >/dev/null </dev/null
}

find_python() {
    for python in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
        if command -v "$python" >/dev/null 2>&1 &&
            "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
        then command -v "$python"; return 0; fi
    done
    return 1
}

python_or_complain() {
    find_python && return 0
    apt_install python3 python3-venv >&2 && find_python && return 0
    say "Cần Python 3.11 trở lên có «venv». Trên Debian, chạy: apt-get install python3 python3-venv" \
        "Python 3.11 or newer with venv is needed. On Debian: apt-get install python3 python3-venv"
    return 1
}

make_venv() {
    python=$(python_or_complain)
    rm -rf .venv
    "$python" -m venv .venv
}

usable() { [ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' 2>/dev/null; }

usable || make_venv
digest=$( { .venv/bin/python -V; for list; do cat "requirements/$list.txt"; done; } | sha256sum)
stamp=".venv/installed-$(echo "$@" | tr ' ' '-')"
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$digest" ]; then
    say "Đang cài các thư viện (lần đầu mất một, hai phút)…" "Installing libraries (a minute or two the first time)…"
    for list; do set -- "$@" -r "requirements/$list.txt"; shift; done
    if ! .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check "$@" </dev/null
    then
        say "Không cài được thư viện. Kiểm tra kết nối mạng rồi chạy lại." \
            "The libraries could not be installed. Check the network, then run it again."
        exit 1
    fi
    printf '%s\n' "$digest" >"$stamp"
fi
