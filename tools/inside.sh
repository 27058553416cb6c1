#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs a command in a chroot: tools/inside.sh ROOT COMMAND... Mounts are its own and end with it, and
# so do the processes that it leaves.
set -euo pipefail
exec unshare --mount --pid --fork --kill-child -- sh -euc '
	mount --make-rprivate /
	mount -t proc proc "$1/proc"
	root=$1
	shift
	exec chroot "$root" "$@"' inside "$@"
