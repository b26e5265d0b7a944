"""What a person sees when a request is not done: one page for refusals and faults, with the request's id.

A fragment where htmx asked, one JSON object where a program asked for JSON. What the database has to do with is answered without
asking it anything: no menu, no name, no messages.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from psycopg_pool import PoolTimeout

import songda
from songda.kernel.errors import Invalid, NotFound, NotPermitted, SongdaError, TooMany, Unavailable
from songda.kernel.room import is_full

OUT_OF_REACH = (OperationalError, InterfaceError, PoolTimeout)
RETRY_AFTER = 10  # seconds after which a page that was unavailable may be asked for again
logger = logging.getLogger("songda.faults")


class Fault(SongdaError):
    """Something of ours went wrong; nobody's request is at fault."""

    code = "fault"


class NoRoom(Unavailable):
    """The disk takes nothing more."""

    code = "no_room"
    http = 507


def refusal_page(request: HttpRequest, error: SongdaError, *, alone: bool = False) -> HttpResponse:
    """The page of a refusal, in the shape that was asked for; `alone`: without menu and name, and without any query."""
    if request.path.startswith("/api/") or request.headers.get("Accept", "").startswith("application/json"):
        answer: HttpResponse = told_to_program(request, error)
    elif request.headers.get("HX-Request"):
        answer = HttpResponse(render_to_string("screens/refused_part.html", bare(request, error)), status=error.http)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#refused", "innerHTML"
    elif alone:
        answer = HttpResponse(render_to_string("refused.html", bare(request, error)), status=error.http)
    else:
        answer = render(request, "refused.html", {"error": error}, status=error.http)
    if error.retry and error.http == 503:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def told_to_program(request: HttpRequest, error: SongdaError) -> HttpResponse:
    """The refusal as one JSON object."""
    told = {**error.as_dict(), "request_id": getattr(request, "id", "")}
    return JsonResponse({"error": told}, status=error.http)


def bare(request: HttpRequest, error: SongdaError) -> dict[str, object]:
    """What the page says of itself without asking the database."""
    return {
        "error": error,
        "request": request,
        "product": _("送达"),
        "product_version": songda.__version__,
        "demonstration": settings.DEMONSTRATION,
        "bare": True,
    }


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent cannot be read."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        error = Invalid(_("发送的内容太大，没有收下。"), advice=_("请减小文件或分几次发送。"))
    else:
        error = Invalid(_("这个请求读不懂，没有办理。"), advice=_("请回到上一页重试；仍不行时，请把请求编号告诉系统管理员。"))
    return refusal_page(request, error)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    del exception
    return refusal_page(request, NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("请切换岗位，或联系安全管理员。")))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was not sent from a page of ours, or from one that stood open too long."""
    del reason
    error = NotPermitted(_("页面停留过久，或不是从本系统的页面提交，没有办理。"), advice=_("请回到上一页，刷新后再提交。"))
    return refusal_page(request, error)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page; whether there is such a thing is not said."""
    del exception
    return refusal_page(request, NotFound(_("没有这个页面，或者它不在您的范围内。"), advice=_("请检查地址，或从首页重新进入。")))


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *_rest: object, **_more: object) -> HttpResponse:
    """429: too many wrong passwords for this name from this address."""
    del credentials
    said = _("连续 %(n)d 次登录名或口令不正确，此登录名在本地址上锁定半小时。") % {"n": settings.AXES_FAILURE_LIMIT}
    advice = _("半小时后可再试；忘记口令请联系安全管理员重置。若不是您本人操作，请告知安全管理员。")
    return refusal_page(request, TooMany(said, advice=advice))


def broken(request: HttpRequest) -> HttpResponse:
    """500; 503 where the database did not answer, which passes by itself; 507 where the disk is full."""
    found = sys.exc_info()[1]
    match = getattr(request, "resolver_match", None)
    logger.error(
        "fault", exc_info=found, extra={"told": {"pattern": f"/{match.route}" if match else "", "method": request.method}}
    )
    if is_full(found):
        vars(request).pop("session", None)
        error: SongdaError = NoRoom(
            _("服务器磁盘已满，没有办理，也没有存下任何内容。"),
            advice=_("请联系系统管理员腾出空间；腾出后重新提交即可，不必重启。"),
        )
    elif isinstance(found, OUT_OF_REACH) or type(found) is DatabaseError:  # the plain kind: the file is no database (any longer)
        vars(request).pop("session", None)  # on the way out it would be asked for again, and waited for again
        error = Unavailable(
            _("系统暂时不可用：数据库没有应答。"), advice=_("刚才提交的内容可能没有保存；请稍后再试，再看一看是否已经办理。")
        )
    else:
        error = Fault(_("系统出了问题，已记录。"), advice=_("请稍后再试；仍不行时，请把请求编号告诉系统管理员。"))
    return refusal_page(request, error, alone=True)
