"""Administrators act only from the addresses listed; nobody else is held to them, and the console never."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from click.testing import CliRunner
from django.test import Client

from songda.portal.cli.main import cli
from songda.portal.configuration import WrongConfiguration, read
from songda.registry.people.tests.cast import enter

OFFICE = "10.1.2.0/24"


@pytest.fixture
def listed(settings):
    """Administrators act from the office alone."""
    settings.ADMIN_ADDRESSES = (ip_network(OFFICE),)


@pytest.mark.usefixtures("listed")
def test_an_administrator_elsewhere_is_told_why_and_would_act_without_the_list(cast, settings):
    there = enter(Client(REMOTE_ADDR="192.0.2.7"), cast.security_admin)
    refused = there.get("/people/")
    assert refused.status_code == 403
    assert "192.0.2.7" in refused.text
    assert there.post(f"/people/posts/{cast.desk.post_id}/end/").status_code == 403
    assert there.get("/posts/").status_code == 200
    assert enter(Client(REMOTE_ADDR="10.1.2.9"), cast.security_admin).get("/people/").status_code == 200
    settings.ADMIN_ADDRESSES = ()
    assert there.get("/people/").status_code == 200


@pytest.mark.usefixtures("listed")
def test_it_is_looked_at_with_every_request_not_only_at_the_door(cast):
    moved = enter(Client(REMOTE_ADDR="10.1.2.9"), cast.system_admin)
    assert moved.get("/organisations/").status_code == 200
    assert moved.get("/organisations/", REMOTE_ADDR="192.0.2.7").status_code == 403
    assert moved.get("/organisations/", REMOTE_ADDR="").status_code == 403


@pytest.mark.usefixtures("listed")
def test_nobody_else_is_held_to_it(cast):
    assert enter(Client(REMOTE_ADDR="192.0.2.7"), cast.dispatcher).get("/organisations/").status_code == 200


@pytest.mark.usefixtures("listed", "db")
def test_a_wrong_list_does_not_lock_out_the_console():
    assert CliRunner().invoke(cli, ["audit", "verify"]).exit_code == 0


@pytest.mark.parametrize("text", ["10.1.2.3/24", "office", "10.1.2.0/24;10.1.3.0/24"])
def test_a_list_that_cannot_be_read_is_refused_at_the_start(text, tmp_path):
    with pytest.raises(WrongConfiguration, match="SONGDA_ADMIN_ADDRESSES"):
        read({"SONGDA_HOME": str(tmp_path), "SONGDA_ADMIN_ADDRESSES": text})
    made = read({"SONGDA_HOME": str(tmp_path), "SONGDA_ADMIN_ADDRESSES": "10.1.2.0/24, 2001:db8::1"})
    assert made.admin_addresses == (ip_network(OFFICE), ip_network("2001:db8::1"))
    assert read({"SONGDA_HOME": str(tmp_path)}).admin_addresses == ()
