#!/bin/bash
# Pictures on their way to a screen: sound ones of three formats pass the check and are
# shown; one that is broken is refused by fangzi-sign, and by the screen, whose board
# does without it. TAP.
. "$(dirname "$0")/lib.sh"

media=$WORK/media
mkdir -p "$media"
picture() { # picture FILE [OPTION..]
	ffmpeg -nostdin -loglevel error -f lavfi -i testsrc=size=640x360 -frames:v 1 "${@:2}" "$media/$1"
}
picture sound.png
picture sound.jpg
picture sound.webp
head -c 3000 "$media/sound.png" > "$media/cut.png"
head -c 3000 "$media/sound.jpg" > "$media/cut.jpg"
head -c 3000 "$media/sound.webp" > "$media/cut.webp"
echo "no picture" > "$media/words.png"

cp "${O%/san}"/demo/media/*.png "$media/"

use() { # use PICTURE: the demo, its town shown by another picture
	sed "s/\"picture\": \"town.png\"/\"picture\": \"$1\"/" assets/demo/content.json > "$WORK/content.json"
}

check() {
	"$O/fangzi-sign" check "$WORK/content.json" --media "$media" > "$WORK/said" 2>&1
}

paint() { # paint NAME [OPTION..]: the town's page to NAME.png
	"$O/fangzi-kiosk" snapshot --content "$WORK/content.json" --board town --out "$WORK/out" \
		--at 2023-06-28T10:24:00+08:00 --size 960x540 "${@:2}" > /dev/null 2> "$WORK/said" &&
		mv "$WORK/out/town-1.png" "$WORK/$1.png"
}

use town.png
paint without
result $? "without any picture the town is drawn"

for name in sound.png sound.jpg sound.webp; do
	use "$name"
	check
	result $? "$name passes the check" "$(cat "$WORK/said")"
	paint shown --media "$media" && ! cmp -s "$WORK/shown.png" "$WORK/without.png"
	result $? "and is shown"
done

for name in cut.png cut.jpg cut.webp words.png; do
	use "$name"
	! check
	result $? "$name does not pass the check"
	grep -q "/places/0/picture" "$WORK/said" && grep -q "$name: " "$WORK/said"
	result $? "and its place and what is wrong are told" "$(cat "$WORK/said")"
	paint refused --media "$media" && cmp "$WORK/refused.png" "$WORK/without.png" >&2
	result $? "and the screen's board does without it" "$(cat "$WORK/said")"
done
finish
