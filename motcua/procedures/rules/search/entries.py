"""What the list says of a procedure, and by which words it is found."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from motcua.procedures.rules.plan import AgencyKind
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.records.belonging import Belonging, Belongings
from motcua.procedures.rules.records.page import AgencyLevel, RecordPage
from motcua.procedures.rules.search.tokens import vector, words

Spoken = dict[str, str]

AGENCIES: dict[AgencyKind, Spoken] = {
    "commune_committee": {"vi": "Ủy ban nhân dân cấp xã", "en": "Commune People's Committee"},
    "commune_police": {"vi": "Công an cấp xã", "en": "Commune police"},
    "social_insurance": {"vi": "Bảo hiểm xã hội", "en": "Social insurance agency"},
}
LINKED, ONLINE = 0, 100
_NEARNESS: dict[AgencyLevel, int] = {"commune": 200, "province": 250, "ministry": 300, "other": 300}
_MOST_LETTERS = 800  # of the texts that are searched but weigh least
_ORGANISATIONS = ("tổ chức", "doanh nghiệp", "hợp tác xã")
"""By these too a service is found that organisations may file."""
_BEFORE_NAMES = ("thủ tục ", "Thủ tục ")


@dataclass(frozen=True)
class Entry:
    """One row of the list."""

    code: str
    codes: list[str]
    slug: str
    name: Spoken
    short: Spoken
    audience: Spoken
    agency: Spoken
    keywords: list[str]
    level: str
    linked: bool
    organisations: bool
    life_events: list[str]
    fields_of_law: list[str]
    ministry: str
    order: int
    plain: str
    length: int
    words: str

    def columns(self) -> dict[str, Any]:
        """Return the values of the row by column."""
        return asdict(self)

    @property
    def digest(self) -> str:
        """What tells a row that says something else."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def of_service(law: Procedure, belongings: Belongings, before: Iterable[str] = ()) -> Entry:
    """Return the row of a service; `before` are codes of its other versions."""
    old = [code.code for code in law.codes_before]
    agency = AGENCIES[law.start.receiving]
    plain, matters = words(law.name.vi), _SEVERAL_MATTERS.split(law.name.vi)
    return Entry(
        code=law.code,
        codes=list(dict.fromkeys([law.code, *old, *before])),
        slug=law.slug,
        name=law.name.model_dump(),
        short=law.short.model_dump(),
        audience=law.audience.model_dump(),
        agency=agency,
        keywords=list(law.keywords),
        level=law.level,
        linked=law.linked,
        organisations=law.start.organisations,
        life_events=list(law.life_events),
        fields_of_law=list(law.fields_of_law),
        ministry=belongings.ministry(law.decision),
        order=(LINKED if law.linked else ONLINE) + belongings.place(law.life_events),
        plain=" ".join(plain),
        length=len(plain),
        words=vector(
            {
                "A": matters[:1],
                "B": [
                    *matters[1:],
                    *agency.values(),
                    law.name.en,
                    law.short.vi,
                    law.short.en,
                    *law.keywords,
                ],
                "C": [law.audience.vi, *(_ORGANISATIONS if law.start.organisations else ())],
                "D": _short([*(p.name.vi for p in law.papers), *(r.name.vi for r in law.results)]),
            }
        ),
    )


_SEVERAL_MATTERS = re.compile(r"\s+[–-]\s+")
"""A linked service names its matters one after the other; the first is what it is looked for by most."""


def of_record(page: RecordPage, place: Belonging) -> Entry:
    """Return the row of a record that is not offered here."""
    name = _without_before(page.name)
    agency = ", ".join(page.agencies[:3]) or page.deciding
    plain = words(name)
    return Entry(
        code=page.code,
        codes=[page.code],
        slug="",
        name={"vi": page.name, "en": page.name},
        short={"vi": agency, "en": agency},
        audience=_twice(", ".join(page.audience)),
        agency=_twice(agency),
        keywords=[],
        level="info",
        linked=False,
        organisations=False,
        life_events=list(place.life_events),
        fields_of_law=[place.field],
        ministry=place.ministry,
        order=min((_NEARNESS[level] for level in page.levels), default=_NEARNESS["other"]),
        plain=" ".join(plain),
        length=len(plain),
        words=vector(
            {
                "A": [name],
                "B": [page.field, agency, page.deciding],
                "C": list(page.audience),
                "D": _short(
                    [*(item.name for item in page.outcomes), *_papers(page)],
                ),
            }
        ),
    )


def _papers(page: RecordPage) -> list[str]:
    return [" ".join(row.name.split()[:_HEAD]) for case in page.cases for row in case.papers]


_HEAD = 8  # words of a paper's name that tell which it is


def _without_before(name: str) -> str:
    for before in _BEFORE_NAMES:
        name = name.removeprefix(before)
    return name


def _twice(text: str) -> Spoken:
    """Return a text that exists in Vietnamese only."""
    return {"vi": text, "en": text}


def _short(texts: Iterable[str]) -> list[str]:
    kept: list[str] = []
    left = _MOST_LETTERS
    for text in texts:
        if len(text) > left:
            break
        kept.append(text)
        left -= len(text)
    return kept
