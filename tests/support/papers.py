"""The smallest files that are what they say: a page, and pictures of any size that they claim to have."""

import struct
import zlib


def pdf(text: str = "sample") -> bytes:
    """Return a file with the head and the tail of a PDF."""
    return f"%PDF-1.7\n% {text}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".encode()


def png(width: int = 2, height: int = 2) -> bytes:
    """Return a PNG whose head states a size; the picture behind it is left out."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", b"") + _chunk(b"IEND", b"")


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """Return a JPEG with a table, filling bytes, and the segment that states its size."""
    quantization = b"\xff\xdb" + struct.pack(">H", 67) + bytes(65)
    frame = b"\xff\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(9) + quantization + frame + b"\xff\xd9"


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
