"""bad_pictures.py - picture files by hand: no encoder would write most of these."""
import struct
import zlib

PNG_START = b"\x89PNG\r\n\x1a\n"
GREY, RGB, PALETTE = 0, 2, 3
# 4 x 2, lossless, written by libwebp: one VP8L chunk
VP8L = bytes.fromhex("5650384c270000002f034000103f30ff028222ff47131014f93fdafc072033248407"
                     "0201ca6058e8830522fa1f7b0300")


def chunk(name, data=b""):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_header(width, height, depth=8, colour=GREY, interlace=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


def png(width=64, height=32, more=b"", pixels=None, **header):
    """Black and grey unless pixels says otherwise; more: chunks before the pixels."""
    if pixels is None:
        pixels = b"".join(b"\0" + bytes([60 + y % 64]) * width for y in range(height))
    data = zlib.compress(pixels, 9)
    return PNG_START + png_header(width, height, **header) + more + chunk(b"IDAT", data) + chunk(b"IEND")


def png_of_text(length):
    """A comment that inflates to so many bytes."""
    return png(more=chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(length), 9)))


def png_of_profile(length):
    return png(more=chunk(b"iCCP", b"sRGB\0\0" + zlib.compress(bytes(length), 9)))


def png_animated():
    control = struct.pack(">IIIIIHHBB", 0, 64, 32, 0, 0, 1, 10, 0, 0)
    still = png(more=chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"fcTL", control))
    second = struct.pack(">I", 1) + control[4:]
    pixels = zlib.compress((b"\0" + b"\xff" * 64) * 32)
    frame = chunk(b"fcTL", second) + chunk(b"fdAT", struct.pack(">I", 2) + pixels)
    return still[:-12] + frame + chunk(b"IEND")


def segment(marker, data=b""):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def exif(orientation):
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    return segment(0xE1, b"Exif\0\0" + b"II*\0" + struct.pack("<IH", 8, 1) + entry + b"\0\0\0\0")


def huffman(table, symbol):
    """A table that knows one symbol, whose code is one zero bit."""
    return segment(0xC4, bytes([table, 1]) + bytes(15) + bytes([symbol]))


def jpeg_start(width, height, components, frame, more):
    parts = b"".join(bytes([i + 1, 0x11, 0]) for i in range(components))
    return (b"\xff\xd8" + more + segment(0xDB, b"\0" + b"\1" * 64) +
            segment(frame, struct.pack(">BHHB", 8, height, width, components) + parts))


def scan(components, start, end, data):
    parts = b"".join(bytes([i + 1, 0]) for i in range(components))
    return segment(0xDA, bytes([components]) + parts + bytes([start, end, 0])) + data


def blocks(width, height):
    return ((width + 7) // 8) * ((height + 7) // 8)


def jpeg(width=64, height=32, components=3, more=b""):
    """Mid-grey: no block differs from the one before it, and none has any detail."""
    bits = blocks(width, height) * components * 2
    return (jpeg_start(width, height, components, 0xC0, more) + huffman(0, 0) + huffman(0x10, 0) +
            scan(components, 0, 63, bytes((bits + 7) // 8)) + b"\xff\xd9")


def jpeg_progressive(width, height, scans):
    """One scan of means, and then again and again a scan of detail that there is not."""
    run = 1 << 14
    runs = (blocks(width, height) + run - 1) // run
    nothing = bytes((runs * 15 + 7) // 8)  # "no detail in the next 16384 blocks": 0, and 14 bits of 0
    first = scan(1, 0, 0, bytes((blocks(width, height) + 7) // 8))
    return (jpeg_start(width, height, 1, 0xC2, b"") + huffman(0, 0) + first + huffman(0x10, 0xE0) +
            scan(1, 1, 63, nothing) * (scans - 1) + b"\xff\xd9")


def riff(chunks):
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def webp_animated():
    def part(name, data):
        return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    frame = part(b"ANMF", bytes(6) + b"\3\0\0" + b"\1\0\0" + b"\x64\0\0" + b"\0" + VP8L)
    return riff(part(b"VP8X", b"\2\0\0\0" + b"\3\0\0" + b"\1\0\0") + part(b"ANIM", bytes(6)) + frame * 2)
