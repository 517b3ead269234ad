"""Settings: what is wrong is refused by name, and a real site has no trial's defaults."""

import pytest

from scheduler.settings import BadSetting, Settings

REAL = {
    "FAIR_ENV": "production",
    "DATABASE_URL": "postgresql://fair:secret@db.example/fair",
    "PUBLIC_URL": "https://fair.example",
    "PRIVACY_CONTACT": "0531-12345678",
    "SECRET_KEY": "drawn-at-random-9f8e7d6c5b4a3210",
}
PROVIDER = {"OIDC_ISSUER": "https://id.example/", "OIDC_CLIENT_ID": "fair", "OIDC_CLIENT_SECRET": "shared"}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"FAIR_ENV": "prod"}, "FAIR_ENV"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///fair.db"}, "DATABASE_URL"),
        ({"PRIVACY_CONTACT": " "}, "PRIVACY_CONTACT"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "x" * 40}, "SECRET_KEY"),
        ({"PUBLIC_URL": "http://fair.example"}, "PUBLIC_URL"),
        ({"FAIR_SECOND_FACTOR": "yes"}, "FAIR_SECOND_FACTOR"),
        ({"FAIR_TRUSTED_PROXIES": "-1"}, "FAIR_TRUSTED_PROXIES"),
        ({"FAIR_TRUSTED_PROXIES": "many"}, "FAIR_TRUSTED_PROXIES"),
        ({"SMTP_URL": "smtp://mail.example", "MAIL_FROM": "a@b.example"}, "SMTP_URL"),
        ({"SMTP_URL": "smtps://mail.example"}, "MAIL_FROM"),
        ({**PROVIDER, "OIDC_ISSUER": "http://id.example"}, "OIDC_ISSUER"),
        ({**PROVIDER, "OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET"),
    ],
)
def test_what_a_real_site_may_not_have_is_refused_by_name(change: dict[str, str], named: str) -> None:
    with pytest.raises(BadSetting) as refusal:
        Settings.from_environment({**REAL, **change})
    assert refusal.value.values["name"] == named


def test_a_real_site_asks_members_for_a_second_factor_unless_told_not_to() -> None:
    assert Settings.from_environment(REAL).second_factor_required is True
    told = Settings.from_environment({**REAL, "FAIR_SECOND_FACTOR": "optional"})
    assert told.second_factor_required is False


def test_a_small_real_site_may_say_that_it_wants_sqlite() -> None:
    told = Settings.from_environment({**REAL, "DATABASE_URL": "sqlite:///a.db", "FAIR_SQLITE": "allowed"})
    assert told.database_url == "sqlite:///a.db"


def test_mail_server_and_provider_are_read_and_their_secrets_stay_out_of_sight() -> None:
    mail = {"SMTP_URL": "smtp+starttls://li:p%40ss@mail.example", "MAIL_FROM": "fair@example.org"}
    settings = Settings.from_environment({**REAL, **PROVIDER, **mail, "FAIR_TRUSTED_PROXIES": "2"})
    assert settings.mail is not None
    assert settings.identity_provider is not None
    assert (settings.mail.port, settings.mail.security, settings.mail.password) == (587, "starttls", "p@ss")
    assert (settings.identity_provider.issuer, settings.trusted_proxies) == ("https://id.example", 2)
    assert "p@ss" not in repr(settings)
    assert "shared" not in repr(settings)
