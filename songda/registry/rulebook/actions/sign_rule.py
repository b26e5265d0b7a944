"""Sign a rule 签发: every case runs on every evaluator and gives what the officer said it would; then it is never edited."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.engines.match.sight import MatchError
from songda.engines.rules.problem import RuleError
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor
from songda.registry.facts import queries as facts
from songda.registry.rulebook.access import version_to_sign
from songda.registry.rulebook.models import RuleCase, RuleVersion
from songda.registry.rulebook.queries import outcome_of
from songda.registry.rulebook.rules.examples import lacking_examples


@transaction.atomic
def sign_rule(version_id: int, *, by: Actor, now: dt.datetime) -> RuleVersion:
    """Sign a version whose cases are complete (是, 否, boundary, 待核) and come out right on all evaluators."""
    version = version_to_sign(version_id, by)
    refuse_stale(version)
    cases = list(version.cases.all())
    lacks = lacking_examples(cases)
    if lacks:
        raise Invalid(
            _("案例不全，不能签发。"), advice=_("请补上缺少的案例。"), fields={"cases": "".join(lacks)}, code="cases_missing"
        )
    for case in cases:
        refuse_wrong(version, case)
    if RuleVersion.objects.filter(pk=version.pk, signed_at=None).update(signed_by=by.name, signed_at=now) != 1:
        raise Conflict(_("这个版本已经签发。"))
    version.refresh_from_db()
    record("rule.sign", version, by=by, now=now, after={"digest": version.digest, "cases": len(cases)})
    return version


@transaction.atomic
def take_effect(version_id: int, *, on: dt.date, by: Actor, now: dt.datetime) -> RuleVersion:
    """Date a signed version from a day on; the version in force before it ends the day before."""
    version = version_to_sign(version_id, by)
    if version.signed_at is None:
        raise Conflict(_("规则尚未签发，不能生效。"), advice=_("请先签发规则。"))
    older = RuleVersion.objects.filter(rule=version.rule, ends_on=None).exclude(starts_on=None).exclude(pk=version.pk)
    older.update(ends_on=on - dt.timedelta(days=1))
    RuleVersion.objects.filter(pk=version.pk).update(starts_on=on, ends_on=None)
    version.refresh_from_db()
    record("rule.take_effect", version, by=by, now=now, after={"starts_on": str(on)})
    return version


def refuse_stale(version: RuleVersion) -> None:
    """A signed version is done; one read under another catalogue must be read again."""
    if version.signed_at is not None:
        raise Conflict(_("这个版本已经签发。"), advice=_("要改动请另起新版本。"))
    if version.catalogue_digest != facts.catalogue_digest(version.rule.context):
        raise Conflict(_("起草之后事实目录有变动。"), advice=_("请重新保存规则文本，核对无误后再签发。"))


def refuse_wrong(version: RuleVersion, case: RuleCase) -> None:
    """A rule that cannot be matched, evaluators that disagree, another answer or amount: refused with the case's name."""
    try:
        outcome = outcome_of(version, case)
    except (MatchError, RuleError) as error:
        message = _("案例“%(name)s”不能运行：%(why)s") % {"name": case.name, "why": str(error)}
        raise Invalid(message, fields={"cases": message}, code="case_not_run") from error
    if not outcome.agree:
        said = "、".join(f"{name}{found}" for name, found in outcome.answers.items())
        message = _("案例“%(name)s”各求值器结果不一致：%(said)s。") % {"name": case.name, "said": said}
        raise Invalid(message, advice=_("请联系系统管理员：这是程序缺陷。"), code="evaluators_disagree")
    if outcome.message:
        message = _("案例“%(name)s”：%(said)s。") % {"name": case.name, "said": outcome.message}
        raise Invalid(message, advice=_("请核对规则与案例哪个有误。"), fields={"cases": message}, code="case_wrong")
