#!/bin/bash
# The documents that pages are tried with are sound, and the same seed gives the same
# bytes. TAP.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
O=${O:-build}
work=$O/check/gen_content
rm -rf "$work"
mkdir -p "$work"

count=0
say() { # say STATUS WHAT
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then echo "ok $count - $2"; else echo "not ok $count - $2"; fi
}

sound() { # sound FILE
	"$O/fangzi-sign" check "$1" >&2
}

for arguments in "1" "2" "7" "42" "20230628" "1 0" "1 1" "1 8" "1 1000" "9 10000"; do
	file=$work/${arguments/ /-}.json
	# shellcheck disable=SC2086 # seed and number of projects
	"$O/tests/gen_content" $arguments > "$file" && sound "$file"
	say $? "gen_content $arguments passes the check"
	# shellcheck disable=SC2086
	"$O/tests/gen_content" $arguments | cmp "$file" - >&2
	say $? "gen_content $arguments gives the same bytes again"
done

! cmp -s "$work/1.json" "$work/2.json"
say $? "another seed gives another document"

projects=$(grep -o '"id":"p-[0-9]*"' "$work/9-10000.json" | wc -l)
[ "$projects" -eq 10000 ]
say $? "10000 projects were asked for and are there"

sed 's/"state":"done"/"state":"donne"/' "$work/1.json" > "$work/wrong.json"
! sound "$work/wrong.json" 2> /dev/null
say $? "the check can fail: a state that does not exist is found"

! "$O/tests/gen_content" 1 10001 > "$work/many.json" 2> /dev/null
say $? "more projects than a document may have are refused"

for name in stress waiting; do
	cp "tests/content/$name/content.json" "$work/$name.json"
	sound "$work/$name.json"
	say $? "the hand-written $name passes the check"
done

for file in 1 1-0 1-1 1-8 stress waiting; do
	"$O/fangzi-kiosk" trial --content "$work/$file.json" --at 2023-06-28T10:24:00+08:00 >&2
	say $? "the trial paints every page of $file.json"
done

! "$O/fangzi-kiosk" trial --content "$work/wrong.json" 2> /dev/null
say $? "the trial can fail: the wrong document is refused"
echo "1..$count"
