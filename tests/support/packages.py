"""Finds what the browser tests take from npm and unpacks it once into the user's cache."""

import io
import json
import os
import shutil
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import brotli

from tests.support.locking import file_lock

Unpacker = Callable[[Path, Path], None]

ROOT = Path(__file__).resolve().parents[2]
NODE_MODULES = ROOT / "node_modules"
CHROMIUM = "@sparticuz/chromium"
FONT = "@expo-google-fonts/noto-sans-sc"
AXE = "axe-core"
ICAL = "ical.js"
JSQR = "jsqr"


def cache_dir() -> Path:
    """Return the folder that outlives a clone: `$XDG_CACHE_HOME/fair-scheduler`."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "fair-scheduler"


def chromium() -> Path | None:
    """Return npm's Chromium ready to run, with its libraries in `lib` beside it; None if not to be had."""
    if sys.platform != "linux" or os.uname().machine != "x86_64":
        return None
    folder = _unpacked(CHROMIUM, _unpack_chromium)
    return folder / "chromium" if folder else None


def fonts() -> Path | None:
    """Return the folder with Noto Sans SC as TrueType files."""
    return _unpacked(FONT, _copy_fonts)


def axe() -> Path | None:
    """Return axe-core's script for the accessibility checks."""
    folder = _unpacked(AXE, _copy_axe)
    return folder / "axe.min.js" if folder else None


def ical() -> Path | None:
    """Return ical.js, the calendar reader of Thunderbird, as a script for a page."""
    folder = _unpacked(ICAL, _copy_ical)
    return folder / "ical.js" if folder else None


def jsqr() -> Path | None:
    """Return jsQR, which reads QR codes from pixels, as a script for a page."""
    folder = _unpacked(JSQR, _copy_jsqr)
    return folder / "jsqr.js" if folder else None


def _version(package: str) -> str:
    wanted: dict[str, str] = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]
    return wanted[package]


def _unpacked(package: str, unpack: Unpacker) -> Path | None:
    """Return the cached folder of this package's version, filling it first when node_modules has it."""
    target = cache_dir() / f"{package.rpartition('/')[2]}-{_version(package)}"
    if target.exists():
        return target
    source = NODE_MODULES / package
    if not source.exists():
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    with file_lock(target.with_suffix(".lock")):
        if not target.exists():
            draft = target.with_suffix(".draft")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            unpack(source, draft)
            draft.rename(target)  # only a complete folder ever bears the final name
    return target


def _unpack_chromium(source: Path, target: Path) -> None:
    binary = target / "chromium"
    binary.write_bytes(brotli.decompress((source / "bin/chromium.br").read_bytes()))
    binary.chmod(0o755)
    for name in ("al2023.tar.br", "swiftshader.tar.br"):
        archive = io.BytesIO(brotli.decompress((source / "bin" / name).read_bytes()))
        with tarfile.open(fileobj=archive) as tar:
            tar.extractall(target, filter="data")


def _copy_fonts(source: Path, target: Path) -> None:
    for weight in ("400Regular", "700Bold"):
        shutil.copy(source / weight / f"NotoSansSC_{weight}.ttf", target)


def _copy_axe(source: Path, target: Path) -> None:
    shutil.copy(source / "axe.min.js", target)


def _copy_ical(source: Path, target: Path) -> None:
    shutil.copy(source / "dist/ical.es5.min.cjs", target / "ical.js")


def _copy_jsqr(source: Path, target: Path) -> None:
    shutil.copy(source / "dist/jsQR.js", target / "jsqr.js")
