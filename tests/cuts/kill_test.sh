#!/bin/bash
# Power cuts, layer two, in short: KILLS (default 30) kills. Many more: tests/cuts/kill_faults.sh,
# by `make faults`. TAP.
[ ! -w /dev/shm ] || export TMPDIR=${TMPDIR:-/dev/shm}
. "$(dirname "$0")/../flow/lib.sh"
. tests/cuts/lib.sh
make_heads 4 2> "$WORK/why"
result $? "a feed of four versions and eight heads" "$(cat "$WORK/why")"
said=$(kill_both "${KILLS:-30}" 1 2>&1)
result $? "kill -9: ${said##*$'\n'}" "$said"
finish
