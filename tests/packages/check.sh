#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# The Debian packages of this machine's architecture: lintian has nothing to say, their files are
# those of `make install`, a second build in another folder and at another time has the same bytes,
# and in a chroot, installing, removing, purging and installing again leave exactly the files that
# they should. And lintian on those of other architectures that `make deb` has left. TAP.
#   tests/packages/check.sh BUILD
O=$1
. "$(dirname "$0")/../flow/lib.sh"
ARCH=$(dpkg --print-architecture)
HERE=$O/deb-check
PACKAGES=(fangzi-box fangzi-demo fangzi-doc fangzi-hub fangzi-kiosk fangzi-sign fangzi-video)

# ---- two builds -------------------------------------------------------------------
build_first() {
	rm -rf "$HERE/one"
	tools/deb.sh "$ARCH" "$O" "$HERE/one" > "$HERE/one.log" 2>&1
	result $? "the packages are built" "$(tail -n 20 "$HERE/one.log")"
}

# Another folder, another console, other habits of whoever builds.
build_second() {
	rm -rf "$HERE/two" "$HERE/tree"
	mkdir -p "$HERE/tree"
	git ls-files -z | tar --create --null --files-from=- | tar --extract --directory="$HERE/tree"
	(
		umask 002
		export TZ=Asia/Shanghai LC_ALL=C
		env -u MAKEFLAGS -u MAKELEVEL make -C "$HERE/tree" BUILD=other console &&
			tools/deb.sh "$ARCH" "$O" "$HERE/two" somewhere/else "$HERE/tree/other/console"
	) > "$HERE/two.log" 2>&1
	result $? "and built again from another tree in another folder" "$(tail -n 20 "$HERE/two.log")"
}

sums() { # sums FOLDER: of packages and sources; .buildinfo and .changes tell of the build itself
	(cd "$1" && find . -name '*.deb' -o -name '*.dsc' -o -name '*.tar.xz' | sort | xargs -r sha256sum)
}

are_builds_the_same() {
	local differs
	differs=$(diff <(sums "$HERE/one") <(sums "$HERE/two"))
	[ -n "$(sums "$HERE/one")" ] && [ -z "$differs" ]
	result $? "both builds have the same bytes: $(sums "$HERE/one" | wc -l) files" "$differs"
}

# ---- what is in them --------------------------------------------------------------
has_lintian_nothing_to_say() { # FOLDER
	local said
	rm -rf "$O/deb/chroot/look"
	cp -r "$1" "$O/deb/chroot/look"
	said=$(tools/inside.sh "$O/deb/chroot" sh -c 'lintian --allow-root --fail-on error,warning,info --display-info /look/*.changes' 2>&1)
	result $? "lintian has nothing to say: $(basename "$1")" "$said"
}

# As they would lie on a machine, and as make install has it: compressed or not, and where units are.
unpack() {
	local package
	mkdir "$WORK/packages"
	for package in "${PACKAGES[@]}"; do
		dpkg-deb --extract "$HERE/one/${package}_"*.deb "$WORK/packages"
		rm -rf "$WORK/packages/usr/share/doc/$package/"{copyright,changelog.gz} "$WORK/packages/usr/share/lintian"
	done
	cp -a "$WORK/packages/lib/." "$WORK/packages/usr/lib"
	rm -r "$WORK/packages/lib"
	rm "$WORK/packages/usr/lib/fangzi/fangzi-upgrade" "$WORK/packages/usr/lib/systemd/system/fangzi-upgrade."* # debian/ has them
	gunzip "$WORK"/packages/usr/share/man/man*/*.gz
	find "$WORK/packages" -type d -empty -delete
}

install_made() {
	env -u MAKEFLAGS -u MAKELEVEL make BUILD="$O" DESTDIR="$WORK/made" PREFIX=/usr install install-demo install-box > "$WORK/log" 2>&1
	result $? "make install install-demo install-box" "$(tail -n 5 "$WORK/log")"
	rm -f "$WORK/made/usr/share/doc/fangzi-kiosk/LICENSE" # debian/copyright has it
}

files() { # files FOLDER
	(cd "$1" && find . ! -type d -printf '%m %y %p\n' | sort)
}

are_files_those_of_install() {
	local differs
	differs=$(diff <(files "$WORK/made") <(files "$WORK/packages"))
	[ -n "$(files "$WORK/made")" ] && [ -z "$differs" ]
	result $? "the packages' files are those of make install: $(files "$WORK/made" | wc -l)" "$differs"
	differs=$(diff -rq -x bin -x fangzi-video -x console "$WORK/made/usr" "$WORK/packages/usr")
	result $? "with the same bytes, programs and the console apart" "$differs"
	differs=$(for package in "${PACKAGES[@]}"; do
		dpkg-deb --fsys-tarfile "$HERE/one/${package}_"*.deb | tar t | grep -v '/$'
	done | sort | uniq -d)
	[ -z "$differs" ]
	result $? "no file is in two packages" "$differs"
}

is_version_the_same() {
	is "debian/changelog has the Makefile's version" "$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)" \
		"$(sed -n 's/^VERSION := //p' Makefile)"
}

# ---- a machine --------------------------------------------------------------------
ROOT=$HERE/chroot

inside() {
	tools/inside.sh "$ROOT" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"
}

# A bare Debian with what the packages depend on is made once; each run has a copy of it.
make_ready() { # make_ready FOLDER DEPENDS
	rm -rf "$1"
	mmdebstrap --variant=minbase --dpkgopt=force-unsafe-io bookworm "$1" &&
		ROOT=$1 inside apt-get update &&
		ROOT=$1 inside apt-get satisfy --yes --no-install-recommends "$2" &&
		echo "$2" > "$1.made"
}

make_machine() {
	local depends package status
	depends=$(for package in "${PACKAGES[@]}"; do
		dpkg-deb --field "$HERE/one/${package}_"*.deb Depends
	done | tr ',' '\n' | grep -v '^ *fangzi-' | grep . | paste -sd ,) # each other they bring themselves
	[ "$(cat "$HERE/ready.made" 2> /dev/null)" = "$depends" ] ||
		make_ready "$HERE/ready" "$depends" > "$HERE/chroot.log" 2>&1
	status=$?
	result $status "a bare Debian with what the packages depend on" "$(tail -n 5 "$HERE/chroot.log" 2> /dev/null)"
	rm -rf "$ROOT"
	cp -a "$HERE/ready" "$ROOT"
	mkdir "$ROOT/packages"
	for package in "${PACKAGES[@]}"; do
		cp "$HERE/one/${package}_"*.deb "$ROOT/packages"
	done
}

# Every file and folder with rights and owner, but for logs, dpkg's own database and what useradd
# leaves behind.
lie() {
	find "$ROOT" \( -path "$ROOT/proc" -o -path "$ROOT/packages" -o -path "$ROOT/var/log" \
		-o -path "$ROOT/var/lib/dpkg" -o -path "$ROOT/var/cache" -o -path "$ROOT/tmp" \) -prune -o \
		-printf '/%P %y %m\n' | grep -vE '^/etc/((passwd|group|shadow|gshadow)-|\.pwd\.lock) ' | sort
}

# What the packages say that they bring, the folders that systemd-tmpfiles makes, and the one unit
# that is enabled from the start: it looks after upgrades.
brought() {
	local helped=/var/lib/systemd/deb-systemd-helper-enabled wants=timers.target.wants
	inside dpkg --listfiles "${PACKAGES[@]}" | grep -vE '^(/\.)?$' | sed 's|^/lib|/usr/lib|'
	printf '%s\n' /var/lib/fangzi /var/lib/fangzi-hub {/etc/systemd/system,$helped}/$wants{,/fangzi-upgrade.timer} \
		$helped{,/fangzi-{hub.service,hub.socket,kiosk.service,provision.service,sync.service,upgrade.timer}.dsh-also}
}

new_paths() { # new_paths BEFORE AFTER
	comm -13 "$1" "$2" | cut -d' ' -f1
}

installs() { # installs NAME WHAT
	inside sh -c 'dpkg --install /packages/*.deb' > "$WORK/log" 2>&1
	result $? "$2" "$(tail -n 10 "$WORK/log")"
	lie > "$WORK/$1"
}

is_installed_right() {
	local differs
	differs=$(diff <(new_paths "$WORK/bare" "$WORK/first") <(comm -13 <(cut -d' ' -f1 "$WORK/bare") <(brought | sort -u)))
	[ -n "$(new_paths "$WORK/bare" "$WORK/first")" ] && [ -z "$differs" ]
	result $? "new is what the packages bring and make: $(new_paths "$WORK/bare" "$WORK/first" | wc -l)" \
		"$differs"
	[ -z "$(comm -23 "$WORK/bare" "$WORK/first")" ]
	result $? "and nothing that was there is gone or has other rights" "$(comm -23 "$WORK/bare" "$WORK/first")"
	is "the folders are those of their users" "$(inside stat -c '%U %a' /var/lib/fangzi /var/lib/fangzi-hub | paste -sd ' ')" \
		"fangzi-sync 755 fangzi-hub 700"
	differs=$(inside dpkg --verify "${PACKAGES[@]}")
	[ -z "$differs" ]
	result $? "dpkg --verify agrees" "$differs"
	is "no unit but this one is enabled: settings come first" \
		"$(find "$ROOT/etc/systemd" -name 'fangzi*' -printf '%f ')" "fangzi-upgrade.timer "
}

does_it_work() {
	local missing library
	missing=$(for library in libEGL.so.1 libGLESv2.so.2 libgbm.so.1; do
		inside ldconfig -p | grep -q "$library" || echo "$library"
	done)
	[ -z "$missing" ] && [ -n "$(find "$ROOT/usr/lib" -name '*_dri.so' -print -quit)" ]
	result $? "what SDL loads by itself is here" "$missing"
	inside fangzi-sign check /usr/share/fangzi/demo/content.json --media /usr/share/fangzi/demo/media > "$WORK/log" 2>&1
	result $? "fangzi-sign checks the demo" "$(tail -n 5 "$WORK/log")"
	inside fangzi-kiosk snapshot --content /usr/share/fangzi/demo/content.json --media /usr/share/fangzi/demo/media \
		--board overview --at 2023-06-28T10:24:00+08:00 --size 1280x720 --out /tmp/pages > "$WORK/log" 2>&1
	result $? "fangzi-kiosk paints a page of it" "$(tail -n 5 "$WORK/log")"
	inside fangzi-hub init --folder /var/lib/fangzi-hub/office > "$WORK/log" 2>&1
	result $? "fangzi-hub makes an office" "$(tail -n 5 "$WORK/log")"
}

# From fangzi.conf to a paired screen, as README says; keys and trust are the publisher's.
does_the_walk_lead_there() {
	local at=$WORK/walk
	mkdir -p "$ROOT$at/feed"
	ln -s "$ROOT$at" "$at"
	make_keys && make_trust "$at/feed" && make_content "$WORK/plain.json" || return 1
	# One page in the hall: what a report says is what stands there, whenever it is made.
	sed 's|"boards": \[{|&"screens": ["elsewhere"], |;
		s|"boards": \[|&{"id": "hall", "kind": "notices", "theme": "hall", "dwell_s": 5, "screens": ["hall"]}, |' \
		"$WORK/plain.json" > "$WORK/content.json"
	publish "$at/feed" 1 "$WORK/content.json" && make_head "$at/feed" || return 1
	chroot "$ROOT" chown -R fangzi-hub:fangzi-hub "$at"
	PYTHONDONTWRITEBYTECODE=1 unshare --mount --pid --fork --kill-child sh -euc '
		mount --make-rprivate /
		mount -t proc proc "$1/proc"
		exec /usr/bin/python3 tests/packages/walk.py "$@"' walk "$ROOT" "$at" > "$WORK/tap" 2>&1
	result $? "from fangzi.conf to a paired screen, step by step: $(grep -c '^ok' "$WORK/tap")" \
		"$(grep -v '^ok' "$WORK/tap")"
	rm -rf "$ROOT$at" "$ROOT/boot/firmware"
}

# A version that shows nothing, made of this one, is installed while a page is shown.
is_bad_upgrade_taken_back() {
	local status=$ROOT/run/fangzi-kiosk/kiosk.status was version
	was=$(sha256sum < "$ROOT/usr/bin/fangzi-kiosk")
	version=$(inside dpkg-query -W -f '${Version}' fangzi-kiosk)
	dpkg-deb --raw-extract "$HERE/one/fangzi-kiosk_"*.deb "$WORK/bad"
	sed -i "s/^Version: .*/&+bad/" "$WORK/bad/DEBIAN/control"
	cp "$ROOT/bin/false" "$WORK/bad/usr/bin/fangzi-kiosk"
	dpkg-deb --root-owner-group --build "$WORK/bad" "$ROOT/packages/bad" > "$WORK/log"
	mkdir -p "$(dirname "$status")"
	printf 'started=10:00\npage=hall-1\n' > "$status"
	inside /usr/lib/fangzi/fangzi-upgrade watch > "$WORK/log" 2>&1
	result $? "the package of a version that shows a page is kept" "$(cat "$WORK/log")"
	inside sh -c 'dpkg --install /packages/bad' > "$WORK/log" 2>&1
	is "the next version is installed" "$(inside dpkg-query -W -f '${Version}' fangzi-kiosk)" "$version+bad"
	rm "$status"
	inside env PATIENCE_S=1 /usr/lib/fangzi/fangzi-upgrade watch > "$WORK/log" 2>&1
	result $? "and shows nothing" "$(cat "$WORK/log")"
	is "the version before is back" "$(inside dpkg-query -W -f '${Version} ${db:Status-Want}' fangzi-kiosk)" "$version hold"
	is "with its bytes" "$(sha256sum < "$ROOT/usr/bin/fangzi-kiosk")" "$was"
	inside apt-mark unhold fangzi-kiosk > "$WORK/log"
	rm "$ROOT/packages/bad"
}

# As services and people leave them.
use() {
	mkdir -p "$ROOT/var/lib/fangzi/objects" "$ROOT/var/lib/fangzi-ladder"
	touch "$ROOT/var/lib/fangzi/state.sqlite" "$ROOT/var/lib/fangzi-ladder/reboots" "$ROOT/etc/fangzi/"{kiosk,sync,hub}.conf \
		"$ROOT/etc/fangzi/"{trust-1.json,head.pem}
}

removes_and_purges() {
	local left
	inside dpkg --remove "${PACKAGES[@]}" > "$WORK/log" 2>&1
	result $? "they are removed" "$(tail -n 5 "$WORK/log")"
	[ -e "$ROOT/var/lib/fangzi/state.sqlite" ] && [ -e "$ROOT/var/lib/fangzi-hub/office/office.sqlite" ] &&
		[ -e "$ROOT/etc/fangzi/kiosk.conf" ] && [ ! -e "$ROOT/usr/bin/fangzi-kiosk" ]
	result $? "which leaves what was kept, and the settings" "$(find "$ROOT/var/lib/fangzi"* "$ROOT/etc/fangzi")"
	inside dpkg --purge "${PACKAGES[@]}" > "$WORK/log" 2>&1
	result $? "and purged" "$(tail -n 5 "$WORK/log")"
	lie > "$WORK/purged"
	left=$(comm -13 "$WORK/bare" "$WORK/purged" | cut -d' ' -f1 | paste -sd ' ')
	is "which leaves a person's trust document and keys alone" "$left" \
		"/etc/fangzi /etc/fangzi/head.pem /etc/fangzi/trust-1.json"
	left=$(find "$ROOT/var/lib/dpkg/info" -name 'fangzi*')$(find "$ROOT/var/cache" "$ROOT/var/lib/systemd" -name '*fangzi*' 2> /dev/null)
	is "nothing in dpkg's database, caches or systemd's state" "$left" ""
	is "and the accounts, as files elsewhere may be theirs" "$(grep -c '^fangzi-' "$ROOT/etc/passwd")" 3
	rm -r "$ROOT/etc/fangzi"
	lie > "$WORK/purged"
	left=$(diff "$WORK/bare" "$WORK/purged")
	result $? "without these all is as before" "$left"
}

installs_again() {
	local differs
	installs second "they are installed again"
	differs=$(diff "$WORK/first" "$WORK/second")
	result $? "and all is as the first time" "$differs"
}

mkdir -p "$HERE"
is_version_the_same
build_first
build_second
[ "$bad_count" -eq 0 ] || finish
are_builds_the_same
has_lintian_nothing_to_say "$HERE/one"
for changes in "$O"/deb/*/*.changes; do
	[ ! -e "$changes" ] || has_lintian_nothing_to_say "$(dirname "$changes")"
done
unpack
install_made
are_files_those_of_install
make_machine
lie > "$WORK/bare"
installs first "they are installed"
is_installed_right
does_it_work
does_the_walk_lead_there
is_bad_upgrade_taken_back
use
removes_and_purges
installs_again
finish
