#!/bin/bash
# The service manager's side of a screen that hangs: see watchdog_test.py.
. "$(dirname "$0")/lib.sh"
if [ ! -e "$O/tests/libhang.so" ]; then # sanitizers want to be loaded first
	ok "hangs are tried without sanitizers # SKIP"
	finish
fi
make_feed "$WORK/feed"
"$O/fangzi-sync" --once --feed "file://$WORK/feed/" --trust "$WORK/feed/trust/1.json" --state "$WORK/state" 2> /dev/null
/usr/bin/python3 tests/flow/watchdog_test.py "$O" "$WORK/state" "$WORK/feed/trust/1.json" "$WORK"
