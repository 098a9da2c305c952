from tests.rooms.outside import world as world  # noqa: PLC0414 - a fixture for every room
