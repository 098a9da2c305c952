"""The figures of an office: every number is the list behind it, and nobody sees another office's."""

import uuid
from datetime import timedelta

import pytest

from motcua.agencies.models import Post
from motcua.dossiers.models import Dossier, LegRow
from motcua.dossiers.rules.facts import Fault
from motcua.journeys import handling
from motcua.toolkit.clock import now
from tests.journeys import ground
from tests.journeys.english import read_in_english, vietnamese_left
from tests.journeys.office import COMMUNE

pytestmark = pytest.mark.django_db
TODAY, PERIOD, INDEX = "/can-bo/so-lieu/", "/can-bo/so-lieu/ky/", "/can-bo/so-lieu/chi-so/"
LIST = "/can-bo/so-lieu/danh-sach/"
BLURRED = Fault(code="blurred", text="Ảnh mờ.", how="Chụp lại.", paper="birth_note")


def words(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def tiles(browser, path=TODAY, which="tiles"):
    return {tile.label: tile for tile in browser.get(path).context[which]}


def number(browser, label, path=TODAY, which="tiles"):
    return tiles(browser, path, which)[label].value


def listed(browser, href):
    return [line.code for line in browser.get(href).context["lines"]]


def promoted(office, name):
    """Give an official of a linked agency the post of its leader, too."""
    Post.objects.create(
        official=office.officials[name], agency=office.post(name).agency, role="leader",
        valid_from=ground.SINCE,
    )  # fmt: skip
    return office.browser(name)


@pytest.fixture
def leader(office):
    return office.browser("leader")


# --- today ---------------------------------------------------------------------------------------


def test_the_leader_sees_what_came_in_and_what_stands_where(office, leader):
    office.filed()
    office.received()
    assert number(leader, "Nộp vào") == 2
    assert number(leader, "Chờ tiếp nhận") == 1
    assert number(leader, "Chưa giải quyết xong") == 2
    assert "Khai sinh: draft – Ủy ban nhân dân" in words(leader.get(TODAY))


def test_every_number_of_today_leads_to_as_many_dossiers(office, leader):
    office.filed()
    office.born()
    late = office.received()
    Dossier.objects.filter(code=late.code).update(due_at=now() - timedelta(days=2))
    for tile in leader.get(TODAY).context["tiles"]:
        assert len(listed(leader, tile.href)) == tile.value, tile.label


def test_a_late_dossier_is_counted_and_its_cause_named(office, leader):
    late = office.received()
    gone = now() - timedelta(days=2)
    Dossier.objects.filter(code=late.code).update(due_at=gone)
    LegRow.objects.filter(dossier__code=late.code, leg="birth").update(due_at=gone)
    page = leader.get(TODAY)
    (cause,) = page.context["causes"]
    assert cause.label.startswith("Khai sinh – Ủy ban nhân dân")
    assert listed(leader, cause.href) == [late.code]


def test_a_dossier_that_waits_for_its_applicant_is_not_late(office, leader):
    row = office.received()
    handling.ask_supplement(
        code=row.code, post=office.post("registrar"), leg="birth", faults=(BLURRED,),
        key=uuid.uuid4().hex, seen=None, at=now(),
    )  # fmt: skip
    LegRow.objects.filter(dossier__code=row.code).update(due_at=now() - timedelta(days=2))
    assert number(leader, "Chờ người dân bổ sung hoặc nộp phí") == 1
    assert number(leader, "Trễ hạn") == 0


def test_what_only_another_agency_has_to_do_waits_for_it(office, leader):
    row = office.born()
    waiting = tiles(leader)["Chờ cơ quan khác"]
    assert listed(leader, waiting.href) == [row.code]


def test_who_did_what_today_is_told_with_the_dossiers(office, leader):
    row = office.received()
    people = leader.get(TODAY).context["people"]
    (desk,) = [bar for bar in people if bar.label == "Phạm Thị Mai Hoa"]
    assert listed(leader, desk.href) == [row.code]


# --- periods ------------------------------------------------------------------------------------


def test_every_number_of_a_period_leads_to_as_many_dossiers(office, leader):
    office.filed()
    for span in ("tuan", "thang", "quy"):
        page = leader.get(f"{PERIOD}?ky={span}")
        bars = [bar for stretch in page.context["stretches"] for bar in stretch.bars]
        for shown in [*page.context["tiles"], *bars]:
            assert len(listed(leader, shown.href)) == shown.value, shown.label


def test_the_weeks_of_a_month_add_up_to_the_month(office, leader):
    office.filed()
    earlier = office.filed()
    Dossier.objects.filter(code=earlier.code).update(submitted_at=now() - timedelta(days=9))
    page = leader.get(f"{PERIOD}?ky=quy")
    filed = [stretch.bars[0].value for stretch in page.context["stretches"]]
    assert sum(filed) == number(leader, "Nộp vào", f"{PERIOD}?ky=quy") == 2


def test_a_refused_dossier_is_told_with_its_reason(office, leader):
    row = office.filed()
    handling.decline(
        code=row.code, post=office.post("front_desk"), faults=(BLURRED,), key=uuid.uuid4().hex,
        seen=None, at=now(),
    )  # fmt: skip
    (reason,) = leader.get(PERIOD).context["reasons"]
    assert (reason.label, reason.value) == ("Ảnh mờ.", 1)
    assert number(leader, "Kết thúc khi chưa tiếp nhận", PERIOD) == 1
    assert "chưa có hồ sơ để tính" in words(leader.get(PERIOD))


def test_what_somebody_typed_as_another_reason_stands_in_no_table(office, leader):
    row = office.filed()
    typed = Fault(code="other", text="Ông Lê Văn Lạ nộp nhầm.", how="Nộp lại.")
    handling.decline(
        code=row.code, post=office.post("front_desk"), faults=(typed,), key=uuid.uuid4().hex,
        seen=None, at=now(),
    )  # fmt: skip
    page = words(leader.get(PERIOD))
    assert "Lý do khác" in page
    assert "Lê Văn Lạ" not in page


def test_a_period_that_cannot_be_read_is_one_near_today(leader):
    for told in ("ky=nam", "ngay=hom-qua", "ngay=9999-12-31", "den=9999-12-31", "ngay=0001-01-01"):
        assert leader.get(f"{PERIOD}?{told}").status_code == 200
    assert leader.get(f"{LIST}?so=nop&sau=hom-qua").status_code == 200


def test_a_figure_that_does_not_exist_is_said_so(leader):
    for told in ("so=gi-do", "", "so=nop&nhom=gi-do", "so=phan-den&nhom=khau"):
        assert leader.get(f"{LIST}?{told}").status_code == 404


# --- the indicators -----------------------------------------------------------------------------


def test_the_indicators_come_from_what_happened(office, leader):
    office.filed()
    shares = {one.name: one.percent for one in leader.get(INDEX).context["decree"]}
    assert shares["Hồ sơ nộp trực tuyến"] == "100,0 %"
    assert shares["Hồ sơ giải quyết đúng hạn"] == ""  # nothing is over yet: no share of nothing


def test_what_is_not_measured_is_said_and_not_invented(leader):
    page = words(leader.get(INDEX))
    assert "Không đo: bản cài đặt này chưa nối với Cổng Dịch vụ công quốc gia." in page
    assert "Mức độ hài lòng" in page


# --- who sees what ------------------------------------------------------------------------------


def test_who_neither_leads_nor_receives_sees_no_figures(office):
    for who in ("registrar", "administrator", "police"):
        for path in (TODAY, PERIOD, INDEX, f"{LIST}?so=nop"):
            answer = office.browser(who).get(path)
            assert answer.status_code == 403
            assert "dành cho lãnh đạo và bộ phận một cửa" in answer.content.decode()
        assert TODAY not in office.browser(who).get("/can-bo/").content.decode()


def test_another_office_sees_only_its_own(office):
    row = office.filed()
    stranger = office.browser("elsewhere")
    assert number(stranger, "Nộp vào") == 0
    assert row.code not in words(stranger.get(f"{LIST}?so=nop&co-quan={COMMUNE}"))


def test_a_linked_agency_sees_its_parts_only(office):
    """The insurance waits for nothing but the birth; the police wait for the fee."""
    mine = office.born()
    clerk, police = promoted(office, "clerk"), promoted(office, "police")
    parts = tiles(clerk, which="part_tiles")
    assert listed(clerk, parts["Phần việc chưa xong"].href) == [mine.code]
    assert clerk.get(TODAY).context["receives"] is False
    assert listed(clerk, f"{LIST}?so=dang-giai-quyet") == []
    assert police.get(TODAY).context["linked"] is False


def test_a_linked_agency_reads_the_name_only_where_its_list_holds_it(office):
    row = office.born()
    clerk = promoted(office, "clerk")
    page = words(clerk.get(f"{LIST}?so=phan-dang-lam"))
    assert row.code in page
    assert "Trần Minh An" in page
    assert "Nguyễn Thị Mai" not in page  # who filed it is none of its business


def test_the_pages_of_figures_are_english_in_english(office, leader):
    office.born()
    late = office.received()
    Dossier.objects.filter(code=late.code).update(due_at=now() - timedelta(days=2))
    for page in (TODAY, PERIOD, INDEX, f"{LIST}?so=nop", f"{LIST}?so=tre-han"):
        assert vietnamese_left(read_in_english(leader, page)) == [], page
