#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How far we are from what the machine allows: limits.py O WORK. A full-screen blend beside
memory's own copy, and taking a document beside SQLite's bulk insert of the same rows."""
import os
import subprocess
import sys

TAKE_TIMES, TAKE_DOCUMENTS = 3, 4  # of the bulk insert's time, of the document's size; at 10,000 projects


def words(*args):
    out = subprocess.run(args, check=True, capture_output=True, text=True).stdout
    return list(map(float, out.split()))


def main():
    o, work = sys.argv[1:]
    os.makedirs(work, exist_ok=True)
    failed = 0
    for width, height in ((1920, 1080), (3840, 2160)):
        blend_ms, copy_ms, mb_s = words(f"{o}/bench/blend", str(width), str(height))
        print(f"     a blend of {width}x{height}: {blend_ms:.2f} ms, a copy {copy_ms:.2f} ms ({mb_s:.0f} MB/s): "
              f"{blend_ms / copy_ms:.1f} times")
    for projects in (223, 10000):
        path = f"{work}/{projects}.json"
        with open(path, "wb") as f:
            subprocess.run([f"{o}/tests/gen_content", "1", str(projects)], check=True, stdout=f)
        take_ms, insert_ms, size, grown = words(f"{o}/bench/bulk_insert", path)
        bad = projects == 10000 and (take_ms > TAKE_TIMES * insert_ms or grown > TAKE_DOCUMENTS * size)
        failed += bad
        print(f"{'FAIL' if bad else 'ok  '} {projects} projects ({size / 1e6:.2f} MB): taken in {take_ms:.0f} ms, inserted by "
              f"SQLite alone in {insert_ms:.0f} ms: {take_ms / insert_ms:.1f} times (at most {TAKE_TIMES} at 10,000); "
              f"memory {grown / 1e6:.1f} MB: {grown / size:.1f} documents (at most {TAKE_DOCUMENTS})")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
