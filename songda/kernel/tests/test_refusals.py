"""A refusal on the form that was sent, on the next page, and the way back."""

from __future__ import annotations

from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from songda.kernel.errors import Conflict, Invalid
from songda.kernel.screens.refusals import show_refusal
from songda.kernel.screens.steps import attempt, back_of


class NameForm(forms.Form):
    name = forms.CharField()
    extra_rooms = forms.IntegerField()


def filled():
    form = NameForm({"name": "示例", "extra_rooms": 3})
    assert form.is_valid()
    return form


def sent(**fields):
    request = RequestFactory().post("/", fields)
    request._messages = CookieStorage(request)
    return request


def test_each_sentence_stands_at_its_field_and_the_whole_on_top():
    form = filled()
    refused = Invalid("没有登记。", advice="请补全。", fields={"name": "应为全称。", "rooms": "至少一间。", "lost": "不在表上。"})
    show_refusal(form, refused, {"rooms": "extra_rooms"})
    assert form.errors == {"name": ["应为全称。"], "extra_rooms": ["至少一间。"], "__all__": ["没有登记。请补全。", "不在表上。"]}


def test_a_sentence_is_said_once():
    form = filled()
    show_refusal(form, Invalid("应为全称。", fields={"name": "应为全称。"}))
    assert form.errors == {"name": ["应为全称。"]}


def test_an_attempt_says_what_came_of_it_and_goes_back():
    def refuse():
        raise Conflict("已办结。", advice="请刷新。")

    done = sent(back="/cases/3/")
    assert attempt(done, lambda: None, "/home/", "已保存。").url == "/cases/3/"
    assert [str(one) for one in get_messages(done)] == ["已保存。"]
    refused = sent()
    assert attempt(refused, refuse, "/home/", "已保存。").url == "/home/"
    assert [str(one) for one in get_messages(refused)] == ["已办结。 请刷新。"]


def test_nobody_is_led_to_a_strangers_page():
    assert back_of(sent(back="https://example.com/"), "/home/") == "/home/"
