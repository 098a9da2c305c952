"""Many save one draft at the same moment, again and again: no word of any is lost, and nobody is sent away."""

import pytest

from motcua.agencies.models import Agency
from motcua.dossiers import drafts
from motcua.dossiers.models import Draft
from motcua.dossiers.rules.drafts import Told
from motcua.procedures.models import Version
from motcua.procedures.queries import by_digest, head
from motcua.procedures.rules.catalogue import canonical, digest
from tests import cast
from tests.faults.at_once import in_processes
from tests.rules import heart

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
AT = heart.MONDAY
SAVERS = 5
SAVES = 25


@pytest.fixture
def draft() -> Draft:
    by_digest.cache_clear()
    head.cache_clear()
    office = Agency.objects.create(
        code=cast.COMMUNE, name="Xã", kind="commune_committee", place_code="11284",
        province_code="31", works_in="motcua", address="–", support_name="–", support_phone="–",
        support_hours="–", valid_from=AT.date(),
    )  # fmt: skip
    content, law = canonical(heart.PROCEDURE), heart.PROCEDURE
    version = Version.objects.create(
        digest=digest(content), code=law.code, slug=law.slug, content=content, published_at=AT,
        effective_from=law.effective.since,
    )  # fmt: skip
    made, _ = drafts.start(
        version_id=version.pk, agency_id=office.pk, circumstances={}, answers={}, account_id=None,
        at=AT,
    )  # fmt: skip
    return made


def told(name: str, answer: str, made_from: int, key: str) -> Told:
    return Told({name: answer}, frozenset({name}), made_from, key)


def test_savers_of_different_fields_lose_nothing(draft: Draft) -> None:
    def save(number: int) -> int:
        found = drafts.draft(draft.pk)
        for nth in range(SAVES):
            answer = told(f"field.{number}", f"word {nth}", found.revision, f"{number}:{nth}")
            assert not drafts.merge_in(found=found, told=answer, at=AT).conflicts
        return found.revision

    in_processes(SAVERS, save)
    kept = drafts.draft(draft.pk)
    assert kept.answers == {f"field.{number}": f"word {SAVES - 1}" for number in range(SAVERS)}
    assert kept.revision == 1 + SAVERS * SAVES


def test_of_savers_of_one_field_each_is_kept_or_asked(draft: Draft) -> None:
    def save(number: int) -> list[tuple[str, str]]:
        found, asked, last = drafts.draft(draft.pk), [], ""
        for nth in range(SAVES):
            mine = f"{number}:{nth}"
            answer = told("field", mine, found.revision, mine)
            result = drafts.merge_in(found=found, told=answer, at=AT)
            last = mine if not result.conflicts else last
            asked += [(one.mine, one.theirs) for one in result.conflicts]
        return [*asked, (last, "kept")]

    heard = [pair for each in in_processes(SAVERS, save) for pair in each]
    words = {mine for mine, _ in heard}
    asked = {mine for mine, theirs in heard if theirs != "kept"}
    kept = drafts.draft(draft.pk)
    assert kept.answers["field"] in words
    assert kept.answers["field"] not in asked
    assert kept.revision == 1 + SAVERS * SAVES - len(asked)
