#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# make install into a DESTDIR, file by file: what is there is what should be there, the
# programs run, the units hold and name them, and uninstall leaves nothing. TAP; O is
# where the programs are.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
O=${O:-build}
build=${O%/san}
san=$([ "$build" = "$O" ] || echo SAN=1)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
count=0

ok() { # RESULT WHAT [DETAIL]
	count=$((count + 1))
	[ "$1" -eq 0 ] && echo "ok $count - $2" || echo "not ok $count - $2"
	[ "$1" -eq 0 ] || [ -z "${3:-}" ] || sed 's/^/# /' <<< "$3"
}

# A make of its own: nothing of the calling one's command line may come along.
run_make() { # ROOT TARGET [MORE...]
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES -u DESTDIR -u PREFIX \
		make --no-print-directory BUILD="$build" $san DESTDIR="$1" "${@:2}" > "$dir/log" 2>&1
}

# What must be there and with which rights, whatever the Makefile's own list says.
expected() { # PREFIX
	local file
	for file in fangzi-hub fangzi-kiosk fangzi-sign fangzi-sync; do
		echo "755 $1/bin/$file"
	done
	echo "644 $1/share/fangzi/content.schema.json"
	for file in regular.otf bold.otf noto-sans-cjk.txt; do
		echo "644 $1/share/fangzi/fonts/$file"
	done
	find build/console -type f -printf "644 $1/share/fangzi/console/%P\n"
	echo "755 $1/lib/fangzi/fangzi-ladder"
	[ ! -x "$O/fangzi-video" ] || echo "755 $1/lib/fangzi/fangzi-video"
	for file in fangzi-hub fangzi-kiosk fangzi-ladder fangzi-provision fangzi-stick@ fangzi-sync; do
		echo "644 $1/lib/systemd/system/$file.service"
	done
	echo "644 $1/lib/systemd/system/fangzi-hub.socket"
	echo "644 $1/lib/systemd/system/fangzi-kiosk.service.d/provision.conf"
	echo "644 $1/lib/systemd/system/fangzi-sync.service.d/provision.conf"
	echo "644 $1/lib/udev/rules.d/70-fangzi-stick.rules"
	for file in fangzi-hub fangzi-kiosk; do
		echo "644 $1/lib/sysusers.d/$file.conf"
		echo "644 $1/lib/tmpfiles.d/$file.conf"
		echo "644 $1/lib/systemd/system-preset/80-$file.preset"
	done
	for file in fangzi-kiosk.1 fangzi-sign.1 {kiosk,sync,hub}.conf.5 fangzi-{content,feed}.5 fangzi-{hub,sync}.8; do
		echo "644 $1/share/man/man${file##*.}/$file"
	done
	for file in *.md LICENSE fonts/README.md docs/*.md docs/*.png docs/*.svg systemd/*.conf; do
		[ ! -e "$file" ] || echo "644 $1/share/doc/fangzi-kiosk/$file"
	done
}

is_installed() { # ROOT PREFIX
	local differs
	differs=$(diff <(expected "$2" | sort) <(cd "$1" && find . ! -type d -printf '%m /%P\n' | sort) 2>&1)
	ok $? "$2: every file that should be there is, and no other" "$differs"
	differs=$(find "$1$2" ! -type d ! -perm -444)
	[ -z "$differs" ]
	ok $? "$2: everybody may read it" "$differs"
}

do_programs_run() { # ROOT PREFIX
	local program said
	for program in fangzi-hub fangzi-kiosk fangzi-sign fangzi-sync; do
		said=$("$1$2/bin/$program" --version 2>&1)
		[[ $said =~ ^$program\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
		ok $? "$2: $program --version" "$said"
	done
}

# The units are as they should be where the programs really are.
are_units_sound() { # ROOT PREFIX
	local unit said
	for unit in "$1$2"/lib/systemd/system/*.service; do
		[[ $unit != *@.service ]] || continue # starts programs of the system alone
		grep -Eq "^ExecStart=$2/(bin|lib/fangzi)/fangzi-" "$unit" && ! grep -v "$2" "$unit" | grep -q /usr/local
		ok $? "$2: $(basename "$unit") starts the installed program" "$(grep -n /usr "$unit")"
	done
	if ! command -v systemd-analyze > /dev/null; then
		ok 0 "$2: units # SKIP no systemd-analyze here"
		return
	fi
	mkdir -p "$dir/units"
	for unit in "$1$2"/lib/systemd/system/*.service; do
		sed "s#=$2/\(bin\|lib\)/#=$1$2/\1/#" "$unit" > "$dir/units/$(basename "$unit")"
	done
	for unit in fangzi-kiosk fangzi-sync; do # what is laid over them
		mkdir -p "$dir/units/$unit.service.d"
		sed "s#=$2/\(bin\|lib\)/#=$1$2/\1/#" "$1$2/lib/systemd/system/$unit.service.d/provision.conf" \
			> "$dir/units/$unit.service.d/provision.conf"
	done
	cp "$1$2"/lib/systemd/system/*.socket "$dir/units"
	said=$(systemd-analyze verify --man=no "$dir"/units/*.service "$dir"/units/*.socket 2>&1 | grep fangzi-)
	[ -z "$said" ]
	ok $? "$2: systemd-analyze verify has nothing to say" "$said"
}

# Exposure, 0 (none) to 10, as systemd counts it; the ceiling is a tenth.
is_sandboxed() { # UNIT TENTHS
	local said
	command -v systemd-analyze > /dev/null || { ok 0 "$1 # SKIP no systemd-analyze here"; return; }
	said=$(systemd-analyze security --offline=yes --threshold="$2" "$dir/root/usr/lib/systemd/system/$1" 2>&1)
	ok $? "$1: exposure at most $2 tenths" "$(tail -n 1 <<< "$said")"
}

# The accounts that the units run as are made.
are_accounts_made() { # PREFIX
	local other=$dir/other said made
	command -v systemd-sysusers > /dev/null || { ok 0 "accounts # SKIP no systemd-sysusers here"; return; }
	mkdir -p "$other/etc" "$other/usr/lib/sysusers.d"
	cp "$dir/root$1"/lib/sysusers.d/*.conf "$other/usr/lib/sysusers.d"
	said=$(systemd-sysusers --root="$other" 2>&1)
	made=$(cut -d: -f1 "$other/etc/passwd" | sort | tr '\n' ' ')
	[ "$made" = "$(sed -n 's/^User=//p' systemd/*.service | sort | tr '\n' ' ')" ]
	ok $? "systemd-sysusers makes the units' accounts" "$said"
}

# Every name is one that systemd's own commented file of Debian has.
are_settings_known() { # NAME
	local own=/etc/systemd/$1.conf said
	[ -e "$own" ] || { ok 0 "$1.conf.d # SKIP no systemd here"; return; }
	said=$(grep -o '^[A-Z][A-Za-z]*=' "$root/usr/lib/systemd/$1.conf.d/50-fangzi.conf" | grep -vFf <(grep -o '[A-Z][A-Za-z]*=' "$own"))
	[ -z "$said" ]
	ok $? "$1.conf.d: systemd knows these settings" "$said"
}

is_removed() { # ROOT WHAT
	local left
	left=$(find "$1" -mindepth 1)
	[ -z "$left" ]
	ok $? "$2" "$left"
}

root=$dir/root
mkdir "$root"
run_make "$root" PREFIX=/usr install
ok $? "make install PREFIX=/usr" "$(tail -n 5 "$dir/log")"
is_installed "$root" /usr
do_programs_run "$root" /usr
are_units_sound "$root" /usr
are_accounts_made /usr
is_sandboxed fangzi-kiosk.service 10
is_sandboxed fangzi-sync.service 13
is_sandboxed fangzi-hub.service 12
is_sandboxed fangzi-provision.service 11
said=$(grep -rl /usr/local "$root/usr/share/man")
[ -z "$said" ]
ok $? "man pages name files where they are" "$said"
run_make "$root" PREFIX=/usr install-demo
said=$(diff <(echo "644 content.json" && basename -s .svg -a assets/demo/*.svg | sed 's|.*|644 media/&.png|' | sort) \
	<(cd "$root/usr/share/fangzi/demo" && find . -type f -printf '%m %P\n' | sort))
ok $? "make install-demo" "$said"
# Settings of systemd's own are laid over where systemd looks, and hold there.
find "$root/usr" -type f | sort > "$dir/before"
run_make "$root" PREFIX=/usr install-box
said=$(diff <(printf "$root/usr/lib/%s\n" sysctl.d/50-fangzi.conf systemd/{journald,logind,system}.conf.d/50-fangzi.conf) \
	<(find "$root/usr" -type f | sort | comm -13 "$dir/before" -))
ok $? "make install-box" "$said"
for name in journald logind system; do
	are_settings_known "$name"
done
run_make "$root" PREFIX=/usr uninstall
ok $? "make uninstall" "$(tail -n 5 "$dir/log")"
is_removed "$root/usr" "nothing is left"

run_make "$root" install
ok $? "make install, the default prefix" "$(tail -n 5 "$dir/log")"
is_installed "$root" /usr/local
are_units_sound "$root" /usr/local
touch "$root/usr/local/bin/another" "$root/usr/local/share/fangzi/own"
run_make "$root" uninstall
[ "$(cd "$root" && find . -type f | sort | tr '\n' ' ')" = "./usr/local/bin/another ./usr/local/share/fangzi/own " ]
ok $? "uninstall leaves what is not ours" "$(find "$root")"
echo "1..$count"
