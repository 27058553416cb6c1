#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A screen and its hub, both real: the code on the display, pairing, what the fleet says and
when, a picture, proof of play, what is forged, and the end of a key.
Usage: device_test.py BUILD FOLDER. TAP. FOLDER has keys/, feed/trust/1.json and content.json."""

import base64
import hashlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys

from hub_kit import Hub, Tap, issue, people, run, wait_until

BUILD, FOLDER = sys.argv[1], sys.argv[2]
STATE, SCREEN = f"{FOLDER}/state", f"{FOLDER}/screen"
tap = Tap()


def lines(path):
    """A status file as a dict; empty when there is none."""
    try:
        with open(path, encoding="utf-8") as f:
            return dict(line.rstrip("\n").split("=", 1) for line in f if "=" in line)
    except FileNotFoundError:
        return {}


class Box:
    """A screen: fangzi-kiosk and fangzi-sync, as their units run them."""

    def __init__(self, hub):
        self.hub = hub
        self.processes = []

    def start(self):
        os.makedirs(SCREEN, exist_ok=True)
        os.makedirs(STATE, exist_ok=True)
        trust = f"{FOLDER}/feed/trust/1.json"
        self.kiosk = self.run("kiosk", f"{BUILD}/fangzi-kiosk", "--no-sync", "--trust", trust, "--state", STATE,
                              "--size", "1280x720", "--look-s", "1", "--reduce-motion", "on")
        self.sync = self.run("sync", f"{BUILD}/fangzi-sync", "--feed", f"file://{FOLDER}/feed", "--trust", trust,
                             "--state", STATE, "--poll-s", "1", "--kiosk", f"{BUILD}/fangzi-kiosk",
                             "--kiosk-folder", SCREEN, "--hub", f"http://127.0.0.1:{self.hub.port}",
                             "--report-s", "10")

    def run(self, name, *command):
        with open(f"{FOLDER}/{name}.log", "a", encoding="utf-8") as log:
            started = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "RUNTIME_DIRECTORY": SCREEN})
        self.processes.append(started)
        return started

    def end(self):
        for process in self.processes:
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self.processes:
            process.wait(30)
        self.processes = []

    def shows(self):
        return lines(f"{SCREEN}/kiosk.status")

    def says(self):
        return lines(f"{STATE}/device.status")

    def logs(self):
        said = ""
        for name in ("kiosk", "sync"):
            with open(f"{FOLDER}/{name}.log", encoding="utf-8") as log:
                said += log.read()
        return said + f"{self.shows()}\n{self.says()}"


def publish(who, title):
    """Another notice on all screens; its version."""
    set_id = who["ed"].must("POST", "sets", {"title": title})["id"]
    who["ed"].must("PUT", f"sets/{set_id}/items/notices/n1",
                   {"id": "n1", "title": title, "text": "文", "ticker": False, "level": "info"})
    return put_on(who, issue(who, set_id))


def put_on(who, version):
    who["iss"].must("POST", f"publications/{version}/sign", {})
    who["op"].confirm()
    who["op"].must("POST", f"publications/{version}/publish", {})
    return version


# ---- forging ---------------------------------------------------------------------------------

def envelope(kind, body, key):
    """A DSSE envelope by a key of a file."""
    kind = f"application/vnd.fangzi.{kind}.v1+json"
    data = json.dumps(body).encode() if isinstance(body, dict) else body
    with open(f"{FOLDER}/forge.in", "wb") as f:
        f.write(b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(data), data))
    signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", f"{FOLDER}/forge.in"],
                               check=True, capture_output=True).stdout
    public = subprocess.run(["openssl", "pkey", "-in", key, "-pubout", "-outform", "DER"], check=True,
                            capture_output=True).stdout
    return json.dumps({"payloadType": kind, "payload": base64.b64encode(data).decode(), "signatures": [
        {"keyid": hashlib.sha256(public).hexdigest(), "sig": base64.b64encode(signature).decode()}]}).encode()


def send(hub, path, data, method="POST", headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=30)
    try:
        connection.request(method, path, data, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (BrokenPipeError, ConnectionResetError):
        return 413, b""  # told while the rest was on its way
    finally:
        connection.close()


def report(screen, seq, **more):
    return {"screen": screen, "seq": seq, "at": "2026-01-01T00:00:00Z", "version": 99, "display": "ok", **more}


# ---- the story ---------------------------------------------------------------------------------

def pair(who, box):
    op = who["op"]
    tap.ok(wait_until(lambda: box.says().get("code") and box.shows().get("page") == "pairing"),
           "a screen that nobody has paired shows a code", box.logs())
    said = box.says()
    tap.ok(re.fullmatch(r"\d{6}", said["code"]) and re.fullmatch(r"([0-9A-F]{4} ?){4}", said["fingerprint"]),
           "of six digits, with the fingerprint of its key", said)
    tap.equal(said["pair_url"], f"http://127.0.0.1:{box.hub.port}/#/screens/pair/{said['code']}", "and where a telephone finds the page for it")
    tap.equal(os.stat(f"{STATE}/device.key").st_mode & 0o777, 0o600, "its key is for its own eyes")
    tap.equal(op.must("GET", "screens")["screens"], [], "no screen is in the fleet")
    wrong = f"{(int(said['code']) + 1) % 1000000:06d}"
    tap.equal(op.ask("POST", "screens/pair", {"code": wrong, "name": "大厅", "tags": []})[0], 404,
              "another code is nobody's")
    tap.equal(who["ed"].ask("POST", "screens/pair", {"code": said["code"], "name": "大厅", "tags": []})[0], 403,
              "an editor pairs nothing")
    status, shown = op.ask("POST", "screens/pair", {"code": said["code"], "name": "一楼大厅", "tags": ["hall"]})
    tap.equal((status, shown.get("state")), (201, "never_seen"), "its own code pairs it")
    tap.equal(shown["fingerprint"], said["fingerprint"], "the fingerprints are the same")
    tap.equal(op.ask("POST", "screens/pair", {"code": said["code"], "name": "二", "tags": []})[0], 404,
              "a code counts once")
    tap.ok(wait_until(lambda: box.says().get("tag") == "hall" and not box.says()["code"]),
           "the screen hears of it", box.logs())
    tap.ok(wait_until(lambda: box.shows().get("page") in ("hall-1", "b1-1")), "and the show goes on", box.logs())
    tap.ok(wait_until(lambda: " hall-1 " in open(f"{SCREEN}/kiosk.plays", encoding="utf-8").read()),
           "with the playlist of its tag", box.logs())
    return shown["id"]


def behind_and_current(who, box, screen):
    op = who["op"]
    shown = {}

    def state():
        shown.update(op.must("GET", f"screens/{screen}"))
        return shown["state"]

    tap.ok(wait_until(lambda: state() == "current"), "the fleet says that it is current", f"{shown} {box.logs()}")
    tap.ok(shown["report"]["version"] == 1 and shown["report"]["display"] == "ok" and shown["report"]["page"] and
           len(shown["report"]["frame_hash"]) == 16 and shown["report"]["size"] == "1280x720" and
           shown["report"]["sync_result"] == "ok" and shown["report"]["software"] and
           shown["report"]["disk_free_mb"] > 0 and shown["report"]["uptime_s"] > 0,
           "and knows what it shows, and how it is", shown)
    box.kiosk.send_signal(signal.SIGSTOP)  # it cannot show what comes
    version = publish(who, "第二版")
    taken = f"version={version}"
    tap.ok(wait_until(lambda: taken in run(f"{BUILD}/fangzi-sync", "status", "--state", STATE).stdout.split("\n")),
           "a new version arrives while the display stands still", box.logs())
    seen = op.must("GET", f"screens/{screen}")["last_report"]
    tap.ok(wait_until(lambda: op.must("GET", f"screens/{screen}")["last_report"] > seen), "the screen goes on reporting")
    tap.equal((state(), shown["report"]["version"]), ("behind", 1), "what was taken and is not shown does not count")
    box.kiosk.send_signal(signal.SIGCONT)
    tap.ok(wait_until(lambda: state() == "current", 90), "once it is shown, the screen is current", f"{shown} {box.logs()}")
    tap.equal(shown["report"]["version"], version, "by its own word")
    tap.equal(who["ed"].must("GET", "overview")["fleet"], {"current": 1}, "and so says the first page")


def picture(who, box, screen):
    op = who["op"]
    tap.equal(op.ask("GET", f"screens/{screen}/picture")[0], 404, "there is no picture before it is asked for")
    tap.equal(op.ask("POST", f"screens/{screen}/picture")[0], 202, "a picture is asked for")
    tap.ok(wait_until(lambda: op.must("GET", f"screens/{screen}")["picture"]["captured"]),
           "it comes, with its time", box.logs())
    got = op.must("GET", f"screens/{screen}/picture")
    with open(f"{FOLDER}/seen.jpg", "wb") as f:
        f.write(got)
    size = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0",
                           f"{FOLDER}/seen.jpg"], check=False, capture_output=True, text=True).stdout.strip()
    tap.equal(size, "960,540", "it is as large as it may be, and no larger")


def plays(who, screen):
    op = who["op"]
    rows = []

    def has_played():
        rows[:] = op.must("GET", f"plays?screen={screen}")["plays"]
        return {"hall-1", "b1-1"} <= {r["page"] for r in rows if r["seconds"] > 0}

    tap.ok(wait_until(has_played), "what was shown is counted by page", rows)
    tap.ok(all(re.fullmatch(r"\d{4}-\d\d-\d\d", r["day"]) for r in rows if r["page"] == "hall-1") and
           {r["version"] for r in rows if r["page"] == "hall-1"} == {1, 2} and
           all(re.fullmatch(r"[0-9a-f]{64}", r["content_sha256"]) for r in rows if r["page"] == "hall-1"),
           "with the day, the version and the content's hash", rows)
    status, sheet = who["rev"].ask("GET", "plays?format=csv")
    tap.ok(status == 200 and sheet.startswith(b"\xef\xbb\xbfscreen,") and b'"hall-1"' in sheet, "and as a sheet", sheet)
    tap.equal(who["ed"].ask("GET", "plays")[0], 403, "an editor does not ask for it")


def forge(hub, who, screen):
    key, other = f"{STATE}/device.key", f"{FOLDER}/keys/head"
    hello = {"code": "123456", "seq": 1 << 50, "at": "2026-01-01T00:00:00Z", "software": "x", "size": "1x1", "key": ""}
    big = report(screen, 1 << 51, sync_result="x" * 5000)
    cases = [
        ("a report that was heard before", "report", envelope("report", report(screen, 1), key), 409),
        ("a report by another key", "report", envelope("report", report(screen, 1 << 51), other), 403),
        ("a report for another screen", "report", envelope("report", report("0" * 16, 1 << 51), key), 403),
        ("a report of another type", "report", envelope("hello", report(screen, 1 << 51), key), 400),
        ("a report that is no report", "report", envelope("report", b"[1]", key), 400),
        ("a version that is no number", "report", envelope("report", report(screen, 1 << 51, version="2"), key), 400),
        ("more than 4 KiB", "report", envelope("report", big, key), 413),
        ("a hello without a key", "hello", envelope("hello", hello, key), 400),
        ("nothing at all", "report", b"", 400),
        ("a picture that nobody asked for", "picture", b"\xff\xd8\xff" + bytes(1000), 413),
        ("another address", "secrets", b"{}", 413),
    ]
    for what, path, data, code in cases:
        status, answer = send(hub, f"/device/v1/{path}", data)
        tap.ok(status == code, f"{what} is refused: {status}", f"want {code}: {answer[:200]}")
    label = envelope("picture", {"screen": screen, "request": "0" * 16, "seq": 1 << 51, "size": 4, "sha256": "0" * 64,
                                 "captured": "2026-01-01T00:00:00Z"}, key)
    status, _ = send(hub, "/device/v1/picture", b"\xff\xd8\xff\xe0", headers={
        "X-Fangzi-Label": base64.b64encode(label).decode()})
    tap.equal(status, 413, "a label that was made up lets no picture in")
    tap.equal(send(hub, "/device/v1/report", None, "GET")[0], 405, "reports are sent, not asked for")
    tap.equal(who["op"].must("GET", f"screens/{screen}")["report"]["version"], 2, "nothing of it was believed")


def revoke(hub, who, box, screen):
    op = who["op"]
    before = op.must("GET", f"screens/{screen}")["last_report"]
    op.confirm()
    tap.equal(op.must("POST", f"screens/{screen}/revoke")["state"], "revoked", "a key can be revoked")
    status, _ = send(hub, "/device/v1/report", envelope("report", report(screen, 1 << 51), f"{STATE}/device.key"))
    tap.equal(status, 403, "what it signs then counts no more")
    tap.ok(wait_until(lambda: box.says().get("error", "").startswith("it does not believe")), "the screen hears that",
           box.logs())
    tap.ok("hub_error=it does not believe" in run(f"{BUILD}/fangzi-sync", "status", "--state", STATE).stdout, "and its status says so")
    looked = box.shows()["looked"]
    tap.ok(wait_until(lambda: box.shows()["looked"] > looked) and box.shows()["page"] in ("hall-1", "b1-1"),
           "it goes on showing", box.logs())
    tap.equal(op.must("GET", f"screens/{screen}")["last_report"], before, "while the hub believes nothing of it")
    status, text = send(hub, "/metrics", None, "GET")
    tap.ok(status == 200 and b'fangzi_hub_screens{state="revoked"} 1\n' in text, "which the metrics tell", text)
    entries = who["admin"].must("GET", "audit?what=screen.")["entries"]
    tap.equal([e["what"] for e in entries], ["screen.revoke", "screen.pair"], "both are in the audit log")


def main():
    hub = Hub(BUILD, FOLDER, "--head-key", f"{FOLDER}/keys/head", "--publisher-key", f"{FOLDER}/keys/publisher")
    one_time = hub.init(f"{FOLDER}/content.json")
    hub.start()
    box = Box(hub)
    try:
        who = people(hub, one_time)
        who["admin"].must("PATCH", "settings", {"publisher_key_on_hub": True})
        put_on(who, issue(who, who["ed"].must("GET", "sets")["sets"][0]["id"]))
        box.start()
        screen = pair(who, box)
        behind_and_current(who, box, screen)
        picture(who, box, screen)
        plays(who, screen)
        forge(hub, who, screen)
        revoke(hub, who, box, screen)
    finally:
        box.end()
        hub.end()
    tap.finish()


if __name__ == "__main__":
    main()
