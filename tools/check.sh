#!/bin/bash
# Every test: as built, under sanitizers, and the sources through clang as well, which
# the fuzz targets then run shortly.
# Usage: tools/check.sh MAKE BUILD. Ends with "N passed, N failed".
set -uo pipefail
make=$1 build=$2
good=0

run_make() { "$make" --no-print-directory -j"$(nproc)" "$@"; }

run_make all > /dev/null || exit 1 # installs what is missing first
rm -f "$build"/{,san/,fuzz/}check.count
run_make check-untimed || good=1

# Tests that are timed run one by one and wait most of the time: meanwhile the lowest priority builds what the
# others need. What fails of it is built again, and said, below.
nice -n 19 "$make" --no-print-directory -j"$(nproc)" SAN=1 test-programs > "$build/san.log" 2>&1 &&
	nice -n 19 "$make" --no-print-directory -j"$(nproc)" fuzz-build > "$build/clang.log" 2>&1 &
builds=$!
run_make check-timed || good=1
wait "$builds" || true
run_make SAN=1 check-here || good=1

# The one build through clang is that of the fuzz targets and of what they link.
if run_make fuzz-build > "$build/clang.log" 2>&1; then
	echo "1 0" >> "$build/check.count"
	echo "clang: no warnings"
	tests/run.sh "$build/fuzz" tests/fuzz.sh || good=1
else
	echo "0 1" >> "$build/check.count"
	tail -n 30 "$build/clang.log"
	good=1
fi
cat "$build"/{,san/,fuzz/}check.count |
	awk '{passed += $1; failed += $2} END {print passed+0 " passed, " failed+0 " failed"; exit failed > 0 || passed == 0}' || good=1
exit $good
