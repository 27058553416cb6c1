#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# The programs of another architecture, under qemu-user in the chroot that their packages were built in:
# the unit tests hold, and the packaged fangzi-kiosk paints the golden pictures with the same pixels as
# this machine's: its files have the same bytes. TAP.
#   tests/packages/cross.sh ARCH BUILD
arch=$1 O=$2
. "$(dirname "$0")/../flow/lib.sh"
case $arch in
arm64) triplet=aarch64-linux-gnu qemu=qemu-aarch64 ;;
armhf) triplet=arm-linux-gnueabihf qemu=qemu-arm ;;
*) echo "cross: $arch: arm64 or armhf" >&2; exit 2 ;;
esac
ROOT=$O/deb/chroot-$arch
TREE=cross-$arch/tree
TOOLS="build/tests/gen_content build/tests/picture_diff"

inside() {
	tools/inside.sh "$ROOT" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 CMOCKA_MESSAGE_OUTPUT=TAP "$@"
}

in_tree() { # in_tree COMMAND...
	inside sh -c "cd /$TREE && exec \"\$@\"" in_tree "$@"
}

bring_tree() {
	rm -rf "${ROOT:?}/cross-$arch"
	mkdir -p "$ROOT/$TREE/build/demo"
	git ls-files -z | tar --create --null --files-from=- | tar --extract --directory="$ROOT/$TREE"
	cp -r "$O/demo/media" "$ROOT/$TREE/build/demo"
	inside apt-get update > "$WORK/log" 2>&1 &&
		inside apt-get install --yes --no-install-recommends qemu-user fonts-noto-cjk fonts-dejavu-core tzdata \
			bzip2 unicode-data python3-minimal \
			"libcmocka-dev:$arch" "libsdl2-image-dev:$arch" "libzbar-dev:$arch" >> "$WORK/log" 2>&1
	result $? "qemu-user and what tests are linked with" "$(tail -n 5 "$WORK/log")"
	[ "$bad_count" -eq 0 ]
}

# Not those that shut themselves in or start themselves anew: qemu-user is another kernel to them. Nor the review of
# every page of ten documents, which takes most of an hour there: what it is made of is tested by others, and
# painted below. The one that takes a quarter of an hour begins first.
unit_tests() {
	local name
	for name in tests/unit/feed_flips_test.c $(find tests/unit -name '*_test.c' ! -name layout_test.c ! -name feed_flips_test.c | sort); do
		grep -qE '\bexecv|\bfork\(|/proc/self/exe' "$name" || echo "build/tests/unit/$(basename "$name" .c)"
	done
}

# A name that starts a program by qemu-user.
stand_in() { # stand_in NAME PROGRAM
	printf '#!/bin/sh\nexec %s %s "$@"\n' "$qemu" "$2" > "$ROOT/$TREE/$1"
	chmod +x "$ROOT/$TREE/$1"
}

build_tests() {
	local tool
	# shellcheck disable=SC2046,SC2086 # words are meant
	in_tree make -j"$(nproc)" DEPS=no CC="$triplet-gcc" AR="$triplet-ar" PKG_CONFIG="$triplet-pkg-config" \
		$TOOLS $(unit_tests) > "$WORK/log" 2>&1
	result $? "$(unit_tests | wc -l) unit tests of $(find tests/unit -name '*_test.c' | wc -l) are built for $arch" \
		"$(tail -n 20 "$WORK/log")"
	[ "$bad_count" -eq 0 ] || return 1
	for tool in $TOOLS; do
		mv "$ROOT/$TREE/$tool" "$ROOT/$TREE/$tool.$arch"
		stand_in "$tool" "$tool.$arch"
	done
}

# The program and its fonts lie to each other as the package has them; it finds them so. glyph_test looks for
# the fonts where they are made.
bring_package() {
	local differs
	dpkg-deb --fsys-tarfile "$O/deb/$arch/fangzi-kiosk_"*.deb |
		tar --extract --directory="$ROOT/$TREE/build" --strip-components=2 ./usr/bin/fangzi-kiosk ./usr/share/fangzi/fonts
	ln -s share/fangzi/fonts "$ROOT/$TREE/build/fonts"
	differs=$(diff -rq "$ROOT/$TREE/build/share/fangzi/fonts" "$O/fonts" 2>&1)
	[ -z "$differs" ]
	result $? "the $arch package's fonts are those made here: $(find "$O/fonts" -name '*.otf' | wc -l)" "$differs"
}

# All of them, as many at a time as there are cores; then what each said.
run_tests() {
	local test tap status passed=0 cases=0
	# shellcheck disable=SC2016 # for the shell in there
	unit_tests | in_tree xargs -P "$(nproc)" -I TEST \
		sh -c '"$1" "$2" > "$2.tap" 2> "$2.err"; echo $? > "$2.status"' run "$qemu" TEST
	for test in $(unit_tests); do
		tap=$ROOT/$TREE/$test.tap status=$(cat "$ROOT/$TREE/$test.status")
		[ "$status" -eq 0 ] && grep -q '^ok' "$tap" && passed=$((passed + 1))
		result $? "$(basename "$test"): $(grep -c '^ok' "$tap")" "exit $status" "$(grep -A2 '^not ok' "$tap")" \
			"$(tail -n 5 "$ROOT/$TREE/$test.err")"
		cases=$((cases + $(grep -c '^ok' "$tap")))
	done
	echo "# $passed of $(unit_tests | wc -l) unit tests passed under $qemu, with $cases cases"
}

golden() {
	stand_in build/fangzi-kiosk build/bin/fangzi-kiosk
	in_tree env O=build tests/golden.sh > "$WORK/tap" 2> "$WORK/err"
	grep -q '^ok' "$WORK/tap" && ! grep -q '^not ok' "$WORK/tap"
	result $? "golden pictures painted by the $arch package: $(grep -c '^ok' "$WORK/tap")" \
		"$(grep '^not ok' "$WORK/tap")" "$(tail -n 5 "$WORK/err")"
}

same_bytes() {
	local theirs=$ROOT/$TREE/build/check/golden ours=$O/check/golden differs
	env O="$O" tests/golden.sh > "$WORK/tap" 2> "$WORK/err"
	differs=$(diff <(cd "$ours" && find . -name '*.png' -exec sha256sum {} + | sort -k 2) \
		<(cd "$theirs" && find . -name '*.png' -exec sha256sum {} + | sort -k 2))
	[ -z "$differs" ] && [ -e "$theirs/overview/overview-1.png" ]
	result $? "each has the bytes of the one painted here: $(find "$theirs" -name '*.png' | wc -l)" "$differs"
}

[ -e "$ROOT/needs/made" ] || { echo "cross: make deb ARCH=$arch first" >&2; exit 2; }
bring_tree && build_tests || finish
bring_package
run_tests
golden
same_bytes
finish
