#!/bin/bash
# Runs the fuzz targets of $O: tests/fuzz.sh                   short and always the same; TAP
#                              tests/fuzz.sh MINUTES [NAME]    each so long, JOBS at a time (2)
# The corpus is tests/fuzz/corpus; what a long run adds goes to $O/corpus, what it finds
# to $O/findings. Ends with 1 when something was found.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
O=${O:-build/fuzz}
RUNS=2000 SEED=20230628
declare -A FEWER=([content]=150 [trust]=1000 [ics]=300 [api]=300) # slow ones, in the short run
export ASAN_OPTIONS=quarantine_size_mb=16 LC_ALL=C.UTF-8

names() {
	local program
	for program in "$O"/tests/fuzz/*; do
		[ -f "$program" ] && [ -x "$program" ] && basename "$program"
	done
}

dictionary() { # NAME
	case $1 in manifest | trust | head) echo tests/fuzz/feed.dict ;; *) echo "tests/fuzz/$1.dict" ;; esac
}

executions() { # NAME
	sed -n 's/^stat::number_of_executed_units: *//p' "$O/findings/$1.log"
}

run() { # NAME FOLDER-FOR-NEW-ONES OPTION..
	local name=$1 new=$2
	shift 2
	mkdir -p "$new" "$O/findings"
	"$O/tests/fuzz/$name" "$@" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
		-dict="$(dictionary "$name")" -artifact_prefix="$O/findings/$name-" \
		"$new" "tests/fuzz/corpus/$name" > "$O/findings/$name.log" 2>&1
}

short() {
	local name count=0 bad=0 new
	new=$(mktemp -d)
	for name in $(names); do
		count=$((count + 1))
		if run "$name" "$new/$name" -runs="${FEWER[$name]:-$RUNS}" -seed=$SEED; then
			echo "ok $count - fuzz $name: $(executions "$name") executions"
		else
			bad=1
			echo "not ok $count - fuzz $name"
			grep -E 'ERROR|does not hold|runtime error|Test unit written' "$O/findings/$name.log" | sed 's/^/# /'
		fi
	done
	rm -rf "$new"
	echo "1..$count"
	return "$bad"
}

long_one() { # NAME SECONDS
	local result="no finding" code=0
	run "$1" "$O/corpus/$1" -max_total_time="$2" || { code=1 result="FOUND, see $O/findings/$1.log"; }
	echo "$1: $(executions "$1") executions, $result"
	return "$code"
}

long() { # MINUTES [NAME]
	local name pid pids=() bad=0
	for name in ${2:-$(names)}; do
		[ "$(jobs -rp | wc -l)" -lt "${JOBS:-2}" ] || wait -n
		long_one "$name" $(($1 * 60)) &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || bad=1
	done
	return "$bad"
}

if [ $# -eq 0 ]; then short; else long "$@"; fi
