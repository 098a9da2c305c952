"""What changed between two versions, said to whoever has to know."""

import json
import typing
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from motcua.agencies.rules.codes import KnownCodes
from motcua.config.cli import main
from motcua.procedures.rules.catalogue import read_folder
from motcua.procedures.rules.comparing.changes import GROUPS, TOPICS, told
from motcua.procedures.rules.comparing.compare import compare
from motcua.procedures.rules.comparing.conditions import in_words
from motcua.procedures.rules.comparing.names import Names
from motcua.procedures.rules.comparing.nouns import NOUNS, noun_of
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.texts import Text
from tests.house.vietnamese import is_vietnamese
from tests.rules.mutations import mutations
from tests.rules.procedure_sample import FORM, LAW, sample, write

MARRIED = Path(__file__).resolve().parents[2] / (
    "catalogue/procedures/ho-tich/xac-nhan-tinh-trang-hon-nhan"
)


@cache
def real() -> Procedure:
    return read_folder(MARRIED, shown="").procedure


@cache
def real_mutations():
    return list(mutations(real()))


@pytest.fixture
def differ(tmp_path):
    """Change lines of the sample and return (topic, sentence) of every difference."""

    def compared(*changes, language="vi"):
        law, form = LAW, FORM
        for before, after in changes:
            assert before in law + form
            law, form = law.replace(before, after), form.replace(before, after)
        old = sample(tmp_path / "old").procedure
        new = sample(tmp_path / "new", law=law, form=form).procedure
        return [(c.topic, c.said.to(language)) for c in compare(old, new, KnownCodes())]

    return compared


# ── nothing is overlooked ─────────────────────────────────────────────────────────────────────────


def test_a_version_does_not_differ_from_itself():
    assert compare(real(), real()) == []


def test_every_single_change_of_the_sample_is_told_there_and_back(tmp_path):
    procedure = sample(tmp_path).procedure
    for place, other in mutations(procedure):
        assert compare(procedure, other), place
        assert compare(other, procedure), place


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.integers(min_value=0))
def test_every_single_change_of_a_real_procedure_is_told(number):
    place, other = real_mutations()[number % len(real_mutations())]
    assert compare(real(), other), place


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.integers(min_value=0))
def test_every_sentence_is_one_in_both_languages(number):
    _, other = real_mutations()[number % len(real_mutations())]
    for change in compare(real(), other):
        for said in (change.said.vi, change.said.en):
            assert said.endswith(".")
            assert said[:1] == said[:1].upper()


def pieces(model: type[BaseModel]) -> set[type[BaseModel]]:
    found, left = set(), [model]
    while left:
        found.add(now := left.pop())
        for field in now.model_fields.values():
            left += [kind for kind in _models(field.annotation) if kind not in found]
    return found - {Text}


def _models(annotation) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [kind for part in typing.get_args(annotation) for kind in _models(part)]


def test_every_key_of_the_language_has_words():
    keys = {(piece, key) for piece in pieces(Procedure) for key in piece.model_fields}
    silent = {f"{k.__name__}.{key}" for k, key in keys if noun_of(k, key).vi == f"`{key}`"}
    assert silent == set(), "say in comparing/nouns.py what it is called"


def test_every_heading_is_one_of_the_known():
    topics = {noun.topic for nouns in NOUNS.values() for noun in nouns.values()} - {""}
    assert topics <= set(TOPICS)
    assert {topic.split(".")[0] for topic in TOPICS} == set(GROUPS)


# ── for the citizen ───────────────────────────────────────────────────────────────────────────────


def test_a_question_in_other_words_is_the_same_question(differ):
    assert differ(('label: {vi: "Tên mẹ"', 'label: {vi: "Họ tên mẹ"')) == [
        ("citizen.questions", "Câu hỏi “Tên mẹ” nay viết là “Họ tên mẹ”.")
    ]


def test_a_new_question_is_told_with_whether_it_is_obligatory(differ):
    line = "      - {id: child.reason, type: text"
    new = '      - {id: child.note, type: text, required: false, label: {vi: "Ghi chú", en: "Note"}, why: {basis: luat}}\n'
    assert differ((line, new + line)) == [
        ("citizen.questions", "Thêm câu hỏi “Ghi chú” (không bắt buộc).")
    ]


def test_a_question_that_is_not_asked_any_more(differ):
    line = next(line for line in FORM.splitlines() if "id: child.home" in line)
    assert ("citizen.questions", "Bỏ câu hỏi “Quê” (không bắt buộc).") in differ((line + "\n", ""))


def test_a_question_under_another_name_is_not_a_new_one(differ):
    assert differ(("id: child.home,", "id: child.home_town,"), ("[child.home,", "[child.home_town,"))[0] == (
        "citizen.questions",
        "Câu hỏi “Quê” mang mã mục mới `child.home_town` thay cho `child.home`.",
    )  # fmt: skip


def test_a_question_that_becomes_obligatory(differ):
    assert differ(("type: place, required: false", "type: place, required: true")) == [
        ("citizen.questions", "Câu hỏi “Quê” nay bắt buộc (trước: không bắt buộc).")
    ]


def test_a_new_condition_is_said_in_words(differ):
    before = "{id: child.code, type: text,"
    assert differ((before, f"{before} when: 'check.case == \"special\"',")) == [
        (
            "citizen.questions",
            "Câu hỏi “Mã” nay chỉ áp dụng khi “Trường hợp nào?” là “Đặc biệt” (trước: luôn luôn).",
        )
    ]


def test_a_question_that_moves_to_another_page_is_not_new(differ):
    line = next(line for line in FORM.splitlines() if "id: child.home" in line) + "\n"
    rest = "      - {id: child.copies"
    assert differ((line, ""), (rest, line + rest)) == [
        ("citizen.questions", "Câu hỏi “Quê” chuyển từ trang “Con” sang trang “Khác”.")
    ]


def test_a_fee_is_told_from_amount_to_amount(differ):
    assert differ(("amount: 5000", "amount: 6000")) == [
        ("citizen.fees", "Mức nộp trực tuyến của khoản “Lệ phí”: 5.000 đ → 6.000 đ.")
    ]


def test_a_time_limit_is_told_from_time_to_time(differ):
    assert differ(("limit: {amount: 3,", "limit: {amount: 2, unit: days,")) == [
        ("citizen.time", "Thời hạn giải quyết: 3 ngày làm việc → 2 ngày.")
    ]


def test_the_level_is_told_in_its_own_words(differ):
    [(_, level), (_, reason)] = differ(
        ("level: full", 'level: partial\nlevel_reason: {vi: "Phải ký", en: "One must sign"}')
    )
    assert level == "Mức độ dịch vụ đổi từ toàn trình thành một phần."
    assert reason == "Thêm lý do chưa toàn trình: “Phải ký”."


def test_a_new_way_to_receive_a_result(differ):
    assert differ(("ways: [online]", "ways: [online, post]")) == [
        ("citizen.results", "Kết quả “Giấy”: thêm cách nhận: qua bưu điện.")
    ]


def test_a_paper_that_data_replace(differ):
    assert differ((", replaced_when: 'child.code != \"\"'", "")) == [
        ("citizen.papers", "Giấy tờ “Giấy”: bỏ điều kiện không cần nộp: “Mã” đã được trả lời.")
    ]


def test_another_way_out(differ):
    [(topic, said)] = differ(('instead: {vi: "Nơi khác."', 'instead: {vi: "Hỏi xã."'))
    assert topic == "citizen.eligibility"
    assert said.startswith("Lối ra khi trả lời `other` của câu hỏi điều kiện “Trường hợp nào?”:")
    assert said.endswith("điều nên làm thay đổi từ “Nơi khác.” thành “Hỏi xã.”.")


# ── for the official, and in law ──────────────────────────────────────────────────────────────────


def test_who_does_a_step(differ):
    assert differ(("role: leader", "role: registrar")) == [
        (
            "official.stages",
            "Bước “Ký” của nhánh “Một”: người làm đổi từ Lãnh đạo thành Công chức tư pháp – hộ tịch.",
        )
    ]


def test_what_an_agency_sees(differ):
    agency = "agency: receiving"
    assert differ((agency, f"{agency}\n      sees: {{fields: [child.full_name]}}")) == [
        (
            "official.sight",
            "Nhánh “Một”: phần hồ sơ được xem đổi từ cả hồ sơ thành “Tên”.",
        )
    ]


def test_what_an_official_must_enter(differ):
    step = 'name: {vi: "Ký", en: "Sign"}}'
    asks = 'name: {vi: "Ký", en: "Sign"}, asks: [{id: number, label: {vi: "Số", en: "Number"}}]}'
    assert differ((step, asks)) == [
        ("official.values", "Thêm mục “Số” của bước “Ký” của nhánh “Một”.")
    ]


def test_an_article_is_told_with_its_instrument(differ):
    assert differ(("{amount: 8000, basis: luat}", '{amount: 8000, basis: luat, article: "Điều 4"}')) == [
        ("law.basis", "Căn cứ của mức chung của khoản “Lệ phí”: “Luật” → Điều 4, “Luật”.")
    ]  # fmt: skip


def test_the_day_it_begins(differ):
    assert differ(('effective: {from: "2026-01-01"}', 'effective: {from: "2026-12-01"}')) == [
        ("law.effect", "Hiệu lực: ngày bắt đầu đổi từ 01/01/2026 thành 01/12/2026.")
    ]


def test_a_new_code(differ):
    assert differ(('code: "9.000002"', 'code: "9.000003"')) == [
        ("law.codes", "Mã thủ tục đổi từ “9.000002” thành “9.000003”.")
    ]


def test_a_rewritten_guide_is_told():
    [change] = compare(real(), real(), guides=({"vi": "## Cũ"}, {"vi": "## Mới"}))
    assert change.said.vi == "Trang hướng dẫn tiếng Việt được viết lại."


def test_the_report_in_english_is_english(differ):
    said = differ(
        ("amount: 5000", "amount: 6000"),
        ("role: leader", "role: registrar"),
        ("limit: {amount: 3,", "limit: {amount: 2,"),
        ("ways: [online]", "ways: [post]"),
        language="en",
    )
    assert len(said) == 5
    assert not any(is_vietnamese(sentence.replace(" đ", "")) for _, sentence in said)


def test_a_text_changed_in_one_language_says_which(differ):
    [(_, said)] = differ(('short: {vi: "Thử", en: "Trial"}', 'short: {vi: "Thử", en: "Try"}'))
    assert said == "Dòng giới thiệu (bản tiếng Anh) đổi từ “Trial” thành “Try”."


def test_the_report_stands_under_headings_in_their_order(tmp_path):
    law = LAW.replace("amount: 5000", "amount: 6000").replace('"9.000002"', '"9.000003"')
    old, new = sample(tmp_path / "a").procedure, sample(tmp_path / "b", law=law).procedure
    lines = list(told(compare(old, new), "en"))
    assert lines[1:3] == ["For the citizen", "  Fees"]
    assert lines[5:7] == ["In law", "  Codes"]


# ── conditions ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('check.case == "other"', "“Which case?” is “Other”"),
        ('check.case != "other"', "“Which case?” is not “Other”"),
        ('check.case in ["plain", "other"]', "“Which case?” is “Plain” or “Other”"),
        ("child.poor", "“Poor?” is yes"),
        ("!child.poor && child.copies > 0", "“Poor?” is no and “Copies” is more than 0"),
        ("known(child.code) || !known(child.reason)", "“Code” is answered or “Reason” is not answered"),
        ('child.code == ""', "“Code” is not answered"),
        ('(child.poor || channel == "online")', "(“Poor?” is yes or channel is “online”)"),
        ('filing.for_whom != "self"', "for whom is not “oneself”"),
        ('child.home.province == "31"', "province in “Home” is “31”"),
        ("years_between(child.birth_date, today) < 6", "`years_between(child.birth_date, today) < 6`"),
        ('child.code == "A" ? true : false', '`child.code == "A" ? true : false`'),
        ("child.copies > ", "`child.copies > `"),
    ],
)  # fmt: skip
def test_a_condition_is_said_in_words_where_words_reach(tmp_path, condition, words):
    procedure = sample(tmp_path).procedure
    assert in_words(condition, Names(procedure, procedure)).en == words


@given(st.text(alphabet='abc.()!&|=<>"[], 12', max_size=30))
def test_whatever_is_written_as_a_condition_something_is_said(text):
    assert in_words(text or "x", Names(real(), real())).vi


# ── the command ───────────────────────────────────────────────────────────────────────────────────


def test_the_command_says_that_nothing_changed(tmp_path, capsys):
    folder = str(write(tmp_path / "thu"))
    assert main(["diff", folder, folder]) == 0
    assert capsys.readouterr().out == "Không có gì thay đổi.\n"


def test_the_command_tells_programs_too(tmp_path, capsys):
    old, new = write(tmp_path / "a"), write(tmp_path / "b", law=LAW.replace("5000", "6000"))
    main(["diff", str(old), str(new), "--json"])
    [change] = json.loads(capsys.readouterr().out)
    assert (change["group"], change["topic"]) == ("citizen", "fees")
    assert change["place"] == "fees.fee.rates.–.amount"
    assert set(change["said"]) == {"vi", "en"}


def test_the_command_tells_a_folder_that_cannot_be_read(tmp_path, capsys):
    old, new = (
        write(tmp_path / "a"),
        write(tmp_path / "b", law=LAW.replace("slug: thu", "slog: thu")),
    )
    assert main(["diff", str(old), str(new)]) == 1
    assert "did you mean `slug`?" in capsys.readouterr().err
