#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The feed brought to a bucket and to a folder for USB sticks, in the right order, again after
failures, and taken from there by fangzi-sync. Usage: bring_test.py BUILD FOLDER. TAP."""

import os
import subprocess
import sys

from hub_kit import Hub, Tap, draft_of, issue, people, run, signatures, wait_until

BUILD, FOLDER = sys.argv[1], sys.argv[2]
ID, SECRET, REGION = "AKIATEST", "a/secret+of=ours", "cn-test-1"
tap = Tap()


class Store:
    """s3_server.py."""

    def __init__(self):
        self.folder = f"{FOLDER}/store"
        os.makedirs(self.folder)
        self.process = subprocess.Popen(
            ["/usr/bin/python3", "tests/flow/s3_server.py", self.folder, ID, SECRET, REGION],
            stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def order(self, word):
        path = f"{self.folder}/order"
        if word:
            with open(path, "w", encoding="utf-8") as f:
                f.write(word)
        elif os.path.exists(path):
            os.unlink(path)

    def log(self):
        try:
            with open(f"{self.folder}/log", encoding="utf-8") as f:
                return f.read().splitlines()
        except OSError:
            return []

    def end(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()


def delivery(op, version, where):
    shown = op.must("GET", f"publications/{version}")["delivery"]
    return next((d for d in shown if d["where"] == where), {"state": "none", "message": None})


def publish(who, set_id, confirms):
    version = issue(who, set_id, confirms)
    op = who["op"]
    op.must("POST", f"publications/{version}/signatures",
            signatures(BUILD, FOLDER, draft_of(FOLDER, op, version), "publisher"))
    op.confirm()
    tap.equal(op.ask("POST", f"publications/{version}/publish", {})[0], 200, f"version {version} is published")
    return version


def sync_takes(name, source, version):
    state = f"{FOLDER}/state-{name}"
    done = run(f"{BUILD}/fangzi-sync", "--once", "--state", state, "--trust", f"{FOLDER}/feed/trust/1.json", "--feed",
               source)
    status = run(f"{BUILD}/fangzi-sync", "status", "--state", state)
    tap.ok(done.returncode == 0 and f"{version}" in status.stdout, f"fangzi-sync takes version {version} from the {name}",
           done.stderr + status.stdout)


def in_order(lines):
    """Every object before the manifest, that before the head."""
    puts = [line.split()[1] for line in lines if line.startswith("PUT")]
    kinds = [0 if "/objects/" in p or "/trust/" in p else 1 if "/manifests/" in p else 2 for p in puts]
    return kinds == sorted(kinds) and {0, 1, 2} <= set(kinds)


def main():
    store = Store()
    with open(f"{FOLDER}/bucket.key", "w", encoding="utf-8") as f:
        f.write(f"{ID}:{SECRET}\n")
    os.chmod(f"{FOLDER}/bucket.key", 0o644)
    bucket = ("--bucket", f"http://127.0.0.1:{store.port}/town/feed", "--bucket-region", REGION, "--bucket-key",
              f"{FOLDER}/bucket.key")
    hub = Hub(BUILD, FOLDER, "--head-key", f"{FOLDER}/keys/head", "--stick", f"{FOLDER}/usb", *bucket)
    one_time = hub.init(f"{FOLDER}/content.json")
    try:
        hub.start()
        tap.ok(False, "a secret that others may read is refused")
    except RuntimeError as why:
        tap.ok("chmod 600" in str(why), "a secret that others may read is refused", why)
    os.chmod(f"{FOLDER}/bucket.key", 0o600)
    hub.start()
    try:
        who = people(hub, one_time)
        admin, ed, op = who["admin"], who["ed"], who["op"]
        shown = admin.must("GET", "settings")
        tap.ok(shown["bucket"]["available"] and not shown["bucket"]["on"] and shown["stick_folder"]["available"],
               "a bucket is there, and not turned on by itself", shown)
        first = publish(who, ed.must("GET", "sets")["sets"][0]["id"], True)
        tap.equal(store.log(), [], "nothing is brought anywhere unasked")
        admin.must("PATCH", "settings", {"bucket": True, "stick_folder": True})
        tap.ok(wait_until(lambda: delivery(op, first, "bucket")["state"] == "done"), "turned on, it is brought there",
               delivery(op, first, "bucket"))
        tap.ok(in_order(store.log()), "objects, then the manifest, then the head", "\n".join(store.log()))
        tap.ok(wait_until(lambda: delivery(op, first, "stick")["state"] == "done"), "and to the folder for sticks")
        sync_takes("bucket", f"http://127.0.0.1:{store.port}/town/feed/", first)
        sync_takes("stick", f"file://{FOLDER}/usb/fangzi-feed/", first)
        same = run("diff", "-r", f"{FOLDER}/feed", f"{FOLDER}/usb/fangzi-feed")
        tap.equal(same.stdout, "", "the stick's feed is the feed")

        before = len(store.log())
        store.order("500")
        set_id = ed.must("POST", "sets", {"title": "第二版"})["id"]
        ed.must("PUT", f"sets/{set_id}/items/notices/n2",
                {"id": "n2", "title": "新通知", "text": "文", "ticker": True, "level": "info"})
        second = publish(who, set_id, False)
        tap.ok(wait_until(lambda: delivery(op, second, "bucket")["state"] == "failed"),
               "a store that fails does not hinder publishing, and is told of", delivery(op, second, "bucket"))
        tap.ok("500" in (delivery(op, second, "bucket")["message"] or ""), "with what it said")
        tap.equal(delivery(op, second, "feed")["state"], "done", "the feed itself is published")
        for word, sign in (("redirect", "307"), ("flood", "Failed writing")):
            store.order(word)
            admin.must("PATCH", "settings", {"bucket": True})
            tap.ok(wait_until(lambda w=sign: w in (delivery(op, second, "bucket")["message"] or "")),
                   f"a store that answers with a {word} is a failure", delivery(op, second, "bucket"))
        store.order(None)
        admin.must("PATCH", "settings", {"bucket": True})
        tap.ok(wait_until(lambda: delivery(op, second, "bucket")["state"] == "done"), "then it is brought there after all",
               delivery(op, second, "bucket"))
        log = store.log()[before:]
        again = {line.split()[1] for line in log if line.startswith("PUT") and "/trust/" not in line}
        tap.ok(len(again) == 3, "only what the bucket lacked: content, manifest, head", "\n".join(log))
        head = op.must("PUT", "head/hold", {"hold": True, "reason": "试"})
        tap.ok(wait_until(lambda: run("grep", "-c", "PUT /town/feed/head.json 200", f"{store.folder}/log").stdout.strip()
                          == "3"), "a hold is brought there, too", head)
        sync_takes("bucket", f"http://127.0.0.1:{store.port}/town/feed/", second)
        hub.end()
        with open(f"{FOLDER}/bucket.key", "w", encoding="utf-8") as f:
            f.write(f"{ID}:another\n")
        hub.start()
        op.confirm()
        op.must("PUT", "head/hold", {"hold": False, "reason": "试"})
        tap.ok(wait_until(lambda: delivery(op, second, "bucket")["state"] == "failed"), "a wrong secret is refused",
               delivery(op, second, "bucket"))
    finally:
        hub.end()
        store.end()
    tap.finish()


if __name__ == "__main__":
    main()
