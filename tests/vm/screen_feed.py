#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The feed of vm_check.py: the demo's content as version 1; as version 2 one page that the first
has not. Keys are made for it. And the pictures that a screen must show of each, painted here."""
import json
import os
import shutil
import signal
import subprocess
import sys
import time

ISSUED = "2030-06-28T10:00:00+08:00"  # the guest's clock starts a little later
SEEN = "2030-06-28T10:30:00+08:00"  # about when it is looked at
FEED, TAG = "town", "hall"
NEW_PAGE = {"id": "second-version", "kind": "notices", "theme": "hall", "screens": [TAG]}
NEW_NOTICE = {"id": "second-notice", "title": "第二版", "text": "这是第二版的唯一一页", "ticker": False, "level": "info"}


def pictures(folder):
    return sorted(f"{folder}/{name}" for name in os.listdir(folder) if name.endswith(".png"))


class Feed:
    """Below folder: content-1.json and -2, feed (signed), pages (pictures)."""

    def __init__(self, programs, folder, media, size):
        self.programs, self.folder, self.media, self.size = programs, folder, media, size
        self.feed = f"{folder}/feed"

    def sign(self, *words):
        subprocess.run([f"{self.programs}/fangzi-sign", *words, "--at", ISSUED], check=True,
                       stdout=subprocess.DEVNULL)

    def content(self, version):
        return f"{self.folder}/content-{version}.json"

    def make(self, demo):
        """Version 1 alone; keys and trust are made once, since the box has the trust."""
        if not os.path.exists(f"{self.feed}/trust/1.json"):
            self.make_trust()
        for name in ("feed/objects", "feed/manifests", "pages"):
            shutil.rmtree(f"{self.folder}/{name}", ignore_errors=True)
        if os.path.exists(f"{self.feed}/head.json"):
            os.unlink(f"{self.feed}/head.json")
        with open(demo, encoding="utf-8") as file:
            document = json.load(file)
        self.write(1, document)
        for board in document["boards"]:
            board["screens"] = ["elsewhere"]
        document["boards"].append(NEW_PAGE | {"of": [NEW_NOTICE["id"]]})
        document["notices"].append(NEW_NOTICE)
        self.write(2, document)
        self.publish(1)

    def make_trust(self):
        keys = {role: f"{self.folder}/keys/{role}" for role in ("root", "publisher", "head")}
        shutil.rmtree(f"{self.folder}/keys", ignore_errors=True)
        os.makedirs(f"{self.folder}/keys")
        for key in keys.values():
            subprocess.run([f"{self.programs}/fangzi-sign", "keygen", "--type", "ed25519", "--out", key],
                           check=True, stdout=subprocess.DEVNULL)
        roles = [word for role, key in keys.items() for word in (f"--{role}", f"{key}.pub")]
        self.sign("trust", "--feed", FEED, *roles, "--key", keys["root"], "--out", self.feed)

    def write(self, version, document):
        with open(self.content(version), "w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False)

    def publish(self, version):
        self.sign("build", "--content", self.content(version), "--media", self.media, "--feed", FEED,
                  "--version", str(version), "--key", f"{self.folder}/keys/publisher", "--out", self.feed)
        self.sign("head", "--key", f"{self.folder}/keys/head", "--out", self.feed)

    def newest(self):
        return max(int(name.split(".")[0]) for name in os.listdir(f"{self.feed}/manifests"))

    def pages(self, version, size=None, *more):
        """Paints them, once. Their files."""
        folder = "-".join([f"{self.folder}/pages/{version}", size or self.size, *(word.strip("-") for word in more)])
        if not os.path.isdir(folder):
            os.makedirs(f"{folder}.new", exist_ok=True)
            subprocess.run([f"{self.programs}/fangzi-kiosk", "snapshot", "--content", self.content(version),
                            "--media", self.media, "--screen", TAG, "--at", SEEN, "--size", size or self.size,
                            "--out", f"{folder}.new", *more], check=True, stdout=subprocess.DEVNULL)
            os.rename(f"{folder}.new", folder)
        return pictures(folder)

    def emblem(self):
        """As a screen shows it that has nothing: there is no other way to have it painted."""
        folder = f"{self.folder}/pages/emblem"
        os.makedirs(folder, exist_ok=True)
        screen = subprocess.Popen([f"{self.programs}/fangzi-kiosk", "--no-sync", "--no-orbit", "--size", self.size,
                                   "--trust", f"{self.feed}/trust/1.json", "--state", f"{self.folder}/nothing",
                                   "--record", folder], env={**os.environ, "SDL_VIDEODRIVER": "offscreen"},
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            until = time.monotonic() + 30
            while not any(name.endswith(".png") for name in os.listdir(folder)) and time.monotonic() < until:
                time.sleep(0.05)  # between two looks
        finally:
            screen.send_signal(signal.SIGTERM)
            screen.wait()
        return pictures(folder)


if __name__ == "__main__":
    Feed(*sys.argv[1:4], "1280x720").make("assets/demo/content.json")
