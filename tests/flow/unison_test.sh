#!/bin/bash
# Screens of one tag turn their pages together, whenever each of them was started: the
# page is a function of the clock. The system's clock; two screens, started apart.
. "$(dirname "$0")/lib.sh"
export SDL_VIDEODRIVER=offscreen

screen() { # screen NAME: sets PID
	start "$WORK/$1.log" "$O/fangzi-kiosk" --no-sync --trust "$WORK/feed/trust/1.json" \
		--state "$WORK/state" --size 320x180 --reduce-motion on --record "$WORK/$1"
}
shown_ms() { # shown_ms NAME: when that screen last showed page one
	date -r "$WORK/$1/first-1.png" +%s%3N 2> /dev/null || echo 0
}
turned_since() { # turned_since MS: both screens showed it anew
	[ "$(shown_ms early)" -gt "$1" ] && [ "$(shown_ms late)" -gt "$1" ]
}

/usr/bin/python3 - > "$WORK/content.json" <<'EOT'
import json, sys
d = json.load(open("assets/demo/content.json", encoding="utf-8"))
board = next(b for b in d["boards"] if b["id"] == "overview")
del board["screens"]
for gone in ("occasions", "places"):
    d[gone] = []
d["boards"] = [dict(board, id=i, dwell_s=5) for i in ("first", "second")]
json.dump(d, sys.stdout, ensure_ascii=False)
EOT
make_keys && make_trust "$WORK/feed" && publish "$WORK/feed" 1 "$WORK/content.json" && make_head "$WORK/feed"
"$O/fangzi-sync" --once --feed "file://$WORK/feed/" --trust "$WORK/feed/trust/1.json" \
	--state "$WORK/state" 2> "$WORK/sync.log"

screen early
wait_until 20 test -e "$WORK/early/second-1.png" # well into its show
screen late
result $? "a second screen starts while the first one is under way"
wait_until 20 test -e "$WORK/late/first-1.png"
now=$(date +%s%3N)
wait_until 30 turned_since "$now"
result $? "both show the first page again"
apart=$(($(shown_ms early) - $(shown_ms late)))
[ "${apart#-}" -le 400 ]
result $? "within 0.4 s of each other" "$apart ms"
finish
