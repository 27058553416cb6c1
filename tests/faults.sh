#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Families of faults, each longer than `make check` has time for: tests/faults.sh O SCRIPT..
# A script says TAP; one that counts by the thousand ends with "NAME: N passed, N failed".
# A line a family, and what did not pass; at the end "N passed, N failed".
set -uo pipefail
export O=$1
shift
passed=0 failed=0
mkdir -p "$O/faults"
for script in "$@"; do
	name=$(basename "$(dirname "$script")")-$(basename "$script" .sh)
	out=$O/faults/$name.tap
	start=$SECONDS
	"$script" > "$out" 2> "$out.log"
	code=$?
	if [[ $(tail -n 1 "$out") =~ :\ ([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
		good=${BASH_REMATCH[1]} bad=${BASH_REMATCH[2]}
	else
		good=$(grep -ac '^ok' "$out") bad=$(grep -ac '^not ok' "$out")
	fi
	[ "$bad" -gt 0 ] || { [ "$code" -eq 0 ] && [ "$good" -gt 0 ]; } || bad=1
	[ "$bad" -eq 0 ] || { grep -a -A9 '^not ok' "$out"; tail -n 20 "$out.log"; }
	echo "$name: $good passed, $bad failed ($((SECONDS - start)) s)"
	passed=$((passed + good))
	failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
