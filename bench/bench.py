#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the screen costs, measured with the real programs: bench.py O [WORK].

A generated full-size document (223 projects) is signed, taken by fangzi-sync and
shown at 1920x1080 under Xvfb. Prints the figures of docs/performance.md and fails
when one is beyond its limit. Times are CLOCK_BOOTTIME on both sides.
"""
import json
import os
import re
import statistics
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from tree import Tree

AT = "2023-06-28T10:24:00+08:00"
SIZES = ("1920x1080", "3840x2160")
STARTS = 9
LIMITS = {"first page ms": 150, "PSS MB": 64, "CPU at rest %": 1.0, "frames at rest but the clock's": 0,
          "wake-ups a second at rest": 2, "longest frame in motion at 1920x1080 ms": 50}
APART_US = 200_000  # frames further apart than this belong to different motions


def now_us():
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000


def run(*args):
    subprocess.run(args, check=True, stdout=subprocess.DEVNULL)


class Feed:
    """A signed feed of one document, already taken into a state folder."""

    def __init__(self, o, folder, document, media=None):
        self.o, self.folder = o, folder
        self.trust = f"{folder}/feed/trust/1.json"
        self.state = f"{folder}/state"
        self.media = media or f"{folder}/none"
        subprocess.run(["rm", "-rf", folder], check=True)
        os.makedirs(f"{folder}/none")
        key = f"{folder}/key.pem"
        run(f"{o}/fangzi-sign", "keygen", "--type", "ed25519", "--out", key)
        run(f"{o}/fangzi-sign", "trust", "--feed", "bench", "--at", AT, "--out", f"{folder}/feed", "--key", key,
            "--root", key, "--publisher", key, "--head", key)
        self.publish(1, document)
        run(f"{o}/fangzi-sync", "--once", "--feed", f"file://{os.path.abspath(folder)}/feed/", "--trust",
            self.trust, "--state", self.state, "--at", AT)

    def publish(self, version, document):
        folder, sign = self.folder, f"{self.o}/fangzi-sign"
        with open(f"{folder}/content.json", "w", encoding="utf-8") as f:
            json.dump(document, f, ensure_ascii=False)
        run(sign, "build", "--content", f"{folder}/content.json", "--media", self.media, "--feed", "bench", "--version",
            str(version), "--at", AT, "--key", f"{folder}/key.pem", "--out", f"{folder}/feed")
        run(sign, "head", "--key", f"{folder}/key.pem", "--at", AT, "--out", f"{folder}/feed")

    def show(self, *options, size=SIZES[0]):
        """Starts the screen; returns its tree, when it was started and its frame log."""
        frames = f"{self.folder}/frames"
        if os.path.exists(frames):
            os.remove(frames)
        began = now_us()
        t = Tree([f"{self.o}/fangzi-kiosk", "--no-sync", "--trust", self.trust, "--state", self.state, "--at", AT, "--size",
                  size, "--frame-log", frames, *options])
        return t, began, frames


def serve(o, folder, out):
    """fangzi-hub on a feed's folder: its process and its port."""
    with open(out, "wb") as f:
        hub = subprocess.Popen([f"{o}/fangzi-hub", "serve", "--feed", folder, "--listen", "127.0.0.1:0"], stdout=f)

    def port():
        with open(out, encoding="ascii") as f:
            return re.search(r"on port (\d+) ", f.read())
    wait_for(port, 10)
    return hub, int(port()[1])


def read_frames(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="ascii") as f:
        rows = [line.split() for line in f.read().splitlines() if line.count(" ") == 1]
    return [(int(us), why) for us, why in rows]


def wait_for(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit("bench: waited in vain")
        time.sleep(0.002)


def end(t):
    code = t.end()
    if code != 0:
        sys.exit(f"bench: the screen ended with {code}")


def first_page(feed):
    """Exec to the first complete page presented: median and worst of STARTS, warm cache."""
    times = []
    for _ in range(STARTS + 1):
        t, began, path = feed.show()
        wait_for(lambda: read_frames(path), 10)
        times.append((read_frames(path)[0][0] - began) / 1000)
        end(t)
    return statistics.median(times[1:]), max(times[1:])


def whole_rotation(feed):
    """The most memory that it had, how much of that was anonymous, and the pages it showed."""
    t, _, _ = feed.show("--once", "--record", f"{feed.folder}/pages")
    peak = 0.0, 0.0
    while t.process.poll() is None:
        peak = max(peak, t.memory_mb())
        time.sleep(0.2)
    if t.process.returncode != 0:
        sys.exit("bench: the rotation failed")
    return *peak, len(os.listdir(f"{feed.folder}/pages"))


def in_motion(feed, size, seconds):
    """Percent of a core while pages turn, and times between frames by what moved: entrances and
    transitions, and the ticker."""
    t, _, path = feed.show("--reduce-motion", "off", size=size)
    wait_for(lambda: read_frames(path), 10)
    percent, _ = t.measure(seconds)
    end(t)
    frames = read_frames(path)
    gaps = {"motion": [], "ticker": []}
    for (before, kind), (us, why) in zip(frames, frames[1:]):
        if kind == why and why in gaps and us - before < APART_US:
            gaps[why].append((us - before) / 1000)
    return percent, {why: sorted(times) for why, times in gaps.items()}


def standing(feed, seconds):
    """One page: CPU, wake-ups, and what was painted while it stands, by its reason."""
    t, _, path = feed.show()
    wait_for(lambda: read_frames(path), 10)
    time.sleep(2)
    since = now_us()
    percent, woken = t.measure(seconds)
    painted = [why for us, why in read_frames(path) if us > since]
    end(t)
    return percent, woken, painted


def main():
    o, work = sys.argv[1], sys.argv[2]
    os.makedirs(work, exist_ok=True)
    document = json.loads(subprocess.run([f"{o}/tests/gen_content", "1"], check=True,
                                         capture_output=True).stdout)
    for board in document["boards"]:
        board.pop("screens", None)
        board.pop("when", None)
    full = Feed(o, f"{work}/full", document)
    median, worst = first_page(full)

    quick = dict(document, boards=[dict(b, dwell_s=5, per_visit_pages=1) for b in document["boards"]])
    memory, anonymous, pages = whole_rotation(Feed(o, f"{work}/quick", quick))

    gone = {n["id"] for n in document["notices"]}  # without notices there is no ticker that moves
    overview = next(b for b in document["boards"] if b["kind"] == "overview")
    overview = dict(overview, dwell_s=120, of=[i for i in overview["of"] if i not in gone])
    percent, woken, painted = standing(Feed(o, f"{work}/still", dict(document, notices=[], boards=[overview])), 16)
    ticks, others = painted.count("tick"), len(painted) - painted.count("tick")

    notice = dict(document["notices"][0], title="某通知" * 13, ticker=True, level="important")
    crawling = dict(document, notices=[notice, dict(notice, id="another")], boards=[overview])
    ticker_percent, _, crawled = standing(Feed(o, f"{work}/ticker", crawling), 12)
    kinds = ("standing", "league", "projects")
    moving = dict(document, notices=[notice] + document["notices"][1:],
                  boards=[dict(b, dwell_s=5) for b in document["boards"] if b["kind"] in kinds])
    moving = Feed(o, f"{work}/moving", moving)
    motion = {size: in_motion(moving, size, 11) for size in SIZES}

    figures = [("first page ms", median, f"median of {STARTS}, worst {worst:.0f}"),
               ("PSS MB", memory, f"at its highest over a rotation of {pages} pages; {anonymous:.1f} of it anonymous"),
               ("CPU at rest %", percent, "of one core, 16 s, page without motion"),
               ("wake-ups a second at rest", woken, "of all threads"),
               ("CPU with a ticker %", ticker_percent, f"which moved in {crawled.count('ticker')} frames of 12 s"),
               ("frames at rest but the clock's", others, f"and {ticks} of the clock and its dot"),
               ("longest frame in motion at 1920x1080 ms", max(motion[SIZES[0]][1]["motion"]), "")]
    failed = 0
    for name, value, how in figures:
        limit = LIMITS.get(name)
        bad = limit is not None and value > limit
        failed += bad
        said = "" if limit is None else f" (limit {limit})"
        print(f"{'FAIL' if bad else 'ok  '} {name}: {value:.2f}{said} {how}".rstrip())
    for size in SIZES:
        print(f"     CPU while pages turn every 5 s at {size}: {motion[size][0]:.1f} %")
        for why, times in motion[size][1].items():
            if not times:
                sys.exit(f"bench: nothing moved: {why} at {size}")
            print(f"     {why} at {size}: {len(times)} frames, ms between them: median "
                  f"{statistics.median(times):.1f}, 99th percentile {times[len(times) * 99 // 100]:.1f}, "
                  f"longest {times[-1]:.1f}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
