#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""README's "A screen", step by step, with the packages as they are installed in a chroot, from fangzi.conf to a
paired screen: each program is started as its unit says and as its user, and the hub is the package's too. Only
systemd itself and the display are missing. TAP.
Usage: walk.py ROOT FOLDER. FOLDER is the same inside ROOT (a link), and has feed/ with a version."""

import glob
import os
import re
import shlex
import subprocess
import sys

sys.path.insert(0, "tests/flow")
from hub_kit import Hub, Tap, officer, wait_until  # noqa: E402

ROOT, FOLDER = sys.argv[1], sys.argv[2]
BOOT = f"{ROOT}/boot/firmware"
UNITS = ("fangzi-provision", "fangzi-sync", "fangzi-kiosk")
OPTIONS = "--size 1280x720 --look-s 1"
tap = Tap()


def soon(what):
    return wait_until(what, 120)


def inside(user, *command):
    """A command line: in the chroot, as a user."""
    return ["chroot", f"--userspec={user}:{user}", ROOT, *command]


def lines(path):
    try:
        with open(ROOT + path, encoding="utf-8") as f:
            return dict(line.rstrip("\n").split("=", 1) for line in f if "=" in line)
    except FileNotFoundError:
        return {}


def unit(name):
    """What systemd would read of a unit, as (name, value)s: the file, then what is dropped in."""
    files = [f"{ROOT}/lib/systemd/system/{name}.service", *sorted(glob.glob(f"{ROOT}/lib/systemd/system/{name}.service.d/*"))]
    for path in files:
        with open(path, encoding="utf-8") as f:
            for line in f.read().replace("\\\n", " ").split("\n"):
                found = re.match(r"(\w+)=(.*)", line)
                if found:
                    yield found.groups()


class Box:
    """Does at a boot what systemd would: conditions, folders, users, commands."""

    def __init__(self):
        self.started = {}

    def boot(self):
        for name in UNITS:
            if os.path.lexists(f"{ROOT}/etc/systemd/system/multi-user.target.wants/{name}.service"):
                self.start(name)

    def start(self, name):
        words = dict(unit(name))  # the last one counts, as with ExecStart and the condition
        condition = words.get("ConditionPathExists")
        if condition and not os.path.exists(ROOT + condition):
            return
        user = words.get("User", "root")
        for kind, place in (("RuntimeDirectory", "/run"), ("CacheDirectory", "/var/cache")):
            if kind in words:
                subprocess.run(["chroot", ROOT, "install", "-d", "-o", user, "-g", user, f"{place}/{words[kind]}"], check=True)
        environment = words.get("Environment", "").replace("%t", "/run").replace("%C", "/var/cache").split()
        command = shlex.split(words["ExecStart"].replace("$FANGZI_KIOSK_OPTIONS", OPTIONS))
        with open(f"{FOLDER}/{name}.log", "a", encoding="utf-8") as log:
            process = subprocess.Popen(
                inside(user, "env", "-i", "LC_ALL=C.UTF-8", "SDL_VIDEODRIVER=offscreen", *environment,
                       f"RUNTIME_DIRECTORY=/run/{words.get('RuntimeDirectory', '')}", *command), stdout=log, stderr=log)
        if words.get("Type") == "oneshot":
            process.wait(60)
        else:
            self.started[name] = process

    def end(self):
        for process in self.started.values():
            process.terminate()
        for process in self.started.values():
            process.wait(30)
        self.started = {}

    def shows(self):
        return lines("/run/fangzi-kiosk/kiosk.status").get("page")

    def says(self):
        return lines("/var/lib/fangzi/device.status")

    def logs(self):
        said = f"{self.shows()} {self.says()}\n"
        for name in UNITS:
            with open(f"{FOLDER}/{name}.log", encoding="utf-8") as log:
                said += log.read()
        return said


class PackagedHub(Hub):
    """The chroot's, as its user."""

    def __init__(self):
        programs = f"{FOLDER}/programs"
        os.makedirs(programs)
        with open(f"{programs}/fangzi-hub", "w", encoding="utf-8") as f:
            f.write("#!/bin/sh\nexec " + shlex.join(inside("fangzi-hub", "/usr/bin/fangzi-hub")) + ' "$@"\n')
        os.chmod(f"{programs}/fangzi-hub", 0o755)
        super().__init__(programs, FOLDER)


def set_up(address):
    """Steps 3 and 4; 1 and 2 are done."""
    with open(f"{FOLDER}/feed/trust/1.json", "rb") as f:
        sums = subprocess.run(["sha256sum"], stdin=f, capture_output=True, text=True, check=True).stdout
    os.makedirs(BOOT)
    with open(f"{BOOT}/fangzi.conf", "w", encoding="utf-8") as f:
        f.write(f"hub   = {address}\ntrust = {sums.split()[0]}\n")
    enabled = subprocess.run(["chroot", ROOT, "systemctl", "enable", *UNITS], capture_output=True, text=True, check=False)
    tap.ok(enabled.returncode == 0, "the three units can be enabled", enabled.stderr)


def walk(box, hub):
    op = officer(hub)
    set_up(f"http://127.0.0.1:{hub.port}")
    box.boot()
    tap.ok(soon(lambda: box.shows() == "pairing"), "after a boot the screen shows a page for pairing", box.logs())
    said = box.says()
    paired = op.must("POST", "screens/pair", {"code": said["code"], "name": "一楼大厅", "tags": ["hall"]})
    tap.equal(paired["fingerprint"], said["fingerprint"], "its code pairs it, and the fingerprints are the same")
    tap.ok(soon(lambda: box.shows() == "hall-1"), "it goes on to its pages by itself", box.logs())
    tap.ok(soon(lambda: (op.must("GET", f"screens/{paired['id']}")["report"] or {}).get("page") == "hall-1"),
           "and is in the office's list with what it shows", box.logs())
    box.end()
    os.remove(f"{ROOT}/run/fangzi-kiosk/kiosk.status")
    box.boot()
    tap.ok(soon(lambda: box.shows() == "hall-1"), "after the next boot it shows them at once", box.logs())


def main():
    hub = PackagedHub()
    box = Box()
    try:
        walk(box, hub)
    finally:
        box.end()
        hub.end()
    tap.finish()


if __name__ == "__main__":
    main()
