"""Every door declares its permission, in a word that some role holds."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver
from ninja import Router
from ninja.operation import Operation

from songda.kernel import jobs
from songda.kernel.api.doors import Token
from songda.kernel.doors import PUBLIC, SIGNED_IN, permission_of
from songda.portal.api.urls import API
from songda.portal.cli.main import every_command
from songda.portal.cli.table import DJANGO_FREE
from songda.registry.people.rules import PERMISSIONS
from songda.registry.programs.rules import READS, WRITES

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


def operations() -> Iterator[tuple[str, Operation]]:
    """Every operation of the programs' door, as it is called."""
    for router in API._get_bound_routers():
        for address, view in router.path_operations.items():
            for operation in view.operations:
                yield f"{' '.join(operation.methods)} {address}", operation


OPERATIONS = list(operations())


@pytest.mark.parametrize("operation", [one for _address, one in OPERATIONS], ids=[address for address, _one in OPERATIONS])
def test_an_operation_for_programs_declares_its_permission(operation: Operation) -> None:
    """One or several of which any opens it; what is declared is what its own check asks for."""
    declared = permission_of(operation.view_func)
    assert declared is not None, f"{operation.view_func.__name__} has no permission"
    assert set(declared.split()) <= HELD
    assert [(type(one), one.permission) for one in operation.auth_callbacks] == [(Token, declared)]


def bare(request: HttpRequest) -> None:
    """An operation that was added past the kit."""


def test_what_declares_nothing_would_be_seen() -> None:
    """The walk is not blind: an operation added past `kernel.api.doors` has neither a permission nor a check."""
    router = Router()
    router.get("/bare")(bare)
    assert permission_of(bare) is None
    assert [view.operations[0].auth_callbacks for view in router.path_operations.values()] == [[]]


def test_writing_for_programs_takes_a_scope_that_writes() -> None:
    writing = {declared for _address, one in OPERATIONS if one.methods != ["GET"] if (declared := permission_of(one.view_func))}
    assert {word for declared in writing for word in declared.split()} <= {*WRITES, SIGNED_IN}
    reading = {declared for _address, one in OPERATIONS if one.methods == ["GET"] if (declared := permission_of(one.view_func))}
    assert {word for declared in reading for word in declared.split()} <= {*READS, SIGNED_IN}


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
