"""The error tree: every refusal a person can meet, with a stable code, a Chinese sentence and what to do next.

    SongdaError
    ├── Refused            the request is understood and not allowed or not possible now (exit 1)
    │   ├── Unidentified   who calls is not known (401)
    │   ├── NotPermitted   this post may not do it (403)
    │   ├── NotFound       there is no such thing within the asker's scope (404)
    │   ├── Conflict       somebody else was faster, or the state does not allow it (409)
    │   ├── Invalid        the input is wrong; `fields` says where (400)
    │   └── TooMany        a limit of rate or size (429)
    └── Unavailable        a part is down; trying again later may help (exit 4, 503)

`retry` says whether the same call may succeed later without change.
"""

from __future__ import annotations

from collections.abc import Mapping


class SongdaError(Exception):
    """Base of the tree; raise a leaf."""

    code = "error"
    http = 500
    exit_code = 1
    retry = False

    def __init__(self, message: str, *, advice: str = "", fields: Mapping[str, str] | None = None, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.fields = dict(fields or {})
        self.code = code or type(self).code

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in one breath."""
        return f"{self.message}{self.advice}"

    def as_dict(self) -> dict[str, object]:
        """The one shape of errors outside: code, message, advice, fields."""
        return {"code": self.code, "message": self.message, "advice": self.advice, "fields": self.fields}


class Refused(SongdaError):
    """Understood, and not done."""

    code = "refused"
    http = 400


class Unidentified(Refused):
    """A program without a token, or with one that opens nothing."""

    code = "unidentified"
    http = 401


class NotPermitted(Refused):
    """The acting post lacks the permission, or the thing is outside its scope."""

    code = "not_permitted"
    http = 403


class NotFound(Refused):
    """Nothing of that name within the asker's scope. A stranger learns no more than that."""

    code = "not_found"
    http = 404


class Conflict(Refused):
    """The thing has moved on, or its state does not allow the step."""

    code = "conflict"
    http = 409


class Invalid(Refused):
    """Wrong input; `fields` maps field to sentence."""

    code = "invalid"
    http = 400


class TooMany(Refused):
    """Over a limit of rate or size."""

    code = "too_many"
    http = 429
    retry = True


class Unavailable(SongdaError):
    """A part Songda depends on does not answer."""

    code = "unavailable"
    http = 503
    exit_code = 4
    retry = True
