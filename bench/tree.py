# SPDX-License-Identifier: Apache-2.0
"""What a program and all that it started cost, read from /proc."""
import os
import signal
import subprocess
import time

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as f:
            return f.read()
    except OSError:  # it ended meanwhile
        return ""


def field_kb(text, name):
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith(name + ":"))


def cpu_s(pid):
    """Of a process, and of its children that ended and were waited for."""
    fields = read(f"/proc/{pid}/stat").rsplit(")", 1)[-1].split()
    return sum(map(int, fields[11:15])) / TICKS_A_SECOND


class Tree:
    """A process in a session of its own, with its descendants."""

    def __init__(self, command, env=None, log=subprocess.DEVNULL):
        self.process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                        start_new_session=True)

    def pids(self):
        """Its descendants, and who left them for init but not the session."""
        parents, found = {}, {self.process.pid}
        for name in filter(str.isdigit, os.listdir("/proc")):
            stat = read(f"/proc/{name}/stat").rsplit(")", 1)[-1].split()
            if len(stat) > 3 and stat[0] != "Z":
                parents[int(name)] = int(stat[1])
                if int(stat[3]) == self.process.pid:
                    found.add(int(name))
        size = 0
        while size != len(found):
            size = len(found)
            found |= {pid for pid, parent in parents.items() if parent in found}
        return sorted(found)

    def cpu_s(self):
        return sum(map(cpu_s, self.pids()))

    def memory_mb(self):
        """Proportional set size, and how much of it is anonymous."""
        rollups = [read(f"/proc/{pid}/smaps_rollup") for pid in self.pids()]
        return (sum(field_kb(text, "Pss") for text in rollups) / 1024,
                sum(field_kb(text, "Pss_Anon") for text in rollups) / 1024)

    def wakeups(self):
        """How often a thread that slept was woken."""
        total = 0
        for pid in self.pids():
            for task in os.listdir(f"/proc/{pid}/task") if os.path.isdir(f"/proc/{pid}/task") else []:
                total += field_kb(read(f"/proc/{pid}/task/{task}/status"), "voluntary_ctxt_switches")
        return total

    def written_bytes(self):
        return sum(field_kb(read(f"/proc/{pid}/io"), "write_bytes") for pid in self.pids())

    def counts(self):
        """Processes and threads."""
        pids = self.pids()
        return len(pids), sum(field_kb(read(f"/proc/{pid}/status"), "Threads") for pid in pids)

    def measure(self, seconds):
        """Over so long a time: percent of a core, and wake-ups a second."""
        before, woken, since = self.cpu_s(), self.wakeups(), time.monotonic()
        time.sleep(seconds)
        took = time.monotonic() - since
        return (self.cpu_s() - before) / took * 100, (self.wakeups() - woken) / took

    def end(self):
        pids = self.pids()
        self.process.terminate()
        try:
            code = self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        for pid in pids:  # who outlived it
            try:
                os.kill(pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
        return code
