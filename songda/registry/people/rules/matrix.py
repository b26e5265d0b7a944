"""The matrix of rights 权限矩阵: role by role, what a post may do within its scope. A cell not listed is denied.

Three lines hold it together: the three administrators see no business data; who edits a policy does not publish it; a firm
reads and acts for itself alone. Scope (which territory, which firms) is not here: it comes from the post.
"""

from __future__ import annotations

from collections.abc import Mapping

from songda.registry.people.states import Role

OFFICE = frozenset({"organisations.see", "policy.see"})  # what every desk of the government needs to find its way
READ = OFFICE | {"subjects.see", "push.see"}
FIGURES = frozenset({"figures.see"})
FIRM = frozenset({"firm.read", "firm.act"})

HOUSE: Mapping[Role, frozenset[str]] = {
    Role.SYSTEM_ADMIN: frozenset(
        {"system.configure", "jobs.run", "campaign.apply", "organisations.see", "organisations.edit", "codes.edit"}
    ),
    Role.SECURITY_ADMIN: frozenset({"people.see", "people.edit", "organisations.see", "alarms.see"}),
    Role.AUDIT_ADMIN: frozenset({"audit.see", "audit.verify", "alarms.see"}),
    Role.LEADER: READ | FIGURES,
    Role.DISPATCHER: READ
    | FIGURES
    | {"people.see", "subjects.edit", "subjects.merge", "facts.edit", "roster.import", "matching.run", "push.send"},
    Role.POLICY_EDITOR: OFFICE | {"policy.edit", "policy.draft"},
    Role.POLICY_PUBLISHER: OFFICE | {"policy.publish", "matching.run", "push.see"},
    Role.DEPARTMENT_LEAD: READ | FIGURES | {"people.see", "push.send", "policy.draft"},
    Role.DEPARTMENT_DESK: READ | {"facts.edit", "roster.import", "policy.draft"},
    Role.SERVICE_OFFICER: READ | {"facts.edit"},
    Role.STREET_CLERK: READ | {"subjects.edit", "facts.edit", "facts.personal"},
    Role.TALENT_OFFICER: OFFICE | {"subjects.see"},
    Role.PARTY_GUIDE: OFFICE | {"subjects.see"},
    Role.EXPERT: OFFICE,
    Role.INSPECTOR: READ | FIGURES | {"people.see"},
    Role.REGISTRY_CLERK: OFFICE
    | {"subjects.see", "subjects.edit", "subjects.merge", "facts.edit", "facts.personal", "roster.import"},
    Role.MARKET_TEAM: OFFICE | {"subjects.see", "facts.edit"},
    Role.LAW_ENFORCER: frozenset({"organisations.see", "subjects.see"}),
    Role.BANK: frozenset({"policy.see"}),
    Role.GUARANTOR: frozenset({"policy.see"}),
    Role.SUPPLIER: FIRM,
    Role.ENTERPRISE_CLERK: FIRM,
    Role.EMPLOYEE: frozenset({"firm.read"}),
    Role.DEPUTY: OFFICE,
    Role.CORRESPONDENT: OFFICE | FIGURES,
    Role.JOURNALIST: frozenset({"policy.see"}),
    Role.STATISTICIAN: READ | FIGURES,
    Role.AUDITOR: READ | FIGURES,
}

VISITS = frozenset({"visits.see", "visits.do"})
HELPERS = VISITS | {"cases.file", "cases.handle"}  # who goes to firms, brings matters home and works on their own

LEDGER: Mapping[Role, frozenset[str]] = {
    Role.LEADER: VISITS | {"cases.see", "cases.decide"},
    Role.DISPATCHER: frozenset(
        {
            "cases.see", "cases.file", "cases.assign", "cases.decide", "cases.close", "cases.revisit", "cases.reopen", "cases.export",
            "visits.see", "teams.edit", "meetings.edit",
        }
    ),
    Role.DEPARTMENT_LEAD: VISITS | {"cases.handle", "cases.close", "cases.file"},
    Role.DEPARTMENT_DESK: HELPERS,
    Role.SERVICE_OFFICER: HELPERS,
    Role.STREET_CLERK: HELPERS | {"cases.see"},
    Role.TALENT_OFFICER: HELPERS,
    Role.PARTY_GUIDE: HELPERS,
    Role.INSPECTOR: frozenset({"cases.see", "cases.revisit", "cases.close", "visits.see"}),
    Role.MARKET_TEAM: HELPERS,
    Role.LAW_ENFORCER: frozenset({"cases.file"}),
    Role.STATISTICIAN: frozenset({"cases.see", "cases.export"}),
    Role.AUDITOR: frozenset({"cases.see", "cases.export"}),
}  # fmt: skip
"""The ledger's part 台账. Who hands out (dispatcher) does not handle; who handles neither decides nor goes back to ask the firm."""

WATCH = frozenset({"returns.see", "bulletins.see", "resumption.see"})
OBSERVERS = WATCH | {"resumption.report"}

DISPATCH: Mapping[Role, frozenset[str]] = {
    Role.LEADER: WATCH | {"bulletins.publish"},
    Role.DISPATCHER: WATCH | {"bulletins.write", "resumption.control", "figures.edit"},
    Role.DEPARTMENT_LEAD: WATCH | {"returns.approve", "bulletins.write"},
    Role.DEPARTMENT_DESK: OBSERVERS | {"returns.fill"},
    Role.SERVICE_OFFICER: frozenset({"resumption.see", "resumption.report"}),
    Role.STREET_CLERK: OBSERVERS | {"returns.fill"},
    Role.INSPECTOR: WATCH,
    Role.MARKET_TEAM: frozenset({"resumption.see", "resumption.report"}),
    Role.CORRESPONDENT: frozenset({"bulletins.see", "bulletins.write"}),
    Role.JOURNALIST: frozenset({"bulletins.see"}),
    Role.STATISTICIAN: WATCH | {"figures.edit", "returns.accept", "targets.edit"},
    Role.AUDITOR: WATCH,
}
"""The dispatch office's part 统筹调度. Who fills in a return does not approve it, who approves does not accept; who writes a bulletin
does not publish it."""

RETENTION: Mapping[Role, frozenset[str]] = {
    Role.SYSTEM_ADMIN: frozenset({"retention.see", "retention.propose"}),
    Role.AUDIT_ADMIN: frozenset({"retention.see", "retention.approve", "retention.hold"}),
    Role.REGISTRY_CLERK: frozenset({"subjects.export"}),
}
"""Keeping and letting go 保管与销毁. Who proposes a purge does not approve it; both see numbers and days, no business content."""

PERMISSIONS: Mapping[Role, frozenset[str]] = {
    role: held | LEDGER.get(role, frozenset()) | DISPATCH.get(role, frozenset()) | RETENTION.get(role, frozenset())
    for role, held in HOUSE.items()
}

ASSIGNED_ONLY = frozenset({Role.SERVICE_OFFICER, Role.TALENT_OFFICER, Role.PARTY_GUIDE})
"""Roles that see, within their territory, only the firms assigned to their own post."""

FIRM_ROLES = frozenset({Role.SUPPLIER, Role.ENTERPRISE_CLERK, Role.EMPLOYEE})
"""Roles that sit at a firm, not at an organisation."""
