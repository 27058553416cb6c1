#!/usr/bin/python3
"""Each item of tests/bad_data.py: bad_data_test.py O WORK [NAME..]. Prints TAP.

fangzi-sign check must refuse it with the place and the rule; signed all the same, a
fangzi-sync whose trial is the real kiosk must refuse it whole; the trial alone must end
with the reason and not by a signal. All in time, and in bounded memory. What the contract
allows must be taken. WORK has keys, a feed with version 1, and a state that keeps it."""
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, "tests")
import bad_data  # noqa: E402
import frames  # noqa: E402
from workshop import Workshop, read_text, wait_for, write  # noqa: E402

O, WORK = sys.argv[1:3]
SHOP = Workshop(O, WORK)
IS_SAN = O.endswith("/san")
TRIAL_S = 60
MEMORY_KB = 300 << 10  # the limit is 1 GiB of addresses; 16 million pixels take 185 MB
TRUST = f"{WORK}/feed/trust/1.json"
SERVED = ("utf8-surrogate", "bidi-override", "line-of-1-mb", "10000-combining-marks", "number-1e400", "key-twice",
          "nested-100000-lists", "10001-items", "date-30-february", "png-of-65535", "jpeg-of-10000-scans",
          "database-for-a-document")  # while a screen runs
# Under sanitizers one of each way to be refused, and what asks most of memory and time.
FEW = SERVED + ("nul", "number-minus-0", "nested-and-never-closed", "10000-errors", "0-items", "date-9999",
                "notice-ends-before-it-begins", "png-bomb-of-pixels", "png-with-too-few-pixels", "jpeg-cut",
                "jpeg-in-cmyk", "jpeg-turned-by-exif", "webp-that-moves", "0-bytes-for-a-picture", "png-of-1-pixel")
count = 0


def tell(wrong, what):
    global count
    count += 1
    print(f"{'not ok' if wrong else 'ok'} {count} - {what}", *[f"\n#   {w}" for w in wrong], sep="", flush=True)
    return not wrong


# ---- programs -----------------------------------------------------------------------------

class Ended:
    """A program that has ended: its code, what it said, its time and the peak of its memory."""

    def __init__(self, log, *words):
        began = time.monotonic()
        with open(log, "wb") as said:
            child = subprocess.Popen(words, stdout=said, stderr=said)
            _, status, used = os.wait4(child.pid, 0)
        child.returncode = self.code = os.waitstatus_to_exitcode(status)
        self.seconds = time.monotonic() - began
        self.peak_kb = used.ru_maxrss
        with open(log, "rb") as said:
            self.said = said.read()

    def wrong(self, code, pattern):
        """What is not as it must be: the code, one line that matches, text and nothing else."""
        lines = self.said.decode("utf-8", "replace").splitlines()
        if self.code != code:
            yield f"exit {self.code}, must be {code}: {lines[-1:]}"
        if pattern and not any(re.search(pattern, line) for line in lines):
            yield f"no line matches {pattern}: {lines[-3:]}"
        if re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\ufffd\u202e]", self.said.decode("utf-8", "replace")):
            yield f"says what is no text: {self.said[-200:]}"
        if self.seconds > TRIAL_S:
            yield f"took {self.seconds:.1f} s"
        if self.peak_kb > MEMORY_KB and not IS_SAN:
            yield f"took {self.peak_kb} KB"


# ---- one item -----------------------------------------------------------------------------

def try_item(item):
    """What is wrong with how the three programs take it, a list each."""
    name, verdict, pattern, make = item
    folder, taken = f"{WORK}/{name}", verdict == bad_data.TAKEN
    document, picture = make()
    shutil.copytree(f"{WORK}/feed", f"{folder}/feed")
    shutil.copytree(f"{WORK}/kept", f"{folder}/state")
    os.mkdir(f"{folder}/media")
    write(f"{folder}/c.json", document)
    if picture is not None:
        write(f"{folder}/media/a.png", picture)
    check = Ended(f"{folder}/check", f"{O}/fangzi-sign", "check", f"{folder}/c.json", "--media", f"{folder}/media",
                  "--at", bad_data.AT)
    wrong = [list(check.wrong(*((0, "c.json: fine") if taken else (1, f"c.json: {pattern}"))))]
    SHOP.offer(f"{folder}/feed", 2, document, media_of(picture))
    SHOP.point(f"{folder}/feed", 2, 2)
    sync = Ended(f"{folder}/sync", f"{O}/fangzi-sync", "--once", "--feed", f"file://{folder}/feed", "--trust", TRUST,
                 "--state", f"{folder}/state", "--trial-s", str(TRIAL_S))
    # A manifest names no file of 0 bytes: there the version ends, before any trial.
    reason = r"manifests/2.json: manifest: media: 0: size: 0 " if picture == b"" else f"trial: {pattern}"
    wrong.append(list(sync.wrong(*((0, "version 2 taken") if taken else (4, f"version 2 refused: {reason}")))))
    wrong[-1] += wrong_status(SHOP.status(f"{folder}/state"), taken)
    trial = Ended(f"{folder}/trial", f"{O}/fangzi-kiosk", "trial", "--trust", TRUST, "--objects", f"{folder}/feed/objects",
                  "--manifest", f"{folder}/feed/manifests/2.json")
    wrong.append(list(trial.wrong(*((0, "") if taken else (1, pattern if picture != b"" else "size: 0 ")))))
    shutil.rmtree(folder)
    return wrong


def wrong_status(now, taken):
    if now.get("version") != ("2" if taken else "1"):
        yield f"shows version {now.get('version')}"
    if not taken and (now.get("refused_version") != "2" or not now.get("refused_reason")):
        yield f"is not told as refused: {now}"


def try_items(items):
    with ThreadPoolExecutor(2) as two:
        for item, (check, sync, trial) in zip(items, two.map(try_item, items)):
            tell(check, f"{item[0]}: {item[1]} by fangzi-sign check")
            tell(sync, f"{item[0]}: {item[1]} by fangzi-sync")
            tell(trial, f"{item[0]}: {item[1]} by the trial")


def read_proc(pid, name):
    try:
        return read_text(f"/proc/{pid}/{name}")
    except OSError:
        return ""


def try_sandbox():
    """While it paints ten thousand items, a trial is behind its filter and under its limits, whoever started it."""
    write(f"{WORK}/many.json", next(make for name, _, _, make in bad_data.ITEMS if name == "10000-items")()[0])
    trial = SHOP.start(f"{WORK}/many", f"{O}/fangzi-kiosk", "trial", "--content", f"{WORK}/many.json")
    is_filtered = wait_for(TRIAL_S, lambda: re.search(r"^Seccomp:\s+2$", read_proc(trial.pid, "status"), re.M) or
                           trial.poll() is not None) and trial.poll() is None
    tell([] if is_filtered else ["it is not"], "a trial is behind its filter")
    tell([] if re.search(r"^NoNewPrivs:\s+1$", read_proc(trial.pid, "status"), re.M) else ["it may"], "and may gain no rights")
    limits, wanted = read_proc(trial.pid, "limits"), ["Max cpu time +60 ", "Max open files +64 ", "Max core file size +0 "]
    wanted += [] if IS_SAN else [f"Max address space +{1 << 30} "]
    tell([w for w in wanted if not re.search(w, limits)], "and under its limits")
    trial.kill()
    trial.wait()


# ---- while a screen runs --------------------------------------------------------------------

def port_of(log):
    found = re.search(r"on port (\d+)", read_text(log))
    return found and found.group(1)


def media_of(picture):
    return [("a.png", "image/png", picture)] if picture is not None else []


class Screen:
    """One with its own fangzi-sync, and a hub for it; version 1 is full of motion."""

    def __init__(self):
        self.feed, self.state, self.log = f"{WORK}/served", f"{WORK}/screen", f"{WORK}/frames"
        shutil.copytree(f"{WORK}/feed", self.feed)
        SHOP.offer(self.feed, 1, bad_data.written(frames.moving(bad_data.sound())))
        SHOP.point(self.feed, 1, 1)
        self.hub = SHOP.start(f"{WORK}/hub", f"{O}/fangzi-hub", "serve", "--feed", self.feed, "--listen", "127.0.0.1:0")
        wait_for(10, lambda: port_of(f"{WORK}/hub"))
        url = f"http://127.0.0.1:{port_of(f'{WORK}/hub')}/feed"
        self.kiosk = SHOP.start(f"{WORK}/kiosk", f"{O}/fangzi-kiosk", "--feed", url, "--trust", TRUST, "--state", self.state,
                                "--poll-s", "1", "--size", "360x640", "--reduce-motion", "off", "--frame-log", self.log)
        self.probe = frames.Probe(f"{WORK}/probe")
        # The first page comes when the version does, and leaves when the clock says so, if need be right behind its
        # entrance; from the third motion on it is the clock alone.
        self.shows = wait_for(30, lambda: len(frames.turns(self.log)) > 2)
        self.began = frames.last_us(self.log)

    def end(self):
        self.probe.end()
        for process in self.kiosk, self.hub:
            process.terminate()
            process.wait()

    def serve(self, version, document, picture):
        """The version, until it is refused; then the first again, or its fangzi-sync would wait longer each time."""
        SHOP.offer(self.feed, version, document, media_of(picture))
        SHOP.point(self.feed, 2 * version, version)
        wait_for(TRIAL_S + 10, lambda: SHOP.status(self.state).get("refused_version") == str(version))
        refused = SHOP.status(self.state)
        SHOP.point(self.feed, 2 * version + 1, 1)
        return wait_for(10, lambda: SHOP.status(self.state).get("last_error") == "") and refused


def try_screen(screen, items):
    """[(what is wrong, what was tried)]"""
    said = [([] if screen.shows else ["it does not"], "a screen shows version 1")]
    for version, (name, _, pattern, make) in enumerate(items, 2):
        now = screen.serve(version, *make())
        is_right = now and re.search(pattern, now.get("refused_reason", "")) and now["version"] == "1"
        said.append(([] if is_right else [str(now)], f"{name}: refused while a screen runs"))
    wait_for(20, lambda: len(frames.turns(screen.log, screen.began)) > 2)
    said.append((list(frames.wrong(screen.log, screen.probe, screen.began)),
                 f"and the screen never notices: {frames.summary(screen.log, screen.probe, screen.began)}"))
    code = screen.kiosk.poll()
    return said + [([] if code is None else [f"ended with {code}"], "and runs on")]


def main():
    wanted = sys.argv[3:] or (FEW if IS_SAN else None)
    items = [i for i in bad_data.ITEMS if wanted is None or i[0] in wanted]
    try_sandbox()
    if sys.argv[3:] or IS_SAN:  # a sanitizer makes a screen slow by itself
        try_items(items)
    else:
        screen = Screen()
        try:
            with ThreadPoolExecutor(1) as beside:
                said = beside.submit(try_screen, screen, [i for i in bad_data.ITEMS if i[0] in SERVED])
                try_items(items)
            for wrong, what in said.result():
                tell(wrong, what)
        finally:
            screen.end()
    print(f"1..{count}")


if __name__ == "__main__":
    main()
