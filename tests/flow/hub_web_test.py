#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The hub's console and API over real HTTP: what browsers are told, bodies that are too long or
never end, requests that mean two things, and five hundred clients that speak a byte a second.
Usage: hub_web_test.py BUILD FOLDER. TAP."""

import http.client
import os
import re
import socket
import sys
import threading
import time

from hub_kit import Hub, Person, Tap, people

BUILD, FOLDER = sys.argv[1], sys.argv[2]
IS_SAN = BUILD.endswith("/san")  # memory under a sanitizer is not the hub's
PAGE = '<!doctype html><meta name="nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>'
MIB = 1 << 20
ENDLESS = 64 * MIB  # so much is as good as endless
IN_BETWEEN = 12 * MIB  # what two sockets and a kernel may hold of what nobody reads
SLOW_CLIENTS = 500
SLOW_SECONDS = 8
GUESSERS = 16
ANSWER_S = 1
tap = Tap()


def get(hub, path, method="GET", headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=20)
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def raw(hub, text, body=b"", most=0):
    """Sends the text, then the body again and again up to so many bytes. The status (0: none,
    the connection was closed) and how much of the body went out."""
    sent = 0
    with socket.create_connection(("127.0.0.1", hub.port), timeout=20) as s:
        try:
            s.sendall(text)
            while sent < most:
                s.sendall(body)
                sent += len(body)
        except OSError:
            pass
        try:
            found = re.match(rb"HTTP/1\.[01] (\d+)", s.recv(65536))
        except OSError:
            found = None
    return int(found.group(1)) if found else 0, sent


def memory(hub):
    with open(f"/proc/{hub.process.pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) * 1024


# ---- what browsers are told -----------------------------------------------------------------------
def headers(hub, is_https):
    status, first, body = get(hub, "/")
    policy = first["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([0-9a-f]{32,})'", policy)
    tap.ok(status == 200 and nonce and body.count(f'"{nonce.group(1)}"') == 2 and "__CSP_NONCE__" not in body,
           "the page carries the nonce of its policy", (policy, body))
    again = get(hub, "/")[1]["Content-Security-Policy"]
    tap.ok(nonce and nonce.group(1) not in again and re.sub(r"nonce-\w+", "", again) == re.sub(r"nonce-\w+", "", policy),
           "which is another each time, and nothing else is", again)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    wanted = {"default-src": "'none'", "script-src": "'self'", "form-action": "'self'", "frame-ancestors": "'none'",
              "base-uri": "'none'", "connect-src": "'self'"}
    tap.equal({name: rules.get(name) for name in wanted}, wanted, "scripts come from the hub, and nobody frames it")
    tap.ok("unsafe" not in policy and "*" not in policy and "http" not in policy, "nothing is allowed for ease", policy)
    for path, cached in (("/", "no-store"), ("/people", "no-store"), ("/assets/a.js", "public, max-age=31536000, immutable")):
        have = get(hub, path)[1]
        tap.equal([have[name] for name in ("X-Content-Type-Options", "Cross-Origin-Opener-Policy",
                                           "Cross-Origin-Resource-Policy", "Referrer-Policy", "Cache-Control")],
                  ["nosniff", "same-origin", "same-origin", "no-referrer", cached], f"{path} is guarded")
    for path in ("/", "/assets/a.js", "/api/v1/session"):
        tap.equal(get(hub, path)[1]["Strict-Transport-Security"], "max-age=31536000" if is_https else None,
                  f"{path} is {'' if is_https else 'not '}said to be https for good")
    tap.ok(all(get(hub, path, headers={"Origin": "https://evil.example"})[1]["Access-Control-Allow-Origin"] is None
               for path in ("/", "/api/v1/session", "/feed/head.json")), "nothing is shared with other sites")


def paths(hub):
    for path in ("/%2e%2e/office/office.sqlite", "/..%2foffice%2foffice.sqlite", "/assets/../../x.json",
                 "/assets/..%5c..%5cx.json", "//etc/passwd.html", "/index.html%00.js", "/office.sqlite", "/.hidden.js"):
        status, _, body = get(hub, path)
        tap.ok(status in (400, 404) and "root:" not in body and "SQLite" not in body, f"{path} is nothing", (status, body[:80]))
    status, _, body = get(hub, "/../../../etc/passwd")
    tap.ok(status == 200 and body.startswith("<!doctype"), "a path without a dot in its last part is the console's page")
    tap.equal(get(hub, "/", "POST")[0], 405, "nobody posts to a page")


# ---- bodies -----------------------------------------------------------------------------------------
def post(path, person=None, more=""):
    mine = f"Cookie: {person.cookie}\r\nX-CSRF-Token: {person.csrf}\r\n" if person else ""
    return f"POST /api/v1/{path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{mine}{more}\r\n".encode()


def announced(hub, who):
    cases = (
        ("a stranger's 4097 bytes", post("session", None, "Content-Length: 4097\r\n"), 413),
        ("a stranger's picture", post("media?name=a.png", None, "Content-Length: 1000000\r\n"), 413),
        ("a stranger with a false cookie", post("media?name=a.png", None, f"Cookie: fangzi_session={'0' * 64}\r\n"
                                                "Content-Length: 1000000\r\n"), 413),
        ("an editor's picture of 20 MiB and a byte", post("media?name=a.png", who["ed"], f"Content-Length: {20 * MIB + 1}\r\n"), 413),
        ("an editor's title of 1 MiB and a byte", post("sets", who["ed"], f"Content-Length: {MIB + 1}\r\n"), 413),
        ("an operator's picture", post("media?name=a.png", who["op"], "Content-Length: 1000000\r\n"), 413),
        ("a length that no number holds", post("sets", who["ed"], "Content-Length: 99999999999999999999999\r\n"), 413),
        ("a body for a page", b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", 413),
    )
    for what, text, status in cases:
        have = raw(hub, text)[0]
        tap.ok(have in (status, 400), f"{what}: refused before it is sent", have)
    tap.equal(raw(hub, post("session", None, "Content-Length: 4096\r\n"), b" " * 4096, 4096)[0], 422,
              "a stranger's 4096 bytes are read")


def endless(hub, who):
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    before = memory(hub)
    for what, path, person in (("a stranger's", "session", None), ("a stranger's picture", "media?name=a.png", None),
                               ("an editor's title", "sets", who["ed"]), ("a page's", "../../", None)):
        status, sent = raw(hub, post(path, person, "Transfer-Encoding: chunked\r\n"), chunk, ENDLESS)
        tap.ok(sent < IN_BETWEEN + MIB and status in (0, 400, 404, 405, 413), f"{what} body without end is cut off",
               (status, sent))
    status, sent = raw(hub, post("media?name=a.png", who["ed"], "Transfer-Encoding: chunked\r\n"), chunk, 2 * ENDLESS)
    tap.ok(sent < IN_BETWEEN + 20 * MIB and status in (0, 413), "an editor's picture without end is cut off", (status, sent))

    many = [threading.Thread(target=raw, args=(hub, post("session", None, "Transfer-Encoding: chunked\r\n"), chunk, ENDLESS))
            for _ in range(64)]
    for one in many:
        one.start()
    for one in many:
        one.join()
    tap.ok(IS_SAN or memory(hub) < before + 64 * MIB, "sixty-four at once cost little memory", (before, memory(hub)))
    tap.equal(who["ed"].ask("GET", "session")[0], 200, "and the hub answers")


def two_meanings(hub, who):
    """Nothing that stands behind a body is taken for a request, as one proxy or the other would."""
    inner = b"GET /api/v1/session HTTP/1.1\r\nHost: a\r\n\r\n"
    for what, more in (("two lengths", f"Content-Length: 2\r\nContent-Length: {len(inner)}\r\n"),
                       ("a negative length", "Content-Length: -1\r\n"), ("a length in words", "Content-Length: two\r\n"),
                       ("a signed length", "Content-Length: +2\r\n"),
                       ("a length and chunks", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"),
                       ("chunks of another kind", "Transfer-Encoding: xchunked\r\n")):
        status = raw(hub, post("sets", who["ed"], more), b"{}" + inner, 1)[0]
        tap.ok(status in (0, 400, 413, 422), f"{what}: refused", status)
    tap.ok(raw(hub, b"GET /api/v1/session HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 40000 + b"\r\n\r\n")[0] in (0, 413, 431),
           "headers of 40 KB are refused")
    tap.equal(who["ed"].ask("GET", "session")[0], 200, "and the hub answers")


# ---- clients that do not end --------------------------------------------------------------------------
class Drips(threading.Thread):
    """So many connections, each of which says a byte a second."""

    def __init__(self, hub, text):
        super().__init__()
        self.over, self.text, self.lost = threading.Event(), text, 0
        self.all = [socket.create_connection(("127.0.0.1", hub.port), timeout=20) for _ in range(SLOW_CLIENTS)]

    def run(self):
        said = self.text.find(b"\r\n") + 2
        for i, one in enumerate(self.all):  # half in the middle of headers, half in the middle of a body
            one.sendall(self.text[:said] if i % 2 else self.text)
        while not self.over.wait(1):
            for one in self.all:
                try:
                    one.sendall(b"a")
                except OSError:
                    self.lost += 1
        for one in self.all:
            one.close()


def slow(hub, who):
    before = memory(hub)
    drips = Drips(hub, post("session", None, "Content-Length: 4096\r\n"))
    drips.start()
    longest, count, until = 0, 0, time.monotonic() + SLOW_SECONDS
    while time.monotonic() < until:
        for path in ("sets", "overview", "session"):
            began = time.monotonic()
            who["ed"].must("GET", path)
            longest, count = max(longest, time.monotonic() - began), count + 1
    cost = memory(hub) - before
    drips.over.set()
    drips.join()
    print(f"# {count} answers, the slowest {longest:.3f} s, {cost >> 10} KiB, {drips.lost} bytes refused", flush=True)
    tap.equal(drips.lost, 0, f"{SLOW_CLIENTS} clients of a byte a second are held")
    tap.ok(longest < ANSWER_S, "and others are answered within a second", longest)
    tap.ok(IS_SAN or cost < SLOW_CLIENTS * 64 * 1024, "each costs less than 64 KiB", cost)


def guessing(hub, who):
    """Hashes are slow on purpose, and few at a time: what others ask does not wait behind them."""
    stop, lock, statuses = threading.Event(), threading.Lock(), {}

    def guess(i):
        while not stop.is_set():
            status = Person(hub, f"nobody{i}", "").ask("POST", "session", {"name": f"nobody{i}", "password": "x"})[0]
            with lock:
                statuses[status] = statuses.get(status, 0) + 1

    many = [threading.Thread(target=guess, args=(i,)) for i in range(GUESSERS)]
    for one in many:
        one.start()
    longest, count = 0, 0
    until = time.monotonic() + SLOW_SECONDS
    while time.monotonic() < until and statuses.get(401, 0) < 8:
        began = time.monotonic()
        who["ed"].must("GET", "sets")
        longest, count = max(longest, time.monotonic() - began), count + 1
    stop.set()
    for one in many:
        one.join()
    print(f"# beside {GUESSERS} who guess {count} answers, the slowest {longest:.3f} s; theirs {statuses}", flush=True)
    tap.ok(longest < ANSWER_S, f"{GUESSERS} who guess hold nobody up", longest)


Hub.page = PAGE
hub = Hub(BUILD, FOLDER)
os.makedirs(f"{FOLDER}/console/assets")
with open(f"{FOLDER}/console/assets/a.js", "w", encoding="utf-8") as script:
    script.write("1\n")
try:
    one_time = hub.init(f"{FOLDER}/content.json")
    hub.start()
    headers(hub, False)
    paths(hub)
    everybody = people(hub, one_time)
    announced(hub, everybody)
    endless(hub, everybody)
    two_meanings(hub, everybody)
    slow(hub, everybody)
    guessing(hub, everybody)
    hub.end()
    hub.options = ("--origin", "https://hub.example.cn")
    hub.start()
    headers(hub, True)
finally:
    hub.end()
tap.finish()
