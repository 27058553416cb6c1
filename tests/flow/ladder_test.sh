#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# What fangzi-ladder does when fangzi-kiosk does not hold, with a systemctl that only writes
# down what it was asked. The units themselves are looked at by install_test.sh.
. "$(dirname "$0")/lib.sh"

export STATE_DIRECTORY=$WORK/state UPGRADE=$WORK/upgrade RUNTIME=$WORK/run UPTIME=$WORK/uptime PATH=$WORK/bin:$PATH
mkdir -p "$STATE_DIRECTORY" "$UPGRADE" "$RUNTIME" "$WORK/bin"
cat > "$WORK/bin/systemctl" << 'END'
#!/bin/sh
echo "$*" >> "$ASKED"
[ "$*" != "$FAILS" ]
END
chmod +x "$WORK/bin/systemctl"
export ASKED=$WORK/asked FAILS=
DROP_IN=$RUNTIME/systemd/system/fangzi-kiosk.service.d/emblem.conf

fail_at() { # fail_at UPTIME_S: the limit is reached; says what was asked of systemd
	echo "$1.52 12.00" > "$UPTIME"
	: > "$ASKED"
	systemd/fangzi-ladder > "$WORK/said" && tr '\n' ';' < "$ASKED"
}

for boot in 1 2 3; do
	is "boot $boot: the machine is started again" "$(fail_at 400)" "reboot;"
done
[ ! -e "$DROP_IN" ]
result $? "and nothing else was changed"
EMBLEM="daemon-reload;reset-failed fangzi-kiosk.service;--no-block start fangzi-kiosk.service;"
is "the fourth time within an hour it stays up, with the emblem" "$(fail_at 400)" "$EMBLEM"
grep -q -- "--state $RUNTIME/fangzi-empty" "$DROP_IN" && [ -d "$RUNTIME/fangzi-empty" ]
result $? "of a state folder that is empty"
grep -q '^<2>.*journalctl' "$WORK/said"
result $? "and the log says where to look" "$(cat "$WORK/said")"
is "a boot that held for an hour begins the count anew" "$(fail_at 3600)" "reboot;"
is "at one" "$(cat "$STATE_DIRECTORY/reboots")" "1"
for damage in "" "x" "-3" "2 2"; do
	echo "$damage" > "$STATE_DIRECTORY/reboots"
	is "a count that reads '$damage' is none" "$(fail_at 10)" "reboot;"
done

touch "$UPGRADE/good"
is "a version that is kept changes nothing" "$(fail_at 10)" "reboot;"
touch "$UPGRADE/before"
JUDGED="start fangzi-upgrade.service;--quiet is-active fangzi-kiosk.service;"
echo 0 > "$STATE_DIRECTORY/reboots"
is "after an upgrade that is not judged yet, it is judged, and no reboot cuts into it" "$(fail_at 10)" "$JUDGED"
is "nor is one counted" "$(cat "$STATE_DIRECTORY/reboots")" "0"
is "when that did not help: the machine is started again" \
	"$(FAILS="--quiet is-active fangzi-kiosk.service" fail_at 10)" "${JUDGED}reboot;"
is "nor when it could not be judged" "$(FAILS="start fangzi-upgrade.service" fail_at 10)" \
	"start fangzi-upgrade.service;reboot;"
rm "$UPGRADE"/*

rm -r "$STATE_DIRECTORY"
is "a count that cannot be kept could reboot without end: the emblem" "$(fail_at 10 2> /dev/null)" "$EMBLEM"
finish
