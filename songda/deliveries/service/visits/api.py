"""What the phone asks and sends: the day, the worker that keeps the form at hand, records and photos."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

import songda
from songda.deliveries.service.visits import actions, queries
from songda.deliveries.service.visits.actions import Found, Report
from songda.deliveries.service.visits.states import FindingKind
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Invalid, SongdaError
from songda.registry.requests import ActingRequest

SHELL = (
    "vendor/tabler.min.css", "vendor/tabler-icons.min.css", "vendor/fonts/tabler-icons.woff2", "vendor/tabler.min.js",
    "songda/songda.css", "songda/songda.js", "songda/mark.svg", "visits/visits.css", "visits/store.js", "visits/sending.js",
    "visits/phone.js",
)  # fmt: skip
Page = Callable[..., HttpResponseBase]


def answers_json(page: Page) -> Page:
    """Refusals as data, with their advice: the phone shows them and keeps what was written."""

    @wraps(page)
    def told(request: ActingRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return page(request, *args, **kwargs)
        except SongdaError as error:
            return JsonResponse({**error.as_dict(), "retry": error.retry}, status=error.http)

    return told


@never_cache
@door("visits.do")
def phone(request: ActingRequest) -> HttpResponse:
    """The shell of the form: no firm is named in it, so that it may be kept."""
    return render(
        request,
        "service_visits/phone.html",
        {"kinds": FindingKind.choices, "words": words(), "owner": queries.owner_of(request.actor)},
    )


@never_cache
@door("visits.do")
def worker(request: ActingRequest) -> HttpResponse:
    """The service worker, with the list of what it keeps."""
    kept = [staticfiles_storage.url(name) for name in SHELL]
    given = {"shell": json.dumps(kept), "version": songda.__version__}
    answer = render(request, "service_visits/worker.js", given, content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/visits/phone/"
    return answer


@never_cache
@door("visits.do")
def day(request: ActingRequest) -> JsonResponse:
    """The day's stops of this post, with what a visitor needs at each."""
    return JsonResponse(queries.day_for(request.actor, now=clock.now()))


@require_POST
@answers_json
@door("visits.do")
def record(request: ActingRequest, stop_id: int) -> JsonResponse:
    """Keep a record. The same request key again is answered the same."""
    told = body_of(request)
    key = str(told.get("request_key", ""))[:60]
    stop = actions.record_stop(stop_id, report_of(told), by=request.actor, now=clock.now(), request_key=key)
    return JsonResponse({"stop": stop.pk, "visit": stop.visit_id, "at": stop.recorded_at, "photos": stop.photos_due})


@require_POST
@answers_json
@door("visits.do")
def photo(request: ActingRequest, stop_id: int) -> JsonResponse:
    """Keep a photo of a record that has arrived."""
    upload = request.FILES.get("photo")
    key = request.POST.get("request_key", "")[:64]
    if upload is None or not key:
        raise Invalid(_("没有收到照片。"))
    kept = actions.add_photo(stop_id, upload, upload.name or "photo.jpg", by=request.actor, now=clock.now(), request_key=key)
    return JsonResponse({"evidence": kept.evidence_id})


def words() -> dict[str, str]:
    """What the form says by itself, in the reader's language."""
    return {
        "offline": _("没有网络，内容保存在本机"),
        "insecure": _("本页须通过安全连接打开，才能在本机保存记录"),
        "unsent": _("未发送 {n} 份"),
        "sending": _("正在发送"),
        "waiting": _("未发送"),
        "delivered": _("已送达 {at}"),
        "held": _("{n} 份未被接收，请查看"),
        "refused": _("未被接收"),
        "door": _("需要重新登录后发送"),
        "nothing": _("没有待发送的记录"),
        "open": _("未记录"),
        "draft": _("草稿，已存本机"),
        "due": _("期限 {at}"),
        "progress": _("“{t}”的进展"),
        "made": _("资料取自 {at}"),
        "placed": _("已取得位置"),
        "no_place": _("未能取得位置，可不填"),
        "drop_photo": _("去掉照片 {n}"),
        "really": _("删除本机上的这份记录和照片？"),
        "late": _("记录已送达，之后的修改没有发送。请复制需要补充的内容到走访页面。"),
        "need_notes": _("请写走访记录，或写明为何未能走访。"),
        "need_due": _("承诺须有期限。"),
        "need_help": _("检查发现须给出指导意见，或写明为何无需帮助。"),
        "both": _("已写问题，不能同时勾选“未发现问题”。"),
        "need_look": _("请写明问题，或勾选“已逐项了解，未发现问题”。"),
    }


def body_of(request: ActingRequest) -> Mapping[str, Any]:
    """The JSON of a request, or Invalid."""
    try:
        told = json.loads(request.body)
    except ValueError:
        raise Invalid(_("没有读懂发送的内容。"), advice=_("请更新页面后重试，内容仍在手机上。")) from None
    if not isinstance(told, dict):
        raise Invalid(_("没有读懂发送的内容。"))
    return told


def report_of(told: Mapping[str, Any]) -> Report:
    """A record as the verb takes it; what has another shape is refused, not guessed."""
    try:
        arrived = parse_datetime(str(told.get("arrived_at", "")))
        if arrived is None or arrived.tzinfo is None:
            raise ValueError("arrived_at")
        place = told.get("place")
        return Report(
            arrived_at=arrived.astimezone(dt.UTC),
            met=str(told.get("met", "")),
            notes=str(told.get("notes", "")),
            missed=str(told.get("missed", "")),
            no_issue=bool(told.get("no_issue")),
            findings=[found_of(one) for one in told.get("findings", ())],
            progress=[(int(one["case"]), str(one["note"])) for one in told.get("progress", ()) if str(one["note"]).strip()],
            explained=[(str(one["key"]), str(one["label"])) for one in told.get("explained", ())],
            place=(int(place[0]), int(place[1])) if place else None,
            photos=min(int(told.get("photos", 0)), 50),
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise Invalid(_("走访记录的格式不对。"), advice=_("请更新页面后重试，内容仍在手机上。")) from None


def found_of(told: Mapping[str, Any]) -> Found:
    """A finding as the verb takes it."""
    due = str(told.get("due_on") or "")
    return Found(
        kind=str(told["kind"]),
        text=str(told["text"]),
        category=str(told.get("category", "")),
        case_id=int(told["case"]) if told.get("case") else None,
        guidance=str(told.get("guidance", "")),
        no_help_reason=str(told.get("no_help_reason", "")),
        due_on=parse_date(due) if due else None,
    )
