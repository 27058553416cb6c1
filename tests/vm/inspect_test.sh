#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# inspect.c sees each damage that it is there for. Every case has a state folder of its
# own, as fangzi-sync left it at version 9, and does one thing to it. TAP.
. "$(dirname "$0")/../flow/lib.sh"

FEED=$WORK/feed STATE=$WORK/state
tests/vm/make_feed.py "$O" "$FEED" 9 || exit 1
for version in 1 8 9; do
	"$O/fangzi-sync" --once --feed "file://$FEED/$version" --trust "$FEED/trust/1.json" --state "$WORK/whole" \
		--kiosk /bin/true 2> "$WORK/sync.log" || { cat "$WORK/sync.log"; exit 1; }
done

object() { # object N: the N-th that version 9 names, 0 the content
	body_of "$FEED/manifests/9.json" | grep -oP '"sha256": "\K[0-9a-f]+' | sed -n "$(($1 + 1))p"
}

sql() { # sql STATEMENT
	/usr/bin/python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute(sys.argv[2])
db.commit()' "$STATE/state.sqlite" "$1"
}

flip() { # flip FILE: its first byte
	printf '#' | dd of="$1" conv=notrunc status=none
}

sees() { # sees WHAT COMMAND LINES..: after the command, exactly these lines
	local what=$1 command=$2 seen
	shift 2
	rm -rf "$STATE"
	cp -r "$WORK/whole" "$STATE"
	(cd "$STATE" && eval "$command") || exit 1
	seen=$("$O/tests/vm/inspect" "$STATE" "$FEED/trust/1.json" 2> "$WORK/inspect.err")
	is "$what" "$seen" "$(printf '%s\n' "$@")"
}

FOUND='found version=9 seq=9 trust=2' NONE='found version=0 seq=0 trust=0' END='end stray=0'
CONTENT=$(object 0) PICTURE=$(object 1)

sees "all is well" : "$FOUND" "$END"
sees "there is no folder yet" 'rm -r "$STATE"' "$NONE" "$END"
sees "the record is gone" 'rm state.sqlite' "$NONE" "$END"
sees "the record is garbage" 'head -c 8192 /dev/zero > state.sqlite' "$NONE" "$END"
sees "a record was set aside" 'touch state.sqlite.bad' "$FOUND" \
	"damage /state.sqlite.bad: not what its name says" "$END"
sees "the manifest is another well signed one" 'cp "$FEED/manifests/7.json" manifests/9.json' "$FOUND" \
	"damage version 9: the manifest is not the one of the record" \
	"damage version 9: $STATE/manifests/9.json: says it is version 7" \
	"damage manifests/9.json: not what its name says" "$END"
sees "the version before has no manifest" 'rm manifests/8.json' "$FOUND" \
	"damage version 8: $STATE/manifests/8.json: No such file or directory" "$END"
sees "the content is gone" 'rm "objects/$CONTENT"' "$FOUND" "damage version 9: its content is not whole" "$END"
sees "the content is empty" ': > "objects/$CONTENT"' "$FOUND" "damage version 9: its content is not whole" \
	"damage objects/$CONTENT: not what its name says" "$END"
sees "a byte of a picture is another" \
	'flip "objects/$PICTURE"; rm manifests/8.json; sql "UPDATE record SET previous_version = 0"' "$FOUND" \
	"damage version 9: p0.png is not whole" "damage objects/$PICTURE: not what its name says" "$END"
sees "an object that nobody asks for is not what it says" 'touch "objects/${CONTENT//[a-f]/0}"' "$FOUND" \
	"damage objects/${CONTENT//[a-f]/0}: not what its name says" "$END"
sees "a manifest that nobody asks for is none" 'touch manifests/10.json' "$FOUND" \
	"damage manifests/10.json: not what its name says" "$END"
sees "a trust document is gone" 'rm trust/2.json' "$FOUND" "damage trust: document 2 of the record is not kept" "$END"
sees "a trust document is none" 'touch trust/3.json' "$FOUND" "damage trust/3.json: not what its name says" "$END"
sees "the head is none" 'sql "UPDATE record SET head = x'"''"'"' "$FOUND" \
	"damage head: line 1 column 0: '[' or '{' expected near end of file" "$END"
sees "the head has another hash" 'sql "UPDATE record SET head_sha256 = 0"' "$FOUND" \
	"damage head: not the one of the record" "$END"
sees "the head has another seq" 'sql "UPDATE record SET seq = 10"' "found version=9 seq=10 trust=2" \
	"damage head: not the one of the record" "$END"
sees "the floor of time fell" 'sql "UPDATE record SET floor_utc_s = 0"' "$FOUND" \
	"damage the floor of time is before the head's" "$END"
sees "a version was refused" 'sql "UPDATE record SET refused_version = 3, refused_reason = 5"' "$FOUND" \
	"damage version 3 was refused: 5" "$END"
sees "a part is no damage" 'touch "objects/$CONTENT.part"' "$FOUND" "$END"
sees "temporary names are counted" 'touch sync.status.aaaaaa trust/3.json.aaaaaa objects/x manifests/9.json.aaaaaa' \
	"$FOUND" "end stray=4"
finish
