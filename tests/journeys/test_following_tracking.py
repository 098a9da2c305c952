"""The dossier's page at every moment of its life."""

import pytest

from motcua.deliveries.models import Delivery, PostOrder, PostScan
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import Fault
from motcua.journeys import own_dossier
from motcua.toolkit.clock import now
from tests.cast import FRONT_DESK, LEADER
from tests.journeys.followed import NAME_FAULT, Followed, filed
from tests.signing_in import as_phone_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(commune, client):
    return filed(commune).let_in(client)


@pytest.fixture
def page(dossier, client):
    """Read the dossier's page as its text."""

    def read():
        answer = client.get(f"/theo-doi/{dossier.code}/")
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def yours(text: str) -> str:
    """The part of the page that says what the citizen has to do."""
    return text.partition("Việc của quý vị")[2].partition("</section>")[0]


def test_after_filing_the_desk_holds_it(dossier, page):
    text = page()
    assert "Mới đăng ký" in text
    assert "Hồ sơ đang ở đâu?" in text
    assert "Trung tâm Phục vụ hành chính công" in text


def test_a_fee_waits_from_the_first_moment(dossier, page):
    assert "Thường trú chỉ bắt đầu khi đã nộp" in yours(page())


def test_after_reception_the_registrar_works_until_a_day(dossier, page):
    text = page.__call__() if dossier.received() else ""
    assert "Hẹn trả kết quả" in text
    assert "Đang giải quyết" in text
    assert "Bắt đầu khi xong: Khai sinh." in text


def test_a_draft_to_look_over_says_that_silence_agrees(dossier, page):
    dossier.drafted()
    assert "dự thảo được coi là đúng" in yours(page())
    assert f"/ho-so/{dossier.code}/ban-du-thao/birth/" in yours(page())


def test_a_supplement_shows_what_is_wrong_and_how_to_mend_it(dossier, page):
    dossier.received().asked()
    text = page()
    assert f"/ho-so/{dossier.code}/bo-sung/birth/" in yours(text)
    assert NAME_FAULT.text in text
    assert "Thời hạn đang tạm dừng" in text


def test_when_all_is_done_each_result_can_be_fetched_and_verified(dossier, page, client):
    dossier.born().act(FRONT_DESK, a.SettleFee(fee="residence_fee", reference="BL1", amount=10_000))
    dossier.done("residence").done("insurance")
    text = page()
    assert text.count("Tải về (PDF)") == 3
    assert text.count("/xac-thuc/") == 3
    assert "Đã trả kết quả" in text


def test_a_refused_leg_shows_its_reason_and_leaves_the_others(dossier, page):
    dossier.born().refused("insurance")
    text = page()
    assert "Trẻ đã có thẻ." in text
    assert "Bị từ chối" in text
    assert text.count("Tải về (PDF)") == 1


def test_money_alone_holds_it_up(dossier, page):
    dossier.born().refused("insurance")
    assert "Đang chờ quý vị." in page()


def test_a_declined_dossier_says_why(dossier, page):
    dossier.act(FRONT_DESK, a.Decline(faults=(Fault(code="x", text="Đã khai sinh nơi khác."),)))
    text = page()
    assert "Đã khai sinh nơi khác." in text
    assert "Việc của quý vị" not in text


def test_results_to_fetch_at_the_counter_tell_where(commune, client):
    dossier = filed(commune, way="counter").let_in(client)
    dossier.born()
    text = yours(client.get(f"/theo-doi/{dossier.code}/").content.decode())
    assert "Đến nhận: Giấy khai sinh" in text
    assert "7:30" in text


def test_the_post_is_followed_scan_by_scan(commune, client):
    dossier = filed(commune, way="post").let_in(client)
    dossier.born()
    delivery = Delivery.objects.get(key=f"{dossier.code}:birth_paper")
    letter = PostOrder.objects.get(delivery=delivery)
    for state in ("picked_up", "in_transit"):
        PostScan.objects.create(letter=letter, state=state, place="Hải Phòng", at=now())
    text = client.get(f"/theo-doi/{dossier.code}/").content.decode()
    assert "Bưu điện đã lấy thư, Hải Phòng" in text
    assert "Đang chuyển, Hải Phòng" in text


def test_the_number_of_a_letter_is_told_when_the_post_has_it(commune, world):
    filed(commune, way="post").born()
    texts = [letter.body for letter in world.sms.letters.values()]
    number = PostOrder.objects.get(delivery__key__endswith=":birth_paper").tracking_number
    assert [text for text in texts if f"mã bưu gửi {number}" in text]


def test_the_history_is_told_in_plain_words_newest_first(dossier, page):
    dossier.born()
    history = page().partition("Mọi việc đã xảy ra")[2]
    words = ["Trả kết quả trực tuyến", "Xong: Khai sinh", "Đồng ý với bản dự thảo", "Đã nộp hồ sơ"]
    places = [history.index(word) for word in words]
    assert places == sorted(places)


def test_who_read_it_is_shown(dossier, page):
    from motcua.agencies.models import Agency
    from motcua.dossiers.models import ReadLog

    ReadLog.objects.create(
        dossier=dossier.row, official_id=1, official_name="Vũ Thị Hạnh", role="front_desk",
        agency=Agency.objects.get(code="H24.284"), purpose="handling", at=now(),
    )  # fmt: skip
    assert "Vũ Thị Hạnh, Bộ phận một cửa" in page().partition("Ai đã xem hồ sơ này?")[2]


@pytest.mark.parametrize("way", ["online", "post"])
def test_the_page_costs_few_queries(commune, client, django_assert_max_num_queries, way):
    account = as_phone_holder(client)
    dossier = filed(commune, account=account, way=way)
    dossier.born()
    client.get(f"/theo-doi/{dossier.code}/")
    with django_assert_max_num_queries(8):
        assert client.get(f"/theo-doi/{dossier.code}/").status_code == 200


def test_withdrawing_before_reception_ends_it_at_once(dossier, client, page):
    client.post(f"/theo-doi/{dossier.code}/rut/", {"act": "a" * 32, "reason": "Khai nhầm"})
    assert dossier.now.status == 8
    assert "Hồ sơ đã được rút" in page()


def test_withdrawing_twice_by_one_form_asks_once(dossier, client):
    dossier.received()
    for _ in range(2):
        answer = client.post(f"/theo-doi/{dossier.code}/rut/", {"act": "b" * 32})
        assert answer.status_code == 302
    asked = [e for e in _history(dossier) if type(e).__name__ == "WithdrawalAsked"]
    assert len(asked) == 1


def test_the_key_of_a_form_for_one_dossier_withdraws_no_other(dossier, commune, client):
    other = filed(commune).let_in(client)
    for one in (dossier, other):
        client.post(f"/theo-doi/{one.code}/rut/", {"act": "c" * 32})
    assert (dossier.now.status, other.now.status) == (8, 8)


def test_an_answered_withdrawal_goes_on_where_it_was(dossier, client, page):
    dossier.received()
    client.post(f"/theo-doi/{dossier.code}/rut/", {"act": "d" * 32, "reason": "Thôi"})
    assert "Công dân yêu cầu rút hồ sơ" in page()
    dossier.act(LEADER, a.DeclineWithdraw(remark="Giấy đã ký."))
    assert "Giấy đã ký." in page()
    assert "Đang xử lý" in page()


def test_what_is_over_cannot_be_withdrawn(dossier, client):
    own_dossier.withdraw(
        row=dossier.row, reason="", key="k", applicant_id=dossier.now.applicant, at=now()
    )
    assert client.get(f"/theo-doi/{dossier.code}/rut/").status_code == 302


def _history(dossier):
    from motcua.dossiers.queries import history

    return history(dossier.row.pk)


def test_my_dossiers_list_drafts_and_dossiers_of_my_account_only(commune, client):
    mine = filed(commune, account=as_phone_holder(client))
    other = filed(commune)
    text = client.get("/ho-so-cua-toi/").content.decode()
    assert mine.code in text
    assert other.code not in text


def test_my_dossiers_ask_to_sign_in(commune, client):
    assert client.get("/ho-so-cua-toi/").url.startswith("/dang-nhap")


def test_when_both_must_come_and_sign_the_page_says_where_and_when_it_is_open(office, client):
    row = office.received(published=office.counter, way="counter")
    office.step(row, "registrar", "marriage", "draft")
    dossier = Followed(row.code).let_in(client)
    text = yours(client.get(f"/theo-doi/{dossier.code}/").content.decode())
    assert "Mang theo giấy tờ tùy thân bản chính." in text
    assert "Trụ sở Ủy ban nhân dân xã Thanh Miện" in text
    assert "7:30" in text
