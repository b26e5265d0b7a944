"""When an ID token is believed (OpenID Connect Core 3.1.3.7): signature, algorithm, issuer, audience, end, nonce. The reading of signatures
is joserfc's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

LEEWAY = 60  # seconds that two clocks may differ
LONGEST = 255  # of a subject, by the standard
PUBLIC_KINDS = ("RSA", "EC")


class Untrusted(ValueError):
    """A token that is not believed; the text says why, for the trail."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say: who issued it, for whom, in answer to what; which algorithms are good; `now` in Unix seconds."""

    issuer: str
    audience: str
    nonce: str
    algorithms: tuple[str, ...]
    now: int


def subject_of(token: str, keys: Mapping[str, Any], expected: Expected) -> str:
    """Whom a token speaks of; Untrusted, with the reason, where it is not to be believed.

    Only asymmetric algorithms and public keys are looked at: neither an unsigned token nor one signed with the public key taken for a
    shared secret passes.
    """
    try:
        known = [one for one in keys["keys"] if one.get("kty") in PUBLIC_KINDS]
        read = jwt.decode(token, KeySet.import_key_set({"keys": known}), algorithms=list(expected.algorithms))
        check(read.claims, expected)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Untrusted(f"{type(error).__name__}: {error}"[:160]) from error
    return str(read.claims["sub"])


def check(claims: dict[str, Any], expected: Expected) -> None:
    """Refuse claims that are not what was asked for."""
    wanted = jwt.JWTClaimsRegistry(
        now=expected.now,
        leeway=LEEWAY,
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.audience},
        nonce={"essential": True, "value": expected.nonce},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )
    wanted.validate(claims)
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if claims.get("azp", None if several else expected.audience) != expected.audience:
        raise Untrusted("azp is another application")
    if len(claims["sub"]) > LONGEST or not isinstance(claims["nonce"], str):
        raise Untrusted("sub or nonce is no text of the usual length")
