"""What a site decides through its environment, read once and refused when wrong."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

from scheduler.errors import Refusal

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32
FEWEST_LETTERS = 10
MOST_PROXIES = 9
STREAM_HOSTS = "douyin.com,kuaishou.com,weixin.qq.com,bilibili.com,b23.tv"
MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class BadSetting(Refusal):
    """A setting whose value cannot be used."""

    status = 500
    code = "bad_setting"
    zh = "环境变量 {name} 的值无效：{reason_zh}。"
    en = "The environment variable {name} cannot be used: {reason_en}."


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in, and from whom they come. `security` is "", "starttls" or "tls"."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """The provincial identity provider (统一身份认证) that vouches for people by OpenID Connect."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """A site's settings."""

    database_url: str
    secret_key: str
    data_dir: Path
    public_url: str
    production: bool
    api_rate: int = 600
    second_factor_required: bool = False
    trusted_proxies: int = 0
    mail: MailServer | None = None
    identity_provider: IdentityProvider | None = None
    webhook_hosts: tuple[str, ...] = ()
    stream_hosts: tuple[str, ...] = tuple(STREAM_HOSTS.split(","))
    metrics_token: str = ""
    logs_json: bool = False
    solver_cluster: str = ""
    privacy_contact: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the settings; raises BadSetting naming the variable.

        FAIR_ENV=production refuses every default that is only good on one's own machine.
        """
        production = _production(environment)
        data_dir = Path(environment.get("FAIR_DATA_DIR", ROOT / "var"))
        return cls(
            database_url=_database(environment, data_dir, production=production),
            secret_key=_secret(environment, data_dir, production=production),
            data_dir=data_dir,
            public_url=_public_url(environment, production=production),
            production=production,
            metrics_token=environment.get("METRICS_TOKEN", ""),
            logs_json=_logs_json(environment, production=production),
            webhook_hosts=_listed(environment.get("WEBHOOK_HOSTS", "")),
            stream_hosts=_listed(environment.get("STREAM_HOSTS", "") or STREAM_HOSTS),
            api_rate=_whole(environment.get("API_RATE", "600"), "API_RATE", least=10),
            second_factor_required=_second_factor(environment, production=production),
            trusted_proxies=_proxies(environment),
            mail=_mail(environment, production=production),
            identity_provider=_provider(environment, production=production),
            solver_cluster=_cluster(environment),
            privacy_contact=_privacy_contact(environment, production=production),
        )


def _database(environment: Mapping[str, str], data_dir: Path, *, production: bool) -> str:
    """Return the database's URL. SQLite serves one machine and one writer: a real site has to say that
    this is what it wants, and has not just forgotten the setting.
    """
    url = environment.get("DATABASE_URL") or f"sqlite:///{data_dir / 'fair.db'}"
    if production and url.startswith("sqlite") and environment.get("FAIR_SQLITE", "") != "allowed":
        raise BadSetting(
            name="DATABASE_URL",
            reason_zh="正式环境应使用 PostgreSQL；小型单机站点确需 SQLite 时，请设置 FAIR_SQLITE=allowed",
            reason_en="a real site uses PostgreSQL; FAIR_SQLITE=allowed permits SQLite on one machine",
        )
    return url


def _logs_json(environment: Mapping[str, str], *, production: bool) -> bool:
    wanted = environment.get("LOG_FORMAT", "json" if production else "text")
    if wanted not in {"json", "text"}:
        raise BadSetting(
            name="LOG_FORMAT", reason_zh="应为 json 或 text", reason_en="it must be json or text"
        )
    return wanted == "json"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _cluster(environment: Mapping[str, str]) -> str:
    """Return the address of the Dask scheduler that plans, or nothing: then this machine does."""
    address = environment.get("SOLVER_CLUSTER", "")
    if address and not address.startswith(("tcp://", "tls://")):
        raise BadSetting(
            name="SOLVER_CLUSTER",
            reason_zh="应形如 tcp://主机:8786",
            reason_en="it must look like tcp://host:8786",
        )
    return address


def _privacy_contact(environment: Mapping[str, str], *, production: bool) -> str:
    """Return where people turn with questions about their data: the law wants it in the privacy notice."""
    contact = environment.get("PRIVACY_CONTACT", "").strip()
    if production and not contact:
        raise BadSetting(
            name="PRIVACY_CONTACT",
            reason_zh="隐私说明须写明联系方式（电话或邮箱）",
            reason_en="the privacy notice must name a telephone number or an e-mail address",
        )
    return contact


def _whole(text: str, name: str, *, least: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) >= least):  # noqa: PLR2004
        raise BadSetting(
            name=name, reason_zh=f"应为不小于 {least} 的整数", reason_en=f"a whole number from {least} up"
        )
    return int(text)


def _production(environment: Mapping[str, str]) -> bool:
    """Tell whether the site is a real one; a misspelt word must not open it with a trial's defaults."""
    found = environment.get("FAIR_ENV", "local")
    if found not in {"local", "production"}:
        raise BadSetting(
            name="FAIR_ENV",
            reason_zh="应为 local 或 production",
            reason_en="it must be local or production",
        )
    return found == "production"


def _secret(environment: Mapping[str, str], data_dir: Path, *, production: bool) -> str:
    secret = environment.get("SECRET_KEY", "")
    if not secret and not production:
        return _kept_secret(data_dir / "secret-key")
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_LETTERS:
        raise BadSetting(
            name="SECRET_KEY",
            reason_zh=f"至少需要 {SHORTEST_SECRET} 个字符，且应随机生成",
            reason_en=f"at least {SHORTEST_SECRET} characters, drawn at random, are needed",
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


def _second_factor(environment: Mapping[str, str], *, production: bool) -> bool:
    """Tell whether members of organizers need a second factor; a real site asks for it unless told not to."""
    found = environment.get("FAIR_SECOND_FACTOR", "") or ("required" if production else "optional")
    if found not in {"required", "optional"}:
        raise BadSetting(
            name="FAIR_SECOND_FACTOR",
            reason_zh="应为 required 或 optional",
            reason_en="it must be required or optional",
        )
    return found == "required"


def _proxies(environment: Mapping[str, str]) -> int:
    """Return how many proxies stand before the site: of forwarded addresses exactly so many are believed."""
    found = environment.get("FAIR_TRUSTED_PROXIES", "") or "0"
    if not (found.isascii() and found.isdigit() and int(found) <= MOST_PROXIES):
        raise BadSetting(
            name="FAIR_TRUSTED_PROXIES",
            reason_zh=f"应为 0 到 {MOST_PROXIES} 的整数",
            reason_en=f"it must be a whole number from 0 to {MOST_PROXIES}",
        )
    return int(found)


def _mail(environment: Mapping[str, str], *, production: bool) -> MailServer | None:
    url, sender = environment.get("SMTP_URL", ""), environment.get("MAIL_FROM", "")
    if not url:
        return None
    parts = urlsplit(url)
    sealed = parts.scheme != "smtp" or parts.hostname in {"localhost", "127.0.0.1"}
    if parts.scheme not in MAIL_PORTS or not parts.hostname or (production and not sealed):
        raise BadSetting(
            name="SMTP_URL",
            reason_zh="应形如 smtps://用户:密码@主机 或 smtp+starttls://…，正式环境须加密",
            reason_en="it must look like smtps://user:password@host or smtp+starttls://…, "
            "encrypted on a real site",
        )
    if "@" not in sender:
        raise BadSetting(
            name="MAIL_FROM", reason_zh="应为发件邮箱地址", reason_en="it must be the sender's address"
        )
    return MailServer(
        host=parts.hostname,
        port=parts.port or MAIL_PORTS[parts.scheme],
        security={"smtps": "tls", "smtp+starttls": "starttls"}.get(parts.scheme, ""),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
    )


def _provider(environment: Mapping[str, str], *, production: bool) -> IdentityProvider | None:
    issuer = environment.get("OIDC_ISSUER", "").rstrip("/")
    client_id = environment.get("OIDC_CLIENT_ID", "")
    secret = environment.get("OIDC_CLIENT_SECRET", "")
    if not issuer:
        return None
    if not issuer.startswith("https://" if production else ("http://", "https://")):
        raise BadSetting(
            name="OIDC_ISSUER", reason_zh="应以 https:// 开头", reason_en="it must begin with https://"
        )
    if not client_id or not secret:
        raise BadSetting(
            name="OIDC_CLIENT_SECRET",
            reason_zh="与 OIDC_CLIENT_ID 须一并填写",
            reason_en="it and OIDC_CLIENT_ID must both be given",
        )
    return IdentityProvider(issuer, client_id, secret)
