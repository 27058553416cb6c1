#!/bin/bash
# The screen for one rotation of the demo, and fangzi-sync for one look, under valgrind: no
# error, and nothing lost for certain. Usage: O=build tests/valgrind.sh. TAP; minutes.
# Nothing is passed over: the libraries are clean, too.
. "$(dirname "$0")/flow/lib.sh"
AT=2023-06-28T10:24:00+08:00
export SDL_VIDEODRIVER=offscreen

under_valgrind() { # under_valgrind LOG COMMAND..
	local log=$1
	shift
	valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite --error-exitcode=99 \
		"$@" > "$log" 2>&1
}

make_keys && make_trust "$WORK/feed" --at $AT
/usr/bin/python3 - > "$WORK/content.json" << 'EOT'
import json, sys
d = json.load(open("assets/demo/content.json", encoding="utf-8"))
for b in d["boards"]:
    b["dwell_s"] = 5
    b.pop("screens", None)
    b.pop("when", None)
json.dump(d, sys.stdout, ensure_ascii=False)
EOT
publish "$WORK/feed" 1 "$WORK/content.json" --media "${O%/san}/demo/media" --at $AT && make_head "$WORK/feed" --at $AT

look() { # look PROGRAM..: fangzi-sync --once, under it
	"$@" "$O/fangzi-sync" --once --feed "file://$WORK/feed/" --trust "$WORK/feed/trust/1.json" --state "$WORK/state" --at $AT
}

# Valgrind 3.19 knows no pidfd_open: a trial cannot be started there, and ends the look.
look under_valgrind "$WORK/sync.log"
code=$?
[ "$code" -ne 99 ] && grep -q "trial: .* cannot be started" "$WORK/sync.log"
result $? "fangzi-sync looks at a new version, up to its trial" "exit $code" "$(cat "$WORK/sync.log")"
look env 2> /dev/null && make_head "$WORK/feed" --at $AT && look under_valgrind "$WORK/sync.log"
result $? "and at a new head" "$(cat "$WORK/sync.log")"
under_valgrind "$WORK/kiosk.log" "$O/fangzi-kiosk" --no-sync --trust "$WORK/feed/trust/1.json" --state "$WORK/state" \
	--at $AT --size 640x360 --once --record "$WORK/pages" --look-s 5
result $? "the screen shows one rotation of the demo" "$(cat "$WORK/kiosk.log")"
[ "$(find "$WORK/pages" -name '*.png' | wc -l)" -gt 15 ]
result $? "with all its pages"
finish
