#!/bin/busybox sh
# shellcheck shell=dash
# SPDX-License-Identifier: Apache-2.0
#
# The first and only process of the guest of power_cut.py. It comes up to where only the
# driver of the disk is missing, and asks: there the machine is saved, and from there it
# goes on for each cut. All that it says goes to the second serial line.
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
stty -F /dev/ttyS1 raw -echo
exec < /dev/ttyS1 > /dev/ttyS1 2>&1
for module in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci; do
	insmod /modules/$module.ko
done

look() { # look VERSION: as it is out now
	fangzi-sync --once --feed "file:///feed/$1" --trust /feed/trust/1.json --state /data/state \
		--kiosk /bin/true
}

# Once without a disk: whatever is set up only the first time is set up.
mkdir /data
mount -t tmpfs none /data
look 1 && inspect /data/state /feed/trust/1.json
umount /data

echo ready
read -r _
insmod /modules/virtio_blk.ko
mount_data() {
	mount -t ext4 -o noatime,errors=remount-ro,data=ordered /dev/vda /data
}
# What a torn superblock leaves is no file system to the kernel. A screen's start
# asks for fsck.repair=yes, which is this.
if ! mount_data 2> /dev/null; then
	e2fsck -y /dev/vda > /dev/null 2>&1
	mount_data || poweroff -f
	echo repaired
fi
inspect /data/state /feed/trust/1.json > /found
cat /found
version=$(sed -n 's/^found version=\([0-9]*\) .*/\1/p' /found)
while [ -e /feed/$((version += 1)) ]; do
	look $version
	echo "looked $version $?"
done
echo "damage no more versions"
sleep 1000
