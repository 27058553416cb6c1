#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The hub is killed at random moments while several people edit, and started again: no edit
that was acknowledged is lost, and the audit log is whole.

Usage: office_kill_test.py BUILD FOLDER ROUNDS [SEED]. TAP."""

import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time

EDITORS = 4
EDITS_A_SECOND = 200
DEADLINE_S = 30


class Hub:
    """A hub of our own on a free port."""

    def __init__(self, build, folder):
        self.build, self.folder = build, folder
        self.port = 0
        self.process = None

    def init(self):
        out = subprocess.run(
            [f"{self.build}/fangzi-hub", "init", "--folder", f"{self.folder}/office"],
            check=True, capture_output=True, text=True).stdout
        return re.search(r"one-time password (\S+)", out).group(1)

    def start(self):
        self.process = subprocess.Popen(
            [f"{self.build}/fangzi-hub", "serve", "--folder", f"{self.folder}/office", "--feed",
             f"{self.folder}/feed", "--listen", f"127.0.0.1:{self.port}", "--console", f"{self.folder}/console"],
            stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r"on port (\d+)", self.process.stdout.readline()).group(1))

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(DEADLINE_S)


class Person:
    """One signed-in person; each thread has a connection of its own."""

    def __init__(self, hub):
        self.hub = hub
        self.cookie = self.csrf = ""
        self.local = threading.local()

    def ask(self, method, path, body=None):
        connection = getattr(self.local, "connection", None)
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.hub.port, timeout=DEADLINE_S)
            self.local.connection = connection
        headers = {"Cookie": self.cookie, "X-CSRF-Token": self.csrf}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            connection.request(method, "/api/v1/" + path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            self.local.connection = None
            raise
        cookie = answer.headers.get("Set-Cookie")
        if cookie:
            self.cookie = cookie.split(";")[0]
        parsed = json.loads(data) if data else None
        if isinstance(parsed, dict) and "csrf" in parsed:
            self.csrf = parsed["csrf"]
        return answer.status, parsed

    def must(self, method, path, body=None, status=(200, 201, 204)):
        got, parsed = self.ask(method, path, body)
        if got not in status:
            raise RuntimeError(f"{method} {path}: {got} {parsed}")
        return parsed

    def sign_in(self, name, one_time, password):
        self.must("POST", "session", {"name": name, "password": one_time})
        self.must("POST", "session/password", {"old": one_time, "new": password})


def edit_for_a_while(person, set_id, first, until, acknowledged, lock):
    """Puts items, each with an id of its own, until the hub is gone or the time is up."""
    number = first
    step = EDITORS / EDITS_A_SECOND
    due = time.monotonic()
    while time.monotonic() < until:
        item = {"id": f"n-{number}", "title": f"第{number}条", "text": "文", "ticker": True, "level": "info"}
        try:
            status, _ = person.ask("PUT", f"sets/{set_id}/items/notices/{item['id']}", item)
        except (OSError, http.client.HTTPException):
            return
        if status == 200:
            with lock:
                acknowledged.append(item)
        number += EDITORS
        due += step
        # an even pace, not a wait for something
        time.sleep(max(0, due - time.monotonic()))


def run_round(hub, person, draw):
    set_id = person.must("POST", "sets", {"title": "一轮"})["id"]
    acknowledged, lock = [], threading.Lock()
    started = time.monotonic()
    lives = draw.uniform(0.2, 1.5)
    threads = [threading.Thread(target=edit_for_a_while,
                                args=(person, set_id, i, started + 10, acknowledged, lock)) for i in range(EDITORS)]
    for thread in threads:
        thread.start()
    time.sleep(lives)  # the moment of the kill is what is drawn
    hub.kill()
    for thread in threads:
        thread.join(DEADLINE_S)
    person.local.connection = None
    hub.start()
    kept = {item["id"]: item["body"] for item in person.must("GET", f"items/notices?set={set_id}")["items"]}
    lost = [item for item in acknowledged if kept.get(item["id"]) != item]
    return len(acknowledged), len(lost), lives


def main():
    build, folder, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    draw = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    os.makedirs(f"{folder}/feed")
    os.makedirs(f"{folder}/console")
    with open(f"{folder}/console/index.html", "w", encoding="utf-8") as index:
        index.write("<!doctype html><title>-</title>")
    hub = Hub(build, folder)
    admin, editor = Person(hub), Person(hub)
    one_time = hub.init()
    hub.start()
    try:
        admin.sign_in("admin", one_time, "a quite long sentence")
        admin.must("POST", "session/confirm", {"password": "a quite long sentence"})
        made = admin.must("POST", "accounts", {"name": "zhang", "display": "张", "roles": ["editor", "auditor"]})
        editor.sign_in("zhang", made["password"], "another long sentence")
        total = lost = 0
        lived = 0.0
        whole = True
        for _ in range(rounds):
            count, gone, lives = run_round(hub, editor, draw)
            total, lost, lived = total + count, lost + gone, lived + lives
            whole = whole and editor.must("GET", "audit/verify")["whole"]
        rate = total / lived
        print(f"# {rounds} kills, {total} edits acknowledged ({rate:.0f} a second), {lost} lost")
        print(("ok" if lost == 0 else "not ok") + " 1 - no acknowledged edit is lost by a kill")
        print(("ok" if whole else "not ok") + " 2 - the audit log is whole after each")
        print(("ok" if total > 20 * rounds else "not ok") + " 3 - there were edits to lose")
        print("1..3")
        return 0
    finally:
        hub.process.kill()
        hub.process.wait(DEADLINE_S)


if __name__ == "__main__":
    sys.exit(main())
