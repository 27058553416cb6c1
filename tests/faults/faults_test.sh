#!/bin/bash
# Calls that fail, a few of each family: see lib.sh. All of them: make faults. TAP.
. "$(dirname "$0")/lib.sh"
if [ ! -e "$FAIL" ]; then # sanitizers want to be loaded first
	ok "faults of calls are tried without sanitizers # SKIP"
	finish
fi

make_town && make_expected
result $? "a feed, and what its pages look like" "$(cat "$WORK/err")"
sweep one open EMFILE "" 3 9
sweep one read EIO "" 2 4 5
sweep one write ENOSPC on 3 12
sweep one write short "" 2 7
sweep one sync EIO "" 13 15 16
sweep one rename EROFS "" 1 3
sweep none mkdir EROFS "" 2
sweep one memory ENOMEM "" 4001 6001 8001
# The trial of a version reads what was just written; a disk that fails then is not its fault.
rm -rf "$STATE" && cp -r "$WORK/one" "$STATE"
FAIL_PROGRAM=fangzi-kiosk faulty read EIO 2 on look "$STATE" "$FEED" "$O/fangzi-kiosk" > "$WORK/out" 2> "$WORK/err"
is "a trial that cannot read: the disk is blamed" "$?" 7
look "$STATE" "$FEED" "$O/fangzi-kiosk" > "$WORK/out" 2> "$WORK/err"
result $? "and the version is taken when it can" "$(cat "$WORK/err")"
sweep_pages read EIO "" 5 12
# The last thousand are those of a page that is being painted.
sweep_pages memory ENOMEM "" 20001 33601 33801 34001 34201 34401
finish
