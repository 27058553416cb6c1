#!/bin/bash
# A screen without a desktop and without a display: it waits, says so once, and is not taken for
# one that hangs. What it does with a display is seen by `make vm-check`. TAP.
. "$(dirname "$0")/lib.sh"
unset SDL_VIDEODRIVER DISPLAY WAYLAND_DISPLAY
if grep -qsx connected /sys/class/drm/card*-*/status; then # it would be taken
	ok "a display is connected to this machine # SKIP"
	finish
fi

listen() { # listen SOCKET: what is said to a service manager, a message a line
	exec /usr/bin/python3 -c 'import socket, sys
line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
line.bind(sys.argv[1])
while True:
    print(line.recv(4096).decode().replace("\n", " "), flush=True)' "$1"
}
says_often() { [ "$(grep -c WATCHDOG=1 "$WORK/said")" -ge 3 ]; }

start "$WORK/said" listen "$WORK/notify"
wait_until 10 test -S "$WORK/notify"
export NOTIFY_SOCKET=$WORK/notify
start "$WORK/kiosk.log" "$O/fangzi-kiosk" --no-sync
SCREEN=$PID
wait_until 10 says_often && ! gone "$SCREEN"
result $? "without a display it waits, and says that it lives" "$(cat "$WORK/said" "$WORK/kiosk.log.err")"
is "it is ready first" "$(head -n 1 "$WORK/said")" "READY=1 WATCHDOG=1 STATUS=waiting for a display"
is "it logs so once" "$(grep -c 'no display is connected: waiting for it' "$WORK/kiosk.log.err")" 1
kill "$SCREEN"
wait "$SCREEN"
is "and it ends as it is asked to" $? 0

"$O/fangzi-kiosk" --probe > "$WORK/out" 2> "$WORK/err"
told 1 'no display is connected' "--probe says so, and fails" $?
is "--probe names what is taken" "$(tail -n 1 "$WORK/out")" "taken: none: no display is connected"
XDG_RUNTIME_DIR=$WORK "$O/fangzi-kiosk" --no-sync --windowed 2> "$WORK/err"
told 1 'no display' "a window is not waited for" $?
finish
