#!/bin/bash
# Bad data, item by item: fangzi-sign, fangzi-sync with its trial, and the trial alone; and a screen that runs
# all the while. What is done stands in bad_data_test.py, the items in tests/bad_data.py.
#   tests/flow/bad_data_test.sh NAME..    only these items
. "$(dirname "$0")/lib.sh"
export SDL_VIDEODRIVER=offscreen ASAN_OPTIONS=${ASAN_OPTIONS:-}:quarantine_size_mb=1

make_feed "$WORK/feed" && "$O/fangzi-sync" --once --feed "file://$WORK/feed" --trust "$WORK/feed/trust/1.json" \
	--state "$WORK/kept" --kiosk /bin/true 2> "$WORK/err" || exit 1
/usr/bin/python3 -B tests/flow/bad_data_test.py "$O" "$WORK" "$@"
