"""`python -m songda.portal.languages update | compile`: for the Makefile, before Django is set up."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from songda.portal.languages import catalogue
from songda.portal.languages.extracting import messages_under

SONGDA = Path(__file__).resolve().parents[2]


@click.group()
def main() -> None:
    """The English catalogue 英文词条."""


@main.command()
def update() -> None:
    """Bring the .po file up to the sources: new sentences come in untranslated, vanished ones go."""
    fresh = catalogue.updated(catalogue.read(), messages_under(SONGDA))
    catalogue.write(fresh)
    click.echo(f"共 {len(fresh)} 条，其中未译 {len(catalogue.untranslated(fresh))} 条：{catalogue.PO}")


@main.command("compile")
def compile_catalogue() -> None:
    """Make the .mo file that Django reads."""
    catalogue.compile_to()


if __name__ == "__main__":
    sys.exit(main())
