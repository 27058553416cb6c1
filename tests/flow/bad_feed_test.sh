#!/bin/bash
# What a feed can do wrong to a screen, served from files and by a hub: one line that
# names the file, the place and the rule, the exit code of its kind, and nothing taken.
# shellcheck disable=SC2317 # the ways to break a feed are called by the names in a table
. "$(dirname "$0")/lib.sh"

# ---- the feed, by file and by hub ------------------------------------------------------

readonly SOUND=$WORK/sound KEPT=$WORK/kept CASE=$WORK/case STATE=$WORK/state

sync_once() { # sync_once URL [MORE..]: one look; what it says goes to $WORK/err
	local url=$1
	shift
	"$O/fangzi-sync" --once --feed "$url" --trust "$SOUND/trust/1.json" --state "$STATE" "$@" \
		> "$WORK/out" 2> "$WORK/err"
}

status_of() { # what must not change: the version that is shown, and by whose word
	"$O/fangzi-sync" status --state "$1" | grep -E '^(feed|version|trust)='
}

# A screen that has version 2 by head 3; a feed that offers version 3 by head 4.
make_sound() {
	make_feed "$SOUND" && make_key stranger && make_content "$WORK/two.json" 二 &&
		make_content "$WORK/three.json" 三 && publish "$SOUND" 2 "$WORK/two.json" &&
		make_head "$SOUND" && cp "$SOUND/head.json" "$WORK/head2.json" && make_head "$SOUND" &&
		sync_once "file://$SOUND" && cp -r "$STATE" "$KEPT" && cp "$SOUND/head.json" "$WORK/head3.json" &&
		publish "$SOUND" 3 "$WORK/three.json" && make_head "$SOUND"
}

# What the current manifest's content is called.
content_name() {
	body_of "$CASE/manifests/3.json" | sed -n 's/.*"content": {"sha256": "\([0-9a-f]*\)".*/\1/p'
}

object_of() { # object_of FILE: its hash and size, as documents name it
	printf '"sha256": "%s", "size": %d' "$(sha256sum "$1" | cut -c1-64)" "$(stat -c %s "$1")"
}

head_names() { # head_names VERSION: the head, signed again, names that manifest as it is
	local object
	object=$(object_of "$CASE/manifests/$1.json")
	rehead "s/\"manifest\": {[^}]*}/\"manifest\": {\"version\": $1, $object}/"
}

remanifest() { # remanifest SED [KEY]: the manifest edited, signed, and named by the head
	reseal manifest "$CASE/manifests/3.json" "${2:-publisher}" "$1" && head_names 3
}

offer() { # offer FILE: as version 3's content, whatever it is
	cp "$1" "$CASE/objects/$(sha256sum "$1" | cut -c1-64)"
	remanifest "s/\"content\": {[^}]*}/\"content\": {$(object_of "$1")}/"
}

rehead() { reseal head "$CASE/head.json" "${2:-head}" "$1"; }
retrust() { # retrust SED KEY: trust/2.json made from the first
	cp "$CASE/trust/1.json" "$CASE/trust/2.json" && reseal trust "$CASE/trust/2.json" "${2:-root}" "$1"
}

# Each breaks $CASE in one way. Named by what it does.
head_gone() { rm "$CASE/head.json"; }
head_empty() { : > "$CASE/head.json"; }
head_cut() { truncate -s 100 "$CASE/head.json"; }
head_and_more() { echo '{}' >> "$CASE/head.json"; }
head_not_utf8() { sed -i 's/"keyid": "/&\xff/' "$CASE/head.json"; }
head_key_twice() { sed -i 's/^{/{"payload": "", /' "$CASE/head.json"; }
head_html() { echo '<html>404 Not Found</html>' > "$CASE/head.json"; }
head_long() { printf '%9000s' '' >> "$CASE/head.json"; }
head_deep() {
	printf '{"a": %s%s}' "$(printf '[%.0s' {1..99})" "$(printf ']%.0s' {1..99})" > "$CASE/head.json"
}
head_not_base64() { sed -i 's/"payload": "/&!/' "$CASE/head.json"; }
head_other_type() { cp "$CASE/manifests/3.json" "$CASE/head.json"; }
head_flipped() { # one bit of what was signed: seq 4 becomes 5
	sed -i "s/\"payload\": \"[^\"]*\"/\"payload\": \"$(body_of "$CASE/head.json" |
		sed 's/"seq": 4/"seq": 5/' | base64 -w0)\"/" "$CASE/head.json"
}
head_unsigned() { sed -i 's/"signatures": .*/"signatures": []}/' "$CASE/head.json"; }
head_17_signatures() {
	sed -i "s/\"signatures\": .*/\"signatures\": [$(printf '{"keyid": "a", "sig": ""}, %.0s' {1..16}){}]}/" \
		"$CASE/head.json"
}
head_by_stranger() { rehead '' stranger; }
head_by_publisher() { rehead '' publisher; }
head_body_key_twice() { rehead 's/"trust": 1/"trust": 1, "trust": 1/'; }
head_body_no_json() { rehead 's/{"feed"/"feed"/'; }
head_without_mode() { rehead 's/"mode": "show", //'; }
head_mode_off() { rehead 's/"mode": "show"/"mode": "off"/'; }
head_seq_text() { rehead 's/"seq": 4/"seq": "4"/'; }
head_seq_negative() { rehead 's/"seq": 4/"seq": -4/'; }
head_seq_huge() { rehead 's/"seq": 4/"seq": 9007199254740993/'; }
head_issued_never() { rehead 's/"issued": "[^"]*"/"issued": "yesterday"/'; }
head_name_upper() { rehead 's/"sha256": "[0-9a-f]*/\U&/;s/"SHA256"/"sha256"/'; }
head_alert_bad() { rehead 's/"alerts": \[\]/"alerts": [{"id": "..\/x", "screens": []}]/'; }
head_other_feed() { rehead 's/"feed": "town"/"feed": "city"/'; }
head_rolled_back() { cp "$WORK/head2.json" "$CASE/head.json"; }
head_equivocal() {
	cp "$WORK/head3.json" "$CASE/head.json" && rehead 's/"mode": "show"/"mode": "hold"/'
}
head_old_version() { head_names 1; }
head_jumps() { rehead 's/"version": 3/"version": 20000/'; }
head_newer_trust() { rehead 's/"trust": 1/"trust": 2/'; }
manifest_gone() { rm "$CASE/manifests/3.json"; }
manifest_other_bytes() { sed -i 's/"payload": "e/"payload": "f/' "$CASE/manifests/3.json"; }
manifest_long() { printf '%200s' '' >> "$CASE/manifests/3.json"; }
manifest_by_head() { remanifest '' head; }
manifest_by_stranger() { remanifest '' stranger; }
manifest_other_version() { remanifest 's/"version": 3/"version": 4/'; }
manifest_other_feed() { remanifest 's/"feed": "town"/"feed": "city"/'; }
manifest_without_content() { remanifest 's/"content": {[^}]*},//'; }
manifest_media() { # manifest_media NAME SIZE: one more, whose hash is all a
	local medium
	medium=$(printf '{"name": "%s", "sha256": "%s", "size": %s, "type": "image/png"}' "$1" \
		"$(printf 'a%.0s' {1..64})" "$2")
	remanifest "s|\"media\": \[|&$medium|"
}
manifest_path() { manifest_media ../../etc/passwd 1; }
manifest_size_negative() { manifest_media a.png -1; }
manifest_object_huge() { manifest_media a.png 268435457; }
manifest_names_what_is_not() { manifest_media a.png 10; }
object_gone() { rm "$CASE/objects/$(content_name)"; }
object_other_bytes() { sed -i 's/三/四/' "$CASE/objects/$(content_name)"; }
object_cut() { truncate -s 100 "$CASE/objects/$(content_name)"; }
object_long() { echo more >> "$CASE/objects/$(content_name)"; }
content_not_json() { echo 'hello' > "$WORK/c" && offer "$WORK/c"; }
content_changed() { sed "$1" "$WORK/three.json" > "$WORK/c" && offer "$WORK/c"; }
content_key_twice() { content_changed 's/{"schema"/{"site": {}, "schema"/'; }
content_unsound() { content_changed 's/"theme": "hall"/"theme": "dark"/'; }
content_two_errors() { content_changed 's/"theme": "hall"/"theme": "dark"/;s/"schema": 1/"schema": 2/'; }
content_picture_missing() { content_changed 's/"timezone"/"brand": "a.png", &/'; }
trust_garbage() { echo garbage > "$CASE/trust/2.json"; }
trust_long() { printf '%66000s' '' > "$CASE/trust/2.json"; }
trust_by_stranger() { retrust 's/"version": 1/"version": 2/' stranger; }
trust_skips() { retrust 's/"version": 1/"version": 3/'; }
trust_again() { retrust ''; }
trust_next() { retrust "s/\"version\": 1/\"version\": 2/;$1"; }
trust_other_feed() { trust_next 's/"feed": "town"/"feed": "city"/'; }
trust_unreachable() { trust_next 's/"threshold": 1/"threshold": 2/'; }
trust_other_policy() { trust_next 's/"policy": "any"/"policy": "none"/'; }
trust_other_id() { trust_next "s/\"$(key_id head)\": {/\"$(key_id stranger)\": {/"; }

# CODE BREAK PATTERN [CODE PATTERN by the hub, where it differs]
cases() {
	cat <<-'EOT'
		3|head_gone|head.json: not there
		4|head_empty|head: line 1 column 0:|3|head.json: not there
		4|head_cut|head: line 2 column [0-9]+: premature end of input
		4|head_and_more|head: line 4 column 1: end of file expected
		4|head_not_utf8|head: line 3 column [0-9]+: unable to decode byte 0xff
		4|head_key_twice|head: line 2 column [0-9]+: duplicate object key
		4|head_html|head: line 1 column 1:
		4|head_long|head.json: longer than it may be
		4|head_deep|head: line 1 column 38: nested deeper than 32
		4|head_not_base64|head: payload: missing or not base64
		4|head_other_type|payloadType: is .*manifest.* must be .*head
		5|head_flipped|head: signatures: 0 of 1 good head signatures \(trust 1
		5|head_unsigned|head: signatures: 0 of 1 good
		4|head_17_signatures|head: signatures: more than 16
		5|head_by_stranger|head: signatures: 0 of 1 good
		5|head_by_publisher|head: signatures: 0 of 1 good
		4|head_body_key_twice|head: line [0-9]+ column [0-9]+: duplicate object key near '"trust"'
		4|head_body_no_json|head: line 1 column
		4|head_without_mode|head: mode: missing
		4|head_mode_off|head: mode: 'off' is not show or hold
		4|head_seq_text|head: seq: must be an integer
		4|head_seq_negative|head: seq: -4 is not within 1..
		4|head_seq_huge|head: seq: 9007199254740993 is not within
		4|head_issued_never|head: issued: 'yesterday' is not an RFC 3339 time
		4|head_name_upper|head: manifest: sha256: not 64 lower-case hex digits
		4|head_alert_bad|head: alerts: 0: id: '../x' is not an id
		5|head_other_feed|head: feed: is 'city', must be 'town'
		6|head_rolled_back|head: rollback: seq 2 after 3
		6|head_equivocal|head: equivocation: two heads with seq 3
		6|head_old_version|head: rollback: version 1 after 2
		6|head_jumps|head: version jumps from 2 to 20000
		5|head_newer_trust|head: wants trust document 2, there is only 1
		3|manifest_gone|manifests/3.json: not there
		5|manifest_other_bytes|manifests/3.json: bytes are not what the head names
		4|manifest_long|manifests/3.json: longer than it may be
		5|manifest_by_head|manifests/3.json: manifest: signatures: 0 of 1 good publisher
		5|manifest_by_stranger|manifest: signatures: 0 of 1 good publisher
		5|manifest_other_version|manifest: version: is 4, the head names 3
		5|manifest_other_feed|manifest: feed: is 'city', must be 'town'
		4|manifest_without_content|manifest: content: missing
		4|manifest_path|manifest: media: 0: name: '../../etc/passwd' is not
		4|manifest_size_negative|manifest: media: 0: size: -1 is not within
		4|manifest_object_huge|manifest: media: 0: size: 268435457 is not within
		3|manifest_names_what_is_not|a.png: objects/a{64}: not there
		3|object_gone|content: objects/[0-9a-f]{64}: not there
		5|object_other_bytes|content: objects/[0-9a-f]{64}: bytes are not what the name says
		3|object_cut|content: objects/[0-9a-f]{64}: ended after 100 of
		4|object_long|content: objects/[0-9a-f]{64}: longer than it may be
		4|content_not_json|version 3 refused: trial: line 1 column 5:
		4|content_key_twice|version 3 refused: trial: line 1 column [0-9]+: duplicate object key near '"site"'
		4|content_unsound|version 3 refused: trial: /boards/0/theme: "dark": must be one of
		4|content_two_errors|version 3 refused: trial: /schema: 2: must be .* \(and 1 more\)
		4|content_picture_missing|version 3 refused: trial: /site/brand: "a.png": no sound picture
		4|trust_garbage|trust/2.json: trust: line 1 column 7:
		4|trust_long|trust/2.json: longer than it may be
		5|trust_by_stranger|trust/2.json: trust: signatures: 0 of 1 good root
		6|trust_skips|trust: version: is 3, must be 2
		6|trust_again|trust: version: is 1, must be 2
		5|trust_other_feed|trust: feed: is 'city', must be 'town'
		4|trust_unreachable|trust: roles: root: threshold: 2 is more than its keys
		4|trust_other_policy|trust: policy: 'none' is not any
		4|trust_other_id|trust: keys: [0-9a-f]+: id is not the key's SHA-256
	EOT
}

# try WHAT URL CODE PATTERN: the screen that has version 2 looks at the broken feed.
try() {
	rm -rf "$STATE" && cp -r "$KEPT" "$STATE"
	sync_once "$2"
	told "$3" "sync: .*$4" "$1" $?
	is "$1: what is shown stays" "$(status_of "$STATE")" "$kept_status"
}

try_feeds() {
	local code break pattern hub_code hub_pattern
	mkdir "$CASE"
	serve "$CASE" || { not_ok "the hub serves" "$(cat "$WORK/hub.log.err")"; return; }
	while IFS='|' read -r code break pattern hub_code hub_pattern; do
		rm -rf "${CASE:?}"/*
		cp -r "$SOUND"/. "$CASE"
		"$break" || not_ok "$break can be made"
		try "file: ${break//_/ }" "file://$CASE" "$code" "$pattern"
		try "hub: ${break//_/ }" "$URL" "${hub_code:-$code}" "${hub_pattern:-$pattern}"
	done < <(cases)
	rm -rf "${CASE:?}"/* && cp -r "$SOUND"/. "$CASE"
	for url in "file://$CASE" "$URL"; do
		rm -rf "$STATE" && cp -r "$KEPT" "$STATE"
		sync_once "$url" && status_of "$STATE" | grep -q '^version=3'
		result $? "the sound feed is taken: ${url%%:*}" "$(cat "$WORK/err")"
	done
}

try_setups() { # what the screen itself was told wrongly
	local url=file://$SOUND
	rm -rf "$STATE" && cp -r "$KEPT" "$STATE"
	sync_once ftp://example.org/feed
	told 2 "feed: 'ftp://example.org/feed' is not an http, https or file address" "sync: another scheme" $?
	sync_once "http://127.0.0.1:1/feed"
	told 3 'sync: trust/2.json: ' "sync: nobody listens" $?
	sync_once "$url" --trust "$WORK/none.json"
	told 2 "$WORK/none.json: No such file" "sync: a trust file that is not there" $?
	sync_once "$url" --trust "$WORK/three.json"
	told 4 "$WORK/three.json: trust: payloadType: missing" "sync: a trust file that is something else" $?
	sed 's/"sig": "..../"sig": "AAAA/' "$SOUND/trust/1.json" > "$WORK/forged.json"
	sync_once "$url" --trust "$WORK/forged.json"
	told 5 "$WORK/forged.json: trust: signatures: 0 of 1 good root" "sync: a forged trust file" $?
	reseal_city
	sync_once "$url" --trust "$WORK/city.json"
	told 2 "$STATE: belongs to feed 'town', not to 'city'" "sync: a state folder of another feed" $?
	sync_once "$url" --state "$WORK/three.json"
	told 7 "$WORK/three.json" "sync: a file for the state folder" $?
	sync_once "$url" --at yesterday
	told 2 "at: 'yesterday' is not an RFC 3339 time" "sync: a time in words" $?
	sync_once "$url" --kiosk /nonexistent
	told 7 'trial: /nonexistent cannot be started' "sync: no kiosk to try a version with" $?
	is "sync: what is shown stays" "$(status_of "$STATE")" "$kept_status"
	sync_once "$url" --at 2001-01-01T00:00:00Z
	told 5 'head: issued in the future' "sync: a head from the future" $?
	"$O/fangzi-sync" status --state "$WORK/none" > "$WORK/out" 2> "$WORK/err"
	told 2 "$WORK/none: no such folder" "status: a folder that is not there" $?
}

reseal_city() {
	cp "$SOUND/trust/1.json" "$WORK/city.json" &&
		reseal trust "$WORK/city.json" root 's/"feed": "town"/"feed": "city"/'
}

# An expired head is no error: what it names is shown, and a person is told.
try_expired() {
	rm -rf "$STATE" && cp -r "$KEPT" "$STATE"
	sync_once "file://$SOUND" --at 2099-01-01T00:00:00Z
	local code=$?
	[ "$code" -eq 0 ] && grep -qE '^<4>sync: head 4 has expired' "$WORK/err" &&
		[ "$(grep -c '^<[0-4]>' "$WORK/err")" -eq 1 ] && status_of "$STATE" | grep -q '^version=3'
	result $? "sync: an expired head is taken with a warning" "exit $code" "$(cat "$WORK/err")"
}

make_sound
result $? "a sound feed can be made, and is taken" "$(cat "$WORK/err")"
kept_status=$(status_of "$KEPT")
try_feeds
try_setups
try_expired
finish
