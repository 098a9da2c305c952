"""Two communes become one: what was theirs is the new one's from a day on, and nothing is lost on the way."""

import uuid
from argparse import ArgumentParser
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from motcua.agencies.models import (
    Agency,
    AgencySuccession,
    CalendarChange,
    Post,
    ServiceArea,
    Substitution,
)
from motcua.agencies.queries import find_agency, posts_of
from motcua.agencies.rules.mergers import read_plan
from motcua.config.verbs import verb
from motcua.dossiers import transfers
from motcua.dossiers.models import Dossier, Draft, LegRow, Transfer, Work
from motcua.dossiers.notes import add_note
from motcua.dossiers.queries import told
from motcua.journeys import filing, handling, merging, visiting
from motcua.journeys.merging import apply, carry_out, outlook, problems
from motcua.journeys.receipts import receipt_data
from motcua.kernel.working_time import ZONE
from motcua.notices.models import Notice
from motcua.registers import operations as books
from motcua.registers.models import Book
from motcua.reports.figures import picture, today
from motcua.reports.seats import seat
from motcua.toolkit.clock import now
from motcua.visits import bookings, halls
from motcua.visits.models import Ticket
from tests.journeys.crowd import crowd
from tests.journeys.desk_pages import words
from tests.journeys.office import COMMUNE, ELSEWHERE, POLICE

pytestmark = pytest.mark.django_db
NEW, NEW_POLICE = "H24.900", "G01.31.900"
PLAN = """
decision: Nghị quyết 1/NQ-UBTVQH15
since: {since}
new:
  - code: H24.900
    name: Ủy ban nhân dân xã Thanh Miện mới
    unit_name: Trung tâm Phục vụ hành chính công
    kind: commune_committee
    place_code: "11239"
    province_code: "31"
    address: Trụ sở mới
    support_name: Bộ phận một cửa
    support_phone: 0220 000 0900
    support_hours: Giờ hành chính
  - code: G01.31.900
    name: Công an xã Thanh Miện mới
    kind: commune_police
    place_code: "11239"
    province_code: "31"
    address: Trụ sở mới
    support_name: Công an xã
    support_phone: 0220 000 1900
    support_hours: Giờ hành chính
becomes:
  - {{from: [H24.239, H24.284], into: H24.900, continue_books_of: H24.239}}
  - {{from: [G01.31.239, G01.31.284], into: G01.31.900}}
"""
OLDS = [COMMUNE, ELSEWHERE, POLICE, "G01.31.284"]


def plan(since=None):
    day = since or now().astimezone(ZONE).date()
    return read_plan(PLAN.format(since=day.isoformat()))


def merged(**how):
    """Carry the plan out, the dossiers too."""
    apply(plan(), at=now())
    carry_out(OLDS, [COMMUNE])


def queue_of(*agencies):
    """Return what waits at these agencies, and until when."""
    rows = Work.objects.filter(agency__code__in=agencies)
    return sorted(rows.values_list("dossier__code", "kind", "leg", "step", "role", "due_at"))


def test_all_that_waited_at_the_two_waits_at_the_new_one(office):
    row = office.received()
    crowd(row, 60, COMMUNE)
    crowd(row, 60, ELSEWHERE)
    before = queue_of(COMMUNE, ELSEWHERE)
    dates = dict(Dossier.objects.values_list("code", "due_at"))
    merged()
    assert len(before) == 121
    assert (queue_of(NEW), queue_of(COMMUNE, ELSEWHERE)) == (before, [])
    assert dict(Dossier.objects.values_list("code", "due_at")) == dates


def test_the_police_of_the_new_commune_gets_what_had_not_begun(office):
    row = office.received()
    merged()
    assert LegRow.objects.get(dossier=row, leg="residence").agency_code == NEW_POLICE


def test_people_go_on_with_the_same_sign_in_and_post(office):
    row = office.received()
    merged()
    post = Post.objects.get(official=office.officials["registrar"], valid_to=None)
    assert post.agency.code == NEW
    browser = office.browser("registrar")
    assert row.code in words(browser.get("/can-bo/"))
    handling.take_step(
        code=row.code, post=post, leg="birth", step="draft", values={}, key=uuid.uuid4().hex,
        seen=None, at=now(),
    )  # fmt: skip
    assert office.now(row).legs["birth"].step == "confirm"


def test_an_old_code_is_still_found_and_keeps_its_text(office):
    row = office.received()
    merged()
    assert row.code.startswith(COMMUNE)
    assert row.code in words(office.browser("registrar").get(f"/can-bo/?q={row.code}"))
    assert office.browser("registrar").get(f"/can-bo/ho-so/{row.code}/").status_code == 200


def test_new_dossiers_are_numbered_by_the_new_office_from_one(office):
    office.received()
    merged()
    row = office.filed()
    assert row.code.startswith(f"{NEW}-")
    assert row.code.endswith("-0001")


def test_a_declaration_begun_before_is_filed_at_the_new_office(office):
    chosen = filing.Begin(commune="11239")
    draft, _ = filing.begin(
        published=office.linked, chosen=chosen, account=None, level=0, at=now()
    )  # fmt: skip
    merged()
    assert Draft.objects.get(pk=draft.pk).agency.code == NEW


def test_the_places_of_both_are_served_by_the_new_one(office):
    row = office.received()
    merged()
    assert find_agency("commune_committee", "11239", now()).code == NEW
    assert find_agency("commune_committee", "11284", now()).code == NEW
    assert told(row.code)[1].agency == NEW


def test_the_citizen_is_saidonce_who_goes_on(office):
    row = office.received()
    merged()
    carry_out(OLDS)
    assert office.kinds(row).count("Transferred") == 1


def test_one_book_goes_on_and_the_other_ends(office):
    year = now().year
    for code, first in ((COMMUNE, 284), (ELSEWHERE, 57)):
        agency = Agency.objects.get(code=code)
        books.open_book(
            agency_id=agency.pk, kind="birth", year=year, volume=1, first=first, by="–", at=now()
        )
    merged()
    going = Book.objects.get(closed_at=None)
    assert (going.agency.code, going.first) == (NEW, 284)


def test_before_its_day_a_merger_changes_nothing(office):
    row = office.received()
    apply(plan(since=now().astimezone(ZONE).date() + timedelta(days=3)), at=now())
    assert find_agency("commune_committee", "11239", now()).code == COMMUNE
    [post] = posts_of(office.officials["registrar"], now())
    assert post.agency.code == COMMUNE
    assert queue_of(COMMUNE)[0][0] == row.code


def test_applied_twice_nothing_is_doubled(office):
    office.received()
    merged()
    assert problems(plan()) == []
    merged()
    assert AgencySuccession.objects.count() == 4
    assert Post.objects.filter(official=office.officials["leader"], valid_to=None).count() == 1
    assert ServiceArea.objects.filter(kind="commune_committee", valid_to=None).count() == 2
    assert Transfer.objects.count() == 1


def test_killed_in_the_middle_it_goes_on_with_what_is_left(office, monkeypatch):
    row = office.received()
    crowd(row, 5, COMMUNE)
    apply(plan(), at=now())
    real, done = merging.record, []

    def dies_after_two(**how):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(how["code"])
        return real(**how)

    monkeypatch.setattr(merging, "record", dies_after_two)
    with pytest.raises(KeyboardInterrupt):
        carry_out(OLDS)
    monkeypatch.setattr(merging, "record", real)
    carry_out(OLDS)
    assert Transfer.objects.count() == 6
    assert AgencySuccession.objects.get(old__code=COMMUNE).moved == 6


def test_a_long_merger_lets_others_work_between_its_batches(office, monkeypatch):
    row = office.received()
    crowd(row, 4, COMMUNE)
    monkeypatch.setattr(transfers, "BATCH", 3)
    apply(plan(), at=now())
    merging.transfer(olds=OLDS, books=[])
    assert Transfer.objects.count() == 3
    merging.transfer(olds=OLDS, books=[])
    merging.transfer(olds=OLDS, books=[])
    assert Transfer.objects.count() == 5
    assert AgencySuccession.objects.get(old__code=COMMUNE).finished_at


def test_the_outlook_counts_what_would_move(office):
    row = office.received()
    crowd(row, 4, ELSEWHERE)
    here, there, *_police = outlook(plan())
    assert (here.alive, here.waiting, there.alive, there.waiting) == (1, 1, 4, 4)
    assert here.posts >= 6


def booked(hall, who, phone):
    """Return a time that somebody has in a hall."""
    _day, slots = list(bookings.times_by_day(hall, now()).items())[-1]
    return visiting.book(
        hall=hall, starts_at=slots[0].starts_at, kind="file", visitor=bookings.Visitor(who, phone),
        key=f"book:{who}", at=now(),
    )  # fmt: skip


def test_nobodys_time_is_lost_and_each_is_told_the_new_place_once(office):
    halls_of_both = [halls.hall_of(Agency.objects.get(code=code)) for code in (COMMUNE, ELSEWHERE)]
    times = [booked(hall, f"Người {n}", f"+8491234500{n}") for n, hall in enumerate(halls_of_both)]
    assert [one.bookings for one in outlook(plan())][:2] == [1, 1]
    merged()
    merged()
    new = halls.hall_of(Agency.objects.get(code=NEW))
    rows = bookings.bookings_of_day(new, times[0].day)
    assert {(row.pk, row.starts_at) for row in rows} == {(one.pk, one.starts_at) for one in times}
    told = Notice.objects.filter(template="visit_place_changed")
    assert told.count() == 2
    assert all((new.agency.unit_name or new.agency.name) in one.body for one in told)


def test_the_halls_address_and_the_page_of_times_lead_on(office, client):
    hall = halls.hall_of(Agency.objects.get(code=COMMUNE))
    merged()
    Agency.objects.filter(code=NEW).update(unit_name="Một cửa mới")
    for page in ("lay-so", "man-hinh"):
        assert "Một cửa mới" in client.get(f"/sanh/{hall.key}/{page}/").content.decode()
    assert client.get(f"/hen-gio/{COMMUNE}/").status_code == 200


def test_a_number_taken_in_the_old_hall_is_called_in_the_new_one(office, client):
    hall = halls.hall_of(Agency.objects.get(code=COMMUNE))
    Ticket.objects.create(
        hall=hall, day=halls.day_of(now()), kind="file", number=7, token="so-bay", act_key="so-bay",
        issued_at=now(),
    )  # fmt: skip
    merged()
    shown = words(client.get("/so-thu-tu/so-bay/"))
    assert "A007" in shown
    assert "nay là Ủy ban nhân dân xã Thanh Miện mới. Số vẫn được gọi ở đây: Trụ sở mới" in shown


def test_a_place_that_is_not_known_yet_is_named(office):
    text = PLAN.format(since=localdate().isoformat()).replace("11239", "99999")
    assert any("no place 99999" in line for line in problems(read_plan(text)))


def test_the_new_office_counts_what_is_over_from_its_day_on_and_not_what_was_filed_before(office):
    office.received()
    merged()
    mine = seat(official=office.officials["leader"], at=now(), wanted=NEW)
    seen = picture(seat=mine, about=today(now()), at=now())
    assert seen.numbers(["nop", "dang-giai-quyet"]) == {"nop": 0, "dang-giai-quyet": 1}


def test_a_receipt_shows_the_office_that_gave_it(office):
    row = office.received()
    merged()
    found, _, history = told(row.code)
    assert receipt_data(found, history)["agency"]["name"] == "Ủy ban nhân dân xã Thanh Miện"


def test_who_stands_in_for_a_colleague_does_so_at_the_new_office_too(office):
    day, post = localdate(), office.post("registrar")
    Substitution.objects.create(
        post=post, substitute=office.officials["social"], first_day=day, reason="Nghỉ phép",
        last_day=day + timedelta(days=5), recorded_by=post.official, recorded_at=now(), key="vang",
    )  # fmt: skip
    merged()
    posts = posts_of(office.officials["social"], now())
    assert ("registrar", NEW) in {(one.role, one.agency.code) for one in posts}


def test_what_colleagues_noted_stays_with_the_dossier(office):
    row, post = office.received(), office.post("registrar")
    add_note(row=row, post=post, text="Đã gọi cho gia đình", key="n", at=now())
    merged()
    assert "Đã gọi cho gia đình" in words(
        office.browser("registrar").get(f"/can-bo/ho-so/{row.code}/")
    )


def motcua(name, *told):
    """Run a verb in this process, as the command line does."""
    parser = ArgumentParser()
    verb(name).declare(parser)
    return verb(name).run(parser.parse_args([*map(str, told)]))


def test_the_command_line_rehearses_then_applies_the_same_file(office, tmp_path, capsys):
    office.received()
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN.format(since=now().astimezone(ZONE).date().isoformat()), "utf-8")
    assert motcua("merge-agencies", file, "--rehearse") == 0
    assert not AgencySuccession.objects.exists()
    assert motcua("merge-agencies", file, "--apply") == 0
    carry_out(OLDS)
    assert motcua("merge-agencies", file) == 0
    said = capsys.readouterr().out
    assert "H24.239 → H24.900" in said
    assert "đã chuyển 1 hồ sơ, xong lúc" in said


def test_the_command_line_says_what_is_wrong_with_a_file(office, tmp_path, capsys):
    file = tmp_path / "plan.yaml"
    file.write_text("decision: x\nsince: 2026-12-01\nbecomes: []\n", "utf-8")
    assert motcua("merge-agencies", file) == 1
    assert "becomes" in capsys.readouterr().err


def test_the_command_line_sets_a_day_of_the_whole_country(office, capsys):
    office.received()
    day = Dossier.objects.get().due_at.astimezone(ZONE).date()
    asked = (day, "--country", "--closed", "--note", "Nghỉ bù", "--decision", "15/QĐ-TTg")
    assert motcua("calendar", *asked) == 0
    assert not CalendarChange.objects.exists()
    assert motcua("calendar", *asked, "--apply") == 0
    assert CalendarChange.objects.get().province_code == ""
    assert "1 hồ sơ sẽ đổi ngày hẹn." in capsys.readouterr().out
