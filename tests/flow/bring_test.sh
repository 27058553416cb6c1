#!/bin/bash
# The feed in a bucket and on USB sticks: bring_test.py, with a store that checks signatures.
. "$(dirname "$0")/lib.sh"
mkdir -p "$WORK/feed"
make_keys && make_trust "$WORK/feed" && make_content "$WORK/content.json" || exit 1
PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 tests/flow/bring_test.py "$O" "$WORK"
