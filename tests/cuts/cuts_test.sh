#!/bin/bash
# Power cuts, layer one, in short: some points of each recorded look, one seed. All of
# them: tests/cuts/cuts_faults.sh, by `make faults`. TAP.
[ ! -w /dev/shm ] || export TMPDIR=${TMPDIR:-/dev/shm} # everything is fsynced here, again and again
. "$(dirname "$0")/../flow/lib.sh"
. tests/cuts/lib.sh
readonly STEP=5

if [ ! -e "$O/tests/cuts/librecord.so" ]; then # sanitizers want to be loaded first
	ok "power cuts are recorded without sanitizers # SKIP"
	finish
fi
record_all 2> "$WORK/why"
result $? "looks at a feed are recorded" "$(cat "$WORK/why")"
for name in "${scenarios[@]}"; do
	said=$(cut_power "$name" $STEP 1 2>&1)
	result $? "power cuts: ${said##*$'\n'}" "$said"
done
finish
