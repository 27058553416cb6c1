#!/bin/bash
# Power cuts, layer one: each recorded look cut after every operation, with SEEDS (default 40)
# seeds a damage; then looks from what such cuts have left, cut likewise.
#   tests/cuts/cuts_faults.sh         everything; the last line says how many
#   tests/cuts/cuts_faults.sh NAME..  only these looks, and nothing compound
[ ! -w /dev/shm ] || export TMPDIR=${TMPDIR:-/dev/shm}
. "$(dirname "$0")/../flow/lib.sh"
. tests/cuts/lib.sh
readonly SEEDS=${SEEDS:-40} AGAIN_SEEDS=2 AGAIN_EVERY=9
damages=(lost names torn mixed garbage)

# Cuts these looks, two at a time; what each found goes to $CUT/NAME.said.
cut_all() { # cut_all SEEDS NAME..
	local seeds=$1 name
	shift
	mkdir -p "$CUT"
	for name in "$@"; do
		while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
		cut_power "$name" 1 "$seeds" > "$CUT/$name.said" 2>&1 &
	done
	wait
}

# Looks from what was left by every ninth point, each time by another damage.
record_compound() {
	local name points point n=0
	for name in "${scenarios[@]}"; do
		points=$(sed -n 's/.*: \([0-9]*\) operations.*/\1/p' "$CUT/$name.said")
		for ((point = AGAIN_EVERY; point <= points; point += AGAIN_EVERY)); do
			n=$((n + 1))
			record_again "$name" "$name-again-$point" "$point" "${damages[n % 5]}" "$n" || return 1
			compound+=("$name-again-$point")
		done
	done
}

# tell NAME..: what is wrong, and the numbers of all.
tell() {
	local name
	for name in "$@"; do
		grep '^#' "$CUT/$name.said"
		tail -n 1 "$CUT/$name.said" | grep -E ': [0-9]+ operations, ' ||
			echo "$name: was not judged: 0 states, 1 failed ($(tail -n 1 "$CUT/$name.said"))"
	done
}

compound=()
record_all || { echo "power cuts: 0 passed, 1 failed"; exit 1; }
[ $# -eq 0 ] || scenarios=("$@")
cut_all "$SEEDS" "${scenarios[@]}"
if [ $# -eq 0 ]; then
	record_compound || echo "compound: was not recorded: 0 states, 1 failed" > "$WORK/lost"
	cut_all $AGAIN_SEEDS "${compound[@]}"
fi
{ tell "${scenarios[@]}" "${compound[@]}"; cat "$WORK/lost" 2> /dev/null; } > "$WORK/all"
grep -v -e '-again-[0-9]*:.* 0 failed$' "$WORK/all" # a line for each of the first, and for what is wrong
awk -v compound="${#compound[@]}" '{for (i = 2; i <= NF; i++) {if ($i ~ /^states/) states += $(i - 1); if ($i ~ /^failed/) bad += $(i - 1)}}
	END {printf "power cuts: %d passed, %d failed (%d looks from what a cut has left; with none failed, under %.3f %% at 95 %%)\n",
		states - bad, bad, compound, 300 / states; exit bad > 0 || states == 0}' <(grep -v '^#' "$WORK/all")
