"""Sample licences and letters, drawn here and plainly marked 示例: pages and pictures; none is genuine."""

import struct
import zlib
from collections.abc import Sequence
from datetime import date

# 示 and 例 as 16 × 16 points each, one row a number: a picture needs no font to say what it is.
SIGNS = (
    (0, 0x3FF8, 0, 0, 0, 0x7FFE, 0x0100, 0x0100, 0x1110, 0x1118, 0x210C, 0x2104, 0x4106, 0x8102, 0x0700, 0),
    (
        0x0802,
        0x0BF2,
        0x1092,
        0x1092,
        0x3112,
        0x31F2,
        0x5112,
        0x5212,
        0x92A2,
        0x1442,
        0x1042,
        0x1082,
        0x1102,
        0x160A,
        0x1004,
        0,
    ),
)
POINT, MARGIN = 10, 4
WHITE, RED, FAINT = 255, 90, 225


def licence_pdf(name: str, credit_code: str, address: str) -> bytes:
    """Return a page that says what a licence says, across it that it is a sample."""
    return _sample(
        "营业执照（示例，无效）", f"统一社会信用代码：{credit_code}", f"名称：{name}", f"住所：{address}"
    )


def letter_pdf(parent: str, branch: str, last_on: date) -> bytes:
    """Return a page on which a parent authorises its branch, across it that it is a sample."""
    return _sample("授权书（示例，无效）", f"授权单位：{parent}", f"分支机构：{branch}", f"有效至：{last_on}")


def _sample(title: str, *said: str) -> bytes:
    lines = (
        (28, 150, 740, title),
        *((14, 100, 680 - 30 * place, text) for place, text in enumerate(said)),
        (14, 100, 680 - 30 * len(said), "本页由系统生成，仅供演示，不是真实证照。"),
        (120, 120, 320, "示例"),
    )
    drawn = "\n".join(
        f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET" for size, x, y, text in lines
    )
    return _pdf(drawn.encode())


def licence_png(credit_code: str) -> bytes:
    """Return a picture of nothing but the word 示例; whose it is stands in it for machines only."""
    rows = [_row(number) for number in range(-MARGIN, 16 + MARGIN)]
    packed = b"".join((b"\0" + row) * POINT for row in rows)
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows) * POINT, 8, 0, 0, 0, 0)
    comment = f"Comment\0{credit_code}".encode("ascii")
    chunks = ((b"IHDR", head), (b"tEXt", comment), (b"IDAT", zlib.compress(packed, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _row(number: int) -> bytes:
    signs = [sign[number] if 0 <= number < len(sign) else 0 for sign in SIGNS]
    points = "".join(f"{0:0{MARGIN}b}{sign:016b}" for sign in signs) + "0" * MARGIN
    return bytes(
        RED if point == "1" else FAINT if number % 2 else WHITE for point in points for _ in range(POINT)
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _pdf(drawn: bytes) -> bytes:
    """Return a page of one stream, in a font that every reader brings along for Chinese."""
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H "
    inner = (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> /FontDescriptor 7 0 R /DW 1000 >>"
    )
    metrics = (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        b"/ItalicAngle 0 /Ascent 752 /Descent -271 /CapHeight 737 /StemV 58 >>"
    )
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>"
    )
    return _file(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
            font + b"/DescendantFonts [6 0 R] >>",
            inner,
            metrics,
        )
    )


def _file(objects: Sequence[bytes]) -> bytes:
    """Return the objects as a file, with the table that says where each begins."""
    parts, places = [b"%PDF-1.4\n"], []
    for number, body in enumerate(objects, 1):
        places.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = sum(map(len, parts))
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table))
    parts.append(b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
    return b"".join(parts)
