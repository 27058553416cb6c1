#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# docs/scale.md, tried: a signed feed served by nginx and by an S3-compatible store without any
# hub, and nginx in front of a hub, each with the configuration that is shipped. A real fangzi-sync
# takes version 1 from it, and version 2 after that. `make scale-check`; PARTS=by_store: one. TAP.
. "$(dirname "$0")/../flow/lib.sh"
. tests/scale/lib.sh
. tests/scale/upload.sh
store=${1:-build}/scale
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy

object_of() { # object_of FEED: the name of one
	basename "$(find "$1/objects" -type f | sort | head -n 1)"
}

second_version() { # second_version FEED
	make_content "$WORK/content2.json" 第二版
	publish "$1" 2 "$WORK/content2.json" && make_head "$1"
}

fresh_feed() { # fresh_feed FEED: and a screen that has seen nothing
	rm -rf "$WORK/state"
	mkdir -p "$WORK/state"
	make_feed "$1"
}

by_nginx() {
	local feed=$WORK/www/feed url object
	fresh_feed "$feed"
	object=$(object_of "$feed")
	nginx_with systemd/nginx-fangzi-feed.conf "s|/srv/fangzi;|$WORK/www;|" || { not_ok "nginx starts" "$(cat "$WORK/nginx/log")"; return; }
	url=https://localhost:$PORT/feed
	get "$url/head.json"
	has "nginx: the head is asked for each time" 200 Cache-Control no-cache Content-Type application/json ETag '' Last-Modified ''
	cmp -s "$WORK/body" "$feed/head.json"
	result $? "nginx: and its bytes are those of the file"
	get "$url/objects/$object"
	has "nginx: an object is for ever" 200 Cache-Control "$forever" Content-Type application/octet-stream \
		X-Content-Type-Options nosniff Accept-Ranges bytes
	get "$url/objects/$object" -H "If-None-Match: $(header ETag)"
	has "nginx: what is known is not sent again" 304
	get "$url/objects/$object" -H 'Range: bytes=0-9'
	has "nginx: a part of it" 206 Content-Length 10
	get "$url/trust/1.json"
	has "nginx: a trust document is for ever" 200 Cache-Control "$forever" Content-Type application/json
	for name in trust/2.json objects/../head.json.new '' objects/ "objects/${object}x"; do
		get "$url/$name"
		has "nginx: /$name: there is none" 404
	done
	get "$url/head.json" -X POST
	has "nginx: nothing is taken" 403
	ln -s /etc/passwd "$feed/objects/$(printf '%064d' 1)"
	get "$url/objects/$(printf '%064d' 1)"
	has "nginx: links are not followed" 403
	rm "$feed/objects/$(printf '%064d' 1)"
	takes "nginx: a screen takes version 1" 1 "$url/" "$feed"
	second_version "$feed"
	takes "nginx: and version 2" 2 "$url/" "$feed"
	stop_all
}

has_bucket() {
	[ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$PORT/fangzi")" = 200 ]
}

by_store() {
	local feed=$WORK/bucket/feed url object
	mkdir -p "$store"
	command -v npm > /dev/null || tools/deps.sh packages-console.txt
	cmp -s tests/scale/package-lock.json "$store/package-lock.json" && [ -d "$store/node_modules" ] || {
		rm -rf "$store/node_modules"
		cp tests/scale/package.json tests/scale/package-lock.json "$store"
		(cd "$store" && npm ci --no-audit --no-fund --loglevel=error >&2) || { not_ok "the store is installed"; return; }
	}
	fresh_feed "$feed"
	object=$(object_of "$feed")
	PORT=$(free_port)
	start "$WORK/store.log" node "$store/node_modules/s3rver/bin/s3rver.js" --directory "$WORK/store" --address 127.0.0.1 \
		--port "$PORT" --no-vhost-buckets --configure-bucket fangzi
	wait_until 20 has_bucket || { not_ok "the store starts" "$(cat "$WORK/store.log" "$WORK/store.log.err")"; return; }
	url=http://127.0.0.1:$PORT/fangzi/feed
	(KEY_OF_STORE=nobody:S3RVER && upload_one "$feed" head.json "$url" no-cache) 2> "$WORK/why"
	grep -q 'error: 403' "$WORK/why"
	result $? "store: by a key that it does not know nothing is taken" "$(cat "$WORK/why")"
	upload "$feed" "$url" 2> "$WORK/why"
	result $? "store: a feed is brought there" "$(cat "$WORK/why")"
	get "$url/head.json"
	has "store: the head is asked for each time" 200 Cache-Control no-cache Content-Type application/json
	get "$url/head.json" -H "If-None-Match: $(header ETag)"
	has "store: what is known is not sent again" 304
	get "$url/objects/$object"
	has "store: an object is for ever" 200 Cache-Control "$forever"
	get "$url/trust/2.json"
	has "store: what there is not is 404" 404
	takes "store: a screen takes version 1" 1 "$url/" "$feed"
	second_version "$feed"
	upload "$feed" "$url" 2> "$WORK/why"
	takes "store: and version 2" 2 "$url/" "$feed"
	stop_all
}

addresses() { # that the hub wrote into its log of who failed to sign in
	/usr/bin/python3 - "$WORK/office" <<-'EOT'
		import glob, re, sys
		found = set()
		for path in glob.glob(sys.argv[1] + "/*"):
		    try:
		        found.update(re.findall(rb'"address": ?"([0-9.]+)"', open(path, "rb").read()))
		    except IsADirectoryError:
		        pass
		print(b" ".join(sorted(found)).decode())
	EOT
}

sign_in() { # sign_in BODY CURL-OPTION..
	local body=$1
	shift
	get "$SITE/api/v1/session" -X POST -H 'Content-Type: application/json' --data "$body" "$@"
}

before_hub() {
	local feed=$WORK/hub/feed hub hub_port url object
	fresh_feed "$feed"
	object=$(object_of "$feed")
	mkdir -p "$WORK/console"
	echo '<!doctype html><title>console</title>' > "$WORK/console/index.html"
	"$O/fangzi-hub" init --folder "$WORK/office" > "$WORK/init.out" 2>&1
	start "$WORK/hub.log" "$O/fangzi-hub" serve --folder "$WORK/office" --feed "$feed" --console "$WORK/console" \
		--origin https://localhost --behind-proxy --listen 127.0.0.1:0
	hub=$PID
	wait_until 10 grep -q '^serving ' "$WORK/hub.log" || { not_ok "the hub starts" "$(cat "$WORK/hub.log.err")"; return; }
	hub_port=$(sed -n 's/^serving .* on port \([0-9]*\) .*/\1/p' "$WORK/hub.log")
	nginx_with systemd/nginx-fangzi-hub.conf "s|127.0.0.1:8080|127.0.0.1:$hub_port|; s|/var/lib/nginx/fangzi|$WORK/cache|" ||
		{ not_ok "nginx starts" "$(cat "$WORK/nginx/log")"; return; }
	SITE=https://localhost:$PORT url=$SITE/feed
	get "$SITE/"
	has "before a hub: the console" 200
	get "$SITE/metrics"
	has "before a hub: its metrics are not for everybody" 404
	sign_in '{"name": "admin", "password": "wrong"}' -H 'X-Forwarded-For: 6.6.6.6'
	has "before a hub: the API answers" 401 Content-Type application/json
	is "before a hub: who asks is whom nginx saw, whatever he says" "$(addresses)" 127.0.0.1
	limits_hold
	waits_are_passed_on "$feed" "$url"
	takes "before a hub: a screen takes version 1" 1 "$url/" "$feed"
	second_version "$feed"
	takes "before a hub: and version 2" 2 "$url/" "$feed"
	get "$url/objects/$object"
	has "before a hub: an object is for ever" 200 Cache-Control "$forever" ETag "\"$object\""
	kill "$hub"
	wait_until 10 gone "$hub"
	get "$url/objects/$object" -H 'Range: bytes=0-9'
	has "the hub is gone: objects that were asked for are still there" 206 Content-Length 10
	get "$url/head.json"
	has "the hub is gone: the head is not made up" 502
	stop_all
}

limits_hold() {
	local said=
	head -c 26000000 /dev/zero > "$WORK/large"
	get "$SITE/api/v1/media" --data-binary "@$WORK/large" -H Expect:
	has "before a hub: an upload of 25 MB is too large" 413 Content-Type text/html
	truncate -s 3M "$WORK/large"
	get "$SITE/device/v1/report" --data-binary "@$WORK/large" -H Expect:
	has "before a hub: a report of 3 MB is too large" 413 Content-Type text/html
	truncate -s 5000 "$WORK/large"
	get "$SITE/feed/head.json" --data-binary "@$WORK/large" -H Expect:
	has "before a hub: the feed takes no bodies" 413 Content-Type text/html
	rm "$WORK/large"
	for _ in $(seq 30); do
		sign_in '{}'
		said="$said $STATUS"
	done
	[[ $said == " 4"[0-9][^9]*" 429" && $(header Content-Type) == text/html ]]
	result $? "before a hub: who signs in again and again is held off" "$said" "$(cat "$WORK/head")"
	get "$SITE/api/v1/session"
	has "before a hub: but not from looking whether he is signed in" 401
}

waits_are_passed_on() { # FEED URL
	local etag waits
	get "$2/head.json"
	etag=$(header ETag)
	get "$2/head.json" -H "If-None-Match: $etag" -H 'Prefer: wait=2'
	has "before a hub: a held answer is let go after its time" 304 Preference-Applied wait
	curl -sv --cacert "$WORK/tls.crt" --max-time 50 -D "$WORK/held" -o /dev/null -H "If-None-Match: $etag" \
		-H 'Prefer: wait=50' "$2/head.json" 2> "$WORK/held.said" &
	waits=$!
	started+=("$waits")
	wait_until 10 grep -qi '^> prefer: wait' "$WORK/held.said"
	for _ in 1 2 3; do # it has gone through when these have
		get "$2/head.json"
	done
	make_head "$1"
	wait_until 5 gone $waits
	grep -q '^HTTP/2 200' "$WORK/held" && grep -qi '^preference-applied: wait' "$WORK/held"
	result $? "before a hub: and when the head changes" "$(cat "$WORK/held")"
}

make_certificate
for part in ${PARTS:-by_nginx by_store before_hub}; do $part; done
finish
