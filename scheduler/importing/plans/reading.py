"""Tells what a drawing's octets are, whatever the file is called, and hands them to their reader."""

from scheduler.importing.plans import dxf, svg
from scheduler.importing.plans.outcome import unreadable
from scheduler.importing.plans.sketches import Sketch

MOST_BYTES = 5 * 1024 * 1024
HEAD = 4_096


def read_sketch(content: bytes) -> Sketch:
    """Return the figures and texts of an SVG or DXF file; raises UnreadablePlan."""
    if len(content) > MOST_BYTES:
        raise unreadable("超过 5 MB，请删去无关图层后重试", "it is larger than 5 MB; leave out other layers")
    head = content[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(dxf.BINARY):
        raise unreadable("二进制 DXF，请另存为 ASCII DXF", "a binary DXF; save it as an ASCII DXF")
    if head.startswith(b"AC10"):
        raise unreadable("DWG 文件，请在 CAD 中另存为 DXF", "a DWG; save it as a DXF")
    if head.startswith(b"<"):
        return svg.read(content)
    if head.split(maxsplit=1)[:1] in ([b"0"], [b"999"]):
        return dxf.read(content)
    raise unreadable("既不是 SVG 也不是 DXF", "it is neither an SVG nor a DXF")
