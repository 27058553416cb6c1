#!/bin/bash
# Are the pages what they were? TAP. A page that is not leaves NAME_err.png (golden |
# got | difference) in $O/check/golden. Golden pictures hold for the fonts of
# Debian 12; what picture_diff tolerates, and why, stands there.
# tests/golden.sh --renew paints them anew; look at them before they are kept.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
O=${O:-build}
got=$O/check/golden
golden=tests/golden
day=2023-06-28T10:24:00+08:00
evening=2023-07-15T19:42:00+08:00

# name, board (- where something else is asked for), size, time, what else; every page
pages="overview overview 1920x1080 $day
standing standing 1920x1080 $day
league league 1920x1080 $day
projects projects 1920x1080 $day
list list 1920x1080 $day
list-facts list-facts 1920x1080 $day
stage stage 1920x1080 $day
detail detail 1920x1080 $day
records records 1920x1080 $day
targets targets 1920x1080 $day
pattern pattern 1920x1080 $day
journey journey 1920x1080 $day
season season 1920x1080 $day
programme programme 1920x1080 $evening
town town 1920x1080 $day
town-evening town-evening 1920x1080 $evening
notices notices 1920x1080 $day
overview-portrait overview 1080x1920 $day
standing-portrait standing 1080x1920 $day
league-portrait league 1080x1920 $day
projects-portrait projects 1080x1920 $day
list-portrait list 1080x1920 $day
detail-portrait detail 1080x1920 $day
records-portrait records 1080x1920 $day
targets-portrait targets 1080x1920 $day
pattern-portrait pattern 1080x1920 $day
journey-portrait journey 1080x1920 $day
alert-red - 1920x1080 $day --alert evacuate
alert-yellow - 1920x1080 $day --alert paused
alert-orange - 1920x1080 $day --alert weather
alert-red-portrait - 1080x1920 $day --alert evacuate
alert-yellow-portrait - 1080x1920 $day --alert paused
season-portrait season 1080x1920 $day
programme-portrait programme 1080x1920 $evening
town-portrait town 1080x1920 $day
notices-portrait notices 1080x1920 $day
overview-at-720 overview 1280x720 $day
list-at-720 list 1280x720 $day
standing-at-2160 standing 3840x2160 $day
season-at-2160 season 3840x2160 $day
poster poster 1920x1080 $day
poster-portrait poster 1080x1920 $day
pairing - 1920x1080 $day --pairing 472096
pairing-portrait - 1080x1920 $day --pairing 472096 --offline
overview-stale overview 1920x1080 $day --offline --stale --clock-unknown
overview-stale-portrait overview 1080x1920 $day --offline --stale --clock-unknown
programme-stale programme 1920x1080 $evening --stale
overview-entering overview 1920x1080 $day --progress 0.4"

count=0
say() { # say STATUS WHAT
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then echo "ok $count - $2"; else echo "not ok $count - $2"; fi
}

paint() { # paint FOLDER BOARD SIZE TIME MORE...
	local folder=$1 board=$2 size=$3 time=$4
	shift 4
	[ "$board" = - ] || set -- --board "$board" "$@"
	rm -rf "$folder"
	"$O/fangzi-kiosk" snapshot --content assets/demo/content.json --media "${O%/san}/demo/media" \
		--size "$size" --at "$time" --out "$folder" "$@" > /dev/null
}

painted() { # painted NAME: its pages in order
	printf '%s\n' "$got/$1"/*.png | sort -V
}

renew() {
	rm -rf "$golden"
	mkdir -p "$golden"
	while read -r name board size time more; do
		# shellcheck disable=SC2086 # more is a list of words
		paint "$got/$name" "$board" "$size" "$time" $more || exit 1
		number=0
		while read -r page; do
			number=$((number + 1))
			"$O/tests/picture_diff" "$page" "$golden/$name-$number.png" || exit 1
		done < <(painted "$name")
	done <<< "$pages"
	du -ch "$golden"/*.png | tail -n 1
}

compare() { # compare NAME: the pages painted are the golden ones, no more and no fewer
	local name=$1 bad=0 page number=0
	local want=("$golden/$name"-[0-9]*.png)
	while read -r page; do
		number=$((number + 1))
		"$O/tests/picture_diff" "$golden/$name-$number.png" "$page" "$got/${name}-${number}_err.png" || bad=1
	done < <(painted "$name")
	[ "${#want[@]}" -eq "$number" ] || bad=1
	return $bad
}

rm -rf "$got"
mkdir -p "$got"
if [ "${1:-}" = --renew ]; then
	renew
	exit
fi

while read -r name board size time more; do
	# shellcheck disable=SC2086 # more is a list of words
	paint "$got/$name" "$board" "$size" "$time" $more && compare "$name"
	say $? "$name is what it was"
done <<< "$pages"

# The checker itself can fail: one digit of the clock is another.
paint "$got/wrong" overview 1920x1080 2023-06-28T10:25:00+08:00
"$O/tests/picture_diff" "$golden/overview-1.png" "$got/wrong/overview-1.png" "$got/wrong_err.png" 2> /dev/null
[ $? -eq 1 ] && [ -s "$got/wrong_err.png" ]
say $? "a wrong digit is caught, and its picture kept"

paint "$got/again" overview 1920x1080 "$day" && cmp "$got/overview/overview-1.png" "$got/again/overview-1.png"
say $? "the same page twice gives the same bytes"
echo "1..$count"
