"""Words 文案: the gettext functions, for modules that may not import Django themselves (rules, states)."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_lazy, gettext_noop, ngettext

__all__ = ["gettext", "gettext_lazy", "gettext_noop", "ngettext"]
