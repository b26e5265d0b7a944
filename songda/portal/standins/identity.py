"""Stand-ins of identity providers 身份提供方替身: OpenID Connect, DingTalk's and WeCom's log-in, as their public documents describe them.

GET  /.well-known/openid-configuration, /jwks      OIDC: what it is and its keys (RS256 and ES256)
GET  /authorize                                    OIDC: log in; back with `code`, `state`, `iss`
POST /token                                        OIDC: a code for an ID token, once, with PKCE's verifier
GET  /oauth2/auth                                  DingTalk: log in; back with `authCode`, `state`
POST /v1.0/oauth2/userAccessToken                  DingTalk: a code for a token, once
GET  /v1.0/contact/users/me                        DingTalk: unionId
GET  /wwlogin/sso/login                            WeCom: log in; back with `code`, `state`
GET  /cgi-bin/gettoken, /cgi-bin/auth/getuserinfo  WeCom: userid, once a code

A log-in shows the people to choose from; with `who` set, that one is logged in at once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlparse

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from songda.kernel import clock

CLIENT, SECRET, AGENT = "songda", "standin-secret", "1000002"
PEOPLE = ("示例甲", "示例乙", "示例丙")
Query = dict[str, str]


@dataclass
class IdentityPlatform:
    """The providers' state. `who` is logged in there; None shows the choice. The rest are faults on demand:

    `spoil` changes the claims before they are signed; `sign_with` is RS256, ES256, none, HS256 (the public key as a secret) or stranger
    (a key nobody published); `silent` answers nothing, `broken` answers 503.
    """

    who: str | None = None
    sign_with: str = "RS256"
    spoil: Callable[[dict[str, Any]], dict[str, Any]] = dict
    silent: bool = False
    broken: bool = False
    codes: dict[str, Query] = field(default_factory=dict)
    rsa: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, auto_kid=True))
    elliptic: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))

    def grant(self, asked: Query, who: str) -> str:
        """A code for what was asked, good once."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**asked, "who": who}
        return code

    def redeemed(self, code: str) -> Query | None:
        """What a code stands for; a second time nothing."""
        return self.codes.pop(code, None)

    def id_token(self, issuer: str, asked: Query) -> str:
        """The ID token for a code, honest unless told otherwise."""
        at = int(clock.elsewhere(clock.now()).timestamp())
        honest = {
            "iss": issuer, "aud": asked["client_id"], "sub": asked["who"], "nonce": asked.get("nonce", ""), "iat": at, "exp": at + 300,
        }  # fmt: skip
        return self.signed(self.spoil(honest))

    def signed(self, claims: dict[str, Any]) -> str:
        """Claims, signed in the way that is set."""
        if self.sign_with in ("none", "HS256"):
            return forged(self.sign_with, claims, self.rsa.as_pem(private=False))
        if self.sign_with == "ES256":
            return jwt.encode({"alg": "ES256", "kid": str(self.elliptic.kid)}, claims, self.elliptic)
        key = RSAKey.generate_key(2048) if self.sign_with == "stranger" else self.rsa
        return jwt.encode({"alg": "RS256", "kid": str(self.rsa.kid)}, claims, key)


def forged(algorithm: str, claims: dict[str, Any], public: bytes) -> str:
    """A token without a signature, or with one that takes the public key for a shared secret: made by hand, no library would."""
    parts = [
        base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in ({"alg": algorithm, "typ": "JWT"}, claims)
    ]
    mac = hmac.new(public, b".".join(parts), hashlib.sha256).digest() if algorithm == "HS256" else b""
    return b".".join([*parts, base64.urlsafe_b64encode(mac).rstrip(b"=")]).decode()


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    platform: IdentityPlatform
    place: str
    query: Query
    form: Query
    headers: Query


Answer = tuple[int, dict[str, Any]]
WRONG: Answer = (400, {"error": "invalid_grant", "code": "invalidParameter", "message": "不合法的临时授权码"})


def configuration(asked: Asked) -> Answer:
    """OIDC: discovery."""
    return 200, {
        "issuer": asked.place,
        "authorization_endpoint": f"{asked.place}/authorize",
        "token_endpoint": f"{asked.place}/token",
        "jwks_uri": f"{asked.place}/jwks",
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
    }


def keys(asked: Asked) -> Answer:
    """OIDC: public keys."""
    return 200, dict(KeySet([asked.platform.rsa, asked.platform.elliptic]).as_dict(private=False))


def token(asked: Asked) -> Answer:
    """OIDC: the code's ID token, for who knows the client's secret and the verifier of the challenge."""
    basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
    if asked.headers.get("authorization") != f"Basic {basic}":
        return 401, {"error": "invalid_client"}
    known = asked.platform.redeemed(asked.form.get("code", ""))
    digest = hashlib.sha256(asked.form.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    if known is None or known.get("code_challenge") != challenge or known["redirect_uri"] != asked.form.get("redirect_uri"):
        return WRONG
    told = {"access_token": "unused", "token_type": "Bearer", "expires_in": 300}
    return 200, {**told, "id_token": asked.platform.id_token(asked.place, known)}


def dingtalk_token(asked: Asked) -> Answer:
    """DingTalk: the person's access token."""
    own = (asked.form.get("clientId"), asked.form.get("clientSecret"), asked.form.get("grantType"))
    known = asked.platform.redeemed(asked.form.get("code", ""))
    if own != (CLIENT, SECRET, "authorization_code") or known is None:
        return WRONG
    return 200, {"accessToken": asked.platform.grant({}, known["who"]), "refreshToken": "unused", "expireIn": 7200}


def dingtalk_me(asked: Asked) -> Answer:
    """DingTalk: who the token stands for."""
    known = asked.platform.redeemed(asked.headers.get("x-acs-dingtalk-access-token", ""))
    if known is None:
        return 401, {"code": "InvalidAuthentication", "message": "不合法的access_token"}
    return 200, {"nick": known["who"], "unionId": f"union-{known['who']}", "openId": f"open-{known['who']}"}


def wecom_token(asked: Asked) -> Answer:
    """WeCom: the application's token."""
    if (asked.query.get("corpid"), asked.query.get("corpsecret")) != (CLIENT, SECRET):
        return 200, {"errcode": 40001, "errmsg": "invalid credential"}
    return 200, {"errcode": 0, "errmsg": "ok", "access_token": SECRET, "expires_in": 7200}


def wecom_user(asked: Asked) -> Answer:
    """WeCom: the member; who is none has an openid alone."""
    known = asked.platform.redeemed(asked.query.get("code", ""))
    if asked.query.get("access_token") != SECRET or known is None:
        return 200, {"errcode": 40029, "errmsg": "invalid code"}
    outside = known["who"].startswith("外")
    return 200, {"errcode": 0, "errmsg": "ok", **({"openid": "o-1"} if outside else {"userid": known["who"]})}


ANSWERS: dict[str, Callable[[Asked], Answer]] = {
    "GET /.well-known/openid-configuration": configuration,
    "GET /jwks": keys,
    "POST /token": token,
    "POST /v1.0/oauth2/userAccessToken": dingtalk_token,
    "GET /v1.0/contact/users/me": dingtalk_me,
    "GET /cgi-bin/gettoken": wecom_token,
    "GET /cgi-bin/auth/getuserinfo": wecom_user,
}
LOG_IN = {"/authorize": "code", "/oauth2/auth": "authCode", "/wwlogin/sso/login": "code"}
"""Pages where people log in, and under what name each sends its code back."""


class IdentityServer(ThreadingHTTPServer):
    """The server with its platform."""

    daemon_threads = True

    def __init__(self, platform: IdentityPlatform, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.platform = platform

    @property
    def address(self) -> str:
        """http://127.0.0.1:port"""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news here."""

    def providers(self) -> dict[str, object]:
        """A providers file that points here."""
        account = {"client_id": CLIENT, "client_secret": SECRET}
        here = {"login_url": self.address, "base_url": self.address}
        return {
            "providers": {
                "gov": {"kind": "oidc", "label": "统一身份认证", "issuer": self.address, **account},
                "dingtalk": {"kind": "dingtalk", **account, **here},
                "wecom": {"kind": "wecom", "agent": AGENT, **account, **here},
            }
        }


class Handler(BaseHTTPRequestHandler):
    """One request. Nothing is printed."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65_536
    server: IdentityServer

    def respond(self) -> None:
        """Answer, unless told to fail."""
        platform, address = self.server.platform, urlparse(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if platform.silent:
            time.sleep(0.05)
            self.close_connection = True
            return
        query = dict(parse_qsl(address.query))
        if address.path in LOG_IN and not platform.broken:
            self._log_in(address.path, query)
            return
        find = ANSWERS.get(f"{self.command} {address.path}")
        if platform.broken or find is None:
            self._write(503 if platform.broken else 404, b"{}")
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        form = json.loads(body) if body.startswith(b"{") else dict(parse_qsl(body.decode()))
        status, told = find(Asked(platform, self.server.address, query, form, headers))
        self._write(status, json.dumps(told, ensure_ascii=False).encode())

    do_GET = do_POST = respond

    def log_message(self, *_words: object) -> None:
        """Stay silent."""

    def _log_in(self, path: str, query: Query) -> None:
        who = self.server.platform.who or query.pop("as", None)
        if who is None:
            links = "".join(f'<li><a href="{path}?{escape(urlencode({**query, "as": one}))}">{one}</a></li>' for one in PEOPLE)
            page = f"<!doctype html><meta charset=utf-8><title>身份提供方替身</title><h1>以谁的身份授权</h1><ul>{links}</ul>"
            self._write(200, page.encode(), "text/html; charset=utf-8")
            return
        told = {LOG_IN[path]: self.server.platform.grant(query, who), "state": query.get("state", "")}
        told |= {"iss": self.server.address} if path == "/authorize" else {}
        self.send_response(302)
        self.send_header("Location", f"{query['redirect_uri']}?{urlencode(told)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _write(self, status: int, body: bytes, kind: str = "application/json; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def vouching(platform: IdentityPlatform, port: int = 0) -> Iterator[IdentityServer]:
    """The server in a thread of its own for as long as the block lasts (port 0: any free one)."""
    server = IdentityServer(platform, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
