"""Print a certificate 打印销毁证明 as PDF or Word, in the official layout."""

from __future__ import annotations

from django.utils.translation import gettext as _

from songda.engines.printing import OFFICIAL
from songda.kernel.errors import Conflict
from songda.kernel.prints import to_docx, to_pdf
from songda.office.retention.access import purge_for
from songda.office.retention.models import Purge
from songda.office.retention.queries.certificate import told_of
from songda.office.retention.rules.certificate import printed
from songda.registry.actors import Actor, require

FORMS = ("pdf", "docx")


def print_certificate(purge_id: int, form: str, *, by: Actor) -> tuple[Purge, bytes]:
    """The certificate of a purge in one of `FORMS`; Conflict before it is carried out. The same prints the same."""
    require(by, "retention.see")
    purge = purge_for(purge_id)
    if purge.state != "done":
        raise Conflict(_("尚未执行完毕，还没有销毁证明。"), advice=_("批准后由后台执行，一般几分钟内完成。"))
    paper = printed(told_of(purge))
    return purge, to_pdf(paper, layout=OFFICIAL) if form == "pdf" else to_docx(paper)
