#!/bin/bash
# A feed on a stick, while no server answers: a newer one is taken when it appears, an older one and
# another's are refused, and what was fitted in the middle of it does no harm.
. "$(dirname "$0")/lib.sh"
MOUNTS=$WORK/media
mkdir -p "$MOUNTS"
STICK="$MOUNTS/me/大厅 100% #1" # as people name them

plug() { # plug FEED: head last, as on a copy that was finished
	mkdir -p "$STICK" && cp -r "$1" "$STICK/fangzi-feed.new" && mv "$STICK/fangzi-feed.new" "$STICK/fangzi-feed"
}
pull() { rm -rf "$STICK"; }
status() { "$O/fangzi-sync" status --state "$WORK/state" 2> /dev/null | sed -n "s/^$1=//p"; }
has_version() { [ "$(status version)" = "$1" ]; }
said() { grep -qE -- "$1" "$WORK/sync.log.err"; }
waits() { # waits SECONDS WHAT COMMAND..
	local seconds=$1 what=$2
	shift 2
	wait_until "$seconds" "$@"
	result $? "$what" "$(cat "$WORK/sync.log.err")"
}

make_feed "$WORK/feed"
cp -r "$WORK/feed" "$WORK/v1"
make_content "$WORK/2.json" 第二版
publish "$WORK/feed" 2 "$WORK/2.json" && make_head "$WORK/feed"
cp -r "$WORK/feed" "$WORK/v2"
pin=$(sha256sum "$WORK/feed/trust/1.json" | cut -d' ' -f1)

# Nobody serves: what comes, comes by hand. Without a server's trust either: its fingerprint is enough.
start "$WORK/sync.log" "$O/fangzi-sync" --feed http://127.0.0.1:9/feed/ --trust "sha256:$pin" --state "$WORK/state" \
	--stick "$MOUNTS" --poll-s 600
SYNC=$PID
waits 10 "no server answers" said "Couldn't connect"
plug "$WORK/v1"
waits 15 "a stick is taken within seconds, long before the server is asked again" has_version 1
waits 5 "and the log says that it may be pulled out" said 'version 1 is taken from the stick'
is "once" "$(grep -c 'stick' "$WORK/sync.log.err")" 1
pull
plug "$WORK/v2"
waits 15 "a stick with the next version is taken" has_version 2
pull
plug "$WORK/v1"
waits 15 "an older one is refused" said 'stick.*is not taken: head: rollback'
is "and changes nothing" "$(status version)" 2
pull

# Somebody else's words.
mv "$WORK/keys" "$WORK/ours"
make_feed "$WORK/other"
plug "$WORK/other"
waits 15 "a stick of another's is refused" said 'stick.*is not taken: .*(signature|untrusted|trust)'
is "and changes nothing either" "$(status version)" 2
pull
rm -rf "$WORK/keys"
mv "$WORK/ours" "$WORK/keys"

# Half a copy: the head is there, and an object is not; then it is.
make_content "$WORK/3.json" 第三版
publish "$WORK/feed" 3 "$WORK/3.json" && make_head "$WORK/feed"
cp -r "$WORK/feed" "$WORK/v3"
sha=$(sha256sum "$WORK/3.json" | cut -d' ' -f1)
mv "$WORK/v3/objects/$sha" "$WORK/object"
mkfifo "$WORK/v3/objects/$sha"
plug "$WORK/v3"
waits 15 "a pipe where a file should be holds nobody up" said "stick.*objects/$sha: not there"
is "and what was shown stays" "$(status version)" 2
pull
cp "$WORK/object" "$WORK/object.3" && rm "$WORK/v3/objects/$sha" && mv "$WORK/object.3" "$WORK/v3/objects/$sha"
plug "$WORK/v3"
waits 45 "the whole one is taken at the next try" has_version 3
kill "$SYNC"
wait_until 5 gone "$SYNC"
result $? "it ends when it is asked to"
pull

# A hub holds its answer back, for minutes: a stick that is mounted meanwhile is seen all the same.
if unshare -m true 2> /dev/null; then
	make_content "$WORK/4.json" 第四版
	publish "$WORK/feed" 4 "$WORK/4.json" && make_head "$WORK/feed"
	cp -r "$WORK/feed" "$WORK/v4"
	serve "$WORK/v3"
	start "$WORK/sync.log" unshare -m "$O/fangzi-sync" --feed "$URL/" --trust "sha256:$pin" --state "$WORK/state" \
		--stick "$MOUNTS"
	SYNC=$PID
	waits 10 "its server is there" said "well again"
	mkdir -p "$STICK"
	nsenter -m -t "$SYNC" mount -t tmpfs stick "$STICK" && nsenter -m -t "$SYNC" cp -r "$WORK/v4" "$STICK/fangzi-feed"
	waits 15 "a stick that is mounted while an answer is held back is taken" has_version 4
	make_content "$WORK/5.json" 第五版
	publish "$WORK/feed" 5 "$WORK/5.json" && make_head "$WORK/feed"
	cp -r "$WORK/feed/manifests" "$WORK/feed/objects" "$WORK/v3" && cp "$WORK/feed/head.json" "$WORK/v3/new" &&
		mv "$WORK/v3/new" "$WORK/v3/head.json"
	waits 15 "and then the server is asked again" has_version 5
	kill "$SYNC"
	wait_until 5 gone "$SYNC"
	result $? "it ends when it is asked to while an answer is held back"
else
	ok "mounting needs a namespace of its own # SKIP"
fi
finish
