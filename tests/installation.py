"""A pytest plugin: an installation of its own for the tests, thrown away at the end.

Loaded by `-p` before pytest-django reads the settings.
"""

import os
import shutil
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="motcua-test-"))
HOME.chmod(0o755)
os.environ["MOTCUA_HOME"] = str(HOME)
if "DATABASE_URL" not in os.environ:
    from motcua.config.postgres import EmbeddedPostgres

    POSTGRES: "EmbeddedPostgres | None" = EmbeddedPostgres(HOME / "postgres")
    POSTGRES.start()
    os.environ["DATABASE_URL"] = POSTGRES.url
else:
    POSTGRES = None


def pytest_unconfigure() -> None:
    if POSTGRES:
        POSTGRES.stop()
    shutil.rmtree(HOME, ignore_errors=True)
