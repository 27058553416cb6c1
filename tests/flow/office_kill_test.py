#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The hub is killed at random moments while several people edit, and started again: no edit
that was acknowledged is lost, and the audit log is whole.

Usage: office_kill_test.py BUILD FOLDER ROUNDS [SEED]. TAP."""

import http.client
import os
import random
import signal
import sys
import threading
import time

from hub_kit import DEADLINE_S, Hub, Person, Tap

EDITORS = 4
EDITS_A_SECOND = 200
tap = Tap()


class Editor(Person):
    """Who types fast: each thread keeps a connection of its own."""

    def __init__(self, *rest):
        super().__init__(*rest)
        self.local = threading.local()

    def connect(self):
        if getattr(self.local, "connection", None) is None:
            self.local.connection = super().connect()
        return self.local.connection

    def leave(self, connection):
        pass


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
    hub.end(signal.SIGKILL)
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
    hub = Hub(build, folder)
    one_time = hub.init()
    hub.start()
    try:
        admin = Person(hub, "admin", one_time)
        admin.begin()
        admin.confirm()
        made = admin.must("POST", "accounts", {"name": "zhang", "display": "张", "roles": ["editor", "auditor"]})
        editor = Editor(hub, "zhang", made["password"])
        editor.begin()
        total = lost = 0
        lived = 0.0
        whole = True
        for _ in range(rounds):
            count, gone, lives = run_round(hub, editor, draw)
            total, lost, lived = total + count, lost + gone, lived + lives
            whole = whole and editor.must("GET", "audit/verify")["whole"]
        rate = total / lived
        print(f"# {rounds} kills, {total} edits acknowledged ({rate:.0f} a second), {lost} lost")
        tap.equal(lost, 0, "no acknowledged edit is lost by a kill")
        tap.ok(whole, "the audit log is whole after each")
        tap.ok(total > 20 * rounds, "there were edits to lose", total)
    finally:
        hub.end(signal.SIGKILL)
    tap.finish()


if __name__ == "__main__":
    main()
