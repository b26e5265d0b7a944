"""What the load bench needs of the city: who the users are, with open sessions, and which pages they may ask for."""

from __future__ import annotations

import json
import re
import sys
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.test import Client
from django.urls import resolve

from songda.deliveries.policy.library.models import MeasureVersion
from songda.kernel import clock
from songda.ledger.cases.access import visible_to as cases_visible_to
from songda.ledger.cases.models import Case
from songda.portal.context import menu_of
from songda.registry.facts.models import Fact
from songda.registry.people.models import Account
from songda.registry.people.queries import SESSION_POST
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

LISTS = (
    "/subjects/", "/firms/", "/cases/", "/policy/measures/", "/policy/documents/", "/demands/own/", "/people/", "/audit/",
)  # fmt: skip
RECORDS = (
    "/subjects/{subject}/",
    "/firms/{subject}/",
    "/cases/{case}/",
    "/policy/measures/{version}/",
    "/firm/measures/{version}/",
)
MOST = 3  # lists and records a role
LINK = re.compile(r'href="(/[a-z/-]+/\d+/)"')


def migrate() -> None:
    """Bring a copied city up to this program."""
    call_command("migrate", verbosity=0)
    sys.stdout.write("{}\n")


def prepare(users: int, roles: list[str]) -> None:
    """Print the rounds: per account its role, so many sessions, and pages that answer it."""
    rounds = [round_of(Account.objects.get(username=name), users) for name in roles]
    told = {"subjects": Subject.objects.count(), "facts": Fact.objects.count(), "cases": Case.objects.count(), "rounds": rounds}
    sys.stdout.write(json.dumps(told) + "\n")


def round_of(account: Account, users: int) -> dict[str, object]:
    """One role's users."""
    settings.ALLOWED_HOSTS = ["testserver"]
    Account.objects.filter(pk=account.pk).update(
        last_login=clock.now(), password_changed_at=clock.now(), must_change_password=False
    )
    account.refresh_from_db()
    post = account.person.posts.order_by("-starts_on", "-id").first()
    keys = [session_of(account, post.pk) for _ in range(users)]
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = keys[0]
    home = "/" if client.get("/").status_code == 200 else "/firm/"
    actor = client.get(home).wsgi_request.actor
    if actor is None:  # an account that must do something else first
        return {"account": account.username, "role": "", "keys": [], "pages": []}
    seen = list(visible_to(actor).order_by("pk")[:200]) if actor.may("subjects.see") else []
    case = cases_visible_to(actor).order_by("-pk").first()
    numbers = {
        "subject": seen[-1].pk if seen else actor.subject_id or 0,
        "case": case.pk if case else 0,
        "version": MeasureVersion.objects.filter(state="published").order_by("pk")[3].pk,
    }
    menu = [one.address for one in menu_of(actor.permissions, "").items if one.address not in (home, "/")]
    lists = opened(client, list(dict.fromkeys([*LISTS, *menu])))
    records = opened(client, [one.format(**numbers) for one in RECORDS]) or opened(client, linked(client, lists))[:1]
    pages = [home, *lists, *records]
    return {"account": account.username, "role": actor.role, "keys": keys, "pages": [(one, pattern_of(one)) for one in pages]}


def linked(client: Client, lists: list[str]) -> list[str]:
    """Records that lists lead to, as their readers find them."""
    return [found for one in lists for found in LINK.findall(client.get(one).content.decode())]


def opened(client: Client, addresses: list[str]) -> list[str]:
    """The first few that answer with a page."""
    found: list[str] = []
    for address in addresses:
        if len(found) < MOST and client.get(address).status_code == 200:
            found.append(address)
    return found


def pattern_of(address: str) -> str:
    """As the log calls it."""
    return f"/{resolve(address).route}"


def session_of(account: Account, post_id: int) -> str:
    """An open session acting through a post."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[SESSION_POST] = post_id
    session.create()
    return str(session.session_key)
