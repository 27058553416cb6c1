#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# The hub on a socket that somebody else keeps (sd_listen_fds(3)): nobody is refused while
# it is started anew. TAP.
. "$(dirname "$0")/lib.sh"

# Opens a socket and hands it to the command as systemd does: a line on standard input starts it,
# the next one ends it. Prints the port first, then how each run ended.
cat > "$WORK/keeper.py" <<'EOT'
import os, signal, socket, sys
kind = socket.SOCK_DGRAM if sys.argv[1] == "datagram" else socket.SOCK_STREAM
s = socket.socket(socket.AF_INET6 if sys.argv[1] == "six" else socket.AF_INET, kind)
s.bind(("::1" if sys.argv[1] == "six" else "127.0.0.1", 0))
if kind == socket.SOCK_STREAM:
    s.listen(64)
print(s.getsockname()[1], flush=True)
while sys.stdin.readline():
    pid = os.fork()
    if pid == 0:
        os.dup2(s.fileno(), 3)
        os.set_inheritable(3, True)  # it may have been 3 already
        os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
        os.execv(sys.argv[2], sys.argv[2:])
    if sys.stdin.readline():
        os.kill(pid, signal.SIGTERM)
    print("ended", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
EOT

keep() { # keep KIND COMMAND..: sets PORT and LOG; orders are written to fd 9
	LOG=$WORK/$1
	mkfifo "$LOG.orders"
	: > "$LOG"
	/usr/bin/python3 "$WORK/keeper.py" "$@" < "$LOG.orders" > "$LOG" 2> "$LOG.err" &
	started+=($!)
	exec 9> "$LOG.orders"
	wait_until 10 grep -q . "$LOG"
	PORT=$(head -n 1 "$LOG")
}

ask() { # ask OUT [ADDRESS]: in the background
	curl -s --max-time 20 -o /dev/null -w '%{http_code}' "http://${2:-127.0.0.1}:$PORT/feed/head.json" > "$1" &
	started+=($!)
}

says() { # says FILE TEXT
	[ "$(cat "$1")" = "$2" ]
}

make_feed "$WORK/feed"
HUB=("$O/fangzi-hub" serve --feed "$WORK/feed")

keep four "${HUB[@]}"
ask "$WORK/early"
echo start >&9
wait_until 10 says "$WORK/early" 200
result $? "who came before the hub ran is answered once it does" "$(cat "$WORK/early" "$LOG.err")"
wait_until 10 grep -q "on port $PORT " "$LOG"
result $? "it tells the port that it was given" "$(cat "$LOG")"
echo stop >&9
wait_until 10 grep -qx 'ended 0' "$LOG"
result $? "asked to end it ends, with 0" "$(cat "$LOG")"
ask "$WORK/between"
echo start >&9
wait_until 10 says "$WORK/between" 200
result $? "who comes while there is none is answered by the next" "$(cat "$WORK/between" "$LOG.err")"
echo stop >&9
exec 9>&-

if [ -e /proc/net/if_inet6 ] && grep -q '^0*1 ' /proc/net/if_inet6; then
	keep six "${HUB[@]}"
	ask "$WORK/by_six" '[::1]'
	echo start >&9
	wait_until 10 says "$WORK/by_six" 200
	result $? "the same by IPv6" "$(cat "$WORK/by_six" "$LOG.err")"
	echo stop >&9
	exec 9>&-
else
	ok "the same by IPv6 # SKIP not here"
fi

keep datagram "${HUB[@]}"
echo start >&9
exec 9>&-
wait_until 10 grep -q ended "$LOG"
grep -qx 'ended 2' "$LOG" && grep -q -- '--listen is needed' "$LOG.err"
result $? "a socket that takes no connections is none" "$(cat "$LOG" "$LOG.err")"

if command -v systemd-socket-activate > /dev/null; then
	PORT=$(/usr/bin/python3 -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
	: > "$WORK/activate.log.err"
	start "$WORK/activate.log" systemd-socket-activate -l "127.0.0.1:$PORT" "${HUB[@]}"
	wait_until 10 grep -q Listening "$WORK/activate.log.err"
	ask "$WORK/activated"
	wait_until 10 says "$WORK/activated" 200
	result $? "systemd-socket-activate starts it when somebody comes" "$(cat "$WORK/activate.log.err")"
else
	ok "systemd-socket-activate starts it # SKIP not here"
fi
finish
