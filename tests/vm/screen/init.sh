#!/bin/busybox sh
# shellcheck shell=dash
# SPDX-License-Identifier: Apache-2.0
#
# From the kernel to the root disk of the guest of vm_check.py: what an initramfs does, and
# no more. "userspace" on the second serial line is the moment that its seconds count from.
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
while read -r module; do
	insmod "/modules/$module"
done < /modules/order
flags=rw
grep -qw ro /proc/cmdline && flags=ro
mount -t ext4 -o $flags,noatime /dev/vda /root
stty -F /dev/ttyS1 raw -echo
echo userspace > /dev/ttyS1
mount --move /dev /root/dev
umount /sys /proc
exec switch_root /root /sbin/init
