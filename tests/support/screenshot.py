"""Takes a picture of a page: `python -m tests.support.screenshot URL OUT.png --width 390`."""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.support.browser import HOW_TO_GET, launched


def main(arguments: list[str] | None = None) -> int:
    """Save the page as the named PNG; return 0, or 1 when there is no browser."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch, launched(Path(scratch)) as browser:
        if browser is None:
            print(f"no browser: {HOW_TO_GET}", file=sys.stderr)
            return 1
        page = _open_page(browser, options)
        if options.sign_in:
            _sign_in(page, *options.sign_in)
        answer = page.goto(options.url)
        page.wait_for_timeout(options.wait)
        page.screenshot(path=options.out, full_page=not options.fold)
        width = page.evaluate("document.documentElement.scrollWidth")
        print(f"{answer.status if answer else '-'} {page.title()}: {width} px wide, saved {options.out}")
    return 0


def _open_page(browser: Browser, options: argparse.Namespace) -> Page:
    page = browser.new_page(
        viewport={"width": options.width, "height": options.height},
        locale=options.locale,
        timezone_id="Asia/Shanghai",
        color_scheme="dark" if options.dark else "light",
        java_script_enabled=not options.no_js,
    )
    page.on("console", lambda message: print(f"console {message.type}: {message.text}"))
    return page


def _sign_in(page: Page, url: str, login: str, password: str) -> None:
    """Fill the first form of `url` that has a password field, as a person would."""
    page.goto(url)
    secret = page.locator("input[type=password]").first
    form = page.locator("form", has=secret).first
    form.locator("input:not([type=hidden]):not([type=password])").first.fill(login)
    secret.fill(password)
    form.locator("[type=submit]").first.click()
    page.wait_for_load_state()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.support.screenshot", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("out")
    parser.add_argument("--width", type=int, default=390)
    parser.add_argument("--height", type=int, default=844)
    parser.add_argument("--locale", default="zh-CN")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--no-js", action="store_true", help="the page as a browser without scripts shows it")
    parser.add_argument("--fold", action="store_true", help="only what is seen without scrolling")
    parser.add_argument("--wait", type=int, default=300, help="milliseconds before the picture is taken")
    parser.add_argument(
        "--sign-in", nargs=3, metavar=("URL", "LOGIN", "PASSWORD"), help="sign in there first"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
