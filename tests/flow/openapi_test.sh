#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# The routes that the hub answers and those that assets/openapi.yaml tells of are the same. TAP.
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

echo 1..3
if [ "$(wc -l < "$dir/routes")" -gt 60 ]; then echo "ok 1 - the tables were read"; else echo "not ok 1 - the tables were read"; fi
number=2
for what in "route that openapi.yaml does not tell of:23" "route of openapi.yaml that there is not:13"; do
	odd=$(comm -"${what##*:}" "$dir/routes" "$dir/told")
	[ -z "$odd" ] || { echo "not ok $number - no ${what%:*}"; echo "$odd" | sed 's/^/# /'; }
	[ -n "$odd" ] || echo "ok $number - no ${what%:*}"
	number=$((number + 1))
done
