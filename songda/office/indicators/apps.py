"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

from songda.office.indicators.rules.sources import register

HERE = "songda.office.indicators.queries"
OF_CASE = ("machine", "kind")
SOURCES = (  # code, name as values keep it, what it counts, dims, where its description stands
    ("cases-opened", "台账登记", "cases", (*OF_CASE, "origin"), "source_cases:OPENED"),
    ("cases-closed", "台账办结记录", "cases", (*OF_CASE, "after", "late"), "source_cases:ENDED"),
    ("cases-open", "台账在办事项", "cases", (*OF_CASE, "origin"), "source_cases:OPEN"),
    ("cases-overdue", "台账时限", "cases", OF_CASE, "source_cases:OVERDUE"),
    ("case-steps", "台账办理记录", "steps", (*OF_CASE, "step"), "source_cases:STEPPED"),
    ("case-words", "企业评价", "cases", (*OF_CASE, "grade", "by"), "source_cases:SAID"),
    ("visits", "走访记录", "visits", ("kind",), "source_visits:STOPS"),
    ("firms-visited", "走访记录（企业）", "firms", (), "source_visits:VISITED"),
    ("visit-findings", "走访发现", "things", ("kind",), "source_visits:FOUND"),
    ("deliveries-sent", "通知发出记录", "person_times", ("channel",), "source_notices:SENT"),
    ("deliveries", "通知送达记录", "person_times", ("channel",), "source_notices:DELIVERED"),
    ("firms-reached", "通知送达记录（企业）", "firms", (), "source_notices:REACHED"),
    ("documents", "政策库文件", "documents", ("level", "kind"), "source_policies:DOCUMENTS"),
    ("measures", "政策库措施", "documents", ("class", "kind"), "source_policies:MEASURES"),
    ("implementing-rules", "政策库实施细则", "documents", (), "source_policies:RULES"),
    ("firms", "主体名录（企业）", "firms", ("cell",), "source_subjects:ENTERPRISES"),
    ("projects", "主体名录（项目）", "projects", ("cell",), "source_subjects:PROJECTS"),
    ("markets", "主体名录（市场）", "markets", ("cell",), "source_subjects:MARKETS"),
    ("merchants", "主体名录（商户）", "merchants", ("cell",), "source_subjects:MERCHANTS"),
    ("matches", "政策匹配结果", "person_times", ("kind",), "source_policies:FITTING"),
)
QUICK = {
    "cases-opened": "opened",
    "cases-closed": "ended",
    "cases-open": "stood",
    "case-steps": "stepped",
}  # cubes of case_columns


class IndicatorsConfig(AppConfig):
    """songda.office.indicators."""

    name = "songda.office.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the rows of the rooms below."""
        for code, label, counts, dims, place in SOURCES:
            cube = f"case_columns:{QUICK[code]}" if code in QUICK else f"{place}.cube"
            parts = {"cube": cube, "count": f"{place}.count", "rows": f"{place}.behind"}
            register(code, label, counts=counts, dims=dims, **{part: f"{HERE}.{name}" for part, name in parts.items()})
