"""Before the form: for oneself, or for somebody by a mandate."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext

from motcua.journeys.mandating import about, last_day
from motcua.mandates.models import Mandate
from motcua.mandates.rules.mandates import Act
from motcua.portal.mandates.held import held_here
from motcua.procedures.queries import Published
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, Option


def mandates_for(request: HttpRequest, published: Published) -> list[Mandate]:
    """Return the mandates by which the person in front may file this service."""
    wanted, at = about(published), now()
    return [one.row for one in held_here(request) if one.rule.allows(Act.FILE, wanted, at)]


def mandate_question(held: Sequence[Mandate], chosen: str) -> list[FieldView]:
    """Return the question for whom one files; none for whoever holds no mandate for it."""
    if not held:
        return []
    words = gettext("Làm thay {name} (ủy quyền đến ngày {until})")
    options = [
        Option(
            str(row.pk),
            words.format(name=row.giver_name, until=f"{last_day(row.until):%d/%m/%Y}"),
            selected=str(row.pk) == chosen,
        )
        for row in held
    ]
    own = Option("", gettext("Làm cho mình, không theo ủy quyền nào"), selected=not chosen)
    label = gettext("Quý vị làm việc này cho mình hay làm thay ai?")
    return [FieldView("mandate", "mandate", "radio", label, options=[own, *options])]
