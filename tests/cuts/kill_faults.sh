#!/bin/bash
# Power cuts, layer two: KILLS (default 3000) kills by SEED (default 1). The last line says how
# many of them left a sound folder.
[ ! -w /dev/shm ] || export TMPDIR=${TMPDIR:-/dev/shm}
. "$(dirname "$0")/../flow/lib.sh"
. tests/cuts/lib.sh
make_heads 20 || { echo "kills: 0 passed, 1 failed"; exit 1; }
kill_both "${KILLS:-3000}" "${SEED:-1}" > "$WORK/said"
grep '^#' "$WORK/said"
said=$(tail -n 1 "$WORK/said") kills=1 bad=1
[[ $said =~ ^([0-9]+)\ kills.*:\ ([0-9]+)\ failed$ ]] && kills=${BASH_REMATCH[1]} bad=${BASH_REMATCH[2]}
echo "$said"
echo "kills: $((kills - bad)) passed, $bad failed (with none failed, under $(awk "BEGIN {printf \"%.3f\", 300 / ($kills + 0.001)}") % at 95 %)"
[ "$bad" -eq 0 ] && [ "$kills" -gt 0 ]
