"""The script for the commune's loudspeaker: what to say is a text of the catalogue, how to say it is done here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from motcua.journeys.leaflets.facts import Facts, FeeLine
from motcua.kernel.spoken import PACE, digits, spoken, syllables

TEMPLATE = "papers/phat-thanh.txt"
SHORTEST, LONGEST = 2.0, 3.0
"""Minutes: shorter tells too little, longer is not listened to."""
_ONLY_WHEN_SHORT, _FIRST_TO_GO = "+", "~"
_FEW = 3
"""Of a longer list nobody who listens keeps more."""
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Script:
    """Paragraphs to read aloud, in words only."""

    paragraphs: tuple[str, ...]

    @property
    def minutes(self) -> float:
        """How long it takes to read."""
        return sum(map(syllables, self.paragraphs)) / PACE


def script(facts: Facts) -> Script:
    """Return what the loudspeaker says of a service, in two to three minutes."""
    told = _told(facts)
    drafts = [
        draft for draft in _template() if all(told.get(name) for name in _PLACE.findall(draft))
    ]
    spare = [draft for draft in drafts if draft.startswith(_ONLY_WHEN_SHORT)]
    kept = [draft for draft in drafts if draft not in spare]
    while spare and _script(kept, told).minutes < SHORTEST:
        first = spare.pop(0)
        kept = [draft for draft in drafts if draft in kept or draft == first]
    while _script(kept, told).minutes > LONGEST:
        loose = [draft for draft in kept if draft.startswith(_FIRST_TO_GO)]
        if not loose:
            break
        kept.remove(loose[-1])
    return _script(kept, told)


def _script(drafts: Iterable[str], told: dict[str, str]) -> Script:
    filled = (
        _PLACE.sub(lambda found: told[found[1]], draft.lstrip(_ONLY_WHEN_SHORT + _FIRST_TO_GO))
        for draft in drafts
    )
    return Script(tuple("\n".join(spoken(line) for line in text.splitlines()) for text in filled))


def _template() -> list[str]:
    """Return the paragraphs of the catalogue's text, notes left out."""
    text = (Path(settings.CATALOGUE) / TEMPLATE).read_text(encoding="utf-8")
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return [part.strip() for part in re.split(r"\n\s*\n", bare) if part.strip()]


def _told(facts: Facts) -> dict[str, str]:
    """Return what each place of the text is filled with; empty where there is nothing to say."""
    office = facts.office
    always = [paper.name for group in facts.papers if not group.case for paper in group.items]
    return {
        "commune": facts.commune,
        "committee": office.name,
        "name": _inside(facts.name),
        "whole": "ở nhà" if facts.whole else "",
        "partial": "" if facts.whole else "đến một lần",
        "audience": _inside(facts.audience),
        "results": _listed(facts.results),
        "stages": _listed(facts.stages) if facts.linked_agencies else "",
        "level_note": facts.level_note,
        "papers": _listed(always),
        "no_papers": "" if always else _without_papers(facts),
        "fees": "; ".join(_fee(fee) for fee in facts.fees[:_FEW]),
        "no_fees": "" if facts.fees else "Dịch vụ này không thu phí, lệ phí.",
        "limit": facts.limit,
        "sign_in": facts.sign_in if "không" not in facts.sign_in else "nếu có tài khoản",
        "minutes": str(facts.minutes),
        "stumbles": " ".join(facts.stumbles[:_FEW]),
        "support_name": office.support_name,
        "hours": office.support_hours,
        "phone": f"{digits(office.support_phone)}." if office.support_phone else "",
    }


def _without_papers(facts: Facts) -> str:
    if not facts.papers:
        return "Trước khi khai, xin bà con chuẩn bị sẵn thẻ căn cước. Khi khai không phải gửi kèm giấy tờ nào."
    return (
        "Trước khi khai, xin bà con chuẩn bị sẵn thẻ căn cước. Máy sẽ hỏi từng bước và chỉ đòi giấy tờ "
        "đúng với trường hợp của mình. Giấy tờ chụp bằng điện thoại là được, chụp cả tờ, đủ sáng, đọc rõ chữ."
    )


def _fee(fee: FeeLine) -> str:
    name = _inside(fee.name)
    if fee.same or not fee.counter:
        return f"{name}: {fee.online}"
    return f"{name}: nộp trực tuyến {fee.online or fee.counter}, nộp tại quầy {fee.counter}"


def _listed(items: Iterable[str]) -> str:
    return "; ".join(_inside(item) for item in items)


def _inside(text: str) -> str:
    """Return a text as it stands inside a sentence: no stop at its end, what is in brackets left out."""
    return re.sub(r"\s*\([^()]*\)", "", text).rstrip(". ")
