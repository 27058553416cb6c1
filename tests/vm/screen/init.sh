#!/bin/busybox sh
# shellcheck shell=dash
# SPDX-License-Identifier: Apache-2.0
#
# From the kernel to the root disk of the guest of vm_check.py: what an initramfs does, and no more; the
# card's driver as well, unless the kernel's line has it come late. "userspace" on the host's line, the serial
# one that the kernel's line names as LINE, is the moment that its seconds count from: nothing has run before.
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
ln -s "$LINE" /dev/line
stty -F /dev/line raw -echo
echo userspace > /dev/line
order=/modules/order
grep -q modprobe.blacklist=virtio_gpu /proc/cmdline && order=/modules/order.disks
while read -r module; do
	insmod "/modules/$module"
done < $order
flags=rw
grep -qw ro /proc/cmdline && flags=ro
mount -t ext4 -o $flags,noatime /dev/vda /root
mount --move /dev /root/dev
umount /sys /proc
exec switch_root /root /sbin/init
