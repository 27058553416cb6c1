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
finish
