# SPDX-License-Identifier: Apache-2.0
"""The machine of vm_check.py: a box without a desktop, as an installer leaves it. A qemu without
help of the host's processor; one serial line is a shell in it, screendump what is really
scanned out. Which architecture it has says the folder that its disks were made in."""
import os
import queue
import subprocess
import threading
import time

from qmp import END_WITH_US, PATIENCE_S, Control, listen

CLOCK = "2030-06-28T02:24:00"  # after systemd's own date, before which it lets no clock be
SIZE = "1280x720"
VIRTIO = "virtio-gpu-pci,id=gpu,edid=on,xres=1280,yres=720"
QUIET = "quiet panic=-1 mitigations=off net.ifnames=0 vt.global_cursor_default=0 systemd.show_status=false"
# By architecture: the machine, its second serial line, and what the kernel calls the first and that.
MACHINES = {
    "amd64": (["qemu-system-x86_64", "-machine", "q35", "-cpu", "qemu64,+rdrand"],
              ["-serial", "chardev:said"], "console=ttyS0 LINE=ttyS1"),
    "arm64": (["qemu-system-aarch64", "-machine", "virt", "-cpu", "cortex-a72"],
              ["-device", "pci-serial,chardev=said"], "console=ttyAMA0 LINE=ttyS0"),
}


class Box:
    """Off at first. Its two disks are copies that belong to it."""

    def __init__(self, folder):
        self.folder = folder
        self.work = f"{folder}/box"
        os.makedirs(self.work, exist_ok=True)
        self.process = self.control = None
        with open(f"{folder}/arch", encoding="ascii") as file:
            self.machine, self.line, self.serial_names = MACHINES[file.read().strip()]

    def reset(self):
        """Disks as they were made; on the host's disk as well, or the machine's first flush would wait for that."""
        for name in ("root.img", "state.img"):
            subprocess.run(["dd", f"if={self.folder}/{name}", f"of={self.work}/{name}", "bs=1M", "conv=sparse,fsync",
                            "status=none"], check=True)

    def words(self, kernel, clock, card):
        disks = [word for number, name in enumerate(("root.img", "state.img"))
                 for word in ("-drive", f"file={self.work}/{name},format=raw,if=none,id=disk{number},cache=writeback",
                              "-device", f"virtio-blk-pci,drive=disk{number}")]
        return [*END_WITH_US, *self.machine, "-accel", "tcg,thread=multi",
                "-smp", "2", "-m", "1024", "-nodefaults", "-no-user-config", "-no-reboot",
                "-display", "none", "-vnc", f"unix:{self.work}/vnc", "-rtc", f"base={clock}",
                "-kernel", f"{self.folder}/vmlinuz", "-initrd", f"{self.folder}/initrd",
                "-append", f"{self.serial_names} {QUIET} {kernel}", *disks, "-device", card, "-device", "virtio-keyboard-pci",
                "-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,id=nic",
                "-serial", f"file:{self.work}/console", "-chardev", "stdio,id=said,signal=off",
                *self.line, "-qmp", f"unix:{self.work}/qmp"]

    def on(self, kernel="", clock=CLOCK, card=VIRTIO, has_network=True):
        """Returns when userspace begins; seconds count from there."""
        self.said = queue.Queue()
        with listen(f"{self.work}/qmp") as listener:
            self.process = subprocess.Popen(self.words(kernel, clock, card), stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE)
            threading.Thread(target=self.hear, args=(self.process.stdout, self.said), daemon=True).start()
            self.control = Control(listener)
        if not has_network:
            self.order("set_link", name="nic", up=False)
        self.processors = [cpu["thread-id"] for cpu in self.order("query-cpus-fast")]
        self.has_shell = False
        self.wait_for("userspace")
        self.began = self.seconds()

    def seconds(self):
        """Time as the machine has it: the host's, without that in which the host had other things
        to do and the machine, its processors or what serves their disks, waited for a real one
        (schedstat's second number; of the threads the one that waited longest)."""
        waited_ns = []
        for thread in (self.process.pid, *self.processors):
            with open(f"/proc/{self.process.pid}/task/{thread}/schedstat", encoding="ascii") as file:
                waited_ns.append(int(file.read().split()[1]))
        return time.monotonic() - max(waited_ns) / 1e9

    @staticmethod
    def hear(stream, said):
        for line in stream:
            said.put((time.monotonic(), line.decode(errors="replace").strip("\r\n")))
        said.put((time.monotonic(), None))

    def order(self, command, **arguments):
        return self.control.order(command, **arguments)

    def wait_for(self, wanted, patience_s=PATIENCE_S):
        """The moment at which it said that."""
        lines = []
        until = time.monotonic() + patience_s
        while True:
            try:
                at, line = self.said.get(timeout=max(0, until - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"'{wanted}' was not said, but {lines[-5:]}; see {self.work}/console") from None
            if line is None:
                raise EOFError(f"the machine is gone; it said {lines[-5:]}")
            if line.startswith(wanted):
                self.lines, self.last = lines, line
                return at
            lines.append(line)

    def run(self, command, patience_s=PATIENCE_S):
        """What a command says, and its exit code."""
        if not self.has_shell:
            self.wait_for("=shell", patience_s)
            self.has_shell = True
        self.process.stdin.write(command.encode() + b"\n")
        self.process.stdin.flush()
        self.wait_for("=done ", patience_s)
        return "\n".join(self.lines), int(self.last.split()[1])

    def shot(self):
        """A picture of what is scanned out now."""
        path = f"{self.work}/shot.ppm"
        self.order("screendump", filename=path)
        return path

    def ends(self, patience_s):
        """By itself, within that time: a machine that starts itself again is off (-no-reboot)."""
        try:
            self.process.wait(patience_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def cut(self):
        """The power goes."""
        if not self.process:
            return
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        if self.control:
            self.control.close()
        self.process = self.control = None
