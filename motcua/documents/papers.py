"""Papers made from a template and data: typst files under the catalogue, never Python.

A template is named by its place in the catalogue without the ending: `giay-tiep-nhan` is
`catalogue/papers/giay-tiep-nhan.typ`; a procedure may bring its own, named from the catalogue's
root: `procedures/<field>/<name>/papers/<template>`. Data reach it as JSON and are always text,
never markup. What each template shows is told by its example, `catalogue/papers/examples/<template>.json`.

Measured: 5–15 ms a paper on one core, after 0.1 s at the first paper of a thread.
"""

import json
import re
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from motcua.documents.ports import Place
from motcua.documents.qr import qr_svg

PICTURE_PPI = 110
PADDING = 5  # points between what the block says of its signer and its frame
_NAME = re.compile(r"(procedures/[a-z0-9-]+/[a-z0-9-]+/papers/)?[a-z0-9-]+")
_own = threading.local()


class TemplateUnknownError(LookupError):
    """No template has that name: a fault of a procedure or of a programmer, not of a person."""


class PaperNotMadeError(RuntimeError):
    """The template could not be set with these data: a fault of the template."""


def make_paper(
    template: str,
    data: Mapping[str, Any],
    *,
    language: str = "vi",
    at: datetime | None = None,
) -> bytes:
    """Return the paper as a tagged PDF/A-2b with its letters embedded.

    `data` is whatever JSON can hold, a text named `qr_text` anywhere in it becomes a QR code; `language` picks `<template>.<language>.typ` when the
    template has one, for the law knows these papers in Vietnamese; `at` is the moment written
    into the PDF (none: no moment). Raises TemplateUnknownError, PaperNotMadeError.
    """
    written = _compiled(
        template,
        data,
        language,
        format="pdf",
        pdf_standards=["a-2b"],
        timestamp=int(at.timestamp()) if at else None,
    )
    if not isinstance(written, bytes):
        raise PaperNotMadeError(f"{template}: not one PDF")
    return written


def make_to_sign(
    template: str, data: Mapping[str, Any], *, at: datetime
) -> tuple[bytes, Place | None]:
    """Return the paper and where it shows who signed it; None when the template does not say.

    Raises TemplateUnknownError, PaperNotMadeError.
    """
    made = make_paper(template, data, at=at)
    begins, ends = (_anchor(f"<signature-{which}>") for which in ("begins", "ends"))
    if begins is None or ends is None:
        return made, None
    left, right = int(begins["x"]) - PADDING, int(ends["x"]) + PADDING
    low, high = int(ends["y"]) - PADDING, int(begins["y"]) + PADDING
    return made, Place(begins["page"], (left, low, right, high))


def _anchor(label: str) -> dict[str, Any] | None:
    """Return what the paper compiled last by this thread tells at a label; a quarter of a millisecond."""
    found = json.loads(_compiler().query(label, field="value"))
    return dict(found[0]) if found else None


def draw_paper(template: str, data: Mapping[str, Any], *, language: str = "vi") -> list[bytes]:
    """Return the paper's sheets as PNG pictures, to look at before it exists.

    Raises TemplateUnknownError, PaperNotMadeError.
    """
    drawn = _compiled(template, data, language, format="png", ppi=PICTURE_PPI)
    return [drawn] if isinstance(drawn, bytes) else list(drawn)


def _compiled(
    template: str, data: Mapping[str, Any], language: str, **options: Any
) -> bytes | list[bytes]:
    place = _place(template, language)
    values = {"data": json.dumps(_drawn(data), ensure_ascii=False)}
    try:
        written = _compiler().compile(input=str(place), sys_inputs=values, **options)
    except typst.TypstError as fault:
        raise PaperNotMadeError(f"{template}: {fault}") from fault
    return written or []


def _drawn(data: Any) -> Any:
    """Return the data with each `qr_text` drawn beside it as `qr`."""
    if isinstance(data, Mapping):
        drawn = {key: _drawn(value) for key, value in data.items()}
        return drawn | {"qr": qr_svg(data["qr_text"])} if "qr_text" in data else drawn
    if isinstance(data, list | tuple):
        return [_drawn(value) for value in data]
    return data


def _place(template: str, language: str) -> Path:
    root = Path(settings.CATALOGUE)
    if not _NAME.fullmatch(template) or not language.isalpha():
        raise TemplateUnknownError(template)
    stem = template if template.startswith("procedures/") else f"papers/{template}"
    for ending in (f".{language}.typ", ".typ"):
        if (place := root / (stem + ending)).is_file():
            return place
    raise TemplateUnknownError(template)


def _compiler() -> typst.Compiler:
    """Return this thread's compiler: one must not be used by two threads at once."""
    compiler: typst.Compiler | None = getattr(_own, "compiler", None)
    if compiler is None:
        root = Path(settings.CATALOGUE)
        compiler = typst.Compiler(
            root=str(root),
            font_paths=[str(root / "papers" / "fonts")],
            ignore_system_fonts=True,
        )
        _own.compiler = compiler
    return compiler
