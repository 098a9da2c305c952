"""Who declares and files within a house, without its pages (`filed`): one process for all stories of the house."""

import json
import subprocess
import sys
from typing import Any

from tests.running import ROOT, Installation


class Clerk:
    """Starts when there is something to do, and stays, as starting is what takes the time."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._process: subprocess.Popen[str] | None = None

    def has(self, done: str, **told: Any) -> str:
        """Let somebody have `declared` or `filed`; return the draft's id or the dossier's code."""
        process = self._process = self._process or self._start()
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps({"done": done, **told}) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline().strip()
        assert not answer.startswith("!"), answer[-2000:]
        return answer

    def leave(self) -> None:
        """Go home."""
        if self._process:
            self._process.communicate(timeout=20)

    def _start(self) -> "subprocess.Popen[str]":
        line = f"postgresql://motcua_app@/motcua?host={self._installation.home}/postgres"
        return subprocess.Popen(
            [sys.executable, "-m", "tests.browser.filed"],
            cwd=ROOT,
            env=self._installation.environment() | {"DATABASE_URL": line},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
