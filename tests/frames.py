"""frames.py - what a screen's --frame-log proves: that nothing was late and nothing stood still.

A line is "MICROSECONDS KIND", by the monotonic clock. moving() makes a document whose pages
all stand DWELL_MS; then every turn is due when the clock shows a multiple of that (docs/content.md,
Playlist), and the first frame of its motion tells how late it was. A tick is due each second.

Others may be busy on this machine as well. So a Probe runs beside the screen: every 40 ms it works for
4 ms, and notes how much later than that it was done. That is the machine's lateness, not the screen's,
and at that moment the screen may be late by that much more. Nothing else is allowed for."""
import os
import signal
import time

DWELL_MS = 5000
LATE_MS = 100
GAP_MS = 1000  # where something moves
TICK_MS = 1500  # where nothing does: a dot fills, a step each second
PROBE_S = 0.04
WORK_S = 0.004
NEAR_MS = 300  # what the machine did that long before a frame was due still counts for it


def moving(document):
    """Pages that are full of motion: they turn often, and a ticker crawls below."""
    titles = [f"{i}号通知" + "某事如下请大家相互转告" * 3 for i in range(1, 4)]
    document["notices"] = [{"id": f"n{i}", "title": title, "text": "某事如下", "ticker": True, "level": "important"}
                           for i, title in enumerate(titles)]
    document["boards"] = [dict(b, dwell_s=DWELL_MS // 1000) for b in document["boards"] if b["kind"] != "occasion"]
    document["boards"][0]["of"] = ["f", "n0"]
    return document


def now_us():
    """As the log has it: since boot."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) * 1e6


class Probe:
    """A process that works a little like a screen; LOG: "DUE LATE", microseconds, each time that it was done."""

    def __init__(self, log):
        self.log = log
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self.work()
            finally:
                os._exit(1)

    def work(self):
        with open(self.log, "w", encoding="ascii", buffering=1) as log:
            while os.getppid() != 1:
                due_us, worked = now_us() + PROBE_S * 1e6, time.process_time()
                time.sleep(PROBE_S)
                while time.process_time() - worked < WORK_S:
                    pass
                log.write(f"{due_us:.0f} {now_us() - due_us - WORK_S * 1e6:.0f}\n")

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def held_up_ms(self, from_us, to_us):
        """In all: a frame takes several turns at the processor, and each may be waited for."""
        return sum(late / 1000 for due, late in read(self.log, 0, int) if due <= to_us and due + late >= from_us)

    def worst_ms(self, from_us, to_us):
        return max((late / 1000 for due, late in read(self.log, 0, int) if due <= to_us and due + late >= from_us), default=0)


def read(log, since_us=0, second=str):
    """[(microseconds, kind)]; a line that is being written does not count yet."""
    try:
        with open(log, encoding="ascii") as f:
            lines = [line.split() for line in f if line.endswith("\n")]
    except FileNotFoundError:
        return []
    return [(int(at), second(other)) for at, other in lines if int(at) > since_us]


def last_us(log):
    return read(log)[-1][0]


def turns(log, since_us=0):
    """[(when a page began to leave, how many milliseconds late)]"""
    ahead_us = time.time() * 1e6 - now_us()
    found, was = [], None
    for at, kind in read(log, since_us):
        if kind == "motion" and was in ("page", "tick", "ticker"):
            found.append((at, (at + ahead_us) / 1000 % DWELL_MS))
        was = kind
    return found


def gaps(log, since_us=0):
    """[(when it ended, milliseconds, whether something moved)]"""
    lines = read(log, since_us)
    return [(at, (at - before) / 1000, kind in ("motion", "ticker")) for (before, _), (at, kind) in zip(lines, lines[1:])]


def wrong(log, probe, since_us=0):
    """What a passer-by could have noticed, a text each."""
    for at, late_ms in turns(log, since_us):
        more_ms = probe.held_up_ms(at - (late_ms + NEAR_MS) * 1000, at) if late_ms > LATE_MS else 0
        if late_ms > LATE_MS + more_ms:
            yield f"a page {late_ms:.0f} ms late, the machine {more_ms:.0f} ms"
    for at, gap_ms, moves in gaps(log, since_us):
        most_ms = GAP_MS if moves else TICK_MS
        more_ms = probe.held_up_ms(at - (gap_ms + NEAR_MS) * 1000, at) if gap_ms > most_ms else 0
        if gap_ms > most_ms + more_ms:
            yield f"a gap of {gap_ms:.0f} ms where {'it moved' if moves else 'it stood'}, the machine {more_ms:.0f} ms"


def summary(log, probe, since_us=0):
    late, stood = [ms for _, ms in turns(log, since_us)], gaps(log, since_us)
    return (f"{len(stood) + 1} frames, {len(late)} turns at most {max(late, default=0):.0f} ms late, "
            f"gaps at most {max((ms for _, ms, moves in stood if moves), default=0):.0f} ms in motion, "
            f"{max((ms for _, ms, _ in stood), default=0):.0f} ms else, "
            f"the machine {probe.worst_ms(since_us, 1 << 62):.0f} ms")
