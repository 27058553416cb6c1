#!/bin/bash
# What befalls a running screen and its fangzi-sync: garbage for a status file, a killed
# fangzi-sync, a removed state folder, a wrong clock; LONG=1: all kinds, many kills, and a
# disk that is full or read-only. The page stands or goes on, and all is well by itself
# when the fault has ended. Real programs, SDL's offscreen driver. TAP.
. "$(dirname "$0")/lib.sh"
export SDL_VIDEODRIVER=offscreen
readonly FEED=$WORK/feed STATE=$WORK/state LONG=${LONG:-}

check() { # check WHAT COMMAND..
	local what=$1
	shift
	"$@"
	result $? "$what" "$(tail -n 5 "$WORK/kiosk.log.err")"
}

start_screen() { # start_screen WORD..
	rm -rf "$WORK/rec" "$WORK/frames"
	start "$WORK/kiosk.log" "$O/fangzi-kiosk" --feed "file://$FEED" --trust "$FEED/trust/1.json" --state "$STATE" \
		--size 480x270 --poll-s 1 --reduce-motion on --no-orbit --record "$WORK/rec" --frame-log "$WORK/frames" "$@"
	SCREEN=$PID
}

frames() { wc -l < "$WORK/frames" 2> /dev/null || echo 0; }
has_more_than() { [ "$(frames)" -gt "$1" ]; }
goes_on() { # a frame after those of now; and whose the screen is has not changed
	wait_until 15 has_more_than "$(frames)" && ! gone "$SCREEN" && [ ! -e "$WORK/rec/emblem.png" ]
}
rss_kb() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$SCREEN/status"; }
status() { "$O/fangzi-sync" status --state "$STATE" 2> /dev/null | sed -n "s/^$1=//p"; }
version_is() { [ "$(status version)" = "$1" ]; }
error_has() { [[ $(status last_error) == *"$1"* ]]; }
shows_page() { [ -s "$WORK/rec/b1-1.png" ]; }
is_shown() { # is_shown N: as often as the version was told to have come
	[ "$(grep -c 'version .* is here' "$WORK/kiosk.log.err")" -ge "$1" ]
}

put() { # put VERSION: another text, until a year from now
	make_content "$WORK/$1.json" "第 $1 版" &&
		sed -i "s/\"id\": \"n1\",/& \"until\": \"$(date -u -d '+1 year' +%Y-%m-%dT00:00:00Z)\",/; s/\"kind\": \"notices\",/& \"dwell_s\": 5,/" \
			"$WORK/$1.json" && publish "$FEED" "$1" "$WORK/$1.json" && make_head "$FEED"
}

# ---- the status file ---------------------------------------------------------------

readonly KINDS="empty sparse folder fifo binary endless negative future nul dangling keys socket"
garbage() { # garbage KIND FILE
	case $1 in
	empty) : > "$2" ;;
	sparse) truncate -s 1G "$2" ;;
	folder) mkdir "$2" ;;
	fifo) mkfifo "$2" ;;
	binary) openssl enc -aes-128-ctr -K 00 -iv 00 -in /dev/zero 2> /dev/null | head -c 3000 > "$2" ;;
	endless) head -c 4000 /dev/zero | tr '\0' x > "$2" ;;
	negative) printf 'last_ok=-999999999999-01-01T00:00:00Z\nlast_try=-1\nonline=-1\n' > "$2" ;;
	future) printf 'last_ok=9999-12-31T23:59:59Z\nlast_try=9999-12-31T23:59:59Z\nonline=yes\n' > "$2" ;;
	nul) printf 'last_ok=\0\0online=\0yes\n' > "$2" ;;
	dangling) ln -s /nowhere/at/all "$2" ;;
	keys) printf '=\n==\nonline\nlast_error=%%s%%n%%n\n\n=yes\n' > "$2" ;;
	socket) /usr/bin/python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$2" ;;
	esac
}

try_garbage() {
	local kind before
	before=$(rss_kb)
	for kind in "$@"; do
		rm -rf "$STATE/sync.status" "$WORK/garbage"
		garbage "$kind" "$WORK/garbage" && mv "$WORK/garbage" "$STATE/sync.status"
		check "a status file that is $kind: the page goes on" goes_on
		timeout 10 "$O/fangzi-sync" status --state "$STATE" > "$WORK/out" 2>&1
		is "and fangzi-sync reports the version" "$(sed -n 's/^version=//p' "$WORK/out")" 1
	done
	rm -rf "$STATE/sync.status"
	check "and its memory stays as it was" test "$(rss_kb)" -lt $((before + 20000))
}

# ---- fangzi-sync -------------------------------------------------------------------

child() { pgrep -P "$SCREEN" -x fangzi-sync; }
has_child() { [ -n "$(child)" ]; }

# Each time it waits twice as long as before: 1 s, 2 s, ..
try_kills() { # try_kills TIMES
	local i killed_at waited least=1000
	for ((i = 0; i < $1; i++)); do
		wait_until 30 has_child || break
		killed_at=$(date +%s%3N)
		kill -KILL "$(child)"
		check "fangzi-sync killed ($((i + 1))): the page goes on" goes_on
		wait_until 30 has_child
		waited=$(($(date +%s%3N) - killed_at))
		[ $waited -ge $((least * 9 / 10)) ]
		result $? "and it is started again, but not before $least ms" "after $waited ms"
		least=$((least * 2))
	done
}

# On a slow memory card fangzi-sync holds the record for seconds while it is synced.
hold_record() {
	/usr/bin/python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10, isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()' "$STATE/state.sqlite"
}
widest_gap_ms() { # widest_gap_ms FROM_LINE
	awk -v from="$1" 'NR > from && before && $1 - before > most {most = $1 - before} {before = $1} END {print int(most / 1000)}' \
		"$WORK/frames"
}

try_lock() {
	local before word
	coproc HOLDER { hold_record; }
	read -r -t 20 word <&"${HOLDER[0]}"
	before=$(frames)
	echo "online=yes" > "$WORK/status" && mv "$WORK/status" "$STATE/sync.status" # something new: it looks
	wait_until 30 has_more_than $((before + 4)) && [ "$word" = held ] && [ "$(widest_gap_ms "$before")" -lt 3000 ]
	result $? "the record held by a writer: the page goes on, and waits for nobody" "$(widest_gap_ms "$before") ms"
	eval "exec ${HOLDER[1]}>&-"
	wait "$HOLDER_PID"
}

try_removal() {
	put 2 && wait_until 30 version_is 2
	check "a new version comes" wait_until 30 is_shown 2
	rm -rf "$STATE"
	check "the state folder removed under both: the page goes on" goes_on
	check "and the folder is filled again" wait_until 60 version_is 2
	check "while the page goes on" goes_on
	put 3
	check "and the next version is shown" wait_until 60 is_shown 3
}

# ---- the clock ---------------------------------------------------------------------

readonly TEN_YEARS_S=315360000
shift_clock() { echo "$1" > "$WORK/shift.new" && mv "$WORK/shift.new" "$WORK/shift"; }

try_clock() {
	if [ ! -e "$O/tests/libfail.so" ]; then
		ok "clocks are moved without sanitizers # SKIP"
		return
	fi
	shift_clock 0
	CLOCK_SHIFT=$WORK/shift LD_PRELOAD=$O/tests/libfail.so start_screen --no-sync
	check "a screen by the right clock shows its page" wait_until 60 shows_page
	shift_clock $TEN_YEARS_S
	check "ten years on the notice is over: the emblem" wait_until 60 test -s "$WORK/rec/emblem.png"
	rm -f "$WORK"/rec/*
	shift_clock 0
	check "ten years back the page is there again" wait_until 60 shows_page
	shift_clock -$TEN_YEARS_S
	check "ten years back from now the page goes on" goes_on
	check "and on, page after page" wait_until 60 has_more_than $(($(frames) + ${LONG:+20} + 2))
	shift_clock 0
	check "and by the right clock again" goes_on
	stop_all
}

# Content names its own zone; what the process thinks of zones must not matter.
try_zones() {
	local zone
	for zone in "" Asia/Urumqi Australia/Lord_Howe America/New_York; do
		TZ=$zone "$O/fangzi-kiosk" snapshot --content "$WORK/1.json" --size 480x270 --at 2024-02-28T23:30:00+08:00 \
			--out "$WORK/zone-${zone##*/}" > "$WORK/out" 2>&1
		[ -z "$zone" ] || cmp "$WORK/zone-/b1-1.png" "$WORK/zone-${zone##*/}/b1-1.png" >&2
		result $? "the same page whatever TZ= says: '$zone'"
	done
}

# ---- the disk ----------------------------------------------------------------------

make_read_only() {
	! has_child || kill -KILL "$(child)"
	mount -o remount,ro "$STATE" 2> /dev/null
}

try_disk() {
	local number=$1
	if ! mount -t tmpfs -o size=12m none "$STATE" 2> /dev/null; then
		ok "a full disk needs the right to mount one # SKIP"
		return
	fi
	trap 'stop_all; umount -l "$STATE" 2> /dev/null; cleanup' EXIT
	start_screen
	check "a screen with a small disk shows its page" wait_until 60 shows_page
	rm -f "$WORK/rec/emblem.png" # until the first version had come
	head -c 20000000 /dev/zero > "$STATE/full" 2> /dev/null
	put $((number + 1))
	check "the disk full: the page goes on" goes_on
	check "nothing of it is believed" version_is "$number"
	rm "$STATE/full"
	check "room again: the next version comes" wait_until 60 version_is $((number + 1))
	wait_until 30 make_read_only # what is open for writing is in the way
	result $? "the disk can be made read-only"
	put $((number + 2))
	check "the disk read-only: the page goes on" goes_on
	check "and on" goes_on
	is "with the version that it had" "$(status version)" $((number + 1))
	mount -o remount,rw "$STATE"
	check "writable again: the next version comes" wait_until 90 version_is $((number + 2))
	stop_all
	umount "$STATE"
}

mkdir -p "$FEED" && make_keys && make_trust "$FEED" && put 1
result $? "a feed"
start_screen
check "the screen shows its page" wait_until 60 shows_page
rm -f "$WORK/rec/emblem.png" # until the first version had come
if [ "$LONG" ]; then
	# shellcheck disable=SC2086 # words
	try_garbage $KINDS
	try_kills 5
else
	try_garbage sparse folder fifo
fi
try_lock
try_removal
stop_all
try_clock
try_zones
[ -z "$LONG" ] || { rm -rf "$STATE" && mkdir "$STATE" && try_disk 3; }
finish
