"""Tables of national records that were flattened into one line of text, cell glued to cell.

Each reader returns rows only where the line can be taken apart without doubt, nothing otherwise:
then the text is shown as it is.
"""

import re

from motcua.procedures.rules.records.page import Block, Case, Instrument, Outcome, PaperRow
from motcua.procedures.rules.records.prose import SILENT, blocks, one_line

_PAPERS_HEAD = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_LAWS_HEAD = "Tên văn bản pháp lýMã văn bản"

_LOW = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_UP = _LOW.upper()
# A count is glued to the name before it; digits after a space belong to the name but for the last.
_COUNT = re.compile(
    r"(?:(?<=[^\s\d])(?!0\d)\d+|(?<=\s)(?:[1-9]\d+|0\d\d+)) bản chính(?:,(?P<copies>\d+) bản sao)?"
    rf"(?=\S|$|\s+[{_UP}\-+*])"
)
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|rtf|rar|zip)$", re.IGNORECASE)
_GLUE = re.compile(rf"(?<=[{_LOW};.)])(?=[{_UP}])|(?<=[{_UP}])(?=[{_UP}][{_LOW}])|(?<=[;)])(?=\d)")
_LEADING = re.compile(r"^[-–+*•\s;.]+")
_MAKERS = (
    "UBTVQH|BLĐTBXH|BNNPTNT|BVHTTDL|BNNMT|BGTVT|BTNMT|BKHĐT|BGDĐT|BTTTT|BKHCN|TANDTC|VKSNDTC|VPCP|"
    "TTCP|NHNN|BHXH|HĐND|UBND|BTC|BXD|BTP|BCA|BYT|BNV|BCT|BNG|BQP|TTg|CTN|CP"
)
_NUMBER = re.compile(
    r"(?:Luật số |Luật |Thông tư số |Thông tư |Nghị định |Nghị quyết |Quyết định |số )?"
    r"(?:(?<!\d)\d{1,4}(?:\.\d{1,3})?|(?<=20\d\d)\d{1,3}|(?<=QH\d\d)\d{1,3})/(?:\d{4}/)?"
    rf"(?:[{_UP}]+\d*-)*(?:(?:UBTV)?QH\d\d|(?:{_MAKERS})(?=$|[^\s,.;:)\]-])"
    rf"|(?!QH)[{_UP}]+?(?=$|[{_UP}][{_LOW}]|[{_LOW}]|\d|[“\"(*]))(?!.?ngày)(?![\s,.;:)\]-])"
)
_RESULT = re.compile(r"(.+?)Mã:\s*(KQ\.[A-Z]\d\d\.\d{6}|[A-Z0-9][A-Z0-9.-]*\d)", re.DOTALL)
_AFTER_RESULTS = re.compile(r"Từ khóa.*$", re.DOTALL)


def read_cases(text: str) -> tuple[Case, ...]:
    """Return papers by case. A row that counts no paper is a note of its case."""
    line = one_line(text)
    if _PAPERS_HEAD not in line:
        return ()
    heading, *parts = line.split(_PAPERS_HEAD)
    cases: list[Case] = []
    for part in parts:
        rows, after = _rows(part)
        cases.append(_case(heading, rows))
        heading = after
    if _said(heading):
        cases.append(Case(notes=blocks(heading)))
    return tuple(case for case in cases if case.papers or case.notes)


def _rows(part: str) -> tuple[list[PaperRow], str]:
    rows, begun = [], 0
    for found in _COUNT.finditer(part):
        digits = found[0].split(" ", 1)[0]
        name, originals = _parted(part[begun : found.start()], digits)
        rows.append(_row(name, originals, int(found["copies"] or 0)))
        begun = found.end()
    return rows, part[begun:]


def _parted(name: str, digits: str) -> tuple[str, int]:
    """Return name and count; of digits that end the name only the last one counts papers."""
    if len(digits) == 1 or (len(digits) == len("10") and name[-1:].isalpha()):
        return name, int(digits)
    return name + digits[:-1], int(digits[-1])


def _row(name: str, originals: int, copies: int) -> PaperRow:
    told, form = _without_file(name.strip())
    return PaperRow(name=_said(told), originals=originals, copies=copies, form=form)


def _without_file(name: str) -> tuple[str, str]:
    """Return the name and the name of the file with its form that is glued to its end."""
    if not _FILE.search(name):
        return name, ""
    borders = [found.start() for found in _GLUE.finditer(name, 0, len(name) - len(".doc"))]
    in_last_word = [border for border in borders if border > name.rfind(" ")]
    border = (in_last_word[:1] or borders[-1:] or [0])[0]
    return (_FILE_NUMBER.sub("", name[:border]), name[border:]) if border else (name, "")


_FILE_NUMBER = re.compile(r"(?<=[;).])\d+\.$")


def _case(heading: str, rows: list[PaperRow]) -> Case:
    return Case(
        title=_said(heading).rstrip(": "),
        papers=tuple(row for row in rows if row.name and (row.originals or row.copies)),
        notes=tuple(
            block
            for row in rows
            if row.name and not (row.originals or row.copies)
            for block in blocks(row.name)
        ),
    )


def _said(text: str) -> str:
    told = _LEADING.sub("", text).strip()
    return "" if told.casefold().rstrip(".:") in SILENT else told


def read_instruments(text: str) -> tuple[Instrument, ...]:
    """Return the legal basis, instrument by instrument."""
    line = one_line(text).removeprefix(_LAWS_HEAD)
    if line == one_line(text):
        return ()
    found: list[Instrument] = []
    begun = 0
    for number in _NUMBER.finditer(line):
        if _told_again(line, number):
            continue
        found.append(Instrument(title=_said(line[begun : number.start()]), number=number[0]))
        begun = number.end()
    return tuple(found) if begun == len(line) else ()


def _told_again(line: str, number: re.Match[str]) -> bool:
    """Tell whether the number ends a title: then the cell after it holds the same one."""
    after = line[number.end() :]
    again = _NUMBER.match(after)
    return again is not None and _bare(again[0]) == _bare(number[0])


def _bare(number: str) -> str:
    return number.rsplit(" ", 1)[-1]


def read_outcomes(text: str) -> tuple[Outcome, ...]:
    """Return the results with their codes."""
    line = _AFTER_RESULTS.sub("", one_line(text)) if "Mã:" in text else ""
    found = [Outcome(name=_said(row[1]), code=row[2]) for row in _RESULT.finditer(line)]
    return tuple(outcome for outcome in found if outcome.name)


def papers_left(text: str) -> tuple[Block, ...]:
    """Return the papers as text where the table says nothing that could be taken apart."""
    return () if read_cases(text) else blocks(text.replace(_PAPERS_HEAD, "\n"))


def outcomes_left(text: str) -> tuple[Block, ...]:
    """Return the results as text where they could not be taken apart."""
    return () if read_outcomes(text) else blocks(_AFTER_RESULTS.sub("", text))


def without_head(text: str) -> str:
    """Return the legal basis without the glued headings of its table."""
    return text.replace(_LAWS_HEAD, "", 1)
