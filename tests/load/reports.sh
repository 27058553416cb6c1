#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# 100,000 screens that report every five minutes to one hub on one core:
# tests/load/reports.sh BUILD FOLDER [SECONDS] [SCREENS]. Ends with 0 when the 99th percentile is
# below 50 ms and nothing was refused.
set -euo pipefail
build=$1 folder=$2 seconds=${3:-60} screens=${4:-100000}
rm -rf "$folder"
mkdir -p "$folder/feed" "$folder/console"
echo '<!doctype html><title>-</title>' > "$folder/console/index.html"
"$build/fangzi-hub" init --folder "$folder/office" > /dev/null
"$build/tests/load/reports" make "$folder/office" "$screens"
: > "$folder/hub.log"
taskset -c 0 "$build/fangzi-hub" serve --folder "$folder/office" --feed "$folder/feed" --console "$folder/console" \
	--listen 127.0.0.1:0 > "$folder/hub.log" &
hub=$!
trap 'kill $hub 2> /dev/null || true; wait $hub 2> /dev/null || true' EXIT
until port=$(sed -n 's/.* on port \([0-9]*\) .*/\1/p' "$folder/hub.log") && [ -n "$port" ]; do
	kill -0 $hub && sleep 0.05
done
before=$(awk '{print $14 + $15}' /proc/$hub/stat)
code=0
taskset -c 1 "$build/tests/load/reports" run "$port" "$screens" $((screens / 300 + 1)) "$seconds" || code=1
after=$(awk '{print $14 + $15}' /proc/$hub/stat)
awk -v s="$seconds" -v t=$((after - before)) -v n="$screens" '/^VmRSS/ {printf "hub: %.0f MB resident for %d screens, %.1f %% of one core\n",
	$2 / 1024, n, t / s}' /proc/$hub/status
exit $code
