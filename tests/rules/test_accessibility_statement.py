"""What is told of access is told of every criterion, and each test it names is there."""

import re
from datetime import date

from django.test import Client

from motcua.openness.accessibility import reference, statement
from tests.running import ROOT

A_AND_AA = 55
"""Criteria of WCAG 2.2 at these levels; 4.1.1 is no more."""


def test_every_criterion_is_told_once_with_its_way_in_both_languages():
    told = statement().criteria
    assert len({one.id for one in told}) == len(told) == A_AND_AA
    assert all(one.level in {"A", "AA"} for one in told)
    assert all(set(one.name) == set(one.how) == {"vi", "en"} for one in told)


def test_every_test_that_is_named_exists():
    named = {path for one in statement().criteria for path in re.findall(r"tests/[\w/.]+\.py", one.shown)}  # fmt: skip
    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_what_fails_is_named_by_its_number():
    known = {one.id for one in statement().criteria}
    assert set(statement().failing) <= known
    assert statement().checked_on <= date.today()  # noqa: DTZ011 - a day of the calendar


def test_the_page_for_developers_is_what_the_list_says():
    page = (ROOT / "docs/reference/accessibility.md").read_text(encoding="utf-8")
    assert page == reference(), "Run: .venv/bin/python -m motcua.openness.accessibility"


def test_the_statement_has_a_date_a_contact_and_says_what_is_not_known(settings):
    settings.ACCESSIBILITY_EMAIL = "tiep-can@vi-du.vn"
    page = Client().get("/tiep-can/").content.decode()
    assert "27/11/2026" in page
    assert 'href="mailto:tiep-can@vi-du.vn"' in page
    assert "TalkBack" in page
