"""Never a lost word: two devices in one draft, saves that come twice, answers that cannot be read yet."""

import pytest
from django.test import Client

from motcua.dossiers.models import Draft
from motcua.journeys import filing
from motcua.toolkit.clock import now
from tests.signing_in import as_phone_holder

pytestmark = pytest.mark.django_db
NAME, OTHER = {"child.full_name": "Trần Minh An"}, {"child.full_name": "Trần Bảo An"}
BORN = {
    "child.birth_date__day": "5",
    "child.birth_date__month": "11",
    "child.birth_date__year": "2026",
}


class Hands:
    """One draft in the hands of one person on several devices."""

    def __init__(self, office):
        self.account = as_phone_holder(Client(), phone="+84912345001", name="Nguyễn Thị Mai")
        self.draft, _ = filing.begin(
            published=office.linked, chosen=filing.Begin(commune="11239"), account=self.account,
            level=0, at=now(),
        )  # fmt: skip
        self.path = f"/khai/{self.draft.pk}/trang/child/"

    def device(self):
        client = Client()
        as_phone_holder(client, phone="+84912345001", name="Nguyễn Thị Mai")
        return client

    def autosave(self, told, *, revision=1, changed=None, key=""):
        changed = list(told if changed is None else changed)
        more = {"_autosave": "1", "_revision": revision, "_changed": ["", *changed], "_key": key}
        return self.device().post(self.path, {**told, **more})

    @property
    def answers(self):
        return Draft.objects.get(pk=self.draft.pk).answers

    @property
    def revision(self):
        return Draft.objects.get(pk=self.draft.pk).revision


@pytest.fixture
def hands(office):
    return Hands(office)


def carried(page):
    """Return what a page posts unchanged, without scripts."""
    context = page.context
    return {"_revision": context["revision"], "_was": context["was"]}


def test_a_field_is_saved_with_a_word_of_its_revision(hands):
    said = hands.autosave(NAME).json()
    assert said == {"revision": 2, "elsewhere": {}}
    assert hands.answers["child.full_name"] == "Trần Minh An"


def test_two_devices_that_fill_different_fields_merge_and_see_each_other(hands):
    hands.autosave(NAME)
    said = hands.autosave({"child.full_name": "", **BORN}, changed=BORN).json()
    assert said["elsewhere"] == {"child.full_name": ["Trần Minh An"]}
    assert {"child.full_name", "child.birth_date"} <= set(hands.answers)


def test_the_same_field_on_two_devices_is_asked_about_and_the_rest_is_kept(hands):
    hands.autosave(NAME)
    answer = hands.autosave({**OTHER, **BORN})
    (conflict,) = answer.json()["conflicts"]
    assert answer.status_code == 409
    assert (conflict["mine"], conflict["theirs"]) == ("Trần Bảo An", "Trần Minh An")
    assert conflict["values"] == {"child.full_name": ["Trần Minh An"]}
    assert hands.answers["child.full_name"] == "Trần Minh An"
    assert hands.answers["child.birth_date"] == "2026-11-05"


def test_a_save_that_comes_again_after_others_does_not_undo_them(hands):
    hands.autosave(NAME, key="k1")
    hands.autosave(OTHER, revision=2, key="k2")
    again = hands.autosave(NAME, key="k1")
    assert again.status_code == 200
    assert hands.answers["child.full_name"] == "Trần Bảo An"


def test_a_save_that_brings_nothing_new_is_no_change(hands):
    hands.autosave(NAME)
    assert hands.autosave(NAME, revision=2).json()["revision"] == hands.revision == 2


def test_without_scripts_two_tabs_merge_what_each_changed(hands):
    one, two = hands.device().get(hands.path), hands.device().get(hands.path)
    hands.device().post(hands.path, {**NAME, **carried(one), "_later": "1"})
    answer = hands.device().post(hands.path, {"child.full_name": "", **BORN, **carried(two)})
    assert answer.status_code == 302
    assert {"child.full_name", "child.birth_date"} <= set(hands.answers)


def conflict_page(hands):
    """Change the name in two tabs; return what the second one is asked."""
    one, two = hands.device().get(hands.path), hands.device().get(hands.path)
    hands.device().post(hands.path, {**NAME, **carried(one), "_later": "1"})
    return hands.device().post(hands.path, {**OTHER, **BORN, **carried(two)})


def test_without_scripts_a_true_conflict_shows_both_answers(hands):
    page = conflict_page(hands)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Trần Minh An" in text
    assert "Trần Bảo An" in text
    assert hands.answers["child.full_name"] == "Trần Minh An"


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Trần Bảo An"), ("theirs", "Trần Minh An")])
def test_what_the_person_chooses_is_kept(hands, choice, kept):
    page = conflict_page(hands)
    told = {**dict(page.context["carried"]), "_choosing": "1", "_revision": hands.revision}
    unanswered = hands.device().post(hands.path, told)
    assert unanswered.status_code == 422
    answer = hands.device().post(hands.path, {**told, "_keep.child.full_name": choice})
    assert (answer.status_code, answer.url) == (302, hands.path)
    assert hands.answers["child.full_name"] == kept


def test_a_page_that_shows_itself_again_shows_what_others_filled_meanwhile(hands):
    page = hands.device().get(hands.path)
    hands.autosave(NAME)
    again = hands.device().post(
        hands.path, {"child.full_name": "", **BORN, **carried(page), "_ask": "x"}
    )
    assert 'value="Trần Minh An"' in again.content.decode()


def test_what_cannot_be_read_yet_is_still_there_on_another_device(hands):
    hands.autosave({**NAME, **BORN, "child.birth_date__day": "45"})
    page = hands.device().get(hands.path).content.decode()
    assert 'value="45"' in page
    assert "child.birth_date" not in hands.answers
    hands.autosave(BORN, revision=2)
    assert Draft.objects.get(pk=hands.draft.pk).unread == {}


HALF = {**BORN, "child.birth_date__month": ""}


def test_half_an_answer_that_comes_late_does_not_spoil_the_whole_one(hands):
    hands.autosave(BORN)
    hands.autosave(HALF)  # typed before, and left on the phone
    assert Draft.objects.get(pk=hands.draft.pk).unread == {}


def test_half_an_answer_that_comes_again_does_not_spoil_the_whole_one(hands):
    hands.autosave({**NAME, **HALF}, key="k1")
    hands.autosave(BORN, revision=2, key="k2")
    hands.autosave({**NAME, **HALF}, revision=3, key="k1")
    assert Draft.objects.get(pk=hands.draft.pk).unread == {}


def test_a_good_answer_with_a_bad_one_typed_over_it_is_not_filed(hands):
    hands.autosave({**NAME, **BORN})
    hands.autosave({**BORN, "child.birth_date__day": "45"}, revision=2)
    tasks = hands.device().get(f"/khai/{hands.draft.pk}/").context["tasks"]
    assert tasks[0]["state"] == "started"


def test_a_save_into_a_draft_that_was_filed_says_where_to_go(hands, office):
    mine = Draft.objects.filter(dossier=office.filed())
    mine.update(account=hands.account)
    hands.path = f"/khai/{mine.get().pk}/trang/child/"
    answer = hands.autosave(NAME)
    assert answer.status_code == 410
    assert answer.json()["code"] == "dossiers.draft-filed"


def test_a_save_into_anothers_draft_says_only_that_there_is_none(hands):
    answer = Client().post(hands.path, {**NAME, "_autosave": "1"})
    assert answer.status_code == 404
    assert answer.json()["code"] == "dossiers.draft-unknown"


def test_a_way_of_receiving_chosen_elsewhere_is_not_overwritten_unseen(hands, office):
    path = f"/khai/{hands.draft.pk}/nhan-ket-qua/"
    results = office.linked.procedure.results
    online = {f"way.{result.id}": "online" for result in results}
    counter = {f"way.{result.id}": "counter" for result in results}
    was = {"_was": hands.device().get(path).context["was"]}
    assert hands.device().post(path, {**counter, **was}).status_code == 302
    page = hands.device().post(path, {**online, **was})
    assert page.status_code == 422
    assert "nhận tại bộ phận một cửa" in page.context["errors"][1].text
    again = {"_was": page.context["was"]}
    assert hands.device().post(path, {**online, **again}).status_code == 302


def test_a_way_chosen_without_network_is_weighed_against_what_was_chosen_meanwhile(hands, office):
    path = f"/khai/{hands.draft.pk}/nhan-ket-qua/"
    ways = (
        {f"way.{one.id}": way for one in office.linked.procedure.results}
        for way in ("online", "counter")
    )
    online, counter = ways
    was = {"_was": hands.device().get(path).context["was"]}
    sends = {"headers": {"X-Part": "autosave"}}
    first = hands.device().post(path, {**counter, **was}, **sends)
    assert first.status_code == 200
    assert hands.device().post(path, {**online, **was}, **sends).status_code == 422
    assert (
        hands.device().post(path, {**online, "_was": first.json()["was"]}, **sends).status_code
        == 200
    )


def test_whoever_must_pledge_anew_is_told_so_and_not_that_something_is_wrong(hands):
    page = hands.device().get(f"/khai/{hands.draft.pk}/kiem-tra/?da-doi").content.decode()
    assert "Cần cam đoan lại" in page
    assert "chỗ cần sửa</h2>" not in page


def test_an_address_for_the_post_is_corrected_where_it_is_wrong(hands, office):
    ways = {f"way.{one.id}": one.ways[-1] for one in office.linked.procedure.results}
    ways[f"way.{office.linked.procedure.results[0].id}"] = "post"
    told = {**ways, "post_name": "Nguyễn Thị Mai", "post_phone": ""}
    page = hands.device().post(f"/khai/{hands.draft.pk}/nhan-ket-qua/", told)
    assert [error.href for error in page.context["errors"]] == ["#post_phone"]


def test_whoever_searched_a_place_and_pressed_on_may_choose_it_now(office):
    told = {"place__search": "thanh mien"}
    page = Client().post(f"/nop/{office.linked.procedure.slug}/", told, follow=True)
    assert 'name="place__match"' in page.content.decode()
