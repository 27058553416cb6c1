# SPDX-License-Identifier: Apache-2.0
"""The control line of a qemu: JSON, an answer for each order, and between them what happens
(docs/interop/qmp-spec.txt of qemu)."""
import contextlib
import json
import os
import socket

PATIENCE_S = 300  # for a guest to say what it found, on a machine that does other things
END_WITH_US = ["setpriv", "--pdeathsig", "KILL"]  # before a command: it does not outlive us


def listen(path):
    if os.path.exists(path):
        os.unlink(path)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(1)
    listener.settimeout(PATIENCE_S)
    return listener


class Control:
    def __init__(self, listener):
        self.line = listener.accept()[0].makefile("rw")
        self.line.readline()
        self.order("qmp_capabilities")

    def order(self, command, **arguments):
        self.line.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.line.flush()
        while True:
            text = self.line.readline()
            if not text:
                raise EOFError("qemu is gone")
            answer = json.loads(text)
            if "error" in answer:
                raise RuntimeError(answer["error"])
            if "return" in answer:
                return answer["return"]

    def close(self):
        with contextlib.suppress(OSError):  # what was not sent goes nowhere
            self.line.close()
