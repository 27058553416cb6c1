#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# The programs of another architecture, under qemu-user in the chroot that their packages were built in:
# the unit tests hold, and the golden pictures have the same pixels as here, painted by the packaged
# fangzi-kiosk. TAP.
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
		inside apt-get install --yes --no-install-recommends qemu-user fonts-noto-cjk tzdata \
			libpng16-16 "libcmocka-dev:$arch" "libzbar-dev:$arch" >> "$WORK/log" 2>&1
	result $? "qemu-user and what tests are linked with" "$(tail -n 5 "$WORK/log")"
	[ "$bad_count" -eq 0 ]
}

# Not those that start programs or close the kernel's doors behind themselves: qemu-user's are others.
unit_tests() {
	local name
	for name in tests/unit/*_test.c; do
		name=$(basename "$name" .c)
		grep -qE "fork|exec|/proc/self|fangzi-" "tests/unit/$name.c" || echo "build/tests/unit/$name"
	done
}

build_tests() {
	# shellcheck disable=SC2046 # words are meant
	in_tree make -j"$(nproc)" DEPS=no WERROR= CC="$triplet-gcc" AR="$triplet-ar" PKG_CONFIG="$triplet-pkg-config" \
		$(unit_tests) > "$WORK/log" 2>&1
	result $? "$(unit_tests | wc -l) unit tests are built for $arch" "$(tail -n 20 "$WORK/log")"
	[ "$bad_count" -eq 0 ]
}

run_test() { # run_test PROGRAM
	in_tree "$qemu" "$1" > "$WORK/tap" 2> "$WORK/err" && grep -q '^ok' "$WORK/tap"
	result $? "$(basename "$1"): $(grep -c '^ok' "$WORK/tap")" "$(grep -A2 '^not ok' "$WORK/tap")" "$(tail -n 5 "$WORK/err")"
}

golden() {
	local bin=$ROOT/$TREE/golden
	mkdir -p "$bin/tests" "$bin/demo"
	cp -r "$O/demo/media" "$bin/demo"
	dpkg-deb --extract "$O/deb/$arch/fangzi-kiosk_"*.deb "$ROOT/cross-$arch/package"
	printf '#!/bin/sh\nexec %s /cross-%s/package/usr/bin/fangzi-kiosk "$@"\n' "$qemu" "$arch" > "$bin/fangzi-kiosk"
	chmod +x "$bin/fangzi-kiosk"
	cp "$O/tests/picture_diff" "$bin/tests"
	in_tree env O=golden tests/golden.sh > "$WORK/tap" 2> "$WORK/err"
	grep -q '^ok' "$WORK/tap" && ! grep -q '^not ok' "$WORK/tap"
	result $? "golden pictures painted by the $arch package: $(grep -c '^ok' "$WORK/tap")" \
		"$(grep '^not ok' "$WORK/tap")" "$(tail -n 5 "$WORK/err")"
}

[ -e "$ROOT/needs/made" ] || { echo "cross: make deb ARCH=$arch first" >&2; exit 2; }
bring_tree && build_tests || finish
for test in $(unit_tests); do
	run_test "$test"
done
golden
finish
