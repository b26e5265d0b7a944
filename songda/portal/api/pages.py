"""The description of the API, for machines and for people."""

from __future__ import annotations

import json
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.responses import NinjaJSONEncoder

from songda.kernel.doors import PUBLIC, SIGNED_IN, door


@door(PUBLIC)
def openapi(request: HttpRequest, api: NinjaAPI) -> HttpResponse:
    """The description. Public: it says nothing of any firm, the source is open, and who generates a client has no session."""
    del request
    return HttpResponse(described(api), content_type="application/json")


@cache
def described(api: NinjaAPI) -> str:
    """The description as JSON, worked out once: it takes a tenth of a second, and anybody may ask."""
    return json.dumps(api.get_openapi_schema(path_prefix="api/v1/"), cls=NinjaJSONEncoder, ensure_ascii=False)


@door(SIGNED_IN)
def docs(request: HttpRequest) -> HttpResponse:
    """The same to read and to try, from our own files alone."""
    return render(request, "api/docs.html")
