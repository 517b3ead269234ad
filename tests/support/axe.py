"""What keeps people from using a page: what axe finds on it, and that it is wider than the screen."""

from collections.abc import Iterable

from playwright.sync_api import Page

from tests.support import packages

RUN = """async () => (await axe.run()).violations.map(
    found => `${found.id}: ${found.nodes.map(node => node.target.join(' ')).slice(0, 3).join(', ')}`)"""
WIDE = "document.documentElement.scrollWidth > innerWidth"


def findings(page: Page) -> list[str]:
    """Return what axe finds on a page as it stands."""
    script = packages.axe()
    assert script is not None
    page.add_script_tag(path=script)
    found: list[str] = page.evaluate(RUN)
    return found


def obstacles(page: Page) -> list[str]:
    """Return what axe finds on a page as it stands, and whether it scrolls sideways."""
    too_wide = ["scrolls sideways"] if page.evaluate(WIDE) else []
    return findings(page) + too_wide


def obstacles_at(page: Page, site: str, paths: Iterable[str]) -> list[str]:
    """Return what stands in people's way on pages that are there, each with the page's path."""
    found = []
    for path in paths:
        answer = page.goto(site + path)
        assert answer is not None
        assert answer.status == 200, path
        found += [f"{path} {one}" for one in obstacles(page)]
    return found
