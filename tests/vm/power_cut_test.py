#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What needs no machine of power_cut.py: the disk itself, the disk over NBD, and the
judge, who must see what there is to see. TAP."""
import random
import socket
import struct

from disk import (FLUSH, FUA, HAS_FLAGS, OPT_GO, OPTION_MAGIC, READ, REP_ACK, REP_ERR_UNSUP, SECTOR, SEND_FLUSH,
                  SEND_FUA, WRITE, Disk, Server)
from power_cut import Judge

SIZE = 64 * SECTOR
OLD, NEW, NEWER = b"o", b"n", b"N"
count = failed = 0


def ok(good, what):
    global count, failed
    count += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {count} - {what}")


def after_cuts(do, lies=False):
    """What 200 disks hold after do(disk) and a cut, sector by sector."""
    held = set()
    for seed in range(200):
        disk = Disk(OLD * SIZE, lies)
        do(disk)
        disk.cut(random.Random(seed))
        held.add("".join(chr(disk.read(at, 1)[0]) for at in range(0, SIZE, SECTOR)))
        for at in range(0, SIZE, SECTOR):
            if len(set(disk.read(at, SECTOR))) != 1:
                held.add("a torn sector")
    return held


def forgotten_by(do, seed):
    disk = Disk(OLD * SIZE)
    do(disk)
    return disk.cut(random.Random(seed))


def rings_after(steps):
    """At how many writes and flushes, when it shall be that many."""
    disk, rung = Disk(OLD * SIZE), []
    write_and_flush(disk)
    disk.ring(steps, lambda: rung.append(step))
    for step in range(1, 2 * steps, 2):
        disk.write(0, NEW)
        step += 1
        disk.flush()
    return rung[0] if len(rung) == 1 else rung


def write_all(disk):
    disk.write(0, NEW * SIZE)


def write_forced(disk):
    disk.write(0, NEW * SIZE, forced=True)


def write_and_flush(disk):
    write_all(disk)
    disk.flush()


def write_halves(disk):
    half = SIZE // 2
    disk.write(0, NEW * half)
    disk.write(half, NEW * half)


def write_over_forced(disk):
    write_all(disk)
    disk.write(0, NEWER * SIZE, forced=True)


def test_disk():
    sectors = SIZE // SECTOR
    old, new = "o" * sectors, "n" * sectors
    ok(after_cuts(lambda disk: None) == {old}, "nothing written: nothing changes")
    ok(after_cuts(write_and_flush) == {new}, "what was flushed stays")
    ok(after_cuts(write_forced) == {new}, "what was forced stays")
    ok({old, new} < after_cuts(write_all), "what was not flushed stays or goes")
    ok(any(set(held) == {"o", "n"} for held in after_cuts(write_all)), "or is torn")
    ok("a torn sector" not in after_cuts(write_all), "but not within a sector")
    half = sectors // 2
    ok({"n" * half + "o" * half, "o" * half + "n" * half} < after_cuts(write_halves),
       "of two writes either may stay alone")
    ok(after_cuts(write_over_forced) == {"N" * sectors}, "an earlier write does not come back over a forced one")
    ok(old in after_cuts(write_and_flush, lies=True), "a disk that lies may lose what was flushed")
    ok(old in after_cuts(write_forced, lies=True), "or forced")
    ok(rings_after(3) == 3, "its bell rings at its step, once")
    forgotten = {forgotten_by(write_halves, seed) for seed in range(200)}
    ok(forgotten == {0, 1, 2}, "and it says how much it forgot")
    disk = Disk(OLD * SIZE)
    write_all(disk)
    ok(disk.read(0, SIZE) == NEW * SIZE, "what was written is read before it is flushed")


class Caller:
    def __init__(self, address):
        self.line = socket.create_connection(address, timeout=30)
        self.file = self.line.makefile("rwb")

    def send(self, layout, *numbers, data=b""):
        self.file.write(struct.pack(layout, *numbers) + data)
        self.file.flush()

    def get(self, layout):
        return struct.unpack(layout, self.file.read(struct.calcsize(layout)))

    def request(self, kind, flags=0, offset=0, length=0, data=b""):
        """Its error, and what was read."""
        self.send(">IHHQQI", 0x25609513, flags, kind, 7, offset, length, data=data)
        magic, error, handle = self.get(">IIQ")
        if (magic, handle) != (0x67446698, 7):
            raise ValueError("not an answer to what was asked")
        return error, self.file.read(length) if kind == READ and not error else b""

    def leave(self):
        self.file.close()
        self.line.close()


def test_server():
    disk = Disk(OLD * SIZE)
    listener = socket.create_server(("127.0.0.1", 0))
    caller = Caller(listener.getsockname())
    server = Server(disk, listener)
    caller.get(">8sQH")
    caller.send(">IQII", 3, OPTION_MAGIC, 8, 0)
    ok(caller.get(">QIII")[2] == REP_ERR_UNSUP, "an option that it does not know is refused")
    caller.send(">QII6s", OPTION_MAGIC, OPT_GO, 6, bytes(6))
    ok(caller.get(">QIIIHQH")[4:] == (0, SIZE, HAS_FLAGS | SEND_FLUSH | SEND_FUA), "its size, and what it can do")
    ok(caller.get(">QIII")[2] == REP_ACK, "and that it will")
    ok(caller.request(WRITE, 0, SECTOR, SECTOR, NEW * SECTOR) == (0, b""), "a write")
    ok(caller.request(READ, 0, SECTOR, SECTOR) == (0, NEW * SECTOR), "is read")
    ok(disk.kept == OLD * SIZE, "and not kept yet")
    ok(caller.request(FLUSH) == (0, b"") and disk.kept[SECTOR:2 * SECTOR] == NEW * SECTOR, "but after a flush it is")
    ok(caller.request(WRITE, FUA, 0, SECTOR, NEW * SECTOR) == (0, b"") and disk.pending[0][2], "a write is forced")
    ok(caller.request(4)[0] != 0, "what it does not know is an error")
    caller.leave()
    server.wait()
    ok(not server.thread.is_alive(), "it ends with its caller")


TOOK_3 = ["<6>sync: version 3 taken", "looked 3 0"]
VERDICTS = (  # what is said, lost, damaged
    ("nothing was acknowledged, nothing is there", ["found version=0 seq=0 trust=0", "end stray=0"], 0, 0),
    ("all is there", [*TOOK_3, "found version=3 seq=3 trust=0"], 0, 0),
    ("more is there than was said", [*TOOK_3, "found version=4 seq=4 trust=0"], 0, 0),
    ("a version is lost", ["<6>sync: version 3 taken", "found version=2 seq=3 trust=0"], 1, 0),
    ("a head is lost", [*TOOK_3, "found version=3 seq=2 trust=0"], 1, 0),
    ("a trust document is lost", ["<6>sync: trust document 2 taken", "found version=0 seq=0 trust=1"], 1, 0),
    ("all is lost", [*TOOK_3, "found version=0 seq=0 trust=0"], 2, 0),
    ("what is lost is lost once", [*TOOK_3, *["found version=2 seq=3 trust=0"] * 2], 1, 0),
    ("what came before is no excuse", [*TOOK_3, "<6>sync: version 2 taken", "found version=2 seq=3 trust=0"], 1, 0),
    ("damage that inspect tells", ["damage version 3: its content is not whole"], 0, 1),
    ("damage that fangzi-sync tells", ["<4>sync: record lost (no record yet): going on from version 3"], 0, 1),
    ("a look that fails", ["looked 4 7"], 0, 1),
    ("anything else", ["Segmentation fault"], 0, 1),
)


def test_judge():
    for says, lines, lost, damaged in VERDICTS:
        judge = Judge()
        for line in lines:
            judge.hear(line)
        ok((len(judge.lost), len(judge.damaged)) == (lost, damaged), f"judge: {says}")


test_disk()
test_server()
test_judge()
print(f"1..{count}")
raise SystemExit(failed > 0)
