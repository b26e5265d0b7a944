"""What of a firm's data goes into its export 企业数据导出: a sheet a table, and the tables left out with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: `path` leads from its rows to the firm, `only` says which of them are for the firm, `unless` which are not.

    Columns of officers and other persons are withheld by their names (`WITHHELD`); `own` lets some through that are not of persons,
    or are the firm's own; `withheld` holds further ones back.
    """

    model: str
    path: str
    only: Mapping[str, object] = field(default_factory=dict)
    unless: Mapping[str, object] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


WITHHELD: Final = re.compile(
    r"_(by|name|key|digest|core)$|^(account_id|post_id|key|path|area_path|wake_at|blue_at|yellow_at|pressing_at|moved_at|rank|version"
    r"|failures|trouble|attempts|asks|next_at|held|lane|serial|number_key|body_digest|merged_into)$"
)
"""Columns of keys, digests, workings and of who did what: none of them is the firm's."""
OPEN: Final = {"evidence__office_only": False}
STEPS: Final = ("name", "for_name", "note", "used")

SHEETS: Final = (
    Sheet("subjects.Subject", "pk"),
    Sheet("subjects.Alias", "subject"),
    Sheet("subjects.Merge", "kept"),
    Sheet("subjects.Belonging", "subject"),
    Sheet("people.Contact", "subject", own=("address", "holder")),
    Sheet("people.Post", "subject", withheld=("person",)),
    Sheet("people.Assignment", "subject"),
    Sheet("places.Place", "subject"),
    Sheet("facts.Fact", "subject", only={"fact__personal": False}),
    Sheet("notices.Notice", "subject", withheld=("cause",)),
    Sheet("notices.NoticeLine", "subject"),
    Sheet("notices.NoticeDelivery", "notice__subject", withheld=("provider_id", "contact")),
    Sheet("evidence.Evidence", "subject", only={"office_only": False}),
    Sheet("papers.Paper", "subject", only={"readers": "firm", "state__in": ("issued", "withdrawn")}, withheld=("columns",)),
    Sheet("cases.Case", "subject", withheld=("proposed_by",)),
    Sheet("cases.CaseStep", "case__subject", withheld=STEPS),
    Sheet("cases.CaseEvidence", "case__subject", only=OPEN),
    Sheet("cases.Party", "case__subject", withheld=("reason",)),
    Sheet("cases.CaseClock", "case__subject"),
    Sheet("cases.Word", "case__subject", withheld=("name",)),
    Sheet("mirrors.Reference", "case__subject", withheld=("own_state",)),
    Sheet("policy_guides.Subscription", "subject"),
    Sheet("policy_matching.Match", "subject"),
    Sheet("policy_receipts.Recipient", "subject"),
    Sheet("policy_receipts.Receipt", "recipient__subject", withheld=("name", "receiver")),
    Sheet("policy_briefings.Explanation", "subject", withheld=("name",)),
    Sheet("policy_briefings.Registration", "subject"),
    Sheet("policy_briefings.Attendance", "subject"),
    Sheet("policy_briefings.LetterCopy", "subject"),
    Sheet("policy_briefings.Question", "subject"),
    Sheet("service_visits.Stop", "subject", unless={"visit__state": "planned"}, withheld=("notes",)),
    Sheet("service_visits.Finding", "stop__subject"),
    Sheet("service_visits.TakenUp", "stop__subject"),
    Sheet("service_visits.Explained", "stop__subject"),
    Sheet("service_visits.StopEvidence", "stop__subject", only=OPEN),
    Sheet("service_visits.Approach", "subject", withheld=("extra_reason", "approval_reason")),
    Sheet("service_visits.Plan", "subject", unless={"state": "draft"}),
    Sheet("service_visits.PlanLine", "plan__subject", unless={"plan__state": "draft"}),
    Sheet("service_visits.Production", "subject"),
    Sheet("service_visits.ProductionWeek", "production__subject"),
    Sheet("service_helping.Enquiry", "subject"),
    Sheet("service_helping.Feedback", "subject"),
    Sheet("service_helping.PowerOfAttorney", "subject"),
    Sheet("service_helping.Usage", "subject"),
    Sheet("service_helping.Charge", "subject"),
    Sheet("service_helping.Station", "subject"),
    Sheet("service_helping.Guidance", "station__subject", withheld=("name",)),
    Sheet("service_helping.DelaySpan", "case__subject", withheld=("decision_note",)),
    Sheet("service_markets.MarketPlan", "subject", only={"state__in": ("published", "superseded")}),
    Sheet("service_markets.Stall", "plan__subject", only={"plan__state__in": ("published", "superseded")}),
    Sheet("service_markets.Placement", "stall__plan__subject", only={"stall__plan__state__in": ("published", "superseded")}),
    Sheet("resumption.Entry", "subject"),
    Sheet("resumption.Excess", "subject"),
    Sheet("resumption.Lamp", "subject"),
    Sheet("resumption.StopOrder", "subject"),
    Sheet("resumption.Arrival", "subject", own=("from_name",)),
    Sheet("retention.FirmExport", "subject", withheld=("file",)),
)

OFFICERS = "机关人员与单位自身的工作记录，经岗位相连，不是企业的数据"
INSIDE = "机关内部督促与研究过程，不向当事人提供"
PUBLISHED = "公开发布的政策或数据，企业可直接查阅"
ACCESS = "登录与接口凭据"

LEFT_OUT: Final = {
    "people.Absence": OFFICERS,
    "people.OpenSession": ACCESS,
    "programs.Token": ACCESS,
    "programs.Answered": ACCESS,
    "programs.Spending": ACCESS,
    "notices.Hook": ACCESS,
    "alarms.Alarm": "运行告警，不是企业的数据",
    "papers.PaperRow": "清单各行涉及其他企业",
    "cases.Alert": INSIDE,
    "cases.Export": OFFICERS,
    "mirrors.Message": "机关之间的原始报文，内容已在“外部编号”与事项中",
    "policy_library.ContactCard": PUBLISHED,
    "policy_plans.PlanRow": PUBLISHED,
    "policy_plans.PlanRow_support": PUBLISHED,
    "policy_guides.GuideLine": PUBLISHED,
    "policy_watch.Arrival": OFFICERS,
    "policy_watch.ArrivalTask": OFFICERS,
    "policy_watch.Bid": OFFICERS,
    "policy_watch.BidPaper": OFFICERS,
    "policy_watch.Reminder": OFFICERS,
    "policy_briefings.Material": PUBLISHED,
    "service_visits.Visit": "一次走访涉及多家企业；本企业的部分在“走访点位”",
    "service_visits.Attendee": OFFICERS,
    "service_helping.Duty": OFFICERS,
    "service_helping.Knowledge": PUBLISHED,
    "service_helping.Call": "来电只记号码，不与企业相连",
    "service_helping.Team": OFFICERS,
    "service_helping.TeamMember": OFFICERS,
    "indicators.Reading": PUBLISHED,
    "indicators.ReadFigure": PUBLISHED,
    "bulletins.Quotation": PUBLISHED,
    "bulletins.Photo": PUBLISHED,
    "dispatch.SpecialCase": OFFICERS,
    "dispatch.Matter": INSIDE,
    "dispatch.Decision": INSIDE,
    "dispatch.AgendaItem": INSIDE,
    "dispatch.Standstill": INSIDE,
    "retention.Hold": "依法暂停销毁是机关的措施，不向当事人提供",
}
"""Tables that a chain of foreign keys joins to a firm and that are not exported, each with the reason."""
