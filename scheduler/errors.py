"""Refusals: every way the product says no, with a status and a text in both languages."""

from typing import ClassVar, Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
"""Chinese first."""


class Refusal(Exception):  # noqa: N818 — a refusal is an answer, not a malfunction
    """A named no. Subclasses give status, code and the two texts; keyword arguments fill the texts.

    The texts say what happened and what to do about it.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    zh: ClassVar[str] = "请求被拒绝。"
    en: ClassVar[str] = "The request was refused."

    def __init__(self, **values: object) -> None:
        """Keep the values that the texts name."""
        self.values = values
        super().__init__(self.text("en"))

    def text(self, language: Language) -> str:
        """Return the sentence in one language, filled in."""
        template = self.zh if language == "zh" else self.en
        return template.format_map(self.values)


class NotFound(Refusal):
    """Nothing there, or nothing this actor may see: the answer is the same on purpose."""

    status = 404
    code = "not_found"
    zh = "没有找到这项内容，可能已被删除，或不在您的权限范围内。"
    en = "Nothing was found here. It may have been removed, or lies outside what you may see."


class Forbidden(Refusal):
    """The actor is known and lacks the right."""

    status = 403
    code = "forbidden"
    zh = "您的账号没有进行此操作的权限。如需办理，请联系本单位管理员。"
    en = "Your account may not do this. Ask your bureau's administrator if you need to."


class Crowded(Refusal):
    """Others hold what is needed just now; nothing was done."""

    status = 409
    code = "crowded"
    zh = "同时操作的人较多，这次没有成功，未保存任何内容。请在 {seconds} 秒后重试。"
    en = "Others are at it at this moment; nothing was saved. Try again in {seconds} seconds."


class RowError(Refusal):
    """One wrong value in a file: names the file, the row and the column."""

    status = 422
    code = "bad_row"
    zh = "{file} 第 {row} 行“{column}”列：{reason_zh}。改正后重新导入，未写入任何数据。"
    en = "{file}, row {row}, column “{column}”: {reason_en}. Correct it and load again; nothing was written."
