#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# make_screen_guest.sh O OUT ARCH [DEB..]: the box that vm_check.py looks at: OUT/arch, OUT/vmlinuz,
# OUT/initrd, OUT/root.img (Debian with systemd and no desktop, our programs installed) and OUT/state.img
# (an empty ext4 for the state folder). With packages of ours these are installed; without, what
# make install puts into a folder. The kernel is Debian's, unpacked and never installed here. Programs of
# another architecture than this machine's run in it by binfmt_misc and qemu-user.
set -euo pipefail
cd "$(dirname "$0")/../.."
O=$(realpath "$1")
mkdir -p "$2"
OUT=$(realpath "$2")
arch=$3
debs=("${@:4}")
readonly O OUT
[ ${#debs[@]} -gt 0 ] || [ "$arch" = "$(dpkg --print-architecture)" ] ||
	{ echo "make_screen_guest: $arch: what is built here does not run there: DEBS=" >&2; exit 2; }

# The box: systemd, its network, what SDL loads by itself, the fonts.
BASE=systemd,systemd-sysv,udev,dbus,kmod,iproute2,procps,libegl1,libgles2,libgl1-mesa-dri,libgbm1,fonts-noto-cjk,tzdata,ca-certificates,dpkg-repack
# Of the kernel: what the initramfs needs, and what the box loads.
DISKS="virtio_pci virtio_blk ext4 crc32c_generic"
CARD=virtio_gpu
LATE="bochs virtio_net virtio_input evdev"

# Nobody logs in to a box, it mounts nothing but its disks, and udev loads its modules; each of these costs a
# machine without a processor's help a second or more of its start.
UNUSED="systemd-logind.service systemd-user-sessions.service systemd-modules-load.service e2scrub_reap.service
	modprobe@configfs.service modprobe@dm_mod.service modprobe@efi_pstore.service modprobe@fuse.service
	modprobe@loop.service dev-hugepages.mount dev-mqueue.mount sys-kernel-debug.mount sys-kernel-tracing.mount
	systemd-update-utmp.service systemd-update-utmp-runlevel.service systemd-pstore.service
	systemd-network-generator.service systemd-sysusers.service apt-daily.timer apt-daily-upgrade.timer
	serial-getty@ttyS0.service serial-getty@ttyAMA0.service"
GENERATORS="systemd-bless-boot-generator systemd-cryptsetup-generator systemd-debug-generator systemd-gpt-auto-generator
	systemd-hibernate-resume-generator systemd-integritysetup-generator systemd-rc-local-generator
	systemd-run-generator systemd-system-update-generator systemd-sysv-generator systemd-veritysetup-generator"

sources() { # where this machine has its packages from
	apt-get indextargets --format 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(SITE) $(RELEASE) $(COMPONENT)' \
		'Created-By: Packages' | sort -u
}

get_kernel() { # once
	[ ! -e "$OUT/kernel/done" ] || return 0
	rm -rf "$OUT/kernel"
	mkdir -p "$OUT/kernel"
	sources | mmdebstrap --mode=root --variant=extract --arch="$arch" --include="linux-image-$arch,busybox-static" \
		bookworm "$OUT/kernel/root" -
	version=$(ls "$OUT/kernel/root/lib/modules")
	/sbin/depmod -b "$OUT/kernel/root" "$version"
	touch "$OUT/kernel/done"
}

modules() { # modules NAME..: files, in the order in which they load
	local name
	for name in "$@"; do
		/sbin/modprobe -d "$OUT/kernel/root" -S "$version" --show-depends "$name" | sed -n 's/^insmod //p'
	done | awk '!seen[$1]++ {print $1}'
}

make_initrd() {
	local tree=$OUT/initrd.tree module
	rm -rf "$tree"
	mkdir -p "$tree"/{bin,dev,proc,sys,root,modules}
	install "$OUT/kernel/root/bin/busybox" "$tree/bin/"
	# shellcheck disable=SC2086 # names
	for module in $(modules $DISKS $CARD); do
		cp "$module" "$tree/modules/"
		basename "$module"
	done > "$tree/modules/order"
	# shellcheck disable=SC2086 # names
	modules $DISKS | xargs -n 1 basename > "$tree/modules/order.disks"
	install tests/vm/screen/init.sh "$tree/init"
	(cd "$tree" && find . | bin/busybox cpio -o -H newc 2> /dev/null) > "$OUT/initrd"
	cp "$OUT"/kernel/root/boot/vmlinuz-* "$OUT/vmlinuz"
}

# The packages whose libraries our programs are linked with; they have the same names on every machine.
# Asked by name: on a system where /lib is /usr/lib dpkg knows only one of the two paths.
libraries() {
	ldd "$O"/fangzi-{kiosk,sync} | sed -n 's|.* => .*/\([^ /]*\) .*|*/\1|p' | sort -u | xargs dpkg -S |
		grep -v ' /opt\| /usr/lib32\| /lib32' | sed 's/:.*//' | sort -u | paste -sd,
}

# Debian alone, made once and kept: it takes minutes. Made anew when what it is made of changes.
get_base() {
	local list
	list=$BASE,$(libraries)
	[ "$(cat "$OUT/base.list" 2> /dev/null)" != "$list" ] || return 0
	rm -f "$OUT/base.tar" "$OUT/base.list"
	sources | mmdebstrap --mode=root --variant=minbase --arch="$arch" --include="$list" \
		--dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' bookworm "$OUT/base.tar" -
	echo "$list" > "$OUT/base.list"
}

install_ours() { # into $TREE
	if [ ${#debs[@]} -gt 0 ]; then
		cp "${debs[@]}" "$TREE/tmp/"
		tools/inside.sh "$TREE" sh -c 'dpkg -i /tmp/*.deb && rm /tmp/*.deb'
		local package
		for package in "${debs[@]}"; do
			[[ $package != */fangzi-kiosk_* ]] || make_broken "$package"
		done
	else
		make --no-print-directory BUILD="${O%/san}" DESTDIR="$TREE" install > "$OUT/install.log"
		chroot "$TREE" systemd-sysusers
	fi
}

# One like it whose program only ends, and that a person would take for a newer one.
make_broken() { # make_broken DEB
	local tree=$OUT/broken
	rm -rf "$tree"
	dpkg-deb --raw-extract "$1" "$tree"
	sed -i 's/^Version: .*/&+broken/' "$tree/DEBIAN/control"
	install "$TREE/bin/false" "$tree/usr/bin/fangzi-kiosk"
	dpkg-deb --root-owner-group --build "$tree" "$TREE/root/broken.deb" > /dev/null
	rm -rf "$tree"
}

install_modules() { # those that the box loads, with what they need
	local module
	# shellcheck disable=SC2086 # names
	for module in $(modules $DISKS $CARD $LATE); do
		install -D "$module" "$TREE${module#"$OUT/kernel/root"}"
	done
	/sbin/depmod -b "$TREE" "$version"
}

# As README.md has an installer do it, but for the address of the feed, which vm_check.py writes.
set_up() {
	install -D -m 644 "$OUT/feed/trust/1.json" "$TREE/etc/fangzi/trust-1.json"
	cat > "$TREE/etc/fangzi/kiosk.conf" <<-'EOT'
		trust  = "/etc/fangzi/trust-1.json"
		state  = "/var/lib/fangzi"
		screen = "hall"
		no-orbit = true
	EOT
	mkdir -p "$TREE/var/lib/fangzi"
	printf '%s\n' "/dev/vdb /var/lib/fangzi ext4 noatime,errors=remount-ro 0 0" "tmpfs /tmp tmpfs mode=1777 0 0" \
		> "$TREE/etc/fstab"
	printf '[Match]\nName=eth0\n[Network]\nAddress=10.0.2.15/24\nGateway=10.0.2.2\n' > "$TREE/etc/systemd/network/eth0.network"
	install -m 755 tests/vm/screen/vm-shell "$TREE/usr/local/sbin/"
	install -m 644 tests/vm/screen/vm-shell.service "$TREE/etc/systemd/system/"
	echo fangzi-box > "$TREE/etc/hostname"
	local name
	mkdir -p "$TREE/etc/systemd/system-generators"
	for name in $UNUSED; do
		ln -sf /dev/null "$TREE/etc/systemd/system/$name"
	done
	for name in $GENERATORS; do
		ln -sf /dev/null "$TREE/etc/systemd/system-generators/$name"
	done
	chroot "$TREE" systemctl enable fangzi-kiosk fangzi-sync systemd-networkd vm-shell > /dev/null 2>&1
	chroot "$TREE" systemctl disable fangzi-hub > /dev/null 2>&1 || true
}

make_image() { # FILE SIZE [TREE]
	rm -f "$1"
	truncate -s "$2" "$1"
	/sbin/mke2fs -q -t ext4 -E lazy_itable_init=0 ${3:+-d "$3"} "$1"
}

TREE=$OUT/tree
echo "$arch" > "$OUT/arch"
get_kernel
version=$(ls "$OUT/kernel/root/lib/modules")
make_initrd
get_base
rm -rf "$TREE"
mkdir "$TREE"
tar -C "$TREE" -xf "$OUT/base.tar" --exclude='./dev/*'
install_ours
install_modules
set_up
make_image "$OUT/root.img" 2G "$TREE"
rm -rf "$TREE"
make_image "$OUT/state.img" 96M
