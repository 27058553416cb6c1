# SPDX-License-Identifier: Apache-2.0
"""A disk with a write cache that forgets, spoken to by NBD (the network block device's
protocol, newstyle). What a flush or a forced write has promised stays; of the rest a
cut of the power keeps what it likes, sector by sector. All in memory.

https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md"""
import struct
import threading

SECTOR = 512  # what a disk writes whole or not at all
OPTION_MAGIC = 0x49484156454F5054
OPTION_REPLY_MAGIC = 0x3E889045565A9
REQUEST_MAGIC, REPLY_MAGIC = 0x25609513, 0x67446698
OPT_ABORT, OPT_GO = 2, 7
REP_ACK, REP_INFO, REP_ERR_UNSUP = 1, 3, 0x80000001
HAS_FLAGS, SEND_FLUSH, SEND_FUA = 1, 4, 8
READ, WRITE, DISC, FLUSH = 0, 1, 2, 3
FUA = 1
EINVAL = 22


class Disk:
    """lies: a flush is answered and not done, as the cheapest memory cards do."""

    def __init__(self, image, lies=False):
        self.now = bytearray(image)  # what reading gives
        self.kept = bytearray(image)  # what no cut takes away
        self.pending = []  # (offset, bytes, forced), oldest first, since the last flush
        self.lies = lies
        self.steps = 0  # writes and flushes so far
        self.bell_step, self.bell = 0, None

    def ring(self, steps, bell):
        """Calls bell once, at that step from now."""
        self.bell_step, self.bell = self.steps + steps, bell

    def step(self):
        self.steps += 1
        if self.steps == self.bell_step:
            self.bell()

    def read(self, offset, length):
        return self.now[offset:offset + length]

    def write(self, offset, data, forced=False):
        self.step()
        self.now[offset:offset + len(data)] = data
        self.pending.append((offset, data, forced and not self.lies))

    def flush(self):
        self.step()
        if not self.lies:
            self.keep_all()

    def keep_all(self):
        for offset, data, _ in self.pending:
            self.kept[offset:offset + len(data)] = data
        self.pending = []

    def cut(self, random):
        """The power goes. All is kept, or nothing that need not be, or a beginning, or
        any of it; the last write, or each, may be torn between sectors. Returns how many
        writes are not there, or not whole."""
        way = random.choice(("all", "none", "beginning", "any", "torn"))
        end = random.randint(0, len(self.pending))
        forgotten = 0
        for at, (offset, data, forced) in enumerate(self.pending):
            whole = forced or way == "all" or (way == "beginning" and at < end) or \
                (way in ("any", "torn") and random.random() < 0.5)
            if whole:
                self.kept[offset:offset + len(data)] = data
                continue
            forgotten += 1
            if way == "torn" or (way == "beginning" and at == end):
                for part in range(0, len(data), SECTOR):
                    if random.random() < 0.5:
                        piece = data[part:part + SECTOR]
                        self.kept[offset + part:offset + part + len(piece)] = piece
        for offset, data, _ in self.pending:
            self.now[offset:offset + len(data)] = self.kept[offset:offset + len(data)]
        self.pending = []
        return forgotten


class Server:
    """Serves a disk to the one caller of a listening socket, until the caller is gone."""

    def __init__(self, disk, listener):
        self.disk = disk
        self.listener = listener
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def wait(self):
        """Until the caller is gone and what it had sent whole is done."""
        self.thread.join()

    def serve(self):
        with self.listener, self.listener.accept()[0] as self.caller:
            try:
                if self.agree():
                    while self.answer():
                        pass
            except (EOFError, ConnectionError):
                pass  # that is how a killed machine goes

    def get(self, length):
        data = bytearray(length)
        view, have = memoryview(data), 0
        while have < length:
            count = self.caller.recv_into(view[have:])
            if count == 0:
                raise EOFError
            have += count
        return data

    def agree(self):
        self.caller.sendall(b"NBDMAGIC" + struct.pack(">QH", OPTION_MAGIC, 3))
        self.get(4)
        while True:
            _, option, length = struct.unpack(">QII", self.get(16))
            self.get(length)
            if option == OPT_GO:
                flags = HAS_FLAGS | SEND_FLUSH | SEND_FUA
                self.reply_option(option, REP_INFO, struct.pack(">HQH", 0, len(self.disk.now), flags))
                self.reply_option(option, REP_ACK)
                return True
            if option == OPT_ABORT:
                self.reply_option(option, REP_ACK)
                return False
            self.reply_option(option, REP_ERR_UNSUP)

    def reply_option(self, option, reply, data=b""):
        self.caller.sendall(struct.pack(">QIII", OPTION_REPLY_MAGIC, option, reply, len(data)) + data)

    def answer(self):
        _, flags, kind, handle, offset, length = struct.unpack(">IHHQQI", self.get(28))
        error, data = 0, b""
        if kind == READ:
            data = self.disk.read(offset, length)
        elif kind == WRITE:
            self.disk.write(offset, self.get(length), bool(flags & FUA))
        elif kind == FLUSH:
            self.disk.flush()
        elif kind == DISC:
            return False
        else:
            error = EINVAL
        self.caller.sendall(struct.pack(">IIQ", REPLY_MAGIC, error, handle) + data)
        return True
