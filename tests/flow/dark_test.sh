#!/bin/bash
# Lit hours of the content: the page goes black when they end and the display is put to sleep, by what an
# installer set or by X11's DPMS; it wakes 30 s before the first page, and for an alert. The night is darker.
. "$(dirname "$0")/lib.sh"
DAY=2026-06-28 SIGNED=2026-06-27T10:00:00+08:00
make_keys && make_trust "$WORK/feed" --at $SIGNED
/usr/bin/python3 - "$WORK/content.json" "$WORK/none.json" << 'EOT'
import json, sys
d = json.load(open("assets/demo/content.json", encoding="utf-8"))
d["boards"] = [{"id": "b1", "kind": "notices", "theme": "hall"}]
d["notices"] = [{"id": "n1", "title": "通知", "text": "某事如下", "ticker": False, "level": "info"}]
d["occasions"] = d["places"] = []
for hours, path in (({"hall": [["07:00", "21:00"]]}, sys.argv[1]), ({}, sys.argv[2])):
    d["screens"] = {"hours": hours}
    json.dump(d, open(path, "w", encoding="utf-8"), ensure_ascii=False)
EOT
take() { # take STATE CONTENT VERSION: kept in a state folder
	publish "$WORK/feed" "$3" "$2" --at $SIGNED && make_head "$WORK/feed" --at $SIGNED &&
		"$O/fangzi-sync" --once --feed "file://$WORK/feed/" --trust "$WORK/feed/trust/1.json" --state "$1" \
			--at $SIGNED 2> "$WORK/err"
}
take "$WORK/state" "$WORK/content.json" 1
result $? "a version with hours is taken" "$(cat "$WORK/err")"
cp -r "$WORK/state" "$WORK/state1"
take "$WORK/state" "$WORK/none.json" 2
mv "$WORK/state" "$WORK/state2"

# Commands that write down what they were and when, in milliseconds since the machine's start.
cat > "$WORK/told" << 'END'
#!/bin/sh
echo "$2 $(cut -d. -f1 /proc/uptime)" >> "$1"
END
chmod +x "$WORK/told"

show() { # show NAME TIME STATE OPTION..: a screen of its own; sets PID
	local name=$1 at=$2 state=$3
	shift 3
	mkdir -p "$WORK/$name"
	start "$WORK/$name/log" env SDL_VIDEODRIVER=offscreen RUNTIME_DIRECTORY="$WORK/$name" "$O/fangzi-kiosk" --no-sync \
		--trust "$WORK/feed/trust/1.json" --state "$state" --screen hall --at "$at" --size 640x360 --look-s 1 \
		--record "$WORK/$name/rec" --frame-log "$WORK/$name/frames" --dark-command "'$WORK/told' '$WORK/$name/asked' dark" \
		--light-command "'$WORK/told' '$WORK/$name/asked' light" "$@"
}
asked() { sed 's/ .*//' "$WORK/$1/asked" 2> /dev/null | tr '\n' ' '; }
has_asked() { [ "$(asked "$1")" = "$2" ]; }
is_kept() { [ -s "$WORK/$1/rec/$2.png" ]; }
says() { grep -q "^$2$" "$WORK/$1/kiosk.status" 2> /dev/null; }
check() { # check SECONDS WHAT COMMAND..
	local seconds=$1 what=$2
	shift 2
	wait_until "$seconds" "$@"
	result $? "$what" "asked: $(tail -n 9 "$WORK"/*/asked 2> /dev/null)" "$(tail -n 3 "$WORK"/*/log.err)"
}

# Screens run side by side: one whose evening comes, one whose morning does, and those for whom neither does.
show morning ${DAY}T06:59:20+08:00 "$WORK/state1"
MORNING=$PID
show evening ${DAY}T20:59:52+08:00 "$WORK/state1"
EVENING=$PID
show none ${DAY}T03:00:00+08:00 "$WORK/state2"
show unknown 2001-01-01T03:00:00+08:00 "$WORK/state1"
show failing ${DAY}T03:00:00+08:00 "$WORK/state1" --dark-command "exit 7"
FAILING=$PID
show endless ${DAY}T03:00:00+08:00 "$WORK/state1" --dark-command "echo \$\$ > '$WORK/endless.pid'; exec sleep 1000"
ENDLESS=$PID

check 15 "by day the page is shown" is_kept evening b1-1
check 10 "and the display is lit, however it was left" has_asked evening "light "
check 20 "when the hours end the page is black" is_kept evening unlit
is "all of it" "$(ffmpeg -v error -i "$WORK/evening/rec/unlit.png" -f rawvideo -pix_fmt gray - | tr -d '\0' | wc -c)" 0
check 10 "and the display is put to sleep" has_asked evening "light dark "
check 10 "the status says so, and that it shows what it should" says evening page=unlit
says evening display=ok
result $? "which is nothing" "$(cat "$WORK/evening/kiosk.status")"

check 15 "a screen that starts in the dark is dark at once" is_kept morning unlit
check 60 "half a minute before they begin the display is woken" has_asked morning "dark light "
! is_kept morning b1-1
result $? "with the page still black"
check 40 "and then there is the page" is_kept morning b1-1
woken_s=$(sed -n 's/^light //p' "$WORK/morning/asked") now_s=$(cut -d. -f1 /proc/uptime)
[ $((now_s - woken_s)) -ge 27 ] && [ $((now_s - woken_s)) -le 36 ]
result $? "half a minute later" "$((now_s - woken_s)) s"

is "without hours in the content no command is run" "$(asked none)" ""
is_kept none b1-1
result $? "and the page is shown at any time"
is_kept unknown b1-1
result $? "an unknown time leaves it lit"
is "a command that fails is told once" "$(grep -c 'dark-command failed (exit 7)' "$WORK/failing/log.err")" 1
is_kept failing unlit
result $? "and it is dark all the same"
check 40 "one that does not end is ended" gone "$(cat "$WORK/endless.pid")"
kill "$FAILING" "$ENDLESS" "$MORNING" "$EVENING"
wait_until 5 gone "$ENDLESS"
result $? "and holds up no end"

# An alert at night.
cp -r "$WORK/state1" "$WORK/state3"
night=${DAY}T23:00:00+08:00
sync_once() {
	"$O/fangzi-sync" --once --feed "file://$WORK/raised/" --trust "$WORK/feed/trust/1.json" --state "$WORK/state3" --at $night 2> "$WORK/err"
}
show alert $night "$WORK/state3"
check 15 "at night it is dark" has_asked alert "dark "
cp -r "$WORK/feed" "$WORK/raised"
make_head "$WORK/raised" --at $night --version 2 --alert evacuate
sync_once
result $? "an alert is raised" "$(cat "$WORK/err")"
check 15 "an alert is shown all the same" is_kept alert alert-evacuate
check 10 "and the display is woken for it" has_asked alert "dark light "
kill "$PID"

# X11. Xvfb has no DPMS: there the page is black, and the log says that it is all.
start "$WORK/xvfb.log" Xvfb -displayfd 5 -screen 0 640x360x24 -nolisten tcp 5> "$WORK/number"
wait_until 60 test -s "$WORK/number" && export DISPLAY=":$(cat "$WORK/number")"
show_x() { # show_x TIME OPTION..
	local at=$1
	shift
	rm -rf "$WORK/x"
	mkdir -p "$WORK/x"
	start "$WORK/x/log" env -u SDL_VIDEODRIVER "$O/fangzi-kiosk" --no-sync --trust "$WORK/feed/trust/1.json" \
		--state "$WORK/state1" --screen hall --at "$at" --size 640x360 --no-orbit --present surface --record "$WORK/x/rec" "$@"
}
grab() { ffmpeg -v error -f x11grab -video_size 640x360 -i "$DISPLAY" -frames:v 1 -f rawvideo -pix_fmt gray - |
	od -An -v -tu1 -w1 | awk '{sum += $1} END {printf "%d\n", sum / NR}'; }
is_grey() { local g; g=$(grab); [ "$g" -ge "$1" ] && [ "$g" -le "$2" ]; }
show_x ${DAY}T03:00:00+08:00
check 20 "a display that cannot sleep is black" is_grey 0 0
grep -q "cannot be put to sleep from here" "$WORK/x/log.err"
result $? "and the log says that it is all"
kill "$PID"
wait_until 5 gone "$PID"
show_x ${DAY}T12:00:00+08:00 --night 20:00-06:00 --night-dim 40
wait_until 20 test -s "$WORK/x/rec/b1-1.png"
check 10 "a day's page is as bright as ever" is_grey 190 255
day=$(grab)
kill "$PID"
wait_until 5 gone "$PID"
show_x ${DAY}T20:30:00+08:00 --night 20:00-06:00 --night-dim 40
check 20 "by night it has two fifths of the light" is_grey $((day * 37 / 100)) $((day * 43 / 100))
kill "$PID"
"$O/fangzi-kiosk" --night 25:00-06:00 2> "$WORK/err"
told 2 "night: '25:00-06:00' is not such as 22:00-06:00" "hours that are none are refused" $?
finish
