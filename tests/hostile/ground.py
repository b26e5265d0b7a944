"""The city that hostile files are sent to: every thing an upload can belong to, every role that may upload, every form that takes a file."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client

from songda.deliveries.service.visits.models import Stop, Visit
from songda.ledger.cases.tests.ground import demand
from songda.registry.actors import Actor
from songda.registry.people.rules.matrix import FIRM_ROLES
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, assemble, enter, hire
from songda.registry.subjects.models import Subject
from tests.hostile.doors import Form, forms_in, upload_routes
from tests.test_scope import address_of, opens, things_of_the_other_zone

PHOTO, STEP = "visits/phone/stops/<int:stop_id>/photos/", "cases/<int:case_id>/step/<slug:name>/"


@dataclass(frozen=True)
class Door:
    """A form that takes a file, as one role sees it."""

    route: str
    address: str
    form: Form
    role: Role
    client: Client


def doors() -> list[Door]:
    """Every door for every role that it opens for, with the form as that role is shown it."""
    cast = assemble()
    numbers = things_of_the_other_zone(cast)
    firm = Subject.objects.get(pk=numbers["subject_id"])
    by = hire(Role.STREET_CLERK, at=cast.other_street)
    plain = demand(cast, title="示例事项")
    type(plain).objects.filter(pk=plain.pk).update(subject=firm, area_path=firm.area_path, holder_id=by.post_id)
    Stop.objects.filter(pk=numbers["stop_id"]).update(recorded_at=NOW, arrived_at=NOW)
    Visit.objects.filter(pk=numbers["visit_id"]).update(post_id=by.post_id)
    places = {STEP: address_of(STEP, {"case_id": plain.pk, "name": "remark"})}
    found = []
    for actor in [by, *(part(role, firm, cast.other_zone) for role in Role)]:
        client = enter(Client(raise_request_exception=False), actor)
        routes = [route for route, page in upload_routes() if opens(page, actor)]
        found += [one for route in routes for one in shown(route, places.get(route) or address_of(route, numbers), actor, client)]
    return found


def part(role: Role, firm: Subject, zone: object) -> Actor:
    """A person in this role where the things are."""
    return hire(role, of=firm) if role in FIRM_ROLES else hire(role, at=zone)


def shown(route: str, address: str, actor: Actor, client: Client) -> list[Door]:
    """The forms of a page, or of the phone, which has none."""
    role = Role(actor.role)
    if route == PHOTO:
        return [Door(route, address, Form("", {"request_key": "示例"}, ("photo",)), role, client)]
    answer = client.get(address)
    if answer.status_code == 405:  # its form stands on the page above
        above = client.get(f"{address.rstrip('/').rpartition('/')[0]}/")
        leading = [one for one in forms_in(above.content.decode()) if one.action.startswith(address)]
        return [Door(route, form.action, form, role, client) for form in leading]
    forms = forms_in(answer.content.decode()) if answer.status_code == 200 else []
    return [Door(route, form.action or address, form, role, client) for form in forms]
