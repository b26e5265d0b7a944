"""Controls of the register: one code one subject, one merge at a time, no entry outside one's area."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

import pytest
from django.db import IntegrityError, connection, transaction

from songda.kernel.errors import Conflict, NotPermitted
from songda.registry.subjects import access
from songda.registry.subjects.actions import NewSubject, merge_subjects, register_subject
from songda.registry.subjects.models import Merge, Subject
from songda.registry.subjects.rules import uscc
from songda.registry.subjects.tests.cast import NOW, clerk, firm, place
from tests.controls.opened import unique_off

CODE = uscc.complete("91990100MA000001")


@contextmanager
def codes_may_repeat() -> Iterator[None]:
    """The table without the unique index on the credit code."""
    field = Subject._meta.get_field("uscc")
    plain = copy(field)
    plain._unique = False
    with connection.schema_editor() as editor:
        editor.alter_field(Subject, field, plain)
    try:
        yield
    finally:
        Subject.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.alter_field(Subject, plain, field)


@pytest.mark.row("SUP-01")
@pytest.mark.django_db(transaction=True)
def test_a_code_stands_once_and_would_stand_twice_without_the_index():
    here = place()
    firm("示例一厂", here.erqi, CODE)
    with pytest.raises(Conflict):
        firm("示例二厂", here.erqi, CODE)
    with codes_may_repeat():
        firm("示例二厂", here.erqi, CODE)
        assert Subject.objects.filter(uscc=CODE).count() == 2


@pytest.mark.row("SUP-01")
@pytest.mark.django_db
def test_a_row_is_merged_once_at_a_time_and_would_be_merged_twice_without_the_index():
    here = place()
    kept, other, merged = firm("示例一厂", here.erqi), firm("示例二厂", here.erqi), firm("示例三厂", here.erqi)
    merge_subjects(kept.pk, merged.pk, reason="同一企业", by=clerk("4101/"), now=NOW)

    def again():
        with transaction.atomic():
            return Merge.objects.create(kept=other, merged=merged, reason="又一次", merged_at=NOW)

    with pytest.raises(IntegrityError):
        again()
    with unique_off(Merge, "merged_once_at_a_time"):
        assert again().pk


@pytest.mark.django_db
def test_nobody_enters_subjects_elsewhere_and_anybody_would_without_the_check(monkeypatch):
    here = place()
    new = NewSubject("enterprise", "示例一厂", here.gaoxin.pk)
    with pytest.raises(NotPermitted):
        register_subject(new, by=clerk("4101/03/"), now=NOW)
    monkeypatch.setattr(access, "check_area", lambda path, actor: None)
    assert register_subject(new, by=clerk("4101/03/"), now=NOW).pk
