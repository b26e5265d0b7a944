"""Every door declares its permission, in a word that some role holds."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from songda.kernel import jobs
from songda.kernel.doors import PUBLIC, SIGNED_IN, permission_of
from songda.portal.cli.main import every_command
from songda.portal.cli.table import DJANGO_FREE
from songda.registry.people.rules import PERMISSIONS

HELD = {permission for held in PERMISSIONS.values() for permission in held} | {PUBLIC, SIGNED_IN}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


PAGES = list(patterns(get_resolver()))


@pytest.mark.parametrize(("address", "pattern"), PAGES, ids=[address or "/" for address, _ in PAGES])
def test_a_page_declares_its_permission(address: str, pattern: URLPattern) -> None:
    declared = permission_of(pattern.callback)
    assert declared is not None, f"/{address} has no @door"
    assert declared in HELD, f"/{address} needs {declared}, which no role holds"


def leaves(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for child, inner in command.commands.items():
            yield from leaves(inner, f"{name} {child}")
    else:
        yield name, command


def test_commands_declare_what_they_stand_for() -> None:
    """But for those that touch no data of the installation: they read the files they are given (`DJANGO_FREE`)."""
    groups = [group for group in every_command() if group.name not in DJANGO_FREE]
    undeclared = [
        name for group in groups for name, leaf in leaves(group, group.name or "") if permission_of(leaf.callback) is None
    ]
    assert undeclared == []


def test_jobs_declare_what_they_stand_for() -> None:
    undeclared = [job.name for job in jobs.registered() if permission_of(job) is None]
    assert undeclared == []


def test_there_are_pages_at_all() -> None:
    assert len(PAGES) > 20
