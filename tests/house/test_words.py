"""Every text of the house in both languages: found, translated, with the same gaps, in plain words."""

import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest
import yaml

from motcua.config.words import UnreadableWords, Words, bring_in_step, words_in, words_of
from tests.house.test_house_words import own, refusals
from tests.house.vietnamese import is_vietnamese
from tests.running import ROOT

CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
REMEDY = "Bring locale/ in step: .venv/bin/python -m motcua words"
# Names and the currency stay as they are in an English sentence.
NAMES = ("Một Cửa", "đồng", "10.000 đ", "“Thị”")
NAMES += ("Bệnh viện Phụ sản Hải Phòng, phường Lê Chân, thành phố Hải Phòng",)
# Vietnamese words that carry no mark.
PLAIN = {
    "trang",
    "xong",
    "nam",
    "sang",
    "khai",
    "xoay",
    "thay",
    "sau",
    "vneid",
    "cho",
    "thu",
    "khi",
    "nay",
    "nghe",
    "trong",
}
FOREIGN = (
    r"\b(uploads?|drafts?|log ?in|submit|click|files?|forms?|otp|online|offline|session|cookie)\b"
)
TO_DO = re.compile(r"\b(hãy|xin|không cần)\b|\{instead\}|\{why\}", re.IGNORECASE)


@cache
def said() -> dict[str, Words]:
    return words_of(ROOT / "motcua")


@cache
def english() -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in polib.pofile(str(CATALOGUE))}


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def gaps(text: str) -> set[str]:
    """Return the named gaps and the tags of a text: both must survive translation."""
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}|</?\w+>|#", text))


def without_names(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, "")
    return text


def test_every_text_has_its_english() -> None:
    whole = {text for text, entry in english().items() if all(translations(entry))}
    assert said().keys() - whole == set(), REMEDY


def test_no_english_is_left_of_a_text_that_is_gone() -> None:
    assert english().keys() - said().keys() == set(), REMEDY


def test_the_catalogue_is_sorted() -> None:
    assert list(english()) == sorted(english()), REMEDY


def test_a_counted_text_is_counted_in_english_too() -> None:
    uneven = [
        text for text, words in said().items() if words.plural != english()[text].msgid_plural
    ]
    assert uneven == [], REMEDY


def test_the_english_has_the_same_gaps() -> None:
    different = {
        text: translation
        for text, entry in english().items()
        for translation in translations(entry)
        if gaps(translation) != gaps(text) | gaps(entry.msgid_plural)
        and not (entry.msgid_plural and gaps(translation) == gaps(text))
    }
    assert different == {}


def test_every_text_can_be_filled_in_both_languages() -> None:
    for text, entry in english().items():
        for sentence in (text, *translations(entry)):
            if "%(" in text:
                assert sentence % dict.fromkeys(re.findall(r"%\((\w+)\)", text), 1), sentence
            elif "{" in text:
                names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
                assert sentence.format_map(dict.fromkeys(names, 1)), sentence


def test_english_is_english() -> None:
    found = {t: e for t, entry in english().items() for e in translations(entry)}
    assert {t: e for t, e in found.items() if is_vietnamese(without_names(e))} == {}


def test_the_source_of_every_text_is_vietnamese() -> None:
    bare = [text for text in said() if not is_vietnamese(text)]
    words = {
        text: re.findall(r"[a-z]+", re.sub(r"%\(\w+\)s|\{\w+\}", "", text.lower())) for text in bare
    }
    assert {text: rest for text, rest in words.items() if set(rest) - PLAIN} == {}


def test_vietnamese_does_without_foreign_words() -> None:
    spoken = {text: re.sub(r"%\(\w+\)s|\{\w+\}", "", text) for text in said()}
    assert [
        text for text, words in spoken.items() if re.search(FOREIGN, words, re.IGNORECASE)
    ] == []


def test_people_are_addressed_politely() -> None:
    texts = {*said(), *(path.read_text(encoding="utf-8") for path in notices())}
    assert [text for text in texts if re.search(r"\bbạn\b", text, re.IGNORECASE)] == []


def notices() -> list[Path]:
    return sorted((ROOT / "motcua" / "notices" / "templates").rglob("*.txt"))


def test_every_refusal_is_translated() -> None:
    texts = {refusal.text for refusal in refusals() if own(refusal, "text")}
    assert texts - english().keys() == set()


def test_every_refusal_says_what_to_do_next() -> None:
    texts = {refusal.code: refusal.text for refusal in refusals() if own(refusal, "text")}
    assert {code: text for code, text in texts.items() if not TO_DO.search(text)} == {}


def test_no_page_says_anything_that_is_not_marked_for_translation() -> None:
    bare = {}
    for page in sorted((ROOT / "motcua").rglob("*.html")):
        source = re.sub(
            r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", page.read_text("utf-8"), flags=re.DOTALL
        )
        source = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "", source, flags=re.DOTALL)
        source = re.sub(r"\{% translate.*?%\}", "", source, flags=re.DOTALL)
        source = source.replace("Một Cửa", "").replace("Tiếng Việt", "")
        if is_vietnamese(source) and "gallery" not in {page.stem, page.parent.name}:
            bare[page.name] = [line for line in source.splitlines() if is_vietnamese(line)]
    assert bare == {}


def test_a_notice_comes_in_both_languages() -> None:
    names = {str(path) for path in notices()}
    vietnamese = {name for name in names if not name.endswith(".en.txt")}
    assert {name.replace(".txt", ".en.txt") for name in vietnamese} == names - vietnamese


def bilingual(node: object, where: str) -> Iterator[tuple[str, str, str]]:
    """Yield every text of the catalogue that is given in both languages."""
    if isinstance(node, dict):
        if isinstance(node.get("vi"), str) and isinstance(node.get("en"), str):
            yield where, node["vi"], node["en"]
        for key, value in node.items():
            yield from bilingual(value, f"{where}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from bilingual(value, f"{where}[{number}]")


def procedures() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "catalogue" / "procedures").rglob("*.yaml")):
        if "examples" not in path.parts:
            yield from bilingual(
                yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), path.parent.name
            )


def test_the_texts_of_procedures_are_english_in_english() -> None:
    assert len(list(procedures())) > 100
    assert {where: en for where, vi, en in procedures() if len(vi) > 20 and vi == en} == {}


def test_new_texts_are_added_dead_ones_dropped_and_translations_kept(tmp_path: Path) -> None:
    catalogue = tmp_path / "django.po"
    known = polib.POFile()
    known.append(polib.POEntry(msgid="Có", msgstr="Yes"))
    known.append(polib.POEntry(msgid="Cũ", msgstr="Old"))
    known.save(str(catalogue))
    outcome = bring_in_step(catalogue, {"Có": Words("Có"), "Mới": Words("Mới")})
    assert (outcome.added, outcome.dropped, outcome.untranslated) == (["Mới"], ["Cũ"], ["Mới"])
    assert polib.pofile(str(catalogue)).find("Có").msgstr == "Yes"


@pytest.mark.parametrize(
    ("name", "source", "texts"),
    [
        ("a.py", 'gettext("Một " "hai")\nnoop("Ba" if x else "Bốn")', [("Một hai", ""), ("Ba", ""), ("Bốn", "")]),
        ("b.py", 'ngettext("{n} ngày", "{n} ngày ấy", n)', [("{n} ngày", "{n} ngày ấy")]),
        ("c.html", "{% translate 'Một (1)' as x %}{{ _(\"Hai\") }}", [("Một (1)", ""), ("Hai", "")]),
        (
            "d.html",
            "{% blocktranslate trimmed count n=n %}\n {{ n }} tờ\n{% plural %}{{ n }} tờ ạ{% endblocktranslate %}",
            [("%(n)s tờ", "%(n)s tờ ạ")],
        ),
    ],
)  # fmt: skip
def test_texts_are_found_in_python_and_in_pages(tmp_path, name, source, texts) -> None:
    (tmp_path / name).write_text(source, encoding="utf-8")
    assert sorted(words_in(tmp_path / name)) == sorted(texts)


@pytest.mark.parametrize("source", ['gettext(f"Có {n}")', 'noop("Có " + x)', 'pgettext("a", "Có")'])
def test_a_text_put_together_before_it_is_translated_is_refused(tmp_path, source) -> None:
    (tmp_path / "a.py").write_text(source, encoding="utf-8")
    with pytest.raises(UnreadableWords):
        list(words_in(tmp_path / "a.py"))
