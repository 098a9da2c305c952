"""A child's identity card: what the police are sent is enough to issue it, and is no more than that."""

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from motcua.journeys.rehearsal import rehearse
from motcua.procedures.rules.catalogue import read_folder
from motcua.procedures.rules.example import read_examples
from sandbox.exchange import results
from sandbox.exchange.facts import Facts
from sandbox.exchange.results import Task

CATALOGUE = Path(settings.CATALOGUE)
ISSUED = date(2026, 12, 1)


def sent(folder: str, example: str) -> dict[str, Any]:
    """Return the answers that reach the police's own system for an example."""
    read = read_folder(CATALOGUE / "procedures" / folder)
    written = next(w for w in read_examples(read.path, folder) if w.name == example)
    declared = rehearse(read, written, CATALOGUE).declared
    assert declared is not None
    stage = read.procedure.plan.stage("can_cuoc")
    return read.definition.visible_to(stage.sees, declared.settled.answers)


def issued(fields: dict[str, Any], **before: dict[str, str]) -> dict[str, Any]:
    """Return what the police answer to these fields and the results of the legs before."""
    doing = results.doing("residence", "issue-identity-card")
    assert doing is not None
    facts = Facts({"fields": fields, "previous_results": before})
    task = Task("H1", "issue-identity-card", {}, facts, ISSUED)
    return doing(sqlite3.connect(":memory:"), task)


def test_a_newborns_card_has_the_number_that_came_with_the_birth() -> None:
    fields = sent("ho-tich/khai-sinh-lien-thong", "them-the-can-cuoc")
    card = issued(fields, khai_sinh={"personal_number": "031326000284"})
    assert (card["card_number"], card["valid_to"]) == ("031326000284", "2040-11-05")


def test_an_older_childs_card_has_the_number_it_was_asked_with() -> None:
    card = issued(sent("can-cuoc/cap-the-can-cuoc-duoi-14", "chau-8-tuoi-den-thu-nhan"))
    assert (card["card_number"], card["valid_to"]) == ("031218004512", "2032-08-17")


@pytest.mark.parametrize("private", ["applicant.email", "birth_note.code", "marriage.number"])
def test_the_police_are_not_told_what_a_card_does_not_need(private: str) -> None:
    assert private not in sent("ho-tich/khai-sinh-lien-thong", "ba-nop-them-the-can-cuoc")


def test_before_september_2026_no_card_is_offered_with_a_birth() -> None:
    fields = sent("ho-tich/khai-sinh-lien-thong", "nop-truoc-thang-9-2026")
    assert not any(name.startswith("identity_card.") for name in fields)
