#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# What the documents say that a machine can look up: every option and make target is in
# both READMEs, both give the same commands, every kind of board has its row, and links
# lead somewhere. TAP.
. "$(dirname "$0")/lib.sh"

words_of_help() {
	local program
	for program in fangzi-hub fangzi-kiosk fangzi-sign fangzi-sync; do
		"$O/$program" --help | grep -oP '^  \K--[a-z-]+'
	done | sort -u | grep -vx -e --help -e --version
}

# Thresholds of roles and a command's own fonts are written short, as --…-threshold.
missing_options() { # FILE
	local word
	while read -r word; do
		case $word in *-threshold) word='--…-threshold' ;; esac
		grep -qF -e "$word" "$1" || echo "$1: $word"
	done < <(words_of_help)
}

missing_targets() { # FILE
	local target
	sed -nE 's/^([a-z-]+):.*## .*/\1/p' Makefile tests/*.mk tools/*.mk | while read -r target; do
		grep -qF "\`$target\`" "$1" || echo "$1: make $target"
	done
}

# Commands and settings: indented lines, without what a comment says.
commands() { # FILE
	grep '^    ' "$1" | sed 's/ *#.*//'
}

broken_links() {
	local file link
	for file in *.md docs/*.md fonts/*.md; do
		while read -r link; do
			[ -e "$(dirname "$file")/$link" ] || echo "$file: $link"
		done < <(grep -oP '\]\(\K[^)#:]+(?=\))' "$file")
	done
}

kinds() { # as the code's tables name them
	sed -n 's/.*\.name = "\([a-z]*\)".*/\1/p' src/board/*.c
}

missing_kinds() {
	local kind
	while read -r kind; do
		grep -q "^| \`$kind\` |" docs/boards.md || echo "docs/boards.md: $kind"
	done < <(kinds)
}

nothing() { # WHAT FOUND
	[ -z "$2" ]
	result $? "$1" "$2"
}

nothing "README.md names every option" "$(missing_options README.md)"
nothing "README.zh-CN.md names every option" "$(missing_options README.zh-CN.md)"
nothing "README.md names every make target" "$(missing_targets README.md)"
nothing "README.zh-CN.md names every make target" "$(missing_targets README.zh-CN.md)"
nothing "both READMEs give the same commands" "$(diff <(commands README.md) <(commands README.zh-CN.md))"
nothing "links between documents lead somewhere" "$(broken_links)"
[ "$(kinds | wc -l)" -gt 5 ]
result $? "kinds of board are found"
nothing "docs/boards.md has a row for every kind that is drawn" "$(missing_kinds)"
finish
