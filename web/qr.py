"""QR codes as pictures that need no request of their own, on a page or on paper."""

import io

import segno


def qr_code(text: str) -> str:
    """Return a QR code as the address of an SVG image, dark on light so that every scanner reads it."""
    return segno.make_qr(text, error="m").svg_data_uri(border=2, scale=4, dark="#000", light="#fff")


def qr_svg(text: str) -> str:
    """Return a QR code as an SVG, for what is printed."""
    file = io.BytesIO()
    segno.make_qr(text, error="m").save(file, kind="svg", border=2, dark="#000", light="#fff")
    return file.getvalue().decode()
