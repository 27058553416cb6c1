#!/bin/bash
# Lays each page beside its mockup: tests/compare.sh O BUILD. Tells their structural
# similarity (SSIM, on grey) and, as a reference, that of the mockup's own draw list
# painted with our primitives: what is missing there is the text engine's, what is
# missing beyond it is the layout's. Ends with 1 when any page is under the least.
set -euo pipefail
O=$1 out=$2/compare media=$2/demo/media
shared=../shared/design/boards
least=0.97
# Each mockup has its own clock.
day=2023-06-28T10:24:00+08:00
evening=2023-06-28T19:42:00+08:00

if [ ! -d "$shared" ]; then
	echo "compare: no mockups: $shared is not beside this checkout"
	exit 0
fi

# mockup, board (- where something else is asked for), size, time, document, what else. 16c is drawn where a list is empty; its words are
# for the first start, ours say that nothing fits the filter.
pages="01-overview overview 1920x1080 $day assets/demo
02-standing standing 1920x1080 $day assets/demo
02p-standing-portrait standing 1080x1920 $day assets/demo
03-league league 1920x1080 $day assets/demo
04-projects projects 1920x1080 $day assets/demo
05-list list 1920x1080 $day assets/demo
05b-list-facts list-facts 1920x1080 $day assets/demo
05p-list-portrait list 1080x1920 $day assets/demo
06-detail detail 1920x1080 $day assets/demo
07-records records 1920x1080 $day assets/demo
08-tracks targets 1920x1080 $day assets/demo
09-pattern pattern 1920x1080 $day assets/demo
10-approval journey 1920x1080 $day assets/demo
11-event season 1920x1080 $evening assets/demo
11p-event-portrait season 1080x1920 $evening assets/demo
12-schedule programme 1920x1080 2023-07-15T19:42:00+08:00 assets/demo
13-heritage town 1920x1080 $day assets/demo
13f-heritage town-evening 1920x1080 $evening assets/demo
14-notices notices 1920x1080 $day assets/demo
15a-emergency-hall - 1920x1080 $day assets/demo --alert evacuate
15b-emergency-festival - 1920x1080 $evening assets/demo --alert paused
16a-pairing - 1920x1080 $day assets/demo --pairing 472096
16b-stale-offline overview 1920x1080 $day assets/demo --offline --stale --clock-unknown
16c-empty list 1920x1080 $day tests/content/waiting"

# SSIM of two pictures, 0..1.
ssim() {
	ffmpeg -nostdin -loglevel info -i "$1" -i "$2" \
		-lavfi '[0]format=gray[a];[1]format=gray[b];[a][b]ssim' -f null - 2>&1 |
		sed -n 's/.*SSIM.*All:\([0-9.]*\).*/\1/p'
}

rm -rf "$out"
mkdir -p "$out/page" "$out/replay"
failed=0
printf '%-24s %8s %8s\n' mockup page replay
while read -r mockup board size time document more; do
	[ "$board" = - ] || more="--board $board $more"
	# shellcheck disable=SC2086 # more is a list of words
	first=$("$O/fangzi-kiosk" snapshot --content "$document/content.json" --media "$media" $more \
		--size "$size" --at "$time" --out "$out/page" | head -n 1)
	mv "$first" "$out/page/$mockup.png"
	"$O/tests/replay" "$shared/drawlists/$mockup.json" "$out/replay/$mockup.png"
	ffmpeg -nostdin -loglevel error -y -i "$shared/$mockup.png" -i "$out/page/$mockup.png" \
		-lavfi '[0]format=rgb24[a];[1]format=rgb24[b];[a][b]hstack' "$out/$mockup.png"
	page=$(ssim "$shared/$mockup.png" "$out/page/$mockup.png")
	replay=$(ssim "$shared/$mockup.png" "$out/replay/$mockup.png")
	low=$(awk -v page="$page" -v least="$least" 'BEGIN {print page + 0 < least ? " too low" : ""}')
	[ -z "$low" ] || failed=1
	printf '%-24s %8.4f %8.4f%s\n' "$mockup" "$page" "$replay" "$low"
done <<< "$pages"
echo "compare: pictures side by side in $out (mockup | page)"
exit $failed
