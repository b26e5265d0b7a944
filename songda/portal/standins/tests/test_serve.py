"""The stand-in behaves as the platform's documents say."""

from __future__ import annotations

import httpx
import pytest

from songda.kernel import clock
from songda.portal.standins.platform import Platform, signature
from songda.portal.standins.server import ROBOT, WORK_NOTICE, running


def robot_query(platform: Platform, secret: str | None = None) -> dict[str, str]:
    at = str(int(clock.now().timestamp() * 1000))
    return {"access_token": platform.entry, "timestamp": at, "sign": signature(secret or platform.signing, at)}


def say(address: str, platform: Platform, text: str = "您好") -> dict:
    body = {"msgtype": "text", "text": {"content": text}}
    return httpx.post(address + ROBOT, params=robot_query(platform), json=body).json()


def test_robot_takes_a_signed_message():
    platform = Platform()
    with running(platform) as server:
        assert say(server.address, platform)["errcode"] == 0
        assert httpx.get(server.address + "/received").json()["received"][0]["text"] == "您好"


def test_robot_refuses_a_wrong_signature_with_http_200():
    platform = Platform()
    with running(platform) as server:
        answer = httpx.post(server.address + ROBOT, params=robot_query(platform, "wrong"), json={})
    assert (answer.status_code, answer.json()["errcode"], platform.received) == (200, 310000, [])


def test_robot_is_limited_per_minute():
    platform = Platform(per_minute=2)
    with running(platform) as server:
        codes = [say(server.address, platform)["errcode"] for _ in range(3)]
    assert codes == [0, 0, 130101]


def test_work_notice_shows_a_key_once():
    platform = Platform()
    with running(platform) as server:
        for _ in range(2):
            answer = httpx.post(
                server.address + WORK_NOTICE,
                params={"access_token": platform.entry},
                headers={"Idempotency-Key": "k1"},
                json={"userid_list": "u1", "msg": {"msgtype": "text", "text": {"content": "您好"}}},
            ).json()
            assert answer["task_id"] == 1
    assert (len(platform.received), platform.repeated) == (1, 1)


def test_faults_come_on_demand_and_an_unknown_one_is_refused():
    platform = Platform()
    with running(platform) as server:
        assert httpx.post(server.address + "/faults", json=["nonsense"]).json()["errcode"] != 0
        httpx.post(server.address + "/faults", json=["cut-after", "cut-before", "errcode"])
        with pytest.raises(httpx.RemoteProtocolError):
            say(server.address, platform)
        with pytest.raises(httpx.RemoteProtocolError):
            say(server.address, platform)
        assert say(server.address, platform)["errcode"] == 40035
    assert len(platform.received) == 1
