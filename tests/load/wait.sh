#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# COUNT (1000) screens wait on one hub, and an alert is raised: `make load-wait N=COUNT`.
# Each round signs a head with the alert in it; the time runs from before that.
. "$(dirname "$0")/../flow/lib.sh"
count=${1:-1000}
ulimit -Sn "$(ulimit -Hn)"
. tests/load/alert.sh
make_alert_feed "$WORK/feed" && serve "$WORK/feed" || exit 1
port=${URL#*//127.0.0.1:}
echo "$count screens wait; an alert is signed and raised; $(nproc) cores, shared by the hub and those who wait"
"$O/tests/load/wait" "${port%/feed}" "$PID" "$count" 5 "$O/fangzi-sign" head --key "$WORK/keys/head" \
	--out "$WORK/feed" --alert evacuate > >(grep -v '^head ')
