"""The words of a certificate 销毁证明, out of what was kept of the purge."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.workbooks import moment
from songda.office.retention.models import Purge, PurgeLine
from songda.office.retention.rules.certificate import Told
from songda.registry.organisations.models import Organisation


def told_of(purge: Purge) -> Told:
    """A finished purge in words."""
    lines = list(purge.lines.order_by("pk"))
    done = purge.done_at or purge.proposed_at
    unit = Organisation.objects.filter(parent=None).order_by("area_path", "pk").values_list("name", flat=True).first()
    return Told(
        number=purge.number or "", unit=unit or "", as_of=spelled(purge.as_of), reason=purge.reason,
        proposed=f"{purge.proposed_name}，{moment(purge.proposed_at)}", approved=f"{purge.decided_name}，{moment(purge.decided_at)}",
        done=f"{purge.done_name}，{moment(done)}", date=spelled(clock.day_of(done)), lines=[cells_of(line) for line in lines],
        tables=[(line.label, name_of(label), str(count)) for line in lines for label, count in sorted(line.tables.items())],
        digests=[(line.label, line.digest) for line in lines],
        bases=[(line.label, line.basis) for line in lines if line.basis], files=sum(line.gone.count() for line in lines),
        digest=purge.digest, stamp=_("演示数据") if purge.demonstration else "",
    )  # fmt: skip


def spelled(day: object) -> str:
    """A day as documents write it."""
    year, month, date = str(day).split("-")
    return f"{int(year)}年{int(month)}月{int(date)}日"


def cells_of(line: PurgeLine) -> tuple[str, ...]:
    """A line of the certificate's table."""
    days = [f"{one:%Y.%m.%d}" if one else "—" for one in (line.oldest, line.newest)]
    return (line.label, line.period, str(line.get_action_display()), str(line.done), *days, str(line.skipped))


def name_of(label: str) -> str:
    """A table by its name and its label."""
    return f"{apps.get_model(label)._meta.verbose_name}（{label}）"
