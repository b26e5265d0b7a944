"""The audit administrator's pages."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.audit import actions
from songda.kernel.audit.models import AuditEntry
from songda.registry.people.tests.cast import enter

pytestmark = pytest.mark.urls("songda.kernel.audit.urls")
NOW = dt.datetime(2020, 3, 10, 2, tzinfo=dt.UTC)


def test_the_trail_is_read_filtered_and_its_reading_kept(client, cast):
    actions.record("subject.rename", cast.firm, by=cast.street, now=NOW, before={"name": "旧名"}, after={"name": "新名"})
    actions.record("fact.record", cast.firm, by=cast.desk, now=NOW)
    enter(client, cast.audit_admin)
    page = client.get("/audit/", {"action": "subject."})
    assert [entry.action for entry in page.context["page"].rows] == ["subject.rename"]
    assert "新名" in page.content.decode()
    reading = AuditEntry.objects.get(action="audit.read")
    assert (reading.account_id, reading.after) == (cast.audit_admin.account_id, {"action": "subject."})


def test_verification_is_shown_and_kept(client, cast):
    actions.record("fact.record", cast.firm, by=cast.desk, now=NOW)
    actions.seal(NOW)
    enter(client, cast.audit_admin)
    assert "核验通过" in client.post("/audit/verify/").content.decode()
    assert "截去" in client.post("/audit/verify/", {"head": "0" * 64}).content.decode()
    assert [row.after["holds"] for row in AuditEntry.objects.filter(action="audit.verify")] == [True, False]


def test_nobody_else_reads_it(client, cast):
    for part in (cast.system_admin, cast.security_admin, cast.leader, cast.dispatcher, cast.clerk):
        enter(client, part)
        assert client.get("/audit/").status_code == 403
        assert client.post("/audit/verify/").status_code == 403
