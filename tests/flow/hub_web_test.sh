#!/bin/bash
# The hub's console and API over real HTTP: headers, bodies without end, slow clients: hub_web_test.py.
. "$(dirname "$0")/lib.sh"
mkdir -p "$WORK/feed"
make_content "$WORK/content.json" || exit 1
PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 tests/flow/hub_web_test.py "$O" "$WORK"
