#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The screen beside what people would use instead: peers.py O [WORK]. Prints a table in
Markdown and whether we keep what we promise; figures.json beside it has the same.

The same three boards of the demo's content, with the same ticker: ours with fangzi-sync on a
hub; a web page (bench/peers) in Chromium and in WebKit; pictures of the boards in mpv and feh.
Each alone on an Xvfb of its own size, measured as a tree of processes. Of the environment:
SIZES, SECONDS for processor time (60), MINUTES of show before memory is looked at (2).
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import time

sys.dont_write_bytecode = True
import bench
import installed
from tree import Tree, cpu_s

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = (os.environ.get("SIZES") or "1920x1080 3840x2160").split()
SECONDS = int(os.environ.get("SECONDS", "60"))
MINUTES = float(os.environ.get("MINUTES", "2"))
STARTS = 9
LONG_TITLE = "全区重点项目建设正在按照年度计划有序推进" * 2
KINDS = ("overview", "standing", "projects")
SETTLE_S = 8  # after a start, before anything but the start is measured
APART_US = 100_000  # frames further apart belong to different motions
CHROMIUM = ["chromium", "--kiosk", "--noerrdialogs", "--disable-infobars", "--no-first-run", "--disable-features=Translate",
            "--disable-session-crashed-bubble", "--disable-component-update", "--disable-background-networking",
            "--window-position=0,0"]
SURF = ["surf", "-b", "-F", "-K", "-g"]


def documents():
    """The shows: a page that stands, one under a ticker, pages that turn, and all of it."""
    with open("assets/demo/content.json", encoding="utf-8") as f:
        demo = json.load(f)
    boards = [{k: v for k, v in b.items() if k != "screens"} for b in demo["boards"] if b["id"] in KINDS]
    still = [n for n in demo["notices"] if not n["ticker"]]
    # As long as one may be, so that it crawls; important: on every board.
    moving = [dict(n, title=LONG_TITLE, level="important") for n in demo["notices"] if n["ticker"]]
    return {"still": dict(demo, notices=still, boards=[dict(boards[0], dwell_s=120)]),
            "ticker": dict(demo, notices=still + moving, boards=[dict(boards[0], dwell_s=120)]),
            "turning": dict(demo, notices=still, boards=[dict(b, dwell_s=5) for b in boards]),
            "show": dict(demo, notices=still + moving, boards=[dict(b, dwell_s=12) for b in boards])}


class Ours:
    name, kinds = "ours", ("still", "ticker", "turning", "show")

    def __init__(self, o, work, shows):
        self.o, self.feeds = o, {}
        for kind, document in shows.items():
            feed = bench.Feed(o, f"{work}/ours-{kind}", document, "build/demo/media")
            self.feeds[kind] = feed, bench.serve(o, f"{feed.folder}/feed", f"{feed.folder}/hub")

    def command(self, kind, _):
        feed, (_, port) = self.feeds[kind]
        return [f"{self.o}/fangzi-kiosk", "--feed", f"http://127.0.0.1:{port}/feed/", "--trust", feed.trust, "--state",
                feed.state, "--at", bench.AT, "--reduce-motion", "off", "--no-orbit"]

    def finish(self):
        for _, (hub, _) in self.feeds.values():
            hub.terminate()
            hub.wait(10)


class Page:
    """A web page in a browser; words: the browser and its options, before the page's address."""
    kinds = ("still", "ticker", "turning", "show")

    def __init__(self, name, words, work, shows):
        self.name, self.words, self.work = name, words, work
        for kind, document in shows.items():
            shutil.copytree(f"{HERE}/peers", f"{work}/page-{kind}", dirs_exist_ok=True)
            with open(f"{work}/page-{kind}/content.js", "w", encoding="utf-8") as f:
                f.write(f"const content = {json.dumps(document, ensure_ascii=False)};\n")

    def command(self, kind, size):
        words = list(self.words)
        if words[0] == "chromium":
            words += [f"--window-size={size.replace('x', ',')}", f"--user-data-dir={self.work}/chromium"]
            words += ["--no-sandbox"] if os.geteuid() == 0 else []
        return [*words, f"file://{os.path.abspath(self.work)}/page-{kind}/boards.html"]

    def finish(self):
        pass


class Pictures:
    """Pictures of the boards in a viewer."""
    kinds = ("still", "turning", "show")

    def __init__(self, name, o, work):
        self.name, self.work = name, work
        for size in SIZES:
            bench.run(f"{o}/fangzi-kiosk", "snapshot", "--content", "assets/demo/content.json", "--media",
                      "build/demo/media", "--at", bench.AT, "--size", size, "--screen", "office", "--out",
                      f"{work}/pictures-{size}")

    def command(self, kind, size):
        files = [f"{self.work}/pictures-{size}/{board}-1.png" for board in KINDS]
        seconds = {"still": 3600, "turning": 5, "show": 12}[kind]
        if self.name == "mpv":
            return ["mpv", "--no-config", "--fs", "--really-quiet", "--vo=x11", "--loop-playlist=inf",
                    f"--image-display-duration={seconds}", f"--geometry={size}+0+0", *files]
        return ["feh", "-Y", "-Z", f"--geometry={size}+0+0", "-D", str(seconds), *files]

    def finish(self):
        pass


class Display:
    """An Xvfb of this size. A window manager only where fullscreen is its business."""

    def __init__(self, size, needs_manager):
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten",
                                        "tcp", "-br"], pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with open(read, encoding="ascii") as f:
            self.name = f":{f.readline().strip()}"
        os.environ["DISPLAY"] = self.name
        self.manager = None
        if needs_manager:
            self.manager = subprocess.Popen(["matchbox-window-manager", "-use_titlebar", "no", "-use_cursor", "no"],
                                            stderr=subprocess.DEVNULL)

    def cpu_s(self):
        return cpu_s(self.server.pid)

    def end(self):
        for process in (self.manager, self.server):
            if process:
                process.terminate()
                process.wait(10)


def first_frame(o, command, points):
    """Milliseconds from exec to the whole page, seen from outside; of several starts."""
    times = []
    for _ in range(STARTS):
        out = subprocess.run([f"{o}/bench/watch", "first", points, *command], check=True, capture_output=True, text=True)
        times.append(float(out.stdout))
        time.sleep(1)  # its children end in their own time
    return {"first frame ms": statistics.median(times), "first frame, worst, ms": max(times)}


def motion(o, seconds):
    return subprocess.Popen([f"{o}/bench/watch", "frames", str(seconds)], stdout=subprocess.PIPE, text=True)


def frames(watch):
    """Frames a second while something moves, and the 99th percentile between two."""
    gaps = sorted(us for us in map(int, watch.communicate()[0].split()) if us < APART_US)
    if len(gaps) < 20:
        return None
    return len(gaps) * 1e6 / sum(gaps), gaps[len(gaps) * 99 // 100] / 1000


def measure_show(o, subject, kind, size, display):
    """What one show costs, from a start of its own."""
    got, tree = {}, Tree(subject.command(kind, size))
    time.sleep(SETTLE_S)
    if kind == "show":
        percent, _ = tree.measure(MINUTES * 60)
        got["memory MB"], got["of it anonymous MB"] = tree.memory_mb()
        got["processes"], got["threads"] = tree.counts()
        got["CPU s an hour of show"] = percent * 36
    else:
        watch, before = motion(o, SECONDS) if kind != "still" else None, display.cpu_s()
        got[f"CPU {kind} %"], woken = tree.measure(SECONDS)
        got[f"and the X server, {kind}, %"] = (display.cpu_s() - before) / SECONDS * 100
        if kind == "still":
            got["wake-ups a second at rest"] = woken
        seen = frames(watch) if watch else None
        if seen:
            got[f"frames a second, {kind}"], got[f"99th percentile between frames, {kind}, ms"] = seen
    tree.end()
    return got


def measure(o, subject, size, work):
    got, points = {}, f"{work}/points-{subject.name}-{size}"
    display = Display(size, subject.name == "surf")
    try:
        tree = Tree(subject.command("still", size))
        time.sleep(SETTLE_S)
        bench.run(f"{o}/bench/watch", "pick", points)
        tree.end()
        time.sleep(1)
        got.update(first_frame(o, subject.command("still", size), points))
        for kind in subject.kinds:
            got.update(measure_show(o, subject, kind, size, display))
    finally:
        display.end()
    print(f"{subject.name} at {size}: {json.dumps(got)}", file=sys.stderr, flush=True)
    return got


def bare_client(o, size, work):
    """The floor: a window that is filled once, and a timer at 60 frames a second that does nothing more."""
    width, height = map(int, size.split("x"))
    points = f"{work}/points-bare"
    with open(points, "w", encoding="ascii") as f:
        f.writelines(f"{width * x // 4} {height * y // 4} 204060\n" for x in (1, 2, 3) for y in (1, 2, 3))
    display = Display(size, False)
    try:
        got = first_frame(o, [f"{o}/bench/bare_x11", "204060"], points)
        timer = subprocess.Popen([f"{o}/bench/watch", "timer", str(SECONDS)], stdout=subprocess.PIPE, text=True)
        rate, p99 = frames(timer)
        return dict(got, **{"frames a second, ticker": rate, "99th percentile between frames, ticker, ms": p99})
    finally:
        display.end()


def judge(figures, size):
    """What we promise, as (what, how much, at most)."""
    ours, chromium, bare = (figures[size][who] for who in ("ours", "Chromium", "bare X11 client"))

    def share(what):
        return what, ours[what] / chromium[what]
    promises = [("of Chromium: " + share("first frame ms")[0], share("first frame ms")[1], 1 / 12),
                ("of the bare client: first frame", ours["first frame ms"] / bare["first frame ms"], 3),
                ("of Chromium: " + share("memory MB")[0], share("memory MB")[1], 1 / 12),
                ("of Chromium: CPU ticker", share("CPU ticker %")[1], 1 / 8),
                ("of Chromium: CPU turning", share("CPU turning %")[1], 1 / 8),
                ("CPU at rest %", ours["CPU still %"], 0.1),
                ("wake-ups a second at rest", ours["wake-ups a second at rest"], 2)]
    for kind in ("ticker", "turning"):
        wanted, p99 = (60, 18) if size == "1920x1080" else (30, None)
        promises.append((f"ms a frame, {kind}", 1000 / ours[f"frames a second, {kind}"], 1000 / wanted))
        if p99:
            promises.append((f"99th percentile, {kind}, ms", ours[f"99th percentile between frames, {kind}, ms"], p99))
    bad = 0
    for what, have, most in promises:
        bad += have > most
        print(f"{'FAIL' if have > most else 'ok  '} {size} {what}: {have:.3f} (at most {most:.3f})")
    return bad


def table(figures, size):
    """Each figure, and in brackets how many times ours."""
    subjects = list(figures[size])
    names = list(dict.fromkeys(name for got in figures[size].values() for name in got))
    print(f"\n| {size} | " + " | ".join(subjects) + " |\n|" + "---|" * (len(subjects) + 1))
    for name in names:
        ours, cells = figures[size].get("ours", {}).get(name), []
        for who in subjects:
            have = figures[size][who].get(name)
            said = "" if have is None else f"{have:.2f}" if have < 10 else f"{have:.0f}"
            cells.append(said if who == "ours" or not have or not ours else f"{said} ({have / ours:.1f} x)")
        print(f"| {name} | " + " | ".join(cells) + " |")
    print()


def main():
    o, work = sys.argv[1], os.path.abspath(sys.argv[2])
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(f"{work}/home")
    os.environ.update(HOME=f"{work}/home", NO_AT_BRIDGE="1", XDG_CACHE_HOME=f"{work}/home/cache")
    shows = documents()
    subjects = [Ours(o, work, shows), Page("Chromium", CHROMIUM, work, shows), Page("surf", SURF, work, shows),
                Pictures("mpv", o, work), Pictures("feh", o, work)]
    only = os.environ.get("ONLY", "").split()
    figures = {}
    try:
        for size in SIZES:
            figures[size] = {s.name: measure(o, s, size, work) for s in subjects if not only or s.name in only}
            figures[size]["bare X11 client"] = bare_client(o, size, work)
            for who, mb in installed.sizes_mb(o).items():
                figures[size].get(who, {})["installed with what it needs MB"] = mb
    finally:
        for subject in subjects:
            subject.finish()
    with open(f"{work}/figures.json", "w", encoding="utf-8") as f:
        json.dump(figures, f, indent=1)
    for size in SIZES:
        table(figures, size)
    if all(who in figures[size] for size in SIZES for who in ("ours", "Chromium")):
        sys.exit(1 if sum(judge(figures, size) for size in SIZES) else 0)


if __name__ == "__main__":
    main()
