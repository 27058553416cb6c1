#!/bin/bash
# Runs tests and counts: tests/run.sh O TEST...  A test says "ok N - what" or
# "not ok N - what" a line (TAP); one that ends badly without having said so is a
# failure too, and so is one that says nothing. Adds its counts to O/check.count.
set -uo pipefail
export O=$1
shift
export CMOCKA_MESSAGE_OUTPUT=TAP
passed=0 failed=0
mkdir -p "$O/check"
for test in "$@"; do
	out=$O/check/$(basename "$test").tap
	start=$SECONDS
	timeout 600 "$test" > "$out" 2> "$out.log"
	code=$?
	good=$(grep -c '^ok' "$out")
	bad=$(grep '^not ok' "$out" | grep -vc '# SKIP') # cmocka's way to skip
	if [ "$bad" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$good" -eq 0 ]; }; then
		bad=1
		echo "not ok - $(basename "$test") ended with $code after $good good lines"
	fi
	[ "$bad" -eq 0 ] || { grep -A3 '^not ok' "$out"; tail -n 20 "$out.log"; }
	printf '%-28s %4d passed, %d failed (%d s)\n' "$(basename "$test")" "$good" "$bad" $((SECONDS - start))
	passed=$((passed + good))
	failed=$((failed + bad))
done
echo "$passed $failed" >> "$O/check.count"
[ "$failed" -eq 0 ]
