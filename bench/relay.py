# SPDX-License-Identifier: Apache-2.0
"""A relay on loopback that counts what goes over it, both ways: what TCP carries, without its own headers."""
import re
import socket
import threading


class Relay:
    """Before a server's port; answers on its own. Without hold, nobody is held back: `Prefer: wait` is taken out."""

    def __init__(self, port, hold=True):
        self.to, self.hold, self.bytes, self.requests = port, hold, 0, 0
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.server.accept()
            server = socket.create_connection(("127.0.0.1", self.to))
            for a, b, asks in ((client, server, True), (server, client, False)):
                threading.Thread(target=self.pump, args=(a, b, asks), daemon=True).start()

    def pump(self, a, b, asks):
        try:
            while data := a.recv(65536):
                self.bytes += len(data)
                self.requests += asks and data.startswith((b"GET ", b"POST "))
                if asks and not self.hold:
                    data = re.sub(rb"Prefer: wait=\d+\r\n", b"", data)
                b.sendall(data)
        except OSError:
            pass  # one side went away
        for s in (a, b):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
