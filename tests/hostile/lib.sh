# shellcheck shell=bash
# For tests with the hostile server, after tests/flow/lib.sh: a feed, a screen that is one version
# behind, and one play of one behaviour.

readonly FEED=$WORK/feed KEPT=$WORK/kept HOSTILE=$O/tests/hostile/hostile DEADLINE_S=1
readonly RSS_MORE_KB=8192   # over a normal look
readonly AT_ONCE=${AT_ONCE:-8} # plays beside each other: most of them wait
readonly PART_BYTES=4000    # of the film, that came before the line was cut
# A sanitizer keeps what was freed, to see who touches it; that is not the program's memory.
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:quarantine_size_mb=1

film=$WORK/film

# A feed that offers version 3 with a film; a screen that has version 2, half of the film, and TLS's keys.
make_world() {
	make_feed "$FEED" && cp "$FEED/head.json" "$FEED/old-head.json" && make_content "$WORK/two.json" 二 &&
		make_content "$WORK/three.json" 三 && publish "$FEED" 2 "$WORK/two.json" && make_head "$FEED" || return 1
	"$O/fangzi-sync" --once --feed "file://$FEED" --trust "$FEED/trust/1.json" --state "$KEPT" --kiosk /bin/true \
		> "$WORK/out" 2> "$WORK/err" || return 1
	publish "$FEED" 3 "$WORK/three.json" && make_head "$FEED" && add_film && add_part
}

# 12 KB that no picture is: whoever plays here is not a screen.
add_film() {
	openssl enc -aes-128-ctr -K 00 -iv 00 -in /dev/zero 2> /dev/null | head -c 12288 > "$film"
	local sha
	sha=$(sha256sum "$film" | cut -c1-64)
	cp "$film" "$FEED/objects/$sha"
	reseal manifest "$FEED/manifests/3.json" publisher \
		"s|\"media\": \[|&{\"name\": \"film\", \"sha256\": \"$sha\", \"size\": 12288, \"type\": \"video/x\"}|" &&
		reseal head "$FEED/head.json" head "s/\"manifest\": {[^}]*}/\"manifest\": {\"version\": 3, \
\"sha256\": \"$(sha256sum "$FEED/manifests/3.json" | cut -c1-64)\", \"size\": $(stat -c %s "$FEED/manifests/3.json")}/"
}

add_part() {
	head -c "$PART_BYTES" "$film" > "$KEPT/objects/$(sha256sum "$film" | cut -c1-64).part"
}

status_of() { # what must not change: the version that is shown, and by whose word
	"$O/fangzi-sync" status --state "$1" | grep -E '^(feed|version|trust)='
}

# look URL STATE OUT [MORE..]: one look; OUT.said is what it says, OUT.spent what it cost.
look() {
	local url=$1 state=$2 out=$3
	shift 3
	"$O/tests/measure" "$out.spent" "$O/fangzi-sync" --once --feed "$url" --trust "$FEED/trust/1.json" \
		--state "$state" --deadline-s $DEADLINE_S --kiosk /bin/true "$@" > "$out.out" 2> "$out.said"
}

# Starts a hostile server; sets SERVER (its pid) and PORT.
misbehave() { # misbehave LOG OPTION..
	local log=$1
	shift
	: > "$log"
	"$HOSTILE" --feed "$FEED" "$@" > "$log" 2> "$log.err" &
	SERVER=$!
	wait_until 10 grep -q '^port ' "$log" || return 1
	PORT=$(sed -n 's/^port //p' "$log")
}

# play NAME CODE SECONDS PATTERN [OPTION..]: one behaviour from its beginning to its healing; prints what
# is wrong. SECONDS: within which it must end. Code 0 means that nothing is spoilt: the version is taken.
play() (
	trap - EXIT
	local name=$1 code=$2 seconds=$3 pattern=$4 dir=$WORK/play.$1.$BASHPID url
	shift 4
	mkdir "$dir" && cp -r "$KEPT" "$dir/state"
	misbehave "$dir/log" --behaviour "$name" --ca "$dir/ca.pem" "$@" || { echo "no server"; return; }
	url=http://127.0.0.1:$PORT/feed
	local more=()
	if [ -e "$dir/ca.pem" ]; then
		url=https://127.0.0.1:$PORT/feed
		more=(--ca "$dir/ca.pem")
	fi
	look "$url" "$dir/state" "$dir/look" "${more[@]}"
	judge "$dir" "$code" "$seconds" "$pattern"
	kill -USR1 "$SERVER"
	look "$url" "$dir/state" "$dir/heal" "${more[@]}"
	judge_healed "$dir"
	kill "$SERVER"
	wait "$SERVER" 2> /dev/null
	rm -rf "$dir"
)

wrong() { printf '%s\n' "$@"; }

judge() { # judge DIR CODE SECONDS PATTERN
	local code ms rss lines
	read -r code ms rss < "$1/look.spent"
	lines=$(grep -c '^<[0-4]>' "$1/look.said")
	[[ $code =~ ^($2)$ ]] || wrong "exit $code, must be $2: $(cat -v "$1/look.said")"
	[ "$ms" -le $(($3 * 1000)) ] || wrong "took $ms ms, may take $3 s"
	[ "$rss" -le $((normal_rss + RSS_MORE_KB)) ] || wrong "took $rss KB, a normal look $normal_rss"
	if [ "$code" -eq 0 ]; then
		[ "$lines" -eq 0 ] || wrong "complains: $(cat -v "$1/look.said")"
		return
	fi
	{ [ "$lines" -eq 1 ] && grep -qE -- "$4" "$1/look.said"; } ||
		wrong "$lines lines, must match $4: $(cat -v "$1/look.said" | cut -c1-300)"
	[ "$(LC_ALL=C grep -c '[^[:print:][:space:]]' "$1/look.said")" -eq 0 ] || wrong "bytes that are no text in its line"
	[ "$(status_of "$1/state")" = "$kept_status" ] || wrong "what was kept changed: $(status_of "$1/state")"
	[ -z "$(find "$1/state" -type f -size +128k)" ] || wrong "a large file: $(find "$1/state" -type f -size +128k)"
}

judge_healed() { # judge_healed DIR
	local code left
	read -r code _ < "$1/heal.spent"
	[ "$code" -eq 0 ] || wrong "does not heal: exit $code: $(cat -v "$1/heal.said")"
	status_of "$1/state" | grep -q '^version=3' || wrong "healed, but has not version 3"
	left=$(find "$1/state" -type f | grep -vE '/(trust/1\.json|manifests/[123]\.json|objects/[0-9a-f]{64}|state\.sqlite(-journal)?|sync\.(status|lock))$')
	[ -z "$left" ] || wrong "left over: $left"
}

# Sets normal_rss and kept_status, by a look at a server that behaves.
measure_normal() {
	kept_status=$(status_of "$KEPT")
	cp -r "$KEPT" "$WORK/normal" && misbehave "$WORK/normal.log" --behaviour good || return 1
	look "http://127.0.0.1:$PORT/feed" "$WORK/normal" "$WORK/normal.look"
	kill "$SERVER"
	wait "$SERVER" 2> /dev/null
	read -r _ _ normal_rss < "$WORK/normal.look.spent"
	cp -r "$KEPT" "$WORK/normal-tls" && misbehave "$WORK/normal.log" --behaviour tls-good --ca "$WORK/ca.pem" || return 1
	look "https://127.0.0.1:$PORT/feed" "$WORK/normal-tls" "$WORK/normal-tls.look" --ca "$WORK/ca.pem"
	kill "$SERVER"
	wait "$SERVER" 2> /dev/null
	read -r _ _ normal_tls_rss < "$WORK/normal-tls.look.spent"
}

# run_all NAME..: AT_ONCE beside each other, told in order.
run_all() {
	local name row code seconds pattern
	measure_normal
	result $? "a normal look: $normal_rss KB; by TLS: $normal_tls_rss KB"
	for name in "$@"; do
		IFS='|' read -r row code seconds pattern < <(grep "^!\?$name|" tests/hostile/expected.txt)
		while [ "$(jobs -pr | wc -l)" -ge "$AT_ONCE" ]; do wait -n; done
		play "$name" "${code:-0}" "${seconds:-5}" "${pattern:-.}" > "$WORK/wrong.$name" &
	done
	wait
	for name in "$@"; do
		row=$(grep "^!\?$name|" tests/hostile/expected.txt)
		if [[ $row == !* ]]; then
			[ -s "$WORK/wrong.$name" ]
			result $? "$name: a known fault" "it is mended: take the ! from its row"
		else
			[ ! -s "$WORK/wrong.$name" ]
			result $? "$name" "$(cat "$WORK/wrong.$name")"
		fi
	done
}
