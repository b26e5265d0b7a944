"""One table of variables: read, refused with sentences, shown without secrets, printed into the handbook."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from songda.portal.cli.config import config
from songda.portal.configuration import VARIABLES, WrongConfiguration, advice, effective, read, table
from songda.portal.configuration.shapes import SHAPES, WORDS
from songda.portal.configuration.variables import NAMES, OF_TESTS

ROOT = Path(__file__).resolve().parents[4]
HANDBOOK = ROOT / "docs/handbook/configuration.zh.md"


def test_defaults_need_nothing(tmp_path: Path) -> None:
    found = read({"SONGDA_HOME": str(tmp_path)})
    assert (found.home, found.hosts) == (tmp_path, ("localhost", "127.0.0.1", "[::1]"))
    assert (found.https, found.proxies, found.debug, found.demonstration) == (False, 0, False, False)
    assert found.database_url == f"sqlite:///{tmp_path / 'songda.sqlite3'}"


def test_an_empty_variable_is_one_that_is_not_set(tmp_path: Path) -> None:
    """A compose file hands on empty variables."""
    assert read({"SONGDA_HOME": str(tmp_path), **dict.fromkeys(NAMES[1:], "")}) == read({"SONGDA_HOME": str(tmp_path)})


def test_the_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    read_first = read({"SONGDA_HOME": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []  # reading makes none
    first = read_first.secret_key
    assert len(first) >= 32
    assert read({"SONGDA_HOME": str(tmp_path)}).secret_key == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o77 == 0


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SONGDA_DEMO", "maybe", "只能是 yes 或 no，现为 'maybe'"),
        ("SONGDA_PROXIES", "-1", "不小于 0 的整数"),
        ("SONGDA_HOSTS", "http://a.cn/", "不带 http://"),
        ("SONGDA_LOG", "xml", "json 或 text"),
        ("SONGDA_LOG_LEVEL", "loud", "debug 或 info"),
        ("SONGDA_SECRET_KEY", "short", "至少要有 32 个字符，现有 5 个"),
        ("SONGDA_METRICS_TOKEN", "short", "至少要有 16 个字符"),
        ("SONGDA_FONT_DIR", "/nowhere/at/all", "已有的目录"),
        ("SONGDA_SCAN", "scan 'file", "引号"),
        ("DATABASE_URL", "mysql://a", "sqlite:/// 或 postgresql://"),
        ("DATABASE_URL", "postgresql://a:se/cret@h:x/y", "端口应是数字"),
        ("SONGDA_HOME", str(Path(__file__)), "是文件"),
    ],
)
def test_a_wrong_value_is_named_with_what_it_should_be(name: str, value: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(WrongConfiguration, match=re.escape(said)) as refused:
        read({"SONGDA_HOME": str(tmp_path), name: value})
    assert name in str(refused.value)
    assert "se/cret" not in str(refused.value)


def test_all_wrong_values_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(WrongConfiguration) as refused:
        read({"SONGDA_HOME": str(tmp_path), "SONGDA_DEMO": "1", "SONGDA_PROXIES": "one"})
    assert all(name in str(refused.value) for name in ("SONGDA_DEMO", "SONGDA_PROXIES"))


def test_unknown_variables_are_warned_of_with_the_nearest_name() -> None:
    assert advice({"SONGDA_HOSTNAMES": "a"}) == ["不认识的变量 SONGDA_HOSTNAMES，未起作用。是否想写 SONGDA_HOSTS？"]
    assert "DATABASE_URL" in advice({"SONGDA_DATABASE_URL": "x"})[0]
    assert advice({"PATH": "/bin", "SONGDA_TABLES": "x"}) == []


def test_settings_that_do_not_go_together_are_warned_of() -> None:
    outside = {"SONGDA_HOSTS": "songda.example.cn"}
    assert "明文" in advice(outside)[0]
    assert advice({**outside, "SONGDA_HTTPS": "yes"}) == []
    assert "SONGDA_DEBUG" in advice({"SONGDA_DEBUG": "yes"})[0]


def test_secrets_are_never_shown() -> None:
    environment = {
        "DATABASE_URL": "postgresql://songda:pass-word@db:5432/songda",
        "SONGDA_SECRET_KEY": "k" * 40,
        "SONGDA_METRICS_TOKEN": "t" * 40,
    }
    said = str(effective(environment)) + str(CliRunner().invoke(config, ["--json"], env=environment).output)
    assert "pass-word" not in said
    assert "kkkk" not in said
    assert "tttt" not in said
    assert "postgresql://songda:***@db:5432/songda" in said


def test_every_secret_is_marked() -> None:
    secret = {one.name for one in VARIABLES if one.secret}
    assert {one.name for one in VARIABLES if re.search("KEY|TOKEN|PASSWORD|SECRET|DATABASE", one.name)} == secret


def test_the_command_says_what_is_in_force_and_what_is_wrong(tmp_path: Path) -> None:
    good = CliRunner().invoke(config, [], env={"SONGDA_HOME": str(tmp_path)})
    assert good.exit_code == 0
    assert all(name in good.output for name in NAMES)
    wrong = CliRunner().invoke(config, ["--json"], env={"SONGDA_DEMO": "maybe", "SONGDA_HOST": "a"})
    told = json.loads(wrong.output)
    assert wrong.exit_code == 2
    assert "SONGDA_DEMO" in told["wrong"][0]
    assert "SONGDA_HOSTS" in told["advice"][0]


def test_the_table_is_whole() -> None:
    assert set(SHAPES) == set(WORDS) >= {one.shape for one in VARIABLES}
    assert len(set(NAMES)) == len(NAMES)
    for one in VARIABLES:
        assert one.meaning, one.name
        assert one.default or one.instead, one.name
        if one.default:
            SHAPES[one.shape](one.default)


def test_the_handbook_holds_the_table() -> None:
    assert table() in HANDBOOK.read_text(encoding="utf8"), "run `songda config --table` and put it into the handbook"


def test_no_variable_is_read_past_the_table() -> None:
    """Every SONGDA_ name in the sources is in the table, or belongs to the tests."""
    files = [*ROOT.glob("songda/**/*.py"), *ROOT.glob("tests/**/*.py"), ROOT / "Makefile", ROOT / "README.md"]
    files = [path for path in files if path != Path(__file__)]
    found = {name for path in files for name in re.findall(r"\bSONGDA_[A-Z]+(?:_[A-Z]+)*\b", path.read_text(encoding="utf8"))}
    assert found - set(NAMES) - OF_TESTS == set()
