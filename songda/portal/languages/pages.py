"""The switch of language."""

from __future__ import annotations

from django.views import i18n

from songda.kernel.doors import PUBLIC, door

set_language = door(PUBLIC)(i18n.set_language)
"""Keep the chosen language in a cookie and go back to where one was (POST `language`, and `next` or the referring page)."""
