"""Providers are read strictly: what has a fault is not offered, and no secret is repeated."""

from __future__ import annotations

import pytest

from songda.registry.identities.rules.providers import read

GOOD = {"kind": "oidc", "client_id": "songda", "client_secret": "s3cret-word", "issuer": "https://sso.example.gov.cn"}


def test_a_good_one_is_read_and_shows_no_secret():
    found, wrong = read(
        {"gov": GOOD, "ding": {"kind": "dingtalk", "client_id": "d", "client_secret": "s3cret-word"}}, loopback=False
    )
    assert not wrong
    assert (found["gov"].label, found["gov"].realm) == ("统一身份认证", "https://sso.example.gov.cn")
    assert found["ding"].login_url == "https://login.dingtalk.com"
    assert "s3cret-word" not in repr(found)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"issuer": "http://sso.example.gov.cn"}, "https://"),
        ({"issuer": "http://127.0.0.1:9"}, "https://"),
        ({"issuer": "https://user:word@sso.example.gov.cn"}, "不带账号"),
        ({"issuer": 3}, "issuer"),
        ({"client_secret": ""}, "client_secret"),
        ({"kind": "saml"}, "kind"),
        ({"algorithms": ["none"]}, "algorithms"),
        ({"algorithms": ["HS256"]}, "algorithms"),
        ({"second_factor": "yes"}, "second_factor"),
        ({"seconf_factor": True}, "seconf_factor"),
    ],
)
def test_a_fault_keeps_it_out(change, said):
    found, wrong = read({"gov": {**GOOD, **change}}, loopback=False)
    assert not found
    assert len(wrong) == 1
    assert said in wrong[0]
    assert "s3cret-word" not in wrong[0]


def test_plain_http_is_for_this_machine_in_a_demonstration_alone():
    assert read({"gov": {**GOOD, "issuer": "http://127.0.0.1:9"}}, loopback=True)[0]
    assert not read({"gov": {**GOOD, "issuer": "http://10.0.0.1:9"}}, loopback=True)[0]


def test_a_code_is_a_word_of_an_address():
    assert not read({"../x": GOOD}, loopback=False)[0]
