import pytest

from motcua.agencies.rules.codes import CodeListUnsound, read_code_list

GOOD = """name: sexes
columns: [note]
rows:
  - {code: male, vi: Nam, en: Male, note: x}
  - {code: NO, vi: Na Uy, en: Norway}
  - {code: 01, vi: Kinh, en: Kinh}
"""


def test_a_list_keeps_its_order_and_its_texts():
    found = read_code_list(GOOD, where="sexes.yaml")
    assert [row.code for row in found.rows] == ["male", "NO", "01"]
    assert (found.label("male"), found.label("male", "en")) == ("Nam", "Male")
    assert (found.row("male")["note"], found.row("NO")["note"]) == ("x", "")


def test_an_unknown_code_is_shown_as_it_is():
    found = read_code_list(GOOD, where="sexes.yaml")
    assert not found.has("1")
    assert found.label("1") == "1"


@pytest.mark.parametrize(
    ("wrong", "line", "says"),
    [
        (GOOD.replace("{code: NO", "{code: male"), 5, "twice"),
        (GOOD.replace("note: x", "nota: x"), 4, "'nota'"),
        (GOOD.replace("vi: Kinh, ", ""), 6, "'vi'"),
        (GOOD.replace("en: Male", "en: ''"), 4, "'en'"),
        (GOOD.replace("columns:", "colums:"), 2, "'colums'"),
        (GOOD.replace("vi: Nam", "vi: [Nam]"), 4, "single text"),
        (GOOD.replace("vi: Nam,", "vi: Nam, vi: Nữ,"), 4, "twice"),
        (GOOD.replace("  - {code: NO", "  - {code: NO, code: SE"), 5, "twice"),
    ],
)
def test_a_mistake_is_refused_with_file_and_line(wrong, line, says):
    with pytest.raises(CodeListUnsound) as refused:
        read_code_list(wrong, where="sexes.yaml")
    assert str(refused.value).startswith(f"sexes.yaml:{line}: ")
    assert says in str(refused.value)


@pytest.mark.parametrize("wrong", ["", "a: [", "rows: []"])
def test_what_is_no_list_at_all_is_refused(wrong):
    with pytest.raises(ValueError, match=r"sexes\.yaml"):
        read_code_list(wrong, where="sexes.yaml")
