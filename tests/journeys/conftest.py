import pytest

from tests.journeys import ground
from tests.journeys.followed import opened, published
from tests.journeys.followed import world as world  # noqa: PLC0414 - a fixture
from tests.journeys.office import Office
from tests.journeys.relatives import family as family  # noqa: PLC0414 - a fixture
from tests.journeys.standing import standing


@pytest.fixture(scope="package", autouse=True)
def _ground(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, ground.lay):
        yield


@pytest.fixture(scope="module")
def _office(_ground, django_db_blocker):
    with standing(django_db_blocker, Office):
        yield


@pytest.fixture
def office(_office, db):
    yield Office()
    ground.forget()


@pytest.fixture(scope="module")
def _commune(_ground, django_db_blocker):
    with standing(django_db_blocker, published):
        yield


@pytest.fixture
def commune(_commune, db, settings):
    with opened(settings) as version:
        yield version
