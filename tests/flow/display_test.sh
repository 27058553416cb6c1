#!/bin/bash
# The display of a running screen: its window resized, also to next to nothing; the server
# gone, and back. TAP.
. "$(dirname "$0")/lib.sh"
unset SDL_VIDEODRIVER WAYLAND_DISPLAY

start_display() { # start_display [NUMBER]: sets SERVER and DISPLAY
	rm -f "$WORK/number"
	start "$WORK/xvfb.log" Xvfb ${1:+":$1"} -displayfd 5 -screen 0 1280x720x24 -nolisten tcp 5> "$WORK/number"
	SERVER=$PID
	wait_until 60 test -s "$WORK/number" && export DISPLAY=":$(cat "$WORK/number")"
}

start_screen() {
	rm -f "$WORK/frames"
	start "$WORK/kiosk.log" "$O/fangzi-kiosk" --no-sync --trust "$WORK/feed/trust/1.json" --state "$WORK/state" \
		--windowed --size 640x360 --present surface --frame-log "$WORK/frames"
	SCREEN=$PID
}

frames() { local n; n=$(grep -sc . "$WORK/frames"); echo "${n:-0}"; }
has_more_than() { [ "$(frames)" -gt "$1" ]; }

resize() { # resize WxH..: the one window of the display's root, from size to size
	/usr/bin/python3 - "$@" <<'EOT'
import ctypes, sys
x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
x.XDefaultRootWindow.restype = ctypes.c_ulong
display = ctypes.c_void_p(x.XOpenDisplay(None))
root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
children = ctypes.POINTER(ctypes.c_ulong)()
x.XQueryTree(display, ctypes.c_ulong(x.XDefaultRootWindow(display)), ctypes.byref(root), ctypes.byref(parent),
             ctypes.byref(children), ctypes.byref(count))
for size in sys.argv[1:]:
    width, height = map(int, size.split("x"))
    for i in range(count.value):
        x.XResizeWindow(display, ctypes.c_ulong(children[i]), width, height)
    x.XSync(display, 0)
x.XCloseDisplay(display)
EOT
}


make_feed "$WORK/feed" && sed -i 's/"kind": "notices",/& "dwell_s": 60,/' "$WORK/content.json" &&
	publish "$WORK/feed" 2 "$WORK/content.json" && make_head "$WORK/feed" &&
	"$O/fangzi-sync" --once --feed "file://$WORK/feed" --trust "$WORK/feed/trust/1.json" --state "$WORK/state" \
		--kiosk /bin/true 2> "$WORK/err"
result $? "a feed that is kept" "$(cat "$WORK/err")"

start_display
result $? "a display" "$(cat "$WORK/xvfb.log.err")"
NUMBER=${DISPLAY#:}
start_screen
wait_until 60 has_more_than 1
result $? "a screen in a window shows" "$(cat "$WORK/kiosk.log.err")"
for size in 1280x720 360x640 1x1 1280x2 3000x20 640x360; do
	before=$(frames)
	resize "$size"
	wait_until 60 has_more_than "$((before + 1))" && ! gone "$SCREEN"
	result $? "resized to $size it shows on" "$(cat "$WORK/kiosk.log.err")"
done
# shellcheck disable=SC2046 # words
resize $(for ((i = 1; i < 200; i++)); do echo $((200 + i * 37 % 800))x$((100 + i * 53 % 600)); done) 640x360
wait_until 60 has_more_than "$(($(frames) + 1))" && ! gone "$SCREEN"
result $? "resized two hundred times in a row it shows on" "$(cat "$WORK/kiosk.log.err")"

kill -KILL "$SERVER"
wait_until 10 gone "$SCREEN"
result $? "the display's server gone, the screen ends"
gone "$SCREEN" || kill "$SCREEN"
wait "$SCREEN"
code=$?
[ "$code" -ne 0 ] && [ "$code" -lt 128 ]
result $? "with a failure, so that it is started again, and not with a crash" "exit $code"
start_screen
wait_until 10 gone "$SCREEN" || kill "$SCREEN"
wait "$SCREEN"
is "without a display it says so and ends" "$? $(grep -c 'no display' "$WORK/kiosk.log.err")" "1 1"
start_display "$NUMBER"
began=$SECONDS
start_screen
wait_until 10 has_more_than 0 && [ $((SECONDS - began)) -le 10 ]
result $? "the server back, there is a picture within 10 s" "$(cat "$WORK/kiosk.log.err")"
kill "$SCREEN"
wait "$SCREEN"
is "and it ends as it is asked to" $? 0

# A full screen: as large as the display where nobody manages windows, asked for where somebody does.
window() { xwininfo -root -tree 2> /dev/null | sed -n 's/^ *\(0x[0-9a-f]*\) "Fangzi Kiosk".*/\1/p'; }
say_managed() { # as a window manager does that is there; it only tells what it is asked for
	exec /usr/bin/python3 - <<'EOT'
import ctypes
x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
x.XDefaultRootWindow.restype = x.XCreateSimpleWindow.restype = x.XInternAtom.restype = ctypes.c_ulong
display = ctypes.c_void_p(x.XOpenDisplay(None))
root = ctypes.c_ulong(x.XDefaultRootWindow(display))
own = ctypes.c_ulong(x.XCreateSimpleWindow(display, root, 0, 0, 1, 1, 0, ctypes.c_ulong(0), ctypes.c_ulong(0)))
name = ctypes.c_ulong(x.XInternAtom(display, b"_NET_SUPPORTING_WM_CHECK", 0))
for window in root, own:
    x.XChangeProperty(display, window, name, ctypes.c_ulong(33), 32, 0, ctypes.byref(own), 1)  # XA_WINDOW
x.XSelectInput(display, root, ctypes.c_long(1 << 19))  # SubstructureNotifyMask
x.XSync(display, 0)
x.XGetAtomName.restype = ctypes.c_char_p
event = (ctypes.c_long * 24)()
print("there", flush=True)
while True:
    x.XNextEvent(display, event)
    if event[0] & 0xff == 33:  # ClientMessage: its type, and of _NET_WM_STATE the first state
        for atom in event[5], event[8]:
            print(x.XGetAtomName(display, ctypes.c_ulong(atom)).decode(), flush=True)
EOT
}
start_full() {
	rm -f "$WORK/frames"
	start "$WORK/kiosk.log" "$O/fangzi-kiosk" --no-sync --trust "$WORK/feed/trust/1.json" --state "$WORK/state" \
		--present surface --frame-log "$WORK/frames"
	SCREEN=$PID
	wait_until 60 has_more_than 0
}
start_full
is "in full screen it covers the display" \
	"$(xwininfo -id "$(window)" | sed -n 's/^ *-geometry //p')" "1280x720+0+0"
kill "$SCREEN"
wait "$SCREEN"
start "$WORK/manager.log" say_managed
wait_until 10 grep -q . "$WORK/manager.log"
start_full
wait_until 10 grep -qx _NET_WM_STATE_FULLSCREEN "$WORK/manager.log"
result $? "where windows are managed it asks for that" "$(cat "$WORK/manager.log")"
kill "$SCREEN"
wait "$SCREEN"

# An alert that stands there stays, whatever becomes of the window.
alerts() { local n; n=$(grep -sc ' alert$' "$WORK/frames"); echo "${n:-0}"; }
more_alerts_than() { [ "$(alerts)" -gt "$1" ]; }
sed -i 's/"alerts": \[\]/"alerts": [{"id": "leave", "status": "actual", "level": "red", "title": "请撤离", "text": "请到东广场集合", "publisher": "示例单位"}]/' "$WORK/content.json" &&
	publish "$WORK/feed" 3 "$WORK/content.json" && make_head "$WORK/feed" --alert leave &&
	"$O/fangzi-sync" --once --feed "file://$WORK/feed" --trust "$WORK/feed/trust/1.json" --state "$WORK/state" \
		--kiosk /bin/true 2> "$WORK/err"
result $? "an alert is raised" "$(cat "$WORK/err")"
start_screen
wait_until 60 more_alerts_than 0
result $? "and stands there" "$(cat "$WORK/kiosk.log.err")"
for size in 1280x720 640x360; do
	before=$(alerts)
	resize $size
	wait_until 60 more_alerts_than "$before"
	result $? "at $size it is painted again" "$(cat "$WORK/frames")"
	is "and nothing else" "$(tail -n 1 "$WORK/frames" | cut -d' ' -f2)" alert
done
kill "$SCREEN"
wait "$SCREEN"
finish
