#!/bin/sh
# Make ./.venv ready: system libraries, Python packages as pinned, this project editable. Nothing there is done twice.
#   environment.sh [test]     "test" adds what the tests need
cd "$(dirname "$0")/.."
. .setup/common.sh

tier=${1:-run}
pins=.setup/pins.txt
[ "$tier" = test ] && pins=.setup/pins-test.txt

python=.venv/bin/python
"$python" -c 'import sys' 2>/dev/null || python=$(find_python)

# System libraries. The Python module that guards every PDF also knows what is missing here and what installs it.
status=0
command=$(PYTHONPATH=. "$python" -P report/formats/libraries.py) || status=$?
[ "$status" -le 1 ] || fail "${command:-$python cannot run report/formats/libraries.py}. Install Pango and HarfBuzz with this system's package manager."

# Debian keeps venv's ensurepip in a package of its own. uv does without it.
if [ ! -x .venv/bin/python ] && ! command -v uv >/dev/null && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    command -v apt-get >/dev/null || fail "$python has no ensurepip: install Python's venv module with this system's package manager."
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    command="${command:-apt-get install -y --no-install-recommends} $version-venv"
fi
# shellcheck disable=SC2086 # the command is words on purpose
[ -z "$command" ] || install $command

# The stamp holds what the environment was made from, so it goes stale by content, and when the folder moves.
key="$(cat "$pins" pyproject.toml .setup/environment.sh | cksum) $PWD"
stamp=.venv/.ready-$tier
if [ -x .venv/bin/report ] && [ "$(cat "$stamp" 2>/dev/null)" = "$key" ]; then exit 0; fi

say "installing Python packages into .venv (about a minute the first time)"
if command -v uv >/dev/null; then
    if ! .venv/bin/python -c 'import sys' 2>/dev/null; then quietly uv venv --clear --no-project --python "$(find_python)" .venv; fi
else
    # An environment without pip (uv made it, or venv was interrupted) is made anew.
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then quietly "$(find_python)" -m venv --clear .venv; fi
fi
install_python --require-hashes -r "$pins"
# The build back end is pinned and already there: no isolation, no dependencies, so nothing unpinned is fetched.
install_python --no-deps --no-build-isolation -e .
echo "$key" >"$stamp"
