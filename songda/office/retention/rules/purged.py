"""The holdings that end 到期处置的门类. Personal data whose purpose is over come first."""

from __future__ import annotations

from songda.kernel.words import gettext_noop as _
from songda.office.retention.rules.holdings import NOBODY, NUMBERED, Holding, Part

HALF_YEAR = 183  # days; logs of the network are kept six months at least
PHOTOGRAPHS = "evidence"

PURGED = (
    Holding(
        "arrivals", _("来返人员登记"), "resumption.Arrival", since="arrived_on", unless={"state": "isolating"},
        blank={"alias": ""}, subject="subject",
    ),
    Holding(
        "personal-facts", _("个人信息类事实"), "facts.Fact", since="recorded_at", only={"fact__personal": True}, subject="subject",
    ),
    Holding("calls", _("热线来电"), "service_helping.Call", since="at", unless={"callback__open": True}, case="callback"),
    Holding(
        "enquiries", _("咨询登记"), "service_helping.Enquiry", since="answered_at", done={"answered_at__isnull": False},
        unless={"case__open": True}, blank={"asked_by": "", "contact": ""}, subject="subject", case="case",
    ),
    Holding(
        "registrations", _("宣讲报名"), "policy_briefings.Registration", since="registered_at",
        blank={"attendee": "", "registered_name": NOBODY}, subject="subject",
    ),
    Holding(
        "attendances", _("宣讲到会"), "policy_briefings.Attendance", since="at", blank={"person": NUMBERED}, counted=True,
        subject="subject",
    ),
    Holding(
        "questions", _("宣讲与去信提问"), "policy_briefings.Question", since="answered_at", done={"answered_at__isnull": False},
        unless={"case__open": True}, blank={"asked_name": NOBODY}, subject="subject", case="case",
    ),
    Holding(
        "contacts", _("停用的联系方式"), "people.Contact", since="ends_on", done={"ends_on__isnull": False},
        blank={"address": "", "holder": ""}, counted=True, subject="subject",
    ),
    Holding("past-passwords", _("历史口令"), "people.PastPassword", since="replaced_at"),
    Holding("sign-ins", _("登录日志"), "axes.AccessLog", since="attempt_time", least=HALF_YEAR),
    Holding("sign-in-failures", _("登录失败日志"), "axes.AccessFailureLog", since="attempt_time", least=HALF_YEAR),
    Holding("case-exports", _("台账导出文件"), "cases.Export", since="asked_at", place="file"),
    Holding("firm-exports", _("企业数据导出记录"), "retention.FirmExport", since="asked_at", place="file", subject="subject"),
    Holding("rosters", _("名册导入记录"), "intake.Intake", since="created_at", unless={"state": "checked"}, place="returned"),
    Holding(
        "external-messages", _("外部系统消息"), "mirrors.Message", since="received_at", done={"settled_at__isnull": False},
        unless={"reference__case__open": True}, blank={"raw": {}}, counted=True, case="reference__case",
    ),
    Holding(
        "notices", _("通知与送达"), "notices.Notice", since="created_at",
        unless={"deliveries__state__in": ("queued", "sending", "unknown")}, blank={"link": ""}, counted=True, subject="subject",
        parts=(
            Part("notices.NoticeLine", "notice", {"text": NOBODY, "reason": ""}),
            Part("notices.NoticeDelivery", "notice", {"contact": None, "provider_id": "", "failure": ""}),
        ),
    ),
    Holding(
        "visits", _("走访记录"), "service_visits.Visit", since="starts_at", done={"state__in": ("closed", "cancelled", "declined")}, blank={"reason": ""},
        counted=True, subject="stops__subject", case="stops__findings__case", unless={"stops__findings__case__open": True},
        parts=(
            Part(
                "service_visits.Stop", "visit",
                {"met": "", "notes": "", "answered_name": "", "answer_note": "", "latitude": None, "longitude": None},
            ),
            Part("service_visits.TakenUp", "stop__visit", {"note": ""}),
            Part("service_visits.StopEvidence", "stop__visit", frees=PHOTOGRAPHS),
        ),
        also=("service_visits.Attendee", "service_visits.Finding", "service_visits.Explained"),
    ),
    Holding(
        "cases", _("服务企业事项"), "cases.Case", since="closed_at", done={"open": False, "closed_at__isnull": False},
        unless={"children__open": True}, counted=True, subject="subject", case="pk",
        blank={"title": NOBODY, "text": "", "contact_name": "", "contact_phone": "", "extra": {}},
        parts=(
            Part("cases.CaseEvidence", "case", frees=PHOTOGRAPHS),
            Part("cases.CaseStep", "case", {"note": "", "told": ""}),
            Part("cases.Word", "case", {"text": ""}),
            Part("cases.Party", "case", {"reason": ""}),
            Part("cases.Alert", "case", {"answer": ""}),
        ),
        also=("cases.CaseClock",),
    ),
    Holding(
        "evidence", _("未归入事项的凭证"), "evidence.Evidence", since="given_at", subject="subject", holds_files=True,
        also=("evidence.StoredFile",),
    ),
)  # fmt: skip
"""`evidence` is what no case, visit, paper or other record refers to: whatever is referred to is held back with its record."""
