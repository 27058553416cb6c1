#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# The man pages: mandoc finds nothing wrong with them, each option that a program lists is in
# its page and no other, each setting that a program takes is in the page of its file, and pages
# refer to pages that are there. TAP.
. "$(dirname "$0")/lib.sh"

page() { # page NAME: its file
	echo man/"$1".[0-9]
}

listed() { # listed PROGRAM: its options, without dashes
	"$O/$1" --help | grep -oP '^  --\K[a-z-]+' | sort -u
}

described() { # described FILE MACRO: what its lists describe
	grep -oP "^\.It $2 -?\K[a-z-]+" "$1" | sort -u
}

# The program itself knows which of its options may stand in a file.
taken() { # taken PROGRAM: the settings
	local option said
	for option in $(listed "$1"); do
		echo "$option = \"x\"" > "$WORK/settings"
		said=$("$O/$1" --config "$WORK/settings" --help 2>&1)
		[[ $said == *"no such option"* ]] || echo "$option"
	done
}

same() { # same WHAT LIST LIST
	local differs
	differs=$(diff <(echo "$2") <(echo "$3"))
	[ -n "$2" ] && [ -z "$differs" ]
	result $? "$1" "$differs"
}

missing_references() {
	local name section
	grep -ohP '^\.Xr \K\S+ \d' man/* | sort -u | while read -r name section; do
		[ -e "man/$name.$section" ] || echo "$name($section)"
	done
}

if command -v mandoc > /dev/null; then
	said=$(mandoc -Tlint -Wwarning man/*)
	result $? "mandoc has nothing to say" "$said"
else
	not_ok "mandoc is here (tools/packages.txt)"
fi
for program in fangzi-hub fangzi-kiosk fangzi-sign fangzi-sync; do
	same "$program: what --help lists is in the page, and the reverse" "$(listed $program)" \
		"$(described "$(page $program)" Fl)"
done
for program in hub kiosk sync; do
	same "$program.conf: what the program takes is in the page, and the reverse" "$(taken fangzi-$program)" \
		"$(described "$(page $program.conf)" Ic)"
done
missing=$(missing_references)
[ -z "$missing" ]
result $? "pages refer to pages that are there" "$missing"
finish
