#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# make_guest.sh O OUT: what the guest of power_cut.py is made of: OUT/vmlinuz,
# OUT/initrd (busybox, the fangzi-sync of O, a feed) and OUT/empty.img (a new ext4).
# The kernel and busybox are Debian's, unpacked and never installed.
set -euo pipefail
cd "$(dirname "$0")/../.."
O=$(realpath "$1") OUT=$2
mkdir -p "$OUT"
OUT=$(realpath "$OUT")
readonly O OUT

get_packages() { # once
	local kernel
	[ ! -e "$OUT/packages/done" ] || return 0
	rm -rf "$OUT/packages"
	mkdir -p "$OUT/packages"
	kernel=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p')
	(cd "$OUT/packages" && apt-get -q download "$kernel" busybox-static)
	local package
	for package in "$OUT"/packages/*.deb; do
		dpkg -x "$package" "$OUT/packages/root"
	done
	touch "$OUT/packages/done"
}

add_program() { # FILE NAME: with the libraries that it needs, where it looks for them
	local library
	install -D "$1" "$TREE/bin/$2"
	for library in $(ldd "$1" | grep -o '/[^ ]*'); do
		[ -e "$TREE$library" ] || install -D "$library" "$TREE$library"
	done
}

make_tree() {
	local module
	rm -rf "$TREE"
	mkdir -p "$TREE"/{bin,dev,proc,sys,modules}
	install "$OUT/packages/root/bin/busybox" "$TREE/bin/"
	for module in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk; do
		find "$OUT/packages/root/lib/modules" -name $module.ko -exec cp {} "$TREE/modules/" \;
	done
	add_program "$O/fangzi-sync" fangzi-sync
	add_program "$O/tests/vm/inspect" inspect
	add_program /sbin/e2fsck e2fsck
	install tests/vm/init.sh "$TREE/init"
	cp -a "$OUT/feed" "$TREE/feed"
}

TREE=$OUT/tree
get_packages
if [ ! -e "$OUT/feed" ]; then
	rm -rf "$OUT/feed.new" "$OUT/feed.new.keys"
	tests/vm/make_feed.py "$O" "$OUT/feed.new" 160
	mv "$OUT/feed.new" "$OUT/feed"
fi
make_tree
(cd "$TREE" && find . | bin/busybox cpio -o -H newc 2> /dev/null) > "$OUT/initrd"
cp "$OUT"/packages/root/boot/vmlinuz-* "$OUT/vmlinuz"
rm -f "$OUT/empty.img"
# Blocks as on a larger disk, and just large enough for a second superblock.
truncate -s 136M "$OUT/empty.img"
/sbin/mke2fs -q -t ext4 -b 4096 -E lazy_itable_init=0 "$OUT/empty.img"
