"""The holdings that are kept for good 长期保存的门类: what was decided, promised, counted and printed."""

from __future__ import annotations

from songda.kernel.words import gettext_noop as _
from songda.office.retention.rules.holdings import Holding


def kept(code: str, label: str, *tables: str) -> Holding:
    """A holding without an end."""
    return Holding(code, label, tables[0], also=tables[1:])


KEPT = (
    kept("subjects", _("主体库"), "subjects.Subject", "subjects.Alias", "subjects.Merge", "subjects.Belonging", "places.Place"),
    kept("facts", _("企业事实"), "facts.Fact", "facts.Coverage", "facts.Source", "facts.FactDefinition"),
    kept("snapshots", _("匹配快照"), "facts.Snapshot", "policy_matching.MatchRun", "policy_matching.Match"),
    kept(
        "organisations", _("机构沿革"), "organisations.Organisation", "organisations.Move", "organisations.Member", "places.Tile"
    ),
    kept("people", _("人员与岗位"), "people.Person", "people.Account", "people.Post", "people.Absence", "people.Assignment"),
    kept("rules", _("规则"), "rulebook.Rule", "rulebook.RuleVersion", "rulebook.RuleCase"),
    kept(
        "policies", _("政策文件与措施"), "policy_library.Document", "policy_library.EndEvent", "policy_library.Filing",
        "policy_library.DocumentRelation", "policy_library.Article", "policy_library.ArticleRelation", "policy_library.Measure",
        "policy_library.MeasureVersion", "policy_library.MeasureSource", "policy_library.OpenCondition",
        "policy_library.ContactCard", "policy_library.ImplementingRule", "policy_library.ImplementingRuleVersion",
        "policy_library.Coverage", "policy_library.ImplementingSource", "policy_library.GapAssignment",
        "policy_library.Annotation", "policy_library.ReadingDoubt",
    ),
    kept(
        "compendium", _("政策汇编"), "policy_compendium.Edition", "policy_compendium.EditionEntry", "policy_compendium.EditionFiling",
        "policy_compendium.EditionBook",
    ),
    kept("plans", _("落实方案"), "policy_plans.Plan", "policy_plans.PlanRow", "policy_plans.PlanRow_support"),
    kept(
        "guides", _("操作指南"), "policy_guides.Guide", "policy_guides.GuideVersion", "policy_guides.GuideLine",
        "policy_guides.IndustryGroup", "policy_guides.FactScope", "policy_guides.Subscription",
    ),
    kept(
        "receipts", _("政策送达与签收"), "policy_receipts.Handout", "policy_receipts.HandoutItem", "policy_receipts.Recipient",
        "policy_receipts.Receipt",
    ),
    kept("pushes", _("政策推送"), "policy_push.Push", "policy_push.Announcement", "policy_push.PushLine"),
    kept(
        "upward", _("政策跟踪与向上争取"), "policy_watch.Arrival", "policy_watch.ArrivalTask", "policy_watch.Bid",
        "policy_watch.BidPaper", "policy_watch.Reminder", "policy_watch.LimitsVersion",
    ),
    kept(
        "briefings", _("宣讲与解读"), "policy_briefings.Briefing", "policy_briefings.BriefingTopic", "policy_briefings.Material",
        "policy_briefings.Interpretation", "policy_briefings.Explanation", "policy_briefings.Letter",
        "policy_briefings.LetterCopy",
    ),
    kept("common-problems", _("共性问题"), "cases.Group", "service_helping.DelaySpan"),
    kept("external-references", _("外部系统编号"), "mirrors.Reference", "mirrors.MappingVersion"),
    kept("papers", _("文书与清单"), "papers.Paper", "papers.PaperRow", "papers.Series", "papers.Mark", "papers.KindVersion"),
    kept(
        "firm-plans", _("一企一策"), "service_visits.Plan", "service_visits.PlanLine", "service_visits.Production",
        "service_visits.ProductionWeek", "service_visits.Approach",
    ),
    kept(
        "helping", _("帮扶队伍与服务包"), "service_helping.Team", "service_helping.TeamMember", "service_helping.Charge",
        "service_helping.Station", "service_helping.Guidance", "service_helping.ServicePackage", "service_helping.Entitlement",
        "service_helping.Usage", "service_helping.PowerOfAttorney", "service_helping.Feedback", "service_helping.Knowledge",
        "service_helping.Hotline", "service_helping.Duty",
    ),
    kept("markets", _("一场一案"), "service_markets.MarketPlan", "service_markets.Stall", "service_markets.Placement"),
    kept(
        "resumption", _("复工复产"), "resumption.TermsVersion", "resumption.Entry", "resumption.Denominator", "resumption.Excess",
        "resumption.Lamp", "resumption.StopOrder", "resumption.RiskArea",
    ),
    kept(
        "figures", _("指标与数据"), "indicators.Value", "indicators.IndicatorVersion", "indicators.Tally", "indicators.TallyRun",
        "indicators.SourceText", "indicators.Observation", "indicators.Flag", "indicators.Check", "indicators.CheckMember",
        "indicators.Reading", "indicators.ReadFigure", "economy.Target", "economy.Parameter",
    ),
    kept(
        "returns", _("报表"), "returns.Return", "returns.FormVersion", "returns.Version", "returns.Entry", "returns.Violation",
        "returns.ViolationStep",
    ),
    kept(
        "bulletins", _("简报与新闻稿"), "bulletins.Piece", "bulletins.TemplateVersion", "bulletins.BoundNumber",
        "bulletins.Confirmation", "bulletins.NewsFrame", "bulletins.Quotation", "bulletins.Photo", "bulletins.Submission",
    ),
    kept(
        "meetings", _("会议与专案"), "dispatch.Meeting", "dispatch.Decision", "dispatch.AgendaItem", "dispatch.SpecialCase",
        "dispatch.Matter", "dispatch.Standstill",
    ),
    kept("audit", _("审计记录"), "audit.AuditEntry", "audit.AuditSeal"),
    kept("administration", _("管理表的修订"), "campaigns.SheetVersion", "campaigns.SheetChange"),
    kept(
        "destruction", _("销毁档案"), "retention.Purge", "retention.PurgeLine", "retention.PurgeItem", "retention.PurgedFile",
        "retention.Hold", "retention.ScheduleVersion",
    ),
)  # fmt: skip
