"""Every paper of the catalogue read by programs that did not make it: poppler reads, zxing sees the codes."""

import io
import json
import re
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

import pytest
import zxingcpp
from django.conf import settings
from PIL import Image
from pypdf import PdfReader

from motcua.documents.papers import make_paper

EXAMPLES = sorted((Path(settings.CATALOGUE) / "papers" / "examples").glob("*.json"))
SIZES = {"a5": (420, 595), "a4": (595, 842), "a4 across": (842, 595)}
SLIPS = {"giay-tiep-nhan", "phieu-bo-sung", "phieu-tu-choi", "phieu-xin-loi", "thong-bao-dung",
         "ct04", "ct05", "ct06", "bien-lai"}  # fmt: skip
"""What the law wants on A5: forms 01–05 (TT 03/2025/TT-VPCP), CT04–CT06, the receipt."""
RESULTS = {
    "giay-khai-sinh",
    "giay-chung-nhan-ket-hon",
    "trich-luc",
    "quyet-dinh",
    "phieu-kiem-soat",
}
UNSHOWN = re.compile(r"\d{4}-\d\d-\d\d.*|\d{4}-\d\d|\d\d:\d\d|[0-9a-f]{64}|https?://.*|true|false")
LONG = "Nguyễn Phúc Tôn Nữ Công Tằng Huyền Trang Thục Quyên H'Bia Ƀuôn Yă Niê Kđăm Ênuôl"


@dataclass(frozen=True)
class Word:
    """A word of a paper, and where it stands, in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@cache
def made(example: Path, name: str = "") -> bytes:
    data = json.loads(example.read_text())
    return make_paper(example.stem.split(".")[0], renamed(data, name) if name else data)


def renamed(data, name: str):
    """Return the data in which every person is called `name`."""
    if isinstance(data, list):
        return [renamed(one, name) for one in data]
    if not isinstance(data, dict):
        return data
    return {key: name if _is_person(key, one) else renamed(one, name) for key, one in data.items()}


def _is_person(key: str, value: object) -> bool:
    """Tell whether it is a person's name: of two to six short words, each with a capital."""
    named = key in ("name", "full_name", "subject", "person") and isinstance(value, str)
    return named and re.fullmatch(r"[^\W\d_a-zđ]\S{0,6}( [^\W\d_a-zđ]\S{0,6}){1,5}", value)


def run(program: str, *options: str, given: bytes) -> bytes:
    done = subprocess.run([program, *options], input=given, capture_output=True, check=True)
    return done.stdout


def words(pdf: bytes) -> list[tuple[tuple[float, float], list[Word]]]:
    """Return each sheet's size and words, as poppler reads them."""
    told = run("pdftotext", "-bbox", "-", "-", given=pdf).decode()
    sheets = []
    for sheet in told.split("<page ")[1:]:
        width, height = re.findall(r'(?:width|height)="([\d.]+)"', sheet)[:2]
        found = re.findall(
            r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>',
            sheet,
        )
        sheets.append(
            (
                (float(width), float(height)),
                [Word(unescape(text), *map(float, place)) for *place, text in found],
            )
        )
    return sheets


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()


def texts_in(data):
    for value in data.values() if isinstance(data, dict) else data:
        if isinstance(value, dict | list):
            yield from texts_in(value)
        elif isinstance(value, str):
            yield value


def codes_in(data):
    for key, value in data.items():
        if key == "qr_text":
            yield value
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from codes_in(one)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_word_can_be_read_out_with_its_marks(example):
    read = bare(run("pdftotext", "-raw", "-", "-", given=made(example)).decode())
    assert unicodedata.normalize("NFC", read) == read
    for text in texts_in(json.loads(example.read_text())):
        if not UNSHOWN.fullmatch(text):
            assert bare(text) in read, text


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_paper_is_tagged_named_of_its_size_and_carries_its_letters(example):
    paper = made(example)
    reader = PdfReader(io.BytesIO(paper))
    root = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi-VN"
    assert b"<pdfaid:part>2</pdfaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata.title.strip()
    size = words(paper)[0][0]
    assert _name_of(size) in _fitting(example.stem.split(".")[0])
    fonts = run("pdffonts", "-", given=paper).decode().splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes yes yes +\d+ +\d+ *$", line) for line in fonts), fonts


def _name_of(size: tuple[float, float]) -> str:
    return {place: name for name, place in SIZES.items()}[round(size[0]), round(size[1])]


def _fitting(template: str) -> set[str]:
    """Return the sizes a template may have: the law's where it says one."""
    if template in SLIPS:
        return {"a5"}
    return {"a4"} if template in RESULTS else set(SIZES)


@pytest.mark.parametrize(
    "example",
    [path for path in EXAMPLES if '"qr_text"' in path.read_text()],
    ids=lambda path: path.stem,
)
def test_every_code_on_paper_is_read_from_its_picture(example, tmp_path):
    run("pdftoppm", "-r", "110", "-gray", "-", str(tmp_path / "sheet"), given=made(example))
    sheets = map(Image.open, tmp_path.iterdir())
    seen = {code.text for sheet in sheets for code in zxingcpp.read_barcodes(sheet)}
    assert set(codes_in(json.loads(example.read_text()))) <= seen


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_longest_names_stay_on_the_sheet(example):
    for (width, height), sheet in words(made(example, LONG)):
        for word in sheet:
            assert word.left >= 20, word
            assert word.right <= width - 10, word
            assert word.bottom <= height, word


def test_letters_of_every_people_are_there():
    viet = [b + t for b in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for t in "\u0300\u0301\u0303\u0309\u0323"]
    others = "đĐ ƀɃ čČ ĕĔ ĭĬ ñÑ ŏŎ ŭŬ Ê̆ê̆ Ô̆ô̆ Ơ̆ơ̆ Ư̆ư̆ ɓƁ ɗƊ ḍḥṅ āīū H'Hen Yʼ"
    letters = unicodedata.normalize("NFC", " ".join([*viet, others]))
    paper = make_paper("ket-qua", {"title": "Thử", "paragraphs": [letters]})
    read = bare(" ".join(word.text for _, sheet in words(paper) for word in sheet))
    for letter in letters.split():
        assert bare(letter) in unicodedata.normalize("NFC", read), letter
