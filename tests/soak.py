#!/usr/bin/python3
"""A screen and its fangzi-sync for long, on a feed that never rests: soak.py O WORK MINUTES.

Every few seconds a new version with new pictures, a head alone, an alert, a hold: 20 times
and more what an office does in its busiest hour. Memory, descriptors and threads of both
programs are read every 2 s. After a warm-up of a fifth of the time memory must not grow by
more than LIMIT % an hour, and descriptors and threads must stay as many. Shorter than an
hour, memory fails only when it grew by more than chance may (twice the standard error),
and by more than a few pages of memory: fangzi-sync has 500 of its own.
"""
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
import zlib

AT = "2023-06-28T10:24:00+08:00"  # the demo's moment
LIMIT = 1.0  # % an hour
PAGES_MB = 0.1
SAMPLE_S = 2
CHANGE_S = 3  # between two changes of the feed
KEPT_S = 60  # on the server, so that its folder does not grow for ever
BINS = 30  # means over these are fitted: neighbouring samples tell nearly the same
MEMORY = ("Rss", "Anonymous", "Pss")
JUDGED = ("Rss", "Anonymous")  # Pss also follows who else has the same libraries open
PICTURES = ("season.png", "town.png", "town-evening.png")
CHANGES = ("version", "head", "version", "alert", "version", "show", "version", "hold", "show", "version")


def png(width, height, seed):
    """A picture that no other version has."""
    rng = random.Random(seed)
    rows = b"".join(b"\0" + rng.randbytes(3) * width for _ in range(height))

    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size + b"\x08\x02\0\0\0") +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Feed(threading.Thread):
    """The office and its server: changes until told to stop."""

    def __init__(self, o, folder):
        super().__init__(daemon=True)
        self.o, self.folder, self.feed, self.key = o, folder, f"{folder}/feed", f"{folder}/key.pem"
        self.version, self.changes, self.failed, self.stop = 0, 0, None, threading.Event()
        with open("assets/demo/content.json", encoding="utf-8") as f:
            self.document = json.load(f)
        for board in self.document["boards"]:
            board.pop("screens", None)
            board.pop("when", None)
            board["dwell_s"] = 5
        os.makedirs(f"{folder}/media")
        self.sign("keygen", "--type", "ed25519", "--out", self.key)
        self.sign("trust", "--feed", "soak", "--at", AT, "--out", self.feed, "--key", self.key, "--root", self.key,
                  "--publisher", self.key, "--head", self.key)
        self.publish()
        self.head()

    def sign(self, *args):
        subprocess.run([f"{self.o}/fangzi-sign", *args], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def publish(self):
        self.version += 1
        for name in PICTURES:
            with open(f"{self.folder}/media/{name}", "wb") as f:
                f.write(png(1600, 900, f"{name} {self.version}"))
        self.document["notices"][0]["title"] = f"第{self.version}版通知"
        with open(f"{self.folder}/content.json", "w", encoding="utf-8") as f:
            json.dump(self.document, f, ensure_ascii=False)
        self.sign("build", "--content", f"{self.folder}/content.json", "--media", f"{self.folder}/media", "--feed",
                  "soak", "--version", str(self.version), "--at", AT, "--key", self.key, "--out", self.feed)

    def head(self, *options):
        self.sign("head", "--key", self.key, "--at", AT, "--out", self.feed, *options)

    def tidy(self):
        for place in ("objects", "manifests"):
            for entry in os.scandir(f"{self.feed}/{place}"):
                if time.time() - entry.stat().st_mtime > KEPT_S:
                    os.remove(entry.path)

    def run(self):
        try:
            while not self.stop.wait(CHANGE_S):
                change = CHANGES[self.changes % len(CHANGES)]
                if change == "version":
                    self.publish()
                self.head(*{"alert": ("--alert", "evacuate"), "hold": ("--hold",)}.get(change, ()))
                self.changes += 1
                self.tidy()
        except (subprocess.CalledProcessError, OSError) as why:
            self.failed = why


def children(pid):
    """Each thread's own."""
    found = []
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/children", encoding="ascii") as f:
            found += [int(word) for word in f.read().split()]
    return found


def sample(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as f:
        lines = dict(line.split(":", 1) for line in f.read().splitlines()[1:])
    row = {name: int(lines[name].split()[0]) / 1024 for name in MEMORY}
    row["descriptors"] = len(os.listdir(f"/proc/{pid}/fd"))
    row["threads"] = len(os.listdir(f"/proc/{pid}/task"))
    return row


def slope(times_h, values):
    """Least squares over means of equal parts: % of the mean an hour, and its standard error."""
    parts = min(BINS, len(values) // 3)
    cut = [len(values) * i // parts for i in range(parts + 1)]
    x = [statistics.fmean(times_h[a:b]) for a, b in zip(cut, cut[1:])]
    y = [statistics.fmean(values[a:b]) for a, b in zip(cut, cut[1:])]
    line = statistics.linear_regression(x, y)
    rest = sum((b - line.slope * a - line.intercept) ** 2 for a, b in zip(x, y))
    spread = sum((a - statistics.fmean(x)) ** 2 for a in x)
    error = (rest / (parts - 2) / spread) ** 0.5
    mean = statistics.fmean(values)
    return line.slope / mean * 100, error / mean * 100, mean


def is_constant(values):
    """Transfers and trials have theirs for a while; at rest there are as many as ever."""
    third = len(values) // 3
    return min(values[:third]) == min(values[-third:])


def judge(name, rows, is_long):
    """Prints what came of one program; True when it is fine."""
    start = rows[0][0]
    rows = [row for row in rows if row[0] - start >= (rows[-1][0] - start) / 5]
    hours = [at / 3600 for at, _ in rows]
    fine = True
    for what in MEMORY:
        percent, error, mean = slope(hours, [row[what] for _, row in rows])
        grown_mb = (percent - 2 * error) / 100 * mean * (hours[-1] - hours[0])
        over = percent > LIMIT if is_long else percent - 2 * error > LIMIT and grown_mb > PAGES_MB
        over = over and what in JUDGED
        fine = fine and not over
        print(f"{name}: {what} {mean:.1f} MB, {percent:+.2f} % an hour (standard error {error:.2f})"
              f"{': OVER' if over else ''}")
    for what in ("descriptors", "threads"):
        values = [row[what] for _, row in rows]
        constant = is_constant(values)
        fine = fine and constant
        print(f"{name}: {what} {min(values)} to {max(values)}, {'constant' if constant else 'NOT CONSTANT'}")
    return fine


def start(args, **more):
    return subprocess.Popen(args, stdout=subprocess.PIPE, text=True, **more)


def watch(screen, feed, seconds, rows):
    sync = None
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = children(screen.pid)
        if len(found) == 1 and sync is None:
            sync = found[0]
        if screen.poll() is not None or feed.failed or (sync and found != [sync]):
            sys.exit(f"soak: the screen ended, fangzi-sync was started anew, or the feed failed: {feed.failed}")
        if sync:
            now = time.monotonic()
            rows["kiosk"].append((now, sample(screen.pid)))
            rows["sync"].append((now, sample(sync)))
        time.sleep(SAMPLE_S)


def main():
    o, folder, minutes = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), float(sys.argv[3])
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    feed = Feed(o, folder)
    hub = start([f"{o}/fangzi-hub", "serve", "--feed", feed.feed, "--listen", "127.0.0.1:0"])
    screen = None
    rows = {"kiosk": [], "sync": []}
    try:
        port = hub.stdout.readline().split(" on port ")[1].split()[0]
        with open(f"{folder}/log", "w", encoding="utf-8") as log:
            screen = subprocess.Popen(
                [f"{o}/fangzi-kiosk", "--feed", f"http://127.0.0.1:{port}/feed/", "--trust",
                 f"{feed.feed}/trust/1.json", "--state", f"{folder}/state", "--at", AT, "--size", "1280x720",
                 "--poll-s", "1"], env=dict(os.environ, SDL_VIDEODRIVER="offscreen"), stderr=log)
        feed.start()
        watch(screen, feed, minutes * 60, rows)
        status = subprocess.run([f"{o}/fangzi-sync", "status", "--state", f"{folder}/state"], check=True,
                                capture_output=True, text=True).stdout
    finally:
        feed.stop.set()
        for program in (screen, hub):
            if program:
                program.terminate()
                program.wait(20)
    told = dict(line.split("=", 1) for line in status.splitlines())
    print(f"{minutes:g} minutes, {feed.changes} changes, {feed.version} versions; taken: {told['version']}; "
          f"incidents: {told['incidents']}")
    fine = all([judge(name, rows[name], minutes >= 60) for name in rows])
    took = feed.version - int(told["version"] or 0) <= 3 and told["incidents"] == "0"
    if not took:
        print("the screen fell behind, or showed what was not painted")
    sys.exit(0 if fine and took else 1)


if __name__ == "__main__":
    main()
