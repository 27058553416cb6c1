#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds the Debian packages: tools/deb.sh ARCH BUILD OUT [FOLDER [CONSOLE]] takes the tracked
# files as they stand and the console that was built in CONSOLE (BUILD/console), and leaves the
# packages in OUT. It works in a chroot below BUILD, in /FOLDER there, with what debian/control
# names; for another architecture than this machine's with Debian's cross compilers. Asks for root,
# as chroots do.
set -euo pipefail
umask 022 # packages are not to tell whose habits they were built with
arch=$1 build=$(realpath -m "$2") out=$(realpath -m "$3") folder=${4:-build}
console=$(realpath -m "${5:-$build/console}")
cd "$(dirname "$0")/.."
own=$(dpkg --print-architecture)
base=$build/deb/chroot root=$build/deb/chroot-$arch
profiles=pkg.fangzi-kiosk.console-made kinds=full cross=
[ "$arch" = "$own" ] || profiles=$profiles,cross,nocheck kinds=any cross=crossbuild-essential-$arch
[ "$(id -u)" -eq 0 ] || { echo "deb: a chroot is made and entered by root" >&2; exit 1; }

inside() { # COMMAND...
	tools/inside.sh "$root" env -u MAKEFLAGS -u MAKELEVEL DEBIAN_FRONTEND=noninteractive DEB_BUILD_PROFILES="${profiles//,/ }" \
		DEB_BUILD_OPTIONS="parallel=$(nproc)" "$@"
}

# The archive may change while it is read: its index then does not fit what it names. So it is asked again.
again() { # COMMAND...
	"$@" || { echo "deb: once more: $*" >&2; "$@"; }
}

# Of the release alone, as its last update left it: the security archive's indexes for some architectures
# do not always fit those of others, and what is built here is not to need more than a release has. Nothing
# in it needs to outlive a power cut.
make_base() {
	rm -rf "$base" &&
		mkdir -p "$(dirname "$base")" &&
		mmdebstrap --variant=minbase --include=build-essential,debhelper,lintian \
			--dpkgopt=force-unsafe-io --setup-hook='sed -i "/ bookworm /!d" "$1/etc/apt/sources.list"' \
			bookworm "$base" &&
		touch "$base/made"
}

install_needs() {
	inside apt-get update --error-on=any &&
		inside apt-get install --yes --no-install-recommends ${cross:+"$cross"} &&
		inside apt-get build-dep --yes --no-install-recommends --host-architecture "$arch" \
			--build-profiles "$profiles" /needs
}

# A copy of it with what debian/control names, of the architecture that is built for; anew when that
# changes. One for each: not all of these packages can be installed for two at once.
make_chroot() {
	rm -rf "$root"
	cp -a "$base" "$root"
	mkdir -p "$root/needs/debian"
	cp debian/control debian/changelog "$root/needs/debian"
	[ -z "$cross" ] || inside dpkg --add-architecture "$arch"
	again install_needs
	cp debian/control "$root/needs/made"
}
[ -e "$base/made" ] || again make_base
cmp -s debian/control "$root/needs/made" || make_chroot

version=$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)
tree=$root/$folder/fangzi-kiosk-$version
rm -rf "${root:?}/$folder"
mkdir -p "$tree/build"
git ls-files -z | tar --create --null --files-from=- | tar --extract --directory="$tree"
cp -r "$console" "$tree/build/console"
touch "$tree/build/console/index.html"
inside sh -c "cd '/$folder/fangzi-kiosk-$version' &&
	dpkg-buildpackage --build=$kinds --host-arch=$arch --no-sign --no-pre-clean"
mkdir -p "$out"
find "$root/$folder" -maxdepth 1 -type f -exec mv -t "$out" {} +
rm -rf "${root:?}/$folder"
