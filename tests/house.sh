#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# House rules that a machine can keep (architecture, "Rooms"; style). Every rule
# prints what breaks it as "file: what"; nothing printed is fine. Each is first tried
# on a small tree that breaks it, so that a rule which sees nothing is seen. TAP.
#   O=build tests/house.sh            the rules over src, and over O's object files
#   tests/house.sh RULE TREE [OBJECTS] one rule over another tree, for a look
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C.UTF-8 # columns are characters

# Which room may include which others, beside itself. kiosk has feed: what is handed
# over from sync is verified again, and source.h holds a head and a manifest.
declare -A MAY=(
	[base]=''
	[content]='base'
	[feed]='base'
	[paint]='base'
	[board]='content paint base'
	[store]='base content feed'
	[sync]='store feed content base'
	[kiosk]='store board paint content feed base'
	[office]='base content feed'
	[intake]='base content'
	[hub]='base content feed board paint office intake'
	[sign]='base content feed board paint'
	[video]='base'
)

# Exported names that do not begin with their file's name (or its first word), and why.
EXCEPTIONS='
board/*              board_       each kind of board is one file; kinds.h names them for the table
content/check_value  checker_     checker.h is shared by the parts of one checker
content/check_rules  checker_     likewise
content/indicator    figure_      a figure is an indicator without ranks; they share queries
content/schedule     stage_       what a stage says of a schedule
sign/*               sign_        each command is one file; sign.h names them for the table
store/collect        store_       store.h in two files
hub/init             command_     likewise each command of the hub; command.h names them for the table
hub/serve            command_     likewise
hub/demo             command_     likewise
hub/options          hub_options_   options.h of a program: the bare name is taken
sync/options         sync_options_  options.h of a program: the bare name is taken
'

# Functions that are one flat table or switch may be longer than 70 lines.
FLAT=''

# The last three hand a time_t to or from a library whose own may have 32 bits (Debian 12's armhf).
BANNED='strcpy|strcat|sprintf|vsprintf|gets|strtok|system|popen|alloca|atof|localtime|gmtime|ctime|asctime|icaltime_\w*timet\w*|zip_file_set_mtime|curl_getdate'

files() { # TREE PATTERN
	find "$1" -mindepth 2 -maxdepth 2 -name "$2" | sort
}

rule_rooms() {
	local tree=$1 file room other
	while IFS=: read -r file other; do
		room=$(basename "$(dirname "$file")")
		other=${other%%/*}
		[ "$room" = "$other" ] && continue
		[[ -v MAY[$room] ]] || { echo "$file: room $room is not in the table"; continue; }
		[[ " ${MAY[$room]} " == *" $other "* ]] || echo "$file: $room may not include $other"
	done < <(grep -rhoH --include='*.[ch]' -P '^\s*#\s*include\s+"\K[^"]+/' "$tree")
	# A name without a room would go around the table.
	grep -rnP --include='*.[ch]' '^\s*#\s*include\s+"(?!source_time\.h")[^"/]+"' "$tree"
}

rule_screen() {
	local room
	for room in content feed store office; do
		[ -d "$1/$room" ] && grep -rnE --include='*.[ch]' '#\s*include\s*[<"](SDL|cairo)' "$1/$room"
	done
}

rule_network() {
	local room
	for room in board kiosk paint content; do
		[ -d "$1/$room" ] && grep -rnE --include='*.[ch]' \
			'#\s*include\s*<(curl/|microhttpd|sys/socket|netinet/|arpa/|netdb|net/)' "$1/$room"
	done
}

# tsort(1) complains of loops and names their members on standard error.
rule_cycles() {
	local file
	while read -r file; do
		grep -hoP '^\s*#\s*include\s+"\K[^"]+' "$file" | sed "s|^|${file#"$1"/} |"
	done < <(files "$1" '*.h') | tsort 2>&1 > /dev/null | sed -n 's/^tsort: \(.*\.h\)$/\1: includes what includes it/p'
}

rule_clock() {
	grep -rnP --include='*.c' '\b(time|clock_gettime|gettimeofday|timespec_get|SDL_GetTicks(64)?)\s*\(' "$1" |
		grep -vP '^[^:]*/base/clock\.c:' | without_comments
}

# Lines of grep -n whose match is not in a comment that began on the line.
without_comments() {
	grep -vP '^[^:]+:\d+:\s*(/?\*|//)'
}

rule_banned() {
	grep -rnP --include='*.[ch]' "(?<![\w>.])($BANNED)\s*\(" "$1" | without_comments
	grep -rnP --include='*.[ch]' '\b(TODO|FIXME|XXX)\b|^\s*#\s*if\s+0\b' "$1"
}

too_long() { # MAX < FILES
	local file lines
	while read -r file; do
		lines=$(wc -l < "$file")
		[ "$lines" -le "$1" ] || echo "$file: $lines lines, at most $1"
	done
}

rule_sizes() {
	local file
	files "$1" '*.c' | too_long 500
	files "$1" '*.h' | too_long 120
	files "$1" 'main.c' | too_long 120
	while read -r file; do
		awk -v name="${file#"$1"/}" -v flat=" $FLAT " '
			/^[a-z].*\(/ {head = $0}
			/^\{/ {from = FNR}
			/^\}/ && from {
				match(head, /[a-z_0-9]+\(/)
				who = substr(head, RSTART, RLENGTH - 1)
				if (FNR - from - 1 > 70 && index(flat, " " who " ") == 0)
					print name ": " who "() has " FNR - from - 1 " lines, at most 70"
				from = 0
			}' "$file"
		expand -t 8 "$file" | grep -nP '^.{121,}' | sed "s|^\([0-9]*\):.*|${file#"$1"/}: line \1 is wider than 120|"
	done < <(files "$1" '*.[ch]')
}

rule_openings() {
	local file
	while read -r file; do
		head -n 1 "$file" | grep -qF "/* $(basename "$file") - " || echo "$file: must begin with /* $(basename "$file") - "
	done < <(files "$1" '*.h')
	while read -r file; do
		head -n 1 "$file" | grep -qE '^/\* SPDX-License-Identifier: Apache-2\.0' || echo "$file: SPDX line missing"
	done < <(files "$1" '*.c')
}

# Names that an object file gives away; OBJECTS has <room>/<file>.o.
rule_names() {
	local object file room stem type name
	while read -r object; do
		file=$(basename "$object" .o) room=$(basename "$(dirname "$object")")
		stem=${file%%_*}
		while read -r _ type name; do
			[[ $type == [TDBR] ]] || continue
			[[ $name == __* || $name == main ]] && continue
			[[ $name == "$file"* || $name == "$stem"_* ]] && continue
			is_excepted "$room/$file" "$name" || echo "$room/$file.c: exports $name"
		done < <(nm -g --defined-only "$object")
	done < <(files "${2:-$1}" '*.o')
}

is_excepted() { # FILE NAME
	local file prefix
	while read -r file prefix _; do
		[ -n "$file" ] || continue
		# shellcheck disable=SC2053 # a pattern is meant
		[[ $1 == $file && $2 == $prefix* ]] && return 0
	done <<< "$EXCEPTIONS"
	return 1
}

# ---- trees that break one rule each -----------------------------------------
put() { # FILE LINE...
	mkdir -p "$(dirname "$bad/$1")"
	printf '%s\n' "${@:2}" > "$bad/$1"
}

C='/* SPDX-License-Identifier: Apache-2.0 */'
count=0

ok() { # RESULT WHAT
	count=$((count + 1))
	[ "$1" -eq 0 ] && echo "ok $count - $2" || echo "not ok $count - $2"
}

is_fine() { # RULE WHAT
	local found
	found=$("rule_$1" src "$O/src")
	[ -z "$found" ]
	ok $? "$2"
	[ -z "$found" ] || echo "# ${found//$'\n'/$'\n'# }"
}

# The tree that `put` has made breaks the rule, in as many places as it says.
is_seen() { # RULE PLACES WHAT
	local found
	found=$("rule_$1" "$bad" "$bad")
	[ "$(grep -c . <<< "$found")" -eq "$2" ]
	ok $? "a broken rule is seen: $3"
	rm -rf "${bad:?}"/*
}

compile() { # FILE
	mkdir -p "$bad/$(dirname "$1")"
	"${CC:-cc}" -c -o "$bad/${1%.c}.o" "$bad/$1"
}

is_every_rule_seen() {
	put paint/text.c "$C" '#include "content/content.h"' '#include "base/buf.h"'
	is_seen rooms 1 "paint includes content"
	put sync/main.c "$C" '#include "kiosk/show.h"'
	put base/buf.c "$C" '#include "feed/key.h"'
	is_seen rooms 2 "a program another program's room, and base a room"
	put attic/a.c "$C" '#include "base/buf.h"'
	is_seen rooms 1 "a room that nobody knows"
	put base/buf.c "$C" '#include "buf.h"'
	is_seen rooms 1 "an include without its room"
	put store/a.c "$C" '#include <SDL.h>'
	put feed/a.h '/* a.h - a */' '#include <SDL_ttf.h>'
	is_seen screen 2 "SDL in store and feed"
	put kiosk/a.c "$C" '#include <curl/curl.h>'
	put board/a.c "$C" '#include <sys/socket.h>'
	is_seen network 2 "the network in kiosk and board"
	put base/a.h '/* a.h - a */' '#include "base/b.h"'
	put base/b.h '/* b.h - b */' '#include "base/a.h"'
	is_seen cycles 2 "two headers that include each other"
	put board/a.c "$C" 'long f(void) { return time(NULL); }'
	put base/clock.c "$C" 'long g(void) { return time(NULL); }' '/* asks time(2) */'
	is_seen clock 1 "the clock read outside base/clock.c"
	put base/a.c "$C" 'strcpy(a, b);' '	n = sprintf(a, "b");' 'x = gets(a);' '	 * gets(a) is in a comment' \
		's = icaltime_as_timet_with_zone(t, z);'
	put base/b.c "$C" 'snprintf(a, 1, "b");' 'my_system(a);' 'a->system(b);' 'fgets(a, 1, f);'
	is_seen banned 4 "calls that are banned, and only they"
	put base/a.c "$C" '/* TODO: later */' '#if 0' '#endif' '// FIXME'
	is_seen banned 3 "things left for later"
	put base/a.c "$C" '' "$(seq 500)"
	put base/a.h '/* a.h - a */' "$(seq 120)"
	put hub/main.c "$C" "$(seq 120)"
	is_seen sizes 3 "files that are too long"
	put base/a.c "$C" 'void long_one(int a)' '{' "$(seq -f '	a = %g;' 71)" '}' 'void f(void)' '{' "$(seq 70)" '}'
	put base/b.c "$C" "/* $(printf '%0116d' 0) */" "/* $(printf '坊%.0s' {1..110}) */"
	is_seen sizes 2 "a function that is too long, and a line that is too wide"
	put base/a.h '#ifndef A_H'
	put base/b.h '/* c.h - another */'
	put base/c.c '#include "base/a.h"'
	is_seen openings 3 "files that do not say what they are"
	put base/a.c 'int b_open(void) { return 1; }' 'int a_open(void) { return 1; }' 'static int c(void) { return 1; }' \
		'int d = 1;' 'int a_d(void) { return c(); }'
	compile base/a.c
	is_seen names 2 "names that are not their file's"
}

main() {
	bad=$(mktemp -d)
	trap 'rm -rf "$bad"' EXIT
	O=${O:-build}
	is_fine rooms "rooms include only what they may"
	is_fine screen "content, feed and store know no screen"
	is_fine network "board and kiosk know no network"
	is_fine cycles "no two headers include each other"
	is_fine clock "only base/clock.c reads the clock"
	is_fine banned "no banned call, nothing left for later"
	is_fine sizes "files, functions and lines are not too long"
	is_fine openings "every file begins as it should"
	[ -n "$(files "$O/src" '*.o')" ]
	ok $? "there are object files to look at"
	is_fine names "exported names begin with their file's name"
	is_every_rule_seen
	echo "1..$count"
}

if [ $# -ge 2 ]; then
	O=${O:-build}
	"rule_$1" "${@:2}"
else
	main
fi
