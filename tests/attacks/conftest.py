from tests.journeys.office import office as office  # noqa: PLC0414 - a fixture
