#!/bin/bash
# Every call that can fail, one after another, until the work is done in spite of it: see
# lib.sh. Of memory, which is asked for ten thousand times, every so manieth. A family of
# `make faults`. TAP.
. "$(dirname "$0")/lib.sh"
make_town && make_expected
result $? "a feed, and what its pages look like" "$(cat "$WORK/err")"

every() { seq 1 "$1" 99999; } # every N: numbers of calls, up to more than there are

for from in none one; do
	while read -r call with on step; do
		# shellcheck disable=SC2046 # numbers
		sweep $from "$call" "$with" "${on#-}" $(every "${step:-1}")
	done <<- EOT
		open EIO -
		open EMFILE on 3
		read EIO -
		read short -
		write EIO -
		write ENOSPC on 2
		write short - 2
		write EINTR - 3
		sync EIO -
		sync EIO on 3
		rename EIO -
		truncate EIO -
		mkdir EROFS on
		lock EIO - 3
		process EMFILE -
		memory ENOMEM - 401
		memory ENOMEM on 797
	EOT
done
sweep one unlink EIO "" 1
while read -r call with on step; do
	# shellcheck disable=SC2046
	sweep_pages "$call" "$with" "${on#-}" $(every "${step:-1}")
done <<- EOT
	open EIO -
	open EMFILE on
	read EIO -
	read EIO on
	read short -
	read EINTR -
	mkdir EROFS -
	lock EIO - 3
	memory ENOMEM - 1801
	memory ENOMEM on 2801
EOT
finish
