#!/bin/bash
# The screen looks at what it presents: right pictures are no incident, black and spoilt
# ones are (tests/veil.c spoils them), once each, and stand where the report finds them.
. "$(dirname "$0")/lib.sh"
AT=2023-06-28T10:24:00+08:00
export SDL_VIDEODRIVER=offscreen

make_keys && make_trust "$WORK/feed" --at $AT
/usr/bin/python3 - > "$WORK/content.json" << 'EOT'
import json, sys
d = json.load(open("assets/demo/content.json", encoding="utf-8"))
d["boards"] = [dict(b, dwell_s=5) for b in d["boards"] if b["id"] in ("projects", "list", "overview")]
for b in d["boards"]:
    b.pop("screens", None)
for gone in ("occasions", "places"):
    d[gone] = []
json.dump(d, sys.stdout, ensure_ascii=False)
EOT
publish "$WORK/feed" 1 "$WORK/content.json" --at $AT && make_head "$WORK/feed" --at $AT
"$O/fangzi-sync" --once --feed "file://$WORK/feed/" --trust "$WORK/feed/trust/1.json" --state "$WORK/state" --at $AT 2> /dev/null

# X shows what was painted upon its own memory, and is asked for it; the others are all memory.
# One shares memory with its clients, of the other it comes over the connection.
start "$WORK/xvfb.log" Xvfb -displayfd 5 -screen 0 640x360x24 -nolisten tcp 5> "$WORK/number"
start "$WORK/xvfb-far.log" Xvfb -displayfd 5 -screen 0 640x360x24 -nolisten tcp -extension MIT-SHM 5> "$WORK/number-far"
wait_until 60 test -s "$WORK/number" && wait_until 60 test -s "$WORK/number-far"
result $? "displays" "$(cat "$WORK/xvfb.log.err" "$WORK/xvfb-far.log.err")"
export DISPLAY=":$(cat "$WORK/number")"

# Screens run side by side, each with a runtime folder of its own, as their unit has one.
show() { # show NAME PRELOAD OPTION..: looks each second; sets PID
	local name=$1 preload=$2
	shift 2
	mkdir "$WORK/$name"
	start "$WORK/$name/log" env LD_PRELOAD="$preload" RUNTIME_DIRECTORY="$WORK/$name" VEIL_WHEN="$WORK/$name/veil" \
		"$O/fangzi-kiosk" --no-sync --trust "$WORK/feed/trust/1.json" --state "$WORK/state" --at $AT \
		--size 640x360 --look-s 1 --frame-log "$WORK/$name/frames" "$@"
}

has() { grep -q "^$2$" "$WORK/$1/kiosk.status" 2> /dev/null; } # NAME LINE
has_turned() { [ "$(grep -c ' page$' "$WORK/$1/frames")" -ge 2 ]; }
says() { grep -q "$2" "$WORK/$1/log.err"; }

check() { # NAME WHAT COMMAND..
	local name=$1 what=$2
	shift 2
	wait_until 20 "$@"
	result $? "$name: $what" "$(cat "$WORK/$name/log.err" "$WORK/$name/kiosk.status")"
}

veil=$O/tests/libveil.so
[ -e "$veil" ] || veil=
SDL_VIDEODRIVER=x11 show x11 "$veil" --present surface
SDL_VIDEODRIVER=x11 DISPLAY=":$(cat "$WORK/number-far")" show x11-far "$veil" --present surface
[ -z "$veil" ] || { show veil "$veil" --present surface; show veil-gl "$veil" --present renderer; }
show surface "" --present surface
show turned "" --present surface --rotate 90
show renderer "" --present renderer
show renderer-turned "" --present renderer --rotate 270

# Entrances, ticks, the ticker and the orbit between, on every way to the display.
for name in x11 x11-far surface turned renderer renderer-turned; do
	check $name "the screen looks at itself" has $name "looked=..*"
	check $name "while pages turn" has_turned $name
	has $name incidents=0 && ! says $name "does not show"
	result $? "$name: right pictures are no incident" "$(cat "$WORK/$name/log.err" "$WORK/$name/kiosk.status")"
done

if [ -n "$veil" ]; then
	for name in veil x11 x11-far; do
		check $name "a right picture is no incident" has $name incidents=0
		printf b > "$WORK/$name/veil"
		check $name "all black is an incident" has $name incident=black
		check $name "and one alone" has $name incidents=1
		rm "$WORK/$name/veil"
		check $name "that it ended is told" says $name "shows what was painted again"
		is "$name: that it began is told once, not at each look" "$(grep -c "does not show" "$WORK/$name/log.err")" 1
		printf s > "$WORK/$name/veil"
		check $name "a few wrong pixels are another one" has $name "incident=another picture"
		check $name "which makes two" has $name incidents=2
	done
	check veil-gl "a right picture is no incident" has veil-gl incidents=0
	printf b > "$WORK/veil-gl/veil"
	check veil-gl "all black is an incident" has veil-gl incident=black
else
	ok "spoilt pictures are tried without sanitizers # SKIP"
fi

cp "$WORK/surface/kiosk.status" "$WORK/state/"
"$O/fangzi-sync" status --state "$WORK/state" 2> /dev/null | grep -qx incidents=0
result $? "fangzi-sync status tells of it"
finish
