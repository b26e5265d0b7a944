"""Forms as packs declare them."""

import copy
import datetime as dt

from songda.office.indicators.models import IndicatorVersion
from songda.office.indicators.rules.definitions import definition_of
from songda.office.returns import actions, packs
from songda.office.returns.models import FormVersion, Return
from songda.office.returns.tests.ground import MONDAY
from songda.registry.actors import system


def test_every_rule_is_parsed_and_what_it_names_exists(ground):
    known = {one.code: definition_of(one.body) for one in IndicatorVersion.objects.all()}
    body = FormVersion.objects.get().body
    assert packs.faults_of({"forms": [body]}, known, ["bureau-a"]) == ()
    wrong = copy.deepcopy(body)
    wrong["rules"][0]["text"] = "检查企业 = 合格家数 + 整改企业"
    ((where, fault),) = packs.faults_of({"forms": [wrong]}, known, ["bureau-a"])
    assert where == ("forms", 0, "rules", 0) and "分项等于合计" in fault
    mixed = copy.deepcopy(body)
    mixed["rules"][0]["text"] = "检查企业 = 到岗人数"  # firms are not people
    assert packs.faults_of({"forms": [mixed]}, known, ["bureau-a"])
    assert "没有机构 bureau-a" in packs.faults_of({"forms": [body]}, known, [])[0][1]
    assert packs.faults_of({"forms": [body]}, {}, ["bureau-a"])[0][0] == ("forms", 0, "lines", 0, "indicator")
    assert (("forms", 1, "code"), f"报表代码重复：{body['code']}") in packs.faults_of(
        {"forms": [body, body]}, known, ["bureau-a"]
    )


def test_a_changed_form_is_a_new_version_that_waits_for_no_filled_return(ground):
    body = FormVersion.objects.get().body
    by = system()
    assert packs.load([{"forms": [body]}], by=by, now=MONDAY) == 0
    friday = Return.objects.order_by("last").first()
    ground.fill(of=friday)
    changed = body | {"label": "示例日报（改）"}
    assert packs.load([{"forms": [changed]}], by=by, now=MONDAY) == 1
    assert Return.objects.get(pk=friday.pk).form.number == 1
    assert Return.objects.get(pk=ground.one.pk).form.number == 2
    assert packs.load([{"forms": []}], by=by, now=MONDAY) == 1
    assert not Return.objects.filter(pk=ground.one.pk).exists()  # owed no longer; those of the past stay
    assert Return.objects.filter(pk=friday.pk).exists()
    assert actions.expect_returns(now=MONDAY + dt.timedelta(days=1)) == 0
