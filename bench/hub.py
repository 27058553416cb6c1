#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the hub's serving of a feed costs, beside nginx: hub.py O [WORK [SECONDS]].

One signed feed, served by fangzi-hub and by nginx (Debian's, with what one would set for
static files: sendfile, open_file_cache, no access log; as many workers as the hub has
threads) on loopback. wrk asks each for the same things over the same number of
connections, in turns, three times. Fails when the best of three is below 0.8 of nginx's
for 304s or for an object of 52 KB.
"""
import hashlib
import http.client
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time

ROUNDS = 3
CONNECTIONS = 64
LIMITS = {"head.json, 304": 0.8, "object of 52 KB": 0.8}
SMALL_BYTES, MIDDLE_BYTES = 2048, 52 * 1024
DOCUMENT = ('{"schema": 1, "site": {"name": "bench", "timezone": "Asia/Shanghai"}, "sources": [], "calendar": '
            '{"holidays": [], "workdays": []}, "phases": [], "rules": [], "projects": [], "indicators": [], '
            '"figures": [], "occasions": [], "places": [], "journeys": [], "records": [], "patterns": [], '
            '"targets": [], "alerts": [], "screens": {}, "notices": [{"id": "n1", "title": "通知", "text": '
            '"某事如下", "ticker": true, "level": "info"}], "boards": [{"id": "b1", "kind": "notices", "theme": "hall"}]}\n')
NGINX = """
worker_processes {workers};
worker_rlimit_nofile 8192;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 4096; }}
http {{
	access_log off;
	sendfile on;
	tcp_nopush on;
	tcp_nodelay on;
	keepalive_timeout 60;
	keepalive_requests 1000000000;
	open_file_cache max=1000 inactive=60s;
	open_file_cache_valid 10s;
	client_body_temp_path {folder}/temp;
	proxy_temp_path {folder}/temp;
	fastcgi_temp_path {folder}/temp;
	uwsgi_temp_path {folder}/temp;
	scgi_temp_path {folder}/temp;
	server {{
		listen 127.0.0.1:{port} reuseport backlog=4096;
		default_type application/octet-stream;
		types {{ application/json json; }}
		location = /feed/head.json {{
			alias {folder}/feed/head.json;
			add_header Cache-Control no-cache;
			add_header X-Content-Type-Options nosniff;
		}}
		location /feed/ {{
			alias {folder}/feed/;
			add_header Cache-Control "public, max-age=31536000, immutable";
			add_header X-Content-Type-Options nosniff;
		}}
	}}
}}
"""


def run(*args):
    subprocess.run(args, check=True, stdout=subprocess.DEVNULL)


def put_object(folder, size):
    """An object of so many bytes, under its name."""
    data = random.Random(size).randbytes(size)
    name = hashlib.sha256(data).hexdigest()
    with open(f"{folder}/feed/objects/{name}", "wb") as f:
        f.write(data)
    return f"/feed/objects/{name}"


def make_feed(o, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(f"{folder}/temp")
    with open(f"{folder}/content.json", "w", encoding="utf-8") as f:
        f.write(DOCUMENT)
    sign, key, feed = f"{o}/fangzi-sign", f"{folder}/key.pem", f"{folder}/feed"
    run(sign, "keygen", "--type", "ed25519", "--out", key)
    run(sign, "trust", "--feed", "bench", "--out", feed, "--key", key, "--root", key, "--publisher", key, "--head", key)
    run(sign, "build", "--content", f"{folder}/content.json", "--feed", "bench", "--version", "1", "--key", key,
        "--out", feed)
    run(sign, "head", "--key", key, "--out", feed)


def wait_for(condition, what):
    end = time.monotonic() + 10
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"bench-hub: waited in vain: {what}")
        time.sleep(0.02)


def start_hub(o, folder):
    """Its process and its port."""
    path = f"{folder}/hub.out"
    with open(path, "wb") as out:
        hub = subprocess.Popen([f"{o}/fangzi-hub", "serve", "--feed", f"{folder}/feed", "--listen", "127.0.0.1:0"],
                               stdout=out)

    def port():
        with open(path, encoding="ascii") as f:
            return re.search(r"on port (\d+) ", f.read())
    wait_for(port, "the hub")
    return hub, int(port()[1])


def is_served(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def start_nginx(folder):
    with socket.create_server(("127.0.0.1", 0)) as s:
        port = s.getsockname()[1]
    folder = os.path.abspath(folder)
    with open(f"{folder}/nginx.conf", "w", encoding="ascii") as f:
        f.write(NGINX.format(folder=folder, port=port, workers=os.cpu_count()))
    os.chmod(folder, 0o755)
    nginx = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf", "-e", f"{folder}/nginx.log", "-p", folder, "-g",
                              "daemon off;"])
    wait_for(lambda: is_served(port), "nginx")
    return nginx, port


def get(port, path, headers):
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    c.request("GET", path, headers=headers)
    answer = c.getresponse()
    body = answer.read()
    c.close()
    return answer.status, answer.getheader("ETag"), len(body)


def cpu_s(pid):
    """Of a process and its children that still run."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as f:
        children = f.read().split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + sum(cpu_s(c) for c in children)


def ask(port, path, headers, status, seconds):
    """Requests a second and in all, all answered, with this status (one is looked at; wrk counts the others)."""
    seen, _, _ = get(port, path, headers)
    if seen != status:
        sys.exit(f"bench-hub: {path}: status {seen}, must be {status}")
    options = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    out = subprocess.run(["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", *options,
                          f"http://127.0.0.1:{port}{path}"], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit(f"bench-hub: {path}:\n{out}")
    return float(re.search(r"Requests/sec: *([\d.]+)", out)[1]), int(re.search(r"(\d+) requests in", out)[1])


def measure(case, ports, started, seconds):
    """Prints what the hub and nginx answered a second, and the processor's time for each answer; returns the ratio."""
    name, path, status = case
    rounds, cost_us = [], {who: [] for who in ports}
    for turn in range(ROUNDS):
        have = {}
        for who in sorted(ports, reverse=turn % 2 == 1):
            headers = {"If-None-Match": get(ports[who], path, {})[1]} if status == 304 else {}
            before_s = cpu_s(started[who].pid)
            have[who], count = ask(ports[who], path, headers, status, seconds)
            cost_us[who].append((cpu_s(started[who].pid) - before_s) * 1e6 / count)
        rounds.append(have)
    best = {who: max(r[who] for r in rounds) for who in ports}
    median = {who: statistics.median(r[who] for r in rounds) for who in ports}
    ratio = best["hub"] / best["nginx"]
    print(f"{name:20}  hub {best['hub']:8.0f}/s  nginx {best['nginx']:8.0f}/s  ratio {ratio:.2f}  "
          f"median {median['hub'] / median['nginx']:.2f}  processor {min(cost_us['hub']):.1f} and "
          f"{min(cost_us['nginx']):.1f} us each", flush=True)
    return ratio


def main():
    o = sys.argv[1]
    folder = sys.argv[2] if len(sys.argv) > 2 else "build/bench-hub"
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 4
    make_feed(o, folder)
    small, middle = put_object(folder, SMALL_BYTES), put_object(folder, MIDDLE_BYTES)
    cases = (("head.json, 304", "/feed/head.json", 304), ("head.json, 200", "/feed/head.json", 200),
             ("object of 2 KB", small, 200), ("object of 52 KB", middle, 200))
    started, ports, slow = {}, {}, []
    try:
        for who, start in (("hub", lambda: start_hub(o, folder)), ("nginx", lambda: start_nginx(folder))):
            started[who], ports[who] = start()
        print(f"wrk -t2 -c{CONNECTIONS} -d{seconds}s, best of {ROUNDS} rounds in turns; {os.cpu_count()} cores, shared "
              "by who asks and who answers")
        for case in cases:
            ratio = measure(case, ports, started, seconds)
            if ratio < LIMITS.get(case[0], 0):
                slow.append(f"{case[0]}: {ratio:.2f}, at least {LIMITS[case[0]]}")
    finally:
        for process in started.values():
            process.terminate()
            process.wait(10)
    if slow:
        sys.exit("bench-hub: too slow: " + "; ".join(slow))


main()
