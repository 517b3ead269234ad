"""Sets a page: values go in as JSON and never as source, fonts come from the package that holds them."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from scheduler.errors import Refusal
from scheduler.times import now

PAGES = Path(__file__).with_name("pages")
FONT_PACKAGE, FONT = "manimgx_fonts_cjk", "Noto Sans CJK SC"


class NoChineseFont(Refusal):
    """The package with the font was taken away: a page of empty boxes helps nobody."""

    status = 503
    code = "no_chinese_font"
    zh = "服务器缺少中文字体（Noto Sans CJK SC），无法生成 PDF。请管理员重新安装 requirements.txt。"
    en = (
        "The server lacks the Chinese font (Noto Sans CJK SC), so no PDF is made. "
        "Ask the administrator to install requirements.txt anew."
    )


def typeset(page: str, values: Mapping[str, Any]) -> bytes:
    """Return the PDF of a page in `pages/`; raises NoChineseFont."""
    compiler = typst.Compiler(
        input=PAGES / f"{page}.typ",
        root=PAGES,
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
    )
    pdf = compiler.compile(format="pdf", timestamp=int(now().timestamp()))
    assert isinstance(pdf, bytes)  # noqa: S101 — for mypy: a PDF is one file
    return pdf


@cache
def fonts() -> typst.Fonts:
    """Return the fonts of the package, read once; raises NoChineseFont."""
    package = find_spec(FONT_PACKAGE)
    folders = [str(Path(place)) for place in (package.submodule_search_locations or ())] if package else []
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    if FONT not in found.families():
        raise NoChineseFont
    return found
