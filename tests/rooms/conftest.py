from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.toolkit.wiring import made
from tests.rooms.outside import world as world  # noqa: PLC0414 - a fixture for every room


@pytest.fixture
def own_home(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A home of the test's own: adapters that keep keys are made once a process, in the home of then."""
    made.cache_clear()
    settings.HOME = tmp_path
    yield tmp_path
    made.cache_clear()
