"""The real settings behind an HTTPS proxy: cookies, headers, redirects, and whose word about the visitor is taken."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.test import Client, override_settings

from songda.kernel import clock
from songda.registry.people.models import Account
from songda.registry.people.tests.cast import PASSWORD

SETTINGS = str(Path(__file__).parents[1] / "settings.py")
PROXIED = {"SONGDA_HTTPS": "yes", "SONGDA_PROXIES": "1", "SONGDA_HOSTS": "songda.example.cn", "SONGDA_HSTS_SECONDS": "31536000"}
TOLD = {"HTTP_HOST": "songda.example.cn", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}
NAMES = ("SECURE_", "SESSION_", "CSRF_", "X_FRAME", "ALLOWED", "DEBUG", "PROXIES", "CONTENT_SECURITY", "SECRET_KEY", "MIDDLEWARE")


def settings_with(home: Path, monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, object]:
    """What the settings module makes of an environment."""
    for name, value in {"SONGDA_HOME": str(home), "SONGDA_DEMO": "no", **environment}.items():
        monkeypatch.setenv(name, value)
    return {name: value for name, value in runpy.run_path(SETTINGS).items() if name.isupper()}


@pytest.fixture
def proxied(tmp_path, monkeypatch):
    """The product as it stands behind its proxy."""
    found = settings_with(tmp_path, monkeypatch, **PROXIED)
    with override_settings(**{name: value for name, value in found.items() if name.startswith(NAMES)}):
        yield found


def test_django_finds_nothing_to_say_about_the_deployment(proxied) -> None:
    found = {message.id: message.msg for message in run_checks(tags=["security"], include_deployment_checks=True)}
    # W005, W021: subdomains and browsers' preload lists belong to who owns the domain, not to this program
    assert set(found) <= {"security.W005", "security.W021"}, found


@pytest.mark.django_db
def test_headers_and_cookies_over_https(proxied) -> None:
    answer = Client().get("/sign-in/", **TOLD)
    assert answer.status_code == 200
    assert answer["Strict-Transport-Security"] == "max-age=31536000"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy or "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    cookie = answer.cookies["csrftoken"]
    assert (cookie["secure"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.django_db
def test_the_session_cookie_is_closed_to_scripts_and_plain_http(proxied, cast) -> None:
    Account.objects.filter(pk=cast.street.account_id).update(last_login=clock.now())
    account = Account.objects.get(pk=cast.street.account_id)
    answer = Client().post("/sign-in/", {"username": account.username, "password": PASSWORD}, **TOLD)
    assert answer.status_code == 302
    cookie = answer.cookies["sessionid"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert cookie["max-age"] <= 1800


@pytest.mark.django_db
def test_plain_http_is_sent_to_https_but_not_the_watchers(proxied) -> None:
    away = Client().get("/sign-in/", HTTP_HOST="songda.example.cn")
    assert (away.status_code, away["Location"]) == (301, "https://songda.example.cn/sign-in/")
    assert Client().get("/healthz", HTTP_HOST="songda.example.cn").status_code == 200


@pytest.mark.django_db
def test_a_strange_host_is_refused(proxied) -> None:
    assert Client().get("/sign-in/", **{**TOLD, "HTTP_HOST": "evil.example"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "127.0.0.1"),  # nobody's word is taken without a proxy of one's own
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # what the visitor wrote himself is not believed
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "no address", "127.0.0.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_whose_word_about_the_visitor_is_taken(client, settings, proxies: int, forwarded: str, seen: str) -> None:
    settings.PROXIES = proxies
    answer = client.get("/healthz", HTTP_X_FORWARDED_FOR=forwarded)
    assert answer.wsgi_request.META["REMOTE_ADDR"] == seen


def test_without_https_nothing_pretends(tmp_path, monkeypatch) -> None:
    found = settings_with(tmp_path, monkeypatch, SONGDA_HTTPS="no", SONGDA_PROXIES="0")
    assert found["SECURE_PROXY_SSL_HEADER"] is None
    assert (found["SECURE_SSL_REDIRECT"], found["SECURE_HSTS_SECONDS"], found["SESSION_COOKIE_SECURE"]) == (False, 0, False)
