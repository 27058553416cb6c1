#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Families of faults, each longer than `make check` has time for: tests/faults.sh O SCRIPT..
# The last line of each says "NAME: N passed, N failed"; the last here adds them up.
set -uo pipefail
export O=$1
shift
passed=0 failed=0
mkdir -p "$O/faults"
for family in "$@"; do
	out=$O/faults/$(basename "$family").log
	start=$SECONDS
	"$family" 2>&1 | tee "$out" | grep -v ': [0-9]* passed, '
	last=$(tail -n 1 "$out")
	if [[ $last =~ :\ ([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
		passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
		echo "$last ($((SECONDS - start)) s)"
	else
		failed=$((failed + 1))
		echo "$(basename "$family"): did not come to its end: 0 passed, 1 failed"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
