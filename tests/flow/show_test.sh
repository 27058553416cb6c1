#!/bin/bash
# The running screen: new versions, broken ones, a server that goes and comes, and an end
# that leaves nothing behind. Real programs, real HTTP, SDL's offscreen driver.
. "$(dirname "$0")/lib.sh"
AT=2023-06-28T10:24:00+08:00 # the demo content's moment
POLL=2 DWELL=5
FEED=$WORK/feed
export SDL_VIDEODRIVER=offscreen

# content DUE: the demo's project list with another due date, and its figures, DWELL each.
content() {
	/usr/bin/python3 - "$1" $DWELL <<'EOT'
import json, sys
d = json.load(open("assets/demo/content.json", encoding="utf-8"))
d["boards"] = [dict(b, dwell_s=int(sys.argv[2])) for b in d["boards"] if b["id"] in ("projects", "list")]
for b in d["boards"]:
    del b["screens"]
for gone in ("occasions", "places", "notices"):
    d[gone] = []
next(p for p in d["projects"] if p["id"] == "sample-1")["milestones"][-1]["planned"] = sys.argv[1]
json.dump(d, sys.stdout, ensure_ascii=False)
EOT
}

# The body of a page's picture, without the clock and the dots around it.
body_of() {
	ffmpeg -v error -i "$1" -vf crop=in_w:in_h*0.63:0:in_h*0.23 -f rawvideo - | sha256sum
}
shows() { # RECORDED SNAPSHOT: they are the same page
	[ -s "$1" ] && [ "$(body_of "$1")" = "$(body_of "$2")" ]
}

check() { # check WHAT COMMAND..
	local what=$1
	shift
	"$@"
	result $? "$what"
}
status() { "$O/fangzi-sync" status --state "$WORK/state" 2> /dev/null | sed -n "s/^$1=//p"; }
status_is() { [ "$(status "$1")" = "$2" ]; }
status_has() { [[ $(status "$1") == *"$2"* ]]; }
stop() { # stop PID SIGNAL: sets STATUS
	kill "-$2" "$1"
	wait "$1"
	STATUS=$?
}
put() { # put VERSION CONTENT: published, and named by a new head
	publish "$FEED" "$1" "$2" --at $AT && make_head "$FEED" --at $AT
}

start_screen() {
	start "$WORK/kiosk.log" "$O/fangzi-kiosk" --feed "$URL/" --trust "$FEED/trust/1.json" --state "$WORK/state" \
		--at $AT --size 1280x720 --no-orbit --poll-s $POLL --record "$WORK/rec" --frame-log "$WORK/frames"
	SCREEN=$PID
}

expected() { # CONTENT OUT: what the pages must look like
	"$O/fangzi-kiosk" snapshot --content "$1" --at $AT --size 1280x720 --out "$2" > /dev/null
}

pages_since() { # LINE: whole pages that stood after that line of the frames
	tail -n "+$(($1 + 1))" "$WORK/frames" | grep -c ' page$'
}
lines() { wc -l < "$WORK/frames"; }
has_pages_since() { [ "$(pages_since "$1")" -ge "$2" ]; }

make_keys && make_trust "$FEED" --at $AT
content 2023-09-30 > "$WORK/1.json"
content 2023-12-24 > "$WORK/2.json"
expected "$WORK/1.json" "$WORK/want1"
expected "$WORK/2.json" "$WORK/want2"
check "the two versions look different" [ "$(body_of "$WORK/want1/list-1.png")" != "$(body_of "$WORK/want2/list-1.png")" ]
put 1 "$WORK/1.json"
serve "$FEED"
HUB=$PID
start_screen
check "with nothing kept the emblem stands first" wait_until 20 [ -s "$WORK/rec/emblem.png" ]
check "version 1 comes over HTTP" wait_until 30 shows "$WORK/rec/list-1.png" "$WORK/want1/list-1.png"

# A version with one milestone changed, while the screen runs.
put 2 "$WORK/2.json"
check "version 2 is on the screen within a poll and a page" \
	wait_until $((POLL + 2 * DWELL + 2)) shows "$WORK/rec/list-1.png" "$WORK/want2/list-1.png"
is "without a restart" "$(grep -c "on offscreen" "$WORK/kiosk.log.err")" 1

# A version that is well signed, but whose document is broken, is refused whole.
content 2023-02-31 > "$WORK/3.json"
sha=$(sha256sum "$WORK/3.json" | cut -d' ' -f1)
cp "$WORK/3.json" "$FEED/objects/$sha"
cat > "$WORK/3.manifest" <<EOT
{"feed": "$FEED_NAME", "version": 3, "issued": "$AT", "expires": "2033-06-28T10:24:00+08:00",
 "content": {"sha256": "$sha", "size": $(wc -c < "$WORK/3.json")}, "media": []}
EOT
"$O/tests/forge" manifest "$WORK/keys/publisher" < "$WORK/3.manifest" > "$FEED/manifests/3.json"
make_head "$FEED" --at $AT
check "the broken version 3 is refused" wait_until 20 status_is refused_version 3
check "and the status names the place of its error" \
	status_has refused_reason /planned
check "version 2 stays the current one" status_is version 2
rm "$WORK/rec/list-1.png"
check "and stays on the screen" wait_until $((2 * DWELL + 4)) shows "$WORK/rec/list-1.png" "$WORK/want2/list-1.png"

# The server killed; the show goes on for ten polls; the next poll after heals.
stop "$HUB" KILL
from=$(lines)
check "with the server gone pages go on turning, ten polls long" \
	wait_until $((10 * POLL + DWELL + 5)) has_pages_since "$from" $((10 * POLL / DWELL))
gaps=$(awk '$2 == "page" {if (at) print int(($1 - at) / 1000); at = $1}' "$WORK/frames" | tail -n 3)
check "on time: each stands its $DWELL s, give or take a tenth" \
	awk -v want=$((DWELL * 1000)) '$1 < want * 0.9 || $1 > want * 1.1 {bad = 1} END {exit bad}' <<< "$gaps"
check "the status tells of the network" wait_until 10 status_has last_error connect
content 2024-03-31 > "$WORK/4.json"
expected "$WORK/4.json" "$WORK/want4"
put 4 "$WORK/4.json"
start "$WORK/hub2.log" "$O/fangzi-hub" serve --feed "$FEED" --listen "${URL:7:-5}"
HUB=$PID
check "after the server's return the next version comes by itself" \
	wait_until 120 shows "$WORK/rec/list-1.png" "$WORK/want4/list-1.png"
check "and nothing is amiss any more" wait_until 10 status_is last_error ""

# fangzi-sync is looked after; both end together.
sync=$(pgrep -P "$SCREEN" -f fangzi-sync)
kill -KILL "$sync"
has_another() { local now; now=$(pgrep -P "$SCREEN" -f fangzi-sync) && [ "$now" != "$sync" ]; }
check "a killed fangzi-sync is started again" wait_until 15 has_another
sync=$(pgrep -P "$SCREEN" -f fangzi-sync)
stop "$SCREEN" INT
check "SIGINT ends the screen cleanly" [ "$STATUS" -eq 0 ]
check "and leaves no fangzi-sync" wait_until 5 gone "$sync"

# What was kept shows at once, without any network; SIGTERM ends it.
stop "$HUB" TERM
rm -rf "$WORK/rec"
start_screen
check "a restart without a network shows what was kept" \
	wait_until 15 shows "$WORK/rec/list-1.png" "$WORK/want4/list-1.png"
check "and never the emblem" [ ! -e "$WORK/rec/emblem.png" ]
sync=$(pgrep -P "$SCREEN" -f fangzi-sync)
stop "$SCREEN" KILL
check "a killed screen takes fangzi-sync with it" wait_until 5 gone "$sync"

# Hold: the head alone blanks the screen to the emblem, and lifts it.
put 5 "$WORK/4.json"
serve "$FEED"
HUB=$PID
start_screen
check "the show is on" wait_until 15 test -s "$WORK/rec/list-1.png"
check "and version 5 is taken" wait_until 60 status_is version 5
make_head "$FEED" --at $AT --hold
check "hold blanks to the emblem" wait_until 20 test -s "$WORK/rec/emblem.png"

# An alert covers everything, a hold too, within a second of its raising; it is still
# there after a cut of power and network; and it ends when it is lifted.
now_us() { awk '{printf "%.0f", $1 * 1000000}' /proc/uptime; }
raised=$(now_us)
make_head "$FEED" --at $AT --hold --alert evacuate
check "an alert comes over the hold" wait_until 20 test -s "$WORK/rec/alert-evacuate.png"
shown=$(awk '$2 == "alert" {print $1; exit}' "$WORK/frames")
[ -n "$shown" ] && [ $((shown - raised)) -lt 1000000 ]
result $? "within a second of its raising" "$(((shown - raised) / 1000)) ms"
stop "$SCREEN" KILL
stop "$HUB" KILL
rm -f "$WORK"/rec/*.png
start_screen
check "it stands there again after a cut, without the server" wait_until 20 test -s "$WORK/rec/alert-evacuate.png"
is "before anything else" "$(awk '{print $2; exit}' "$WORK/frames")" alert
start "$WORK/hub3.log" "$O/fangzi-hub" serve --feed "$FEED" --listen "${URL:7:-5}"
make_head "$FEED" --at $AT --alert evacuate:festival
check "lifted for this screen, the show goes on" wait_until 60 test -s "$WORK/rec/list-1.png"
stop "$SCREEN" TERM
check "SIGTERM ends the screen cleanly" [ "$STATUS" -eq 0 ]
finish
