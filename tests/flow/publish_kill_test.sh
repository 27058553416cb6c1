#!/bin/bash
# The hub killed before each call with which it publishes: publish_kill_test.py.
. "$(dirname "$0")/lib.sh"
if [ ! -e "$O/tests/libfail.so" ]; then
	ok "kills are tried without sanitizers # SKIP"
	finish
fi
mkdir -p "$WORK/feed"
make_keys && make_trust "$WORK/feed" && make_content "$WORK/content.json" || exit 1
PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 tests/flow/publish_kill_test.py "$O" "$WORK" "${STEP:-15}"
