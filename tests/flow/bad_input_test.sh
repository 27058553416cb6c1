#!/bin/bash
# Bad documents, commands and settings: one line that names the file, the place and the rule, an exit
# code that says whose business it is, and nothing taken or written.
. "$(dirname "$0")/lib.sh"

# ---- content documents -------------------------------------------------------------------

document=$WORK/document.json

# bad_document PATTERN WHAT: no JSON at all; the error follows the file's name.
bad_document() {
	"$O/fangzi-sign" check "$document" > "$WORK/out" 2> "$WORK/err"
	told 1 "sign: $document: $1" "check: $2" $?
}

# bad_field PLACE RULE WHAT SED: sound JSON but for one thing; a line of its own tells it.
bad_field() {
	make_content "$WORK/sound.json"
	sed "$4" "$WORK/sound.json" > "$document"
	"$O/fangzi-sign" check "$document" > "$WORK/out" 2> "$WORK/err"
	local code=$?
	[ "$code" -eq 1 ] && [ "$(wc -l < "$WORK/out")" -eq 1 ] && grep -qF "$document: $1: " "$WORK/out" &&
		grep -qF -- "$2" "$WORK/out" && [ "$(wc -l < "$WORK/err")" -eq 1 ]
	result $? "check: $3" "exit $code" "$(cat -v "$WORK/out" "$WORK/err")"
}

check_documents() {
	rm -f "$document"
	bad_document 'No such file' "a file that is not there"
	mkdir "$document"
	bad_document 'not a regular file' "a folder"
	rmdir "$document" && mkfifo "$document"
	bad_document 'not a regular file' "a pipe that nobody writes to"
	rm "$document" && : > "$document"
	bad_document 'line 1 column 0: ' "an empty file"
	printf '{"schema": 1' > "$document"
	bad_document "line 1 column 12: '}' expected" "a file cut short"
	printf '{"schema": 1} more' > "$document"
	bad_document 'line 1 column 18: end of file expected' "garbage behind"
	printf '{"schema": 1,\n "schema": 1}' > "$document"
	bad_document 'line 2 column 9: duplicate object key' "a key twice"
	printf '{"site": {"name": "\xff"}}' > "$document"
	bad_document 'line 1 column 19: unable to decode byte 0xff' "bytes that are not UTF-8"
	printf '{"site": "\xed\xa0\x80"}' > "$document"
	bad_document 'line 1 column [0-9]+: unable to decode' "a surrogate in UTF-8"
	printf '{"site": "\\udc00"}' > "$document"
	bad_document 'line 1 column [0-9]+: invalid Unicode' "a lone surrogate, escaped"
	printf '\xef\xbb\xbf{}' > "$document"
	bad_document 'line 1 column 1: ' "a byte order mark"
	printf '\xff\xfe{\0}\0' > "$document"
	bad_document 'line 1 column 0: unable to decode byte 0xff' "UTF-16"
	printf '\x1f\x8b\x08\0\0' > "$document"
	bad_document 'line 1 column 1: ' "a compressed file"
	printf '{"site": "a\nb"}' > "$document"
	bad_document 'line 1 column [0-9]+: unexpected newline' "a newline in a text"
	printf '{"a\x1b[31m": 1}' > "$document"
	bad_document 'line 1 column [0-9]+: control character 0x1b' "an escape character"
	printf '{"schema": NaN}' > "$document"
	bad_document "line 1 column 14: invalid token near 'NaN'" "not a number"
	printf '{"schema": 1e999}' > "$document"
	bad_document 'line 1 column [0-9]+: real number overflow' "a number beyond any"
	printf '{"schema": 01}' > "$document"
	bad_document 'line 1 column [0-9]+: invalid token' "a number with a zero before"
	printf "{'schema': 1}" > "$document"
	bad_document 'line 1 column 2: ' "apostrophes for quotes"
	printf '{"schema": 1,}' > "$document"
	bad_document 'line 1 column 14: ' "a comma too many"
	printf '/* us */ {}' > "$document"
	bad_document 'line 1 column 1: ' "a comment"
	printf '[]' > "$document"
	bad_document 'not a JSON object' "a list"
	printf '{"a":\n%s%s}' "$(printf '[%.0s' {1..40})" "$(printf ']%.0s' {1..40})" > "$document"
	bad_document 'line 2 column 32: nested deeper than 32' "brackets without end"
	head -c 16777217 /dev/zero | tr '\0' ' ' > "$document"
	bad_document 'longer than 16777216 bytes' "a file beyond the ceiling"
	rm "$document"

	bad_field /site/nmae 'no such field here' "a misspelt field" 's/"name": "坊/"nmae": "某", &/'
	bad_field /site/timezone missing "a field that is missing" 's/, "timezone": "[^"]*"//'
	bad_field /site/timezone 'must be an IANA time zone' "an unknown time zone" 's/Shanghai/Fangzi/'
	bad_field /notices/0/ticker 'must be true or false' "yes for true" 's/"ticker": true/"ticker": "yes"/'
	bad_field /notices/0/level 'must be one of info, important' "an unknown word" 's/"info"/"urgent"/'
	bad_field /notices/0/text U+202E "a text that runs backwards" 's/某事如下/某\xe2\x80\xae事/'
	bad_field /notices/0/text 'no font here can draw U+10330' "what no font has" 's/某事如下/\xf0\x90\x8c\xb0/'
	bad_field /notices/0/text 'mobile telephone' "somebody's telephone" 's/某事如下/电话13800138000/'
	bad_field /boards/0/kind 'must be one of' "an unknown kind of board" 's/"notices", "theme/"poster", "theme/'
	bad_field /boards/0/dwell_s 'must be within 5 and 120' "a dwell of a second" 's/"theme": /"dwell_s": 1, &/'
}

# ---- fangzi-sign build writes nothing ----------------------------------------------------

readonly SOUND=$WORK/sound

# bad_build CODE PATTERN WHAT ARGS..: added to a sound command, and nothing is written.
bad_build() {
	local code=$1 pattern=$2 what=$3 before
	shift 3
	before=$(find "$SOUND" -type f | sort | xargs sha256sum)
	"$O/fangzi-sign" build --feed town --version 4 --content "$WORK/three.json" \
		--out "$SOUND" "$@" > "$WORK/out" 2> "$WORK/err"
	told "$code" "$pattern" "build: $what" $?
	is "build: $what: nothing is written" "$(find "$SOUND" -type f | sort | xargs sha256sum)" "$before"
}

try_builds() {
	make_feed "$SOUND" && make_key stranger && make_content "$WORK/three.json" 三
	result $? "a sound feed can be made"
	sed 's/"theme": "hall"/"theme": "dark"/' "$WORK/three.json" > "$WORK/unsound.json"
	local key=(--key "$WORK/keys/publisher")
	bad_build 1 "$WORK/unsound.json: 1 error: nothing written" "an unsound document" "${key[@]}" \
		--content "$WORK/unsound.json"
	bad_build 1 "$WORK/none.json: No such file" "no document" "${key[@]}" --content "$WORK/none.json"
	sed 's/"timezone"/"brand": "a.png", &/' "$WORK/three.json" > "$WORK/brand.json"
	bad_build 2 '--media is needed: the content names a.png' "a picture, and no folder" "${key[@]}" \
		--content "$WORK/brand.json"
	bad_build 1 "$WORK/brand.json: 1 error: nothing written" "a picture that is not there" "${key[@]}" \
		--content "$WORK/brand.json" --media "$WORK"
	echo 'no picture' > "$WORK/a.png"
	bad_build 1 "$WORK/brand.json: 1 error: nothing written" "a picture that is none" "${key[@]}" \
		--content "$WORK/brand.json" --media "$WORK"
	grep -qF "$WORK/a.png: not a PNG, JPEG or WebP picture" "$WORK/out"
	result $? "build: a picture that is none: it is told why" "$(cat "$WORK/out")"
	bad_build 1 'manifests/1.json: exists; what was published is never changed' "a version that is published" \
		"${key[@]}" --version 1
	bad_build 1 'manifest: signatures: 0 of 1 good publisher' "a stranger's key" --key "$WORK/keys/stranger"
	bad_build 1 "$WORK/three.json: " "a key file that is none" --key "$WORK/three.json"
	bad_build 2 '--key is needed' "no key"
	bad_build 1 "manifest: feed: is 'city', must be 'town'" "another feed" "${key[@]}" --feed city
	bad_build 2 "version: '0x4' is not a whole number" "a version in hex" "${key[@]}" --version 0x4
}

# ---- settings files -------------------------------------------------------------------

settings=$WORK/settings.conf

# bad_settings LINE PATTERN WHAT TEXT [PROGRAM..]: all programs that know the keys
bad_settings() {
	local line=$1 pattern=$2 what=$3 program
	printf '%b' "$4" > "$settings"
	shift 4
	[ $# -gt 0 ] || set -- kiosk sync hub
	for program in "$@"; do
		local words=()
		[ "$program" = hub ] && words=(serve)
		[ "$program" = kiosk ] && words=(snapshot)
		"$O/fangzi-$program" "${words[@]}" --config "$settings" > "$WORK/out" 2> "$WORK/err"
		told 2 "^<3>$program: $settings${line:+:$line}: $pattern" "settings of $program: $what" $?
	done
}

try_settings() {
	bad_settings 1 "no such option 'colour'" "an unknown key" 'colour = "red"\n'
	bad_settings 3 "no such option 'fed'" "a misspelt key" '# us\nfeed = "a"\nfed = "b"\n'
	bad_settings 1 "no such option 'help'" "a key of the command line alone" 'help = true\n'
	bad_settings 1 "no such option 'config'" "a file within the file" 'config = "x"\n'
	bad_settings 1 "no such option 'include'" "a file that is included" 'include("x")\n'
	bad_settings 1 "no such option '\[feed\]'" "a section" '[feed]\nfeed = "a"\n'
	bad_settings 1 "no such option 'feed:'" "a colon" 'feed: a\n'
	bad_settings 2 'premature end of file' "a value that is missing" 'feed =\n'
	bad_settings 1 "missing equal sign after option 'feed'" "an equals sign that is missing" 'feed "a"\n'
	bad_settings 1 'premature end of file' "a quote that does not end" 'feed = "a'
	bad_settings 1 'feed: must not be empty' "an empty value" 'feed = ""\n'
	bad_settings 1 'feed: control characters' "an escape character" 'feed = "a\\x1b[31m"\n'
	bad_settings 1 'feed: .* not UTF-8' "bytes that are not UTF-8" 'feed = "\xff"\n'
	bad_settings 3 'feed: control characters' "a value of three lines" "feed = 'a\n\nb'\n"
	bad_settings 1 "unexpected token '\{'" "a list where one is wanted" 'feed = {"a", "b"}\n'
	bad_settings 1 "no such option 'b'" "a value of two words" 'feed = a b\n'
	bad_settings 2 'unexpected closing brace' "a brace" 'feed = "a"\n}\n'
	bad_settings 2 'feed: stands twice' "a key twice" 'feed = "a"\nfeed = "b"\n'
	bad_settings 2 'the comment does not end' "a comment that does not end" 'feed = "a"\n/* off for now\n'
	bad_settings 2 'a NUL byte' "a NUL byte" 'feed = "a"\n\0\n'
	bad_settings '' "longer than 65536 bytes" "a file beyond the ceiling" "$(printf '#%.0s' {1..65537})"
	bad_settings 1 'poll-s: 0 is not within 1..3600' "a number too small" 'poll-s = 0\n' kiosk sync
	bad_settings 1 "poll-s: 'soon' is not a whole number" "a word for a number" 'poll-s = soon\n' kiosk sync
	bad_settings 1 "poll-s: '9{20}' is not a whole number" "a number beyond any" \
		'poll-s = 99999999999999999999\n' kiosk sync
	bad_settings 1 "rotate: '45' is not one of 0, 90, 180, 270" "a word that is none of the known" \
		'rotate = 45\n' kiosk
	bad_settings 1 "invalid boolean value for option 'windowed'" "perhaps" 'windowed = perhaps\n' kiosk
	rm "$settings"
	for program in kiosk sync hub; do
		"$O/fangzi-$program" --config "$settings" > "$WORK/out" 2> "$WORK/err"
		told 2 "^<3>$program: $settings: No such file" "settings of $program: a file that is not there" $?
		"$O/fangzi-$program" --config "$WORK" > "$WORK/out" 2> "$WORK/err"
		told 2 "^<3>$program: $WORK: not a regular file" "settings of $program: a folder" $?
	done
	"$O/fangzi-hub" serve --feed "$SOUND" --listen nowhere > "$WORK/out" 2> "$WORK/err"
	told 2 "hub: listen: 'nowhere' is not ADDR:PORT" "hub: an address that is none" $?
	"$O/fangzi-hub" serve --feed "$WORK/none" --listen 127.0.0.1:0 > "$WORK/out" 2> "$WORK/err"
	told 1 "hub: $WORK/none: No such file" "hub: a feed that is not there" $?
}

check_documents
try_builds
try_settings
finish
