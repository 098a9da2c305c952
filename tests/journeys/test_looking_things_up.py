"""Home, search, occasions of life, services and what is only told: what a person meets, before signing in."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from motcua.agencies.operations import load_places
from motcua.procedures.models import Listing
from motcua.procedures.queries import records_before
from motcua.procedures.records import import_records
from motcua.toolkit.clock import now
from tests import shelf
from tests.national_records import record, write, write_one

TOLD = record(7)["ma_thu_tuc"]


@pytest.fixture
def house(tmp_path: Path) -> None:
    """A few services, and some invented records."""
    shelf.fill("khai-sinh-lien-thong", "dang-ky-ket-hon", "xac-nhan-tinh-trang-hon-nhan")
    write(tmp_path, range(30))
    import_records(places=[tmp_path], at=now())


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_home_has_the_linked_services_and_the_occasions_of_life(client: Client) -> None:
    home = page(client, "/")
    assert "/dich-vu/khai-sinh-lien-thong/" in home
    assert home.index("khai-sinh-lien-thong") < home.index("/viec/co-con/")
    assert "/viec/nguoi-than-mat/" in home
    assert "/viec/mo-cua-hang/" in home


def test_search_says_why_and_leads_to_the_service(client: Client) -> None:
    found = page(client, "/tim/?q=hon+thu")
    assert "/dich-vu/dang-ky-ket-hon/" in found
    assert "“hôn thú” là “Đăng ký kết hôn”" in found


def test_a_search_is_narrowed_and_tells_how_much_each_choice_leaves(client: Client) -> None:
    found = page(client, "/tim/?q=cap&muc=info")
    assert "/thu-tuc/" in found
    assert "/dich-vu/" not in found
    assert 'value="info" selected' in found


def test_search_goes_on_page_by_page(client: Client) -> None:
    first = client.get("/tim/?muc=info")
    following = first.context["following"]
    second = client.get(f"/tim/{following}")
    seen = {hit["code"] for hit in first.context["hits"]}
    assert len(seen) == 20
    assert not seen & {hit["code"] for hit in second.context["hits"]}
    assert "muc=info" in following


def test_what_was_typed_is_text_and_nothing_else(client: Client) -> None:
    found = page(client, "/tim/?q=%3Cscript%3Ealert(1)%3C/script%3E&su_kien=%22%3E%3Cb%3E")
    assert "<script>alert" not in found
    assert '"><b>' not in found


def test_words_that_find_nothing_are_answered_with_what_is_near(client: Client) -> None:
    found = page(client, "/tim/?q=hoonnthuuus")
    assert "Chưa tìm thấy dịch vụ nào" in found
    assert "/viec/ket-hon/" in found


def test_an_occasion_of_life_shows_what_can_be_filed_before_what_is_told(client: Client) -> None:
    shown = client.get("/viec/ket-hon/")
    kinds = [view["offered"] for view in (*shown.context["online"], *shown.context["told"])]
    assert kinds == sorted(kinds, reverse=True)
    assert shown.context["online"]
    page(client, "/viec/khong-co/", 404)


def test_what_is_only_told_says_where_it_is_done_and_at_what_price(client: Client) -> None:
    told = page(client, f"/thu-tuc/{TOLD}/")
    assert "Trang này chỉ hướng dẫn" in told
    assert escape(Listing.objects.get(code=TOLD).name["vi"]) in told
    for words in ("Cách nộp, thời hạn, phí", "Giấy tờ cần có", "Trình tự thực hiện", "QĐ-"):
        assert words in told


def test_a_record_of_a_service_offered_here_leads_to_it(client: Client, tmp_path: Path) -> None:
    write_one(tmp_path, record(7) | {"ma_thu_tuc": "1.000894"})
    import_records(places=[tmp_path], at=now())
    told = page(client, "/thu-tuc/1.000894/")
    assert "Thủ tục này nộp được ngay tại đây" in told
    assert "/dich-vu/dang-ky-ket-hon/" in told


@pytest.mark.parametrize("code", ["3.000722", "2.000986"])
def test_a_code_of_today_or_before_leads_to_the_service(client: Client, code: str) -> None:
    for way in ("thu-tuc", "dich-vu"):
        assert client.get(f"/{way}/{code}/").headers["Location"] == "/dich-vu/khai-sinh-lien-thong/"


def test_a_code_that_nobody_knows_is_told(client: Client) -> None:
    page(client, "/thu-tuc/1.999999/", 404)
    page(client, "/thu-tuc/x/", 404)


def test_texts_of_a_record_are_text_and_nothing_else(client: Client, tmp_path: Path) -> None:
    write_one(tmp_path, record(7) | {"ten_thu_tuc": 'Cấp "giấy" & <5 tấn'})
    import_records(places=[tmp_path], at=now())
    told = page(client, f"/thu-tuc/{TOLD}/")
    assert "Cấp &quot;giấy&quot; &amp; &lt;5 tấn" in told


def test_a_record_that_was_replaced_can_still_be_read(client: Client, tmp_path: Path) -> None:
    write_one(tmp_path, record(7) | {"so_quyet_dinh": "1/QĐ-BTP"})
    import_records(places=[tmp_path], at=now())
    (before,) = records_before(TOLD)
    earlier = page(client, f"/thu-tuc/{TOLD}/ban/{before.pk}/")
    assert "Đây là bản trước, không còn áp dụng" in earlier
    assert f"/thu-tuc/{TOLD}/ban/{before.pk}/" in page(client, f"/thu-tuc/{TOLD}/")


@pytest.fixture
def places() -> None:
    """The map of today, in which fees of provinces are told."""
    load_places(Path(settings.CATALOGUE) / "places")


@pytest.mark.usefixtures("places")
def test_a_service_tells_the_article_of_each_paper_fee_and_clock(client: Client) -> None:
    told = page(client, "/dich-vu/khai-sinh-lien-thong/")
    assert "Điều 16 khoản 1, Luật Hộ tịch 2014" in told
    assert "Điều 5, Thông tư 75/2022/TT-BTC" in told
    assert "Trường hợp: " in told


@pytest.mark.usefixtures("places")
def test_an_older_version_is_there_to_read_but_not_to_file(client: Client) -> None:
    assert "/dich-vu/khai-sinh-lien-thong/ban/2023-07-10/" in page(
        client, "/dich-vu/khai-sinh-lien-thong/"
    )
    old = page(client, "/dich-vu/khai-sinh-lien-thong/ban/2023-07-10/")
    assert "Bản này không phải bản đang áp dụng" in old
    assert "Bắt đầu khai" not in old
    assert "2.002621" in old


@pytest.mark.parametrize("since", ["2020-01-01", "2023-07-11", "hom-nay", "2023-13-01"])
def test_a_version_that_never_began_is_told(client: Client, since: str) -> None:
    page(client, f"/dich-vu/khai-sinh-lien-thong/ban/{since}/", 404)
