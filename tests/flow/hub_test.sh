#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# fangzi-hub over real HTTP: what feed.md promises of headers, ranges and held
# answers; and what strangers may try. TAP; O is where the programs are.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
O=${O:-build}
ulimit -Sn 8192 2> /dev/null || true
dir=$(mktemp -d)
feed=$dir/feed
count=0 hub=0 port=0
helpers=()

# Only what still runs and is ours: numbers of what has ended may be somebody else's by now.
finish() {
	local pid
	for pid in $(jobs -pr); do
		kill "$pid"
	done
	wait
	rm -rf "$dir"
}
trap finish EXIT

ok() { # RESULT WHAT
	count=$((count + 1))
	[ "$1" -eq 0 ] && echo "ok $count - $2" || echo "not ok $count - $2"
}

# The condition holds within so many seconds.
within() { # SECONDS COMMAND...
	local end=$((SECONDS + $1))
	shift
	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || return 1
		sleep 0.05
	done
}

has_ended() {
	! kill -0 "$1" 2> /dev/null
}

# Starts a hub on a free port, with so many files at most; sets hub and port.
start() { # [FILES]
	: > "$dir/hub.out"
	(
		[ $# -eq 0 ] || ulimit -n "$1"
		exec "$O/fangzi-hub" serve --feed "$feed" --listen 127.0.0.1:0
	) > "$dir/hub.out" 2> "$dir/hub.err" &
	hub=$!
	within 10 is_up_or_gone
	port=$(grep -oP 'on port \K[1-9][0-9]*' "$dir/hub.out") && return 0
	echo "Bail out! no hub: $(cat "$dir/hub.err")"
	exit 1
}

is_up_or_gone() {
	has_ended "$hub" || grep -q 'on port' "$dir/hub.out"
}

# Fetches a path; sets status, and leaves $dir/head and $dir/body.
get() { # PATH CURL-OPTION...
	local path=$1
	shift
	: > "$dir/head"
	: > "$dir/body"
	status=$(curl -s --path-as-is --max-time 20 -D "$dir/head" -o "$dir/body" -w '%{http_code}' "$@" \
		"http://127.0.0.1:$port$path")
}

header() { # NAME
	sed -n "s/^$1: *\(.*\)\r\$/\1/Ip" "$dir/head"
}

is() { # WHAT STATUS [HEADER VALUE]...
	local what=$1 want=$2
	shift 2
	local good=0
	[ "$status" = "$want" ] || good=1
	while [ $# -ge 2 ]; do
		[ "$(header "$1")" = "$2" ] || good=1
		shift 2
	done
	ok "$good" "$what"
	[ "$good" -eq 0 ] || { echo "# status $status"; sed 's/^/# /' "$dir/head"; }
}

put_head() { # TEXT; as a writer does: whole before its name is known
	printf '%s\n' "$1" > "$feed/head.json.new"
	mv "$feed/head.json.new" "$feed/head.json"
}

# Sends bytes as they are (printf's escapes) and keeps what comes back within 5 s.
raw() { # BYTES
	local fd
	exec {fd}<> "/dev/tcp/127.0.0.1/$port" || return 1
	# shellcheck disable=SC2059 # the format is meant
	(printf "$1" >&"$fd") 2>> "$dir/raw.err" # the hub may hang up before it is said
	timeout 5 cat <&"$fd" > "$dir/raw" 2> /dev/null
	exec {fd}>&-
}

raw_status() {
	head -n 1 "$dir/raw" | tr -d '\r' | cut -d ' ' -f 2
}

# ---- a feed ------------------------------------------------------------------
mkdir -p "$feed/trust" "$feed/manifests" "$feed/objects" "$dir/secret"
head -c 100000 /dev/urandom > "$dir/object"
sha=$(sha256sum < "$dir/object" | cut -d ' ' -f 1)
cp "$dir/object" "$feed/objects/$sha"
printf '{"a": 1}\n' > "$feed/trust/1.json"
printf '{"b": 1}\n' > "$feed/manifests/7.json"
printf 'secret\n' > "$dir/secret/1.json"
put_head '{"seq": 1}'
start

# A client that says half a request and then nothing, and one that asks for a large
# object and takes none of it: both are looked at again at the end.
big=$(printf '%064d' 1)
truncate -s 256M "$feed/objects/$big"
silent_since=$SECONDS
exec {silent}<> "/dev/tcp/127.0.0.1/$port"
printf 'GET /feed/head.json HT' >&"$silent"
exec {lazy}<> "/dev/tcp/127.0.0.1/$port"
printf 'GET /feed/objects/%s HTTP/1.1\r\nHost: a\r\n\r\n' "$big" >&"$lazy"

# ---- headers -------------------------------------------------------------------
forever='public, max-age=31536000, immutable'
get /feed/head.json
etag=$(header ETag)
is "the head: not cached without asking" 200 Cache-Control no-cache Content-Type application/json
[ "$etag" = "\"$(sha256sum < "$feed/head.json" | cut -d ' ' -f 1)\"" ]
ok $? "its ETag is strong and the hash of its bytes"
cmp -s "$dir/body" "$feed/head.json"
ok $? "and its bytes are those of the file"
get /feed/trust/1.json
is "a trust document: for ever" 200 Cache-Control "$forever" X-Content-Type-Options nosniff
get /feed/manifests/7.json
is "a manifest: for ever" 200 Cache-Control "$forever"
get "/feed/objects/$sha"
is "an object: for ever, its ETag is its name" 200 Cache-Control "$forever" ETag "\"$sha\"" \
	Accept-Ranges bytes Content-Length 100000 Content-Type application/octet-stream
cmp -s "$dir/body" "$dir/object"
ok $? "and its bytes are those of the file"
get "/feed/head.json?x=1"
is "a query changes nothing" 200 ETag "$etag"
get /feed/trust/2.json
is "a document that there is not" 404 Cache-Control no-cache
get /feed/
is "the folder is not listed" 404

get /feed/head.json -I
is "HEAD: the same headers" 200 ETag "$etag" Content-Length "$(stat -c %s "$feed/head.json")" \
	Cache-Control no-cache
get "/feed/objects/$sha" -I
is "HEAD of an object: its length" 200 Content-Length 100000
raw "HEAD /feed/objects/$sha HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
[ "$(raw_status)" = 200 ] && [ "$(tail -n 1 "$dir/raw")" = $'\r' ]
ok $? "and no bytes"
get /feed/trust/2.json -I
is "HEAD of what there is not" 404

get /feed/head.json -H "If-None-Match: $etag"
is "If-None-Match with the same: 304 with its ETag" 304 ETag "$etag" Cache-Control no-cache
[ ! -s "$dir/body" ]
ok $? "and no bytes"
get /feed/head.json -H "If-None-Match: \"x\", W/$etag"
is "in a list, and weak: 304" 304
get /feed/head.json -H 'If-None-Match: "x"'
is "with another: 200" 200
get "/feed/objects/$sha" -H "If-None-Match: \"$sha\""
is "an object that is known: 304" 304
get "/feed/objects/$sha" -I -H "If-None-Match: \"$sha\""
is "HEAD of it: 304" 304

# ---- ranges ----------------------------------------------------------------------
part() { # WHAT RANGE FIRST LENGTH
	get "/feed/objects/$sha" -H "Range: $2"
	is "$1" 206 Content-Range "bytes $3-$(($3 + $4 - 1))/100000" Content-Length "$4" ETag "\"$sha\""
	cmp -s "$dir/body" <(tail -c +$(($3 + 1)) "$dir/object" | head -c "$4")
	ok $? "and it is those bytes"
}
part "the first bytes" bytes=0-99 0 100
part "from the middle on" bytes=50000- 50000 50000
part "the last bytes" bytes=-10 99990 10
part "more than there are" bytes=99000-999999 99000 1000
for range in bytes=100000- bytes=-0; do
	get "/feed/objects/$sha" -H "Range: $range"
	is "$range is not there: 416" 416 Content-Range 'bytes */100000'
done
for range in bytes=9-1 bytes=a-b lines=0-1 bytes=0-1,5-6; do
	get "/feed/objects/$sha" -H "Range: $range"
	is "$range is not understood: all of it" 200 Content-Length 100000
done
get "/feed/objects/$sha" -H 'Range: bytes=0-9' -H "If-Range: \"$sha\""
is "If-Range with the same: a part" 206
get "/feed/objects/$sha" -H 'Range: bytes=0-9' -H 'If-Range: "x"'
is "If-Range with another: all of it" 200
get /feed/head.json -H 'Range: bytes=0-3'
is "the head comes whole" 200

# ---- held answers ------------------------------------------------------------------
hold() { # NAME SECONDS ETAG
	curl -s --max-time 60 -D "$dir/$1.head" -o "$dir/$1.body" -w '%{http_code} %{time_total}' \
		-H "Prefer: wait=$2" -H "If-None-Match: $3" "http://127.0.0.1:$port/feed/head.json" > "$dir/$1.said" &
	held=$!
	helpers+=("$held")
}

get /feed/head.json -H 'Prefer: wait=50'
is "who knows nothing is answered at once" 200 Preference-Applied ''
get /feed/head.json -H 'Prefer: wait=50' -H 'If-None-Match: "x"'
is "so is who knows another" 200 Preference-Applied ''
get "/feed/objects/$sha" -H 'Prefer: wait=50' -H "If-None-Match: \"$sha\""
is "objects are never held" 304 Preference-Applied ''

get /feed/head.json -H 'Prefer: wait=1' -H "If-None-Match: $etag"
is "after its time a held answer is 304, and says that it waited" 304 Preference-Applied wait ETag "$etag"

hold a 50 "$etag"
for _ in $(seq 50); do
	get /feed/head.json
done
! has_ended "$held"
ok $? "an answer is held while others are given"
put_head '{"seq": 2}'
within 5 has_ended "$held"
ok $? "it is released when the head changes"
grep -q '^200 ' "$dir/a.said" && cmp -s "$dir/a.body" "$feed/head.json"
ok $? "with the new head"
grep -qi '^Preference-Applied: wait' "$dir/a.head"
ok $? "and says that it waited"

get /feed/head.json
etag=$(header ETag)
hold gone 50 "$etag"
get /feed/head.json
kill "$held"
hold b 50 "$etag"
for _ in 1 2 3; do
	get /feed/head.json
done
put_head '{"seq": 3}'
within 5 has_ended "$held" && grep -q '^200 ' "$dir/b.said"
ok $? "one that went away does not keep the others"
for i in $(seq 100); do
	etag=$(sha256sum < "$feed/head.json" | cut -d ' ' -f 1)
	hold "c$i" 50 "\"$etag\""
done
held_all() {
	[ "$(find "/proc/$hub/fd" -lname 'socket:*' 2> /dev/null | wc -l)" -ge 100 ]
}
within 10 held_all
put_head '{"seq": 4}'
all_ended() {
	local pid
	for pid in "${helpers[@]: -100}"; do
		has_ended "$pid" || return 1
	done
}
within 10 all_ended && [ "$(grep -l '^200 ' "$dir"/c*.said | wc -l)" -eq 100 ]
ok $? "a hundred are released together"

# ---- paths -------------------------------------------------------------------------
refused() { # WHAT PATH
	get "$2"
	[[ $status == 40[04] ]] && ! grep -q 'secret\|root:\|seq' "$dir/body"
	ok $? "$1: $status"
}
ln -s /etc/passwd "$feed/objects/$(printf '%064d' 2)"
ln -s "$dir/secret" "$feed/linked"
ln -s "$dir/secret/1.json" "$feed/trust/3.json"
mkfifo "$feed/objects/$(printf '%064d' 3)"
mkdir "$feed/objects/$(printf '%064d' 4)"
refused "upwards" /feed/../../../../etc/passwd
refused "upwards in the middle" /feed/objects/../head.json
refused "upwards in percent signs" /feed/%2e%2e/secret/1.json
refused "a slash in percent signs" /feed/trust%2f1.json
refused "two slashes before" //feed/head.json
refused "two slashes between" /feed//head.json
refused "a dot between" /feed/./head.json
refused "from the root" /etc/passwd
refused "the root behind the prefix" /feed//etc/passwd
refused "a backslash" '/feed/trust%5c1.json'
refused "a NUL behind a name" /feed/head.json%00
refused "a NUL and more" /feed/head.json%00.txt
refused "a NUL before a path" "/feed/objects/$sha%00/../../secret/1.json"
refused "an object that is a link" "/feed/objects/$(printf '%064d' 2)"
refused "a document that is a link" /feed/trust/3.json
refused "a pipe" "/feed/objects/$(printf '%064d' 3)"
refused "a folder" "/feed/objects/$(printf '%064d' 4)"
refused "another prefix" /feedhead.json
refused "nothing" /
mv "$feed/manifests" "$dir/manifests"
ln -s "$dir/manifests" "$feed/manifests"
refused "a folder that is a link" /feed/manifests/7.json
for request in 'GET ../head.json HTTP/1.1' 'GET feed/head.json HTTP/1.1' 'GET /feed/head.json'; do
	raw "$request\r\nHost: a\r\nConnection: close\r\n\r\n"
	[[ $(raw_status) != 200 ]]
	ok $? "raw: $request: $(raw_status)"
done
raw "GET /feed/head.json\000/../../secret/1.json HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
[[ $(raw_status) == 4* ]] || [ "$(tail -n 1 "$dir/raw")" = "$(cat "$feed/head.json")" ]
ok $? "raw: a NUL ends the address and leads nowhere else"

# ---- bounds --------------------------------------------------------------------------
for method in POST PUT DELETE PATCH OPTIONS TRACE FEED; do
	get /feed/head.json -X "$method"
	is "$method is not served" 405 Allow 'GET, HEAD'
done
raw 'POST /feed/head.json HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n'
[ "$(raw_status)" = 405 ]
ok $? "a body is not waited for: $(raw_status)"
raw "GET /feed/head.json HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: $(head -c 40000 /dev/zero | tr '\0' x)\r\n\r\n"
[[ $(raw_status) != 200 ]]
ok $? "a header of 40 KB is refused: $(raw_status)"
raw "GET /feed/$(head -c 40000 /dev/zero | tr '\0' x) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
[[ $(raw_status) != 200 ]]
ok $? "an address of 40 KB is refused: $(raw_status)"
raw 'garbage\r\n\r\n'
[[ $(raw_status) != 200 ]]
ok $? "garbage is refused: $(raw_status)"
get /feed/head.json
is "and the hub still answers" 200

sockets() {
	find "/proc/$hub/fd" -lname 'socket:*' 2> /dev/null | wc -l
}
crowd=()
for _ in $(seq 4500); do
	exec {fd}<> "/dev/tcp/127.0.0.1/$port" || break
	crowd+=("$fd")
done
is_crowded() {
	[ "$(sockets)" -ge 4000 ]
}
within 10 is_crowded
ok $? "it lets in many: $(sockets)"
[ "${#crowd[@]}" -ge 4400 ] && [ "$(sockets)" -le 4120 ]
ok $? "but not all of ${#crowd[@]} at once"
for fd in "${crowd[@]}"; do
	exec {fd}>&-
done
answers() {
	get /feed/head.json --max-time 2
	[ "$status" = 200 ]
}
within 15 answers
ok $? "and answers when they are gone"

# ---- slow clients ----------------------------------------------------------------------
timeout $((silent_since + 50 > SECONDS ? silent_since + 50 - SECONDS : 1)) cat <&"$silent" > /dev/null
ok $? "a silent client is hung up on ($((SECONDS - silent_since)) s)"
is_let_go() {
	[ "$(find "/proc/$hub/fd" -lname "*$big" 2> /dev/null | wc -l)" -eq 0 ]
}
within $((silent_since + 60 > SECONDS ? silent_since + 60 - SECONDS : 1)) is_let_go
ok $? "one that takes nothing of what it asked for, too ($((SECONDS - silent_since)) s)"

# ---- the end ---------------------------------------------------------------------------
hold last 50 "\"$(sha256sum < "$feed/head.json" | cut -d ' ' -f 1)\""
get /feed/head.json
kill -TERM "$hub"
within 5 has_ended "$hub" && wait "$hub"
ok $? "asked to end it ends, with 0"
within 5 has_ended "$held"
ok $? "and holds nobody back"
[ ! -s "$dir/hub.err" ]
ok $? "it had nothing to complain of"

# ---- too many files open -----------------------------------------------------------------
start 64
exec {asker}<> "/dev/tcp/127.0.0.1/$port"
printf 'HEAD /feed/objects/%s HTTP/1.1\r\nHost: a\r\n\r\n' "$sha" >&"$asker"
IFS=' ' read -r -t 5 -u "$asker" _ status _
[ "$status" = 200 ]
ok $? "with files to spare an object is there"
crowd=()
for _ in $(seq 100); do
	exec {fd}<> "/dev/tcp/127.0.0.1/$port"
	crowd+=("$fd")
done
is_full() {
	[ "$(find "/proc/$hub/fd" -lname '*' 2> /dev/null | wc -l)" -ge 64 ]
}
within 10 is_full
ok $? "a crowd takes them all"
while read -r -t 0.1 -u "$asker" _; do :; done
printf 'HEAD /feed/objects/%s HTTP/1.1\r\nHost: a\r\n\r\n' "$sha" >&"$asker"
IFS=' ' read -r -t 5 -u "$asker" _ status _
[ "$status" = 503 ]
ok $? "then it is not said to be gone, but to come later: $status"
for fd in "${crowd[@]}"; do
	exec {fd}>&-
done
within 15 answers
ok $? "and answers when the crowd is gone"
echo "1..$count"
