#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a screen costs its network and its disk, at rest and for a change: rest.py O [WORK].

Two screens beside each other show a document of full size, off screen: one is held back by the
hub (Prefer: wait), the other asks every 30 s. What goes over the wire is counted by a relay
before the hub, what is written to disk by the kernel (write_bytes of fangzi-kiosk and
fangzi-sync), over MINUTES (60), scaled to an hour. As under its unit, fangzi-kiosk tells of itself in
memory (RUNTIME_DIRECTORY). Then one figure changes.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import bench
from relay import Relay
from tree import Tree

MINUTES = float(os.environ.get("MINUTES", "60"))
SETTLE_S = 10
LIMITS = {"held": {"wire KB an hour": 20, "disk KB an hour": 100}, "asking": {"wire KB an hour": 200, "disk KB an hour": 100}}


class Screen:
    def __init__(self, o, work, way, document):
        self.feed = bench.Feed(o, f"{work}/{way}", document)
        self.hub, port = bench.serve(o, f"{self.feed.folder}/feed", f"{self.feed.folder}/hub")
        self.relay = Relay(port, way == "held")
        self.runtime = tempfile.TemporaryDirectory(dir="/dev/shm")
        self.tree = Tree([f"{o}/fangzi-kiosk", "--feed", f"http://127.0.0.1:{self.relay.port}/feed/", "--trust",
                          self.feed.trust, "--state", self.feed.state, "--at", bench.AT, "--poll-s", "30", "--size",
                          "1920x1080"], env=dict(os.environ, SDL_VIDEODRIVER="offscreen", RUNTIME_DIRECTORY=self.runtime.name))

    def counted(self):
        return self.relay.bytes, self.tree.written_bytes()

    def publish(self, document):
        """A second version, and how much goes over the wire until it is kept."""
        before = self.relay.bytes
        self.feed.publish(2, document)
        bench.wait_for(lambda: os.path.exists(f"{self.feed.state}/manifests/2.json"), 120)
        time.sleep(5)  # the next request
        return self.relay.bytes - before

    def end(self):
        self.tree.end()
        self.hub.terminate()
        self.hub.wait(10)
        self.runtime.cleanup()


def main():
    o, work = sys.argv[1], sys.argv[2]
    document = json.loads(subprocess.run([f"{o}/tests/gen_content", "1"], check=True, capture_output=True).stdout)
    screens = {way: Screen(o, work, way, document) for way in LIMITS}
    failed = 0
    try:
        time.sleep(SETTLE_S)
        before = {way: s.counted() for way, s in screens.items()}
        time.sleep(MINUTES * 60)
        for way, s in screens.items():
            wire, disk = (60 / MINUTES / 1024 * (b - a) for a, b in zip(before[way], s.counted()))
            for what, have in (("wire KB an hour", wire), ("disk KB an hour", disk)):
                failed += have > LIMITS[way][what]
                print(f"{'FAIL' if have > LIMITS[way][what] else 'ok  '} {way}: {what}: {have:.1f} "
                      f"(at most {LIMITS[way][what]}); over {MINUTES:g} minutes")
        document["figures"][0]["value"] += 1
        for way, s in screens.items():
            print(f"     {way}: a change of one figure: {s.publish(document) / 1024:.1f} KB on the wire; the document has "
                  f"{os.path.getsize(f'{s.feed.folder}/content.json') / 1024:.0f} KB")
    finally:
        for s in screens.values():
            s.end()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
