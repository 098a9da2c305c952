"""The machine's own rates in the same run: a bare callable behind the server, the database alone."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench import load
from bench.product import Product
from motcua.config.postgres import binaries
from tests.running import ROOT, free_ports, wait_until

_PAGE = b"<!doctype html><title>bare</title>" + b"x" * 2000


def bare(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a page of 2 KB and nothing else."""
    del environ
    start("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(_PAGE)))])
    return [_PAGE]


def server_rate(clients: int, seconds: float) -> float:
    """Return the answers a second of the web server with a callable that does nothing."""
    (port,) = free_ports(1)
    process = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1",
            "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
            "--blocking-threads", "1", "--no-ws", "--log-level", "critical", "bench.beside:bare",
        ],
        cwd=ROOT,
    )  # fmt: skip
    try:
        browser = load.Browser("127.0.0.1", port)
        wait_until(lambda: _answers(browser), 20, "the bare server")
        told, _ = load.run(load.reading("/"), ("127.0.0.1", port), clients, seconds)
    finally:
        process.terminate()
        process.wait()
    return len(told.seconds) / seconds


def _answers(browser: load.Browser) -> bool:
    try:
        return browser.get("/").status == 200
    except OSError:
        return False


_MADE = "create table if not exists bench_rows (id bigserial primary key, data jsonb not null)"
_INSERT = """insert into bench_rows (data)
values (jsonb_build_object('name', 'Nguyễn Thị Đo Tải', 'text', repeat('x', 1500)));
"""


def database_rate(product: Product, clients: int, seconds: int) -> float:
    """Return the durable inserts a second of the database, of a row of 1.7 KB."""
    product.ask(_MADE)
    tools = product.installation.home / "postgres-binaries" / "bin"
    tool = (tools if tools.exists() else binaries()) / "pgbench"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(_INSERT)
        script.flush()
        told = subprocess.run(
            [
                tool, "-n", "-h", product.installation.home / "postgres", "-U", "postgres",
                "-c", str(clients), "-j", "2", "-T", str(seconds), "-M", "prepared",
                "-f", script.name, "motcua",
            ],
            check=False, capture_output=True, text=True, cwd="/", env=_plain(tool),
        )  # fmt: skip
    product.ask("drop table bench_rows")
    found = re.search(r"tps = ([\d.]+)", told.stdout)
    return float(found[1]) if found else 0.0


def _plain(tool: Path) -> dict[str, str]:
    return os.environ | {"LD_LIBRARY_PATH": str(tool.parent.parent / "lib")}
