"""`songda`: one group, its commands brought by the rooms.

Exit codes: 0 done, 1 refused, 2 usage, 3 done with row errors, 4 unavailable. Under `--json` standard output holds one JSON
object and nothing else; progress goes to standard error. `songda read` never loads the web framework: modules are imported
when their command is first asked for.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from importlib import import_module

import click

import songda
from songda.kernel.errors import SongdaError, Unavailable
from songda.portal.cli.table import DJANGO_FREE, MODULES
from songda.portal.configuration import WrongConfiguration

SERVERS = ("serve", "worker")  # they say what they do in the log; commands say it on the screen


class Rooms(click.Group):
    """A group whose commands live in the rooms' `commands` modules and are imported on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, without importing anything."""
        del ctx
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command from its room; Django is set up first unless the command does without it."""
        del ctx
        if cmd_name not in MODULES:
            return None
        return command(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing anything."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_module, line) in sorted(MODULES.items())])


def command(name: str) -> click.Command:
    """One command by name."""
    if name not in SERVERS:
        os.environ.setdefault("SONGDA_LOG_LEVEL", "error")
    if name not in DJANGO_FREE:
        start_django()
    found: tuple[click.Command, ...] = import_module(MODULES[name][0]).COMMANDS
    return {one.name: one for one in found}[name]


def every_command() -> Iterator[click.Command]:
    """All commands, for the structure test."""
    return (command(name) for name in MODULES)


def start_django() -> None:
    """Load settings and rooms, once."""
    import django  # `songda read` must not pay for it
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songda.portal.settings")
        django.setup()


@click.group(cls=Rooms, help="送达：政策、服务、要素、信心与统筹调度。 Songda: the working system behind a 三送一强 campaign.")
@click.version_option(songda.__version__, prog_name="songda")
def cli() -> None:
    """The root."""


def main(arguments: list[str] | None = None) -> None:
    """Run, and turn our own error tree into its exit codes."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = cli.main(args=given, prog_name="songda", standalone_mode=False)
    except SongdaError as error:
        sys.exit(report(error, as_json="--json" in given))
    except database_faults() as error:
        sys.exit(report(out_of_reach(error), as_json="--json" in given))
    except WrongConfiguration as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def database_faults() -> tuple[type[Exception], ...]:
    """Faults of the database, once Django is loaded; nothing for commands that do without it."""
    loaded = sys.modules.get("django.db.utils")
    return (loaded.DatabaseError, loaded.InterfaceError) if loaded else ()


def out_of_reach(error: Exception) -> Unavailable:
    """What a person can do about a database that does not answer or holds no tables yet."""
    lacking = "no such table" in str(error) or "does not exist" in str(error)
    first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if lacking:
        return Unavailable("数据库还没有建立。", advice="请先运行 songda init --pack 活动包；只想看演示，请运行 make demo。")
    return Unavailable(f"数据库没有应答：{first}", advice="请检查 DATABASE_URL 与数据库服务，然后重试。")


def report(error: SongdaError, *, as_json: bool) -> int:
    """Say a refusal, as JSON on standard output or as sentences on standard error; its exit code."""
    if as_json:
        click.echo(json.dumps({"error": error.as_dict()}, ensure_ascii=False))
    else:
        click.echo("\n".join(filter(None, (error.message, *error.fields.values(), error.advice))), err=True)
    return error.exit_code


if __name__ == "__main__":
    main()
