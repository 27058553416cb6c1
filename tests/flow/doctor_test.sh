#!/bin/bash
# fangzi-kiosk doctor on a box that is well, and with each thing broken in turn: what is wrong is said, in
# both languages, and nothing else is.
. "$(dirname "$0")/lib.sh"
export SDL_VIDEODRIVER=offscreen
AT=2026-06-28T10:24:00+08:00
ROOT=$WORK/root STATE=$WORK/state
unset RUNTIME_DIRECTORY

make_keys && make_trust "$WORK/feed" --at $AT && make_content "$WORK/content.json"
publish "$WORK/feed" 1 "$WORK/content.json" --at $AT && make_head "$WORK/feed" --at $AT
pin=sha256:$(sha256sum "$WORK/feed/trust/1.json" | cut -d' ' -f1)
mkdir -p "$ROOT/sys/class/drm/card0-HDMI-A-1" "$ROOT/sys/class/drm/card0-HDMI-A-2" "$ROOT/sys/class/thermal/thermal_zone0" \
	"$ROOT/sys/devices/platform/soc/soc:firmware" "$ROOT/sys/block/mmcblk0/device" "$ROOT/sys/fs/ext4/mmcblk0p2"
make_well() {
	echo connected > "$ROOT/sys/class/drm/card0-HDMI-A-1/status"
	echo disconnected > "$ROOT/sys/class/drm/card0-HDMI-A-2/status"
	echo 51000 > "$ROOT/sys/class/thermal/thermal_zone0/temp"
	echo 0 > "$ROOT/sys/devices/platform/soc/soc:firmware/get_throttled"
	echo 0x01 0x02 > "$ROOT/sys/block/mmcblk0/device/life_time"
	echo 0 > "$ROOT/sys/fs/ext4/mmcblk0p2/errors_count"
	printf 'trust = "%s"\nstate = "%s"\n' "$pin" "$STATE" > "$WORK/kiosk.conf"
}
make_well
start "$WORK/sync.log" "$O/fangzi-sync" --feed "file://$WORK/feed/" --trust "$pin" --state "$STATE" --at $AT
SYNC=$PID
wait_until 30 test -s "$STATE/sync.status"
start "$WORK/kiosk.log" env RUNTIME_DIRECTORY="$STATE" "$O/fangzi-kiosk" --config "$WORK/kiosk.conf" --no-sync --size 640x360 --look-s 1 --at $AT
SCREEN=$PID
wait_until 20 grep -q '^display=ok' "$STATE/kiosk.status" || cat "$WORK/kiosk.log.err" >&2

doctor() { # doctor OPTION..: sets STATUS; $WORK/out
	"$O/fangzi-kiosk" doctor --config "$WORK/kiosk.conf" --root "$ROOT" --at $AT "$@" > "$WORK/out" 2> "$WORK/err"
	STATUS=$?
}
wrong() { grep -oP '^WRONG  \K[a-z]+' "$WORK/out" | tr '\n' ' '; }
is_ill() { # is_ill WHAT CHECK ZH EN OPTION..: that alone is wrong
	local what=$1 name=$2 zh=$3 en=$4
	shift 4
	doctor "$@"
	[ "$STATUS" -eq 1 ] && [ "$(wrong)" = "$name " ] && grep -q "^异常 .*$zh" "$WORK/out" && grep -q "^WRONG  $name: .*$en" "$WORK/out"
	result $? "$what" "exit $STATUS; wrong: $(wrong)" "$(cat "$WORK/out" "$WORK/err")"
	make_well
}

doctor
is "a box that is well" "$STATUS $(wrong)" "0 "
is "is told so of twelve things, in two languages" "$(grep -c '^正常' "$WORK/out") $(grep -c '^ok' "$WORK/out")" "12 12"
[ ! -s "$WORK/err" ]
result $? "and there is no error"
doctor --lang zh
is "in Chinese alone" "$(grep -c '^正常' "$WORK/out") $(wc -l < "$WORK/out")" "12 12"
doctor --lang en
is "in English alone" "$(grep -c '^ok' "$WORK/out") $(wc -l < "$WORK/out")" "12 12"

echo "scren = x" >> "$WORK/kiosk.conf"
doctor
is "settings that are wrong: told, and the rest is looked at" "$STATUS $(grep -c . "$WORK/out") $(grep -c "scren" "$WORK/out")" "1 24 2"
make_well
echo 'setup = {"设置文件有误", "文件：x", "第 3 行：y"}' >> "$WORK/kiosk.conf"
is_ill "nobody has set it up" settings "第 3 行" "not set up"
is_ill "no font" fonts fonts-noto-cjk "none.ttf" --font-regular "$WORK/none.ttf"
is_ill "a font without Han" fonts 缺字 "lack characters" \
	--font-regular /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf --font-bold /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf
echo disconnected > "$ROOT/sys/class/drm/card0-HDMI-A-1/status"
is_ill "no display" display 没有接通显示器 "no display is connected"
echo 0x50000 > "$ROOT/sys/devices/platform/soc/soc:firmware/get_throttled"
is_ill "too little voltage at some time" power 电源 "since it started"
echo 0x50005 > "$ROOT/sys/devices/platform/soc/soc:firmware/get_throttled"
is_ill "and now" power 电压不足 "too little voltage"
echo 85000 > "$ROOT/sys/class/thermal/thermal_zone0/temp"
is_ill "too hot" heat 过热 "85 °C"
echo 0x02 0x0a > "$ROOT/sys/block/mmcblk0/device/life_time"
is_ill "a worn card" card 寿命将尽 "100 %"
echo 7 > "$ROOT/sys/fs/ext4/mmcblk0p2/errors_count"
is_ill "a disk with errors" card 磁盘出过错 "errors.* (7)"
doctor --at 2001-01-01T00:00:00Z
is "a clock that is not to be believed" "$STATUS $(wrong)" "1 clock "
is_ill "another trust document than the fingerprint's" trust 没有可信的信任文件 "another\|was set up with" \
	--trust "sha256:$(printf '%064d' 0)"

# A screen that hangs looks at nothing any more, and says nothing.
cp "$STATE/kiosk.status" "$WORK/kiosk.status"
kill "$SCREEN" && wait_until 5 gone "$SCREEN"
sed -i 's/^looked=.*/looked=2026-06-28T00:00:00Z/' "$STATE/kiosk.status"
is_ill "a screen that looks at nothing any more" display 早已停止更新 "restart fangzi-kiosk"
sed -i 's/^display=.*/display=black/' "$WORK/kiosk.status"
cp "$WORK/kiosk.status" "$STATE/kiosk.status"
is_ill "a display that is black" display 不是应有的画面 "(black)"
sed -i 's/^display=.*/display=ok/' "$WORK/kiosk.status"
rm "$STATE/kiosk.status"
is_ill "a screen that never began" display 还没有显示过画面 "nothing was shown"
cp "$WORK/kiosk.status" "$STATE/kiosk.status"

# fangzi-sync's own words.
cp "$STATE/sync.status" "$WORK/sync.status"
sed -i 's/^online=.*/online=no/; s/^last_error=.*/last_error=head.json: Could not resolve host/' "$STATE/sync.status"
is_ill "no network" network 连不上 "Could not resolve"
sed -i 's/^online=.*/online=yes/; s/^last_error=.*/last_error=head: rollback/' "$STATE/sync.status"
is_ill "a feed that does not hold" network 没有通过检查 "rollback"
rm "$STATE/sync.status"
is_ill "a feed that was never asked" network 还没有连过 "not asked yet"
cp "$WORK/sync.status" "$STATE/sync.status"
kill "$SYNC" && wait_until 5 gone "$SYNC"
is_ill "fangzi-sync does not run" network "没有运行" "does not run"

# Disks, in a namespace of their own.
if unshare -m true 2> /dev/null; then
	on_disk() { # on_disk MOUNT-OPTIONS: a copy of the state on a small disk
		unshare -m bash -c "mkdir -p '$WORK/disk' && mount -t tmpfs -o size=32m none '$WORK/disk' && cp -r '$STATE/.' '$WORK/disk' &&
			mount -o remount,$1 '$WORK/disk' && '$O/fangzi-kiosk' doctor --config '$WORK/kiosk.conf' --state '$WORK/disk' \
			--root '$ROOT' --at $AT" > "$WORK/out" 2> "$WORK/err"
	}
	on_disk rw
	is "a disk that is nearly full" "$(wrong)" "network space "
	on_disk ro
	is "one that can only be read" "$(wrong)" "network folder space "
else
	ok "disks are tried where they can be mounted # SKIP"
fi
doctor --state "$WORK/none"
grep -q '^WRONG  folder: the state folder is not there' "$WORK/out"
result $? "a state folder that is not there"
mkdir "$WORK/empty"
doctor --state "$WORK/empty"
is "one with nothing in it" "$(wrong)" "display network trust content "
finish
