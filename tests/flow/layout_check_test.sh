#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# fangzi-sign check and build, and the trial on the screen, refuse a document whose
# pages nobody could read, and say where; what is merely cut is a warning. TAP; O is
# where the programs are.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
O=${O:-build}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
content=tests/content/stress/content.json
at=2023-06-28T10:24:00+08:00
count=0

ok() { # RESULT WHAT
	count=$((count + 1))
	[ "$1" -eq 0 ] && echo "ok $count - $2" || echo "not ok $count - $2"
}

says() { # PATTERN FILE
	grep -qE -- "$1" "$2"
	local found=$?
	[ "$found" -eq 0 ] || sed 's/^/# /' "$2" | head -n 5
	return "$found"
}

"$O/fangzi-sign" check "$content" --at "$at" > "$dir/cut" 2>&1
ok $? "long texts are cut, and that is fine"
says "^$content: warning: /boards/[0-9]+ \(schedule\) page 1: .*…: is cut at 1920x1080$" "$dir/cut"
ok $? "but told, with board and page"

# On 640 pixels the captions are 11 high.
"$O/fangzi-sign" check "$content" --at "$at" --size 640x360 > "$dir/small" 2>&1
[ $? -eq 1 ]
ok $? "on a screen too small to be read, it is refused"
says "^$content: /boards/[0-9]+ \([a-z-]+\) page 1: .*: is 11 pixels high, least 12 at 640x360$" "$dir/small"
ok $? "with place, text and rule"

"$O/fangzi-sign" keygen --type ed25519 --out "$dir/key" > /dev/null
sed 's/"picture": "none.jpg", *//' "$content" > "$dir/whole.json" # build wants every picture
build() { # SIZE
	"$O/fangzi-sign" build --content "$dir/whole.json" --media build/demo/media --feed f --version 1 --key "$dir/key" \
		--out "$dir/feed" --at "$at" --size "$1" > "$dir/built" 2>&1
}
! build 640x360 && ! ls "$dir/feed/manifests" > /dev/null 2>&1
ok $? "build writes nothing of it"
build 1920x1080
ok $? "and builds what can be read"

sed '0,/"kind": *"overview"/s//&, "dwell_s": 5/' "$content" > "$dir/hasty.json"
"$O/fangzi-sign" check "$dir/hasty.json" --at "$at" > "$dir/hasty" 2>&1
ok $? "a page that stands too shortly is the office's choice"
says 'warning: /boards/[0-9]+ .* page 1: stands for 5 s, to be read it takes [0-9]+$' "$dir/hasty"
ok $? "and told"

"$O/fangzi-kiosk" trial --content "$content" --at "$at" > "$dir/trial" 2>&1
ok $? "the trial takes what can be read"
"$O/fangzi-kiosk" trial --content "$content" --at "$at" --size 640x360 > "$dir/trial" 2>&1
[ $? -eq 1 ]
ok $? "and refuses what cannot"
says 'kiosk: /boards/[0-9]+ \([a-z-]+\) page 1: .*: is 1[0-9] pixels high' "$dir/trial"
ok $? "with its place"

preview() { # SIZE
	rm -rf "$dir/pages"
	"$O/fangzi-sign" preview --content tests/content/small/content.json --out "$dir/pages" --size "$1" --at "$at" \
		> "$dir/painted" 2>&1
}
preview 1280x720
ok $? "preview paints a document"
page=$(head -n 1 "$dir/painted")
[ "$(file -b "$page" | grep -o '[0-9]* x [0-9]*')" = "1280 x 720" ]
ok $? "every page at the size that was asked for"
[ "$(wc -l < "$dir/painted")" -eq "$(find "$dir/pages" -name '*.png' ! -name 'contact*' | wc -l)" ] && [ -s "$dir/pages/contact.png" ]
ok $? "and a contact sheet"
preview 100x100
[ $? -eq 2 ] && [ ! -d "$dir/pages" ]
ok $? "a size that no screen has is refused"
echo "1..$count"
