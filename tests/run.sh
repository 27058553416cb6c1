#!/bin/bash
# Runs tests and counts: tests/run.sh O TEST...  A test says "ok N - what" or
# "not ok N - what" a line (TAP); one that ends badly without having said so is a
# failure too, and so is one that says nothing. JOBS run side by side, one more than there are
# processors unless it says otherwise: many wait for something. Adds its counts to O/check.count.
set -uo pipefail
export O=$1
shift
export CMOCKA_MESSAGE_OUTPUT=TAP
mkdir -p "$O/check"
counts=$(mktemp "$O/check/counts.XXXXXX")
trap 'rm -f "$counts"' EXIT

# One test: what did not hold, and a line with its counts, all at once.
run() {
	local out=$O/check/$(basename "$1").tap start=$SECONDS code good bad
	timeout 600 "$1" > "$out" 2> "$out.log"
	code=$?
	good=$(grep -c '^ok' "$out")
	bad=$(grep '^not ok' "$out" | grep -vc '# SKIP') # cmocka's way to skip
	{
		if [ "$bad" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$good" -eq 0 ]; }; then
			bad=1
			echo "not ok - $(basename "$1") ended with $code after $good good lines"
		fi
		[ "$bad" -eq 0 ] || { grep -A3 '^not ok' "$out"; tail -n 20 "$out.log"; }
		printf '%-28s %4d passed, %d failed (%d s)\n' "$(basename "$1")" "$good" "$bad" $((SECONDS - start))
		echo "$good $bad" >> "$counts"
	} > "$out.said"
	cat "$out.said"
}

running=0
for test in "$@"; do
	[ "$running" -lt "${JOBS:-$(($(nproc) + 1))}" ] || { wait -n; running=$((running - 1)); }
	run "$test" &
	running=$((running + 1))
done
wait
awk -v tests=$# '{passed += $1; failed += $2}
	END {failed += tests - NR; print passed + 0, failed + 0; exit failed > 0}' "$counts" >> "$O/check.count"
