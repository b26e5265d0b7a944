"""Evidence and places in a real browser, at a desk and on a phone: they open, they are accessible, they need no other host."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from songda.deliveries.service.demands.tests.board import fresh, lay
from songda.ledger.evidence import queries
from songda.ledger.evidence.models import Evidence
from songda.ledger.evidence.tests import samples
from songda.ledger.evidence.tests.test_store_evidence import give, spoil
from songda.registry.people.models import Account
from songda.registry.people.tests.cast import PASSWORD, assemble
from songda.registry.places.models import Tile
from songda.registry.places.tests.test_queries import place

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WIDTHS = {"desk": {"width": 1360, "height": 900}, "phone": {"width": 390, "height": 800}}


def look(page, name, shot):
    page.wait_for_load_state("networkidle")
    shot(name)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.row("SUP-16", "SUP-17")
@pytest.mark.parametrize("width", WIDTHS)
def test_evidence_and_the_map(page, live_server, sign_in, shot, width):
    cast = assemble()
    give(cast, samples.photo(size=(800, 1200), turned=6), read_photo=True, note="门头照片")
    give(cast, samples.pdf(), name="回执.pdf", kind="receipt", office_only=True)
    spoil(give(cast, samples.photo("PNG"), name="旧照片.png"))
    Tile.objects.create(organisation=cast.zone, row=0, column=0)
    Tile.objects.create(organisation=cast.other_zone, row=0, column=1)
    site = place(
        cast, "site", form="area", points=((34_746_000, 113_625_000), (34_746_000, 113_629_000), (34_749_000, 113_628_000))
    )
    place(cast, points=((34_744_000, 113_623_000),))
    place(cast, "road", form="line", points=((34_741_000, 113_622_000), (34_752_000, 113_624_000)))
    others = []
    page.on("request", lambda request: others.append(request.url) if not request.url.startswith(live_server.url) else None)
    page.set_viewport_size(WIDTHS[width])
    sign_in(Account.objects.get(pk=cast.leader.account_id).username, PASSWORD)
    for address in ("/evidence/", "/places/", f"/places/{site.pk}/", "/places/near/?near=34.745,113.624"):
        page.goto(live_server.url + address)
        look(page, f"{width}{address.split('?')[0].replace('/', '-')}", shot)
    page.goto(f"{live_server.url}/places/")
    page.locator(".tiles a", has_text="甲开发区").click()
    assert "area=zone-a" in page.url
    assert page.locator(".list tbody tr").count() == 3
    page.goto(f"{live_server.url}/evidence/")
    assert page.locator(".evidence-cell img").first.evaluate("image => image.complete && image.naturalWidth") in (214, 320)
    assert others == []


@pytest.mark.row("SUP-16")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_photograph_goes_with_a_result_and_only_once(page, live_server, sign_in, shot, width):
    board = lay(assemble())
    case = board.working()
    page.set_viewport_size(WIDTHS[width])
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 34.746600, "longitude": 113.625300})
    sign_in(Account.objects.get(pk=board.cast.desk.account_id).username, PASSWORD)
    page.goto(f"{live_server.url}/demands/{case.pk}/propose/")
    page.locator(".evidence-fields input[name=attached]").set_input_files(
        [{"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()}]
    )
    assert "现场.jpg" in page.locator("[data-chosen]").inner_text()
    page.locator("button[data-place]").click()
    page.get_by_text("已附上位置").wait_for()
    look(page, f"{width}-upload", shot)
    key = page.locator("input[name=evidence_key]").input_value()
    page.locator("select[name=cause]").select_option("outside")
    page.locator("textarea[name=told]").fill("已与人才市场对接，首批 20 人到岗。")
    page.locator("main form:has(.evidence-fields) button[type=submit]").last.click()
    page.wait_for_load_state("networkidle")
    shot(f"{width}-proposed")
    kept = Evidence.objects.get()
    assert (kept.request_key, kept.latitude, kept.longitude) == (f"{key}-0", 34_746_600, 113_625_300)
    assert fresh(case).state == "proposed"
    assert samples.SECRET not in queries.whole(kept.file)
