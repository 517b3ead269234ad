"""What a site decides through its environment, read once and refused when wrong."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from scheduler.errors import Refusal

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32


class BadSetting(Refusal):
    """A setting whose value cannot be used."""

    status = 500
    code = "bad_setting"
    zh = "环境变量 {name} 的值无效：{reason_zh}。"
    en = "The environment variable {name} cannot be used: {reason_en}."


@dataclass(frozen=True, slots=True)
class Settings:
    """A site's settings."""

    database_url: str
    secret_key: str
    data_dir: Path
    public_url: str
    production: bool
    api_rate: int = 600

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the settings; raises BadSetting naming the variable.

        FAIR_ENV=production refuses every default that is only good on one's own machine.
        """
        production = environment.get("FAIR_ENV", "local") == "production"
        data_dir = Path(environment.get("FAIR_DATA_DIR", ROOT / "var"))
        return cls(
            database_url=environment.get("DATABASE_URL") or f"sqlite:///{data_dir / 'fair.db'}",
            secret_key=_secret(environment, data_dir, production=production),
            data_dir=data_dir,
            public_url=_public_url(environment, production=production),
            production=production,
            api_rate=_whole(environment.get("API_RATE", "600"), "API_RATE", least=10),
        )


def _whole(text: str, name: str, *, least: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) >= least):  # noqa: PLR2004
        raise BadSetting(
            name=name, reason_zh=f"应为不小于 {least} 的整数", reason_en=f"a whole number from {least} up"
        )
    return int(text)


def _secret(environment: Mapping[str, str], data_dir: Path, *, production: bool) -> str:
    secret = environment.get("SECRET_KEY", "")
    if not secret and not production:
        return _kept_secret(data_dir / "secret-key")
    if len(secret) < SHORTEST_SECRET:
        raise BadSetting(
            name="SECRET_KEY",
            reason_zh=f"至少需要 {SHORTEST_SECRET} 个字符",
            reason_en=f"at least {SHORTEST_SECRET} characters are needed",
        )
    return secret


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _public_url(environment: Mapping[str, str], *, production: bool) -> str:
    url = environment.get("PUBLIC_URL", "").rstrip("/")
    if not url and not production:
        return "http://127.0.0.1:8000"
    if not url.startswith("https://" if production else ("http://", "https://")):
        raise BadSetting(
            name="PUBLIC_URL", reason_zh="应以 https:// 开头", reason_en="it must begin with https://"
        )
    return url
