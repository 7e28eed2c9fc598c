#!/usr/bin/env bash
# bare.sh SUITE: what the README promises of a Debian that has git, make and Python and nothing else. Such a machine is made
# for it, has the commit under test cloned into it, runs `make report` and `make test` there, and is thrown away.
# Status 77: this machine cannot make another.
cd "$(dirname "$0")/.."
. .ci/common.sh
suite=$1
cannot() { say "no bare $suite here: $*"; exit 77; }

[ "$(id -u)" -eq 0 ] || cannot "only root can make one"
apt-get update >/dev/null 2>&1 || true
command -v debootstrap >/dev/null ||
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends debootstrap debian-archive-keyring >/dev/null 2>&1 || true
command -v debootstrap >/dev/null || cannot "debootstrap is not there and cannot be installed"
# Mounts and processes of the machine are in namespaces of their own: they are gone when it is, however it ends.
apart=(unshare --mount --pid --fork --kill-child)
"${apart[@]}" mount -t tmpfs none /mnt 2>/dev/null || cannot "mounts are not allowed"

machine=$(mktemp -d)
trap 'rm -rf --one-file-system "$machine"' EXIT
trap 'exit 130' INT TERM HUP
root=$machine/root

# The mirror that this machine has, if it is a Debian; otherwise the one that debootstrap knows.
mirror=$(apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    sed -n 's/^Debian Debian \(http.*\)/\1/p' | sort -u | sed -n 1p) || true
script=/usr/share/debootstrap/scripts/$suite
[ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid # one that is older than the suite
say "making a bare $suite"
clean "${apart[@]}" debootstrap --variant=minbase --include=git,make,python3,ca-certificates \
    "$suite" "$root" "$mirror" "$script" >"$machine/log" 2>&1 || {
    tail -n 5 "$machine/log" >&2
    cannot "debootstrap failed"
}

# How registries are reached from here: proxies, pip's settings, and every file that a setting names.
apt-config dump | grep -E '^Acquire::(http|https)::Proxy' >"$root/etc/apt/apt.conf.d/90proxy" || true
take() { # the same file at the same place; what is root's there is whose home it is here
    if [[ $1 == /* && -f $1 ]]; then install -D -m 644 "$1" "$root${1/#"$HOME"\//\/root/}"; fi
}
take /etc/ssl/certs/ca-certificates.crt
for settings in /etc/pip.conf /etc/xdg/pip/pip.conf "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf" "${PIP_CONFIG_FILE:-}"; do
    take "$settings"
    for word in $(cat "$settings" 2>/dev/null); do take "$word"; done
done
for name in $(registry_settings); do
    for word in ${!name}; do take "$word"; done
done

git clone -q --bare . "$root/srv/ngo-report.git"
cat >"$root/srv/commands" <<'END'
set -e
cd
git clone -q /srv/ngo-report.git ngo-report && cd ngo-report
make report >/srv/report.log 2>&1 || { cat /srv/report.log; exit 1; }
cat /srv/report.log
# Its four files, what it says of the facts, and what set-up did: no more than somebody reads.
test "$(wc -l </srv/report.log)" -le 10
for language in en bg; do
    test -s "output/spoc/annual-report/annual-report-$language.pdf"
    test -s "output/spoc/annual-report/annual-report-$language.docx"
done
make test
END
say "make report and make test on a bare $suite, made in $SECONDS s"
# shellcheck disable=SC2016 # $1 is the inner shell's
HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin clean "${apart[@]}" sh -c '
    mount -t proc proc "$1/proc"
    mount -t tmpfs -o mode=1777 shm "$1/dev/shm"
    exec chroot "$1" sh /srv/commands' sh "$root" </dev/null
say "the README is true on a bare $suite ($SECONDS s)"
