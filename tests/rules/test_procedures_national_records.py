"""Flattened tables of the national catalogue, taken apart; what cannot be, is left as it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.rules.codes import code_list
from motcua.procedures.rules.records.belonging import Belongings
from motcua.procedures.rules.records.page import RecordPage
from motcua.procedures.rules.records.prose import blocks, one_line
from motcua.procedures.rules.records.reading import RecordUnsound, read_record
from motcua.procedures.rules.records.tables import read_cases, read_instruments, read_outcomes
from motcua.procedures.rules.records.ways import read_ways
from tests.national_records import record

WAYS = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
LAWS = "Tên văn bản pháp lýMã văn bản"


@pytest.mark.parametrize(
    ("row", "time", "unit", "fee", "remark"),
    [
        ("Trực tuyến15 Ngày làm việcMiễn phí", 15, "working_days", 0, ""),
        ("Trực tiếp3Miễn phí", 3, "unsaid", 0, ""),
        ("Trực tiếp2 GiờKhông có thông tin", 2, "hours", None, ""),
        ("Trực tuyếnKhông có thông tin250,000 VNĐ(Phí)", None, "unsaid", 250_000, "Phí"),
        ("Trực tuyến5 Ngày2,000,000 Việt Nam Đồng((mức mới))", 5, "days", 2_000_000, "mức mới"),
        # The record lost the thousands of its figure, or never stored one: only its remark is true.
        ("Trực tiếp7 Ngày50 VNĐ((mức 50.000 đồng))", 7, "days", None, "mức 50.000 đồng"),
        (
            "Trực tiếp7 NgàyMiễn phí(Phí: 135.000 đồng/lần)",
            7,
            "days",
            None,
            "Phí: 135.000 đồng/lần",
        ),
        ("Trực tiếp7 NgàyMiễn phí(Không thu)", 7, "days", 0, "Không thu"),
        # A time without its unit runs into the amount: neither is known.
        ("Trực tuyến120 VNĐ(20.000 đ/tờ)", None, "unsaid", None, "20.000 đ/tờ"),
    ],
)
def test_a_way_is_read_and_a_figure_that_cannot_be_believed_is_not(
    row: str, time: int | None, unit: str, fee: int | None, remark: str
) -> None:
    (way,) = read_ways(f"{WAYS}{row}")
    assert (way.time, way.unit, way.fee, way.fee_note) == (time, unit, fee, remark)


def test_the_name_of_a_channel_inside_a_remark_begins_no_row() -> None:
    told = (
        f"{WAYS}Trực tuyến3 NgàyMiễn phíTrực tuyến qua Cổng.\nTrực tiếp5 NgàyMiễn phíNộp Trực tiếp."
    )
    assert [(way.channel, way.time) for way in read_ways(told)] == [("online", 3), ("counter", 5)]


def test_a_text_that_is_no_table_gives_no_rows() -> None:
    assert read_ways("Nộp tại xã.") == ()
    assert read_cases("Nộp tại xã.") == ()
    assert read_instruments("Không có thông tin") == ()


def test_papers_are_grouped_by_case_and_rows_without_a_count_are_notes() -> None:
    first, second = read_cases(
        f"--{PAPERS}- Đơn đề nghị theo mẫuMẫu số 01.docx1 bản chínhGiấy phép;0 bản chính,2 bản sao"
        f"Dữ liệu có rồi thì thôi.0 bản chính* Cấp lại: {PAPERS}Giấy cũ1 bản chính"
    )
    assert [(p.name, p.originals, p.copies, p.form) for p in first.papers] == [
        ("Đơn đề nghị theo mẫu", 1, 0, "Mẫu số 01.docx"),
        ("Giấy phép;", 0, 2, ""),
    ]
    assert first.notes[0].text == "Dữ liệu có rồi thì thôi."
    assert (second.title, second.papers[0].name) == ("Cấp lại", "Giấy cũ")


@pytest.mark.parametrize(
    ("row", "name", "count"),
    [
        ("Hồ sơ10 bản chính", "Hồ sơ", 10),
        ("Mẫu số 011 bản chính", "Mẫu số 01", 1),
        ("Phụ lục 21 bản chính", "Phụ lục 2", 1),
        ("Giấy phép: 01 bản chính1 bản chính", "Giấy phép: 01 bản chính", 1),
        ("Đơn;01 bản chính1 bản chính", "Đơn;01 bản chính", 1),
    ],
)
def test_digits_of_a_name_are_not_counted_as_papers(row: str, name: str, count: int) -> None:
    (paper,) = read_cases(f"--{PAPERS}{row}")[0].papers
    assert (paper.name, paper.originals) == (name, count)


def test_instruments_are_told_apart_though_title_and_number_are_glued() -> None:
    found = read_instruments(
        f"{LAWS}Luật 54/2014/QH1354/2014/QH13quy định phí144/2025/NĐ-CPThông tư số 08/2025/TT-BTP "
        "ngày 12/6/2025 của Bộ08/2025/TT-BTPLuật Cư trú 202068/2020/QH14"
    )
    assert [(item.title, item.number) for item in found] == [
        ("Luật 54/2014/QH13", "54/2014/QH13"),
        ("quy định phí", "144/2025/NĐ-CP"),
        ("Thông tư số 08/2025/TT-BTP ngày 12/6/2025 của Bộ", "08/2025/TT-BTP"),
        ("Luật Cư trú 2020", "68/2020/QH14"),
    ]


def test_results_have_codes_and_the_remains_of_the_page_are_gone() -> None:
    found = read_outcomes("Giấy AMã: KQ.G15.000031Giấy BMã: KQ.G15.000032Từ khóaKhông có thông tin")
    assert [(item.name, item.code) for item in found] == [
        ("Giấy A", "KQ.G15.000031"), ("Giấy B", "KQ.G15.000032"),
    ]  # fmt: skip


def test_texts_become_steps_lists_and_paragraphs_and_broken_lines_are_joined() -> None:
    found = blocks(
        "Bước 1: Nộp hồ sơ tại\nbộ phận một cửa.\n- Đủ thì nhận;\n- Thiếu thì trả.\nXong."
    )
    assert [(block.kind, block.label, block.text, block.items) for block in found] == [
        ("step", "Bước 1", "Nộp hồ sơ tại bộ phận một cửa.", ()),
        ("list", "", "", ("Đủ thì nhận;", "Thiếu thì trả.")),
        ("text", "", "Xong.", ()),
    ]


@pytest.mark.parametrize("text", ["Không có thông tin", " - ", "Không có.", "", "--"])
def test_what_says_nothing_is_nothing(text: str) -> None:
    assert one_line(text) == ""
    assert blocks(text) == ()


RULES = Belongings(
    fields=code_list("fields_of_law"),
    life_events=code_list("life_events"),
    ministries=code_list("ministries"),
)


@pytest.mark.parametrize(
    ("name", "field", "decision", "place"),
    [
        ("Cấp lại giấy phép lái xe", "Sát hạch, cấp giấy phép lái xe", "1/QĐ-BCA-C08",
         ("vehicles", ("vehicle",), "public_security")),
        ("Nhận cha, mẹ, con", "Hộ tịch", "163/QĐ-BTP", ("civil_status", ("family",), "justice")),
        ("Đăng ký việc nuôi con nuôi", "Nuôi con nuôi", "", ("adoption", ("birth", "family"), "other")),
        ("Việc lạ", "Một lĩnh vực chưa ai biết", "7/QĐ-XYZ", ("other", ("other",), "other")),
        ("Thông báo", "Thuế", "1/QĐ-BTC", ("tax", ("work",), "finance")),
    ],
)  # fmt: skip
def test_a_record_belongs_where_the_lists_say(
    name: str, field: str, decision: str, place: tuple[str, tuple[str, ...], str]
) -> None:
    page = RecordPage(code="1.000001", name=name, field=field, decision=decision)
    found = RULES.of(page)
    assert (found.field, found.life_events, found.ministry) == place


@given(st.text(max_size=400), st.sampled_from([WAYS, PAPERS, LAWS, ""]))
def test_no_text_of_a_record_breaks_the_reading(text: str, head: str) -> None:
    told = record(1) | dict.fromkeys(
        ("cach_thuc_thuc_hien", "thanh_phan_ho_so", "can_cu_phap_ly", "ket_qua_xu_ly", "trinh_tu_thuc_hien"),
        head + text,
    )  # fmt: skip
    try:
        page = read_record(json.dumps(told).encode())
    except RecordUnsound:
        return
    assert RecordPage.model_validate_json(page.model_dump_json(exclude_defaults=True)) == page


@given(st.binary(max_size=200))
def test_any_bytes_are_a_record_or_are_refused(raw: bytes) -> None:
    with pytest.raises(RecordUnsound):
        read_record(raw)
