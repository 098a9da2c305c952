"""Saved views: sets of filters an official comes back to, alone or with the whole office."""

from collections.abc import Collection
from datetime import datetime

from motcua.dossiers.models import SavedView
from motcua.toolkit import written_sql

MOST = 20
"""How many an official keeps; each costs a count at every look at the queue."""


def views_of(official_id: int, agency_ids: Collection[int]) -> list[SavedView]:
    """Return an official's views and those shared with their agencies, by name; one query."""
    given = [official_id, list(agency_ids), 2 * MOST]
    return [view for (view,) in written_sql.rows({"v": SavedView}, _VIEWS, given)]


_VIEWS = """
from dossiers_savedview v where v.official_id = %s or v.agency_id = any(%s) order by v.name, v.id limit %s
"""


def save(
    *, official_id: int, agency_id: int | None, name: str, asked: str, at: datetime
) -> SavedView:
    """Keep a view under a name; the same name again replaces what it asked. The oldest makes room.

    With an agency it is shared with its officials.
    """
    view, _made = SavedView.objects.update_or_create(
        official_id=official_id,
        name=name[:60],
        defaults={"agency_id": agency_id, "asked": asked[:500], "made_at": at},
    )
    mine = SavedView.objects.filter(official=official_id).order_by("-made_at", "-pk")
    SavedView.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST:])).delete()
    return view


def forget(*, official_id: int, view: int) -> None:
    """Remove a view of one's own; another's, or one that is gone, is left as it is."""
    SavedView.objects.filter(official=official_id, pk=view).delete()
