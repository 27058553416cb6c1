# shellcheck shell=bash
# For the checks of scale: nginx with a configuration of ours, and a screen that takes a feed;
# after flow/lib.sh.

free_port() {
	/usr/bin/python3 -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])'
}

make_certificate() { # for localhost, by itself: $WORK/tls.crt, tls.key
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
		-keyout "$WORK/tls.key" -out "$WORK/tls.crt" 2> "$WORK/openssl.err"
}

# nginx_with CONF SED: the shipped configuration, on a free port of loopback, with names that are here
# instead of a server's; whatever else it says is tried. Sets PORT.
nginx_with() {
	local prefix=$WORK/nginx
	mkdir -p "$prefix/temp"
	chmod 755 "$WORK" # its workers are another user's, where it is root's
	PORT=$(free_port)
	sed -e "s|listen 443 |listen 127.0.0.1:$PORT |; s|/etc/fangzi/tls|$WORK/tls|; s|screens.example.cn|localhost|" \
		-e "$2" "$1" > "$prefix/site.conf"
	cat > "$prefix/nginx.conf" <<-EOT
		pid $prefix/pid;
		worker_processes 2;
		events { worker_connections 1024; }
		http {
			access_log off;
			client_body_temp_path $prefix/temp/body;
			proxy_temp_path $prefix/temp/proxy;
			fastcgi_temp_path $prefix/temp/fastcgi;
			uwsgi_temp_path $prefix/temp/uwsgi;
			scgi_temp_path $prefix/temp/scgi;
			include $prefix/site.conf;
		}
	EOT
	start "$prefix/out" nginx -p "$prefix" -c "$prefix/nginx.conf" -e "$prefix/log" -g 'daemon off;'
	wait_until 10 answers "https://localhost:$PORT/"
}

answers() { # answers ADDRESS: with whatever
	curl -s --cacert "$WORK/tls.crt" --max-time 5 -o /dev/null "$1"
}

# get ADDRESS CURL-OPTION..: sets STATUS; $WORK/head and $WORK/body
get() {
	local address=$1
	shift
	STATUS=$(curl -s --cacert "$WORK/tls.crt" --max-time 20 --path-as-is -D "$WORK/head" -o "$WORK/body" -w '%{http_code}' \
		"$@" "$address")
}

header() { # header NAME: of the last answer
	sed -n "s/^$1: *\(.*\)\r\$/\1/Ip" "$WORK/head"
}

has() { # has WHAT STATUS [NAME VALUE]..
	local what=$1 good=0
	[ "$STATUS" = "$2" ] || good=1
	shift 2
	while [ $# -ge 2 ]; do
		[ "$(header "$1")" = "$2" ] || good=1
		shift 2
	done
	result $good "$what" "status $STATUS" "$(cat "$WORK/head")"
}

take() { # take ADDRESS FEED: a screen looks; the version that it keeps is in SHOWN
	"$O/fangzi-sync" --once --feed "$1" --trust "$2/trust/1.json" --state "$WORK/state" --ca "$WORK/tls.crt" \
		> "$WORK/sync.out" 2>&1
	TAKEN=$?
	SHOWN=$("$O/fangzi-sync" status --state "$WORK/state" 2> /dev/null | sed -n 's/^version=//p')
}

takes() { # takes WHAT VERSION ADDRESS FEED
	take "$3" "$4"
	[ "$TAKEN" -eq 0 ] && [ "$SHOWN" = "$2" ]
	result $? "$1" "exit $TAKEN, version $SHOWN" "$(cat "$WORK/sync.out")"
}

forever='public, max-age=31536000, immutable'
