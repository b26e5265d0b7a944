"""Pages that rooms above have for steps of a case, and for opening one. The ledger shows their addresses and never imports them.

A room registers in `AppConfig.ready`; nothing here loads a model.
"""

from __future__ import annotations

OPENINGS: list[tuple[str, object, str]] = []
OF_KIND: dict[str, list[tuple[str, object, str]]] = {}
PAGES: dict[tuple[str, str], str] = {}
WHY_NOT: dict[tuple[str, str], str] = {}


def register_page(machine: str, step: str, address: str, why_not: str = "") -> None:
    """Say that a step has a page of its own: `register_page("demand", "assign", "/demands/{case}/assign/")`.

    `why_not`: dotted path of `(case, step, actor) -> sentence`, asked where the ledger itself has nothing against the step.
    """
    if PAGES.setdefault((machine, step), address) != address:
        raise ValueError(f"two pages for {machine} {step}")
    if why_not:
        WHY_NOT[machine, step] = why_not


def register_opening(address: str, label: object, permission: str) -> None:
    """Offer a page on which a case is opened, for posts with a permission; the list shows it as its first button."""
    if address not in [one for one, _label, _permission in OPENINGS]:
        OPENINGS.append((address, label, permission))


def register_kind_page(kind: str, address: str, label: object, permission: str = "") -> None:
    """Say that cases of a kind have a page besides their steps: `register_kind_page("errand", "/helping/errands/{case}/done/", _("交接"))`.

    `permission`: which posts are shown it; all who see the case where it is empty.
    """
    pages = OF_KIND.setdefault(kind, [])
    if address not in [one for one, _label, _permission in pages]:
        pages.append((address, label, permission))
