"""Every refusal in the one shape: those of our own tree, of the framework, of an address that is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from songda.kernel.api.shapes import SENSELESS, refused_words
from songda.kernel.errors import Invalid, NotFound, Refused, SongdaError, Unidentified
from songda.portal.faults import told_to_program

View = Callable[..., HttpResponseBase]


class Unreadable(Invalid):
    """Not of the shape that is asked for."""

    code = "unreadable"
    http = 422


class WrongMethod(Refused):
    """The address is there, and takes other methods."""

    code = "wrong_method"
    http = 405


def answer_with(api: NinjaAPI) -> None:
    """Teach the framework our shape. What it does not know goes on, to the page of faults."""
    handlers: dict[type[Exception], Any] = {
        SongdaError: told_to_program, ValidationError: unreadable, HttpError: of_framework, Http404: missing, Exception: on,
    }  # fmt: skip
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422 for a wrong shape, 400 for a right shape with a senseless value; never what was sent."""
    fields = {".".join(str(part) for part in one["loc"][1:])[:200] or "body": refused_words(one["type"]) for one in error.errors}
    shape = Invalid if all(one["type"] == SENSELESS for one in error.errors) else Unreadable
    advice = _("请按接口说明核对。")
    return told_to_program(request, shape(_("发送的内容不合要求。"), advice=advice, fields=fields))


def of_framework(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework refuses itself: a body that is no JSON, a missing token."""
    if error.status_code == 401:
        return told_to_program(request, Unidentified(_("没有令牌，或令牌不正确。")))
    return told_to_program(request, Invalid(_("这个请求读不懂，没有办理。"), advice=_("请发送 JSON。"), code="no_json"))


def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """404 for an address that is none."""
    del error
    return told_to_program(request, NotFound(_("没有这个地址。"), advice=_("请按接口说明核对。")))


def on(request: HttpRequest, error: Exception) -> HttpResponse:
    """A fault of ours: not answered here."""
    del request
    raise error


def shaped(*views: View) -> View:
    """Round the views of one address (several rooms may take different methods there): a method that none takes is refused in our
    shape, too."""

    @csrf_exempt
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        allowed: set[str] = set()
        for view in views:
            answer = view(request, *args, **kwargs)
            if answer.status_code != 405:
                return answer
            allowed |= set(answer["Allow"].split(", "))
        told = told_to_program(request, WrongMethod(_("这个地址不接受此种方法。"), advice=_("请按接口说明核对。")))
        told["Allow"] = ", ".join(sorted(allowed))
        return told

    return answered
