# SPDX-License-Identifier: Apache-2.0
"""A hub of a test's own, and people who use it over its API."""

import base64
import hashlib
import hmac
import http.client
import io
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import time
import urllib.parse
import zipfile
import zlib

sys.path.insert(0, "tests")
from workshop import wait_for  # noqa: E402

DEADLINE_S = 60
ROLES = {"ed": ["editor"], "rev": ["reviewer"], "iss": ["issuer"], "op": ["operator"]}


class Tap:
    """Lines of TAP, and whether all was well."""

    def __init__(self):
        self.count = self.bad = 0

    def ok(self, is_well, what, detail=""):
        self.count += 1
        self.bad += not is_well
        print(f"{'ok' if is_well else 'not ok'} {self.count} - {what}", flush=True)
        if not is_well and detail != "":
            print("# " + str(detail).replace("\n", "\n# "), flush=True)

    def equal(self, have, want, what):
        self.ok(have == want, what, f"have {have!r}, want {want!r}")

    def finish(self):
        print(f"1..{self.count}")
        sys.exit(self.bad != 0)


def wait_until(what, seconds=DEADLINE_S):
    """Whether it came true in time."""
    return wait_for(seconds, what)


def totp(secret_base32, step):
    """RFC 6238, six digits."""
    digest = hmac.new(base64.b32decode(secret_base32), struct.pack(">q", step), hashlib.sha1).digest()
    at = digest[19] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


def png(width, height, rgb=(10, 120, 200)):
    """A plain picture."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + bytes(rgb) * width) * height
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Hub:
    """fangzi-hub on a free port of loopback."""

    page = "<!doctype html><title>console</title>"

    def __init__(self, build, folder, *options):
        self.build, self.folder, self.options = build, folder, options
        self.port = 0
        self.process = None

    def init(self, content=None):
        command = [f"{self.build}/fangzi-hub", "init", "--folder", f"{self.folder}/office"]
        out = subprocess.run(command + (["--content", content] if content else []), check=True,
                             capture_output=True, text=True).stdout
        return re.search(r"one-time password (\S+)", out).group(1)

    def start(self, environment=None):
        os.makedirs(f"{self.folder}/console", exist_ok=True)
        with open(f"{self.folder}/console/index.html", "w", encoding="utf-8") as page:
            page.write(self.page)
        self.log = open(f"{self.folder}/hub.log", "a", encoding="utf-8")
        self.process = subprocess.Popen(
            [f"{self.build}/fangzi-hub", "serve", "--folder", f"{self.folder}/office", "--feed",
             f"{self.folder}/feed", "--listen", f"127.0.0.1:{self.port}", "--console", f"{self.folder}/console",
             *self.options],
            stdout=subprocess.PIPE, stderr=self.log, text=True, env={**os.environ, **(environment or {})})
        said = self.process.stdout.readline()
        found = re.search(r"on port (\d+)", said)
        if not found:
            self.process.wait(DEADLINE_S)
            raise RuntimeError(f"the hub does not serve: {said} {open(self.log.name, encoding='utf-8').read()}")
        self.port = int(found.group(1))

    def end(self, number=signal.SIGTERM):
        if self.process:
            self.process.send_signal(number)
            self.process.wait(DEADLINE_S)
            self.process.stdout.close()
            self.log.close()
        self.process = None


class Person:
    """Somebody who is signed in."""

    def __init__(self, hub, name, password):
        self.hub, self.name, self.password = hub, name, password
        self.cookie = self.csrf = self.secret = ""
        self.last_step = 0

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.hub.port, timeout=DEADLINE_S)

    def leave(self, connection):
        connection.close()

    def ask(self, method, path, body=None, raw=None):
        """(status, JSON or bytes). OSError or HTTPException when the hub is gone."""
        connection = self.connect()
        headers = {"Cookie": self.cookie, "X-CSRF-Token": self.csrf}
        data = raw
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body)
        try:
            connection.request(method, "/api/v1/" + urllib.parse.quote(path, safe="/?=&:*"), data, headers)
            answer = connection.getresponse()
            got = answer.read()
        finally:
            self.leave(connection)
        if answer.headers.get("Set-Cookie"):
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        if answer.headers.get("Content-Type") != "application/json":
            return answer.status, got
        parsed = json.loads(got)
        if isinstance(parsed, dict) and "csrf" in parsed:
            self.csrf = parsed["csrf"]
        return answer.status, parsed

    def must(self, method, path, body=None, raw=None):
        status, parsed = self.ask(method, path, body, raw)
        if status not in (200, 201, 202, 204):
            raise RuntimeError(f"{self.name}: {method} {path}: {status} {parsed}")
        return parsed

    def code(self):
        """Each is of a step of its own: it counts once."""
        if not self.secret:
            return ""
        now = int(time.time()) // 30
        step = max(now - 1, self.last_step + 1)
        if step > now + 1:  # two steps ahead of the clock: nothing to do but to wait for it
            time.sleep((step - 1) * 30 - time.time())
        self.last_step = step
        return totp(self.secret, step)

    def begin(self):
        """Signs in with a one-time password, changes it, and takes up TOTP if it must."""
        one_time, self.password = self.password, f"a long word for {self.name}"
        self.must("POST", "session", {"name": self.name, "password": one_time})
        session = self.must("POST", "session/password", {"old": one_time, "new": self.password})
        if session["totp_needed"]:
            self.secret = self.must("POST", "session/totp")["secret"]
            self.must("PUT", "session/totp", {"totp": self.code()})

    def sign_in(self):
        self.must("POST", "session", {"name": self.name, "password": self.password, "totp": self.code()})

    def confirm(self):
        self.must("POST", "session/confirm", {"password": self.password, "totp": self.code()})

    def job(self, started):
        """Waits for its end."""
        until = time.monotonic() + DEADLINE_S
        while started["state"] == "running":
            if time.monotonic() > until:
                raise RuntimeError(f"{started} does not end")
            time.sleep(0.05)  # between two looks
            started = self.must("GET", f"jobs/{started['id']}")
        return started


def people(hub, one_time, administrator="admin"):
    """One of each role, signed in: {"ed": Person, ..}."""
    admin = Person(hub, administrator, one_time)
    admin.begin()
    admin.confirm()
    all_of_them = {"admin": admin}
    for name, roles in ROLES.items():
        made = admin.must("POST", "accounts", {"name": name, "display": name, "roles": roles})
        all_of_them[name] = Person(hub, name, made["password"])
        all_of_them[name].begin()
    return all_of_them


def officer(hub):
    """Who looks after screens, in an office that the administrator has just made."""
    admin = Person(hub, "admin", hub.init())
    hub.start()
    admin.begin()
    admin.confirm()
    made = admin.must("POST", "accounts", {"name": "op", "display": "屏幕管理员", "roles": ["operator"]})
    op = Person(hub, "op", made["password"])
    op.begin()
    return op


def issue(who, set_id, confirms=True):
    """Submits, reviews and issues a change set; the version."""
    job = who["ed"].job(who["ed"].must("POST", f"sets/{set_id}/submit"))
    if job["state"] != "done":
        raise RuntimeError(f"submit: {job}")
    candidate = who["rev"].must("GET", f"sets/{set_id}")["candidate"]
    seen = {"decision": "approve", "content_sha256": candidate["content_sha256"],
            "pages_sha256": candidate["pages_sha256"]}
    who["rev"].must("POST", f"sets/{set_id}/review", seen)
    if confirms:
        who["iss"].confirm()
    return who["iss"].must("POST", f"sets/{set_id}/issue", seen)["version"]


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **more)


def verify(build, folder):
    """fangzi-sign's word on the feed as it stands."""
    return run(f"{build}/fangzi-sign", "verify", f"{folder}/feed", "--trust", f"{folder}/feed/trust/1.json")


def signatures(build, folder, path, *keys):
    """What an envelope is with these keys' signatures, as JSON."""
    copy = f"{folder}/signed.json"
    shutil.copy(path, copy)
    for key in keys:
        done = run(f"{build}/fangzi-sign", "sign", copy, "--key", f"{folder}/keys/{key}")
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
    with open(copy, encoding="utf-8") as envelope:
        return json.load(envelope)


def draft_of(folder, who, version):
    """Downloads a candidate; the path of what is to be signed."""
    draft = f"{folder}/draft.json"
    with zipfile.ZipFile(io.BytesIO(who.must("GET", f"publications/{version}/candidate"))) as bundle:
        with open(draft, "wb") as f:
            f.write(bundle.read("manifest.json"))
    return draft
