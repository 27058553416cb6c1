#!/bin/sh
# Installs the Debian packages that are missing, and only then asks for root.
# Usage: tools/deps.sh [LIST]: packages.txt, which every build needs, or another beside it.
set -eu
cd "$(dirname "$0")"

wanted=$(sed 's/#.*//' "${1:-packages.txt}" | awk 'NF {print $1}')
missing=
for package in $wanted; do
	state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
	[ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "deps: installing:$missing" >&2
if [ "$(id -u)" -eq 0 ]; then
	root=
elif command -v sudo >/dev/null; then
	root=sudo
else
	echo "deps: not root and no sudo; as root run: apt-get install --no-install-recommends$missing" >&2
	exit 1
fi
export DEBIAN_FRONTEND=noninteractive
# The lists may be missing (a new machine) or old; a failed install is tried once more with new ones.
# shellcheck disable=SC2086 # word splitting is meant
$root apt-get install -y --no-install-recommends $missing >&2 || {
	$root apt-get update >&2
	$root apt-get install -y --no-install-recommends $missing >&2
}
