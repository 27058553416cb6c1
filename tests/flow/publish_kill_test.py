#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The hub is killed while it publishes: before each call in turn that changes the feed's folder
or the office's. What is left is a feed that holds, whose head names no file that is missing;
and publishing again goes through, as if nothing had been.

Usage: publish_kill_test.py BUILD FOLDER STEP. Of the office's calls each STEPth is tried. TAP."""

import http.client
import os
import shutil
import sys

from hub_kit import Hub, Tap, draft_of, issue, people, signatures, verify

BUILD, FOLDER, STEP = sys.argv[1], sys.argv[2], int(sys.argv[3])
CALLS_MAX = 400
KEPT = ("office", "feed")
tap = Tap()


def keep():
    for name in KEPT:
        shutil.copytree(f"{FOLDER}/{name}", f"{FOLDER}/kept/{name}", dirs_exist_ok=True)


def put_back():
    for name in KEPT:
        shutil.rmtree(f"{FOLDER}/{name}")
        shutil.copytree(f"{FOLDER}/kept/{name}", f"{FOLDER}/{name}")


def publish_once(hub, op, version, environment):
    """True: it was answered; False: the hub died of it."""
    flag = f"{FOLDER}/now"
    hub.start({**environment, "FAIL_WHILE": flag})
    op.confirm()
    with open(flag, "w", encoding="utf-8"):
        pass
    try:
        status, _ = op.ask("POST", f"publications/{version}/publish", {})
        lived = status == 200
    except (OSError, http.client.HTTPException):
        lived = False
    os.unlink(flag)
    hub.end()
    return lived


def judge(hub, op, version):
    """What is wrong with what was left; and with publishing again."""
    left = verify(BUILD, FOLDER)
    if left.returncode != 0:
        return f"the feed does not hold: {left.stderr}"
    hub.start()
    try:
        op.confirm()
        state = op.must("GET", f"publications/{version}")["state"]
        head = op.must("GET", "head")["version"]
        if (state == "published") != (head == version):
            return f"it is {state}, while the head names {head}"
        if state != "published":
            op.must("POST", f"publications/{version}/publish", {})
        if not any(i["id"] == f"n{version}" for i in op.must("GET", "items/notices")["items"]):
            return "what it changed is not the content"
    finally:
        hub.end()
    done = verify(BUILD, FOLDER)
    return "" if done.returncode == 0 and f"version {version}" in done.stdout else f"published badly: {done.stderr}"


def kill_at_each(hub, op, version, under, call, step):
    """Until a publication goes through: then there was no such call any more."""
    wrong, kills = [], 0
    for at in range(1, CALLS_MAX, step):
        put_back()
        lived = publish_once(hub, op, version, {
            "LD_PRELOAD": os.path.abspath(f"{BUILD}/tests/libfail.so"), "FAIL_PROGRAM": "fangzi-hub",
            "FAIL_CALL": call, "FAIL_WITH": "kill", "FAIL_AT": str(at), "FAIL_UNDER": f"{FOLDER}/{under}"})
        kills += not lived
        found = judge(hub, op, version)
        if found:
            wrong.append(f"{call} {at}: {found}")
        if lived:
            break
    tap.ok(kills > 0 and not wrong, f"killed before each {call} in {under}: {kills} kills, {len(wrong)} wrong",
           "\n".join(wrong))


def main():
    hub = Hub(BUILD, FOLDER, "--head-key", f"{FOLDER}/keys/head")
    one_time = hub.init(f"{FOLDER}/content.json")
    hub.start()
    try:
        who = people(hub, one_time)
        ed, op = who["ed"], who["op"]
        version = issue(who, ed.must("GET", "sets")["sets"][0]["id"])
        op.must("POST", f"publications/{version}/signatures",
                signatures(BUILD, FOLDER, draft_of(FOLDER, op, version), "publisher"))
        op.confirm()
        op.must("POST", f"publications/{version}/publish", {})
        set_id = ed.must("POST", "sets", {"title": "第二版"})["id"]
        ed.must("PUT", f"sets/{set_id}/items/notices/n2",
                {"id": "n2", "title": "新通知", "text": "文", "ticker": True, "level": "info"})
        version = issue(who, set_id, confirms=False)
        op.must("POST", f"publications/{version}/signatures",
                signatures(BUILD, FOLDER, draft_of(FOLDER, op, version), "publisher"))
    finally:
        hub.end()
    keep()
    for call in ("rename", "sync", "write"):
        kill_at_each(hub, op, version, "feed", call, 1)
    for call in ("sync", "write"):
        kill_at_each(hub, op, version, "office", call, STEP)
    tap.finish()


if __name__ == "__main__":
    main()
