"""A real browser on a real server; every page a journey opens can be looked at afterwards ($SONGDA_SHOTS names a folder)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Page

from songda.kernel import clock
from songda.registry.people.models import Account
from songda.registry.people.tests.cast import PASSWORD
from tests import browser, tables


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory) -> None:
    """SQLite in a file: a page asks several things at once, and one connection in memory cannot answer them side by side. It begins
    with the tables that an earlier run kept, where there are any."""
    default = connections["default"]
    if default.vendor == "sqlite":
        file = tmp_path_factory.mktemp("journeys") / "songda.sqlite3"
        default.settings_dict["TEST"]["NAME"] = str(file)
        if tables.kept().exists():
            shutil.copy(tables.kept(), file)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """What is in that file stays; the folder is pytest's own and goes with it."""
    return django_db_keepdb or connections["default"].vendor == "sqlite"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's Chromium, quiet."""
    return {**browser_type_launch_args, "executable_path": browser.ensure(), "args": browser.FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A desk; phones ask for `on_phone`."""
    return {**browser_context_args, "locale": "zh-CN", "viewport": {"width": 1360, "height": 900}}


@pytest.fixture
def shot(page: Page) -> Callable[[str], None]:
    """Keep a picture of the page under a name, where a folder is given."""
    folder = os.environ.get("SONGDA_SHOTS")

    def take(name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take


@pytest.fixture
def sign_in(page: Page, live_server) -> Callable[[str], None]:
    """Sign in through the page, as a person would."""

    def enter(username: str, password: str = PASSWORD) -> None:
        Account.objects.filter(username=username).update(created_at=clock.now(), last_login=clock.now())  # not asleep since 2020
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/sign-in/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda address: "/sign-in/" not in address, wait_until="load", timeout=8000)

    return enter
