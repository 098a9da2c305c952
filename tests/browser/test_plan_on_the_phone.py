"""Without network the phone finds the pages of a case by itself: those the server would ask."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from motcua.journeys.rehearsal import rehearse_all
from motcua.procedures.rules.browser import plan
from motcua.procedures.rules.catalogue import folders, read_folder
from motcua.procedures.rules.controls import controls
from motcua.procedures.rules.example import read_examples
from tests.browser.test_rules_on_the_phone import RULES

pytestmark = pytest.mark.browser
ASK = """cases => cases.map(([plan, told]) => {
  const on = (page) => told[page] && ((name) => [...(told[page][name] || [])]);
  const values = motcuaRules.settled(plan, on);
  return plan.pages.filter((page) => motcuaRules.asked(page, values)).map((page) => page.id);
})"""


def cases() -> Iterator[tuple[str, list[Any], list[str]]]:
    """Yield every fourth example (living through all takes long): its name, what its phone took along and was told, the pages the server asks."""
    for place in folders(settings.CATALOGUE / "procedures"):
        folder = read_folder(place, settings.CATALOGUE)
        for lived in rehearse_all(
            folder, read_examples(place, place.name)[::4], settings.CATALOGUE
        ):
            if lived.declared is None:
                continue
            definition, settled = folder.definition, lived.declared.settled
            before = lived.written.example.before.answers
            begun = definition.settle(before, lived.declared.circumstances)
            told = {
                page.id: {
                    name: values
                    for field in definition.asked(page, settled.values)
                    for name, values in controls(field, settled.answers.get(field.id)).items()
                }
                for page in definition.asked_pages(settled.values)
            }
            asked = [page.id for page in definition.asked_pages(settled.values)]
            name = f"{folder.definition.procedure.slug}: {lived.written.name}"
            yield name, [plan(definition, begun.values), told], asked


def test_examples_are_led_through_the_pages_that_the_server_asks(
    someone: Callable[..., Page],
) -> None:
    found = list(cases())
    page = someone()
    page.add_script_tag(path=RULES)
    led = page.evaluate(ASK, [case for _, case, _ in found])
    ways = zip(found, led, strict=True)
    assert [(name, asked, there) for (name, _, asked), there in ways if asked != there] == []
