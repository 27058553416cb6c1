# shellcheck shell=bash
# For tests of faults while running: sourced instead of flow/lib.sh, which it brings.
# make_town makes a feed whose version 1 a screen has, and whose version 2, with another
# picture and a new trust document, is to come. sweep looks at it under one fault.
# In memory where it can be: thousands of folders are made and synced.
[ ! -w /dev/shm ] || export TMPDIR=${TMPDIR:-/dev/shm}
. "$(dirname "${BASH_SOURCE[0]}")/../flow/lib.sh"

readonly FEED=$WORK/feed STATE=$WORK/state TRUST=$WORK/feed/trust/1.json FAIL=$O/tests/libfail.so
readonly CHECK=$O/tests/faults/check
# fangzi-sync's: done, read, network, disk. Other codes would blame the feed.
readonly FAIR_CODES=' 0 2 3 7 '

make_picture() { # make_picture FILE SEED: noise, some 100 KB, in one way for one seed
	/usr/bin/python3 - "$1" "$2" <<-'EOT'
		import random, struct, sys, zlib
		random.seed(int(sys.argv[2]))
		def chunk(kind, data):
		    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
		rows = b"".join(b"\0" + random.randbytes(240 * 3) for _ in range(135))
		with open(sys.argv[1], "wb") as out:
		    out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 240, 135, 8, 2, 0, 0, 0))
		              + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
	EOT
}

make_version() { # make_version N: a poster and a page of words
	make_content "$WORK/$1.json" "第 $1 版" && mkdir -p "$WORK/media$1" && make_picture "$WORK/media$1/poster.png" "$1" &&
		sed -i 's/"boards": \[/&{"id": "p1", "kind": "picture", "picture": "poster.png", "caption": "图", "dwell_s": 5, "theme": "hall"},/' \
			"$WORK/$1.json" && publish "$FEED" "$1" "$WORK/$1.json" --media "$WORK/media$1"
}

# Folders to begin from: $WORK/none has nothing, $WORK/one version 1 of the feed at $WORK/old.
make_town() {
	make_keys && make_trust "$FEED" && make_version 1 && make_head "$FEED" && cp -r "$FEED" "$WORK/old" &&
		mkdir "$WORK/none" && look "$WORK/one" "$WORK/old" 2> "$WORK/err" &&
		echo stray > "$WORK/one/objects/$(printf %064d 0)" && make_trust "$FEED" && make_version 2 && make_head "$FEED"
}

look() { # look STATE [FEED [KIOSK]]: fangzi-sync, once
	timeout 20 "$O/fangzi-sync" --once --feed "file://${2:-$FEED}" --trust "$TRUST" --state "$1" \
		--kiosk "${3:-/bin/true}"
}

found() { # found NAME STATE: what is in the folder, into the array of that name
	local -n into=$1
	local line pair
	line=$("$CHECK" "$2" "$TRUST" 2> "$WORK/err3") || return 1
	for pair in $line; do
		into[${pair%%=*}]=${pair#*=}
	done
	into[line]=$line
}

# faulty CALL WITH AT ON COMMAND..: under the fault; what was told is in $WORK/told.
faulty() {
	local call=$1 with=$2 at=$3 on=$4
	shift 4
	rm -f "$WORK/told"
	(
		export FAIL_CALL=$call FAIL_WITH=$with FAIL_AT=$at FAIL_TOLD=$WORK/told LD_PRELOAD=$FAIL
		[ "${EVERYWHERE:-}" ] || export FAIL_UNDER=$STATE
		[ -z "$on" ] || export FAIL_ON=1
		"$@"
	)
}

struck() { grep -q struck "$WORK/told" 2> /dev/null; }

blame() { # blame WORDS: the first few are told
	bad=$((bad + 1))
	[ "$bad" -gt ${MOST_TOLD:-5} ] || faults+=("$where: $1")
}

# What must hold whenever fangzi-sync has ended, however it did: `before` is the caller's.
judge_state() { # judge_state CODE
	local name
	local -A now=()
	found now "$STATE" || { blame "the folder cannot be read"; return; }
	[ "${now[shows]}" = 2 ] || [ "${now[shows]}" = "${before[shows]}" ] || blame "shows version ${now[shows]}"
	[ "$1" -ne 0 ] || [ "${now[shows]}" = 2 ] || blame "said it was done, and shows version ${now[shows]}"
	for name in trust seq version chain; do
		[ "${now[$name]}" -ge "${before[$name]}" ] || blame "$name fell: ${before[line]} to ${now[line]}"
	done
	[ ! -e "$STATE/state.sqlite.bad" ] || blame "a sound record was set aside"
}

# What could not be synced must not be believed by a second sync (fsyncgate): a part is
# gone, and an object whose name may be lost is fetched again.
has_both() { # objects of version 2
	[ -e "$STATE/objects/$(sha256sum < "$WORK/2.json" | cut -c1-64)" ] &&
		[ -e "$STATE/objects/$(sha256sum < "$WORK/media2/poster.png" | cut -c1-64)" ]
}

judge_sync() {
	local path
	path=$(sed -n 's/^struck //p' "$WORK/told")
	[[ $path != *.part ]] || [ ! -e "$path" ] || blame "${path##*/} was not given up after its sync failed"
	[[ $path != "$STATE/objects" ]] || ! has_both || blame "an object stayed whose name was not synced"
}

# And once the fault is over.
judge_recovery() {
	local code
	local -A now=()
	look "$STATE" > "$WORK/out" 2> "$WORK/err2"
	code=$?
	[ "$code" -eq 0 ] || blame "does not recover: exit $code, $(tail -n 1 "$WORK/err2")"
	found now "$STATE"
	[ "${now[line]}" = "record=yes trust=2 seq=2 version=2 shows=2 chain=2" ] || blame "recovers to ${now[line]}"
	[ ! -e "$STATE/state.sqlite.bad" ] || blame "a sound record was set aside"
}

# sweep FROM CALL WITH ON NUMBERS..: a look under the fault from a folder, a look without.
# The numbers of calls that fail: each is a try of its own; it ends when there are no more.
sweep() {
	local from=$1 call=$2 with=$3 on=$4 at tries=0 code bad=0 faults=() where fair=$FAIR_CODES
	local -A before=()
	shift 4
	[[ $call != memory && $call != process ]] || fair+='134 ' # no memory, no pipe at the start: stop
	found before "$WORK/$from"
	for at in "$@"; do
		where="call $at"
		rm -rf "$STATE" && cp -r "$WORK/$from" "$STATE"
		FAIL_PROGRAM=fangzi-sync faulty "$call" "$with" "$at" "$on" look "$STATE" > "$WORK/out" 2> "$WORK/err"
		code=$?
		struck || break
		tries=$((tries + 1))
		[[ $fair == *" $code "* ]] || blame "exit $code, $(tail -n 1 "$WORK/err")"
		judge_state "$code"
		[ "$call" != sync ] || judge_sync
		judge_recovery
	done
	[ "$bad" -eq 0 ] && [ "$tries" -gt 0 ]
	result $? "sync from $from: $call $with${on:+ from then on}: $tries tries" "$bad bad of $tries" "${faults[@]}"
}

# ---- the screen -----------------------------------------------------------------

readonly SIZE=480x270 AT=2026-06-28T10:24:00+08:00

paint() { # paint OUT WORD..: the pages of what is named, as pictures
	timeout 60 "$O/fangzi-kiosk" snapshot --out "$1" --size $SIZE --at $AT "${@:2}"
}

# What a page may look like: of version 2, of version 1, of 2 without its poster.
make_expected() {
	look "$WORK/two" 2> "$WORK/err" && paint "$WORK/want2" --state "$WORK/two" --trust "$TRUST" > "$WORK/out" &&
		paint "$WORK/want1" --state "$WORK/one" --trust "$TRUST" > "$WORK/out" &&
		paint "$WORK/bare2" --content "$WORK/2.json" > "$WORK/out"
}

is_right() { # is_right FOLDER: page by page those of one version
	diff -rq "$1" "$WORK/want2" > "$WORK/diff" || diff -rq "$1" "$WORK/want1" >> "$WORK/diff" ||
		diff -rq "$1" "$WORK/bare2" >> "$WORK/diff"
}

# sweep_pages CALL WITH ON NUMBERS..: version 2 is painted under the fault. It is painted
# right, or the program says why not.
sweep_pages() {
	local call=$1 with=$2 on=$3 at tries=0 painted=0 code bad=0 faults=() where
	shift 3
	for at in "$@"; do
		where="call $at"
		rm -rf "$STATE" "$WORK/pages" && cp -r "$WORK/two" "$STATE"
		EVERYWHERE=1 FAIL_PROGRAM=fangzi-kiosk faulty "$call" "$with" "$at" "$on" \
			paint "$WORK/pages" --state "$STATE" --trust "$TRUST" > "$WORK/out" 2> "$WORK/err"
		code=$?
		struck || break
		tries=$((tries + 1))
		case $code in
		0) painted=$((painted + 1)) && { is_right "$WORK/pages" || blame "a wrong page: $(tail -n 1 "$WORK/err")"; } ;;
		1) grep -q '^<3>kiosk: .' "$WORK/err" || blame "ended without a word" ;;
		134) [ "$call" = memory ] || [ "$call" = process ] || blame "aborted: $(tail -n 1 "$WORK/err")" ;;
		139) grep -q 'in libharfbuzz' "$WORK/told" || blame "crashed: $(tail -n 1 "$WORK/told")" ;; # it does by itself
		*) blame "exit $code, $(tail -n 1 "$WORK/told"), $(tail -n 1 "$WORK/err")" ;;
		esac
	done
	[ "$bad" -eq 0 ] && [ "$tries" -gt 0 ]
	result $? "pages: $call $with${on:+ from then on}: $tries tries, $painted painted" "$bad bad of $tries" "${faults[@]}"
}
