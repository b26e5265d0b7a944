"""A page of rows behind a number, whatever room they are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from songda.kernel.screens.paging import Page, page_of, page_of_rows
from songda.office.indicators.rules.sources import RowsBehind
from songda.registry.requests import ActingRequest


def lines_page(request: ActingRequest, behind: RowsBehind, given: Mapping[str, Any]) -> HttpResponse:
    """Heads and lines; the rows of a queryset by keyset, of a list by place."""
    page: Page[Any]
    if isinstance(behind.rows, QuerySet):
        page = page_of(behind.rows, request, total=behind.total)
    else:
        page = page_of_rows(behind.rows, request)
    told = replace(page, rows=[(line[0], line[1:]) for line in behind.lines(page.rows)])
    return render(request, "indicators/rows.html", {**given, "page": told, "head": behind.head})
