"""`{% load ui %}`: the components of the house and the words of facts.

Components that hold other content are block tags (`{% notice "warning" %}…{% endnotice %}`),
the others single tags. The gallery at /ui shows each with its code.
"""

from __future__ import annotations

import re
from datetime import date, datetime  # noqa: TC003 - filters keep their signatures at run time
from typing import TYPE_CHECKING, Any

import segno
from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from motcua.ui import fields, words
from motcua.ui.status import NOTICE_WORDS, STEP_WORDS, TASK_TAGS, shape_of
from motcua.ui.templatetags.translated import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.template import Context

    from motcua.ui.fields import ErrorLink, FieldView, FilePage, Option, Row

register = template.Library()
register.tag("translate", translate)

# What a procedure may set on a control. Anything else would be a way for scripts and styles.
_ALLOWED = re.compile(
    r"(autocomplete|autocapitalize|inputmode|lang|max|maxlength|min|minlength|pattern"
    r"|placeholder|readonly|rows|spellcheck|step|title|data-[a-z0-9-]+|aria-[a-z]+)"
)


def _render(context: Context, name: str, **values: Any) -> SafeString:
    """Render a component's template with its own names over those of the page."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**values):
        return engine.get_template(name).render(context)


def _own(attributes: dict[str, Any]) -> SafeString:
    for name in attributes:
        if not _ALLOWED.fullmatch(name):
            raise ValueError(f"attribute not allowed on a control: {name}")
    kept = ((name, "" if v is True else v) for name, v in attributes.items() if v is not False)
    return format_html_join("", ' {}="{}"', kept)


# --- fields ---------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def field(context: Context, view: FieldView) -> SafeString:
    """Show one field with its label, help, errors and control."""
    frame = "grouped" if view.grouped else "bare" if view.widget in _BARE else "single"
    values = {"f": view, "control": f"ui/fields/{view.widget}.html"}
    return _render(context, f"ui/fields/_{frame}.html", **values)


# Widgets that carry their own words beside the control.
_BARE = frozenset({"checkbox", "pledge", "hidden", "facility"})


@register.simple_tag
def control_attributes(view: FieldView, part: str = "", **usual: Any) -> SafeString:
    """Return id, name, aria and own attributes of the control (of one `part` of several).

    `usual` are the widget's attributes, which the field's own may replace.
    """
    suffix = f"__{part}" if part else ""
    made = format_html('id="{}{}" name="{}{}"', view.id, suffix, view.name, suffix)
    if view.errors:
        made += mark_safe(' aria-invalid="true"')
    # In a fieldset the group carries the description, so that it is read once.
    if view.described_by and not view.grouped:
        made += format_html(' aria-describedby="{}"', view.described_by)
    if view.required and not view.grouped:
        made += mark_safe(' aria-required="true"')
    return made + _own(usual | _of_part(view.attributes, part))


def _of_part(attributes: dict[str, Any], part: str) -> dict[str, Any]:
    """Return the attributes of a part: a birthday is filled in as day, month and year."""
    birthday = part and attributes.get("autocomplete") == "bday"
    return {**attributes, "autocomplete": f"bday-{part}"} if birthday else attributes


@register.simple_tag
def closed_row(group: FieldView, row: Row, number: int, change: str, remove: str) -> SafeString:
    """Render a row of a group in one line, with its answers carried along and its two buttons.

    In Python, not a template: a page may hold two hundred.
    """
    title, name = escape(row.title), escape(f"{group.name}__{row.number}")
    hidden = "".join(
        f'<input type="hidden" name="{escape(key)}" value="{escape(value)}">'
        for key, value in row.hidden
    )
    more = f"<br>{escape(row.summary)}" if row.summary else ""
    buttons = "".join(
        f'<button class="button button-quiet" name="{act}" value="{name}" formnovalidate>'
        f'{escape(words)}<span class="unseen"> {title}</span></button>'
        for act, words in (("_edit", change), ("_remove", remove))
    )
    return mark_safe(  # noqa: S308 - every part is escaped above
        f'<div class="row-closed">{hidden}'
        f"<p><strong>{number}. {title}</strong>{more}</p>{buttons}</div>"
    )


@register.filter
def option_groups(options: Sequence[Option]) -> list[tuple[str, list[Option]]]:
    """Return options in runs of the same group, in their order."""
    runs: list[tuple[str, list[Option]]] = []
    for option in options:
        if not runs or runs[-1][0] != option.group:
            runs.append((option.group, []))
        runs[-1][1].append(option)
    return runs


@register.simple_tag(takes_context=True)
def address_of_page(context: Context) -> str:
    """Return where this page is, for its print: at the house's own address, whatever host was asked for."""
    request = context.get("request")
    return f"{settings.BASE_URL}{request.get_full_path().partition('?')[0]}" if request else ""


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(errors: Sequence[ErrorLink], title: str = "") -> dict[str, Any]:
    """Show all errors of a page at its top, each a link to its field; `title` where they are no places to correct.

    Lines of which none leads anywhere are no places, either.
    """
    return {"errors": errors, "title": title, "leads": any(error.href for error in errors)}


@register.simple_tag
def scripts(*names: str) -> SafeString:
    """Load scripts of this room, in this order, after the one that every page has."""
    return format_html_join(
        "", '<script src="{}" defer></script>', ((static(f"ui/{name}.js"),) for name in names)
    )


# --- single components ----------------------------------------------------------------------


@register.inclusion_tag("ui/components/button.html")
def button(
    label: str,
    *,
    name: str = "",
    value: str = "",
    kind: str = "primary",
    id: str = "",  # noqa: A002 - named as in HTML
    novalidate: bool = False,
    form: str = "",
) -> dict[str, Any]:
    """Show a submit button; kinds: primary, secondary, danger, quiet."""
    return locals()


@register.inclusion_tag("ui/components/link_button.html")
def link_button(label: str, href: str, kind: str = "primary") -> dict[str, Any]:
    """Show a link that looks like a button: it leads somewhere, it does nothing."""
    return locals()


@register.inclusion_tag("ui/components/summary_list.html")
def summary_list(rows: Sequence[Any], title: str = "", change: str = "") -> dict[str, Any]:
    """Show answers: rows with label, value or lines, change_href, missing.

    `change` leads to the whole section's page.
    """
    return {"rows": rows, "title": title, "change": change}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(steps: Sequence[Any]) -> dict[str, Any]:
    """Show what happened and what comes: title, at, who, text, due, state, href, link.

    State is one of done, now, next, action, stopped.
    """
    return {"steps": steps}


@register.inclusion_tag("ui/components/task_list.html")
def task_list(tasks: Sequence[Any]) -> dict[str, Any]:
    """Show the sections of a form: title, href, hint, state.

    State is one of done, started, todo, locked, wrong.
    """
    return {"tasks": tasks}


@register.simple_tag
def tag(label: str, kind: str = "new") -> SafeString:
    """Show a status in words and shape: new, running, action, paused, done, stopped."""
    return format_html('<strong class="tag tag-{}">{}</strong>', kind, label)


@register.simple_tag
def status_tag(code: int | str, label: str) -> SafeString:
    """Show one of the ten national statuses by its code."""
    return tag(label, shape_of(code))


@register.simple_tag
def task_tag(state: str) -> SafeString:
    """Show the state of one section of a form."""
    label, kind = TASK_TAGS.get(state, TASK_TAGS["todo"])
    return tag(str(label), kind)


@register.inclusion_tag("ui/components/tabs.html")
def tabs(items: Sequence[Any], label: str = "") -> dict[str, Any]:
    """Show links between views of one thing: label, href, current, count. No scripts."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/components/table.html")
def table(
    caption: str, columns: Sequence[Any], rows: Sequence[Any], *, cards: bool = True
) -> dict[str, Any]:
    """Show rows of cells; columns are labels. With `cards` each row is a card on a phone."""
    paired = [list(zip(columns, row, strict=True)) for row in rows]
    return {"caption": caption, "columns": columns, "rows": paired, "cards": cards}


@register.inclusion_tag("ui/components/pagination.html")
def pagination(previous: str = "", next: str = "", note: str = "") -> dict[str, Any]:  # noqa: A002
    """Show the ways back and forth in a long list (keyset: no page numbers)."""
    return {"previous": previous, "next": next, "note": note}


@register.inclusion_tag("ui/components/qr.html")
def qr(content: str, caption: str = "", label: str = "") -> dict[str, Any]:
    """Show a QR code of an address or a code, drawn in the page itself."""
    code = segno.make(content, error="m", micro=False)
    drawn = code.svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None)
    return {"svg": mark_safe(drawn), "caption": caption, "label": label or content}  # noqa: S308 - drawn by segno


@register.inclusion_tag("ui/components/file_card.html")
def file_card(page: FilePage, note: str = "", verify: str = "") -> dict[str, Any]:
    """Show one file to open, with kind and size; `verify` leads to its public check."""
    return {"page": page, "note": note, "verify": verify}


@register.inclusion_tag("ui/components/document_card.html")
def document_card(document: Any) -> dict[str, Any]:
    """Show a required or issued paper: title, note, state, state_label, pages, href, link."""
    return {"document": document}


@register.inclusion_tag("ui/components/progress.html")
def progress(step: int, total: int, title: str = "") -> dict[str, Any]:
    """Say "Bước 3 trên 7" with a bar."""
    return {"step": step, "total": total, "title": title}


@register.inclusion_tag("ui/components/steps.html")
def steps(items: Sequence[Any]) -> dict[str, Any]:
    """Show numbered steps to read: title, text."""
    return {"items": items}


@register.inclusion_tag("ui/components/fee_table.html")
def fee_table(lines: Sequence[Any], total: Any, note: str = "") -> dict[str, Any]:
    """Show what is to pay: lines with label, basis, amount, note; and the total in đồng."""
    return {"lines": lines, "total": total, "note": note}


@register.inclusion_tag("ui/components/card_list.html")
def card_list(cards: Sequence[Any], level: int = 3) -> dict[str, Any]:
    """Show doors to other pages: title, href, text, note; `level` 2 right below the page's name."""
    return {"cards": cards, "heading": f"h{level}"}


@register.inclusion_tag("ui/components/search_box.html")
def search_box(
    action: str, label: str, query: str = "", name: str = "q", *, hint: str = ""
) -> dict[str, Any]:
    """Show a search form (GET)."""
    return locals()


@register.inclusion_tag("ui/components/copy_code.html")
def copy_code(code: str, label: str) -> dict[str, Any]:
    """Show a code to keep (dossier code), large, with a copy button where scripts run."""
    return {"code": code, "label": label}


@register.inclusion_tag("ui/components/resend.html")
def resend(seconds: int, name: str = "_resend", value: str = "1") -> dict[str, Any]:
    """Show the button that sends a code again, waking after `seconds`."""
    return {"seconds": seconds, "name": name, "value": value}


@register.inclusion_tag("ui/components/save_status.html")
def save_status(saved_at: datetime | None = None) -> dict[str, Any]:
    """Show when the draft was last saved; the scripts keep it true."""
    return {"saved_at": saved_at}


# --- components around other content --------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, kind: str = "info", title: str = "") -> SafeString:
    """Set a message apart: info, success, warning, error; icon and a word, not only colour."""
    return _render(context, "ui/components/notice.html", content=content, kind=kind, title=title)


@register.simple_block_tag(takes_context=True)
def panel(context: Context, content: str, title: str = "", kind: str = "door") -> SafeString:
    """Show the great news of a page (filed, paid) as an open door; kinds: door, plain."""
    return _render(context, "ui/components/panel.html", content=content, kind=kind, title=title)


@register.simple_block_tag(takes_context=True)
def details(context: Context, content: str, summary: str) -> SafeString:
    """Hide what only some want to read behind its question."""
    return _render(context, "ui/components/details.html", content=content, summary=summary)


@register.simple_block_tag(takes_context=True)
def filter_bar(context: Context, content: str, reset: str = "") -> SafeString:
    """Put the filters of a list (a GET form) in one bar with its buttons."""
    return _render(context, "ui/components/filter_bar.html", content=content, reset=reset)


# --- words ----------------------------------------------------------------------------------


@register.filter
def day(value: date | datetime | None) -> str:
    return words.day_words(value)


@register.filter
def moment(value: datetime | None) -> str:
    return words.moment_words(value)


@register.filter
def step_word(state: str) -> str:
    return str(STEP_WORDS.get(state, STEP_WORDS["next"]))


@register.filter
def notice_word(kind: str) -> str:
    return str(NOTICE_WORDS.get(kind, NOTICE_WORDS["info"]))


register.filter("money", words.money_words)
register.filter("phone", words.phone_words)
register.filter("masked", words.masked)
register.filter("masked_email", words.masked_email)
register.filter("file_size", words.size_words)
register.filter("file_code", words.file_code)
register.filter("number_groups", words.number_groups)
register.filter("working_days_left", words.working_days_words)
register.filter("error_links", fields.error_links)


@register.filter
def dialable(value: str) -> str:
    """Return a phone number as a tel: link wants it."""
    return "".join(letter for letter in value if letter.isdigit() or letter == "+")
