#!/bin/bash
# The whole way on one machine: throwaway keys, the hub with one account of each role, its
# content drafted, reviewed, issued, signed and published, and a screen that lives from it.
# Usage: tools/demo.sh BUILD MEDIA [fangzi-kiosk options]
# Without a display: one rotation off screen, each page as BUILD/demo/*.png.
set -euo pipefail
build=$1 media=$2
shift 2
demo=$build/demo
at=2023-06-28T10:24:00+08:00 # the mockups' moment

rm -rf "$demo/keys" "$demo/feed" "$demo/office" "$demo/state" "$demo"/*.png
mkdir -p "$demo/keys"
for role in root publisher head; do
	"$build/fangzi-sign" keygen --type ed25519 --out "$demo/keys/$role.pem" > /dev/null
done
"$build/fangzi-sign" trust --feed demo --at $at --out "$demo/feed" --key "$demo/keys/root.pem" \
	--root "$demo/keys/root.pem" --publisher "$demo/keys/publisher.pem" --head "$demo/keys/head.pem"

hub= screen=
finish() {
	trap - INT TERM EXIT
	for pid in $screen $hub; do kill -TERM "$pid" 2> /dev/null || true; done
	for pid in $screen $hub; do wait "$pid" 2> /dev/null || true; done
}
trap finish EXIT
trap 'finish; exit 130' INT
trap 'finish; exit 143' TERM

: > "$demo/hub.log"
"$build/fangzi-hub" demo --folder "$demo/office" --feed "$demo/feed" --content assets/demo/content.json \
	--media "$media" --head-key "$demo/keys/head.pem" --publisher-key "$demo/keys/publisher.pem" \
	--at $at --listen 127.0.0.1:0 > "$demo/hub.log" &
hub=$!
until port=$(sed -n 's/^serving .* on port \([0-9]*\) .*/\1/p' "$demo/hub.log") && [ -n "$port" ]; do
	kill -0 $hub && sleep 0.05
done
sed "s|^console on port.* ; |the console is at http://127.0.0.1:$port/ ; |; /^serving/d" "$demo/hub.log"

options=(--windowed --size 1280x720)
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
	echo "demo: no display: one rotation off screen (about three minutes), pages go to $demo"
	export SDL_VIDEODRIVER=offscreen
	options=(--size 1920x1080 --once)
fi
"$build/fangzi-kiosk" --feed "http://127.0.0.1:$port/feed/" --trust "$demo/feed/trust/1.json" \
	--state "$demo/state" --screen hall --at $at --poll-s 5 --record "$demo" "${options[@]}" "$@" &
screen=$!
wait $screen
