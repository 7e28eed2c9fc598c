#!/bin/sh
# Build the container image ngo-report, also under the program's version, by Docker or Podman.
cd "$(dirname "$0")/.."
. .setup/common.sh
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
for builder in docker podman; do
    if command -v "$builder" >/dev/null; then
        # The list of what is left out stands beside the Dockerfile; old builders look for it by this variable only.
        DOCKER_BUILDKIT=1 exec "$builder" build -f .setup/Dockerfile -t ngo-report -t "ngo-report:$version" .
    fi
done
fail "make image needs Docker or Podman"
