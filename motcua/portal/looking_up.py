"""Small answers for the scripts of place fields; every field works without them too."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control

from motcua.agencies import queries as agencies
from motcua.toolkit.clock import now

LONGEST = 80


@cache_control(public=True, max_age=3600)
def communes(request: HttpRequest) -> HttpResponse:
    """Answer the communes of a province as `[[code, name], …]`."""
    units = agencies.communes(request.GET.get("province", ""), now())
    return JsonResponse([[unit.code, unit.full_name] for unit in units], safe=False)


@cache_control(public=True, max_age=3600)
def places(request: HttpRequest) -> HttpResponse:
    """Answer communes found by words as `[{code, province, label, note}, …]`."""
    text = request.GET.get("q", "")[:LONGEST]
    found = agencies.search_places(text, now(), limit=8, kind="commune") if text else []
    return JsonResponse(
        [
            {
                "code": item.unit.code,
                "province": item.unit.province_code,
                "label": item.full_name,
                "note": item.formerly or "",
            }
            for item in found
        ],
        safe=False,
    )
