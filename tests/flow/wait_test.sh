#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Many wait for one hub's head (Prefer: wait), in short; a thousand: make load-wait. TAP.
. "$(dirname "$0")/lib.sh"
. tests/load/alert.sh
count=200
make_alert_feed "$WORK/feed" && serve "$WORK/feed" || { echo "Bail out! no hub"; exit 1; }
port=${URL#*//127.0.0.1:} port=${port%/feed}

said=$("$O/tests/load/wait" "$port" "$PID" $count 2 "$O/fangzi-sign" head --key "$WORK/keys/head" \
	--out "$WORK/feed" --alert evacuate 2>&1)
result $? "$count who wait learn of an alert within a second, and again those who ask anew" "$said"
said=$("$O/tests/load/wait" "$port" "$PID" $count --spread 2>&1)
result $? "nothing changes: each is let go at its own time" "$said"
[ ! -s "$WORK/hub.log.err" ]
result $? "the hub has nothing to complain of" "$(cat "$WORK/hub.log.err")"

# One screen whose polls are an hour apart: only held looks can bring it anything.
seq() { "$O/fangzi-sync" status --state "$WORK/state" 2> /dev/null | sed -n 's/^seq=//p'; }
has_head_beyond() { local now; now=$(seq); [ -n "$now" ] && [ "$now" -gt "$1" ]; }
keep() { # until it has looked once
	rm -f "$WORK/state/sync.status"
	start "$WORK/sync.log" "$O/fangzi-sync" --feed "$URL/" --trust "$WORK/feed/trust/1.json" --state "$WORK/state" \
		--kiosk /bin/true --poll-s 3600
	wait_until 20 test -e "$WORK/state/sync.status"
}
keep && has_head_beyond 0
result $? "a screen has its first head" "$(cat "$WORK/sync.log.err")"
for when in "after its first head" "after one that was held back"; do
	before=$(seq)
	make_head "$WORK/feed" --alert evacuate
	wait_until 5 has_head_beyond "$before"
	result $? "$when the next is not a poll away" "$(cat "$WORK/sync.log.err")"
done
before=$(seq)
"$O/fangzi-sign" trust --out "$WORK/feed" --key "$WORK/keys/root" --head "$WORK/keys/head.pub" 2> "$WORK/said" &&
	make_head "$WORK/feed"
wait_until 5 has_head_beyond "$before"
result $? "nor when it names a trust document that came meanwhile" "$(cat "$WORK/said" "$WORK/sync.log.err")"
kill "$PID"
wait "$PID"
before=$(seq)
keep
make_head "$WORK/feed" --hold
wait_until 5 has_head_beyond "$before"
result $? "nor is it after a start with the head that it had" "$(cat "$WORK/sync.log.err")"
finish
