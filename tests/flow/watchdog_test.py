#!/usr/bin/python3
"""Plays the service manager: watchdog_test.py O STATE TRUST SCRATCH.

READY=1 must come with the first picture, WATCHDOG=1 with those after it. The thread
that paints, the one that presents and the loop are hung one by one (tests/hang.c):
then WATCHDOG=1 must stop, and a restart must bring a picture. Prints TAP.
"""
import os
import socket
import subprocess
import sys
import time

O, STATE, TRUST, SCRATCH = sys.argv[1:5]
WAIT_S = 3  # WatchdogSec= of this manager
COUNT = 0


def tell(ok, what):
    global COUNT
    COUNT += 1
    print(f"{'ok' if ok else 'not ok'} {COUNT} - {what}", flush=True)


class Manager:
    def __init__(self):
        self.path = f"{SCRATCH}/notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.screen = None

    def start(self, hang_in, options=()):
        env = dict(os.environ, NOTIFY_SOCKET=self.path, WATCHDOG_USEC=str(WAIT_S * 1000000),
                   SDL_VIDEODRIVER="offscreen", HANG_IN=hang_in, HANG_WHEN=f"{SCRATCH}/hang",
                   LD_PRELOAD=f"{O}/tests/libhang.so")
        self.log = f"{SCRATCH}/frames"
        self.screen = subprocess.Popen([f"{O}/fangzi-kiosk", "--no-sync", "--size", "640x360", "--frame-log",
                                        self.log, *options], env=env, stderr=subprocess.DEVNULL)

    def hears(self, word, seconds):
        """True as soon as the word is said."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.socket.settimeout(max(0.01, end - time.monotonic()))
            try:
                if word in self.socket.recv(4096).decode():
                    return True
            except TimeoutError:
                return False
        return False

    def end(self, signal_name):
        getattr(self.screen, signal_name)()
        self.screen.wait(10)


def main():
    m = Manager()
    show = ("--trust", TRUST, "--state", STATE, "--at", "2023-06-28T10:24:00+08:00")
    m.start("nothing", show)
    tell(m.hears("READY=1", 10), "READY=1 is said")
    with open(m.log, encoding="ascii") as f:
        tell(f.read() != "", "after a frame was presented, not before")
    tell(m.hears("WATCHDOG=1", WAIT_S), "WATCHDOG=1 follows while the show goes on")
    m.end("terminate")
    m.start("nothing")
    tell(m.hears("READY=1", 10) and all(m.hears("WATCHDOG=1", WAIT_S) for _ in range(3)),
         "also while nothing but the emblem stands")
    m.end("terminate")
    for where in ("paint", "present", "loop"):
        m.start(where, show)
        ready = m.hears("READY=1", 10) and m.hears("WATCHDOG=1", WAIT_S)
        with open(f"{SCRATCH}/hang", "w", encoding="ascii"):
            pass
        hung_at = time.monotonic()
        while m.hears("WATCHDOG=1", WAIT_S):
            if time.monotonic() - hung_at > 30:
                break
        silent_s = time.monotonic() - hung_at
        tell(ready and silent_s < 2 * WAIT_S + 1, f"hung in {where}: no more WATCHDOG=1")
        m.end("kill")  # what the manager does then
        os.remove(f"{SCRATCH}/hang")
        began = time.monotonic()
        m.start("nothing", show)
        m.hears("READY=1", 10)
        tell(time.monotonic() - began < 2, f"hung in {where}: a picture within 2 s of the restart")
        m.end("terminate")
    print(f"1..{COUNT}")


if __name__ == "__main__":
    main()
