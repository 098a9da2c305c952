"""What pages of citizens and officials say of a mandate: its facts, its history, what was done by it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from motcua.journeys.mandating import ground_words, last_day, scope_words
from motcua.kernel.phone import Phone, mask
from motcua.mandates import queries
from motcua.mandates.models import Change, Mandate, Use
from motcua.mandates.rules.mandates import ACT_WORDS, STATE_WORDS, Act, State
from motcua.toolkit.clock import now

SHAPES = {
    State.GRANTED: "action",
    State.CONFIRMED: "running",
    State.REVOKED: "stopped",
    State.EXPIRED: "done",
}
Side = Mandate.Side


@dataclass(frozen=True)
class Shown:
    """A mandate as one of its two people sees it."""

    row: Mandate
    side: Side
    language: str

    @property
    def state(self) -> State:
        """Where it stands now."""
        return queries.told(self.row).state(now())

    @property
    def open(self) -> bool:
        """Whether it can still be confirmed or ended."""
        return self.state in (State.GRANTED, State.CONFIRMED)

    @property
    def title(self) -> str:
        """Who acts for whom, as this side says it."""
        if self.side == Side.GIVER:
            return gettext("{name} làm thay quý vị").format(name=self.row.holder_name)
        return gettext("Quý vị làm thay {name}").format(name=self.row.giver_name)

    @property
    def what(self) -> str:
        """On what it reaches."""
        words = scope_words(self.row, self.language)
        return f"{words[:1].upper()}{words[1:]}"

    @property
    def until(self) -> str:
        """The last day on which it counts."""
        return f"{last_day(self.row.until):%d/%m/%Y}"

    @property
    def state_words(self) -> str:
        """Where it stands, and whose word is awaited."""
        if self.state is not State.GRANTED:
            return gettext(STATE_WORDS[self.state])
        return awaited(self.row, self.side)

    @property
    def shape(self) -> str:
        """The shape of the state's tag."""
        return SHAPES[self.state]

    def rows(self) -> list[dict[str, Any]]:
        """Return its facts for a summary."""
        row, giver = self.row, self.side == Side.GIVER
        other = (row.holder_name, row.holder_phone) if giver else (row.giver_name, row.giver_phone)
        label = gettext("Người được ủy quyền") if giver else gettext("Người ủy quyền")
        return [
            {"label": label, "value": f"{other[0]}, {mask(Phone(other[1]))}"},
            {"label": gettext("Là"), "value": ground_words(row.ground, self.language)},
            {"label": gettext("Cho việc gì"), "value": self.what},
            {"label": gettext("Được làm"), "lines": act_lines(row)},
            {"label": gettext("Đến hết ngày"), "value": self.until},
        ]


def act_lines(row: Mandate) -> list[str]:
    """Return what may be done, in the order of the list of acts."""
    return [gettext(ACT_WORDS[act]) for act in Act if act in row.acts]


def awaited(row: Mandate, side: Side | None = None) -> str:
    """Say whose word is still missing."""
    if row.giver_agreed_at is None:
        return (
            gettext("Chờ quý vị xác nhận")
            if side == Side.GIVER
            else gettext("Chờ người ủy quyền xác nhận")
        )
    if row.holder_person_id is None:
        return (
            gettext("Chờ quý vị nhận")
            if side == Side.HOLDER
            else gettext("Chờ người được ủy quyền nhận")
        )
    return gettext("Chờ cán bộ thứ hai xem giấy và xác nhận")


def history(row: Mandate) -> list[dict[str, Any]]:
    """Return what happened to it, the latest first; one query."""
    return [
        {"at": one.at, "text": _change_words(one), "who": _by_words(row, one)}
        for one in reversed(queries.changes_of(row))
    ]


def _change_words(one: Change) -> str:
    if one.kind == Change.Kind.ENDED:
        return gettext("Hết hạn") if one.by == Change.By.TIME else gettext("Thôi ủy quyền")
    return {
        Change.Kind.GRANTED: gettext("Ghi ủy quyền"),
        Change.Kind.GIVER_AGREED: gettext("Người ủy quyền xác nhận"),
        Change.Kind.HOLDER_AGREED: gettext("Người được ủy quyền nhận"),
        Change.Kind.CHECKED: gettext("Cán bộ thứ hai xem giấy và xác nhận"),
        Change.Kind.CONFIRMED: gettext("Ủy quyền có hiệu lực"),
    }[Change.Kind(one.kind)]


def _by_words(row: Mandate, one: Change) -> str:
    """Return who did it: one of the two by name, an official by name."""
    if one.by == Change.By.GIVER:
        return str(row.giver_name)
    if one.by == Change.By.HOLDER:
        return str(row.holder_name)
    return one.official.full_name if one.official else ""


def uses(row: Mandate) -> list[dict[str, Any]]:
    """Return what the holder did by it, the latest first; one query."""
    return [
        {
            "at": one.at,
            "text": _use_words(one),
            "code": one.dossier,
            "href": reverse("following:tracking", args=[one.dossier]),
        }
        for one in queries.uses_of(row)
    ]


def _use_words(one: Use) -> str:
    return gettext(ACT_WORDS[Act(one.act)])
