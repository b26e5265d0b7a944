"""`/api/v1`: the rooms' endpoints, their description, and an answer in our shape for every other address below `/api/`."""

from __future__ import annotations

from importlib import import_module

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path, re_path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from songda.kernel.doors import PUBLIC, SIGNED_IN, declares, door
from songda.kernel.errors import NotFound
from songda.portal.api import pages
from songda.portal.api.answers import View, answer_with, shaped
from songda.portal.api.entrance import entrance

ROOMS = (
    ("songda.registry.programs", gettext_lazy("令牌")),
    ("songda.registry.organisations", gettext_lazy("机构")),
    ("songda.registry.codes", gettext_lazy("字典")),
    ("songda.registry.subjects", gettext_lazy("主体")),
    ("songda.registry.facts", gettext_lazy("事实")),
    ("songda.office.dispatch", gettext_lazy("事实")),
    ("songda.deliveries.policy.library", gettext_lazy("措施")),
    ("songda.deliveries.policy.matching", gettext_lazy("判定")),
    ("songda.deliveries.policy.push", gettext_lazy("推送与送达")),
    ("songda.ledger.notices", gettext_lazy("推送与送达")),
    ("songda.ledger.cases", gettext_lazy("事项")),
    ("songda.deliveries.service.demands", gettext_lazy("诉求")),
    ("songda.office.indicators", gettext_lazy("指标")),
    ("songda.office.returns", gettext_lazy("报送")),
    ("songda.office.bulletins", gettext_lazy("简报")),
)
"""The rooms with an `api.py`, and under which heading the description lists them."""


def assembled() -> NinjaAPI:
    """The API of all rooms."""
    made = NinjaAPI(title="Songda", version="v1", urls_namespace="api-v1", docs_url=None, openapi_url=None)
    made.add_decorator(entrance, mode="view")
    answer_with(made)
    for room, label in ROOMS:
        made.add_router("", import_module(f"{room}.api").router, tags=[str(label)])
    return made


API = assembled()


@csrf_exempt
@door(PUBLIC)
def nowhere(request: HttpRequest) -> HttpResponse:
    """Any other address below `/api/`."""
    del request
    raise NotFound(_("没有这个地址。"), advice=_("请按接口说明核对。"))


def endpoints() -> list[URLPattern]:
    """The addresses of the rooms. Who may call is each operation's own to say (`kernel.api.doors`), in the name of a token."""
    views: dict[str, list[View]] = {}
    for one in API.urls[0]:
        if isinstance(one, URLPattern) and one.name != "api-root":
            views.setdefault(str(one.pattern), []).append(one.callback)
    return [path(route, declares(SIGNED_IN)(shaped(*found))) for route, found in views.items()]


urlpatterns = [
    path("v1/openapi.json", pages.openapi, {"api": API}),
    path("v1/docs", pages.docs),
    path("v1/", include(endpoints())),
    re_path("", nowhere),
]
