"""Checks a PDF's signature in a process of its own: the PDF comes in, what it proves goes out as JSON.

A stranger's PDF may be made to exhaust whoever reads it. Here it finds little memory and little time, and
takes nothing else with it; and the web processes do not carry what only few of their pages need.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime

from django.conf import settings

from motcua.documents.ports import Verification
from motcua.documents.wiring import signer

MEMORY = 1 << 30  # bytes of address space
SECONDS = 5  # of the processor; one paper of ours takes a tenth of that
PATIENCE = 15
UNREAD = Verification(valid=False, signed=False)


def checked(pdf: bytes) -> Verification:
    """Return what the PDF's signature proves; a PDF that could not be read in time proves nothing."""
    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(
            command, input=pdf, capture_output=True, timeout=PATIENCE, check=True, cwd=settings.ROOT
        )
        told = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return UNREAD
    at = told.pop("signed_at")
    return Verification(**told, signed_at=datetime.fromisoformat(at) if at else None)


def main() -> None:
    """Read from standard input, write to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    proved = asdict(signer().verify(sys.stdin.buffer.read()))
    at = proved["signed_at"]
    sys.stdout.write(json.dumps(proved | {"signed_at": at.isoformat() if at else ""}))


if __name__ == "__main__":
    main()
