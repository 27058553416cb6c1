#!/bin/bash
# fangzi-sync against a server that misbehaves: each behaviour of tests/hostile/ once. It ends within its
# deadline, with the exit code and the one line that are right; what was kept stays; its memory and its files
# stay bounded; and when the server behaves again, the next look heals. TAP: a line a behaviour.
#   tests/hostile/hostile_test.sh           all, once, by plain HTTP and the TLS cases
#   tests/hostile/hostile_test.sh NAME..    only these
. "$(dirname "$0")/../flow/lib.sh"
. tests/hostile/lib.sh

make_world
result $? "a feed and a screen that has version 2 can be made" "$(cat "$WORK/err")"
if [ $# -gt 0 ]; then names=("$@"); else mapfile -t names < <("$O/tests/hostile/hostile" --list | cut -d'|' -f1); fi
run_all "${names[@]}"
is "every behaviour stands in the table, and nothing else does" \
	"$("$O/tests/hostile/hostile" --list | cut -d'|' -f1 | sort)" "$(sed '/^#/d;s/^!//;s/|.*//' tests/hostile/expected.txt | sort)"
finish
