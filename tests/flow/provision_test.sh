#!/bin/bash
# From an installer's fangzi.conf to a show: the settings that are made of it, a trust document
# by its fingerprint over HTTP, and a screen that says what to do where there is none.
. "$(dirname "$0")/lib.sh"
export SDL_VIDEODRIVER=offscreen
BOOT=$WORK/boot RUN=$WORK/run STATE=$WORK/state
mkdir "$BOOT" "$WORK/etc"

provision() { # sets STATUS; $WORK/err
	"$O/fangzi-kiosk" provision --from "$BOOT/none.conf" --from "$BOOT/fangzi.conf" --etc "$WORK/etc" \
		--state "$STATE" --out "$RUN" 2> "$WORK/err"
	STATUS=$?
}
start_screen() { # start_screen: as the unit does; sets PID
	rm -rf "$WORK/rec"
	start "$WORK/kiosk.log" "$O/fangzi-kiosk" --config "$RUN/kiosk.conf" --no-sync --size 640x360 --record "$WORK/rec"
}
shown() { [ -s "$WORK/rec/$1.png" ]; }
shows() { # shows NAME WHAT
	wait_until 20 shown "$1"
	result $? "$2" "$(cat "$WORK/kiosk.log.err" "$WORK/sync.log.err" 2> /dev/null)"
}
has_text() { [[ $(cat "$RUN/kiosk.conf") == *"$1"* ]]; }
listing() { (cd "$RUN" && sha256sum -- *); }

# Nobody has set it up.
provision
is "without any settings provisioning is no failure" "$STATUS" 0
[ ! -e "$RUN/sync.conf" ]
result $? "and there is nothing to fetch"
start_screen
shows setup "the screen says what to do"
kill "$PID"

# A file that is wrong.
printf 'feed = https://a.cn/\nscren = hall\n' > "$BOOT/fangzi.conf"
provision
told 1 "fangzi.conf:2: 'scren' is none of feed, hub, trust" "a wrong line is refused with its place" "$STATUS"
has_text "第 2 行：不认识“scren”"
result $? "and the screen will say so" "$(cat "$RUN/kiosk.conf")"
start_screen
shows setup "and does"
kill "$PID"
printf 'screen = "%s$(id)%s\\"\n' '' '' > "$BOOT/fangzi.conf"
provision
start_screen
shows setup "whatever stands in the file, its page can be shown"
kill "$PID"
head -c 100000 /dev/zero > "$BOOT/fangzi.conf"
provision
start_screen
shows setup "also of one that is only noughts"
kill "$PID"

# As an installer writes it: no file of ours but this, on a feed that is served.
make_feed "$WORK/feed"
serve "$WORK/feed"
pin=$(sha256sum "$WORK/feed/trust/1.json" | cut -d' ' -f1)
write() { # write FINGERPRINT
	printf '\xef\xbb\xbf# 政务大厅\r\nfeed ＝ “%s”\r\ntrust = %s\r\nscreen = hall\r\nrotate = 90\r\n' "$URL" "$1" \
		> "$BOOT/fangzi.conf"
}
sync_once() { "$O/fangzi-sync" --config "$RUN/sync.conf" --once 2> "$WORK/err"; }
write "$(printf '%064d' 1)"
provision
is "a file as Windows saves it is taken" "$STATUS" 0
sync_once
told 5 "trust/1.json has the fingerprint $pin, but this screen was set up with" \
	"another fingerprint than the feed's is not believed" $?
[ ! -e "$STATE/trust/1.json" ]
result $? "and nothing is kept of it"
write "${pin^^}"
provision
first=$(listing)
provision
is "provisioning again gives the same" "$(listing)" "$first"
start_screen
SCREEN=$PID
shows emblem "set up, the screen waits with the emblem"
start "$WORK/sync.log" "$O/fangzi-sync" --config "$RUN/sync.conf" --poll-s 1
SYNC=$PID
shows b1-1 "and shows the feed as soon as its trust is fetched, without a restart"
is "turned as the file says" "$(file -b "$WORK/rec/b1-1.png" | grep -o '360 x 640')" "360 x 640"
kill "$SCREEN"
start_screen
shows b1-1 "the next start shows it at once"
kill "$PID"

# What is kept is lost, or another's.
kill "$SYNC"
wait_until 5 gone "$SYNC"
make_key other && sed "s/./x/100" "$STATE/trust/1.json" > "$WORK/bent" && cp "$WORK/bent" "$STATE/trust/1.json"
start_screen
shows emblem "a kept document that was changed is not believed"
sync_once
is "and is fetched again" "$? $(sha256sum "$STATE/trust/1.json" | cut -d' ' -f1)" "0 $pin"
shows b1-1 "which brings the show back"
kill "$PID"

# Settings of /etc for who has no such file; what was made before goes.
rm "$BOOT/fangzi.conf"
echo 'screen = "hall"' > "$WORK/etc/kiosk.conf"
provision
is "without fangzi.conf those in /etc are taken as they are" "$STATUS $(cat "$RUN/kiosk.conf")" '0 screen = "hall"'
[ ! -e "$RUN/sync.conf" ]
result $? "and nothing of before is left"
mkdir "$WORK/file" && touch "$WORK/file/kiosk.conf.d" && RUN=$WORK/file/kiosk.conf.d/x
provision
told 1 "kiosk.conf.d" "a folder that cannot be written is told" "$STATUS"
finish
