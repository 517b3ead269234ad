"""Gets a real Chromium: the named one, the system's, Playwright's own, or npm's."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.support import packages

HOW_TO_GET = "run `python3 do.py setup --dev`, or set CHROMIUM=/path/to/chromium"
SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True)
class Chromium:
    """A Chromium that can be started, and the environment it needs beside ours."""

    executable: Path
    env: dict[str, str] = field(default_factory=dict)


def find_chromium(playwright: Playwright) -> Chromium | None:
    """Return the first Chromium there is, in the order of docs/testing.md; None if there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Chromium(Path(named))
    installed = next(filter(None, map(shutil.which, SYSTEM_NAMES)), None)
    if installed:
        return Chromium(Path(installed))
    own = Path(playwright.chromium.executable_path)
    if own.exists():
        return Chromium(own)
    unpacked = packages.chromium()
    if unpacked:
        return Chromium(unpacked, {"LD_LIBRARY_PATH": str(unpacked.parent / "lib")})
    return None


def fontconfig(folder: Path) -> dict[str, str]:
    """Write a fontconfig file into `folder` that knows Noto Sans SC, and return the setting that names it.

    A fresh machine has no Chinese font, and a screenshot full of empty boxes shows nothing.
    """
    fonts = packages.fonts()
    if fonts is None:
        return {}
    config = folder / "fonts.conf"
    config.write_text(
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
        f"<dir>/usr/share/fonts</dir><dir>{fonts}</dir><cachedir>{folder / 'fontconfig'}</cachedir>"
        "<alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>"
        "<alias><family>monospace</family><prefer><family>Noto Sans SC</family></prefer></alias>"
        "</fontconfig>",
        "utf-8",
    )
    return {"FONTCONFIG_FILE": str(config)}


@contextmanager
def launched(folder: Path) -> Iterator[Browser | None]:
    """Run a headless Chromium with Chinese fonts, keeping its scratch files in `folder`; None without one."""
    with sync_playwright() as playwright:
        chromium = find_chromium(playwright)
        if chromium is None:
            yield None
            return
        env: dict[str, str | float | bool] = {**os.environ, **fontconfig(folder), **chromium.env}
        browser = playwright.chromium.launch(
            executable_path=chromium.executable, args=[*FLAGS], env=env, headless=True
        )
        yield browser
        browser.close()
