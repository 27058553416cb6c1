#!/bin/bash
# fangzi-sync against a server that misbehaves: each behaviour of tests/hostile/ once. It ends within its
# deadline, with the exit code and the one line that are right; what was kept stays; its memory and its files
# stay bounded; and when the server behaves again, the next look heals. TAP: a line a behaviour.
#   tests/hostile/hostile_test.sh           all, once, by plain HTTP and the TLS cases
#   tests/hostile/hostile_test.sh NAME..    only these
. "$(dirname "$0")/../flow/lib.sh"
. tests/hostile/lib.sh

# The certificates of --ca are the only ones: an authority of the system's, here by a mount that nobody
# else sees, does not count beside them.
try_other_authority() {
	local what="--ca: an authority of the system's does not count"
	mkdir "$WORK/certs" && cp -r "$KEPT" "$WORK/ca-state" && openssl req -x509 -newkey ed25519 -nodes -subj /CN=none \
		-keyout "$WORK/none.key" -out "$WORK/none.pem" 2> /dev/null
	misbehave "$WORK/ca.log" --behaviour tls-good --ca "$WORK/certs/ca.pem"
	cp "$WORK/certs/ca.pem" "$WORK/certs/$(openssl x509 -noout -hash -in "$WORK/certs/ca.pem").0"
	if unshare -rm mount --bind "$WORK/certs" /etc/ssl/certs 2> /dev/null; then
		# shellcheck disable=SC2016 # for the inner shell
		unshare -rm bash -c 'mount --bind "$1" /etc/ssl/certs && shift && exec "$@"' - "$WORK/certs" \
			"$O/fangzi-sync" --once --feed "https://127.0.0.1:$PORT/feed" --trust "$FEED/trust/1.json" \
			--state "$WORK/ca-state" --kiosk /bin/true --ca "$WORK/none.pem" > "$WORK/out" 2> "$WORK/err"
		told 3 "trust/2.json: SSL certificate problem: unable to get local issuer" "$what" $?
	else
		ok "$what # SKIP no namespaces here"
	fi
	kill "$SERVER"
	wait "$SERVER" 2> /dev/null
}

make_world
result $? "a feed and a screen that has version 2 can be made" "$(cat "$WORK/err")"
if [ $# -gt 0 ]; then names=("$@"); else mapfile -t names < <("$O/tests/hostile/hostile" --list | cut -d'|' -f1); fi
run_all "${names[@]}"
try_other_authority
is "every behaviour stands in the table, and nothing else does" \
	"$("$O/tests/hostile/hostile" --list | cut -d'|' -f1 | sort)" "$(sed '/^#/d;s/^!//;s/|.*//' tests/hostile/expected.txt | sort)"
finish
