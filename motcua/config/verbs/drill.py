"""Try a backup out: bring it back into a throw-away home, start that, look whether all is there, and say how long it took.

Database, web and the log are real; the worker stays off, so that nobody is written to. Exit code 1 when anything fails.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.verbs.passphrases import declare_keys
from motcua.config.verbs.saying import complain, say

if TYPE_CHECKING:
    from motcua.config.start import Supervisor

KEPT = "MOTCUA_POSTGRES_BIN"
"""What of the shell's settings counts here too; all others are those of a fresh installation."""


def declare(parser: ArgumentParser) -> None:
    """Take the folder of the backup and the file of keys."""
    parser.add_argument("folder", type=Path)
    declare_keys(parser)


def run(asked: Namespace) -> int:
    """Do it all in a home of its own, and throw that away."""
    begun = time.monotonic()
    home = Path(tempfile.mkdtemp(prefix="motcua-drill-"))
    _settle(home)
    try:
        _drill(asked)
    except _Failed as wrong:
        complain(str(wrong))
        return 1
    finally:
        shutil.rmtree(home, ignore_errors=True)
    say(f"all is there: {time.monotonic() - begun:.0f} s in all")
    return 0


class _Failed(Exception):  # noqa: N818 - told in `run`
    """A step failed; the text says which, the lines before it why."""


def _settle(home: Path) -> None:
    """Let this process, and those it starts, be of the throw-away installation."""
    for name in [one for one in os.environ if one.startswith("MOTCUA_") and one != KEPT]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"MOTCUA_HOME": str(home), "MOTCUA_PORT": str(port), "MOTCUA_SANDBOX": "off"}
    os.environ.update(settings)


def _drill(asked: Namespace) -> None:
    given = ["--passphrase-file", str(asked.passphrase_file)] if asked.passphrase_file else []
    with _timed("brought back and compared"):
        _motcua("restore", str(asked.folder), "--keys", str(asked.keys), *given)
    with _timed("started"):
        supervisor = _started()
    try:
        with _timed("log and history compared"):
            _motcua("audit", "verify")
    finally:
        supervisor.stop()


def _started() -> "Supervisor":
    from motcua.config.environment import environment
    from motcua.config.processes import SIGNALS
    from motcua.config.start import CannotStart, Supervisor

    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    supervisor = Supervisor(environment, only={"web"})
    try:
        supervisor.bring_up()
    except CannotStart as wrong:
        supervisor.stop()
        raise _Failed("it does not start") from wrong
    return supervisor


def _motcua(*words: str) -> None:
    done = subprocess.run([sys.executable, "-m", "motcua", *words], check=False)
    if done.returncode != 0:
        raise _Failed(f"motcua {words[0]}: failed")


@contextmanager
def _timed(what: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    say(f"{what}: {time.monotonic() - begun:.1f} s")
