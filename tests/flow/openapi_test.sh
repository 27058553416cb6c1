#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# The routes that the hub answers and those that assets/openapi.yaml tells of are the same; and the console
# has words for each field of a screen's report. TAP.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# {"GET", "sets/:/items/:", ... of the tables
grep -hoP '^\t\{"\K[A-Z]+", "[^"]+' src/hub/api_*.c | sed 's/", "/ /' | sort > "$dir/routes"

# paths two deep, their methods four deep; what stands in braces is a part
awk '/^[a-z]/ {inside = /^paths:/}
	inside && /^  \// {path = $1; sub(/:$/, "", path); sub(/^\//, "", path); gsub(/\{[^}]*\}[^\/]*/, ":", path)}
	inside && /^    (get|put|post|patch|delete):/ {method = $1; sub(/:.*/, "", method); print toupper(method) " " path}' \
	assets/openapi.yaml | sort > "$dir/told"

echo 1..4
if [ "$(wc -l < "$dir/routes")" -gt 60 ]; then echo "ok 1 - the tables were read"; else echo "not ok 1 - the tables were read"; fi
number=2
for what in "route that openapi.yaml does not tell of:23" "route of openapi.yaml that there is not:13"; do
	odd=$(comm -"${what##*:}" "$dir/routes" "$dir/told")
	[ -z "$odd" ] || { echo "not ok $number - no ${what%:*}"; echo "$odd" | sed 's/^/# /'; }
	[ -n "$odd" ] || echo "ok $number - no ${what%:*}"
	number=$((number + 1))
done

# {"temperature_c", NUMBER, ...
fields=$(grep -oP '^\t\{"\K[a-z_]+(?=", [A-Z]+, AT)' src/feed/report.c)
odd=$(for field in $fields plays; do grep -qE "[{, ]$field: '" src/console/src/pages/Screens.tsx || echo "$field"; done)
said="the console names $(wc -w <<< "$fields") fields of a report"
if [ "$(wc -w <<< "$fields")" -gt 20 ] && [ -z "$odd" ]; then echo "ok 4 - $said"; else echo "not ok 4 - $said" "# ${odd//$'\n'/ }"; fi
