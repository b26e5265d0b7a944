"""Every kind of page, at desk and at phone width: it opens, it is accessible (axe-core), nothing sticks out sideways."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from songda.registry.people.models import Account
from songda.registry.people.tests.cast import PASSWORD, assemble

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ROUNDS = {
    "street": ("/", "/subjects/", "/firms/", "/policy/measures/"),
    "dispatcher": ("/", "/subjects/", "/intake/", "/policy/push/", "/organisations/"),
    "editor": ("/", "/policy/documents/", "/policy/documents/upload/", "/policy/measures/"),
    "clerk": ("/firm/",),
    "security_admin": ("/people/", "/people/new/"),
    "audit_admin": ("/audit/",),
}
WIDTHS = {"desk": {"width": 1360, "height": 900}, "phone": {"width": 390, "height": 800}}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("part", ROUNDS)
def test_a_round_of_pages(page, live_server, sign_in, shot, part, width):
    cast = assemble()
    page.set_viewport_size(WIDTHS[width])
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    sign_in(Account.objects.get(pk=getattr(cast, part).account_id).username, PASSWORD)
    for address in ROUNDS[part]:
        answer = page.goto(live_server.url + address)
        assert answer is not None
        assert (answer.status, page.url) == (200, live_server.url + address)
        page.wait_for_load_state("load")
        shot(f"{width}-{part}{address.replace('/', '-')}")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} pixels too wide at {width}"
    assert faults == []


def test_the_doorstep(page, live_server, shot):
    page.goto(f"{live_server.url}/sign-in/")
    shot("desk-sign-in")
    assert Axe().run(page).violations_count == 0
    page.set_viewport_size(WIDTHS["phone"])
    shot("phone-sign-in")


def test_a_page_that_is_not_there(page, live_server, sign_in, shot):
    cast = assemble()
    sign_in(Account.objects.get(pk=cast.desk.account_id).username, PASSWORD)
    answer = page.goto(f"{live_server.url}/subjects/999999/")
    assert answer is not None
    assert answer.status == 404
    shot("desk-404")
    assert Axe().run(page).violations_count == 0
