"""QR codes as pictures that need no request of their own, on a page or on paper."""

import io
from collections.abc import Mapping

import segno


def qr_code(text: str) -> str:
    """Return a QR code as the address of an SVG image, dark on light so that every scanner reads it."""
    return segno.make_qr(text, error="m").svg_data_uri(border=2, scale=4, dark="#000", light="#fff")


def qr_svg(text: str, *, mask: int | None = None) -> str:
    """Return a QR code as an SVG, for what is printed; a mask that is not given is the best of the eight."""
    file = io.BytesIO()
    segno.make_qr(text, error="m", mask=mask).save(file, kind="svg", border=2, dark="#000", light="#fff")
    return file.getvalue().decode()


def qr_svgs(texts: Mapping[int, str]) -> dict[int, str]:
    """Return the QR codes of many texts that are alike, by their keys.

    Which of the eight masks is the best to read takes most of a code's making; it is asked for the first one,
    and holds for all.
    """
    best = segno.make_qr(next(iter(texts.values())), error="m").mask if texts else None
    return {key: qr_svg(text, mask=best) for key, text in texts.items()}
