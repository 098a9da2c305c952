"""Leaflets: what a commune hangs up and reads aloud, made from the catalogue for its own people."""

import io
import re
from datetime import datetime

import pytest
import zxingcpp
from django.conf import settings
from django.utils import translation
from PIL import Image, ImageFilter
from pypdf import PdfReader

from motcua.agencies import caches
from motcua.agencies.models import Agency
from motcua.config.cli import main
from motcua.journeys.leaflets import making, speech, writing
from motcua.journeys.leaflets.facts import NoLeafletHere, facts
from motcua.kernel.working_time import ZONE
from motcua.portal import leaflets as doors
from motcua.procedures.operations import publish_folder
from motcua.procedures.rules.refusals import ProcedureUnknown
from tests.browser.story import current_folders
from tests.journeys import ground
from tests.journeys.english import read_in_english, vietnamese_left

pytestmark = [pytest.mark.django_db]
AT = datetime(2026, 11, 26, 9, 0, tzinfo=ZONE)
BIRTH, STATUS = "khai-sinh-lien-thong", "xac-nhan-tinh-trang-hon-nhan"
DIACRITICS = "Đăng ký khai sinh – Đăng ký thường trú – Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi"


@pytest.fixture(autouse=True)
def shelf():
    """Both communes, and two services of the catalogue."""
    ground.lay()
    for slug in (BIRTH, STATUS):
        publish_folder(folder=settings.CATALOGUE / "procedures/ho-tich" / slug, at=AT)
    yield
    ground.forget()


def told(slug=BIRTH, commune="11284", language="vi"):
    with translation.override(language):
        return facts(slug, commune, language=language, at=AT)


def printed(kind, slug=BIRTH, language="vi"):
    with translation.override(language):
        return making.pdf(kind, told(slug, language=language))


def words_of(pdf):
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text)


def sheet(pdf, folder, *, pixels_a_mm, page=1, width=210):
    """Return a sheet of a PDF as a picture of so many pixels a millimetre."""
    import typst

    (folder / "p.pdf").write_bytes(pdf)
    drawn = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("p.pdf", width: {width}mm, page: {page})'
    (folder / "s.typ").write_text(drawn)
    png = typst.compile(
        str(folder / "s.typ"), root=str(folder), format="png", ppi=pixels_a_mm * 25.4
    )
    return Image.open(io.BytesIO(png)).convert("L")


def scanned(picture):
    return {found.text for found in zxingcpp.read_barcodes(picture)}


# ── what is told ────────────────────────────────────────────────────────────────────────────────


def test_the_province_s_own_fee_is_told():
    (fee,) = told(STATUS).fees
    assert (fee.online, fee.counter) == ("không mất tiền", "15.000\u00a0đ")


def test_papers_are_told_by_the_answers_that_call_for_them():
    cases = {group.case: [paper.name for paper in group.items] for group in told().papers}
    (consent,) = [case for case in cases if case.startswith("Chủ hộ đồng ý")]
    assert consent == "Chủ hộ đồng ý bằng cách nào? “Ký vào tờ khai CT01, chụp và gửi kèm”"
    assert cases[consent][0].startswith("Tờ khai thay đổi thông tin cư trú")


def test_what_people_get_wrong_is_told():
    assert any("viết tên cháu đúng từng dấu" in words.lower() for words in told().stumbles)


def test_a_commune_that_nobody_serves_gets_no_leaflet():
    with pytest.raises(NoLeafletHere):
        told(commune="31")


def test_a_service_that_is_none_gets_no_leaflet():
    with pytest.raises(ProcedureUnknown):
        told("1.999999")


# ── on paper ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", writing.KINDS)
def test_the_words_of_a_pdf_can_be_copied_with_their_signs(kind):
    words = words_of(printed(kind))
    assert DIACRITICS in words
    assert "xã Nam Thanh Miện" in words


@pytest.mark.parametrize("kind", ["guide", "poster"])
def test_whom_to_ask_stands_on_every_sheet_that_hangs(kind):
    words = words_of(printed(kind))
    assert "0220 000 0284" in words
    assert "Thứ Hai đến thứ Sáu" in words


def test_a_pdf_is_tagged_and_says_its_language():
    catalogue = PdfReader(io.BytesIO(printed("guide"))).trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].startswith("vi")


def test_a_guide_is_one_sheet_with_two_sides_and_a_poster_one_a3():
    guide, poster = (PdfReader(io.BytesIO(printed(kind))) for kind in ("guide", "poster"))
    assert len(guide.pages) == 2
    (page,) = poster.pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 420]


def test_the_codes_of_a_guide_lead_to_the_service_and_to_an_account(tmp_path):
    pdf = printed("guide")
    front = scanned(sheet(pdf, tmp_path, pixels_a_mm=6, page=1))
    back = scanned(sheet(pdf, tmp_path, pixels_a_mm=6, page=2))
    assert front == {f"{settings.BASE_URL}/q/{BIRTH}"}
    assert back == {f"{settings.BASE_URL}/dang-ky-tai-khoan/"}


def test_a_poster_is_scanned_from_two_metres(tmp_path, settings):
    """A cheap telephone sees 1920 pixels over 65°: at two metres 0.75 a millimetre, a little blurred."""
    settings.BASE_URL = "https://dichvucong.haiphong.gov.vn"
    seen = sheet(printed("poster", STATUS), tmp_path, pixels_a_mm=3, width=297)
    small = seen.resize((round(297 * 0.75), round(420 * 0.75)), Image.Resampling.BOX)
    faint = small.filter(ImageFilter.GaussianBlur(0.7)).point(lambda light: 40 + light * 0.7)
    places = ("dang-ky-tai-khoan/", f"q/{STATUS}", f"q/{BIRTH}")
    assert scanned(faint) == {f"{settings.BASE_URL}/{place}" for place in places}


def test_the_same_leaflet_is_not_made_twice():
    assert printed("guide") is printed("guide")


def test_a_commune_s_new_telephone_stands_on_the_next_leaflet():
    before = printed("poster")
    office = Agency.objects.get(code="H24.284")
    office.support_phone = "0220 999 9999"
    office.save()
    caches.AGENCIES.forget()
    assert "0220 999 9999" in words_of(printed("poster"))
    assert "0220 999 9999" not in words_of(before)


# ── read aloud ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("slug", [BIRTH, STATUS])
def test_a_script_takes_two_to_three_minutes_and_has_no_figure(slug):
    script = speech.script(told(slug))
    assert speech.SHORTEST <= script.minutes <= speech.LONGEST
    assert not re.search(r"\d", "".join(script.paragraphs))


def test_the_telephone_is_said_twice_in_words():
    text = writing.text("broadcast", told())
    assert text.count("không hai hai không, không không không, không hai tám bốn.") == 2


def test_a_script_names_the_commune_the_fee_and_what_people_get_wrong():
    text = writing.text("broadcast", told())
    assert text.startswith("Kính thưa bà con nhân dân xã Nam Thanh Miện.")
    assert "nộp trực tuyến mười nghìn đồng, nộp tại quầy hai mươi nghìn đồng" in text
    assert "Viết tên cháu đúng từng dấu" in text


# ── of whatever an author writes ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("folder", current_folders(AT.date()), ids=lambda folder: folder.name)
def test_every_service_of_the_catalogue_fits_its_sheets_and_its_minutes(folder):
    slug = publish_folder(folder=folder, at=AT).slug
    script = speech.script(told(slug))
    assert speech.SHORTEST <= script.minutes <= speech.LONGEST
    assert not re.search(r"\d", "".join(script.paragraphs))
    sheets = [len(PdfReader(io.BytesIO(printed(kind, slug))).pages) for kind in ("guide", "poster")]
    assert sheets == [2, 1]


# ── at the doors ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["huong-dan", "ap-phich", "phat-thanh"])
def test_every_leaflet_is_a_page_a_pdf_and_a_text(client, kind):
    page = client.get(f"/dich-vu/{BIRTH}/to-roi/{kind}/?commune=11284").content.decode()
    address = {
        ending: re.search(rf'href="([^"]+\.{ending}\?[^"]+)"', page)[1].replace("&amp;", "&")
        for ending in ("pdf", "txt")
    }
    assert client.get(address["pdf"]).content.startswith(b"%PDF")
    assert "xã Nam Thanh Miện" in client.get(address["txt"]).content.decode()


def test_the_page_of_a_service_leads_to_its_leaflets(client):
    page = client.get(f"/dich-vu/{BIRTH}/").content.decode()
    assert f'href="/dich-vu/{BIRTH}/to-roi/"' in page
    chosen = client.get(f"/dich-vu/{BIRTH}/to-roi/?commune=11284").content.decode()
    assert "Bài phát thanh" in chosen


@pytest.mark.parametrize(
    "page",
    [
        "?province=31",
        "?commune=11284",
        *(f"{kind}/?commune=11284" for kind in ("huong-dan", "ap-phich", "phat-thanh")),
    ],
)
def test_the_pages_are_english_in_english(client, page):
    html = read_in_english(client, f"/dich-vu/{BIRTH}/to-roi/{page}")
    read_aloud = re.compile(r'<div lang="vi">.*?</div>', re.DOTALL)
    assert vietnamese_left(read_aloud.sub("", html)) == []


def test_the_loudspeaker_speaks_vietnamese_on_an_english_page(client):
    html = read_in_english(client, f"/dich-vu/{BIRTH}/to-roi/phat-thanh/?commune=11284")
    assert "Lệ phí đăng ký thường trú cho cháu" in html
    assert "working days" not in html


def test_a_leaflet_for_an_unknown_commune_says_so(client):
    answer = client.get(f"/dich-vu/{BIRTH}/to-roi/huong-dan.pdf?commune=99999")
    assert answer.status_code == 404
    assert "Traceback" not in answer.content.decode()


def test_a_machine_that_asks_for_every_pdf_is_slowed_down(client, monkeypatch):
    monkeypatch.setattr(doors, "MOST_PDFS", 2)
    address = f"/dich-vu/{BIRTH}/to-roi/ap-phich.pdf?commune=11284"
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]


def test_a_picture_that_is_none_is_not_found(client):
    assert client.get(f"/dich-vu/{BIRTH}/hinh/passwd.png").status_code == 404


# ── by the command ──────────────────────────────────────────────────────────────────────────────


def test_the_command_writes_every_leaflet(tmp_path, capsys):
    assert main(["leaflet", "3.000722", "--commune", "11284", "--out", str(tmp_path)]) == 0
    stems = {file.name.removeprefix("3.000722-11284-") for file in tmp_path.iterdir()}
    both = {
        f"{kind}{language}.{ending}"
        for kind in ("guide", "poster")
        for language in ("", ".en")
        for ending in ("pdf", "txt")
    }
    assert stems == both | {"broadcast.pdf", "broadcast.txt"}
    assert len(capsys.readouterr().out.splitlines()) == len(stems)


def test_the_english_guide_speaks_english(tmp_path):
    main(["leaflet", "3.000722", "--commune", "11284", "--kind", "guide", "--out", str(tmp_path)])
    words = words_of((tmp_path / "3.000722-11284-guide.en.pdf").read_bytes())
    assert "What people get wrong" in words
    assert "Birth registration" in words


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (["1.999999", "--commune", "11284"], "dịch vụ"),
        (["3.000722", "--commune", "99999"], "99999"),
    ],
)
def test_the_command_refuses_what_it_does_not_know_in_plain_words(asked, why, tmp_path, capsys):
    assert main(["leaflet", *asked, "--out", str(tmp_path)]) == 1
    assert why in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
