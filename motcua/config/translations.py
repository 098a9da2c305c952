"""Compiles the translations in place, without gettext's tools."""

from pathlib import Path

import polib


def compile_translations(folder: Path) -> int:
    """Write a `.mo` beside each `.po` under `folder` that is older than it or missing.

    Returns how many were written. A tree we may not write to is left alone when it is complete.
    """
    written = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = target.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(target)
        written += 1
    return written
