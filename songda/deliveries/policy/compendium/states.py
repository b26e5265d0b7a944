"""States of an edition 汇编版次: draft → published, by two persons; a published edition never changes."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step

EDITION = Machine(
    name="edition",
    label=_("政策汇编"),
    states={"draft": _("草稿"), "published": _("已发布"), "withdrawn": _("已作废")},
    steps=(
        Step("publish", _("发布"), ("draft",), "published", "policy.publish"),
        Step("withdraw", _("作废"), ("draft",), "withdrawn", "policy.edit"),
    ),
)


class BookForm(TextChoices):
    """As what a book is had."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word")
    HTML = "html", _("网页")
