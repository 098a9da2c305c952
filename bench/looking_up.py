"""`python -m bench.looking_up`: how fast national records are taken in and found again.

A database of its own, the catalogue of the house, and invented records in the shape of the national catalogue.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from motcua.config.postgres import EmbeddedPostgres


def main() -> int:
    """Measure in a folder that is thrown away; return 1 when a promise is broken."""
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
            work = [sys.executable, "-m", "bench.looking_up_work", folder]
            return subprocess.run(work, env=inside, check=False).returncode
        finally:
            postgres.stop()


if __name__ == "__main__":
    sys.exit(main())
