"""The rows of the queue, and of what a search found, as the page shows them.

In Python, not a template: fifty rows of some twenty variables each took most of a page's time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from motcua.desk.queues.lines import Line
from motcua.desk.words import Due
from motcua.ui.words import moment_in, moment_pattern


@dataclass(frozen=True)
class _Words:
    """The words that every row repeats, translated once."""

    pick: str
    pick_one: str
    dossier: str
    todo: str
    mine: str
    holder: str
    due: str
    since: str
    office: str
    status: str
    filed: str
    receiver: str
    moment: str


def drawn(lines: Sequence[Line], *, ticked: bool, offices: bool) -> SafeString:
    """Return the rows of the table; `ticked`: with a column of boxes, `offices`: with one of offices."""
    words = _words()
    rows = [_row(line, words, ticked=ticked, offices=offices) for line in lines]
    return mark_safe("\n".join(rows))  # noqa: S308 - every part is escaped below


def drawn_found(lines: Sequence[Line]) -> SafeString:
    """Return the rows of the table of what a search found."""
    words = _words()
    return mark_safe("\n".join(_found(line, words) for line in lines))  # noqa: S308 - as above


def _words() -> _Words:
    return _Words(
        pick=escape(gettext("Chọn")),
        pick_one=escape(gettext("Chọn hồ sơ")),
        dossier=escape(gettext("Hồ sơ")),
        todo=escape(gettext("Việc cần làm")),
        mine=escape(gettext("Tôi đang giữ")),
        holder=escape(gettext("Người giữ:")),
        due=escape(gettext("Hạn")),
        since=escape(gettext("Chờ từ")),
        office=escape(gettext("Cơ quan")),
        status=escape(gettext("Trạng thái")),
        filed=escape(gettext("Nộp lúc")),
        receiver=escape(gettext("Cơ quan tiếp nhận")),
        moment=escape(moment_pattern()),
    )


def _row(line: Line, words: _Words, *, ticked: bool, offices: bool) -> str:
    late = ' class="is-late"' if line.due.late else ""
    box = _box(line, words) if ticked else ""
    office = f'<td data-label="{words.office}">{escape(line.office)}</td>' if offices else ""
    return (
        f'<tr{late}>{box}<th scope="row" data-label="{words.dossier}">{_dossier(line)}</th>'
        f'<td data-label="{words.todo}">{_todo(line, words)}</td>'
        f'<td data-label="{words.due}">{_due(line.due, words)}</td>'
        f'<td data-label="{words.since}">{moment_in(words.moment, line.since)}</td>{office}</tr>'
    )


def _found(line: Line, words: _Words) -> str:
    return (
        f'<tr><th scope="row" data-label="{words.dossier}">{_dossier(line)}</th>'
        f'<td data-label="{words.status}">{_tag(line.todo, line.kind)}</td>'
        f'<td data-label="{words.due}">{_due(line.due, words)}</td>'
        f'<td data-label="{words.filed}">{moment_in(words.moment, line.since)}</td>'
        f'<td data-label="{words.receiver}">{escape(line.office)}</td></tr>'
    )


def _box(line: Line, words: _Words) -> str:
    if not line.key:
        return '<td class="tick"></td>'
    code = escape(line.code)
    return (
        f'<td class="tick" data-label="{words.pick}"><label>'
        f'<input type="checkbox" name="chon" value="{line.key}~{code}">'
        f'<span class="unseen">{words.pick_one} {code}</span></label></td>'
    )


def _dossier(line: Line) -> str:
    subject = f'<span class="line-subject">{escape(line.subject)}</span> ' if line.subject else ""
    return (
        f'<a href="{escape(line.href)}">{escape(line.code)}</a> {subject}'
        f'<span class="hint">{escape(line.procedure)}</span>'
    )


def _todo(line: Line, words: _Words) -> str:
    kind = f' <span class="hint">{escape(line.kind)}</span>' if line.kind else ""
    holder = words.mine if line.mine else f"{words.holder} {escape(line.holder)}"
    held = f' <span class="hint holder">{holder}</span>' if line.mine or line.holder else ""
    return f"<strong>{escape(line.todo)}</strong>{kind}{held}"


def _due(due: Due, words: _Words) -> str:
    at = f' <span class="due-at">{moment_in(words.moment, due.at)}</span>' if due.at else ""
    return f"{_tag(due.label, due.kind)}{at}"


def _tag(label: str, kind: str) -> str:
    return f'<strong class="tag tag-{escape(kind)}">{escape(label)}</strong>'
