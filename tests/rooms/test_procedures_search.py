"""Publishing the catalogue, and finding a procedure by the words people type."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from motcua.procedures.models import Listing, Version
from motcua.procedures.queries import by_digest, current, offered
from motcua.procedures.records import import_records
from motcua.procedures.rules.refusals import ProcedureUnknown
from motcua.procedures.search import PAGE, Filters, find
from motcua.toolkit.clock import now
from tests import shelf
from tests.national_records import record, write, write_one

BIRTH, SINGLE, MARRIAGE = "3.000722", "1.004873", "1.000894"
SERVICES = ("khai-sinh-lien-thong", "dang-ky-ket-hon", "xac-nhan-tinh-trang-hon-nhan")

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> None:
    shelf.fill(*SERVICES)


@pytest.fixture
def records(tmp_path: Path) -> None:
    """Sixty invented national records."""
    write(tmp_path, range(60))
    import_records(places=[tmp_path], at=now())


def versions() -> list[tuple[int, str]]:
    return list(Version.objects.order_by("pk").values_list("pk", "digest"))


def codes(text: str, filters: Filters | None = None) -> list[str]:
    return [hit.row.code for hit in find(text, filters).hits]


@pytest.mark.usefixtures("published")
def test_publishing_again_changes_nothing() -> None:
    before = versions()
    rows = list(Listing.objects.order_by("pk").values_list("pk", "digest"))
    shelf.fill(*SERVICES)
    assert versions() == before
    assert list(Listing.objects.order_by("pk").values_list("pk", "digest")) == rows


@pytest.mark.usefixtures("published")
def test_a_stored_version_reads_back_as_it_was_written() -> None:
    found = current("khai-sinh-lien-thong", localdate())
    assert by_digest(found.digest).procedure.code == BIRTH
    assert "child.full_name" in found.definition.fields


@pytest.mark.usefixtures("published")
def test_linked_services_stand_in_front() -> None:
    assert offered()[0].linked
    assert find("").hits[0].row.linked


@pytest.mark.usefixtures("published")
def test_words_of_nothing_find_nothing() -> None:
    assert codes("xyzzyx qwrtpl") == []
    assert codes("  ?! ") == []


@pytest.mark.usefixtures("published", "records")
def test_no_words_list_everything() -> None:
    assert find("").total == Listing.objects.count()


@pytest.mark.usefixtures("published", "records")
def test_a_page_is_three_questions_to_the_database_however_much_is_found() -> None:
    assert len(find("").hits) == PAGE
    with CaptureQueriesContext(connection) as asked:
        find("cấp giấy phép")
    assert len(asked) <= 3


@pytest.mark.usefixtures("published", "records")
@pytest.mark.parametrize("text", ["", "giấy phép", "cap"])
def test_pages_follow_one_another_without_a_gap_or_a_double(text: str) -> None:
    page = find(text)
    seen = [hit.row.code for hit in page.hits]
    while page.following:
        page = find(text, after=page.following)
        seen += [hit.row.code for hit in page.hits]
    assert len(seen) == len(set(seen)) == page.total


@pytest.mark.parametrize("after", ["x", "12", "12:", ":1.000001", "99:'; drop", "5:9.999999"])
@pytest.mark.usefixtures("published")
def test_a_page_from_nowhere_is_answered_quietly(after: str) -> None:
    assert find("khai sinh", after=after).total


@pytest.mark.usefixtures("published", "records")
def test_filters_narrow_and_their_counts_tell_what_another_choice_would_bring() -> None:
    narrowed = find("", Filters(level="info"))
    assert {hit.row.level for hit in narrowed.hits} == {"info"}
    assert narrowed.total == narrowed.counts["level"]["info"] == 60
    assert narrowed.counts["level"]["full"] == Listing.objects.filter(level="full").count()
    assert "civil_status" in find("", Filters(life_event="birth")).counts["field"]


@pytest.mark.usefixtures("published", "records")
def test_filters_of_every_kind_agree_with_the_rows() -> None:
    for filters in (
        Filters(life_event="vehicle"),
        Filters(field="fishery"),
        Filters(ministry="finance"),
    ):
        found = find("", filters)
        assert found.total == sum(found.counts["level"].values())
        assert found.hits


@pytest.mark.usefixtures("published")
def test_what_is_offered_here_comes_before_what_is_only_told(tmp_path: Path) -> None:
    write_one(tmp_path, record(1) | {"ten_thu_tuc": "Thủ tục đăng ký kết hôn"})
    import_records(places=[tmp_path], at=now())
    assert codes("đăng ký kết hôn")[:2] == [MARRIAGE, record(1)["ma_thu_tuc"]]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("typed", "where", "found", "means"),
    [
        ("kết hôn", "name", "Đăng ký kết hôn", ""),
        ("ket ho", "name", "kết hôn", ""),
        ("hôn thú", "name", "hôn thú", "Đăng ký kết hôn"),
        ("1.000894", "code", "1.000894", ""),
    ],
)
def test_a_result_says_why_it_fits(typed: str, where: str, found: str, means: str) -> None:
    reason = next(h for h in find(typed).hits if h.row.code == MARRIAGE).reasons[0]
    assert (reason.where, reason.means) == (where, means)
    assert reason.found.lower() in found.lower()


@pytest.mark.usefixtures("published")
def test_an_old_code_finds_the_service_of_today_and_says_so() -> None:
    hit = find("2.000986").hits[0]
    assert hit.row.code == BIRTH
    assert hit.reasons[0].where == "old_code"


@pytest.mark.usefixtures("published")
def test_letters_of_another_language_and_marks_of_the_database_do_no_harm() -> None:
    for text in ("' | !", "a:* & b", "khai <-> sinh", "東京", "\\", "%", "a" * 5000, "0" * 300):
        find(text)


@pytest.mark.usefixtures("published")
def test_a_service_that_is_not_there_is_told() -> None:
    with pytest.raises(ProcedureUnknown):
        current("khong-co", localdate())


def test_the_whole_catalogue_is_loaded_by_one_command_and_again_without_change() -> None:
    call_command("load_catalogue")
    before = versions()
    call_command("load_catalogue")
    assert versions() == before
    assert {row.code for row in offered()} >= {BIRTH, SINGLE, MARRIAGE}


def test_the_form_of_the_measurements_is_found_by_address_but_not_by_searching() -> None:
    call_command("load_catalogue", also=[Path(settings.ROOT) / "bench/procedure"])
    assert current("do-tai", localdate()).procedure.code == "9.999999"
    assert not Listing.objects.filter(code="9.999999").exists()
    assert "9.999999" not in codes("do tai")
