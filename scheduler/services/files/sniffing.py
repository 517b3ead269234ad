"""Tells what a file really is by its bytes, and refuses what is broken, too large or something else."""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scheduler.errors import Refusal

MEGABYTE = 1024 * 1024
LONGEST_SIDE, MOST_PIXELS = 12_000, 60_000_000
"""A page scanned at 600 dpi has 5,000 × 7,000 pixels; a picture that unpacks to more is a trap."""
PDF_HEAD, PDF_TAIL, TAIL_BYTES = b"%PDF-1.", b"%%EOF", 2048
PNG_HEAD, PNG_TAIL = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
JPEG_HEAD, JPEG_TAIL = b"\xff\xd8\xff", b"\xff\xd9"
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""The JPEG segments that state the picture's size; the three left out are tables."""
ALONE = {0x01, *range(0xD0, 0xD9)}


class UnknownFile(Refusal):
    """A file that is neither a PDF nor a picture, whatever its name says."""

    status = 415
    code = "unknown_file"
    zh = "这个文件不是 PDF、JPEG 或 PNG（以文件内容为准，与文件名无关）。请重新扫描或另存后再上传。"
    en = "This file is no PDF, JPEG or PNG; its content decides, not its name. Scan or save it anew."


class UnfitFile(Refusal):
    """A file of a known type that is empty, broken or too large."""

    status = 413
    code = "unfit_file"
    zh = "文件无法使用：应完整，不超过 {megabytes} MB，图片每边不超过 {side} 像素。请重新扫描或压缩后再上传。"
    en = "The file cannot be used: whole, {megabytes} MB at most, pictures {side} pixels a side at most."


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of file, by its name among the media types, with the ending that its name gets."""

    media_type: str
    ending: str


PDF = Kind("application/pdf", "pdf")
PNG = Kind("image/png", "png")
JPEG = Kind("image/jpeg", "jpg")


def kind_of(content: bytes, *, most_bytes: int) -> Kind:
    """Return what a file is; raises UnknownFile and UnfitFile."""
    unfit = UnfitFile(megabytes=most_bytes // MEGABYTE, side=LONGEST_SIDE)
    if not content or len(content) > most_bytes:
        raise unfit
    for kind, head in HEADS.items():
        if content.startswith(head):
            if not SOUND[kind](content):
                raise unfit
            return kind
    raise UnknownFile


def _sound_pdf(content: bytes) -> bool:
    """Tell whether the file was not cut off: its last part names the end."""
    return PDF_TAIL in content[-TAIL_BYTES:]


def _sound_png(content: bytes) -> bool:
    if content[12:16] != b"IHDR" or not content.rstrip(b"\0").endswith(PNG_TAIL):
        return False
    return _bearable(*struct.unpack(">II", content[16:24]))


def _sound_jpeg(content: bytes) -> bool:
    """Walk from segment to segment up to the one with the picture's size."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 — every segment begins so
        marker = content[at + 1]
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return _bearable(width, height) and JPEG_TAIL in content[-TAIL_BYTES:]
        if marker in ALONE or marker == 0xFF:  # noqa: PLR2004 — a filling byte
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004
            continue
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return False


def _bearable(width: int, height: int) -> bool:
    return 0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= MOST_PIXELS


HEADS: Mapping[Kind, bytes] = {PDF: PDF_HEAD, PNG: PNG_HEAD, JPEG: JPEG_HEAD}
SOUND: Mapping[Kind, Callable[[bytes], bool]] = {PDF: _sound_pdf, PNG: _sound_png, JPEG: _sound_jpeg}
