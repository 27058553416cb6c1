#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Edits and kills: office_kill_test.py, ROUNDS (4) of them. TAP; O is where the programs are.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 tests/flow/office_kill_test.py "${O:-build}" "$dir" "${ROUNDS:-4}" "${SEED:-1}"
