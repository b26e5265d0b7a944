"""Every adapter passes the same tests against the stand-in (SUP-04), over real HTTP and SMTP."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import NamedTuple

import pytest

from songda.kernel import clock
from songda.kernel.errors import Unavailable
from songda.ledger.notices.actions import channels as adapters
from songda.ledger.notices.actions.channels import Channel, open_channel
from songda.ledger.notices.rules.letters import Letter, Sent
from songda.ledger.notices.rules.outcomes import Fate, Sight
from songda.portal.standins.commands import channels
from songda.portal.standins.platform import Platform
from songda.portal.standins.server import running

CHANNELS = ("dingtalk", "dingtalk_group", "wecom", "wecom_group", "sms", "email")
LETTER = Letter("zone-tech", "key-1", "政策送达", "示例企业：1. 示例措施", "http://127.0.0.1:8000/m/x/")
pytestmark = pytest.mark.row("SUP-04")


class Line(NamedTuple):
    """An adapter and the platform at its other end."""

    code: str
    channel: Channel
    platform: Platform
    given: dict


@pytest.fixture(params=CHANNELS)
def line(request):
    platform = Platform()
    with running(platform) as server:
        given = channels(server, "", ["zone-tech"])["channels"][request.param]
        yield Line(request.param, open_channel(request.param, given), platform, given)


def send(line: Line, letter: Letter = LETTER):
    return line.channel.send(letter, now=clock.now())


def test_a_letter_arrives_with_its_link(line):
    outcome = send(line)
    assert outcome.fate is Fate.TAKEN
    (message,) = line.platform.received
    assert LETTER.to in message.to and LETTER.link in message.text and "示例措施" in message.text


def test_a_refusal_is_a_refusal_whatever_the_status(line):
    line.platform.faults.append("errcode")
    outcome = send(line)
    assert outcome.fate is Fate.REFUSED and ("40035" in outcome.reason or "550" in outcome.reason)


def test_too_fast_closes_the_channel_and_nothing_was_taken(line):
    line.platform.per_minute = 1
    send(line)
    outcome = send(line, replace(LETTER, key="key-2", text="另一条"))
    assert outcome.fate is Fate.HOLD and len(line.platform.received) == 1
    if line.code == "dingtalk_group":
        assert outcome.wait == dt.timedelta(minutes=10), "as long as the platform says"
    line.platform.faults.append("http-429")
    assert send(line, replace(LETTER, key="key-3", text="再一条")).fate is Fate.HOLD


@pytest.mark.parametrize(("fault", "arrived"), [("cut-after", 1), ("cut-before", 0)])
def test_silence_is_ambiguous_whether_or_not_it_arrived(line, fault, arrived):
    line.platform.faults.append(fault)
    assert send(line).fate is Fate.AMBIGUOUS
    assert len(line.platform.received) == arrived


def test_a_server_in_trouble_is_never_believed_to_have_refused(line):
    line.platform.faults.append("http-503")
    assert send(line).fate in (Fate.AMBIGUOUS, Fate.NOT_NOW)


def test_no_answer_in_time_is_ambiguous(line, monkeypatch):
    send(line)  # fetches the token where one is needed
    line.platform.hang_seconds = 0.6
    if hasattr(line.channel, "client"):
        line.channel.client.timeout = 0.2
    else:
        monkeypatch.setattr("songda.ledger.notices.actions.channel_mail.PATIENCE", 0.2)
    line.platform.faults.append("hang-after")
    assert send(line).fate is Fate.AMBIGUOUS


def test_a_platform_that_is_not_there_took_nothing_from_anybody(line):
    nowhere = "smtp://127.0.0.1:9" if line.code == "email" else "http://127.0.0.1:9"
    assert open_channel(line.code, line.given | {"base_url": nowhere}).send(LETTER, now=clock.now()).fate is Fate.HOLD


def test_a_repeat_is_shown_once_where_a_key_is_taken(line):
    send(line)
    again = send(line)
    assert again.fate is Fate.TAKEN
    assert len(line.platform.received) == (1 if line.channel.takes_key else 2)


def test_what_can_be_asked_answers_for_our_key(line):
    never = line.channel.look(Sent("never-sent", "", LETTER.to), now=clock.now())
    outcome = send(line)
    sent = line.channel.look(Sent(LETTER.key, "", LETTER.to), now=clock.now())
    expected = (Sight.ABSENT, Sight.DELIVERED) if line.channel.can_be_asked else (Sight.SILENT, Sight.SILENT)
    assert (never.sight, sent.sight) == expected
    by_number = line.channel.look(Sent(LETTER.key, outcome.provider_id, LETTER.to), now=clock.now())
    assert by_number.sight is (Sight.DELIVERED if line.channel.receipts else Sight.SILENT)


def test_a_receipt_may_say_that_it_came_back(line):
    line.platform.bounces.add(LETTER.to)
    outcome = send(line)
    look = line.channel.look(Sent(LETTER.key, outcome.provider_id, LETTER.to), now=clock.now())
    assert look.sight is (Sight.BOUNCED if line.channel.receipts else Sight.SILENT)


def test_a_wrong_secret_is_never_taken(line):
    wrong = {"signing": "wrong", "application": "wrong", "groups": {"zone-tech": {"application": "wrong", "signing": "wrong"}}}
    outcome = open_channel(line.code, line.given | wrong).send(LETTER, now=clock.now())
    assert outcome.fate in (Fate.HOLD, Fate.REFUSED) and outcome.reason and not line.platform.received


def test_every_channel_says_what_it_needs(line):
    for name in ("base_url", "kind"):
        with pytest.raises(Unavailable, match=name):
            open_channel(line.code, {**line.given, name: ""})


@pytest.mark.parametrize("code", ["dingtalk", "wecom"])
def test_a_stale_token_is_fetched_again(code):
    platform = Platform()
    with running(platform) as server:
        line = Line(code, open_channel(code, channels(server, "")["channels"][code]), platform, {})
        send(line)
        platform.entry = "renewed"
        stale = send(line, replace(LETTER, key="key-2", text="另一条"))
        assert (stale.fate, stale.wait) == (Fate.NOT_NOW, dt.timedelta(0))
        assert send(line, replace(LETTER, key="key-2", text="另一条")).fate is Fate.TAKEN


@pytest.mark.parametrize("code", ["dingtalk_group", "wecom_group"])
def test_a_group_without_a_robot_is_refused(code):
    with running(Platform()) as server:
        given = channels(server, "", ["zone-tech"])["channels"][code] | {"application": ""}
        outcome = open_channel(code, given).send(replace(LETTER, to="nobody"), now=clock.now())
    assert (outcome.fate, outcome.reason) == (Fate.REFUSED, "群 nobody 未配置机器人")


def test_wecom_forgets_a_content_after_four_hours():
    platform = Platform()
    with running(platform) as server:
        channel = open_channel("wecom", channels(server, "")["channels"]["wecom"])
        channel.send(LETTER, now=clock.now())
        platform.clock = lambda: clock.now() + channel.key_lives
        channel.send(LETTER, now=clock.now())
    assert len(platform.received) == 2, "so a repeat later than that is left to a person"


def test_an_incomplete_configuration_is_refused(settings, tmp_path):
    settings.CHANNELS_FILE = tmp_path / "channels.json"
    settings.CHANNELS_FILE.write_text('{"channels": {"wecom": {"kind": "robot"}}}', encoding="utf-8")
    with pytest.raises(Unavailable, match="base_url"):
        adapters.open_channels()
    settings.CHANNELS_FILE.write_text("{", encoding="utf-8")
    with pytest.raises(Unavailable):
        adapters.open_channels()


def test_the_file_of_the_standin_opens_every_channel(settings, tmp_path):
    settings.CHANNELS_FILE = tmp_path / "channels.json"
    with running(Platform(per_minute=7)) as server:
        settings.CHANNELS_FILE.write_text(json.dumps(channels(server, "")), encoding="utf-8")
        opened = adapters.open_channels()
    assert set(opened) == set(CHANNELS)
    assert {one.per_minute for one in opened.values()} == {7}
