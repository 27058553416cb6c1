#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Does anything cost more than it did? Instructions under callgrind, which a busy machine does
not change, held against bench/baseline.txt. TAP; each may cost 10 % more.
--renew writes the baseline anew. O names the build folder."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
import bench

BASELINE = os.path.join(os.path.dirname(__file__), "baseline.txt")
MORE_PERCENT = 10
# A new version of these may change the counts by itself.
PACKAGES = ("gcc", "libc6", "libcairo2", "libcurl4", "libfreetype6", "libharfbuzz0b", "libjansson4", "libpixman-1-0",
            "libsdl2-2.0-0", "libsdl2-ttf-2.0-0", "libsqlite3-0", "libssl3", "fonts-noto-cjk", "valgrind")


def callgrind(out, *args):
    """{what: instructions}, one for each dump that was asked for, or {"": all}."""
    # Large pieces apart: valgrind's heap cannot grow beyond 8 MB, and a call that fails is told as no memory.
    env = dict(os.environ, GLIBC_TUNABLES="glibc.malloc.mmap_threshold=32768")
    log = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *args], check=False, env=env,
                         capture_output=True, text=True)
    counts = {}
    for path in glob.glob(f"{out}*"):
        with open(path, encoding="ascii") as f:
            text = f.read()
        what = re.search(r"^desc: Trigger: (?:Client Request: )?(.*)$", text, re.M)[1]
        counts[what] = int(re.search(r"^totals: (\d+)$", text, re.M)[1])
    if not counts:
        sys.exit(f"instructions: {args[-1]}: {log.stderr}")
    return counts


def look(o, feed, state, out):
    """One look of fangzi-sync at the feed, without what its process costs to start."""
    return max(callgrind(out, "--toggle-collect=cycle_run", f"{o}/fangzi-sync", "--once", "--feed",
                         f"file://{os.path.abspath(feed.folder)}/feed/", "--trust", feed.trust, "--state", state,
                         "--at", bench.AT).values())


def count(o):
    work = f"{o}/check/instructions"
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    document = subprocess.run([f"{o}/tests/gen_content", "1"], check=True, capture_output=True).stdout
    feed = bench.Feed(o, f"{work}/feed", json.loads(document))
    counts = callgrind(f"{work}/pages", "--instr-atstart=no", f"{o}/bench/count", "assets/demo/content.json",
                       f"{o}/demo/media", f"{feed.folder}/content.json")
    counts.pop("Program termination", None)
    # Valgrind 3.19 knows no pidfd_open: a trial cannot be started, which ends the look there.
    counts["sync: a version taken, up to its trial"] = look(o, feed, f"{work}/new", f"{work}/take")
    counts["sync: a look with nothing new"] = look(o, feed, feed.state, f"{work}/look")
    return counts


def versions():
    out = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}\n", *PACKAGES], check=True,
                         capture_output=True, text=True).stdout
    return sorted(set(out.splitlines()))


def read_baseline():
    """What it was counted with, and {what: instructions}."""
    with open(BASELINE, encoding="utf-8") as f:
        lines = f.read().splitlines()
    rows = [line.split(None, 1) for line in lines if line and not line.startswith("#")]
    return [line[2:] for line in lines if line.startswith("# ")], {what: int(n) for n, what in rows}


def write_baseline(counts):
    with open(BASELINE, "w", encoding="utf-8") as f:
        f.write("# Instructions, counted by `make bench-baseline` on amd64 with gcc and\n")
        f.write("".join(f"# {version}\n" for version in versions()))
        f.write("".join(f"{n:>12} {what}\n" for what, n in sorted(counts.items())))


def is_comparable(o):
    """The baseline is for gcc's code on this kind of processor."""
    comment = subprocess.run(["readelf", "-p", ".comment", f"{o}/bench/count"], check=True, capture_output=True,
                             text=True).stdout
    return os.uname().machine == "x86_64" and "GCC" in comment and "clang" not in comment


def compare(counts, known, baseline):
    bad = 0
    for number, what in enumerate(sorted(counts.keys() | baseline.keys()), 1):
        have, want = counts.get(what), baseline.get(what)
        ok = have is not None and want is not None and have <= want * (100 + MORE_PERCENT) / 100
        said = f"{(have / want - 1) * 100:+.1f} %" if have and want else f"counted: {have}, in the baseline: {want}"
        print(f"{'ok' if ok else 'not ok'} {number} - {what}: {said}")
        bad += not ok
    others = [version for version in versions() if version not in known]
    if bad and others:
        print("# Other versions than the baseline's:", ", ".join(others))
        print("# If it is over without your change as well, begin with `make bench-baseline` there.")
    elif bad:
        print("# Where it is worth its price: `make bench-baseline`, and the reason in the commit.")
    print(f"1..{number}")
    return bad == 0


def main():
    o = os.environ.get("O", "build")
    if not is_comparable(o):
        print("ok 1 - instructions: the baseline is for gcc on amd64 # SKIP")
        return 0
    counts = count(o)
    if sys.argv[1:] == ["--renew"]:
        write_baseline(counts)
        return 0
    return 0 if compare(counts, *read_baseline()) else 1


if __name__ == "__main__":
    sys.exit(main())
