"""The description of the doors for machines (OpenAPI 3.1), for whoever writes the other side."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.http import HttpRequest, HttpResponse, JsonResponse

from motcua.api.problems import machine


@cache
def document() -> dict[str, Any]:
    """Return the description as it stands beside this module."""
    place = Path(__file__).with_name("openapi.yaml")
    told: dict[str, Any] = yaml.safe_load(place.read_text(encoding="utf-8"))
    return told


@machine()
def description(_request: HttpRequest) -> HttpResponse:
    """Publish it."""
    answer = JsonResponse(document(), json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "public, max-age=300"
    return answer
