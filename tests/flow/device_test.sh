#!/bin/bash
# A screen and its hub: paired, reporting, showing, revoked; device_test.py.
. "$(dirname "$0")/lib.sh"
export SDL_VIDEODRIVER=offscreen
mkdir -p "$WORK/feed"
make_keys && make_trust "$WORK/feed" && make_content "$WORK/plain.json" || exit 1
sed 's|"boards": \[|&{"id": "hall", "kind": "notices", "theme": "hall", "dwell_s": 5, "screens": ["hall"]}, |;
	s|"id": "b1",|& "dwell_s": 5,|' "$WORK/plain.json" > "$WORK/content.json"
PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 tests/flow/device_test.py "$O" "$WORK"
