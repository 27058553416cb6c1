#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# fangzi-sign check refuses content that the screens' fonts cannot draw, and names
# the character and its place. TAP; O is where the programs are.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
O=${O:-build}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
content=assets/demo/content.json
dejavu=/usr/share/fonts/truetype/dejavu/DejaVuSans
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

check() { # OUT ARGUMENT...
	local out=$1
	shift
	"$O/fangzi-sign" check "$@" > "$out" 2>&1
}

check "$dir/good" "$content"
ok $? "the demo content can be drawn"

check "$dir/latin" "$content" --font-regular "$dejavu.ttf" --font-bold "$dejavu-Bold.ttf"
[ $? -eq 1 ]
ok $? "a font without Han: refused"
says 'content\.json: /site/name: .*U\+[0-9A-F]{4}' "$dir/latin"
ok $? "with place and code point"

check "$dir/bold" "$content" --font-bold "$dejavu-Bold.ttf"
[ $? -eq 1 ]
ok $? "one weight alone without Han: refused"

check "$dir/behind" "$content" --font-regular "$dejavu.ttf" --font-bold "$dejavu-Bold.ttf" \
	--font /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
! grep -q 'U+' "$dir/behind" # its wider figures may leave their room: another matter
ok $? "a font behind it that has them: every character can be drawn"

# One character that no font has: U+E000, for private use.
name=$(grep -oP '"name": *"\K[^"]*' "$content" | head -n 1)
sed "0,/$name/s//$name\xEE\x80\x80/" "$content" > "$dir/private.json"
check "$dir/private" "$dir/private.json"
[ $? -eq 1 ]
ok $? "one character for private use: refused"
says 'private\.json: /[a-z_/0-9]*name: .*U\+E000' "$dir/private"
ok $? "with place and code point"
[ "$(grep -c 'U+E000' "$dir/private")" -eq 1 ]
ok $? "and nothing else is"
echo "1..$count"
