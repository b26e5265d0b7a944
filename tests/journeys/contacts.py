"""Giving a measure its contact card in the browser: nothing is published without one (POL-13)."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def give_card(page: Page, site: str, version_id: int) -> None:
    """The editor's step before publication."""
    page.goto(f"{site}/policy/measures/{version_id}/")
    page.get_by_role("link", name="联系卡", exact=True).click()
    page.locator("[name=section]").fill("示例政策科")
    page.locator("[name=post_title]").fill("政策专员")
    page.locator("[name=phone]").fill("0371-0000 0101")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("已登记联系卡。")).to_be_visible()
