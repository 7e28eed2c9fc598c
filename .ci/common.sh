# Shared by the scripts of continuous integration: bash. Source it from the project's folder.
set -euo pipefail
: "${HOME:=/root}"

say() { echo "ci: $*" >&2; }

# What clients of package registries go by: addresses, proxies, certificates.
registry_settings() {
    compgen -e | grep -iE '^((PIP|UV|NPM_CONFIG)_.*|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(REQUESTS|CURL)_CA_BUNDLE|(https?|no|all)_proxy)$' || true
}

# clean NAME=VALUE... COMMAND...: run a command as a user would, with no more of this machine's environment than it needs.
clean() {
    local kept=() name
    for name in $(registry_settings); do kept+=("$name=${!name}"); done
    env -i HOME="$HOME" PATH="$PATH" LANG=C.UTF-8 "${kept[@]}" "$@"
}
