#!/bin/bash
# The hostile server at length: every behaviour against fangzi-syncs that live on, while a screen shows pages
# full of motion. What is done stands in long_test.py; about 3 minutes. TAP.
#   tests/hostile/long_test.sh NAME..    only these behaviours
. "$(dirname "$0")/../flow/lib.sh"
export SDL_VIDEODRIVER=offscreen

make_feed "$WORK/feed" || exit 1
/usr/bin/python3 -B tests/hostile/long_test.py "$O" "$WORK" "$@"
