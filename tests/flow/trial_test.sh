#!/bin/bash
# A version whose trial goes wrong in every way that a program can: it is refused with a reason, or it does
# not matter; what is shown stays, nothing is left running, fangzi-sync's memory stays small, and a screen
# that runs never notices.
. "$(dirname "$0")/lib.sh"

readonly FEED=$WORK/feed KEPT=$WORK/kept STATE=$WORK/state TRIAL_S=3
export MARK=$WORK/mark ASAN_OPTIONS=${ASAN_OPTIONS:-}:quarantine_size_mb=1

# stand_in NAME: a program in the kiosk's place; its lines come on standard input.
stand_in() {
	{ echo '#!/bin/bash' && cat; } > "$WORK/$1" && chmod +x "$WORK/$1"
}

# try CODE SECONDS PATTERN WHAT: version 2, tried by what stands on standard input.
try() {
	local code ms rss
	stand_in kiosk
	rm -rf "$STATE" "$MARK" && cp -r "$KEPT" "$STATE"
	"$O/tests/measure" "$WORK/spent" "$O/fangzi-sync" --once --feed "file://$FEED" --trust "$FEED/trust/1.json" \
		--state "$STATE" --kiosk "$WORK/kiosk" --trial-s $TRIAL_S > "$WORK/out" 2> "$WORK/err"
	read -r code ms rss < "$WORK/spent"
	told "$1" "$3" "$4" "$code"
	[ "$ms" -le $(($2 * 1000)) ]
	result $? "$4: within $2 s" "took $ms ms"
	if [ "$1" -ne 0 ]; then
		is "$4: what is shown stays" "$("$O/fangzi-sync" status --state "$STATE" | grep ^version=)" version=1
		"$O/fangzi-sync" status --state "$STATE" > "$WORK/status"
		iconv -f UTF-8 "$WORK/status" > "$WORK/iconv" && ! LC_ALL=C grep -q '[[:cntrl:]]' "$WORK/status"
		result $? "$4: the reason is text" "$("$O/fangzi-sync" status --state "$STATE" | cat -v | cut -c1-300)"
	fi
}

nothing_left() { # nothing_left WHAT: who wrote its pid to the mark is gone
	local pid left=
	while read -r pid; do
		wait_until 5 gone "$pid" || { left+=" $pid" && kill -KILL "$pid"; }
	done < "$MARK"
	[ -s "$MARK" ] && [ -z "$left" ]
	result $? "$1: nothing is left running" "left:$left"
}

tries() {
	try 4 2 'version 2 refused: trial: died of signal 6$' "aborts" <<< 'kill -ABRT $$'
	try 4 2 'version 2 refused: trial: died of signal 11$' "breaks" <<< 'kill -SEGV $$'
	try 4 2 'version 2 refused: trial: said nothing$' "fails in silence" <<< 'exit 1'
	try 4 2 'version 2 refused: trial: said nothing$' "says empty lines" <<< 'printf "\n\n\n" >&2; exit 1'
	try 4 $((TRIAL_S + 2)) "version 2 refused: trial: not done after $TRIAL_S s" "hangs" <<< 'exec sleep 1000'
	try 4 $((TRIAL_S + 2)) "version 2 refused: trial: not done after $TRIAL_S s" "hangs, and cannot be asked to end" \
		<<< 'trap "" TERM INT HUP; while :; do read -rt 1000 < <(:) || :; done'
	try 4 $((TRIAL_S + 2)) "version 2 refused: trial: not done after $TRIAL_S s" "hangs without a voice" \
		<<< 'echo $$ > "$MARK"; exec 2>&-; exec sleep 1000'
	nothing_left "hangs without a voice"
	try 4 $((TRIAL_S + 2)) "version 2 refused: trial: not done after $TRIAL_S s" "says something for ever" \
		<<< 'while :; do echo still busy >&2; done'
	try 7 2 '^<3>sync: trial: no disk$' "cannot read its files" <<< 'echo "<3>kiosk: no disk" >&2; exit 3'
	is "cannot read its files: that is not the version's fault" \
		"$("$O/fangzi-sync" status --state "$STATE" | grep ^refused_version=)" refused_version=
	try 4 20 'version 2 refused: trial: ' "eats memory" <<< 'a=x; while :; do a=$a$a; done; exit 1'
	try 4 2 'version 2 refused: trial: the end$' "says a megabyte, and then why" \
		<<< 'head -c 1000000 /dev/zero | tr "\0" "x" >&2; printf "\n<3>kiosk: the end\n" >&2; exit 1'
	try 4 2 'version 2 refused: trial: x{300,400}' "says a megabyte in one line" \
		<<< 'head -c 1000000 /dev/zero | tr "\0" "x" >&2; exit 1'
	try 4 2 'version 2 refused: trial: ' "says noise" <<< 'head -c 5000 /dev/urandom >&2; exit 1'
	try 4 2 'version 2 refused: trial: .*red' "says escapes" <<< 'printf "\e[31mred\e[0m\r\x9b31m" >&2; exit 1'
	try 4 2 'version 2 refused: trial: a.*b' "says NULs" <<< 'printf "a\0b" >&2; exit 1'
	try 4 2 'version 2 refused: trial: ' "says bytes cut in a character" <<< 'printf "坊\xe5\x9d" >&2; exit 1'
	try 4 2 'version 2 refused: trial: grandchild' "leaves a grandchild that holds its voice, and fails" \
		<<< '{ echo $BASHPID > "$MARK"; exec sleep 1000; } & echo grandchild >&2; until [ -s "$MARK" ]; do :; done; exit 1'
	nothing_left "leaves a grandchild that holds its voice, and fails"
	try 0 2 'version 2 taken' "leaves a grandchild that holds its voice, and is well" \
		<<< '{ echo $BASHPID > "$MARK"; exec sleep 1000; } & until [ -s "$MARK" ]; do :; done; exit 0'
	nothing_left "leaves a grandchild that holds its voice, and is well"
	try 4 2 'version 2 refused: trial: ' "leaves one in a session of its own" \
		<<< 'setsid bash -c "echo \$\$ > \"$MARK\"; exec sleep 1000" & until [ -s "$MARK" ]; do :; done; echo no >&2; exit 1'
	nothing_left "leaves one in a session of its own"
	try 4 20 'version 2 refused: trial: ' "forks without end" \
		<<< 'echo $$ >> "$MARK"; for ((i = 0; i < 200; i++)); do sleep 1000 & echo $! >> "$MARK"; done; exit 1'
	nothing_left "forks without end"
	try 4 2 'version 2 refused: trial: .*denied|version 2 refused: trial: .*File too large' "writes a large file" \
		<<< 'head -c 10000000 /dev/zero > "$MARK.large" || exit 1; exit 0'
	[ "$(stat -c %s "$MARK.large" 2> /dev/null || echo 0)" -le 1048576 ]
	result $? "writes a large file: it stays small"
}

# The real one, and the sandbox that it is in.
try_real() {
	rm -rf "$STATE" && cp -r "$KEPT" "$STATE"
	"$O/fangzi-sync" --once --feed "file://$FEED" --trust "$FEED/trust/1.json" --state "$STATE" > "$WORK/out" 2> "$WORK/err"
	told 0 'version 2 taken' "the real kiosk takes it" $?
}

export SDL_VIDEODRIVER=offscreen
seccomp_of() { sed -n 's/^Seccomp:\s*//p' "/proc/$1/status"; }
is_filtered() { [ "$(seccomp_of "$1")" = "$2" ]; }
shows() { grep -q " page$" "$WORK/frames"; }

try_screens() {
	start "$WORK/kiosk.log" "$O/fangzi-kiosk" --trust "$FEED/trust/1.json" --state "$KEPT" --no-sync \
		--size 640x360 --frame-log "$WORK/frames"
	wait_until 20 shows
	result $? "a screen without a fangzi-sync of its own shows" "$(cat "$WORK/kiosk.log.err")"
	is_filtered "$PID" 2
	result $? "and is in its sandbox"
	for task in "/proc/$PID/task"/*; do
		[ "$(sed -n 's/^Seccomp:\s*//p' "$task/status")" = 2 ] || bad_task=$task
	done
	is "with every thread" "${bad_task:-}" ""
	stop_all
	rm "$WORK/frames"
	start "$WORK/kiosk.log" "$O/fangzi-kiosk" --feed "file://$FEED" --trust "$FEED/trust/1.json" --state "$WORK/own" \
		--size 640x360 --frame-log "$WORK/frames"
	wait_until 20 shows
	result $? "a screen with one shows" "$(cat "$WORK/kiosk.log.err")"
	is_filtered "$PID" "$(seccomp_of $$)"
	result $? "and is not, for its child needs the network"
	stop_all
}

make_feed "$FEED" && "$O/fangzi-sync" --once --feed "file://$FEED" --trust "$FEED/trust/1.json" --state "$KEPT" \
	--kiosk /bin/true 2> "$WORK/err" && make_content "$WORK/two.json" 二 && publish "$FEED" 2 "$WORK/two.json" && make_head "$FEED"
result $? "a feed with version 2 and a screen with version 1 can be made" "$(cat "$WORK/err")"
tries
try_real
try_screens
finish
