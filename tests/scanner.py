"""A real clamd with three signatures of our own; nothing is fetched, nothing harmful lies in the tree."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.running import wait_until

CLAMD = "/usr/sbin/clamd"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
"""The file that every scanner takes for harmful and that harms nobody; in pieces, so that none takes this one for it."""
OURS = b"MOTCUA-TEST-" + b"SIGNATURE-OF-OUR-OWN"


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run a scanner in a folder; yield its socket."""
    _sign(folder)
    place = folder / "clamd.conf"
    words = ["Foreground yes", f"LocalSocket {folder}/s", f"DatabaseDirectory {folder}/db"]
    place.write_text("\n".join([*words, "StreamMaxLength 25M", ""]), encoding="ascii")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([CLAMD, f"--config-file={place}"], stdout=log, stderr=log)
    try:
        wait_until((folder / "s").exists, 20, "the scanner's socket")
        yield f"{folder}/s"
    finally:
        process.kill()
        process.wait()


def _sign(folder: Path) -> None:
    (folder / "db").mkdir()
    known = {"Eicar.Test": EICAR[20:], "Motcua.Test.Own": OURS}
    lines = [f"{name}:0:*:{content.hex()}" for name, content in known.items()]
    (folder / "db" / "own.ndb").write_text("\n".join([*lines, ""]), encoding="ascii")
