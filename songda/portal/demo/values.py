"""What the sources say of the invented subjects, source by source. Shares and medians are invented; nothing here knows a result."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from songda.engines.rules.days import EPOCH
from songda.portal.demo.columns import Sheet
from songda.portal.demo.days import LAST_YEAR, MONTH_END, TODAY, WEEK
from songda.portal.demo.economy import Economy, Flags, Ints, Texts, stepped
from songda.portal.demo.workforce import NOBODY, SITES_DAYS, SITES_OPEN, People, put_people, put_site_people, put_states

EPOCH_DAY = EPOCH.toordinal()
YEARS = (2017, 2018, 2019)
TECHNICAL = ("65", "75", "74", "73", "39", "40", "35", "38", "34", "27", "26")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the subjects are: where, in which form, founded when (ordinal), reached at work again or not."""

    kind: str
    areas: Texts
    forms: Texts
    founded: Ints
    resumed: Flags
    tiers: Texts
    people: People = NOBODY


def firm_facts(sheet: Sheet, who: Identity, truth: Economy) -> None:
    """All facts of a register of firms."""
    identity(sheet, who, truth)
    books(sheet, who, truth)
    research(sheet, who, truth)
    labour(sheet, truth)
    judgements(sheet)
    epidemic(sheet, who, truth)
    premises(sheet, truth)
    finance(sheet, truth)


def identity(sheet: Sheet, who: Identity, truth: Economy) -> None:
    """From the business register."""
    began = who.founded + sheet.rng.integers(0, 45, sheet.count)
    sheet.put("registered_area", who.areas, source="registry", day=who.founded)
    sheet.put("subject_kind", who.kind, source="registry", day=who.founded)
    sheet.put("legal_form", who.forms, source="registry", day=who.founded, known=0.99)
    sheet.put("industry", truth.industries, source="registry", day=who.founded)
    sheet.put("founded_on", who.founded - EPOCH_DAY, source="registry", day=who.founded, known=0.995)
    sheet.put("operating_since", began - EPOCH_DAY, source="registry", day=began, known=0.95, where=began <= TODAY.toordinal())
    sheet.put("legal_person", sheet.chance(0.97), source="registry", day=who.founded, known=0.97)
    sheet.put("operating", sheet.chance(0.95), source="tax", day=MONTH_END, known=0.93)


def books(sheet: Sheet, who: Identity, truth: Economy) -> None:
    """From the yearly returns of statistics and tax: only firms that were there last year have them."""
    old = who.founded < dt.date(2019, 7, 1).toordinal()
    sheet.put("headcount", truth.staff, source="statistics", day=LAST_YEAR, known=0.93, where=old)
    graded, recognised = truth.sizes != "", who.tiers != "none"
    sheet.put("size", truth.sizes, source="science", day=LAST_YEAR, where=recognised)
    sheet.put("size", truth.sizes, source="statistics", day=LAST_YEAR, known=0.97, where=graded & ~recognised)
    sheet.put("above_scale", truth.above, source="statistics", day=LAST_YEAR)
    sheet.put("revenue", truth.revenue, source="tax", day=LAST_YEAR, known=0.93, where=old)
    sheet.put("profit", truth.profit, source="tax", day=LAST_YEAR, known=0.85, where=old)
    sheet.put("assets", truth.assets, source="statistics", day=LAST_YEAR, known=0.85, where=old)
    sheet.put("tax_paid", stepped(truth.revenue * 0.03 * sheet.spread(1, 0.4)), source="tax", day=LAST_YEAR, known=0.9, where=old)
    grades = np.array(["A", "B", "M", "C", "D"], object)[sheet.rng.choice(5, sheet.count, p=[0.08, 0.5, 0.34, 0.06, 0.02])]
    sheet.put("tax_grade", grades, source="tax", day=LAST_YEAR, known=0.6, where=old)
    figure = truth.revenue.astype(float)
    for year in reversed(YEARS):
        there = who.founded < dt.date(year, 10, 1).toordinal()
        sheet.put("revenue_years", stepped(figure), source="tax", day=dt.date(year, 1, 1), known=0.9, where=there)
        figure = figure / np.clip(1 + truth.growth + sheet.rng.normal(0, 0.05, sheet.count), 0.4, 2.5)
    owns = sheet.chance(0.16)
    sheet.put("property_tax", stepped(truth.assets * 0.004), source="tax", day=LAST_YEAR, known=0.9, where=owns & old)
    sheet.put("exports", stepped(truth.revenue * 0.02), source="tax", day=LAST_YEAR, known=0.9, where=sheet.chance(0.03))


def research(sheet: Sheet, who: Identity, truth: Economy) -> None:
    """From the science desks."""
    technical = np.isin(truth.divisions, TECHNICAL)
    small = np.isin(truth.sizes, ["micro", "small", "medium"])
    high = technical & (truth.staff >= 10) & sheet.chance(0.3)
    spending = stepped(truth.revenue * sheet.spread(0.045, 0.6))
    sheet.put("rd_spending", spending, source="tax", day=LAST_YEAR, known=0.85, where=technical & (truth.staff >= 5))
    sheet.put("high_tech", high, source="science", day=LAST_YEAR, known=0.97)
    sheet.put("tech_sme", technical & small & sheet.chance(0.28), source="science", day=LAST_YEAR, known=0.96, where=technical)
    first = sheet.rng.integers(dt.date(2018, 9, 1).toordinal(), dt.date(2020, 1, 10).toordinal(), sheet.count)
    new = high & sheet.chance(0.45)
    sheet.put("high_tech_first", np.ones(sheet.count), source="science", day=first, where=new)
    sheet.put("high_tech_first", np.zeros(sheet.count), source="science", day=LAST_YEAR, known=0.9, where=~new)
    sheet.put("gazelle", who.tiers, source="science", day=dt.date(2020, 3, 10), where=who.tiers != "none")
    sheet.put("gazelle", who.tiers, source="science", day=dt.date(2020, 3, 10), known=0.95, where=who.tiers == "none")
    sheet.put("patents", sheet.rng.poisson(np.where(high, 9, 0.1)), source="science", day=LAST_YEAR, known=0.85)
    sheet.put("specialised", high & sheet.chance(0.04), source="industry", day=LAST_YEAR, known=0.95, where=technical)


def labour(sheet: Sheet, truth: Economy) -> None:
    """From social insurance."""
    insured = sheet.chance(0.62) | (truth.staff >= 30)
    people = np.maximum(1, (truth.staff * 0.86).astype(np.int64))
    paid = people * 42_000
    sheet.put("insured", insured, source="social", day=MONTH_END, known=0.96)
    sheet.put("insured_people", people, source="social", day=MONTH_END, known=0.95, where=insured)
    sheet.put("unemployment_premium", stepped(paid * 0.01), source="social", day=LAST_YEAR, known=0.93, where=insured)
    sheet.put("monthly_premiums", stepped(paid * 0.24 / 12), source="social", day=LAST_YEAR, known=0.9, where=insured)
    layoffs = np.round(np.abs(sheet.rng.normal(0.025, 0.03, sheet.count)), 4)
    sheet.put("layoff_rate", layoffs, source="social", day=MONTH_END, known=0.88, where=insured)
    hires = sheet.rng.poisson(np.minimum(truth.staff * 0.05, 60))
    sheet.put("new_hires", hires, source="social", day=WEEK, known=0.7, where=insured)
    sheet.put(
        "trained",
        sheet.rng.poisson(np.minimum(truth.staff * 0.2, 200)),
        source="social",
        day=WEEK,
        known=0.6,
        where=insured & sheet.chance(0.3),
    )


def judgements(sheet: Sheet) -> None:
    """What a desk has to judge: most of it is not judged yet."""
    hit = sheet.chance(0.7)
    sheet.put("affected", hit, source="industry", day=WEEK, known=0.5)
    sheet.put("difficulty", hit & sheet.chance(0.5), source="industry", day=WEEK, known=0.3)
    sheet.put("recovery", sheet.chance(0.8), source="industry", day=WEEK, known=0.2, where=hit)
    sheet.put("cannot_pay", hit & sheet.chance(0.3), source="social", day=WEEK, known=0.2)
    sheet.put("heavy_loss", hit & sheet.chance(0.12), source="tax", day=WEEK, known=0.15)
    sheet.put("late_filing", hit & sheet.chance(0.2), source="tax", day=WEEK, known=0.25)


def epidemic(sheet: Sheet, who: Identity, truth: Economy) -> None:
    """From the resumption sheets and the supplies desk."""
    maker = np.isin(truth.divisions, ["17", "26", "27", "35"]) & sheet.chance(0.3)
    more, other = maker & sheet.chance(0.5), maker & sheet.chance(0.4)
    sheet.put("makes_supplies", maker, source="industry", day=WEEK, known=0.9, where=truth.staff >= 3)
    sheet.put("expanded", more, source="industry", day=WEEK, known=0.95, where=maker)
    sheet.put("switched", other, source="industry", day=WEEK, known=0.95, where=maker)
    bought = (more | other) & sheet.chance(0.7)
    cost = stepped(sheet.spread(650_000, 0.9))
    sheet.put("equipment", np.where(bought, cost, 0), source="industry", day=WEEK, known=0.93, where=maker)
    sheet.put("city_grant", stepped(cost * 0.3), source="industry", day=WEEK, where=bought & sheet.chance(0.6))
    state = np.where(who.resumed, "resumed", np.where(sheet.chance(0.3), "applied", "not-due")).astype(object)
    opened = sheet.rng.integers(dt.date(2020, 2, 10).toordinal(), TODAY.toordinal() + 1, sheet.count)
    put_states(sheet, state, opened, who.resumed)
    sheet.put("resumed_on", opened - EPOCH_DAY, source="resumption", day=opened, known=0.95, where=who.resumed)
    back = np.minimum(truth.staff, (truth.staff * sheet.rng.uniform(0.55, 1.05, sheet.count)).astype(np.int64))
    put_people(sheet, who.people, who.resumed, truth, back)
    tested = sheet.chance(0.06)
    sheet.put("tests", np.where(tested, np.maximum(1, back), 0), source="return", day=WEEK, known=0.45)
    sheet.put(
        "protection_cost", stepped(truth.staff * sheet.spread(320, 0.5)), source="return", day=WEEK, known=0.5, where=who.resumed
    )


def premises(sheet: Sheet, truth: Economy) -> None:
    """From the lease registers, the meters and the construction desk."""
    state = sheet.chance(0.11)
    rent = stepped(np.maximum(1, truth.staff) * sheet.spread(620, 0.4) + 1500)
    sheet.put("state_premises", state, source="assets", day=LAST_YEAR, known=0.85)
    sheet.put("monthly_rent", rent, source="assets", day=LAST_YEAR, known=0.9, where=state)
    sheet.put("monthly_rent", rent, source="return", day=LAST_YEAR, known=0.4, where=~state)
    hatched = ~state & (truth.staff < 40) & sheet.chance(0.09)
    sheet.put("in_incubator", hatched, source="science", day=LAST_YEAR, known=0.9, where=truth.staff < 40)
    sheet.put("rent_waived", stepped(sheet.spread(240_000, 0.8)), source="return", day=WEEK, where=sheet.chance(0.004))
    used = sheet.spread(420, 0.7) * truth.staff
    for year in YEARS[1:]:
        sheet.put(
            "power_years",
            (used * 12).astype(np.int64),
            source="power",
            day=dt.date(year, 1, 1),
            known=0.5,
            where=truth.staff >= 8,
        )
    sheet.put("power_month", (used * 0.7).astype(np.int64), source="power", day=MONTH_END, known=0.8, where=truth.staff >= 8)
    sheet.put("under_construction", np.zeros(sheet.count, bool), source="registry", day=LAST_YEAR, known=0.95)
    sheet.put(
        "land",
        np.round(sheet.spread(22, 0.8)),
        source="registry",
        day=LAST_YEAR,
        known=0.9,
        where=truth.above & sheet.chance(0.4),
    )


def finance(sheet: Sheet, truth: Economy) -> None:
    """From the watch on lending."""
    owes = sheet.chance(0.22) | (truth.above & sheet.chance(0.5))
    balance = stepped(truth.revenue * sheet.spread(0.16, 0.6) + 50_000)
    sheet.put("loan_balance", np.where(owes, balance, 0), source="finance", day=MONTH_END, known=0.6)
    due = sheet.rng.integers(TODAY.toordinal(), TODAY.toordinal() + 400, sheet.count)
    sheet.put("loan_due_on", due - EPOCH_DAY, source="finance", day=MONTH_END, known=0.85, where=owes)
    fresh = owes & sheet.chance(0.35)
    lent = stepped(balance * sheet.rng.uniform(0.1, 0.6, sheet.count))
    sheet.put("new_loans", np.where(fresh, lent, 0), source="finance", day=MONTH_END, known=0.55)
    sheet.put("loan_interest", stepped(balance * 0.05), source="finance", day=LAST_YEAR, known=0.85, where=owes)
    sheet.put("guarantee_fee", stepped(lent * 0.015), source="finance", day=LAST_YEAR, known=0.9, where=owes & sheet.chance(0.25))


def site_facts(sheet: Sheet, who: Identity, truth: Economy) -> None:
    """All facts of a register of projects or markets."""
    building = who.kind == "project"
    sheet.put("registered_area", who.areas, source="registry", day=who.founded)
    sheet.put("subject_kind", who.kind, source="registry", day=who.founded)
    sheet.put("under_construction", building, source="construction", day=WEEK)
    sheet.put("headcount", truth.staff, source="construction", day=LAST_YEAR, known=0.85)
    sheet.put("affected", sheet.chance(0.8), source="construction", day=WEEK, known=0.7)
    state = np.where(who.resumed, "resumed", "not-due").astype(object)
    put_states(sheet, state, SITES_OPEN.toordinal() + np.arange(sheet.count) % SITES_DAYS, who.resumed)
    sheet.put("tests", np.where(sheet.chance(0.4), truth.staff, 0), source="return", day=WEEK, known=0.6)
    if not building:
        return
    sheet.put("investment", stepped(sheet.spread(90_000_000, 1.0)), source="construction", day=LAST_YEAR, known=0.9)
    sheet.put("land", np.round(sheet.spread(40, 0.8)), source="construction", day=LAST_YEAR, known=0.5)
    sheet.put("wage_deposit", stepped(sheet.spread(900_000, 0.7)), source="construction", day=LAST_YEAR, known=0.85)
    sheet.put("wage_arrears", sheet.chance(0.03), source="social", day=LAST_YEAR, known=0.8)
    put_site_people(sheet, who.people, who.resumed, truth)
