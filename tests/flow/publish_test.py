#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""From an upload to the screens: pictures, previews, signatures by two publishers, the feed,
alerts and holds. Usage: publish_test.py BUILD FOLDER. TAP. FOLDER has keys/, a trust document
of threshold 2 in feed/trust/1.json and content.json."""

import base64
import io
import json
import os
import sys
import time
import zipfile

from hub_kit import Hub, Tap, draft_of, issue, people, png, run, signatures, verify, wait_until

BUILD, FOLDER = sys.argv[1], sys.argv[2]
tap = Tap()


def signed(path, *keys):
    return signatures(BUILD, FOLDER, path, *keys)


def pictures(who):
    ed = who["ed"]
    status, medium = ed.ask("POST", "media?name=town.png", raw=png(64, 36) + b"<script>alert(1)</script>")
    tap.equal((status, medium.get("type"), medium.get("width")), (201, "image/png", 64), "a picture is taken")
    status, got = ed.ask("GET", "media/town.png")
    tap.ok(status == 200 and b"script" not in got, "what hung behind it is gone")
    bad = {
        "a page of HTML": (b"<html>", 415, "不是 PNG"),
        "an SVG": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", 415, "不是 PNG"),
        "a GIF": (b"GIF89a\1\0\1\0\0\0\0;", 415, "不是 PNG"),
        "a ZIP": (b"PK\3\4" + bytes(100), 415, "不是 PNG"),
        "a PNG of 30,000 x 30,000 pixels": (png(1, 1)[:16] + b"\0\0\x75\x30" * 2 + png(1, 1)[24:], 415, "像素"),
        "a PNG that is cut off": (png(64, 36)[:60], 415, "已损坏"),
        "a PNG of 4,097 pixels a side": (png(4097, 1), 415, "4097"),
        "eleven megabytes": (png(1, 1) + bytes(11 << 20), 413, "10 MB"),
    }
    for what, (data, code, reason) in bad.items():
        status, answer = ed.ask("POST", "media?name=bad.png", raw=data)
        message = answer["error"]["message"] if isinstance(answer, dict) else answer
        tap.ok(status == code and reason in message, f"{what} is refused: {message}", f"{status} {answer}")
    for name in ("../up.png", "a b.png", "画.png", ".png"):
        status, answer = ed.ask("POST", f"media?name={name}", raw=png(8, 8))
        if name != ".png":
            tap.ok(status == 422, f"the name {name} is refused", f"{status} {answer}")
    status, answer = ed.ask("POST", "media?name=town.png", raw=png(64, 36, (1, 2, 3)))
    tap.equal(status, 409, "a name that is taken keeps its picture")
    tap.equal(who["rev"].ask("POST", "media?name=r.png", raw=png(8, 8))[0], 403, "a reviewer sends no pictures")
    ed.must("POST", "media?name=spare.png", raw=png(8, 8))
    tap.equal(ed.ask("DELETE", "media/spare.png")[0], 204, "one that nothing names is removed")


def film(path, *options):
    run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=red:s=64x36:d=0.2", "-pix_fmt", "yuv420p", *options, path)
    with open(path, "rb") as file:
        return file.read()


def films(who):
    ed = who["ed"]
    sound = film(f"{FOLDER}/a.mp4", "-c:v", "libx264")
    status, medium = ed.ask("POST", "media?name=town.film", raw=sound)
    tap.equal((status, medium.get("name"), medium.get("type"), medium.get("width")),
              (201, "town.mp4", "video/mp4", 64), "a film is taken")
    status, got = ed.ask("GET", "media/town.mp4")
    tap.ok(status == 200 and got == sound, "and kept as it was sent")
    status, answer = ed.ask("POST", "media?name=long.mp4", raw=sound + bytes(11 << 20))
    tap.equal(status, 201, "one of eleven megabytes as well")
    bad = {
        "a film in another coding": (film(f"{FOLDER}/b.mp4", "-c:v", "mpeg4"), 415, "H.264"),
        "a film that is cut off": (sound[:200], 415, "完整"),
    }
    for what, (data, code, reason) in bad.items():
        status, answer = ed.ask("POST", "media?name=bad.mp4", raw=data)
        message = answer["error"]["message"] if isinstance(answer, dict) else answer
        tap.ok(status == code and reason in str(message), f"{what} is refused: {message}", f"{status} {answer}")


def look(who, set_id):
    ed = who["ed"]
    ed.must("PUT", f"sets/{set_id}/items/boards/town",
            {"id": "town", "kind": "picture", "theme": "hall", "picture": "town.png", "title": "坊子",
             "caption": "老城"})
    tap.equal(ed.ask("DELETE", "media/town.png")[0], 409, "one that a draft names stays")
    job = ed.job(ed.must("POST", f"sets/{set_id}/preview", {"width": 800, "height": 480, "large_text": True}))
    result = job["result"] or {}
    tap.ok(job["state"] == "done" and result["size"] == "800x480" and
           [p["state"] for p in result["pages"]] == ["new"] * len(result["pages"]),
           "a preview at 800 x 480 shows new pages", job)
    sha256 = result["pages"][0]["sha256"]
    status, page = who["rev"].ask("GET", f"pages/{sha256}.png")
    tap.ok(status == 200 and page.startswith(b"\x89PNG"), "a painted page can be seen")
    tap.equal(who["rev"].ask("GET", f"jobs/{job['id']}")[0], 404, "a job is nobody else's")
    tap.equal(who["rev"].ask("GET", "pages/" + "0" * 64 + ".png")[0], 404, "a page that was never painted")
    started = ed.must("POST", f"sets/{set_id}/preview", {})
    ed.must("DELETE", f"jobs/{started['id']}")
    tap.ok(ed.job(started)["state"] in ("cancelled", "done"), "a job can be called off")
    refused = ed.ask("POST", f"sets/{set_id}/preview", {"width": 100000})
    tap.equal(refused[0], 422, "a screen of 100,000 pixels is refused")


def look_at_errors(who):
    ed = who["ed"]
    set_id = ed.must("POST", "sets", {"title": "错"})["id"]
    ed.must("PUT", f"sets/{set_id}/items/notices/bad", {"id": "bad", "title": "字\U00012000", "text": "文",
                                                        "ticker": False, "level": "info"})
    started = ed.ask("POST", f"sets/{set_id}/submit")
    answer = started[1] if started[0] != 202 else ed.job(started[1])
    details = answer["error"].get("details", [])
    tap.ok(any(f["list"] == "notices" and f["id"] == "bad" and f["field"] == "title" for f in details),
           "a character that no font has refuses the submission beside its field", answer)
    ed.must("DELETE", f"sets/{set_id}")


def sign_it(who, version):
    op = who["op"]
    status, answer = op.ask("POST", f"publications/{version}/publish", {})
    tap.equal((status, answer["error"]["code"]), (403, "confirm_needed"), "who publishes must confirm")
    op.confirm()
    tap.equal(op.ask("POST", f"publications/{version}/publish", {})[0], 409, "without signatures nothing is published")
    status, data = op.ask("GET", f"publications/{version}/candidate")
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        bundle.extractall(f"{FOLDER}/candidate")
        names = bundle.namelist()
    tap.ok({"README.txt", "manifest.json", "content.json", "media/town.png"} <= set(names) and
           "pages/1920x1080/town-1.png" in names and "pages/1080x1920/b1-1.png" in names,
           "the candidate has all that publishers look at", names)
    check = run(f"{BUILD}/fangzi-sign", "check", "content.json", "--media", "media", "--draft", "manifest.json",
                cwd=f"{FOLDER}/candidate")
    tap.ok(check.returncode == 0 and "just this content" in check.stdout, "fangzi-sign says that the draft is of it",
           check.stdout + check.stderr)
    preview = run(f"{BUILD}/fangzi-sign", "preview", "--content", "content.json", "--media", "media", "--out", "seen",
                  cwd=f"{FOLDER}/candidate")
    tap.equal(preview.returncode, 0, "and paints it on a publisher's own machine")
    with open(f"{FOLDER}/candidate/content.json", "rb") as f:
        content = f.read()
    with open(f"{FOLDER}/candidate/other.json", "wb") as f:
        f.write(content.replace("通知".encode(), "通告".encode()))
    check = run(f"{BUILD}/fangzi-sign", "check", "other.json", "--media", "media", "--draft", "manifest.json",
                cwd=f"{FOLDER}/candidate")
    tap.ok(check.returncode == 1 and "another than the manifest's" in check.stderr,
           "of another content it says that it is not", check.stdout + check.stderr)
    draft = f"{FOLDER}/candidate/manifest.json"
    address = f"publications/{version}/signatures"
    with open(draft, encoding="utf-8") as f:
        unsigned = json.load(f)
    tap.equal(op.ask("POST", address, unsigned)[0], 422, "no signature at all is refused")
    tap.equal(op.ask("POST", address, signed(draft, "stranger"))[0], 422, "a stranger's signature is refused")
    tap.equal(op.ask("POST", address, signed(draft, "head"))[0], 422, "the head key's signature is refused")
    other = dict(unsigned, payload=base64.b64encode(
        base64.b64decode(unsigned["payload"]).replace(b'"version": 1', b'"version": 2')).decode())
    with open(f"{FOLDER}/other.json", "w", encoding="utf-8") as f:
        json.dump(other, f)
    status, answer = op.ask("POST", address, signed(f"{FOLDER}/other.json", "p1"))
    tap.ok(status == 422 and "不是版本" in answer["error"]["message"], "another body, well signed, is refused", answer)
    broken = signed(draft, "p1")
    broken["signatures"][0]["sig"] = base64.b64encode(bytes(64)).decode()
    tap.equal(op.ask("POST", address, broken)[0], 422, "a signature that does not hold is refused")
    tap.equal(who["ed"].ask("POST", address, signed(draft, "p1"))[0], 403, "an editor brings no signatures")
    status, shown = op.ask("POST", address, signed(draft, "p1"))
    tap.equal((status, shown["state"], len(shown["signatures"])), (200, "signing", 1), "one of two has signed")
    status, shown = op.ask("POST", address, signed(draft, "p1", "p1"))
    tap.equal((shown["state"], len(shown["signatures"])), ("signing", 1), "the same key twice counts once")
    tap.equal(op.ask("POST", f"publications/{version}/publish", {})[0], 409, "one signature of two publishes nothing")
    status, shown = op.ask("POST", address, signed(draft, "p2"))
    tap.equal((shown["state"], len(shown["signatures"])), ("ready", 2), "with the second one it is ready")
    tap.ok(not os.path.exists(f"{FOLDER}/feed/head.json"), "nothing was published so far")


def publish_it(who, version):
    status, shown = who["op"].ask("POST", f"publications/{version}/publish", {})
    tap.ok(status == 200 and shown["state"] == "published" and shown["published_by"] == "op", "it is published", shown)
    checked = verify(BUILD, FOLDER)
    tap.ok(checked.returncode == 0 and f"version {version}" in checked.stdout, "fangzi-sign verifies the feed",
           checked.stdout + checked.stderr)
    tap.equal(who["op"].ask("POST", f"publications/{version}/publish", {})[0], 409, "published is published")
    items = who["ed"].must("GET", "items/boards")["items"]
    tap.ok("town" in [i["id"] for i in items], "what it changed is the content now")


def sync_takes(hub, version):
    done = run(f"{BUILD}/fangzi-sync", "--once", "--state", f"{FOLDER}/state", "--trust",
               f"{FOLDER}/feed/trust/1.json", "--feed", f"http://127.0.0.1:{hub.port}/feed/")
    status = run(f"{BUILD}/fangzi-sync", "status", "--state", f"{FOLDER}/state")
    tap.ok(done.returncode == 0 and f"{version}" in status.stdout, f"fangzi-sync takes version {version}",
           done.stderr + status.stdout)


def change_head(who):
    op = who["op"]
    tap.equal(op.ask("PUT", "head/alerts/none", {"screens": []})[0], 404, "an alert that was not prepared is not raised")
    status, head = op.ask("PUT", "head/alerts/rain", {"screens": ["hall", "street"]})
    tap.equal((status, head.get("alerts")), (200, [{"id": "rain", "screens": ["hall", "street"]}]),
              "a prepared one is raised for two tags")
    seq = head["seq"]
    tap.equal(op.ask("PUT", "head/alerts/rain", {"screens": ["No Tag"]})[0], 422, "a word that is no tag is refused")
    status, head = op.ask("PUT", "head/hold", {"hold": True, "reason": "误发"})
    tap.ok(status == 200 and head["hold"] and head["seq"] == seq + 1 and head["alerts"], "a hold keeps the alert", head)
    tap.equal(op.ask("PUT", "head/hold", {"hold": False})[0], 422, "without a reason it is not lifted")
    status, head = op.ask("PUT", "head/hold", {"hold": False, "reason": "已更正"})
    tap.ok(not head["hold"], "then it is", head)
    status, head = op.ask("DELETE", "head/alerts/rain")
    tap.equal((status, head["alerts"]), (200, []), "the alert is lowered")
    tap.equal(who["ed"].ask("PUT", "head/hold", {"hold": True, "reason": "x"})[0], 403, "an editor holds nothing")
    tap.equal(verify(BUILD, FOLDER).returncode, 0, "the feed holds after all of it")


def again(who, hub):
    """A second version, a raised alert that it lacks, and a head that was lost."""
    ed, op = who["ed"], who["op"]
    set_id = ed.must("POST", "sets", {"title": "第二版"})["id"]
    ed.must("DELETE", f"sets/{set_id}/items/alerts/rain")
    ed.must("PUT", f"sets/{set_id}/items/notices/n1",
            {"id": "n1", "title": "新通知", "text": "文", "ticker": True, "level": "info"})
    job = ed.job(ed.must("POST", f"sets/{set_id}/preview", {"width": 640, "height": 360}))
    states = [p["state"] for p in job["result"]["pages"]]
    tap.ok(states == sorted(states, key=["changed", "new", "gone", "same"].index) and
           {"changed", "gone", "same"} <= set(states), "side by side: changed, gone and the same, in this order", states)
    version = issue(who, set_id)
    op.must("POST", f"publications/{version}/signatures", signed(draft_of(FOLDER, op, version), "p1", "p2"))
    op.must("PUT", "head/alerts/rain", {})
    status, answer = op.ask("POST", f"publications/{version}/publish", {})
    tap.ok(status == 409 and "rain" in answer["error"]["message"],
           "a version that lacks the alert on the screens is not published", answer)
    op.must("DELETE", "head/alerts/rain")
    seq = op.must("GET", "head")["seq"]
    hub.end()
    os.unlink(f"{FOLDER}/feed/head.json")
    hub.start()
    op.confirm()
    tap.ok(wait_until(lambda: os.path.exists(f"{FOLDER}/feed/head.json")), "a head that was lost is said again")
    tap.ok(op.must("GET", "head")["seq"] > seq, "with a number that was not given out before")
    op.must("POST", f"publications/{version}/publish", {})
    tap.equal(verify(BUILD, FOLDER).returncode, 0, "the second version is published")
    first = [p for p in op.must("GET", "publications")["publications"] if p["version"] == 1][0]
    tap.equal(first["state"], "superseded", "the first one is superseded")
    sync_takes(hub, version)


def give_up(who):
    ed = who["ed"]
    set_id = ed.must("POST", "sets", {"title": "不发了"})["id"]
    ed.must("PUT", f"sets/{set_id}/items/notices/n1",
            {"id": "n1", "title": "又一通知", "text": "文", "ticker": True, "level": "info"})
    version = issue(who, set_id)
    who["iss"].must("POST", f"publications/{version}/cancel", {"reason": "改期"})
    shown = ed.must("GET", f"sets/{set_id}")
    tap.equal((shown["state"], shown["rejected_reason"]), ("draft", "改期"), "what is given up is a draft again")
    tap.equal(issue(who, set_id, confirms=False), version + 1, "its number is not given out again")


def keep_a_key(who, hub):
    """A publisher's key on the hub, and files of keys that others could read."""
    admin, ed, op, iss = who["admin"], who["ed"], who["op"], who["iss"]
    hub.end()
    hub.options += ("--publisher-key", f"{FOLDER}/keys/p1")
    os.chmod(f"{FOLDER}/keys/p1", 0o640)
    try:
        hub.start()
        tap.ok(False, "a key that others may read is refused")
    except RuntimeError as why:
        tap.ok("0400 or 0600" in str(why), "a key that others may read is refused", why)
    os.chmod(f"{FOLDER}/keys/p1", 0o400)
    hub.start()
    version = max(p["version"] for p in op.must("GET", "publications")["publications"])
    tap.equal(iss.ask("POST", f"publications/{version}/sign", {})[0], 409, "a key that is not switched on signs nothing")
    admin.confirm()
    shown = admin.must("PATCH", "settings", {"publisher_key_on_hub": True})["publisher_key"]
    tap.ok(shown["on"] and shown["by"] == "系统管理员" and shown["at"], "it is switched on, and by whom is kept", shown)
    tap.equal(op.ask("POST", f"publications/{version}/sign", {})[0], 403, "an operator does not sign with it")
    status, shown = iss.ask("POST", f"publications/{version}/sign", {})
    tap.equal((status, shown["state"], len(shown["signatures"])), (200, "signing", 1), "then it signs as one of two")
    op.must("POST", f"publications/{version}/signatures", signed(draft_of(FOLDER, op, version), "p2"))
    op.confirm()
    op.must("POST", f"publications/{version}/publish", {})
    tap.equal(verify(BUILD, FOLDER).returncode, 0, "and what the two signed is published")
    tap.equal(ed.must("GET", f"publications/{version}")["state"], "published", "as everybody can see")


def renew(who, hub):
    """Two hours later, as far as the hub knows, the head is said again."""
    seq = who["ed"].must("GET", "head")["seq"]
    hub.end()
    later = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 7200))
    hub.options += ("--at", later)
    hub.start()
    who["ed"].sign_in()
    tap.ok(wait_until(lambda: who["ed"].must("GET", "head")["seq"] == seq + 1), "an hour-old head is said again at start")
    tap.equal(verify(BUILD, FOLDER).returncode, 0, "and holds")


def settings(who):
    admin = who["admin"]
    shown = admin.must("GET", "settings")
    tap.ok(shown["feed"] == "town" and not shown["publisher_key"]["on"] and not shown["publisher_key"]["available"] and
           shown["publisher_key"]["gives_up"], "settings say what a key on the hub gives up", shown)
    tap.equal(admin.ask("PATCH", "settings", {"publisher_key_on_hub": True})[0], 409,
              "a key that is not there cannot be switched on")
    tap.equal(who["op"].ask("PATCH", "settings", {"strict": True})[0], 403, "an operator changes no settings")
    entries = admin.must("GET", "audit?limit=500")["entries"]
    for what in ("media.add", "publication.create", "publication.signature", "publication.publish",
                 "publication.published", "publication.cancel", "head.hold", "alert.raise", "alert.lower"):
        tap.ok(any(e["what"] == what for e in entries), f"{what} is in the audit log")
    tap.ok(admin.must("GET", "audit/verify")["whole"], "and that is whole")


def main():
    hub = Hub(BUILD, FOLDER, "--head-key", f"{FOLDER}/keys/head")
    one_time = hub.init(f"{FOLDER}/content.json")
    hub.start()
    try:
        who = people(hub, one_time)
        set_id = who["ed"].must("GET", "sets")["sets"][0]["id"]
        pictures(who)
        films(who)
        look(who, set_id)
        version = issue(who, set_id)
        sign_it(who, version)
        publish_it(who, version)
        sync_takes(hub, version)
        look_at_errors(who)
        change_head(who)
        again(who, hub)
        give_up(who)
        settings(who)
        keep_a_key(who, hub)
        renew(who, hub)
    finally:
        hub.end()
    tap.finish()


if __name__ == "__main__":
    main()
