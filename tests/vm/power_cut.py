#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""power_cut.py FOLDER CUTS [SEED] [lies]: cuts the power of a machine that runs fangzi-sync.

The machine is qemu without any help of the host's processor, its disk an ext4 behind a
write cache that forgets (disk.py). It is booted once, from what make_guest.sh has put
into FOLDER, up to where the driver of the disk is missing, and saved; each cut takes it
up from there. fangzi-sync takes one version after the other, and what it says over the
serial line is an acknowledgement. At a moment of chance qemu is killed, the disk keeps
what it likes of what was not flushed, and after the next start inspect.c tells what is
there.

lost: something that had been acknowledged is not there. corrupted: something that no cut
may leave behind. Both count cuts. With "lies" the disk does not do what a flush asks:
then things must be lost, or nothing here sees anything."""
import json
import os
import random
import re
import select
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from disk import Disk, Server
from qmp import END_WITH_US, PATIENCE_S, Control, listen

CUTS_A_DISK = 20  # then a new one: what happens first happens often
# When the power goes: at a step (a write or a flush) of the disk, counted since waking, of
# which the first few are those of mounting; or after one of the first lines that are said
# once all is told that was found, within a time.
WAYS, SHARES = ("step", "mount", "time"), (5, 1, 4)
STEPS = {"step": 300, "mount": 12}
LINES, WINDOW_S = 4, 1.5
MACHINE = [*END_WITH_US, "qemu-system-x86_64", "-accel", "tcg", "-machine", "pc,memory-backend=ram", "-m", "192",
           "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-rtc", "base=2026-02-01T00:00:00",
           "-append", "console=ttyS0 quiet panic=-1 mitigations=off", "-chardev", "stdio,id=said,signal=off"]
TOOK = re.compile(r"<6>sync: (version|trust) (?:document )?(\d+) taken")
FOUND = re.compile(r"found version=(\d+) seq=(\d+) trust=(\d+)")


class Guest:
    """The machine, from where it was saved to its end. Without a state: from the start."""

    def __init__(self, folder, work, state=None):
        self.console = f"{work}/console"
        disk = {"driver": "raw", "node-name": "disk",
                "file": {"driver": "nbd", "server": {"type": "unix", "path": f"{work}/disk"}}}
        # What is saved has its memory in a file, of which each guest then has a view of its own.
        memory = f"memory-backend-file,id=ram,size=192M,mem-path={folder}/ram,share={'off' if state else 'on'}"
        words = [*MACHINE, "-object", memory, "-kernel", f"{folder}/vmlinuz", "-initrd", f"{folder}/initrd",
                 "-blockdev", json.dumps(disk), "-device", "virtio-blk-pci,drive=disk",
                 "-serial", f"file:{self.console}", "-serial", "chardev:said", "-qmp", f"unix:{work}/qmp"]
        words += ["-incoming", "defer"] if state else []
        with listen(f"{work}/qmp") as listener:
            self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.control = Control(listener)
        self.order = self.control.order
        self.order("migrate-set-capabilities", capabilities=[{"capability": "x-ignore-shared", "state": True}])
        if state:
            self.order("migrate-incoming", uri=f"exec:cat {state}")
        self.half = b""
        self.until = time.monotonic() + PATIENCE_S
        self.bell = os.pipe()

    def ring(self):
        os.write(self.bell[1], b"!")

    def lines(self):
        """What it says as it says it; until its bell rings, its time is up or it is gone."""
        out = self.process.stdout.fileno()
        while (left := self.until - time.monotonic()) > 0:
            ready = select.select([out, self.bell[0]], [], [], left)[0]
            data = os.read(out, 65536) if ready == [out] else b""
            if not data:
                return
            *whole, self.half = (self.half + data).split(b"\n")
            for line in whole:
                yield line.decode(errors="replace")

    def go(self):
        self.process.stdin.write(b"go\n")
        self.process.stdin.flush()

    def kill(self):
        """As the power goes. What it had said by then was said."""
        self.process.kill()
        rest = self.half + self.process.stdout.read()
        self.process.wait()
        for file in (self.process.stdin, self.process.stdout, self.control):
            file.close()
        for end in self.bell:
            os.close(end)
        return rest.decode(errors="replace").split("\n")[:-1]

    def console_damage(self):
        with open(self.console, errors="replace") as file:
            return re.findall(r".*(?:EXT4-fs (?:error|warning)|I/O error|Kernel panic|BUG:).*", file.read())


def save_machine(folder):
    work = f"{folder}/first"
    os.makedirs(work, exist_ok=True)
    Server(Disk(bytes(1 << 20)), listen(f"{work}/disk"))
    guest = Guest(folder, work)
    try:
        said = []
        for line in guest.lines():
            said.append(line)
            if line == "ready":
                break
        if said != ["<6>sync: version 1 taken", "found version=1 seq=1 trust=1", "end stray=0", "ready"]:
            raise RuntimeError(f"the guest does not come up: {said}, {work}/console")
        guest.order("migrate", uri=f"exec:cat > {folder}/state")
        while (status := guest.order("query-migrate").get("status")) != "completed":
            if status == "failed":
                raise RuntimeError("the guest cannot be saved")
            time.sleep(0.05)  # between two questions
    finally:
        guest.kill()


class Judge:
    """Knows what was acknowledged on one disk, and hears what is said of it."""

    def __init__(self):
        self.acknowledged = {"version": 0, "seq": 0, "trust": 0}
        self.versions = 0  # acknowledged, all told
        self.stray = self.repaired = 0
        self.lost, self.damaged = [], []  # since the last verdict

    def acknowledge(self, what, number):
        self.versions += what == "version" and number > self.acknowledged[what]
        self.acknowledged[what] = max(number, self.acknowledged[what])

    def compare(self, found):
        for (what, number), there in zip(self.acknowledged.items(), found):
            if there < number:
                self.lost.append(f"{what} {number} was acknowledged, {there} is there")
            self.acknowledged[what] = there

    def hear(self, line):
        """True: all was told of what is found."""
        if took := TOOK.fullmatch(line):
            self.acknowledge(took[1], int(took[2]))
        elif found := FOUND.fullmatch(line):
            self.compare([int(number) for number in found.groups()])
        elif looked := re.fullmatch(r"looked (\d+) 0", line):
            self.acknowledge("version", int(looked[1]))
            self.acknowledge("seq", int(looked[1]))
        elif end := re.fullmatch(r"end stray=(\d+)", line):
            self.stray = max(self.stray, int(end[1]))
            return True
        elif line == "repaired":
            self.repaired += 1
        else:
            self.damaged.append(line)
        return False


class Score:
    def __init__(self):
        self.cuts = self.acknowledged = self.lost = self.corrupted = self.forgotten = 0
        self.repaired = self.stray = 0

    def add(self, other):
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)

    def __str__(self):
        return f"cuts {self.cuts} acknowledged {self.acknowledged} lost {self.lost} corrupted {self.corrupted}"


class Run:
    def __init__(self, folder, seed, lies):
        self.folder, self.seed, self.lies = folder, seed, lies
        with open(f"{folder}/empty.img", "rb") as file:
            self.image = file.read()

    def live(self, guest, disk, judge, dice):
        """From waking to the cut."""
        way = dice.choices(WAYS, SHARES)[0]
        lines, moment = dice.randint(0, LINES), dice.random() * WINDOW_S
        if way in STEPS:
            disk.ring(dice.randint(1, STEPS[way]), guest.ring)
        is_told = False
        for line in guest.lines():
            is_told = judge.hear(line) or is_told
            if way == "time" and is_told:
                if lines == 0:
                    guest.until = time.monotonic() + moment
                lines -= 1
        return way in STEPS or is_told

    def start(self, disk, judge, work, dice, is_last):
        server = Server(disk, listen(f"{work}/disk"))
        guest = Guest(self.folder, work, f"{self.folder}/state")
        try:
            guest.go()
            if is_last:
                is_fine = any(judge.hear(line) for line in guest.lines())
            else:
                is_fine = self.live(guest, disk, judge, dice)
            if not is_fine:
                judge.damaged.append("the guest did not tell what it found")
        finally:
            for line in guest.kill():
                judge.hear(line)
        server.wait()
        judge.damaged += guest.console_damage()
        return disk.cut(dice)

    def disk(self, number, cuts):
        """A new disk, that many cuts, and a last look."""
        work = f"{self.folder}/disk-{number}"
        os.makedirs(work, exist_ok=True)
        disk, judge, score = Disk(self.image, self.lies), Judge(), Score()
        for at in range(cuts + 1):
            dice = random.Random(f"{self.seed}.{number}.{at}")
            score.forgotten += self.start(disk, judge, work, dice, at == cuts)
            for what in judge.lost + judge.damaged:
                print(f"# disk {number}, start {at + 1}: {what}", flush=True)
            if judge.lost or judge.damaged:
                with open(f"{work}/damaged.img", "wb") as file:
                    file.write(disk.kept)
            score.lost += bool(judge.lost)
            score.corrupted += bool(judge.damaged)
            judge.lost, judge.damaged = [], []
        score.cuts, score.acknowledged = cuts, judge.versions
        score.repaired, score.stray = judge.repaired, judge.stray
        return score


def main():
    folder, cuts = sys.argv[1], int(sys.argv[2])
    seed, lies = (sys.argv[3:] + ["1"])[0], sys.argv[4:] == ["lies"]
    save_machine(folder)
    run, total = Run(folder, seed, lies), Score()
    sizes = [min(CUTS_A_DISK, cuts - done) for done in range(0, cuts, CUTS_A_DISK)]
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        for score in pool.map(run.disk, range(len(sizes)), sizes):
            total.add(score)
            print(f"# {total} (writes forgotten {total.forgotten}, file systems repaired {total.repaired}, "
                  f"stray names {total.stray})", flush=True)
    finally:
        pool.shutdown(cancel_futures=True)
    print(total)
    return 1 if total.lost or total.corrupted or total.cuts == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
