"""What journeys by role share: the place, and a walk of one post through its pages, each of which is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from songda.deliveries.service.demands import actions
from songda.deliveries.service.demands.actions import Assignees
from songda.deliveries.service.demands.tests.board import fresh
from songda.deliveries.service.visits.tests.ground import Ground
from songda.kernel import clock
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case
from songda.ledger.evidence.tests.samples import photo
from songda.registry.actors import Actor
from songda.registry.people.models import Account, Assignment
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, PASSWORD, SINCE, firm, hire
from songda.registry.subjects.models import Subject

SIZES = {"desk": {"width": 1360, "height": 900}, "phone": {"width": 390, "height": 800}}
WORDS = Said(note="依据三定方案", told="正在办理。")


@dataclass
class Town:
    """The place, its posts by role, the server, and who has signed in."""

    ground: Ground
    posts: dict[Role, Actor]
    site: str
    cookies: dict[Role, list] = field(default_factory=dict)


@dataclass
class Walk:
    """One post at one screen. `open`, `follow` and `press` each lead to a page, which is looked at."""

    town: Town
    actor: Actor
    page: Page
    size: str
    shot: Callable[[str], None]
    seen: set[tuple[str, int, int]] = field(default_factory=set)

    def sign_in(self) -> None:
        """As a person would."""
        account = Account.objects.filter(pk=self.actor.account_id)
        account.update(created_at=clock.now(), last_login=clock.now())  # not asleep since 2020
        self.page.goto(f"{self.town.site}/sign-in/")
        self.page.fill("input[name=username]", account.get().username)
        self.page.fill("input[name=password]", PASSWORD)
        with self.page.expect_navigation(url=lambda address: "/sign-in/" not in address):
            self.page.click("main button[type=submit]")

    def open(self, address: str) -> None:
        answer = self.page.goto(self.town.site + address)
        assert answer is not None
        assert (answer.status, self.page.url) == (200, self.town.site + address)
        self.look()

    def follow(self, name: str, within: Locator | None = None) -> None:
        self.go((within or self.page.locator("main")).get_by_role("link", name=name, exact=True).first)

    def press(self, name: str, within: Locator | None = None) -> None:
        self.go((within or self.page.locator("main")).get_by_role("button", name=name, exact=True).first)

    def go(self, way: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            way.click()
        self.look()

    def look(self) -> None:
        """No complaint of axe-core, nothing sticking out sideways. A page that shows again what it showed is not looked at again."""
        name = re.sub("[^a-z_]+", "-", self.page.url.removeprefix(self.town.site))
        shown = (
            name,
            self.page.get_by_role("alert").count(),
            self.page.locator("main article, main li, main tr, main form").count(),
        )
        if shown in self.seen:
            return
        self.seen.add(shown)
        self.shot(f"{self.size}-{self.actor.role}{name}")
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} pixels too wide"

    def expect(self, text: str) -> None:
        expect(self.page.locator("main").get_by_text(text).first).to_be_visible()

    def attach(self) -> None:
        """A photograph as proof."""
        taken = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        self.page.locator("input[name=attached]").set_input_files([taken])

    def firm(self) -> Subject:
        """A firm of this journey alone; assigned to the post where it is an officer's."""
        number = f"R{Subject.objects.count():04}"
        made = firm(f"示例{Role(self.actor.role).label}{number}厂", self.town.ground.cast.street_office, number)
        if self.actor.role == Role.SERVICE_OFFICER:
            Assignment.objects.create(subject=made, post_id=self.actor.post_id, starts_on=SINCE)
        return made

    def filed(self, title: str = "急缺一线工人", *, of: Subject | None = None, at=NOW, **new: object) -> Case:
        """A matter in the pool, entered by the dispatcher."""
        by = self.town.ground.cast.dispatcher
        return self.town.ground.board.file(by=by, of=of or self.firm(), at=at, title=f"{title}（{self.size}）", **new)

    def working(self, title: str = "急缺一线工人", *, street: bool = False, **more: object) -> Case:
        """A matter in the hands of the bureau's desk, or of the street."""
        cast, case = self.town.ground.cast, self.filed(title, **more)
        unit, by = (cast.street_office, cast.street) if street else (cast.bureau, cast.desk)
        actions.assign_demand(case.pk, Assignees(unit.pk), by=cast.dispatcher, now=case.opened_at)
        actions.take_demand(case.pk, by=by, now=case.opened_at)
        return fresh(case)

    def proposed(self, title: str = "急缺一线工人", **more: object) -> Case:
        """A matter with a result that waits for the firm."""
        case = self.working(title, **more)
        self.town.ground.board.propose(case, at=NOW)
        return fresh(case)

    def disputed(self) -> Case:
        """A matter whose ownership the bureau has refused."""
        cast, case = self.town.ground.cast, self.filed("权属不清")
        actions.assign_demand(case.pk, Assignees(cast.bureau.pk), by=cast.dispatcher, now=NOW)
        actions.dispute_demand(case.pk, WORDS, by=cast.desk, now=NOW)
        return fresh(case)


def posts_of(ground: Ground, roles: Iterable[Role]) -> dict[Role, Actor]:
    """A post for each role: the cast's where it has one."""
    cast = ground.cast
    held = {
        Role.ENTERPRISE_CLERK: cast.clerk, Role.SUPPLIER: hire(Role.SUPPLIER, of=cast.neighbour), Role.STREET_CLERK: cast.street,
        Role.SERVICE_OFFICER: cast.officer, Role.DEPARTMENT_DESK: cast.desk, Role.DEPARTMENT_LEAD: cast.lead,
        Role.DISPATCHER: cast.dispatcher, Role.INSPECTOR: ground.board.inspector, Role.LEADER: cast.leader,
    }  # fmt: skip
    return held | {role: hire(role, at=cast.zone) for role in roles if role not in held}
