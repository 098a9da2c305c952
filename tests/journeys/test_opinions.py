"""One question after filing and at the end; published in numbers, answered where it was low."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from motcua.agencies.models import Agency
from motcua.dossiers.models import Dossier, DraftsForgotten
from motcua.help.models import Opinion
from motcua.help.rules.opinions import Kind
from motcua.journeys.opinions import opinion_path
from motcua.procedures.models import Version
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import words

pytestmark = pytest.mark.django_db
BAD = {"mark": "1", "words": "Phải đi lại ba lần."}


@pytest.fixture
def row(office):
    return office.filed()


@pytest.fixture
def over(row):
    """The same dossier, ended."""
    Dossier.objects.update(ended_at=now())
    return row


def say(row, kind=Kind.FILING, **said):
    return Client().post(opinion_path(kind, row.code), {"mark": "5", **said})


def test_the_question_is_answered_without_a_sign_in_and_in_words(row):
    page = words(Client().get(opinion_path(Kind.FILING, row.code)))
    assert "Khai hồ sơ này có dễ không?" in page
    assert "Rất dễ" in page
    assert "Cảm ơn quý vị" in words(Client().get(say(row)["Location"]))


def test_a_dossier_has_one_opinion_and_it_may_be_changed(row):
    say(row)
    say(row, **BAD)
    assert list(Opinion.objects.values_list("mark", "words")) == [(1, BAD["words"])]


def test_after_seven_days_it_stays_as_it_was_counted(row):
    say(row)
    Opinion.objects.update(given_at=now() - timedelta(days=8))
    assert say(row, **BAD).status_code == 409
    assert "Đã quá 7 ngày" in words(Client().get(opinion_path(Kind.FILING, row.code)))


def test_more_words_than_there_is_room_for_are_sent_back_whole(row):
    answer = say(row, words="Rất tốt. " * 60)
    assert answer.status_code == 400
    assert "nhiều nhất 500 ký tự" in words(answer)
    assert ("Rất tốt. " * 60).strip() in words(answer)
    assert not Opinion.objects.exists()


def test_no_mark_is_no_opinion(row):
    assert "Hãy chọn một câu trả lời" in words(say(row, mark=""))
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("change", ["another check", "the other question"])
def test_whoever_guesses_an_address_is_told_nothing(row, change):
    path = opinion_path(Kind.FILING, row.code)
    wrong = path[:-2] + ("0/" if path[-2] != "0" else "1/")
    path = wrong if change == "another check" else path.replace("/nop/", "/xong/")
    assert Client().get(path).status_code == 404


def test_satisfaction_is_asked_when_it_is_over(over):
    assert say(over, Kind.ENDING).status_code == 302
    assert Client().get(opinion_path(Kind.ENDING, over.code)).status_code == 200


def test_before_the_end_nobody_is_asked_whether_they_are_satisfied(row):
    assert Client().get(opinion_path(Kind.ENDING, row.code)).status_code == 404


def opinions(office, count, mark=5):
    agency = Agency.objects.get(code="H24.239")
    before = Opinion.objects.count()
    Opinion.objects.bulk_create(
        Opinion(
            kind=Kind.ENDING, subject=f"H{n}", agency=agency, procedure=office.linked.procedure.code,
            mark=mark, given_at=now(), changed_at=now(),
        )
        for n in range(before, before + count)
    )  # fmt: skip


def test_four_opinions_are_not_published_and_five_are(office, client):
    opinions(office, 4)
    assert "Khai sinh liên thông (thử)" not in words(client.get("/so-lieu/hai-long/"))
    opinions(office, 1, mark=1)
    shown = words(client.get("/so-lieu/hai-long/"))
    assert "Khai sinh liên thông (thử)" in shown
    assert "80 %" in shown


def test_the_file_tells_the_same_as_the_page(office, client):
    opinions(office, 5)
    told = client.get("/so-lieu/hai-long.csv").content.decode("utf-8-sig").splitlines()
    assert len(told) == 3
    assert "Khai sinh liên thông (thử),100,5,5,0,0,0,0" in told[2]


def test_what_people_wrote_is_never_published(over, office, client):
    opinions(office, 4)
    say(over, Kind.ENDING, **BAD)
    for path in ("/so-lieu/hai-long/", "/so-lieu/hai-long.csv"):
        assert BAD["words"] not in client.get(path).content.decode()


def test_many_offices_cost_no_more_questions(office, client, django_assert_max_num_queries):
    opinions(office, 40)
    with django_assert_max_num_queries(6):
        client.get("/so-lieu/hai-long/")


def given_up(office, count):
    DraftsForgotten.objects.create(
        day=localdate(), agency=Agency.objects.get(code="H24.239"), drafts=count,
        version=Version.objects.get(digest=office.linked.digest),
    )  # fmt: skip


def test_how_many_gave_up_is_told_beside_how_many_filed(office, client, row):
    given_up(office, 5)
    shown = words(client.get("/so-lieu/hai-long/"))
    assert "84 %" in shown  # five of six
    assert "60 ngày không ai khai tiếp" in shown


def test_the_leader_sees_how_many_gave_up_in_the_month(office):
    given_up(office, 3)
    page = words(office.browser("leader").get("/can-bo/so-lieu/ky/"))
    assert "Bản khai trên mạng bị bỏ dở trong kỳ: 3." in page
