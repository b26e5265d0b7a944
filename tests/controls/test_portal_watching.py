"""Controls of watching and configuration: each holds while it stands, and lets the bad thing happen when it is taken away."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.test import Client

from songda.kernel import logs
from songda.kernel.audit.models import AuditEntry
from songda.portal import faults
from songda.portal.configuration import showing
from songda.portal.watching import pages, tallies
from songda.portal.watching.tallies import Tally, total


@pytest.mark.django_db
def test_the_figures_of_the_house_are_kept_from_strangers_only_by_the_check(settings, monkeypatch, tmp_path) -> None:
    settings.HOME = tmp_path
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    assert stranger.get("/metrics").status_code == 403
    monkeypatch.setattr(pages, "may_measure", lambda _request: True)
    assert stranger.get("/metrics").status_code == 200


@pytest.mark.django_db
def test_a_forged_address_stays_out_of_the_trail_only_because_no_proxy_is_believed(settings) -> None:
    forged = {"HTTP_X_FORWARDED_FOR": "198.51.100.7"}
    Client().post("/sign-in/", {"username": "nobody", "password": "wrong"}, **forged)
    assert AuditEntry.objects.latest("pk").origin == "127.0.0.1"
    settings.PROXIES = 1
    Client().post("/sign-in/", {"username": "nobody", "password": "wrong"}, **forged)
    assert AuditEntry.objects.latest("pk").origin == "198.51.100.7"


def test_login_names_stay_out_of_the_log_only_by_the_rule_of_patterns(monkeypatch) -> None:
    told = logging.LogRecord("axes.handlers", logging.WARNING, "", 1, "locked out %s", ("示例登录名",), None)
    assert "示例登录名" not in logs.JsonLines().format(told)
    monkeypatch.setattr(logs, "message_of", logging.LogRecord.getMessage)
    assert "示例登录名" in logs.JsonLines().format(told)


def test_the_password_of_the_database_is_masked_only_by_the_pattern(monkeypatch) -> None:
    address = {"DATABASE_URL": "postgresql://songda:pass-word@db/songda"}
    assert "pass-word" not in str(showing.effective(address))
    monkeypatch.setattr(showing, "shown", lambda _variable, given: given)
    assert "pass-word" in str(showing.effective(address))


def test_the_figures_of_a_living_process_are_left_to_it_only_because_it_is_looked_for(tmp_path: Path, monkeypatch) -> None:
    Tally(tmp_path).add(("x",))
    assert tallies.ended_in(tmp_path) == []
    monkeypatch.setattr(tallies, "is_running", lambda _pid: False)
    assert len(tallies.ended_in(tmp_path)) == 1  # it would be counted twice: by its owner, and by who took it over
    assert total(tmp_path) == {("x",): 1.0}


@pytest.mark.django_db
def test_a_fault_is_told_without_queries_only_because_its_page_stands_alone(
    cast, django_assert_num_queries, monkeypatch, rf
) -> None:
    request = rf.get("/")
    request.actor, request.id = cast.street, "abc"
    with django_assert_num_queries(0):
        alone = faults.broken(request).content.decode()
    assert "navbar-vertical" not in alone
    whole = faults.refusal_page
    monkeypatch.setattr(faults, "refusal_page", lambda request, error, **_asked: whole(request, error))
    assert "navbar-vertical" in faults.broken(request).content.decode()
