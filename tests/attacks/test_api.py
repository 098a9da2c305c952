"""Schemathesis against the doors for machines, by their own description; and the description against the policy."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from motcua.api.description import document
from motcua.config.policy import POLICY
from tests.journeys.doors import written

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_headers_conformance, response_schema_conformance,
]  # fmt: skip
OPERATIONS = [(path, method) for path, methods in document()["paths"].items() for method in methods]


@pytest.fixture
def application():
    """The house as a server calls it, on the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_is_sent_the_answer_is_as_described_and_nothing_is_written(
    application, path, method
):
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    before = written()

    @given(case=schema[path][method.upper()].as_strategy())
    @settings(
        max_examples=25, deadline=None, derandomize=True, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def attack(case):
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    attack()
    assert written() == before


def test_every_door_for_machines_is_described_with_the_methods_of_the_policy():
    declared = {
        (f"/{route}", method)
        for route, rule in POLICY.items()
        if route.startswith("api/")
        for method, who in (("get", rule.read), ("post", rule.write))
        if who
    }
    assert set(OPERATIONS) == declared
