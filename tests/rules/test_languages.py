"""Languages as data, passages marked as Vietnamese, and searching in letters of one's own."""

from pathlib import Path

import pytest

from motcua.procedures.rules.search.foreign import in_vietnamese, phrases
from motcua.toolkit.passages import mark_vietnamese
from motcua.toolkit.spoken import read_languages
from tests.running import ROOT

KHMER = read_languages(ROOT / "locale")["km"].letters


def marked(html: str) -> str:
    return mark_vietnamese(html, KHMER)


def test_the_house_speaks_vietnamese_first_then_english_then_khmer():
    spoken = read_languages(ROOT / "locale")
    assert list(spoken) == ["vi", "en", "km"]
    assert [code for code, item in spoken.items() if item.working] == ["vi", "en"]


def test_a_language_with_an_unknown_key_is_refused(tmp_path: Path):
    (tmp_path / "cjm").mkdir()
    (tmp_path / "cjm" / "language.yaml").write_text('name: "Chăm"\ncolour: "red"\n')
    with pytest.raises(TypeError, match="colour"):
        read_languages(tmp_path)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Chưa dịch</p>", '<p><span lang="vi">Chưa dịch</span></p>'),
        ("<p>ស្វែងរក</p>", "<p>ស្វែងរក</p>"),
        ("<p>កន្លែងទទួល៖ xã Nam Thanh Miện។</p>", '<p>កន្លែងទទួល៖ <span lang="vi">xã Nam Thanh Miện</span>។</p>'),
        ('<a lang="en">English</a>', '<a lang="en">English</a>'),
        ("<p>&lt;&amp;&#x27; 12/11/2026</p>", "<p>&lt;&amp;&#x27; 12/11/2026</p>"),
        ("<title>Trang</title><script>var a</script>", "<title>Trang</title><script>var a</script>"),
        ('<option value="31">Hải Phòng</option>', '<option value="31" lang="vi">Hải Phòng</option>'),
        ("<svg><title>Cửa</title></svg><b>Cửa</b>", '<svg><title>Cửa</title></svg><b><span lang="vi">Cửa</span></b>'),
        ("<p>Hai &amp; ba</p>", '<p><span lang="vi">Hai &amp; ba</span></p>'),
    ],
)  # fmt: skip
def test_what_stands_in_latin_letters_is_read_out_as_vietnamese(html, expected):
    assert marked(html) == expected


def test_khmer_is_searched_wherever_a_known_phrase_stands():
    assert in_vietnamese("ខ្ញុំចង់ធ្វើសំបុត្រកំណើត", phrases()) == "khai sinh"


def test_vietnamese_is_searched_as_it_was_typed():
    assert in_vietnamese("giấy khai sinh 3.000722", phrases()) == "giấy khai sinh 3.000722"
