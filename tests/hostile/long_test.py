#!/usr/bin/python3
"""The whole catalogue against fangzi-syncs that live on, and a screen beside them that must not notice:
long_test.py O WORK [NAME..]. Prints TAP, and how many behaviours and checks passed.

The behaviours are dealt to lanes: in each a server that does as it is told, and one fangzi-sync for all
of the lane's behaviours, whose memory and state must stay small. The screen's own is the first lane's;
the last one's speaks TLS. For each behaviour a version is offered; the spoilt look fails, or it does no
harm; then the server behaves, and the version must be taken."""
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
from workshop import Workshop, named, read_text, wait_for, write  # noqa: E402

O, WORK, *ONLY = sys.argv[1:]
SHOP = Workshop(O, WORK)
TRUST = f"{WORK}/feed/trust/1.json"
LANES = 8
QUIET_S = 30
PLAY_S = 60  # for one behaviour and its healing; the slowest wait 10 s for a handshake
RSS_MORE_KB = 8192
STATE_BYTES_MAX = 1 << 20  # two versions of 15 KB, parts, and the database
# A head may be held back for 25 s, so it may take that much longer: at 40 bytes a second it is whole by then.
# Two more depend on how often they were asked before.
EITHER = ("drip-body-40-bytes-a-second", "new-head-then-old", "status-500-every-second")
# It did ask here, and cannot know that this is a lie.
UNKNOWN = ("status-304-not-asked",)
# A head without its last line feed is sound, and is taken; when the versions behind it do not come, the whole one is
# another head with its seq (feed.md: other bytes), until the next.
BY_THE_NEXT_HEAD = ("length-one-less",)
# fangzi-sync does as it is asked and waits for an hour: they come last in their lanes, and do not heal here.
FOR_AN_HOUR = ("status-429-for-30-years", "status-429-beyond-64-bits")


def catalogue():
    """[(name, whether it must fail)]; None: either."""
    rows = []
    for line in read_text("tests/hostile/expected.txt").splitlines():
        if not line.startswith("#"):
            name, code = line.split("|")[:2]
            is_either = name[0] == "!" or code[0] == "[" or name in EITHER
            rows.append((name.lstrip("!"), None if is_either else code != "0"))
    return rows


def deal(rows):
    """The rows of each lane; what needs TLS goes to the last one, with fewer others."""
    tls = [r for r in rows if r[0].startswith("tls-")]
    hour = [r for r in rows if r[0] in FOR_AN_HOUR]
    rest = [r for r in rows if r not in tls and r not in hour]
    lanes = [[] for _ in range(LANES)]
    for row in tls:
        lanes[-1].append(row)
    for row in rest:
        min(lanes, key=len).append(row)
    for lane, row in zip(lanes[1:], hour):
        lane.append(row)
    return lanes


def children_of(pid):
    return [int(word) for task in os.listdir(f"/proc/{pid}/task")
            for word in read_text(f"/proc/{pid}/task/{task}/children").split()]


def memory_kb(pid, what):
    return int(re.search(rf"{what}:\s*(\d+) kB", read_text(f"/proc/{pid}/status")).group(1))


def file_bytes(path):
    try:
        return os.lstat(path).st_size
    except FileNotFoundError:  # fangzi-sync removes what no version needs
        return 0


def folder_bytes(folder):
    return sum(file_bytes(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names)


class Lane:
    """A feed, a server that spoils it, and who looks at it: the caller starts that one."""

    def __init__(self, number, has_tls):
        self.home = f"{WORK}/lane{number}"
        self.feed, self.state, self.ca = f"{self.home}/feed", f"{self.home}/state", f"{self.home}/ca.pem"
        shutil.copytree(f"{WORK}/feed", self.feed)
        shutil.copy(f"{self.feed}/head.json", f"{self.feed}/old-head.json")
        self.version = 1
        self.process, self.sync_pid, self.log = None, 0, f"{self.home}/sync.err"
        self.offer()
        self.server = SHOP.start(f"{self.home}/server", f"{O}/tests/hostile/hostile", "--feed", self.feed, "--follow",
                                 *(("--tls", "--ca", self.ca) if has_tls else ()), stdin=subprocess.PIPE)
        if not wait_for(10, lambda: re.search(r"^port \d+\n", read_text(f"{self.home}/server"))):
            raise RuntimeError("no hostile server")
        port = re.search(r"port (\d+)", read_text(f"{self.home}/server")).group(1)
        self.words = ["--feed", f"http{'s' if has_tls else ''}://127.0.0.1:{port}/feed", "--trust", TRUST, "--state", self.state,
                      *(("--ca", self.ca) if has_tls else ()), "--poll-s", "1"]

    def start_sync(self):
        self.process = SHOP.start(f"{self.home}/sync", f"{O}/fangzi-sync", *self.words, "--deadline-s", "1")
        self.sync_pid = self.process.pid

    def offer(self, label="某数"):
        """The next version, with a film of 12 KB of which a part may be there already. But for the label, what differs
        is never shown: a page that changes while it stands would look like one that turns too early."""
        document = frames.moving(bad_data.sound())
        document["figures"][0]["label"] = label
        document["alerts"] = [{"id": "a", "status": "exercise", "level": "blue", "title": "演练", "publisher": "某处",
                               "text": f"第{self.version}版"}]
        self.version += 1
        film = bytes((i * i + self.version) % 251 for i in range(12288))
        SHOP.offer(self.feed, self.version, bad_data.written(document), [("film", "video/x", film)])
        if os.path.isdir(f"{self.state}/objects"):
            write(f"{self.state}/objects/{named(film)['sha256']}.part", film[:4000])
        SHOP.point(self.feed, self.version, self.version)

    def behave(self, name):
        self.server.stdin.write(f"{name}\n".encode())
        self.server.stdin.flush()

    def heard(self, pattern, since):
        return re.search(pattern, read_text(self.log)[since:], re.MULTILINE)

    def has_taken(self, since=0):
        return self.heard(rf"^<6>sync: version {self.version} taken$", since)

    def is_believed(self, name):
        return name in UNKNOWN and f" {name}\n" in read_text(f"{self.home}/server").replace(f"now {name}\n", "")

    def play(self, name, must_fail):
        """None, or what is wrong."""
        since = len(read_text(self.log))
        failure = r"^<[34]>sync: (?!trial).*$"
        self.behave(name)
        self.offer()
        wait_for(PLAY_S, lambda: self.heard(failure, since) or self.has_taken(since) or self.is_believed(name))
        failed = self.heard(failure, since)
        if not failed and not self.has_taken(since) and not self.is_believed(name):
            return f"{name}: nothing came of it in {PLAY_S} s"
        if must_fail is not None and must_fail != bool(failed) and not self.is_believed(name):
            return f"{name}: {failed.group(0) if failed else 'no failure'}"
        if name in FOR_AN_HOUR:
            return None
        self.behave("good")
        if name in BY_THE_NEXT_HEAD:
            self.offer()
        if not wait_for(PLAY_S, lambda: self.has_taken(since)):
            return f"{name}: does not heal: {read_text(self.log)[since:][-300:]}"
        return None

    def run(self, rows):
        """([what is wrong], how far its memory has grown, the most that its state took)"""
        before_kb, most = memory_kb(self.sync_pid, "VmRSS"), 0
        wrong = []
        for name, must_fail in rows:
            wrong.append(self.play(name, must_fail))
            most = max(most, folder_bytes(self.state))
        return [w for w in wrong if w], memory_kb(self.sync_pid, "VmHWM") - before_kb, most

    def end(self):
        for process in self.process, self.server:
            if process:
                process.terminate()
                process.wait()


class Screen:
    """The first lane's, with a fangzi-sync of its own that is in as much of a hurry as the others."""

    def __init__(self, lane):
        self.log, sync = f"{WORK}/frames", f"{WORK}/hurried-sync"
        write(sync, f'#!/bin/sh\nexec "{O}/fangzi-sync" --deadline-s 1 "$@"\n'.encode())
        os.chmod(sync, 0o755)
        lane.log = f"{WORK}/kiosk.err"
        self.kiosk = SHOP.start(f"{WORK}/kiosk", f"{O}/fangzi-kiosk", *lane.words, "--sync", sync, "--size", "360x640",
                                "--no-orbit", "--reduce-motion", "off", "--frame-log", self.log, "--record", f"{WORK}/record")
        if not wait_for(30, lambda: lane.has_taken() and len(frames.turns(self.log)) > 2):
            raise RuntimeError(f"the screen does not show: {read_text(lane.log)}")
        lane.sync_pid = children_of(self.kiosk.pid)[0]


def body_of(picture):
    """A page's picture without the clock, the dots and the ticker."""
    return subprocess.run(["ffmpeg", "-v", "error", "-i", picture, "-vf", "crop=in_w:in_h*0.75:0:in_h*0.13", "-f", "rawvideo", "-"],
                          stdout=subprocess.PIPE, check=True).stdout


def pages_are_right(lane):
    """A version that looks different is taken, and its pages are those that are recorded from then on."""
    lane.offer("末数")
    if not wait_for(PLAY_S, lane.has_taken):
        return ["it is not taken"]
    shutil.rmtree(f"{WORK}/record")
    os.mkdir(f"{WORK}/record")
    subprocess.run([f"{O}/fangzi-kiosk", "snapshot", "--state", lane.state, "--trust", TRUST, "--size", "360x640", "--out",
                    f"{WORK}/want"], stdout=subprocess.DEVNULL, check=True)
    wanted = sorted(os.listdir(f"{WORK}/want"))
    if not wait_for(60, lambda: all(os.path.exists(f"{WORK}/record/{page}") for page in wanted)):
        return [f"not all are shown: {os.listdir(f'{WORK}/record')} of {wanted}"]
    return [page for page in wanted if body_of(f"{WORK}/record/{page}") != body_of(f"{WORK}/want/{page}")]


count = passed = failed = 0


def tell(wrong, what, of=1):
    """of: how many are told at once."""
    global count, passed, failed
    count += 1
    passed, failed = passed + of - min(of, len(wrong)), failed + min(of, len(wrong))
    print(f"{'not ok' if wrong else 'ok'} {count} - {what}", *[f"\n#   {w}" for w in wrong], sep="", flush=True)


def attack(lanes, screen, probe):
    quiet_from = frames.last_us(screen.log)
    wait_for(QUIET_S, lambda: frames.now_us() - quiet_from > QUIET_S * 1e6 - 1e5)
    attack_from = frames.last_us(screen.log)
    print(f"# without an attack: {frames.summary(screen.log, probe, quiet_from)}", flush=True)
    began = time.monotonic()
    dealt = deal([row for row in catalogue() if row[0] in ONLY or not ONLY])
    with ThreadPoolExecutor(LANES) as pool:
        ran = list(pool.map(lambda pair: pair[0].run(pair[1]), zip(lanes, dealt)))
    plays = sum(len(rows) for rows in dealt)
    tell([w for wrong, _, _ in ran for w in wrong],
         f"{plays} behaviours in {time.monotonic() - began:.0f} s: each fails as it must, and heals", plays)
    grown, most = max(kb for _, kb, _ in ran), max(size for _, _, size in ran)
    tell([grown] if grown >= RSS_MORE_KB else [], f"no fangzi-sync's memory grew by more than {grown} KB")
    tell([most] if most > STATE_BYTES_MAX else [], f"no state folder took more than {most >> 10} KB")
    tell(list(frames.wrong(screen.log, probe, attack_from)),
         f"the screen never notices: {frames.summary(screen.log, probe, attack_from)}")


def main():
    lanes = [Lane(i, i == LANES - 1) for i in range(LANES)]
    probe = frames.Probe(f"{WORK}/probe")
    screen = None
    try:
        screen = Screen(lanes[0])
        for lane in lanes[1:]:
            lane.start_sync()
        tell([] if wait_for(30, lambda: all(lane.has_taken() for lane in lanes)) else ["not all"], f"{LANES} lanes and a screen")
        attack(lanes, screen, probe)
        tell(pages_are_right(lanes[0]), "and shows the pages of the last version")
        tell([] if screen.kiosk.poll() is None else [screen.kiosk.poll()], "and runs on")
    finally:
        probe.end()
        for process in [screen.kiosk] if screen else []:
            process.terminate()
            process.wait()
        for lane in lanes:
            lane.end()
    print(f"1..{count}\nhostile server: {passed} passed, {failed} failed")


if __name__ == "__main__":
    main()
