"""Reading a document again, and receiving a new version of it 重新读取，上传新版本."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from songda.deliveries.policy.library import access, actions, queries
from songda.deliveries.policy.library.forms import VersionForm
from songda.deliveries.policy.library.pages.steps import desk_at, known_document
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.refusals import tell_refusal
from songda.kernel.screens.steps import back_of
from songda.registry.requests import ActingRequest

KINDS = {
    "changed": gettext_lazy("有改动"), "new": gettext_lazy("新增"), "gone": gettext_lazy("已删"), "same": gettext_lazy("未变"),
}  # fmt: skip


@require_POST
@door("policy.edit")
def reread(request: ActingRequest, document_id: int) -> HttpResponse:
    """Read the stored text with today's reader; what came of it is said."""
    try:
        told = actions.reread_document(document_id, by=request.actor, now=clock.now())
    except Refused as error:
        tell_refusal(request, error)
    else:
        counts = {"kept": told.kept, "redrafted": told.redrafted, "added": told.added, "dropped": told.dropped}
        said = _(
            "已重新读取：保留 %(kept)d 项，重拟 %(redrafted)d 项，新增 %(added)d 项，撤回 %(dropped)d 项。改过的内容一概未动。"
        )
        messages.success(request, said % counts)
    return redirect(back_of(request, f"/policy/documents/{document_id}/"))


@door("policy.edit")
def new_version(request: ActingRequest, document_id: int) -> HttpResponse:
    """Receive the text of a later version; the way on is the comparison."""
    former = access.document_to_change(document_id, request.actor)
    form, known = VersionForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            new = actions.receive_version(
                document_id,
                text=given["text"],
                file_name=given.get("file_name", ""),
                notes=given.get("notes", ()),
                by=request.actor,
                now=clock.now(),
            )
        except Refused as error:
            known = known_document(request, form, error)
        else:
            return redirect("library:compare", new.pk)
    given = {"form": form, "document": former, "known": known, "submit": _("收文并与本版对照")}
    return render(request, "policy_library/new_version.html", given)


@door("policy.see")
def compare(request: ActingRequest, document_id: int) -> HttpResponse:
    """A version beside the former one, article by article, with what became of annotations and measures."""
    document = access.document_for(document_id, request.actor)
    if document.former_id is None:
        messages.error(request, _("这份文件没有前一版，无从对照。"))
        return redirect(desk_at(document_id))
    pairs, marks = queries.alignment_of(document, request.actor), list(queries.annotations_of(document))
    kinds = Counter(pair.kind for pair in pairs)
    given = {
        "document": document,
        "former": access.document_for(document.former_id, request.actor),
        "pairs": pairs,
        "counts": [(label, kinds[kind]) for kind, label in KINDS.items() if kinds[kind]],
        "changed": len(pairs) - kinds["same"],
        "carried": [one for one in marks if one.carried_from_id and one.standing != "lost"],
        "lost": [one for one in marks if one.standing == "lost"],
        "revisions": queries.revisions_in(document, request.actor),
    }
    return render(request, "policy_library/compare.html", given)
