"""The board of firms and measures, for every test here."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.matching.actions import match_versions
from songda.deliveries.policy.matching.tests.board import Board, board
from songda.ledger.notices.tests.post import reachable
from songda.registry.actors import system
from songda.registry.people.tests.cast import NOW

__all__ = ["board", "matched"]


@pytest.fixture
def matched(board: Board, settings, tmp_path) -> Board:
    """The board after matching; every firm but `four` has a DingTalk contact, `one` has two channels."""
    settings.CHANNELS_FILE = tmp_path / "channels.json"
    settings.CHANNELS_FILE.write_text('{"channels": {"dingtalk": {}, "wecom": {}}}', encoding="utf-8")
    match_versions(board.snapshot(), board.versions.values(), by=system(), now=NOW)
    for name in ("one", "two", "three"):
        reachable(board.firms[name], "dingtalk", f"d-{name}")
    reachable(board.firms["one"], "wecom", "w-one")
    return board
