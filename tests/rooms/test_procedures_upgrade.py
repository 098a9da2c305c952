"""An installation of before, with stored versions and its list, is carried over by the migrations."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from motcua.procedures.models import Listing
from motcua.procedures.queries import current
from motcua.procedures.rules.catalogue import canonical, digest
from motcua.procedures.search import find
from motcua.toolkit.clock import now
from tests import shelf

BEFORE = [("procedures", "0003_versions_are_kept")]
MARRIAGE = "1.000894"


def at(target: list[tuple[str, str]]) -> MigrationExecutor:
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection)


@pytest.fixture
def before() -> object:
    """The tables as they were; afterwards as they are."""
    yield at(BEFORE).loader.project_state(BEFORE).apps
    at(MigrationExecutor(connection).loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
def test_stored_versions_and_the_list_are_carried_over_and_filled_at_the_next_publishing(before):
    law = next(f for f in shelf.catalogue() if f.procedure.code == MARRIAGE).procedure
    text = canonical(law)
    before.get_model("procedures", "Version").objects.create(
        digest=digest(text), code=law.code, slug=law.slug, effective_from=law.effective.since,
        content=text, guides={}, published_at=now(),
    )  # fmt: skip
    before.get_model("procedures", "Listing").objects.create(
        code=law.code, slug=law.slug, name=law.name.model_dump(), short=law.short.model_dump(),
        level=law.level, linked=False, life_event="marriage", folded="dang ky ket hon", words="",
    )  # fmt: skip
    at(MigrationExecutor(connection).loader.graph.leaf_nodes())
    row = Listing.objects.get(code=MARRIAGE)
    assert (row.life_events, row.codes, row.slug) == (["marriage"], [MARRIAGE], law.slug)
    assert current(law.slug, date(2026, 11, 1)).digest == digest(text)
    shelf.fill(law.slug)
    assert [hit.row.code for hit in find("ket hon").hits] == [MARRIAGE]
