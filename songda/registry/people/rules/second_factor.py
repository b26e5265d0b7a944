"""The second factor 第二因素: six digits of the hour from a telephone (TOTP, RFC 6238), or a recovery code, each good once.

等保三级 8.1.4.1d asks for two ways of telling who somebody is; administrators must have it, everybody may.
"""

from __future__ import annotations

import datetime as dt
import hmac
import secrets

import pyotp

STEP = 30  # seconds a code stands for
DRIFT = 1  # steps that a telephone's clock may be off, either way
AHEAD = 20  # steps that a used code may lie ahead of now: clocks of two machines differ by less
CODES = 10
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that are taken for another
TRIES = 5
LOCKED_FOR = dt.timedelta(minutes=30)


def new_secret() -> str:
    """A secret to share with a telephone: 160 bits."""
    return pyotp.random_base32()


def address_for(secret: str, username: str, place: str) -> str:
    """What the telephone reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=place)


def step_of(secret: str, code: str, at: dt.datetime, last_step: int) -> int | None:
    """The step whose code this is, None for no code of now. A step at or before `last_step` has been used.

    A `last_step` far ahead was noted by a clock that ran ahead: it would lock the account until that day and is let go.
    """
    asked, now = "".join(code.split()), int(at.timestamp()) // STEP
    last_step = last_step if last_step <= now + AHEAD else 0
    totp = pyotp.TOTP(secret)
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > last_step and hmac.compare_digest(totp.at(step * STEP), asked):
            return step
    return None


def new_recovery_codes() -> tuple[str, ...]:
    """Codes for the day the telephone is lost: 50 bits each, to be written down once."""
    halves = (("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(CODES))
    return tuple("-".join(pair) for pair in halves)


def is_recovery_code(code: str) -> bool:
    """Whether it has the shape of one."""
    plain = plain_code(code)
    return len(plain) == 10 and set(plain) <= set(LETTERS)


def plain_code(code: str) -> str:
    """A recovery code as it is compared: no dashes, no spaces, capitals."""
    return "".join(letter for letter in code.upper() if letter.isalnum())
