#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# A screen that is touched, in a real window: what a finger does, and that it does nothing where touching
# is not asked for. What gestures and buttons mean in detail is in visit_test. TAP.
. "$(dirname "$0")/lib.sh"
unset SDL_VIDEODRIVER WAYLAND_DISPLAY
AT=2023-06-28T10:24:00+08:00 # the demo content's moment

show() { # show MORE..: sets SCREEN; waits for a page
	start "$WORK/kiosk.log" "$O/fangzi-kiosk" --no-sync --trust "$WORK/feed/trust/1.json" --state "$WORK/state" \
		--screen hall --at $AT --windowed --size 1280x720 --no-orbit --reduce-motion on \
		--record "$WORK/rec" "$@"
	SCREEN=$PID
	goes_on
}
is_there() { [ -s "$WORK/rec/visit.png" ]; }
is_visited() { wait_until 10 is_there; }
pages() { find "$WORK/rec" -name "*-[0-9]*.png" 2> /dev/null | grep -q .; }
goes_on() { # another page is shown than a visitor's
	rm -f "$WORK"/rec/*
	wait_until 60 pages
}

# At a place of the design, 1920 x 1080; down and up with a moment between, as a finger.
tap() { xdotool mousemove $(($1 * 2 / 3)) $(($2 * 2 / 3)) mousedown 1 mouseup 1; }
swipe() { xdotool mousemove $(($1 * 2 / 3)) 300 mousedown 1 mousemove $(($2 * 2 / 3)) 300 mouseup 1; }

picture() { # what stands between header and bar, as a checksum
	ffmpeg -v error -f x11grab -video_size 1280x480 -i "$DISPLAY+0,150" -frames:v 1 -f rawvideo - | sha256sum
}
differs() { [ "$(picture)" != "$1" ]; }
is_same() { [ "$(picture)" = "$1" ]; }

check() { # check WHAT COMMAND..
	local what=$1
	shift
	"$@"
	result $? "$what" "$(ls "$WORK/rec")"
}

make_keys && make_trust "$WORK/feed" --at $AT && publish "$WORK/feed" 1 assets/demo/content.json \
	--media "${O%/san}/demo/media" --at $AT && make_head "$WORK/feed" --at $AT && "$O/fangzi-sync" --once --at $AT \
	--feed "file://$WORK/feed" --trust "$WORK/feed/trust/1.json" --state "$WORK/state" --kiosk /bin/true 2> "$WORK/err"
result $? "a feed that is kept" "$(cat "$WORK/err")"
start "$WORK/xvfb.log" Xvfb -displayfd 5 -screen 0 1280x720x24 -nolisten tcp 5> "$WORK/number"
wait_until 60 test -s "$WORK/number"
DISPLAY=":$(cat "$WORK/number")"
export DISPLAY

show --touch
check "a screen that may be touched shows pages, and no bar" eval "! is_there"
tap 900 500
check "a tap pauses" is_visited
paused=$(picture)
swipe 1500 300
check "a swipe turns the page" wait_until 10 differs "$paused"
swipe 300 1500
check "and the other way back" wait_until 10 is_same "$paused"
tap 960 1030
check "a list of the boards is there" wait_until 10 differs "$paused"
list=$(picture)
tap 960 1030
check "and a pad" wait_until 10 differs "$list"
pad=$(picture)
tap 1746 411 # L
check "a letter is typed" wait_until 10 differs "$pad"
typed=$(picture)
tap 500 460
check "a project that has it is opened" wait_until 10 differs "$typed"
tap 400 1030
check "and left again: what was typed stands there still" wait_until 10 is_same "$typed"
tap 1600 1030
check "then the show goes on" goes_on
tap 900 500
check "it is paused once more" is_visited
rm -f "$WORK"/rec/*
publish "$WORK/feed" 2 assets/demo/content.json --media "${O%/san}/demo/media" --at $AT && make_head "$WORK/feed" --at $AT &&
	"$O/fangzi-sync" --once --at $AT --feed "file://$WORK/feed" --trust "$WORK/feed/trust/1.json" \
		--state "$WORK/state" --kiosk /bin/true 2> "$WORK/err"
check "a new version ends a visit: nobody keeps old words on the screen" wait_until 20 pages

look() { # look HEAD-OPTIONS..: a new head, taken
	make_head "$WORK/feed" --at $AT "$@" && "$O/fangzi-sync" --once --at $AT --feed "file://$WORK/feed" \
		--trust "$WORK/feed/trust/1.json" --state "$WORK/state" --kiosk /bin/true 2> "$WORK/err"
}
rm -f "$WORK"/rec/*
look --alert evacuate
check "an alert is raised" wait_until 20 [ -s "$WORK/rec/alert-evacuate.png" ]
tap 900 500
look
check "it is lifted: the show goes on" goes_on
check "what was touched meanwhile means nothing" eval "! is_there"
kill "$SCREEN"
wait "$SCREEN"

show
tap 900 500
tap 900 500
check "where nobody asked for it a tap does nothing: the show goes on" goes_on
check "and pages alone are shown" eval "! is_there"
finish
