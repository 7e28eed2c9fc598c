# Shared by the set-up scripts: plain sh, so that it runs where there is no bash. Source it from the project's folder.
set -eu
export PIP_DISABLE_PIP_VERSION_CHECK=1 UV_PYTHON_DOWNLOADS=never

say() { echo "set-up: $*" >&2; }
fail() { say "$*"; exit 3; }

# Python: the newest that is there. Run it to be sure: version managers leave shims that only print an error.
find_python() {
    for candidate in python3.14 python3.13 python3.12 python3.11 python3; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail "needs Python 3.11 or newer and found none. Install it (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python) and run make again."
}

# quietly COMMAND...: what installers say, hundreds of lines often, is shown only where one fails.
log=
attempt() {
    if [ -z "$log" ]; then
        log=$(mktemp)
        trap 'rm -f "$log"' EXIT
    fi
    "$@" </dev/null >>"$log" 2>&1
}
quietly() {
    if ! attempt "$@"; then
        cat "$log" >&2
        fail "the command failed: $*"
    fi
    : >"$log"
}

# install COMMAND...: run a package manager's command with the rights it needs, or say what somebody else must run.
install() {
    case $1 in brew) as_root= ;; *) as_root=$(root_prefix "$*") ;; esac
    say "installing what is missing: $*"
    if [ "$1" = apt-get ]; then
        # A stale list of somebody else's repository need not stop us: what counts is whether the install works.
        attempt $as_root apt-get update || say "apt-get update complained; trying all the same"
        set -- env DEBIAN_FRONTEND=noninteractive "$@"
    fi
    quietly $as_root "$@"
}

# install_python ARGUMENTS...: install Python packages into .venv, by uv where there is one.
install_python() {
    if command -v uv >/dev/null; then
        quietly uv pip install --python .venv/bin/python "$@"
    else
        quietly .venv/bin/python -m pip install "$@"
    fi
}

root_prefix() {
    if [ "$(id -u)" -eq 0 ]; then return; fi
    # sudo may ask for a password only where there is somebody to type it.
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 2 ]; }; then echo sudo; return; fi
    fail "this machine lacks system libraries or programs and you are not its administrator. Ask them to run: $1"
}
