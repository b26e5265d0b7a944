"""Every adapter passes the same tests against the stand-in (SUP-04), over real HTTP."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import NamedTuple

import pytest

from songda.kernel import clock
from songda.kernel.errors import Unavailable
from songda.ledger.notices.actions import channels as adapters
from songda.ledger.notices.actions.channels import Channel, open_channel
from songda.ledger.notices.rules.letters import Letter
from songda.ledger.notices.rules.outcomes import Fate
from songda.portal.standins import server as standin
from songda.portal.standins.commands import channels
from songda.portal.standins.platform import Platform
from songda.portal.standins.server import running

LETTER = Letter("138-demo", "key-1", "政策送达", "示例企业：1. 示例措施", "http://127.0.0.1:8000/m/x/")
pytestmark = pytest.mark.row("SUP-04")


class Line(NamedTuple):
    """An adapter and the platform at its other end."""

    channel: Channel
    platform: Platform


@pytest.fixture(params=["dingtalk", "wecom"])
def line(request):
    platform = Platform()
    with running(platform) as server:
        channel = open_channel(request.param, channels(platform, server.address, "")["channels"][request.param])
        with closing(channel.client):
            yield Line(channel, platform)


def send(line: Line):
    return line.channel.send(LETTER, now=clock.now())


def test_a_letter_arrives_with_its_link(line):
    outcome = send(line)
    assert (outcome.fate, outcome.provider_id) == (Fate.TAKEN, "1")
    (message,) = line.platform.received
    assert message.to == LETTER.to and LETTER.link in message.text and "示例措施" in message.text


def test_a_refusal_inside_http_200_is_a_refusal(line):
    line.platform.faults.append("errcode")
    outcome = send(line)
    assert outcome.fate is Fate.REFUSED and "40035" in outcome.reason


def test_too_fast_waits_as_long_as_the_platform_asks(line):
    line.platform.per_minute = 1
    send(line)
    outcome = line.channel.send(Letter("other", "key-2", "t", "t", "l"), now=clock.now())
    assert (outcome.fate, outcome.wait) == (Fate.NOT_NOW, dt.timedelta(minutes=10))
    line.platform.faults.append("http-429")
    assert send(line).fate is Fate.NOT_NOW


@pytest.mark.parametrize(("fault", "arrived"), [("cut-after", 1), ("cut-before", 0), ("http-503", 0)])
def test_silence_is_ambiguous_whether_or_not_it_arrived(line, fault, arrived):
    line.platform.faults.append(fault)
    assert send(line).fate is Fate.AMBIGUOUS
    assert len(line.platform.received) == arrived


def test_no_answer_in_time_is_ambiguous(line, monkeypatch):
    monkeypatch.setattr(standin, "HANG_SECONDS", 0.5)
    line.channel.client.timeout = 0.1
    line.platform.faults.append("hang-after")
    send(line)  # fetches the token where one is needed
    line.platform.faults.append("hang-after")
    assert send(line).fate is Fate.AMBIGUOUS


def test_a_platform_that_is_not_there_was_not_reached(line):
    line.channel.client.base_url = "http://127.0.0.1:9"
    assert send(line).fate is Fate.NOT_NOW


def test_a_repeat_is_shown_once_where_a_key_is_taken(line):
    send(line)
    send(line)
    assert len(line.platform.received) == (1 if line.channel.takes_key else 2)


def test_a_stale_token_is_fetched_again():
    platform = Platform()
    with running(platform) as server:
        channel = open_channel("dingtalk", channels(platform, server.address, "")["channels"]["dingtalk"])
        line = Line(channel, platform)
        send(line)
        platform.entry = "renewed"
        stale = channel.send(Letter("u", "key-2", "t", "t", "l"), now=clock.now())
        assert (stale.fate, stale.wait) == (Fate.NOT_NOW, dt.timedelta(0))
        assert channel.send(Letter("u", "key-2", "t", "t", "l"), now=clock.now()).fate is Fate.TAKEN


def test_a_wrong_signature_is_refused():
    platform = Platform()
    with running(platform) as server:
        given = channels(platform, server.address, "")["channels"]["wecom"] | {"signing": "wrong"}
        assert "310000" in open_channel("wecom", given).send(LETTER, now=clock.now()).reason


def test_an_incomplete_configuration_is_refused(settings, tmp_path):
    settings.CHANNELS_FILE = tmp_path / "channels.json"
    settings.CHANNELS_FILE.write_text('{"channels": {"wecom": {"kind": "robot"}}}', encoding="utf-8")
    with pytest.raises(Unavailable, match="base_url"):
        adapters.open_channels()
    settings.CHANNELS_FILE.write_text("{", encoding="utf-8")
    with pytest.raises(Unavailable):
        adapters.open_channels()
