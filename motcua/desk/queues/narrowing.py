"""The filters of the queue as the page shows them, and the views that were saved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext

from motcua.agencies.queries import agency
from motcua.desk.pages import language
from motcua.desk.queues.asking import CHANNELS, NAMES, SORT_NAMES, Asked, address, parameters, read
from motcua.dossiers import queues
from motcua.dossiers.models import SavedView
from motcua.dossiers.queue_conditions import NOBODY, Filters, Whose
from motcua.dossiers.queues import SORTS
from motcua.procedures.queries import latest
from motcua.ui.words import day_words

Choice = tuple[str, str, bool]


@dataclass(frozen=True)
class Pick:
    """One thing to choose: its name in the address, its label, its choices (value, words, chosen)."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Day:
    """One day to give."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class ViewLink:
    """A saved view; `own`: it may be forgotten by whoever looks."""

    key: int
    name: str
    href: str
    count: int
    own: bool
    shared: bool


def picks(asked: Asked, whose: Whose, official: int) -> list[Pick]:
    """Return what may be chosen, of what stands in the queue now; three queries.

    Where nothing is being chosen, only what is needed to name what was.
    """
    there = queues.contents(whose) if asked.choosing or _of_contents(asked.filters) else set()
    known = latest({procedure for procedure, _, _ in there})
    stages = {
        stage.id: stage.name.to(language())
        for published in known.values()
        for stage in published.procedure.plan.stages
    }
    names = {code: published.procedure.short.to(language()) for code, published in known.items()}
    offices = {code for _, _, code in there if code}
    now = asked.filters
    found = [
        _pick("procedure", gettext("Thủ tục"), names.items(), now),
        _pick("stage", gettext("Khâu"), ((s, stages.get(s, s)) for _, s, _ in there if s), now),
        _pick("holder", gettext("Người giữ"), _holders(asked, whose, official), now),
        _pick("channel", gettext("Cách nộp"), _channels(), now),
        _pick("office", gettext("Nơi tiếp nhận"), ((c, agency(c).name) for c in offices), now),
    ]
    return [pick for pick in found if len(pick.choices) > 1 or _chosen(pick)]


def _chosen(pick: Pick) -> bool:
    return any(chosen for _, _, chosen in pick.choices)


def _pick(field: str, label: str, options: Iterable[tuple[str, str]], now: Filters) -> Pick:
    chosen = getattr(now, field)
    ordered = sorted(dict(options).items(), key=lambda option: option[1].casefold())
    return Pick(NAMES[field], label, tuple((v, words, v == chosen) for v, words in ordered))


def _of_contents(filters: Filters) -> bool:
    return bool(filters.procedure or filters.stage or filters.office)


def _holders(asked: Asked, whose: Whose, official: int) -> list[tuple[str, str]]:
    held = queues.holders(whose) if asked.choosing or asked.filters.holder else []
    others = [(str(key), name) for key, name in held if key != official]
    return [(NOBODY, gettext("Chưa ai nhận")), (str(official), gettext("Tôi")), *others]


def _channels() -> list[tuple[str, str]]:
    words = (gettext("Trực tuyến"), gettext("Tại quầy"), gettext("Qua bưu điện"))
    return list(zip(CHANNELS, words, strict=True))


def days(asked: Asked) -> list[Day]:
    """Return the days that may be given."""
    labels = {
        "received_from": gettext("Tiếp nhận từ ngày"),
        "received_to": gettext("Tiếp nhận đến ngày"),
        "due_from": gettext("Hạn từ ngày"),
        "due_to": gettext("Hạn đến ngày"),
    }
    told = parameters(asked)
    return [Day(NAMES[field], label, told.get(NAMES[field], "")) for field, label in labels.items()]


def in_words(picks: Sequence[Pick], days: Sequence[Day]) -> list[tuple[str, str]]:
    """Return the filters in force, each as its label and what was chosen."""
    chosen = [
        (f"{pick.label}:", words)
        for pick in picks
        for _, words, is_chosen in pick.choices
        if is_chosen
    ]
    given = [(day.label, day_words(date.fromisoformat(day.value))) for day in days if day.value]
    return [*chosen, *given]


def orders(asked: Asked) -> Pick:
    """Return the orders the queue may be in."""
    words = {
        "due": gettext("Gấp nhất trước"),
        "since": gettext("Chờ lâu nhất trước"),
        "newest": gettext("Mới đến trước"),
    }
    told = tuple((SORT_NAMES[sort], words[sort], sort == asked.sort) for sort in SORTS)
    return Pick("xep", gettext("Thứ tự"), told)


def view_links(views: Sequence[SavedView], counts: Sequence[int], official: int) -> list[ViewLink]:
    """Return the saved views with how much is in each."""
    return [
        ViewLink(
            key=view.pk,
            name=view.name,
            href=address(read(view.asked)),
            count=count,
            own=view.official_id == official,
            shared=view.agency_id is not None,
        )
        for view, count in zip(views, counts, strict=True)
    ]


def as_text(asked: Asked) -> str:
    """Return the parameters of a look, as a view keeps them."""
    return urlencode(parameters(asked))
