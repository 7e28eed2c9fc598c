#!/bin/sh
# Install what `make bench-batch` measures against and is missing: LibreOffice, Chromium, and Typst into ./.peers. No
# part of the program needs any of it. Nothing that is there is touched.
cd "$(dirname "$0")/.."
. .setup/common.sh

packages=
need() { packages="$packages $1"; }
if command -v apt-get >/dev/null; then
    command -v soffice >/dev/null || need libreoffice-writer-nogui
    command -v chromium >/dev/null || command -v google-chrome >/dev/null || need chromium
    # shellcheck disable=SC2086
    [ -z "$packages" ] || install apt-get install -y --no-install-recommends $packages
else
    say "only apt is known here: the table names the peers that are missing"
fi

if [ ! -d .peers/typst ]; then
    mkdir -p .peers
    echo '*' >.peers/.gitignore
    say "fetching Typst"
    install_python --target .peers "typst==0.15.2"
fi
