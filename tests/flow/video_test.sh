#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Boards with a film, in real windows: it plays, and whatever becomes of what plays it, its picture stands and
# the show goes on. The picture is green, the film red and blue by turns. TAP.
. "$(dirname "$0")/lib.sh"
unset SDL_VIDEODRIVER WAYLAND_DISPLAY
# The film's page begins: 6 s, and 5 s of another.
AT=$(date -u -d "@$((1782612000 - 1782612000 % 11))" +%FT%TZ)
mkdir "$WORK/media"
ffmpeg -v error -f lavfi -i color=0x00a000:s=160x90 -frames:v 1 "$WORK/media/still.png"
ffmpeg -v error -f lavfi -i color=red:s=160x90:r=25:d=0.6 -f lavfi -i color=blue:s=160x90:r=25:d=0.6 \
	-filter_complex concat -pix_fmt yuv420p -c:v libx264 "$WORK/media/film.mp4"
result $? "a film in H.264"

make_document() { # make_document FILE DWELL_S: a board with the film, and one without
	make_content "$1"
	sed -i 's|"id": "b1", |&"dwell_s": 5, |; s|"boards": \[|&{"id": "film", "kind": "video", "theme": "hall", "picture": "still.png", "video": "film.mp4", "caption": "某处", "dwell_s": '"$2"'},|' "$1"
}
check_film() { # check_film CODE PATTERN WHAT: what fangzi-sign says of the media
	"$O/fangzi-sign" check "$WORK/long.json" --media "$WORK/bad" > "$WORK/said" 2>&1
	[ $? -eq "$1" ] && grep -q -- "$2" "$WORK/said"
	result $? "$3" "$(cat "$WORK/said")"
}
take() { # take STATE CONTENT MEDIA: kept, after a trial
	rm -rf "$WORK/feed/manifests" "$WORK/feed/head.json"
	publish "$WORK/feed" 1 "$2" --media "$3" --at $AT && make_head "$WORK/feed" --at $AT &&
		"$O/fangzi-sync" --once --feed "file://$WORK/feed/" --trust "$WORK/feed/trust/1.json" --state "$1" --at $AT 2> "$WORK/err"
	result $? "a version with a film is tried and taken" "$(cat "$WORK/err")"
}
make_keys && make_trust "$WORK/feed" --at $AT
make_document "$WORK/long.json" 120
make_document "$WORK/short.json" 6

# ---- what is no film is refused before it is published -----------------------------
cp -r "$WORK/media" "$WORK/bad"
cp "$WORK/media/still.png" "$WORK/bad/film.mp4"
check_film 1 'film.mp4: is no MP4' "a picture that is called a film"
ffmpeg -v error -y -f lavfi -i color=red:s=160x90:d=0.2 -c:v mpeg4 "$WORK/bad/film.mp4"
check_film 1 'has no film in H.264' "a film in another coding"
ffmpeg -v error -y -f lavfi -i color=red:s=2560x1440:d=0.1 -pix_fmt yuv420p -c:v libx264 -preset ultrafast "$WORK/bad/film.mp4"
check_film 1 'has 2560 x 1440 pixels, at most 1920 x 1080' "a film that is too large"
ffmpeg -v error -y -i "$WORK/media/film.mp4" -c copy -metadata:s:v rotate=90 "$WORK/bad/film.mp4"
check_film 1 'is to be turned' "a film that was held upright"
head -c 1000 "$WORK/media/film.mp4" > "$WORK/bad/film.mp4"
check_film 1 'no sound film of that name' "a film that is cut off"

# Its index is sound, its pictures are not: only who decodes it can tell.
/usr/bin/python3 - "$WORK/media/film.mp4" "$WORK/bad/film.mp4" << 'EOT'
import sys
film = bytearray(open(sys.argv[1], "rb").read())
at = film.index(b"mdat") + 4
end = at - 8 + int.from_bytes(film[at - 8:at - 4], "big")
film[at:end] = bytes(end - at)
open(sys.argv[2], "wb").write(film)
EOT
check_film 0 'fine' "a film whose pictures are broken passes: nothing is decoded there"

take "$WORK/played" "$WORK/short.json" "$WORK/media"
take "$WORK/kept" "$WORK/long.json" "$WORK/media"
take "$WORK/broken" "$WORK/long.json" "$WORK/bad"

# ---- screens side by side -----------------------------------------------------------
declare -A SCREEN PIDS
show() { # show NAME PROGRAMS STATE: a screen with a display of its own
	local name=$1
	mkdir -p "$WORK/$name"
	start "$WORK/$name/xvfb.log" Xvfb -displayfd 5 -screen 0 320x180x24 -nolisten tcp 5> "$WORK/$name/number"
	wait_until 60 test -s "$WORK/$name/number"
	SCREEN[$name]=:$(cat "$WORK/$name/number")
	start "$WORK/$name/log" env DISPLAY="${SCREEN[$name]}" "$2/fangzi-kiosk" --no-sync --trust "$WORK/feed/trust/1.json" \
		--state "$3" --at $AT --size 320x180 --no-orbit --reduce-motion on --present surface --record "$WORK/$name/rec"
	PIDS[$name]=$PID
}
point() { # point PICTURE X Y [OPTIONS..]: RRGGBB
	ffmpeg -v error "${@:4}" -i "$1" -frames:v 1 -vf "crop=1:1:$2:$3" -f rawvideo -pix_fmt rgb24 - | od -An -tx1 | tr -d ' \n'
}
pixel() { # pixel NAME X Y: of a screen
	point "${SCREEN[$1]}" "$2" "$3" -f x11grab -video_size 320x180
}
# Nearly: colours are rounded on their way.
GREEN='00[9a]?00'
is_red() { [[ $(pixel "$1" 160 60) == f[0-9a-f]0[0-9a-f]0? ]]; }
is_blue() { [[ $(pixel "$1" 160 60) == 0?0?f? ]]; }
is_still() { [[ $(pixel "$1" 160 60) == $GREEN ]]; }
plays() { is_red "$1" || is_blue "$1"; }
is_helped() { [ -n "$(helper "$1")" ]; }
# One that the turn of the page ended already does not count: until the screen says that it missed one.
kill_helper() {
	kill -KILL "$(helper "$1")" 2> /dev/null
	[ "$(said "$1" 'fangzi-video ended')" -gt 0 ]
}
helper() { pgrep -P "${PIDS[$1]}" -x fangzi-video; }
# Of the screens' lines, those on films.
said() { grep -c "kiosk: .*film.*$2" "$WORK/$1/log.err"; }
has_ended() { [ -z "$(helper "$1")" ]; }
check() { # check SECONDS NAME WHAT COMMAND..
	local seconds=$1 name=$2 what=$3
	shift 3
	wait_until "$seconds" "$@"
	result $? "$what" "pixel: $(pixel "$name" 160 60)" "$(tail -n 3 "$WORK/$name/log.err")"
}

# Programs beside which others play, or nobody does.
mkdir "$WORK/rubbish-bin" "$WORK/absent-bin"
cp "$O/fangzi-kiosk" "$WORK/rubbish-bin"
cp "$O/fangzi-kiosk" "$WORK/absent-bin"
printf '#!/bin/sh\nprintf "\\377\\377" >&5\nexec sleep 1000\n' > "$WORK/rubbish-bin/fangzi-video"
chmod +x "$WORK/rubbish-bin/fangzi-video"

show absent "$WORK/absent-bin" "$WORK/kept"
show rubbish "$WORK/rubbish-bin" "$WORK/kept"
if [ -x "$O/fangzi-video" ]; then
	show killed "$O" "$WORK/played"
	show stopped "$O" "$WORK/kept"
	show broken "$O" "$WORK/broken"

	check 30 killed "the film is played" is_red killed
	check 60 killed "and goes on" is_blue killed
	check 60 killed "and begins again" is_red killed
	[[ $(point "$WORK/killed/rec/film-1.png" 160 60) == $GREEN ]]
	result $? "the recorded page has its picture"
	caption=$(point "$WORK/killed/rec/film-1.png" 21 167)
	check 40 killed "its caption stands upon the film" eval 'plays killed && [ "$(pixel killed 21 167)" = "$caption" ]'

	check 30 stopped "another screen plays it too" plays stopped
	stopped=$(helper stopped)
	[ "$(sed -n 's/^Seccomp:\t//p' "/proc/$stopped/status")" = 2 ] && [ "$(cat "/proc/$stopped/oom_score_adj")" = 1000 ]
	result $? "who plays it is locked in, and the first to go where memory is short" "$(grep Seccomp "/proc/$stopped/status")"
	kill -STOP "$stopped"

	rm -f "$WORK/killed/rec/b1-1.png"
	check 40 killed "who plays it is killed" kill_helper killed
	check 40 killed "killed, its picture stands there" is_still killed
	check 40 killed "and the show goes on" test -s "$WORK/killed/rec/b1-1.png"
	check 40 killed "with the picture again" is_still killed
	! is_helped killed
	result $? "as the film is not tried again so soon"
	is "which is said once" "$(said killed 'fangzi-video ended')" 1

	check 20 broken "a film that cannot be decoded: its picture stands there" is_still broken
	check 20 broken "which is said" eval '[ "$(said broken "no picture of it could be decoded")" = 1 ]'
	check 20 stopped "one that hangs: its picture stands there" is_still stopped
	is "which is said" "$(said stopped 'no picture comes')" 1
	check 60 stopped "and it is ended" gone "$stopped"
fi
check 20 rubbish "one that says what makes no sense: its picture stands there" is_still rubbish
check 10 rubbish "which is said" eval '[ "$(said rubbish "what makes no sense")" = 1 ]'
check 10 rubbish "and it is ended" has_ended rubbish
check 20 absent "where nobody can play it, its picture stands there" is_still absent
is "which is said once" "$(said absent '')" 1
for name in "${!PIDS[@]}"; do
	kill "${PIDS[$name]}"
	wait "${PIDS[$name]}"
	is "the screen ends well: $name" $? 0
done
finish
