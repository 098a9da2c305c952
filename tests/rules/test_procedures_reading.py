"""What an author is told: file, line, cause and a hint."""

from pathlib import Path

import pytest

from motcua.config.cli import main
from motcua.journeys.soundness import checked
from motcua.procedures.rules.checking import check
from motcua.procedures.rules.reading import Unreadable
from tests.rules.procedure_sample import CODES, FORM, LAW, sample, write

PAPERS = Path(__file__).resolve().parents[2] / "catalogue/papers"


def unreadable(tmp_path: Path, *, law: str = LAW, form: str = FORM) -> str:
    with pytest.raises(Unreadable) as found:
        sample(tmp_path, law=law, form=form)
    return str(found.value)


def lint(tmp_path: Path, *, law: str = LAW, form: str = FORM) -> list[str]:
    folder = sample(tmp_path, law=law, form=form)
    return [str(p) for p in check(folder, {k: frozenset(v) for k, v in CODES.items()}, PAPERS)]


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_sample_is_sound(tmp_path: Path) -> None:
    assert lint(tmp_path) == []


def test_a_misspelt_key_is_told_with_its_line_and_the_nearest_word(tmp_path: Path) -> None:
    law = LAW.replace("minutes_to_fill: 3", "minuts_to_fill: 3")
    told = unreadable(tmp_path, law=law)
    line = line_of(law, "minuts_to_fill")
    assert f"thu/procedure.yaml:{line}: minuts_to_fill" in told
    assert "did you mean `minutes_to_fill`?" in told
    assert "minutes_to_fill: Field required – add it" in told


def test_a_misspelt_key_of_the_form_is_told_with_the_forms_line(tmp_path: Path) -> None:
    form = FORM.replace("not_after: today", "not_afther: today")
    told = unreadable(tmp_path, form=form)
    assert f"thu/form.yaml:{line_of(form, 'not_afther')}:" in told
    assert "did you mean `not_after`?" in told


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    law = LAW.replace("level: full\n", "level: full\nlevel: partial\n")
    assert "`level` is written twice" in unreadable(tmp_path, law=law)


def test_a_number_where_a_text_stands_asks_for_quotes(tmp_path: Path) -> None:
    told = unreadable(tmp_path, law=LAW.replace('decision: "1/QĐ"', "decision: 163"))
    assert f"thu/procedure.yaml:{line_of(LAW, 'decision:')}:" in told
    assert "put it in quotes" in told


def test_what_is_not_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    told = unreadable(tmp_path, law=LAW.replace("slug: thu", "slug: [thu"))
    assert told.startswith("thu/procedure.yaml:")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "form.yaml").unlink()
    assert "the file is missing" in checked(tmp_path).problems[0].cause


def test_a_stumble_over_a_question_that_is_not_asked_is_told(tmp_path: Path) -> None:
    words = '{vi: "Viết đủ dấu.", en: "With every sign."}'
    law = f"{LAW}stumbles:\n  - {{field: child.nickname, say: {words}}}\n"
    (told,) = lint(tmp_path, law=law)
    assert told.startswith(f"thu/procedure.yaml:{line_of(law, 'nickname')}: `child.nickname`")


@pytest.mark.parametrize("empty", ["", "- a list\n", "just words\n"])
def test_a_file_without_keys_is_told(tmp_path: Path, empty: str) -> None:
    assert "must hold `key: value` lines" in unreadable(tmp_path, form=empty)


def test_vietnamese_no_and_dates_stay_words(tmp_path: Path) -> None:
    folder = sample(tmp_path, law=LAW.replace('decision: "1/QĐ"', "decision: no"))
    assert folder.procedure.decision == "no"


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("child.copies > 0", "child.copys > 0", "undeclared reference"),
        ("child.copies > 0", "child.copies", "gives INT, BOOL is needed"),
        ('child.code != ""', "years_between(child.birth_date, today) > 1", "fails before"),
        ("basis: luat, replaced_when", "basis: luot, replaced_when", "`luot` is not declared"),
        ("stage: one", "stage: two", "`two` is not declared"),
        ("template: ket-qua", "template: khong-co", "no paper `khong-co`"),
        ("subject: child.full_name", "subject: child.fullname", "`child.fullname`"),
        ("child.birth_date|words", "child.birth_date|letters", "`letters` is not declared"),
        ("{child.full_name}, sinh", "{child.fullname}, sinh", "`child.fullname` is not declared"),
        ("level: full", "level: partial", "must say why"),
        ('check.case == "special"', 'check.case == "specal"', "is never `specal`"),
        ("number: leg.one.number", "number: leg.won.number", "`won` is not declared"),
        ("child.name: child.full_name", "child: child.full_name", "is a value and a group"),
        (", basis: luat}\n    exemptions", ', province: "31", basis: luat}\n    exemptions', "no rate for other cases"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_told(tmp_path: Path, old: str, new: str, cause: str) -> None:
    law = LAW.replace(old, new)
    assert law != LAW
    told = [text for text in lint(tmp_path, law=law) if cause in text]
    assert told
    assert told[0].startswith("thu/procedure.yaml:")


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("codes: sexes", "codes: sexs", "`sexs` is not declared"),
        ("{from: mother.full_name, when", "{from: mother.name, when", "`mother.name` is not a field"),
        ("{from: mother.full_name, when", "{from: mother.phone, when", "is a phone, this field a"),
        ("id: child.poor", "id: child.copies", "`child.copies` twice"),
        ("when: 'check.case == \"special\"'", "when: child.poor", "`child.poor` is not answered yet"),
        (", why: {basis: luat}}\n      - {id: child.poor", "}\n      - {id: child.poor", "why it is asked"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_in_the_form_is_told(
    tmp_path: Path, old: str, new: str, cause: str
) -> None:
    form = FORM.replace(old, new)
    assert form != FORM
    told = [text for text in lint(tmp_path, form=form) if cause in text]
    assert told
    assert told[0].startswith("thu/form.yaml:")


def test_a_field_that_nobody_reads_is_told(tmp_path: Path) -> None:
    law = LAW.replace(
        "      agency: receiving\n", "      agency: receiving\n      sees: {fields: [mother.*]}\n"
    )
    told = lint(tmp_path, law=law)
    assert any("nobody reads `child.home`" in text for text in told) is False  # a paper shows it
    assert any("nobody reads `child.reason`" in text for text in told)
    assert any("nobody reads `note`" in text for text in told)


def test_a_page_longer_than_a_phone_is_told(tmp_path: Path) -> None:
    more = "".join(
        f"      - {{id: more.m{n}, type: text, label: {{vi: M, en: M}}, why: {{basis: luat}}}}\n"
        for n in range(7)
    )
    assert any("10 questions on one page" in text for text in lint(tmp_path, form=FORM + more))


def test_a_page_of_only_optional_questions_is_told(tmp_path: Path) -> None:
    page = (
        '  - {id: x, section: {vi: "X", en: "X"}, title: {vi: "X", en: "X"}, fields: '
        "[{id: x.y, type: text, required: false, label: {vi: X, en: X}, why: {basis: luat}}]}\n"
    )
    assert any("may be left out" in text for text in lint(tmp_path, form=FORM + page))


EXAMPLE = """\
title: "Thử"
at: "2026-11-20 08:00"
before: {commune: "11284", answers: {check.case: plain}}
answers:
  mother.full_name: "Phạm Thị Lan"
  mother.phone: "0912345678"
  mother.relation: mother
  child.full_name: "Phạm Minh An"
  child.birth_date: "05/11/2026"
  child.sex: female
  child.copies: 2
  child.poor: false
papers: [note]
expect: {fees: {fee: 0}, papers: [note]}
acts:
  - {at: "2026-11-20 08:30", by: front_desk, does: receive}
  - {by: leader, does: take_step, with: {leg: one, values: {number: "7"}}}
then: {status: returned, shows: {paper: {number: "7"}}}
"""


def rehearsed(tmp_path: Path, old: str = "", new: str = "") -> list[str]:
    write(tmp_path)
    (tmp_path / "examples").mkdir(exist_ok=True)
    text = EXAMPLE.replace(old, new) if old else EXAMPLE
    assert not old or text != EXAMPLE
    (tmp_path / "examples/mot.yaml").write_text(text, encoding="utf-8")
    return [f"{p.line}: {p.cause}" for p in checked(tmp_path).problems]


def test_an_example_that_comes_out_as_written_is_sound(tmp_path: Path) -> None:
    assert rehearsed(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "cause"),
    [
        ("fee: 0", "fee: 16000", 14, "fees: expected {'fee': 16000}, found {'fee': 0}"),
        ("status: returned", "status: finished", 18, "status: expected finished, found returned"),
        ('{number: "7"}}}\nthen', '{number: "8"}}}\nthen', 18, "`paper` number: expected 7, found 8"),
        ("by: leader", "by: registrar", 17, "take_step: expected done, found dossiers.not-yours"),
        ("does: receive", "does: recieve", 16, "there is no act `recieve`"),
        ("leg: one", "lag: one", 17, "Field required"),
        ("child.sex: female", "child.sex: woman", 10, "found procedures.choice-unknown"),
        ("child.sex: female", "child.six: female", 10, "`child.six` is not a field of the form"),
        ("papers: [note]\n", "papers: []\n", 14, "missing papers: expected none, found note"),
        ("papers: [note]\n", "papers: [note, proof]\n", 13, "`proof` is not called for"),
        ('commune: "11284"', 'commune: "99999"', 3, "nobody serves `99999`"),
        ("check.case: plain", "check.case: plein", 3, "no answer `plein`"),
        ("check.case: plain", "check.case: other", 14, "leads out: expected None, found check.case"),
        ("  child.copies: 2\n", "", 13, "missing: expected none, found child.copies"),
        ('"05/11/2026"', '"05/11/2019"', 14, "pages with an error: expected none, found child"),
        ('"Phạm Minh An"', '"Lê Minh An"', 14, "pages with a doubt: expected none, found child"),
    ],
)  # fmt: skip
def test_an_example_that_comes_out_otherwise_says_where_and_how(
    tmp_path: Path, old: str, new: str, line: int, cause: str
) -> None:
    told = rehearsed(tmp_path, old, new)
    assert any(text.startswith(f"{line}: ") and cause in text for text in told), told


def test_the_command_prints_problems_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, law=LAW.replace("level: full", "level: partial"))
    assert main(["check", str(tmp_path)]) == 1
    assert "must say why" in capsys.readouterr().out


def test_the_command_succeeds_where_all_is_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path)
    assert main(["check", str(tmp_path), "--json"]) == 0
    assert '"problems": []' in capsys.readouterr().out
