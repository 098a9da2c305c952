from tests.journeys.followed import commune as commune  # noqa: PLC0414 - a fixture
from tests.journeys.followed import world as world  # noqa: PLC0414 - a fixture
from tests.journeys.office import office as office  # noqa: PLC0414 - a fixture
from tests.journeys.relatives import family as family  # noqa: PLC0414 - a fixture
