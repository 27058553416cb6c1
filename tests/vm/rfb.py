# SPDX-License-Identifier: Apache-2.0
"""One message of the remote framebuffer protocol (RFC 6143, and its ExtendedDesktopSize): a display
of another size is plugged into the machine of screen_box.py."""
import socket
import struct

ENCODING = -308  # ExtendedDesktopSize


def receive(line, length):
    data = b""
    while len(data) < length:
        piece = line.recv(length - len(data))
        if not piece:
            raise EOFError("the display's server is gone")
        data += piece
    return data


def ask_for_size(path, width, height):
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(30)
        line.connect(path)
        receive(line, 12)
        line.sendall(b"RFB 003.008\n")
        receive(line, receive(line, 1)[0])
        line.sendall(b"\x01")  # no password
        receive(line, 4)
        line.sendall(b"\x01")  # others may look on
        name_length = struct.unpack(">I", receive(line, 24)[20:])[0]
        receive(line, name_length)
        line.sendall(struct.pack(">BxHi", 2, 1, ENCODING))
        line.sendall(struct.pack(">BxHHBxIHHHHI", 251, width, height, 1, 0, 0, 0, width, height, 0))
        line.sendall(struct.pack(">BBHHHH", 3, 0, 0, 0, 1, 1))
        receive(line, 4)  # an answer: what came before it was read
