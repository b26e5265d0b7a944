"""What deploy/ says is true of this program: its variables are in the table, its commands and options exist, its parts fit together."""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from click import Group

from songda.portal.cli.main import command
from songda.portal.cli.table import MODULES
from songda.portal.configuration import advice
from songda.portal.configuration.reading import parse
from songda.portal.configuration.variables import NAMES, OF_TESTS

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SECTIONS = {"Unit", "Service", "Install", "Timer"}


def unit(path: Path) -> dict[str, dict[str, list[str]]]:
    """A unit file: section → key → values in order. Anything else in it is an error."""
    found: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf8").splitlines():
        if head := re.fullmatch(r"\[(\w+)\]", line):
            section = found.setdefault(head[1], defaultdict(list))
        elif line and not line.startswith("#"):
            key, value = re.fullmatch(r"(\w+)=(.*)", line).groups()
            section[key].append(value)
    return found


def environment(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text(encoding="utf8").splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def check_command(words: list[str]) -> None:
    """A `songda …` line as click would read it."""
    name, *given = words
    assert name in MODULES, f"songda {name} is no command"
    known = command(name)
    assert not isinstance(known, Group)
    known.make_context(name, given)  # raises for an option or argument that is not there


def songda_lines(text: str) -> list[list[str]]:
    """Every `songda name options` in a shell line."""
    return [shlex.split(found) for found in re.findall(r"\bsongda ([a-z]+(?: --?[\w-]+(?: [\w.]+)?)*)", text)]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_can_be_read_and_runs_what_there_is(path: Path) -> None:
    found = unit(path)
    assert found.keys() <= SECTIONS
    assert found["Unit"]["Description"]
    service = found.get("Service")
    if service is None:
        assert (DEPLOY / "systemd" / path.with_suffix(".service").name).exists(), "a timer without its service"
        assert re.fullmatch(r"\*-\*-\* \d\d:\d\d:\d\d", found["Timer"]["OnCalendar"][0])
        return
    assert service["User"] == ["songda"]
    assert service["EnvironmentFile"] == ["/etc/songda/songda.env"]
    assert service["ReadWritePaths"] == [environment(DEPLOY / "songda.env")["SONGDA_HOME"]]
    own = [line for key in ("ExecStartPre", "ExecStart") for line in service[key]]
    assert own
    for line in own:
        program, *words = shlex.split(line)
        assert program == "/srv/songda/.venv/bin/songda"
        check_command(words)


def test_what_serves_is_started_again() -> None:
    for name in ("songda-web.service", "songda-worker@.service"):
        service = unit(DEPLOY / "systemd" / name)["Service"]
        assert service["Restart"] == ["always"], name
    assert int(unit(DEPLOY / "systemd/songda-worker@.service")["Service"]["TimeoutStopSec"][0]) >= 60, "jobs in hand are cut off"


def test_the_sample_configuration_is_accepted_and_says_nothing_odd() -> None:
    given = environment(DEPLOY / "songda.env")
    values, wrong = parse(given)
    assert (wrong, advice(given)) == ([], [])
    assert (values["SONGDA_HTTPS"], values["SONGDA_PROXIES"]) == (True, 1)
    assert "127.0.0.1" in values["SONGDA_HOSTS"], "/healthz and /metrics are asked on the machine itself"


def test_every_variable_named_anywhere_is_in_the_table() -> None:
    files = [path for path in DEPLOY.rglob("*") if path.is_file()]
    named = {name for path in files for name in re.findall(r"\bSONGDA_[A-Z_]+\b", path.read_text(encoding="utf8"))}
    assert named
    assert named - set(NAMES) - OF_TESTS == set()


def test_the_compose_file_fits_together() -> None:
    found = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf8"))
    services = found["services"]
    assert set(services) == {"database", "web", "worker", "backup", "proxy"}
    for name in ("web", "worker", "backup"):
        own = {key for key in services[name]["environment"] if key != "TZ"}
        assert own <= set(NAMES), name
        assert services[name]["env_file"] == "songda.local.env"
        lines = songda_lines(" ".join(services[name]["command"]))
        assert lines, name
        for words in lines:
            check_command(words)
    used = {mount.split(":")[0] for one in services.values() for mount in one.get("volumes", ()) if mount[0] not in "./"}
    assert used == set(found["volumes"])
    assert services["proxy"]["network_mode"] == "service:web"


def test_the_proxy_tells_the_truth_about_the_visitor() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf8")
    assert text.count("{") == text.count("}")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text, "what a visitor wrote there would be passed on"
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in text
    port = re.search(r"server 127\.0\.0\.1:(\d+);", text)[1]
    assert f"--port {port}" in unit(DEPLOY / "systemd/songda-web.service")["Service"]["ExecStart"][0]
    assert "location = /metrics {\n        return 404;" in text


def test_a_wrong_line_would_be_found() -> None:
    with pytest.raises(Exception, match=r"(?i)no such option"):
        check_command(["serve", "--colour"])
    assert songda_lines("songda static && exec songda serve --port 8000") == [["static"], ["serve", "--port", "8000"]]
