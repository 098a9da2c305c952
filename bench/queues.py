"""`python -m bench.queues [DOSSIERS]`: how fast the desk's queue, its filters and its search answer.

A database of its own, the catalogue of the house, and invented dossiers of a hundred communes: a tenth of them, and
of the open work, in one large commune. Ten thousand and a million unless a number is given.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from motcua.config.postgres import EmbeddedPostgres

SIZES = ("10000", "1000000")


def main(sizes: tuple[str, ...]) -> int:
    """Measure each size in a folder that is thrown away; return 1 when the promise is broken."""
    return max([_measured(size) for size in sizes])


def _measured(size: str) -> int:
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        Path(folder).chmod(0o755)
        postgres = EmbeddedPostgres(Path(folder) / "postgres")
        postgres.start()
        inside = {
            **os.environ,
            "MOTCUA_HOME": folder,
            "DATABASE_URL": postgres.url,
            "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
        }
        try:
            work = [sys.executable, "-m", "bench.queues_work", size]
            return subprocess.run(work, env=inside, check=False).returncode
        finally:
            postgres.stop()


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or SIZES))
