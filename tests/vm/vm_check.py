#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""vm_check.py O FOLDER MEDIA CUTS [LIMIT_S]: a box without a desktop, seen from outside.

The machine of screen_box.py boots by systemd into the show, under the units as they are. Then it
is treated as boxes are: its cable is pulled, its power cut, its disk filled, ... After each the
picture that is scanned out (qemu's screendump) must be one that fangzi-kiosk snapshot paints of
the version that is out, within LIMIT_S (15) seconds of the deed, or of the start of userspace; they are
counted as the machine has them (Box.seconds). TAP; at the end a count and how long it took."""
import os
import socket
import subprocess
import sys
import time

from qmp import END_WITH_US
from rfb import ask_for_size
from screen_box import SIZE, Box
from screen_feed import Feed

TAKE_S = 400  # that a version may take to be fetched and tried, page by page, without a processor's help
LATE = 2  # times as long is waited, to tell late from never
RIGHT = 15.0  # thousandths of the pixels that may differ: the clock, the dots, a line that says offline
DEMO = "assets/demo/content.json"
STATUS = "/sys/class/drm/card0-Virtual-1/status"


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def result(self, good, what, detail=""):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {what}", flush=True)
        for line in detail.splitlines() if not good else ():
            print(f"# {line}", flush=True)


class Check:
    def __init__(self, programs, folder, media, limit_s):
        self.programs, self.folder, self.limit_s = programs, folder, limit_s
        self.tap = Tap()
        self.feed = Feed(programs, folder, media, SIZE)
        self.feed.make(DEMO)
        self.box = Box(folder)
        self.worst = 0.0  # thousandths, of the right pages
        self.longest = 0.0  # seconds, until one that may take limit_s
        self.server = None
        self.version = 0

    # ---- looking ----

    def look(self, pages):
        """The nearest page's name and how far it is, in thousandths; what was said of it."""
        said = subprocess.run([f"{self.programs}/tests/vm/which_page", self.box.shot(), *pages], check=True,
                              capture_output=True, text=True).stdout.strip()
        words = said.split()
        return (words[1], float(words[2]), said) if words[0] == "page" else ("", 1000.0, said)

    def page(self, what, pages, since=None, limit_s=None):
        """One of these is to be seen, within that time. True if it was."""
        limit_s = limit_s or self.limit_s
        since = since or self.box.seconds()
        seen = []
        while True:
            began = time.monotonic()
            name, share, said = self.look(pages)
            looked_s = time.monotonic() - began
            took = self.box.seconds() - since
            if share <= RIGHT:
                break
            seen.append(f"{took:.1f} s: {said}")
            if took > LATE * limit_s:
                self.keep_shot()
                self.tap.result(False, f"{what}: the right page within {limit_s} s", "\n".join(seen[-5:] + [self.journal()]))
                return False
            # Between two looks: each holds the machine up, the more the busier the host is.
            time.sleep(min(5.0, max(0.5, 5 * looked_s)))
        self.worst, self.longest = max(self.worst, share), max(self.longest, took if limit_s == self.limit_s else 0)
        self.tap.result(took <= limit_s, f"{what}: {name} after {took:.1f} s, {share:.1f}/1000 differ",
                        f"later than {limit_s} s")
        return took <= limit_s

    def keep_shot(self):
        os.replace(f"{self.box.work}/shot.ppm", f"{self.folder}/failed-{self.tap.count + 1}.ppm")

    def journal(self):
        try:
            return self.box.run("journalctl -b --no-pager -o short-monotonic -u fangzi-kiosk -u fangzi-sync -u fangzi-ladder "
                                "| tail -n 25")[0]
        except (TimeoutError, EOFError) as error:
            return str(error)

    def says(self, what, command, wanted, limit_s=60):
        """A command says that, in the end."""
        until = self.box.seconds() + limit_s
        while True:
            said, code = self.box.run(command)
            if wanted in said or self.box.seconds() > until:
                break
        self.tap.result(wanted in said, what, f"wanted: {wanted}\n{command}: exit {code}\n{said}")
        return wanted in said

    def pages(self, *more, size=None):
        return self.feed.pages(self.version, size, *more)

    def boot(self, what, pages=None, **how):
        self.box.cut()
        self.box.on(**how)
        return self.page(what, pages or self.pages(), self.box.began)

    # ---- the hub, on the host's loopback ----

    def serve(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.server = subprocess.Popen([*END_WITH_US, f"{self.programs}/fangzi-hub", "serve", "--feed", self.feed.feed,
                                        "--listen", f"127.0.0.1:{self.port}"], stdout=subprocess.DEVNULL)

    def end(self):
        self.box.cut()
        if self.server:
            self.server.terminate()
            self.server.wait()

    # ---- the steps ----

    def install(self):
        """A box that was never used: the emblem. Then it gets its feed."""
        self.boot("the first boot: the emblem", self.feed.emblem())
        lines = (f'feed = "http://10.0.2.2:{self.port}/feed/"', 'trust = "/etc/fangzi/trust-1.json"',
                 'state = "/var/lib/fangzi"', "poll-s = 2")
        written = " ".join(f"'{line}'" for line in lines)
        self.box.run(f"printf '%s\\n' {written} > /etc/fangzi/sync.conf && systemctl start fangzi-sync")
        self.version = 1
        self.page("the feed is set: version 1", self.pages(), limit_s=TAKE_S)
        self.says("the first way is the card's memory", "journalctl -b -o cat -u fangzi-kiosk",
                  "1280 x 720 on card0 Virtual-1, framebuffer, updates")

    def units(self):
        for unit in ("fangzi-kiosk", "fangzi-sync"):
            self.says(f"{unit} runs as its own user", f"ps -o user:20= -p $(systemctl show -P MainPID {unit})", unit)
        self.says("nothing failed", "systemctl --failed --no-legend --plain | wc -l", "0")

    def cable(self):
        self.box.run(f"echo off > {STATUS}")
        self.says("the cable is pulled: it is told", "journalctl -b -o cat -u fangzi-kiosk", "the display is gone")
        self.box.run(f"echo detect > {STATUS}")
        self.page("the cable is back", self.pages())
        self.says("and it is opened anew", "journalctl -b -o cat -u fangzi-kiosk | grep -c 'on card0 Virtual-1'", "2")

    def killed(self):
        since = self.box.seconds()
        self.box.run("kill -KILL $(systemctl show -P MainPID fangzi-kiosk)")
        self.says("the screen is killed: it is started again", "systemctl show -P NRestarts fangzi-kiosk", "1")
        self.page("and shows", self.pages(), since)

    def sync_stopped(self):
        self.box.run("systemctl stop fangzi-sync")
        self.page("fangzi-sync is stopped", self.pages())
        self.restart("and the screen starts anew", "fangzi-kiosk")
        self.box.run("systemctl start fangzi-sync")

    def disk_full(self):
        fill = "cat /dev/zero > {0} 2> /dev/null; "
        self.box.run(fill.format("/var/lib/fangzi/fill") + fill.format("/fill"), 300)
        self.page("the disk is full", self.pages())
        self.restart("and both start anew", "fangzi-sync fangzi-kiosk")
        self.boot("and the machine", None)
        self.box.run("rm -f /var/lib/fangzi/fill /fill")

    def network_down(self):
        self.box.order("set_link", name="nic", up=False)
        self.page("the network is down", self.pages())
        self.boot("it boots without", has_network=False)
        self.box.order("set_link", name="nic", up=True)

    def keyboard(self):
        boot_id = self.box.run("cat /proc/sys/kernel/random/boot_id")[0]
        for keys in (("ctrl", "alt", "delete"), ("ctrl", "alt", "f2"), ("r", ), ("ret", )):
            self.box.order("send-key", keys=[{"type": "qcode", "data": key} for key in keys])
        self.page("keys are pressed", self.pages())
        self.says("and reach nobody", "cat /sys/class/tty/tty0/active /proc/sys/kernel/random/boot_id", f"tty1\n{boot_id}")

    def probe(self):
        self.box.run("systemctl stop fangzi-kiosk")
        self.says("--probe says what there is", "fangzi-kiosk --probe",
                  "card0: driver virtio-pci\ncard0 Virtual-1: connected, 1280x720\nGPU: none that is known to draw\n"
                  "taken: card0 Virtual-1, by framebuffer: no GPU that is known to draw\n"
                  "opened: 1280 x 720 on card0 Virtual-1, framebuffer, updates")
        self.restart("the screen has the display again", "fangzi-kiosk")

    def renderer(self):
        self.option("--present renderer")
        self.restart("through OpenGL ES", "fangzi-kiosk", 4 * self.limit_s)
        self.says("which is what was asked for", "journalctl -b -o cat -u fangzi-kiosk", "on KMSDRM, renderer opengles2")
        self.option("")
        self.restart("and back", "fangzi-kiosk")

    def restart(self, what, units, limit_s=None):
        """It is done when the screen says that there is a picture: what stood there before is not seen."""
        since = self.box.seconds()
        self.box.run(f"systemctl restart {units}")
        self.page(what, self.pages(), since, limit_s)

    def option(self, words):
        folder = "/run/systemd/system/fangzi-kiosk.service.d"
        self.box.run(f"mkdir -p {folder} && printf '[Service]\\nEnvironment=\"FANGZI_KIOSK_OPTIONS={words}\"\\n' > "
                     f"{folder}/option.conf && systemctl daemon-reload")

    def other_size(self):
        ask_for_size(f"{self.box.work}/vnc", 1600, 900)
        self.page("the television comes back at 1600 x 900", self.pages(size="1600x900"))

    def late_display(self):
        self.box.cut()
        self.box.on(kernel="video=Virtual-1:d")
        self.says("no display at the start: it is told once",
                  "journalctl -b -o cat -u fangzi-kiosk | grep -c 'no display is connected: waiting'", "1")
        self.says("and the unit stands", "systemctl show -P ActiveState,StatusText,NRestarts fangzi-kiosk",
                  "waiting for a display")
        self.box.run(f"echo detect > {STATUS}")
        self.page("it is connected", self.pages())

    def another_card(self):
        self.boot("a card that is not told what changed", card="bochs-display,xres=1280,yres=720")
        self.says("which is shown by exchanging buffers", "journalctl -b -o cat -u fangzi-kiosk", "framebuffer, flips")

    def publish(self):
        self.feed.publish(2)
        self.page("version 2 is published: version 1 stays while it is tried", self.pages() + self.feed.pages(2))
        self.version = 2
        self.page("version 2", self.pages(), limit_s=TAKE_S)

    def cuts(self, count):
        for number in range(1, count + 1):
            self.boot(f"power cut {number} of {count}")

    def go(self, step):
        """One that loses the machine has failed, and the next has it anew."""
        try:
            step()
        except (EOFError, OSError, RuntimeError) as error:
            self.tap.result(False, f"{step.__name__}: the machine is lost", str(error))
            self.boot("it is started again")

    def run(self, cuts):
        self.serve()
        for step in (self.install, self.units, self.cable, self.killed, self.sync_stopped, self.keyboard, self.probe,
                     self.renderer, self.other_size, self.disk_full, self.network_down, self.late_display,
                     self.another_card, self.publish):
            self.go(step)
        self.boot("the root is read-only", kernel="ro")
        self.boot("the clock is at 1970", self.pages("--clock-unknown"), clock="1970-01-01T00:00:00")
        self.cuts(cuts)


def main():
    programs, folder, media, cuts, *limit_s = sys.argv[1:]
    began = time.monotonic()
    check = Check(programs, folder, media, float((limit_s + [15])[0]))
    try:
        check.run(int(cuts))
    finally:
        check.end()
    tap = check.tap
    print(f"1..{tap.count}")
    print(f"# {tap.count - tap.failed} passed, {tap.failed} failed; a right page differed by at most "
          f"{check.worst:.1f} thousandths and came within {check.longest:.1f} s of {check.limit_s:g}; {(time.monotonic() - began) / 60:.1f} minutes")
    return 1 if tap.failed or tap.count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
