"""The page of results: what was reached against what we aim at."""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from tests.running import ROOT

if TYPE_CHECKING:
    from bench.__main__ import Level, Results

Row = tuple[str, str, str, bool | None]


def write(found: "Results") -> None:
    """Print the page and keep it as results/<version>.md."""
    page = _page(found)
    sys.stdout.write(page)
    place = Path(__file__).parent / "results" / f"{_version()}.md"
    place.parent.mkdir(exist_ok=True)
    place.write_text(page, encoding="utf-8")


def _version() -> str:
    try:
        return version("motcua")
    except PackageNotFoundError:
        text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        return next(line.split('"')[1] for line in text.splitlines() if line.startswith("version"))


def _page(found: "Results") -> str:
    head = f"""# Measured: {_version()} ({_commit()}), {datetime.now(UTC):%Y-%m-%d}

{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}; \
{found.levels[0].seconds:.0f} s a level. How: [bench/README.md](../README.md).
"""
    notes = "".join(f"- {note}\n" for note in found.notes)
    return "\n".join([head, _aims(found), _levels(found), _reads(found), _memory(found),
                      _weights(found), notes])  # fmt: skip


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    return told.stdout.strip() or "no commit"


def _aims(found: "Results") -> str:
    by = {level.clients: level for level in found.levels}
    four, best = by[4], max(level.sustained for level in found.levels)
    forms = len(found.forms[16].seconds) / found.read_seconds
    states = len(found.states[16].seconds) / found.read_seconds
    heaviest = max(weight.everything for weight in found.weights) / 1024
    idle = sum(found.idle.values())
    rows: list[Row] = [
        ("completed filings/s at 4 clients", f"{four.rate:.1f}", "≥ 100", four.rate >= 100),
        ("sustained with background work", f"{best:.1f}", "≥ 45", best >= 45),
        ("p99 at 4 clients", f"{four.told.percentile(0.99):.0f} ms", "≤ 150 ms",
         four.told.percentile(0.99) <= 150),
        ("CPU per filing at 4 clients", f"{four.cpu():.1f} ms", "≤ 35 ms", four.cpu() <= 35),
        ("state look-ups/s at 16 clients", f"{states:.0f}", "≥ 1,500", states >= 1500),
        ("form reads/s at 16 clients", f"{forms:.0f}", "≥ 1,000", forms >= 1000),
        ("heaviest first load", f"{heaviest:.1f} KB", "≤ 40 KB", heaviest <= 40),
        ("memory idle", f"{idle:.0f} MiB", "≤ 400 MiB", idle <= 400),
        ("start to first page (not the first start)", f"{found.later_start:.1f} s", "≤ 4 s",
         found.later_start <= 4),
        ("database growth per filing", f"{found.growth:.1f} KB", "≤ 12 KB", found.growth <= 12),
        ("very first start", f"{found.cold_start:.1f} s", "–", None),
        ("background p50 / p95, one at a time",
         f"{found.background.percentile(0.5):.0f} / {found.background.percentile(0.95):.0f} ms",
         "–", None),
        ("receipt as PDF p50 / p95",
         f"{found.receipt.percentile(0.5):.0f} / {found.receipt.percentile(0.95):.0f} ms",
         "–", None),
    ]  # fmt: skip
    marks = {True: "yes", False: "**no**", None: ""}
    lines = [f"| {name} | {value} | {aim} | {marks[met]} |" for name, value, aim, met in rows]
    return "\n".join(["| measure | reached | aim | met |", "|---|---|---|---|", *lines, ""])


def _levels(found: "Results") -> str:
    head = ("| clients | filings/s | p50 | p95 | p99 | errors | drain | sustained | CPU per filing "
            "(web, worker, database) | others |")  # fmt: skip
    return "\n".join([head, "|---" * 10 + "|", *map(_level, found.levels), ""])


def _level(level: "Level") -> str:
    told = level.told
    parts = ", ".join(f"{level.cpu(kind):.1f}" for kind in ("web", "worker", "postgres"))
    times = " | ".join(f"{told.percentile(share):.0f} ms" for share in (0.5, 0.95, 0.99))
    return (
        f"| {level.clients} | {level.rate:.1f} | {times} | {len(told.errors)} | {level.drain:.1f} s "
        f"| {level.sustained:.1f} | {level.cpu():.1f} ms ({parts}) | {level.others:.2f} |"
    )


def _reads(found: "Results") -> str:
    lines = ["| clients | form reads/s (p95) | state look-ups/s (p95) | bare server/s | database inserts/s |",
             "|---|---|---|---|---|"]  # fmt: skip
    for clients, told in found.forms.items():
        state = found.states.get(clients)
        lines.append(
            f"| {clients} | {_rate(told, found)} | {_rate(state, found) if state else '–'} "
            f"| {_or_dash(found.bare, clients)} | {_or_dash(found.database, clients)} |"
        )
    return "\n".join([*lines, ""])


def _rate(told: "object", found: "Results") -> str:
    seconds, p95 = told.seconds, told.percentile(0.95)  # type: ignore[attr-defined]
    errors = len(told.errors)  # type: ignore[attr-defined]
    wrong = f", {errors} errors" if errors else ""
    return f"{len(seconds) / found.read_seconds:.0f} ({p95:.1f} ms{wrong})"


def _or_dash(rates: dict[int, float], clients: int) -> str:
    return f"{rates[clients]:.0f}" if clients in rates else "–"


def _memory(found: "Results") -> str:
    kinds = sorted(found.idle | found.loaded)
    lines = [
        f"| {kind} | {found.idle.get(kind, 0):.0f} | {found.loaded.get(kind, 0):.0f} |"
        for kind in kinds
    ]
    total = f"| all | {sum(found.idle.values()):.0f} | {sum(found.loaded.values()):.0f} |"
    return "\n".join(["| MiB (PSS) | idle | at 4 clients |", "|---|---|---|", *lines, total, ""])


def _weights(found: "Results") -> str:
    lines = [
        f"| {one.name} | {one.html / 1024:.1f} | {one.everything / 1024:.1f} "
        f"| {one.scripts / 1024:.1f} | {one.requests} |"
        for one in found.weights
    ]
    head = "| first load, KB | page | everything | scripts | requests |"
    return "\n".join([head, "|---|---|---|---|---|", *lines, ""])
