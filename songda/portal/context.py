"""What every page knows: the product's name, the acting post, the menu of what this post may open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

import songda
from songda.registry.actors import Actor
from songda.registry.identities.queries import ways_in
from songda.registry.people.states import Role

# sections, each with its entries: address, label, short label for the phone's bottom bar, icon, permission (any of several)
MENU = (
    (
        "",
        (("/", gettext_lazy("首页"), gettext_lazy("首页"), "home", "signed_in"),),
    ),
    (
        gettext_lazy("企业办事"),
        (
            ("/firm/", gettext_lazy("我能享受的政策"), gettext_lazy("政策"), "award", "firm.read"),
            ("/demands/own/", gettext_lazy("我的诉求"), gettext_lazy("诉求"), "message-circle", "firm.read"),
            ("/visits/mine/", gettext_lazy("走访预约"), gettext_lazy("预约"), "calendar-event", "firm.read"),
            ("/helping/package/", gettext_lazy("我的服务包"), gettext_lazy("服务包"), "gift", "firm.read"),
            ("/policy/briefings/own/", gettext_lazy("宣讲与讲解"), gettext_lazy("宣讲"), "presentation", "firm.read"),
            ("/policy/receipts/own/", gettext_lazy("政策文件签收"), gettext_lazy("签收"), "file-check", "firm.read"),
            ("/policy/guides/", gettext_lazy("操作指南"), gettext_lazy("指南"), "book-2", "firm.read"),
            ("/policy/guides/contacts/", gettext_lazy("政策联系人"), gettext_lazy("联系人"), "address-book", "firm.read"),
            ("/policy/plans/", gettext_lazy("落实方案"), gettext_lazy("方案"), "list-details", "firm.read"),
            ("/papers/", gettext_lazy("公开文书与清单"), gettext_lazy("文书"), "files", "firm.read"),
            ("/retention/own/", gettext_lazy("我的数据"), gettext_lazy("数据"), "database-export", "firm.act"),
        ),
    ),
    (
        gettext_lazy("台账"),
        (
            ("/demands/pool/", gettext_lazy("待分办"), gettext_lazy("分办"), "arrows-split-2", "cases.assign"),
            ("/demands/mine/", gettext_lazy("我的事项"), gettext_lazy("事项"), "checklist", "cases.handle"),
            ("/cases/", gettext_lazy("服务企业台账"), gettext_lazy("台账"), "clipboard-list", "cases.see cases.handle"),
            ("/demands/revisits/", gettext_lazy("回访"), gettext_lazy("回访"), "phone-call", "cases.revisit"),
            ("/meetings/", gettext_lazy("会议与专案"), gettext_lazy("会议"), "gavel", "cases.see"),
            ("/papers/", gettext_lazy("文书与清单"), gettext_lazy("文书"), "files", "policy.see cases.see cases.handle"),
            ("/mirrors/", gettext_lazy("外部系统消息"), gettext_lazy("对接"), "arrows-exchange", "cases.decide"),
            ("/evidence/", gettext_lazy("凭证"), gettext_lazy("凭证"), "paperclip", "cases.see cases.handle"),
        ),
    ),
    (
        gettext_lazy("送服务"),
        (
            ("/firms/", gettext_lazy("我的企业"), gettext_lazy("企业"), "building-community", "push.see"),
            ("/visits/", gettext_lazy("走访"), gettext_lazy("走访"), "map-pin", "visits.see"),
            ("/helping/", gettext_lazy("帮扶"), gettext_lazy("帮扶"), "heart-handshake", "visits.see"),
            ("/places/", gettext_lazy("位置图"), gettext_lazy("位置"), "map-2", "subjects.see"),
        ),
    ),
    (
        gettext_lazy("送政策"),
        (
            ("/policy/measures/", gettext_lazy("政策措施"), gettext_lazy("措施"), "list-check", "policy.see"),
            ("/policy/plans/", gettext_lazy("落实方案"), gettext_lazy("方案"), "list-details", "policy.see"),
            ("/policy/guides/", gettext_lazy("操作指南"), gettext_lazy("指南"), "book-2", "policy.see"),
            ("/policy/documents/", gettext_lazy("政策文件"), gettext_lazy("文件"), "file-text", "policy.see"),
            ("/policy/compendium/", gettext_lazy("政策汇编"), gettext_lazy("汇编"), "books", "policy.see firm.read"),
            ("/policy/watch/", gettext_lazy("新政策与争取"), gettext_lazy("跟踪"), "radar", "policy.see"),
            ("/policy/briefings/", gettext_lazy("宣讲与解读"), gettext_lazy("宣讲"), "presentation", "policy.see"),
            ("/policy/push/", gettext_lazy("政策推送"), gettext_lazy("推送"), "send", "push.see"),
            ("/policy/receipts/", gettext_lazy("送达与签收"), gettext_lazy("签收"), "file-check", "push.see"),
        ),
    ),
    (
        gettext_lazy("统筹调度"),
        (
            ("/returns/", gettext_lazy("报送"), gettext_lazy("报送"), "file-spreadsheet", "returns.see"),
            ("/resumption/", gettext_lazy("复工复产"), gettext_lazy("复工"), "building-factory-2", "resumption.see"),
            ("/bulletins/", gettext_lazy("简报"), gettext_lazy("简报"), "news", "bulletins.see"),
            ("/economy/", gettext_lazy("全年目标"), gettext_lazy("目标"), "target-arrow", "figures.see"),
            ("/economy/register/", gettext_lazy("统计入库"), gettext_lazy("入库"), "clipboard-check", "cases.see cases.handle"),
        ),
    ),
    (
        gettext_lazy("数据"),
        (
            ("/figures/indicators/", gettext_lazy("指标与日计"), gettext_lazy("指标"), "chart-bar", "figures.see"),
            ("/figures/matrix/", gettext_lazy("规模与门类"), gettext_lazy("门类"), "table", "figures.see"),
            ("/figures/", gettext_lazy("历史数据"), gettext_lazy("数据"), "chart-dots", "figures.see"),
            ("/figures/readings/", gettext_lazy("简报读数"), gettext_lazy("读数"), "file-search", "figures.see"),
            ("/subjects/", gettext_lazy("主体库"), gettext_lazy("主体"), "building", "subjects.see"),
            ("/retention/exports/", gettext_lazy("企业数据导出"), gettext_lazy("导出"), "database-export", "subjects.export"),
            ("/intake/", gettext_lazy("名册导入"), gettext_lazy("导入"), "table-import", "roster.import"),
            ("/facts/", gettext_lazy("事实目录"), gettext_lazy("目录"), "database", "facts.edit"),
        ),
    ),
    (
        gettext_lazy("组织与管理"),
        (
            ("/organisations/", gettext_lazy("机构"), gettext_lazy("机构"), "sitemap", "organisations.see"),
            ("/people/", gettext_lazy("账号与岗位"), gettext_lazy("人员"), "users", "people.see"),
            ("/alarms/", gettext_lazy("告警"), gettext_lazy("告警"), "bell-ringing", "alarms.see"),
            ("/retention/", gettext_lazy("保管期限"), gettext_lazy("保管"), "archive", "retention.see"),
            (
                "/hooks/",
                gettext_lazy("事件推送"),
                gettext_lazy("推送"),
                "webhook",
                "system.configure cases.assign returns.accept",
            ),
            ("/tokens/all/", gettext_lazy("程序令牌"), gettext_lazy("令牌"), "key", "people.edit"),
            ("/audit/", gettext_lazy("审计留痕"), gettext_lazy("审计"), "history", "audit.see"),
            ("/administration/", gettext_lazy("活动包管理"), gettext_lazy("管理"), "settings", "system.configure"),
            ("/opening/", gettext_lazy("开业检查"), gettext_lazy("开业"), "list-check", "system.configure"),
            ("/operations/", gettext_lazy("运行状况"), gettext_lazy("运行"), "activity", "system.configure"),
        ),
    ),
)

# what the phone's bottom bar shows first, where it is open to the post
BOTTOM = (
    "/",
    "/firm/",
    "/demands/own/",
    "/demands/pool/",
    "/demands/mine/",
    "/visits/mine/",
    "/visits/",
    "/cases/",
    "/policy/documents/",
)

UNDER = {
    "/tokens/": "/tokens/all/",
    "/api/": "/tokens/all/",
    "/notices/queue/": "/policy/push/",
    "/notices/groups/": "/policy/push/",
    "/notices/": "/",
    "/policy/implementing/": "/policy/measures/",
    "/policy/gaps/": "/policy/measures/",
    "/policy/events/": "/policy/documents/",
    "/policy/review/": "/policy/documents/",
    "/rules/": "/policy/measures/",
    "/demands/groups/": "/demands/pool/",
    "/leave/": "/demands/mine/",
    "/sessions/": "/",
    "/firm/messages/": "/firm/",
    "/markets/": "/visits/",
    "/specials/": "/meetings/",
    "/sheets/": "/meetings/",
}  # pages that stand under another entry


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu."""

    address: str
    label: str
    short: str
    icon: str
    here: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """What a post may open: by section for the side, and the first few in a row for the phone's bottom bar."""

    sections: list[tuple[str, list[Item]]]
    items: list[Item]

    @property
    def first(self) -> list[Item]:
        """What the bottom bar shows: all where that is no more than five, else four and a way to the rest."""
        if len(self.items) <= 5:
            return self.items
        wanted = [item for address in BOTTOM for item in self.items if item.address == address]
        return [*wanted, *(item for item in self.items if item not in wanted)][:4]

    @property
    def more(self) -> bool:
        """Whether there is more than the bottom bar shows."""
        return len(self.items) > 5


@dataclass(frozen=True, slots=True)
class Navigation:
    """The menu as it stands on a page: beside it, and below it on a phone."""

    side: SafeString
    bottom: SafeString


def everywhere(request: HttpRequest) -> dict[str, object]:
    """Template values of every page."""
    actor = getattr(request, "actor", None)
    return {
        "product": _("送达"),
        "product_version": songda.__version__,
        "demonstration": settings.DEMONSTRATION,
        "actor": actor,
        "ways_in": ways_in,  # asked by the sign-in page alone
        "actor_role": Role(actor.role).label if actor and actor.role in Role.values else "",
        "navigation": navigation(actor.permissions, here(actor, request.path), get_language() or "") if actor else None,
    }


def menu(actor: Actor, path: str) -> Menu:
    """The entries this post may open, by section, and where we are."""
    return menu_of(actor.permissions, here(actor, path))


def here(actor: Actor, path: str) -> str:
    """The entry that a path lies under: the longest address that begins it, of those this post may open."""
    place = next((path.replace(part, whole, 1) for part, whole in UNDER.items() if path.startswith(part)), path)
    rows = (row for _label, entries in MENU for row in entries if place == row[0] or (row[0] != "/" and place.startswith(row[0])))
    return max((row[0] for row in rows if opens(actor.permissions, row[4])), key=len, default="")


def menu_of(permissions: frozenset[str], address: str) -> Menu:
    """The entries that some permissions open; `address` is the one we are at."""
    rows = [row for _label, entries in MENU for row in entries if opens(permissions, row[4])]
    items = {row[0]: Item(row[0], str(row[1]), str(row[2]), row[3], row[0] == address) for row in rows}
    sections = [(str(label), [items[row[0]] for row in entries if opens(permissions, row[4])]) for label, entries in MENU]
    return Menu([section for section in sections if section[1]], list(items.values()))


@lru_cache(maxsize=1024)
def navigation(permissions: frozenset[str], address: str, _language: str) -> Navigation:
    """The menu as HTML. It depends on nothing else, and is a third of what a page costs: made once for each role, entry and language."""
    given = {"menu": menu_of(permissions, address)}
    return Navigation(render_to_string("screens/menu_side.html", given), render_to_string("screens/menu_bottom.html", given))


def opens(permissions: frozenset[str], wanted: str) -> bool:
    """Whether an entry is open: any of the permissions it names, or being signed in."""
    return wanted == "signed_in" or any(one in permissions for one in wanted.split())
