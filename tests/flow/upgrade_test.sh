#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# What fangzi-upgrade keeps, and when it takes an upgrade back; with a dpkg and an apt-get that only
# write down what they were asked. `make deb-check` tries it with real packages. TAP.
. "$(dirname "$0")/lib.sh"

export STATE_DIRECTORY=$WORK/state RUNTIME=$WORK/run SYSFS=$WORK/drm PATIENCE_S=0 ASKED=$WORK/asked PATH=$WORK/bin:$PATH
STATUS=$RUNTIME/fangzi-kiosk/kiosk.status
mkdir -p "$WORK/bin" "$STATE_DIRECTORY" "$(dirname "$STATUS")"

fake() { # fake NAME SCRIPT
	printf '#!/bin/sh\n%s\n' "$2" > "$WORK/bin/$1"
	chmod +x "$WORK/bin/$1"
}
# shellcheck disable=SC2016 # expanded by the fakes
fake dpkg-query 'case $3 in *Status*) cat "$ASKED.status" ;; *) cat "$ASKED.version" ;; esac'
# shellcheck disable=SC2016
fake dpkg-repack 'cp "$ASKED.version" "fangzi-kiosk_$(cat "$ASKED.version")_all.deb"'
# shellcheck disable=SC2016
fake apt-get 'echo "apt-get $*" >> "$ASKED"'
# shellcheck disable=SC2016
fake systemctl 'echo "systemctl $*" >> "$ASKED"'
# shellcheck disable=SC2016
fake apt-mark 'echo "apt-mark $*" >> "$ASKED"'

installed() { # installed VERSION [STATUS]
	printf '%s' "$1" > "$ASKED.version"
	printf '%s' "${2:-installed}" > "$ASKED.status"
}

shows() { # shows PAGE STARTED: what the screen says of itself
	printf 'started=%s\npage=%s\n' "$2" "$1" > "$STATUS"
}

upgrade() { # upgrade COMMAND: what it did, in short
	: > "$ASKED"
	debian/fangzi-upgrade "$1" > "$WORK/said" 2>&1 || echo "ended with $?"
	sed "s|$STATE_DIRECTORY/||; s/.* install/install/; s/apt-mark //; s/fangzi-kiosk.service/it/" "$ASKED" | paste -sd ';'
}

kept() {
	echo "$(cat "$STATE_DIRECTORY/good" 2> /dev/null) $(cat "$STATE_DIRECTORY/good.deb" 2> /dev/null)"
}

BACK="install good.deb;hold fangzi-kiosk"

installed 1
is "a screen that has shown nothing yet is not judged" "$(upgrade watch)" ""
is "and its package is not kept" "$(kept)" " "
shows emblem 10:00
upgrade watch > "$WORK/log"
is "nor when it shows the emblem" "$(kept)" " "
shows hall-1 10:00
is "nothing is installed for a version that shows a page" "$(upgrade watch)" ""
is "it is kept" "$(kept)" "1 1"
rm "$STATE_DIRECTORY/good.deb"
upgrade watch > "$WORK/log"
is "once" "$(kept)" "1 "
echo 1 > "$STATE_DIRECTORY/good.deb"

upgrade begin > "$WORK/log"
installed 2
shows hall-1 11:00
is "the next version shows a page: nothing is installed" "$(upgrade watch)" ""
is "and it is the one that is kept" "$(kept)" "2 2"

upgrade begin > "$WORK/log"
installed 3
is "a page that the version before showed does not count: it is back, and held" "$(upgrade watch)" "$BACK"
grep -q '^<2>.*apt-mark unhold' "$WORK/said"
result $? "the log says what a person can do" "$(cat "$WORK/said")"
is "what was kept stays" "$(kept)" "2 2"
is "and it is judged once" "$(upgrade watch)" ""

installed 2
upgrade begin > "$WORK/log"
installed 4
shows emblem 12:00
is "the emblem alone is no page" "$(upgrade watch)" "$BACK"
shows hall-1 12:00
upgrade begin > "$WORK/log"
installed 5 half-configured
shows hall-1 13:00
is "a package whose scripts failed does not stay" "$(upgrade watch)" "$BACK"

shows emblem 14:00
upgrade begin > "$WORK/log"
installed 6
is "where no page was shown before, none is asked for" "$(upgrade watch)" ""

shows hall-1 14:00
upgrade begin > "$WORK/log"
fake apt-get 'exit 100'
rm "$STATUS"
is "an apt-get that fails is a failure of the unit" "$(upgrade watch)" "ended with 100"
# shellcheck disable=SC2016
fake apt-get 'echo "apt-get $*" >> "$ASKED"'
is "and is tried again the next day" "$(upgrade watch)" "$BACK"

installed 2
shows hall-1 14:30
upgrade begin > "$WORK/log"
installed 7
rm "$STATUS"
mkdir -p "$SYSFS/card0-HDMI-A-1"
echo disconnected > "$SYSFS/card0-HDMI-A-1/status"
is "with the television off nothing is judged" "$(upgrade watch)" ""
echo connected > "$SYSFS/card0-HDMI-A-1/status"
is "but once it is on" "$(upgrade watch)" "$BACK"


DROP_IN=$RUNTIME/systemd/system/fangzi-kiosk.service.d
mkdir -p "$DROP_IN"
shows hall-1 14:40
is "under systemd, what the version before failed at is forgotten" "$(upgrade begin)" "systemctl reset-failed it"
touch "$DROP_IN/emblem.conf"
installed 8
rm "$STATUS"
is "and what the new one failed at, which is stopped first" "$(upgrade watch)" \
	"systemctl stop it;systemctl reset-failed it;$BACK"
[ ! -e "$DROP_IN/emblem.conf" ]
result $? "with the emblem that fangzi-ladder came to"
rm -r "$RUNTIME/systemd"

upgrade begin > "$WORK/log"
installed 7
shows hall-1 15:00
upgrade begin > "$WORK/log"
rm "$STATUS"
PATIENCE_S=60 debian/fangzi-upgrade watch > "$WORK/said" 2>&1 &
watcher=$!
started+=("$watcher")
shows hall-1 16:00
wait "$watcher"
is "a page that comes later is waited for" "$(kept)" "7 7"
finish
