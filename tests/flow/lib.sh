# shellcheck shell=bash
# For flow tests: sourced first, it gives each a private folder, programs, TAP lines,
# and an end that leaves nothing running. Run from anywhere; ends in the repository.
#
#   WORK      a private folder, removed at the end (KEEP=1: kept and named)
#   O         the build folder that holds the programs; absolute
#   FEED_NAME the name of the feed that make_keys and make_feed make
#
# Nothing here sleeps for a fixed time: what must come is waited for, with a deadline.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
O=$(realpath "${O:-build}")
WORK=$(mktemp -d "${TMPDIR:-/tmp}/fangzi-flow.XXXXXX")
export LC_ALL=C.UTF-8
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0
readonly O WORK FEED_NAME=town

started=()  # pids that the end stops
ok_count=0 bad_count=0

# Ends what was started and only that; a process that does not listen is killed.
stop_all() {
	local pid
	for pid in "${started[@]}"; do
		kill "$pid" 2> /dev/null
	done
	for pid in "${started[@]}"; do
		wait_until 5 gone "$pid" || kill -KILL "$pid" 2> /dev/null
		wait "$pid" 2> /dev/null
	done
	started=()
}

cleanup() {
	stop_all
	if [ "${KEEP:-}" ]; then echo "# kept: $WORK" >&2; else rm -rf "$WORK"; fi
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# ---- TAP ------------------------------------------------------------------------

ok() { # ok WHAT
	ok_count=$((ok_count + 1))
	echo "ok $((ok_count + bad_count)) - $1"
}

not_ok() { # not_ok WHAT [DETAIL..]: each line of a detail becomes a comment
	bad_count=$((bad_count + 1))
	echo "not ok $((ok_count + bad_count)) - $1"
	shift
	[ $# -eq 0 ] || printf '%s\n' "$@" | sed 's/^/# /'
}

result() { # result STATUS WHAT [DETAIL..]
	local status=$1
	shift
	if [ "$status" -eq 0 ]; then ok "$1"; else not_ok "$@"; fi
}

is() { # is WHAT HAVE WANT
	if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "have: $2" "want: $3"; fi
}

# told CODE PATTERN WHAT CODE_SEEN: the exit code, and $WORK/err is one line that matches.
told() {
	local lines
	lines=$(wc -l < "$WORK/err")
	[ "$4" -eq "$1" ] && [ "$lines" -eq 1 ] && grep -qE -- "$2" "$WORK/err"
	result $? "$3" "exit $4, must be $1; $lines lines; must match: $2" "$(cat -v "$WORK/err")"
}

finish() { # the plan, and the test's own end
	echo "1..$((ok_count + bad_count))"
	[ "$bad_count" -eq 0 ]
	exit
}

# ---- waiting ----------------------------------------------------------------------

wait_until() { # wait_until SECONDS COMMAND..: true as soon as the command is
	local deadline=$((SECONDS + $1))
	shift
	until "$@"; do
		[ "$SECONDS" -lt "$deadline" ] || return 1
		sleep 0.05 # between two tries
	done
}

gone() { # gone PID: not running (a zombie is not)
	local state
	state=$(ps -o stat= -p "$1") || return 0
	[[ $state == Z* ]]
}

start() { # start LOG COMMAND..: in the background; sets PID
	local log=$1
	shift
	"$@" > "$log" 2> "$log.err" &
	PID=$!
	started+=("$PID")
}

# ---- a feed -----------------------------------------------------------------------

sign() { # fangzi-sign, silent when well
	"$O/fangzi-sign" "$@" > "$WORK/sign.out" 2>&1 || { cat "$WORK/sign.out" >&2; return 1; }
}

make_key() { # make_key NAME [TYPE]: $WORK/keys/NAME and NAME.pub
	mkdir -p "$WORK/keys"
	sign keygen --type "${2:-ed25519}" --out "$WORK/keys/$1"
}

make_keys() { # one key a role, named after it
	make_key root && make_key publisher && make_key head
}

make_content() { # make_content FILE [TITLE]: a small sound document
	cat > "$1" <<-EOT
		{"schema": 1, "site": {"name": "坊子区", "timezone": "Asia/Shanghai"}, "sources": [],
		 "calendar": {"holidays": [], "workdays": []}, "phases": [], "rules": [], "projects": [],
		 "indicators": [], "figures": [], "occasions": [], "places": [], "journeys": [], "records": [],
		 "patterns": [], "targets": [], "alerts": [], "screens": {},
		 "notices": [{"id": "n1", "title": "${2:-通知}", "text": "某事如下", "ticker": true, "level": "info"}],
		 "boards": [{"id": "b1", "kind": "notices", "theme": "hall"}]}
	EOT
}

make_trust() { # make_trust FEED [MORE..]: the folder's first trust document
	local feed=$1
	shift
	sign trust --feed "$FEED_NAME" --root "$WORK/keys/root.pub" --publisher "$WORK/keys/publisher.pub" \
		--head "$WORK/keys/head.pub" --key "$WORK/keys/root" --out "$feed" "$@"
}

publish() { # publish FEED VERSION CONTENT [MORE..]: objects and manifest
	local feed=$1 version=$2 content=$3
	shift 3
	sign build --content "$content" --feed "$FEED_NAME" --version "$version" \
		--key "$WORK/keys/publisher" --out "$feed" "$@"
}

make_head() { # make_head FEED [MORE..]
	local feed=$1
	shift
	sign head --key "$WORK/keys/head" --out "$feed" "$@"
}

make_feed() { # make_feed FEED: keys where there are none; trust 1, version 1, head 1
	mkdir -p "$1"
	{ [ -e "$WORK/keys/root" ] || make_keys; } && make_content "$WORK/content.json" && make_trust "$1" &&
		publish "$1" 1 "$WORK/content.json" && make_head "$1"
}

serve() { # serve FEED: a hub on a port of its own choice; sets PID and URL
	rm -f "$WORK/hub.log" # of one before, whose port it names
	start "$WORK/hub.log" "$O/fangzi-hub" serve --feed "$1" --listen 127.0.0.1:0
	wait_until 10 grep -q '^serving ' "$WORK/hub.log" || return 1
	# shellcheck disable=SC2034 # for the test that sources this
	URL=http://127.0.0.1:$(sed -n 's/^serving .* on port \([0-9]*\) .*/\1/p' "$WORK/hub.log")/feed
}

# ---- forging: what fangzi-sign would never make -------------------------------------

key_id() { # key_id NAME
	openssl pkey -in "$WORK/keys/$1" -pubout -outform DER | sha256sum | cut -c1-64
}

seal() { # seal head|manifest|trust BODY KEYNAME OUT: an envelope around any bytes, well signed
	local type=application/vnd.fangzi.$1.v1+json
	{ printf 'DSSEv1 %d %s %d ' ${#type} "$type" "$(stat -c %s "$2")" && cat "$2"; } > "$WORK/seal.in"
	openssl pkeyutl -sign -rawin -inkey "$WORK/keys/$3" -in "$WORK/seal.in" -out "$WORK/seal.sig" || return 1
	printf '{"payloadType": "%s", "payload": "%s", "signatures": [{"keyid": "%s", "sig": "%s"}]}\n' \
		"$type" "$(base64 -w0 "$2")" "$(key_id "$3")" "$(base64 -w0 "$WORK/seal.sig")" > "$4"
}

body_of() { # body_of ENVELOPE: what was signed
	sed -n 's/.*"payload": "\([^"]*\)".*/\1/p' "$1" | base64 -d
}

reseal() { # reseal head|manifest|trust ENVELOPE KEYNAME SED: the body edited and signed again
	body_of "$2" | sed "$4" > "$WORK/reseal.body"
	seal "$1" "$WORK/reseal.body" "$3" "$2"
}
