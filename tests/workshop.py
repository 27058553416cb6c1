"""workshop.py - what tests in Python share: versions signed whatever they are, and waiting."""
import hashlib
import json
import os
import subprocess
import time

TIMES = {"issued": "2023-06-28T02:24:00Z", "expires": "2099-01-01T00:00:00Z"}


def named(data):
    return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def write(path, data):
    """Whole or not there."""
    with open(f"{path}.new", "wb") as f:
        f.write(data)
    os.rename(f"{path}.new", path)


def read_text(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        return f.read()


def wait_for(seconds, is_true):
    end = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)  # between two tries
    return True


class Workshop:
    """The programs in O, and the keys that tests/flow/lib.sh has made in WORK."""

    def __init__(self, programs, work):
        self.programs, self.work = programs, work

    def forge(self, what, key, body):
        return subprocess.run([f"{self.programs}/tests/forge", what, f"{self.work}/keys/{key}"],
                              input=json.dumps(body).encode(), stdout=subprocess.PIPE, check=True).stdout

    def offer(self, feed, version, document, media=()):
        """A version, signed whatever it is; media: (name, type, bytes)."""
        for data in (document, *(m[2] for m in media)):
            write(f"{feed}/objects/{named(data)['sha256']}", data)
        write(f"{feed}/manifests/{version}.json", self.forge("manifest", "publisher", {
            "feed": "town", "version": version, "content": named(document),
            "media": [{"name": name, "type": kind, **named(data)} for name, kind, data in media], **TIMES}))

    def point(self, feed, seq, version):
        """A new head that names a version."""
        with open(f"{feed}/manifests/{version}.json", "rb") as f:
            manifest = named(f.read())
        write(f"{feed}/head.json", self.forge("head", "head", {
            "feed": "town", "seq": seq, "trust": 1, "mode": "show", "alerts": [],
            "manifest": {"version": version, **manifest}, **TIMES}))

    def status(self, state):
        said = subprocess.run([f"{self.programs}/fangzi-sync", "status", "--state", state], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=False).stdout.decode("utf-8", "replace")
        return dict(line.split("=", 1) for line in said.splitlines() if "=" in line)

    def start(self, log, *words, **how):
        """In the background: what it says goes to log and log.err."""
        with open(log, "wb") as out, open(f"{log}.err", "wb") as err:
            return subprocess.Popen(words, stdout=out, stderr=err, **how)
