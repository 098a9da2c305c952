"""By what right somebody signs, as it stands above their name on a paper (NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục 7)."""

from enum import StrEnum
from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class SignsBy(StrEnum):
    """The letters before the title of the head of the office; empty: in one's own title."""

    OWN = ""
    DEPUTY = "KT"
    ACTING = "Q"
    BY_ORDER = "TL"
    DELEGATED = "TUQ"


WORDS = {
    SignsBy.OWN: noop("Ký theo chức danh của mình"),
    SignsBy.DEPUTY: noop("KT. – cấp phó ký thay người đứng đầu"),
    SignsBy.ACTING: noop("Q. – được giao quyền người đứng đầu"),
    SignsBy.BY_ORDER: noop("TL. – ký thừa lệnh"),
    SignsBy.DELEGATED: noop("TUQ. – ký thừa ủy quyền"),
}
HEADS = {
    "commune_committee": "Chủ tịch",
    "commune_police": "Trưởng Công an",
    "social_insurance": "Giám đốc",
}
"""What the head of an agency of a kind is called."""
LONGEST_TITLE = 100


class LineUnsound(Refusal):
    """Whoever signs for the head of the office has a title of their own beneath."""

    code: ClassVar[str] = "agencies.line-unsound"
    text: ClassVar[str] = noop(
        "Người ký KT., TL. hoặc TUQ. cần có chức danh của mình, ví dụ: Phó Chủ tịch. Hãy ghi chức danh."
    )


def checked_line(signs: str, title: str) -> tuple[str, str]:
    """Return the letters and the title as they are kept. Raises LineUnsound."""
    title = " ".join(title.split())[:LONGEST_TITLE]
    if signs not in set(SignsBy):
        raise LineUnsound
    if signs not in (SignsBy.OWN, SignsBy.ACTING) and not title:
        raise LineUnsound
    return signs, title


def above(signs: str, title: str, *, kind: str, usual: str) -> str:
    """Return what stands above a name, a line beneath the other: “KT. Chủ tịch”, “Phó Chủ tịch”.

    `kind`: of the agency; `usual`: what stands there where a post says nothing.
    """
    if signs == SignsBy.OWN:
        return title or usual
    head = f"{signs}. {HEADS.get(kind, usual)}"
    return head if signs == SignsBy.ACTING else f"{head}\n{title}"
