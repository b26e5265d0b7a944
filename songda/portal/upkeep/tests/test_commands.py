"""The commands: one JSON object on standard output, what people need to hear on standard error, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from django.conf import settings

from songda.ledger.evidence.models import StoredFile
from songda.ledger.evidence.queries import store
from songda.portal.upkeep import commands


def test_backup_and_restore_in_json(installed: Path, elsewhere) -> None:
    (installed / "secret_key").write_text("another-key")
    saved = CliRunner().invoke(commands.backup, ["--to", str(installed / "a.zip"), "--with-secret", "--json"])
    assert (saved.exit_code, json.loads(saved.stdout)["with_secret"]) == (0, True)
    assert "加密后单独保管" in saved.stderr
    with elsewhere():
        done = CliRunner().invoke(commands.restore, [str(installed / "a.zip"), "--json"])
        told = json.loads(done.stdout)
        assert (done.exit_code, told["placed"], told["same_secret"]) == (0, ["secret_key"], True)
        key = Path(settings.HOME) / "secret_key"
        assert (key.read_text(), key.stat().st_mode & 0o777) == ("another-key", 0o600)


def test_words_say_what_is_left_out_and_what_is_damaged(installed: Path) -> None:
    place = store().place(StoredFile.objects.get().digest)
    place.chmod(0o640)
    place.write_bytes(b"other")
    done = CliRunner().invoke(commands.backup, [])
    assert done.exit_code == 3
    assert "不含密钥" in done.stdout
    assert "文件已损坏" in done.stdout


def test_doctor_and_upgrade_speak(installed: Path) -> None:
    looked = CliRunner().invoke(commands.doctor, ["--all"])
    assert looked.stdout.startswith("[正常] 配置")
    assert "无须升级" in CliRunner().invoke(commands.upgrade_command, []).stdout
