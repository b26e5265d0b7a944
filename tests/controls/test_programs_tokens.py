"""Controls on tokens: only a digest is kept, what ended opens nothing, no more than the post may, from named addresses alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.utils.functional import Promise

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Invalid, NotFound, NotPermitted, Refused, Unidentified
from songda.registry.people.models import Account, Post
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW
from songda.registry.programs import access, actions, queries, rules
from songda.registry.programs.models import Answered, Token

HERE = "10.1.2.3"
LATER = DAY + dt.timedelta(days=30)


def made(actor, *scopes, **more):
    given = {"name": "取数", "scopes": scopes or rules.open_to(actor.permissions), "expires_on": LATER, **more}
    return actions.make_token(actions.Given(**given), by=actor, now=NOW)


def let_in(text, *, address=HERE, now=NOW):
    return actions.let_in(text, address=address, now=now)


def everything_kept():
    rows = [*Token.objects.all(), *AuditEntry.objects.all()]
    return serializers.serialize("json", rows)


def test_the_secret_is_kept_nowhere_and_would_be_without_the_digest(cast, monkeypatch):
    text = made(cast.street).text
    secret = rules.read(text)[1]
    assert secret not in everything_kept()
    assert let_in(text).actor.post_id == cast.street.post_id
    monkeypatch.setattr(rules, "digest_of", lambda secret: secret)
    assert rules.read(made(cast.street).text)[1] in everything_kept()


def test_a_wrong_secret_opens_nothing_and_would_without_the_comparison(cast, monkeypatch):
    text = made(cast.street).text
    forged = text[:-4] + ("0000" if text[-4:] != "0000" else "1111")
    for wrong in ("", "sda_", forged, text + "0", text.replace("sda_", "sdb_")):
        with pytest.raises(Unidentified):
            let_in(wrong)
    assert Token.objects.get().refused == 0  # who has not the secret is not counted against the token
    monkeypatch.setattr(rules, "same", lambda secret, digest: True)
    assert let_in(forged)


def test_a_revoked_token_ends_at_once_and_would_go_on_without_the_check(cast):
    one = made(cast.street)
    actions.revoke_token(one.token.pk, by=cast.street, now=NOW)
    with pytest.raises(Unidentified) as refusal:
        let_in(one.text)
    assert refusal.value.code == "token_revoked"
    assert Token.objects.get().refused == 1
    Token.objects.update(revoked_at=None)
    assert let_in(one.text)


def test_a_token_ends_on_its_day(cast):
    one = made(cast.street)
    before, on_the_day = (NOW.replace() + dt.timedelta(days=days) for days in (29, 30))
    assert let_in(one.text, now=before)
    with pytest.raises(Unidentified):
        let_in(one.text, now=on_the_day)
    for day in (DAY, DAY + rules.LONGEST + dt.timedelta(days=1)):
        with pytest.raises(Invalid):
            made(cast.street, expires_on=day)


def test_an_ended_post_ends_its_tokens_and_would_not_if_the_post_were_not_asked(cast, monkeypatch):
    one = made(cast.street)
    Post.objects.filter(pk=cast.street.post_id).update(ends_on=DAY)
    with pytest.raises(Unidentified) as refusal:
        let_in(one.text)
    assert refusal.value.code == "post_ended"
    monkeypatch.setattr(queries.people, "posts_of", lambda holder, on: Post.objects.filter(person_id=holder))
    monkeypatch.setattr(queries.people, "actor_for", lambda post, *, on: cast.street)
    assert let_in(one.text)


def test_a_closed_account_ends_its_tokens_and_would_not_without_the_check(cast, monkeypatch):
    one = made(cast.street)
    Account.objects.filter(pk=cast.street.account_id).update(is_active=False)
    with pytest.raises(Unidentified):
        let_in(one.text)
    monkeypatch.setattr(queries, "stands", lambda post, on: True)
    assert let_in(one.text)


def test_a_token_does_what_both_post_and_scopes_allow(cast):
    one = made(cast.street, "subjects.see", "facts.edit")
    assert let_in(one.text).actor.permissions == {"subjects.see", "facts.edit"}
    Post.objects.filter(pk=cast.street.post_id).update(role=Role.LEADER)  # whose role changes, narrows at the next call
    assert let_in(one.text).actor.permissions == {"subjects.see"}
    Token.objects.update(scopes=["subjects.see", "facts.edit", "people.edit"])  # and the table itself widens nothing
    assert let_in(one.text).actor.permissions == {"subjects.see"}


def test_scopes_stay_within_the_post_and_would_not_without_the_check(cast, monkeypatch):
    for wrong in (["figures.edit"], ["people.edit"], []):
        with pytest.raises(Invalid):
            actions.make_token(actions.Given("取数", wrong, LATER), by=cast.street, now=NOW)
    monkeypatch.setattr(rules, "checked_scopes", lambda asked, permissions: list(asked))
    assert actions.make_token(actions.Given("取数", ["people.edit"], LATER), by=cast.street, now=NOW)


@pytest.mark.parametrize("part", ["system_admin", "audit_admin"])
def test_administrators_can_give_programs_nothing_of_the_business(cast, part):
    assert not set(rules.open_to(getattr(cast, part).permissions)) - {"organisations.see"}


def test_a_token_comes_from_its_addresses_and_would_from_any_without_the_list(cast):
    one = made(cast.street, networks="10.1.0.0/16\n2001:db8::/32")
    assert let_in(one.text, address="10.1.255.1")
    assert let_in(one.text, address="2001:db8::7")
    for elsewhere in ("10.2.0.1", "", "nonsense"):
        with pytest.raises(NotPermitted):
            let_in(one.text, address=elsewhere)
    assert Token.objects.get().refused == 3
    with pytest.raises(Invalid):
        made(cast.street, networks="10.1.0.0/99")
    Token.objects.update(networks=[])
    assert let_in(one.text, address="10.2.0.1")


def test_others_tokens_are_out_of_sight_and_would_be_seen_without_the_scope(cast, monkeypatch):
    one = made(cast.street).token
    for stranger in (cast.stranger, cast.dispatcher, cast.system_admin, cast.audit_admin):
        with pytest.raises(NotFound):
            actions.revoke_token(one.pk, by=stranger, now=NOW)
    with monkeypatch.context() as without:
        without.setattr(access, "visible_to", lambda actor: Token.objects.all())
        assert access.token_for(one.pk, cast.stranger)
    assert actions.revoke_token(one.pk, by=cast.security_admin, now=NOW).revoked_by_id == cast.security_admin.post_id


def test_making_and_revoking_are_in_the_trail(cast):
    one = made(cast.street).token
    actions.revoke_token(one.pk, by=cast.security_admin, now=NOW)
    assert list(AuditEntry.objects.values_list("action", "post_id")) == [
        ("token.make", cast.street.post_id),
        ("token.revoke", cast.security_admin.post_id),
    ]


def test_use_is_noted_once_a_minute(cast):
    one = made(cast.street)
    for seconds in (0, 20, 59):
        let_in(one.text, now=NOW + dt.timedelta(seconds=seconds))
    assert Token.objects.get().used_at == NOW
    let_in(one.text, now=NOW + dt.timedelta(seconds=60), address="10.9.9.9")
    assert Token.objects.get().used_from == "10.9.9.9"


def test_every_scope_is_a_right_of_some_post():
    from songda.registry.people.rules import PERMISSIONS

    held = {right for rights in PERMISSIONS.values() for right in rights}
    assert set(rules.SCOPES) <= held
    assert not set(rules.SCOPES) & {
        "people.edit",
        "system.configure",
        "audit.see",
        "policy.publish",
        "push.send",
        "bulletins.publish",
        "returns.approve",
        "returns.accept",
    }
    assert all(isinstance(label, Promise) for label in rules.SCOPES.values())


def two_answers(token):
    with transaction.atomic():
        for _ in range(2):
            Answered.objects.create(token=token, key="k" * 8, asked="a", claim="c", made_at=NOW)
    return Answered.objects.count()


def test_a_key_has_one_answer_and_would_have_two_without_the_index(cast):
    token = made(cast.street).token
    with pytest.raises(IntegrityError):
        two_answers(token)
    constraint = Answered._meta.constraints[0]
    editor = connection.schema_editor()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # an unconditional constraint stands in the table: the same table without it
            cursor.execute("CREATE TABLE bare AS SELECT * FROM programs_answered WHERE 0")
            cursor.execute("INSERT INTO bare (token_id, key) VALUES (1, 'k'), (1, 'k')")
            cursor.execute("SELECT count(*) FROM bare")
            assert cursor.fetchone() == (2,)
        return
    editor.execute(str(constraint.remove_sql(Answered, editor)))
    assert two_answers(token) == 2


def test_refusals_are_our_own(cast):
    assert issubclass(Unidentified, Refused)
    assert Unidentified("").http == 401
