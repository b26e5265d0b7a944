"""Where sessions are kept 会话存放: Django's own store over `people.OpenSession`, whose rows are the list a person sees and ends.

The row is written when the session is, and bears what the session says: nothing to keep in step. Times are those of the clock that
runs the sessions out (the queue's, not a demonstration's), but `opened_at` and `seen_at`, which people read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from songda.kernel import clock
from songda.registry.people.models import OpenSession
from songda.registry.people.queries import SESSION_POST
from songda.registry.people.rules.sessions import ADDRESS, AWAKE, DEVICE, OPENED, digest_of_key


class SessionStore(db.SessionStore):
    """Sessions by the digest of their key."""

    @classmethod
    def get_model_class(cls) -> type[OpenSession]:
        """Our own table."""
        return OpenSession

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing for one that has run out or was ended."""
        row = OpenSession.objects.filter(
            session_key=digest_of_key(self.session_key or ""), expire_date__gt=clock.now() - settings.CLOCK_SHIFT
        ).first()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row.session_data)

    def exists(self, session_key: str) -> bool:
        """Whether a key is in use."""
        return super().exists(digest_of_key(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """End it."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(digest_of_key(key))

    def create_model_instance(self, data: dict[str, Any]) -> OpenSession:
        """The row of a session that holds these values."""
        row = OpenSession(session_data=self.encode(data), expire_date=self.get_expiry_date())
        row.session_key = digest_of_key(self.session_key or "")
        row.account_id, row.post_id = numbered(data.get(SESSION_KEY)), numbered(data.get(SESSION_POST))
        row.opened_at = moment_of(data, OPENED)
        row.seen_at = max(row.opened_at, moment_of(data, AWAKE))
        row.address, row.device = str(data.get(ADDRESS, "")), str(data.get(DEVICE, ""))
        return row


def numbered(value: object) -> int | None:
    """A number of a row, however the session writes it."""
    return int(str(value)) if value is not None else None


def moment_of(data: Mapping[str, Any], name: str) -> dt.datetime:
    """A moment that the session keeps in seconds; now where it keeps none."""
    return dt.datetime.fromtimestamp(int(data[name]), dt.UTC) if name in data else clock.now()
