# shellcheck shell=bash
# For tests of power cuts, after tests/flow/lib.sh: a feed that goes on step by step, and
# a screen whose looks at it are recorded.
#   PLACE   the folder around the state folder: what is recorded, cut and judged
#   RUN     RUN/NAME.{before,after,feed,trace,trial,code} of each recorded look
#   SYNC    the fangzi-sync that is recorded (CUTS_SYNC: another one)

readonly PLACE=$WORK/place RUN=$WORK/run FEED=$WORK/feed CUT=$WORK/cut
readonly SYNC=${CUTS_SYNC:-$O/fangzi-sync}
AT=$(date -u +%Y-%m-%dT%H:%M:%SZ)
readonly AT

noise() { # noise SEED BYTES: the same bytes every time
	head -c "$2" /dev/zero | openssl enc -aes-128-ctr -K "$(printf '%02d' "$1")" -iv 00 2> /dev/null
}

object_of() { # object_of FILE: its hash and size, as documents name it
	printf '"sha256": "%s", "size": %d' "$(sha256sum "$1" | cut -c1-64)" "$(stat -c %s "$1")"
}

# A version of the feed with these media (files below $WORK); its head comes after.
offer() { # offer VERSION [FILE..]
	local version=$1 list='' file
	shift
	make_content "$WORK/content.json" "第${version}版" && publish "$FEED" "$version" "$WORK/content.json" || return 1
	for file in "$@"; do
		list+="${list:+, }{\"name\": \"$file\", $(object_of "$WORK/$file"), \"type\": \"video/x\"}"
		cp "$WORK/$file" "$FEED/objects/$(sha256sum "$WORK/$file" | cut -c1-64)"
	done
	reseal manifest "$FEED/manifests/$version.json" "${PUBLISHER:-publisher}" "s|\"media\": \[\]|\"media\": [$list]|"
}

# Looks at the feed once, recorded; the exit code must be as said.
record() { # record NAME TRIAL CODE
	cp -r "$FEED" "$RUN/$1.feed" && echo "$2" > "$RUN/$1.trial" && echo "$3" > "$RUN/$1.code" && look "$1"
}

# The same look once more, from what a cut in it has left.
record_again() { # record_again NAME AGAIN POINT DAMAGE SEED
	cut_power "$1" 1 1 "$3" "$4" "$5" && rm -rf "${PLACE:?}" && cp -r "$CUT/$1" "$PLACE" || return 1
	ln -s "$RUN/$1.feed" "$RUN/$2.feed" && cp "$RUN/$1.trial" "$RUN/$2.trial" &&
		cp "$RUN/$1.code" "$RUN/$2.code" && look "$2"
}

look() { # look NAME
	local code want
	cp -r "$PLACE" "$RUN/$1.before" && : > "$RUN/$1.trace" || return 1
	CUTS_PLACE=$PLACE CUTS_TRACE=$RUN/$1.trace LD_PRELOAD=$O/tests/cuts/librecord.so \
		"$SYNC" --once --feed "file://$RUN/$1.feed" --trust "$FEED/trust/1.json" --state "$PLACE/state" \
		--kiosk "$(cat "$RUN/$1.trial")" --at "$AT" > "$WORK/out" 2> "$WORK/err"
	code=$? want=$(cat "$RUN/$1.code")
	cp -r "$PLACE" "$RUN/$1.after"
	[ "$code" -eq "$want" ] || { echo "$1: exit $code, must be $want: $(cat "$WORK/err")" >&2; return 1; }
}

# Cuts a recorded look: one line of what was found, after lines of what is wrong.
cut_power() { # cut_power NAME STEP SEEDS [POINT DAMAGE SEED]
	local name=$1
	shift
	mkdir -p "$CUT/$name"
	"$O/tests/cuts/cuts" "$name" "$RUN/$name.before" "$RUN/$name.trace" "$RUN/$name.after" "$CUT/$name" \
		"file://$RUN/$name.feed" "$FEED/trust/1.json" "$(cat "$RUN/$name.trial")" "$AT" "$@"
}

# ---- what is recorded -----------------------------------------------------------------

scenarios=(rejected install head hold unhold media collect refused rotation damaged)

make_world() {
	mkdir -p "$PLACE" "$RUN" "$FEED" && make_keys && make_key publisher2 && make_key head2 &&
		noise 1 1700 > "$WORK/one" && noise 2 9000 > "$WORK/two" && noise 3 5000 > "$WORK/three" &&
		make_content "$WORK/content.json" && make_trust "$FEED"
}

look_rejected() { # a new screen, whose first version fails its trial; it is forgotten after
	offer 1 one two && make_head "$FEED" && record rejected /bin/false 4 && rm -rf "${PLACE:?}/state"
}
look_install() { record install /bin/true 0; }
look_head() { make_head "$FEED" && record head /bin/true 0; }
look_hold() { make_head "$FEED" --hold && record hold /bin/true 0; }
look_unhold() { make_head "$FEED" && record unhold /bin/true 0; }
look_media() { offer 2 two three && make_head "$FEED" && record media /bin/true 0; }
look_collect() { offer 3 three && make_head "$FEED" && record collect /bin/true 0; }
look_refused() { offer 4 one && make_head "$FEED" && record refused /bin/false 4; }

# New keys for publisher and head, both floors are cleared; a hold stands while it happens.
look_rotation() {
	make_trust_2 && PUBLISHER=publisher2 offer 5 two && sign head --key "$WORK/keys/head2" --out "$FEED" --hold &&
		record rotation /bin/true 0
}

make_trust_2() {
	sign trust --feed "$FEED_NAME" --publisher "$WORK/keys/publisher2.pub" --head "$WORK/keys/head2.pub" \
		--key "$WORK/keys/root" --out "$FEED" && cp "$WORK/keys/publisher2" "$WORK/keys/publisher"
}

# The record was damaged by something else, and is set aside.
look_damaged() {
	noise 9 3000 | dd of="$PLACE/state/state.sqlite" bs=1 seek=1000 conv=notrunc status=none &&
		record damaged /bin/true 0
}

record_all() {
	local name
	make_world || return 1
	for name in "${scenarios[@]}"; do
		"look_$name" || return 1
	done
}

# ---- what is killed ------------------------------------------------------------------

# Versions of the feed, each with two heads (every second of them a hold): $WORK/heads/N.json.
make_heads() { # make_heads VERSIONS
	local version
	mkdir -p "$FEED" "$WORK/heads" "$WORK/kill" && make_keys && make_trust "$FEED" || return 1
	for ((version = 1; version <= $1; version++)); do
		noise "$version" 2000000 > "$WORK/one" && noise $((version / 2)) 20000 > "$WORK/two" &&
			offer "$version" one two && make_head "$FEED" && cp "$FEED/head.json" "$WORK/heads/$((version * 2 - 1)).json" &&
			make_head "$FEED" --hold && cp "$FEED/head.json" "$WORK/heads/$((version * 2)).json" || return 1
	done
}

# The last line says how many; before it, what was wrong.
kill_both() { # kill_both KILLS SEED
	SDL_VIDEODRIVER=offscreen "$O/tests/cuts/kill" "$WORK/kill" "$FEED" "$WORK/heads" "$FEED/trust/1.json" "$SYNC" \
		"$O/fangzi-kiosk" "$AT" "$1" "$2"
}
